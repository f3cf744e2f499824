"""A job, the workers that run it as processes of their own, and what became of its articles."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from alignment.formats.native import Json, from_json
from service.config import Settings
from service.jobs.results import items, results
from service.jobs.waking import wake
from service.store.database import Store
from service.store.jobs.intake import add_articles, begin_job, end_intake
from service.store.jobs.reading import read_job
from service.store.jobs.records import JobOptions, NewArticle
from service.store.opening import open_store
from service.translate import translate_article
from tests.fakes import WordByWord
from tests.faults.servers import await_that

ROOT = Path(__file__).parent.parent.parent
CHUNK = 500  # code points: two or three articles
# Seconds that a job may take, faults included.
PATIENCE = 400


def articles(amount: int) -> list[str]:
    """Articles of four sentences, no two alike, with everything in them that spoils offsets."""
    return [
        f"La ville {number} vote.\u00a0« Oui\u202f!\u00a0», dit l’adjointe 😀 du {number}.\r\n"
        f"L’e\u0301te\u0301 {number} sera long.Le maire n’a rien promis en {1000 + number}.\n"
        for number in range(amount)
    ]


@dataclass
class Workers:
    """Processes that work on one job; they differ in what is added to their environment."""

    module: str
    environ: dict[str, str]
    log: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *prefix: str, **more: str) -> subprocess.Popen[bytes]:
        """One more worker; `prefix` is the command that runs it."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [*prefix, sys.executable, "-m", self.module],
                cwd=ROOT,
                env=dict(os.environ) | self.environ | more,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def stop(self) -> None:
        """End them all, hung ones too."""
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()


@dataclass
class Scene:
    """A job that is being worked on, and what can be done to it."""

    store: Store
    settings: Settings
    workers: Workers
    job: str
    texts: Sequence[str]

    def done(self) -> int:
        """How many articles are done."""
        return read_job(self.store, self.job).counts.done

    def await_done(self, least: int) -> None:
        """Wait until so many articles are done, or nothing is left to do."""

        def holds() -> bool:
            job = read_job(self.store, self.job)
            return job.counts.done >= least or job.state == "done"

        await_that(holds, self.complaint, PATIENCE)

    def await_end(self) -> None:
        """Wait until nothing of the job is left to do."""
        await_that(lambda: read_job(self.store, self.job).state == "done", self.complaint, PATIENCE)

    def complaint(self) -> str:
        """How far it is, and what the workers said last."""
        said = self.workers.log.read_text(encoding="utf-8", errors="replace")[-4000:]
        return f"{read_job(self.store, self.job)}\n{said}"


@dataclass(frozen=True)
class Outcome:
    """What became of a job: of so many articles, how many are lost, there twice, or wrong."""

    articles: int
    failed: int
    lost: int
    twice: int
    wrong: int


UNHARMED = (0, 0, 0)


@contextmanager
def scene(
    database: str,
    broker: str,
    folder: Path,
    texts: Sequence[str],
    pace: float,
    **environ: str,
) -> Iterator[Scene]:
    """A job of these texts in a new database; `pace` is the seconds that a sentence takes.

    Without a broker, it is worked on as inside `visavis serve`.
    """
    settings = Settings(database=database, broker=broker, chunk_characters=CHUNK)
    given = {"VISAVIS_DATABASE": database, "VISAVIS_BROKER": broker, "FAKE_PACE": str(pace)}
    module = "tests.faults.fake_worker" if broker else "tests.faults.fake_runner"
    workers = Workers(module, given | environ, folder / "workers.log")
    with closing(open_store(database)) as store:
        try:
            job = submit(store, settings, texts)
            yield Scene(store, settings, workers, job, texts)
        finally:
            workers.stop()


def submit(store: Store, settings: Settings, texts: Sequence[str]) -> str:
    """A job of these texts, all of them named by their number."""
    job = begin_job(store, JobOptions())
    new = [NewArticle(str(number), text) for number, text in enumerate(texts, start=1)]
    add_articles(store, job, new, settings.chunk_characters)
    end_intake(store, job)
    wake(settings, store)
    return job


def outcome(scene: Scene) -> Outcome:
    """Read the results of the job, and compare each with what a quiet machine makes of it."""
    lines = [json.loads(line) for line in results(scene.store, scene.job, "jsonl")]
    times = Counter(line["id"] for line in lines)
    made = Counter(item.document for item in items(scene.store, scene.job) if item.document)
    failed = sum(line["state"] == "failed" for line in lines)
    kept = sum(line["document"] is not None for line in lines)
    return Outcome(
        articles=len(scene.texts),
        failed=failed,
        lost=len(scene.texts) - failed - kept,
        twice=sum(times.values()) - len(times) + sum(made.values()) - len(made),
        wrong=sum(line["document"] is not None and is_wrong(scene, line) for line in lines),
    )


def is_wrong(scene: Scene, line: Json) -> bool:
    """Whether a result is not that of its article; reading it checks every offset."""
    expected = translate_article(scene.texts[int(line["id"]) - 1], WordByWord())
    return from_json(line["document"]) != expected


def child(process: subprocess.Popen[bytes]) -> int | None:
    """The process of a worker that translates; None while there is none."""
    path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    try:
        return int(path.read_text().split()[0])
    except (OSError, IndexError):
        return None


def kill_somebody(scene: Scene, chance: random.Random) -> None:
    """Kill a worker, or the child of one, as the system does that has no memory left."""
    victim = chance.choice([each for each in scene.workers.processes if each.poll() is None])
    translating = child(victim)
    if translating and chance.random() < 0.5:
        os.kill(translating, signal.SIGKILL)
    else:
        victim.kill()
        victim.wait()
        scene.workers.start()


def pause(chance: random.Random, least: float, most: float) -> None:
    time.sleep(chance.uniform(least, most))
