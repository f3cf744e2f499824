"""A PostgreSQL server of our own, on a socket in a folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
OWNER = "postgres"
# Of a server that has nothing to lose.
SETTINGS = ("listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off")
CLUSTER = ("-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
# Seconds that a server may take to start.
PATIENCE = 60


def find_programs() -> Path | None:
    """The folder of initdb and postgres, the newest there is."""
    found = [path.parent for path in DEBIAN.glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda path: int(path.parent.name))
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


@contextmanager
def running_server(programs: Path) -> Iterator[str]:
    """The address of a new server, to which a database's name is added; gone afterwards."""
    # It refuses to run as root, and its socket's path has to be short.
    owner = OWNER if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="visavis-"))
    if owner:
        shutil.chown(folder, owner)
    data = str(folder / "data")
    try:
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", OWNER, *CLUSTER],
            check=True,
            stdout=subprocess.DEVNULL,
            user=owner,
            cwd=folder,
        )
        options = [part for setting in SETTINGS for part in ("-c", setting)]
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", str(folder), *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=owner,
            cwd=folder,
        )
        try:
            _wait(programs, folder, server)
            yield f"postgresql://{OWNER}@/{{name}}?host={folder}"
        finally:
            # At once, without writing anything down: there is nothing to keep.
            server.send_signal(signal.SIGQUIT)
            server.wait(PATIENCE)
    finally:
        shutil.rmtree(folder)


def _wait(programs: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while subprocess.run([programs / "pg_isready", "-q", "-h", folder], check=False).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("PostgreSQL did not start")
        time.sleep(0.05)
