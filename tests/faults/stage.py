"""Where the faults happen: servers of our own, and a database for each job."""

from __future__ import annotations

import os
import random
import tempfile
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg

from tests.faults.scene import Scene, scene
from tests.faults.servers import Running

NUMBERS = count()


@dataclass(frozen=True)
class Size:
    """How many articles a job has, and how often a fault is done to it."""

    articles: int
    times: int


@dataclass(frozen=True)
class Stage:
    """The servers, a folder for what workers say, and chance, which chooses moments and victims."""

    postgres: Running
    rabbit: Running
    folder: Path
    chance: random.Random

    def scene(self, texts: list[str], pace: float, **environ: str) -> AbstractContextManager[Scene]:
        """A job of these texts in a database of its own; `pace` in seconds a sentence."""
        return self.scene_at(new_database(self.postgres.address), texts, pace, **environ)

    def scene_at(
        self, place: str, texts: list[str], pace: float, **environ: str
    ) -> AbstractContextManager[Scene]:
        """A job of these texts in an empty database that there is."""
        return scene(place, self.rabbit.address, self.folder, texts, pace, **environ)

    def new_folder(self) -> str:
        """A folder for the workers of one job."""
        return tempfile.mkdtemp(dir=self.folder)


def new_database(address: str) -> str:
    """The address of a database made now on a server."""
    name = f"faults{os.getpid()}_{next(NUMBERS)}"
    with psycopg.connect(address.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return address.format(name=name)
