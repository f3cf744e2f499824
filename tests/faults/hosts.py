"""Two hosts with addresses of their own, and what becomes of a job when one of them is cut off.

They are network namespaces, joined by a bridge to which the servers listen.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from tests.faults.scene import Outcome, articles, outcome, scene, submit
from tests.faults.servers import postgresql, rabbitmq
from tests.faults.stage import Size, Stage, new_database

# A private network that nobody else is likely to have; one for each process of tests.
NETWORK = f"10.213.{os.getpid() % 250}"
NAMES = ("a", "b")
# What keeps a worker from waiting hours for a database that it can't reach any more.
IMPATIENT = "?connect_timeout=5&keepalives_idle=5&keepalives_interval=5&tcp_user_timeout=15000"


@dataclass(frozen=True)
class Host:
    """A network namespace, and its end of the cable outside."""

    name: str
    cable: str

    def command(self) -> tuple[str, ...]:
        """What runs a command there."""
        return ("ip", "netns", "exec", self.name)

    def cut_off(self) -> None:
        """Nothing reaches it any more, and nobody is told."""
        ip(f"link set {self.cable} down")

    def connect(self) -> None:
        """It is there again."""
        ip(f"link set {self.cable} up")


def cut_off(stage: Stage, size: Size) -> Outcome:
    """A host is cut off while it works, the other does the rest, and the first comes back.

    Afterwards it alone does a second job, which shows that it did come back.
    """
    texts = articles(size.articles)
    with ExitStack() as stack:
        near, far = stack.enter_context(two_hosts())
        broker = stack.enter_context(rabbitmq(f"{NETWORK}.1")).address
        server = stack.enter_context(postgresql(f"{NETWORK}.1"))
        place = new_database(server.address) + IMPATIENT
        scene_ = stack.enter_context(scene(place, broker, stage.folder, texts, pace=0.1))
        staying = scene_.workers.start(*near.command())
        scene_.workers.start(*far.command())
        for time_ in range(size.times):
            scene_.await_done((time_ + 1) * size.articles // (size.times + 2))
            far.cut_off()
            scene_.await_done((2 * time_ + 3) * size.articles // (2 * size.times + 4))
            if time_ + 1 < size.times:
                far.connect()
        scene_.await_end()
        far.connect()
        staying.kill()
        first = outcome(scene_)
        scene_.job = submit(
            scene_.store, scene_.settings, texts[:1] + articles(size.articles + 5)[-5:]
        )
        scene_.await_end()
        return first


@contextmanager
def two_hosts() -> Iterator[Sequence[Host]]:
    """Two hosts at .2 and .3 of a network in which this one is at .1; gone afterwards."""
    bridge = f"vv{os.getpid()}"
    with ExitStack() as stack:
        ip(f"link add {bridge} type bridge")
        stack.callback(ip, f"link del {bridge}")
        ip(f"addr add {NETWORK}.1/24 dev {bridge}")
        ip(f"link set {bridge} up")
        yield [
            stack.enter_context(_host(f"{bridge}{name}", bridge, f"{NETWORK}.{number}"))
            for number, name in enumerate(NAMES, start=2)
        ]


@contextmanager
def _host(name: str, bridge: str, address: str) -> Iterator[Host]:
    cable = f"{name}o"
    ip(f"netns add {name}")
    try:
        ip(f"link add {cable} type veth peer name eth0 netns {name}")
        ip(f"link set {cable} master {bridge} up")
        ip(f"-n {name} addr add {address}/24 dev eth0")
        ip(f"-n {name} link set eth0 up")
        ip(f"-n {name} link set lo up")
        yield Host(name, cable)
    finally:
        ip(f"netns del {name}")


def ip(arguments: str) -> None:
    subprocess.run(["ip", *arguments.split()], check=True)
