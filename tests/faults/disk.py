"""A disk that is full: under a store in SQLite and the runner inside the service, or PostgreSQL."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.faults.scene import Outcome, Scene, articles, outcome, scene
from tests.faults.servers import short_folder
from tests.faults.stage import NUMBERS, Size, Stage
from tests.store.postgres import OWNER

MEGABYTES = 16
# An empty database of PostgreSQL takes eight.
MEGABYTES_OF_POSTGRESQL = 24
BLOCK = 4096
# Seconds for which there is no room.
FULL = 5


def full_disk(stage: Stage, size: Size) -> Outcome:
    """There is no room left for a while: what is done stays, and the rest is done later."""
    texts = articles(size.articles)
    with small_disk() as disk:
        place = str(disk / "visavis.db")
        with scene(place, "", stage.folder, texts, pace=0.03) as scene_:
            scene_.workers.start()
            fill_again_and_again(scene_, disk, size)
            return outcome(scene_)


def full_database(stage: Stage, size: Size) -> Outcome:
    """PostgreSQL has no room left for a while: its workers wait, and go on by themselves."""
    texts = articles(size.articles)
    with (
        small_database(stage.postgres.address) as (place, disk),
        stage.scene_at(place, texts, pace=0.03) as scene_,
    ):
        scene_.workers.start()
        scene_.workers.start()
        fill_again_and_again(scene_, disk, size)
        return outcome(scene_)


def fill_again_and_again(scene_: Scene, disk: Path, size: Size) -> None:
    """Have no room now and then until the job is done; workers have to notice it."""
    before = complaints(scene_)
    for time_ in range(size.times):
        scene_.await_done((time_ + 1) * size.articles // (size.times + 2))
        fill(disk / "ballast")
        time.sleep(FULL)
        (disk / "ballast").unlink()
    assert scene_.done() < size.articles
    scene_.await_end()
    assert complaints(scene_) > before


def complaints(scene_: Scene) -> int:
    """How often workers have said by now that there is no room."""
    said = scene_.workers.log.read_text(encoding="utf-8", errors="replace")
    return said.count("there is no room left")


@contextmanager
def small_database(address: str) -> Iterator[tuple[str, Path]]:
    """A new database on a small disk, and the folder where that disk is."""
    name = f"small{os.getpid()}_{next(NUMBERS)}"
    with small_disk(MEGABYTES_OF_POSTGRESQL) as disk:
        (disk / "data").mkdir()
        if os.geteuid() == 0:
            shutil.chown(disk / "data", OWNER)
        with psycopg.connect(address.format(name="postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE TABLESPACE {name} LOCATION '{disk}/data'".encode())
            connection.execute(f"CREATE DATABASE {name} TABLESPACE {name}".encode())
            try:
                yield address.format(name=name), disk
            finally:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
                connection.execute(f"DROP TABLESPACE {name}".encode())


@contextmanager
def small_disk(megabytes: int = MEGABYTES) -> Iterator[Path]:
    """A file system in memory that is quickly full."""
    with short_folder() as folder:
        options = ("-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder))
        subprocess.run(["mount", *options], check=True)
        try:
            yield folder
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(path: Path) -> None:
    """Take all the room that there is."""
    file = os.open(path, os.O_CREAT | os.O_WRONLY)
    try:
        while True:
            os.write(file, bytes(BLOCK))
    except OSError:
        pass
    finally:
        os.close(file)
