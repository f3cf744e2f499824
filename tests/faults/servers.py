"""Servers of our own that may be killed and started again: RabbitMQ and PostgreSQL.

Each has a folder of its own, ports of its own, and leaves nothing behind.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.store.postgres import CLUSTER, OWNER, SETTINGS, find_programs

# Debian's own script changes to the user rabbitmq; this is what it runs.
RABBIT = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
LOOPBACK = "127.0.0.1"
USER = "visavis"
PASSWORD = "of-a-test"
# As in deploy/postgresql, and less patient: a worker that is cut off, or that stops within a
# transaction, must not keep its locks.
IMPATIENT = (
    "tcp_keepalives_idle=5",
    "tcp_keepalives_interval=5",
    "tcp_user_timeout=15s",
    "idle_in_transaction_session_timeout=15s",
)
# Seconds that a server may take to start or to stop.
PATIENCE = 120
PAUSE = 0.05


@dataclass
class Server:
    """A process that can be started again over what it has on its disk."""

    command: list[str | Path]
    folder: Path
    answers: Callable[[], bool]
    environ: dict[str, str] = field(default_factory=lambda: dict(os.environ))
    user: str | None = None
    # How it ends at last, when nothing of it is wanted any more.
    ending: signal.Signals = signal.SIGKILL
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with (self.folder / "output.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=self.environ,
                user=self.user,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        await_that(self.answers, self.complaint)

    def stop(self, number: signal.Signals = signal.SIGKILL) -> None:
        """Send it a signal and wait for its end; with SIGKILL, that of its children too."""
        assert self.process
        if number == signal.SIGKILL:
            os.killpg(self.process.pid, number)
        else:
            self.process.send_signal(number)
        self.process.wait(PATIENCE)

    def complaint(self) -> str:
        """What it has printed, for an error that it did not start."""
        ended = self.process.poll() if self.process else None
        return f"{self.command[0]} ({ended}): {(self.folder / 'output.log').read_text()[-2000:]}"


@dataclass(frozen=True)
class Running:
    """A server and the address under which it is found."""

    server: Server
    address: str


def await_that(holds: Callable[[], bool], otherwise: Callable[[], str], seconds: float = PATIENCE):
    """Look again until something holds; after `seconds`, fail with what `otherwise` says."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(otherwise())
        time.sleep(PAUSE)


def free_port(host: str = LOOPBACK) -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def listens(host: str, port: int, greeting: bytes = b"") -> bool:
    """Whether somebody accepts connections there, and answers a greeting if there is one."""
    try:
        with socket.create_connection((host, port), timeout=5) as connection:
            connection.settimeout(5)
            connection.sendall(greeting)
            return not greeting or bool(connection.recv(1))
    except OSError:
        return False


@contextmanager
def short_folder(user: str | None = None) -> Iterator[Path]:
    """A folder whose path is short enough for a socket, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="visavis-"))
    if user:
        shutil.chown(folder, user)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def started(server: Server) -> Iterator[Server]:
    server.start()
    try:
        yield server
    finally:
        if server.process and server.process.poll() is None:
            server.stop(server.ending)


@contextmanager
def rabbitmq(host: str = LOOPBACK) -> Iterator[Running]:
    """RabbitMQ, and the daemon by which Erlang's nodes find each other, both on free ports."""
    with ExitStack() as stack:
        folder = stack.enter_context(short_folder())
        names = free_port()
        epmd = Server(
            ["epmd", "-port", str(names), "-address", LOOPBACK],
            folder,
            lambda: listens(LOOPBACK, names),
        )
        stack.enter_context(started(epmd))
        port = free_port(host)
        (folder / "rabbitmq.conf").write_text(
            f"listeners.tcp.1 = {host}:{port}\n"
            f"default_user = {USER}\ndefault_pass = {PASSWORD}\nloopback_users = none\n"
            "log.console = true\nlog.file = false\ndisk_free_limit.absolute = 1MB\n",
            encoding="utf-8",
        )
        (folder / "enabled_plugins").write_text("[].\n", encoding="utf-8")
        (folder / "env.conf").touch()
        server = Server(
            [RABBIT],
            folder,
            lambda: listens(host, port, b"AMQP\0\0\x09\x01"),
            environ=dict(os.environ) | rabbit_environ(folder, names),
        )
        stack.enter_context(started(server))
        yield Running(server, f"amqp://{USER}:{PASSWORD}@{host}:{port}//")


def rabbit_environ(folder: Path, names: int) -> dict[str, str]:
    """Everything that RabbitMQ would otherwise look for in the machine's own folders."""
    return {
        "HOME": str(folder),
        "ERL_EPMD_PORT": str(names),
        "ERL_EPMD_ADDRESS": LOOPBACK,
        # Two cores for many: no busy waiting.
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+sbwt none +sbwtdcpu none +sbwtdio none",
        "RABBITMQ_NODENAME": f"visavis{names}@localhost",
        "RABBITMQ_DIST_PORT": str(free_port()),
        "RABBITMQ_CONF_ENV_FILE": str(folder / "env.conf"),
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
        "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_PID_FILE": str(folder / "rabbitmq.pid"),
    }


@contextmanager
def postgresql(host: str = LOOPBACK) -> Iterator[Running]:
    """PostgreSQL on a free port, with a password; its address takes a database's name."""
    programs = find_programs()
    assert programs
    owner = OWNER if os.geteuid() == 0 else None
    with short_folder(owner) as folder:
        (folder / "password").write_text(PASSWORD, encoding="utf-8")
        (folder / "password").chmod(0o644)
        data = folder / "data"
        authentication = ("--auth-host=scram-sha-256", "--auth-local=trust", "--pwfile=password")
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", OWNER, *CLUSTER[2:], *authentication],
            check=True,
            stdout=subprocess.DEVNULL,
            user=owner,
            cwd=folder,
        )
        with (data / "pg_hba.conf").open("a", encoding="utf-8") as rules:
            rules.write(f"host all all {host}/24 scram-sha-256\n")
        port = free_port(host)
        settings = (f"port={port}", f"listen_addresses={host}", *SETTINGS[1:], *IMPATIENT)
        server = Server(
            [
                programs / "postgres",
                *("-D", data, "-k", folder),
                *(part for setting in settings for part in ("-c", setting)),
            ],
            folder,
            lambda: ready(programs, folder, port),
            user=owner,
            # Its memory is shared, and stays behind where it cannot clear up.
            ending=signal.SIGQUIT,
        )
        with started(server):
            yield Running(server, f"postgresql://{OWNER}:{PASSWORD}@{host}:{port}/{{name}}")


def ready(programs: Path, folder: Path, port: int) -> bool:
    command = [programs / "pg_isready", "-q", "-h", folder, "-p", str(port)]
    return subprocess.run(command, check=False).returncode == 0
