"""What goes wrong with many machines, done to a job while it is worked on.

Each fault is done to a job of articles so and so often; what is left of the
job afterwards is its outcome.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import update

from service.jobs.broker import DELIVERIES, QUEUE, broker_app
from service.store.jobs.chunks import waiting
from service.store.jobs.tables import chunks, moment
from tests.faults.disk import full_database, full_disk
from tests.faults.engine import DEADLY, ENDLESS
from tests.faults.hosts import cut_off
from tests.faults.scene import (
    Outcome,
    Scene,
    articles,
    child,
    kill_somebody,
    outcome,
    pause,
)
from tests.faults.servers import await_that
from tests.faults.stage import Size, Stage

DAY = 86_400


@dataclass(frozen=True)
class Fault:
    """A fault by the name that it has in the table.

    Where it `fails` articles, one of them each time, these are meant to fail, and no others.
    """

    name: str
    happen: Callable[[Stage, Size], Outcome]
    short: Size
    long: Size
    fails: bool = False

    def expected(self, size: Size) -> Outcome:
        """What becomes of the articles where nothing is wrong with us."""
        return Outcome(size.articles, size.times if self.fails else 0, 0, 0, 0)


def workers_killed(stage: Stage, size: Size) -> Outcome:
    """kill -9 of a worker or of its child, at random moments."""
    with stage.scene(articles(size.articles), pace=0.08) as scene:
        scene.workers.start()
        scene.workers.start()
        scene.await_done(1)
        for _ in range(size.times):
            pause(stage.chance, 0.5, 2)
            assert scene.done() < size.articles
            kill_somebody(scene, stage.chance)
        scene.await_end()
        return outcome(scene)


def broker_restarted(stage: Stage, size: Size) -> Outcome:
    """RabbitMQ is away when the job comes in; later it is killed, and starts over its disk."""
    stage.rabbit.server.stop(signal.SIGTERM)
    with stage.scene(articles(size.articles), pace=0.05) as scene:
        scene.workers.start()
        scene.workers.start()
        stage.rabbit.server.start()
        for time_ in range(1, size.times):
            scene.await_done(time_ * size.articles // (size.times + 1))
            stage.rabbit.server.stop(signal.SIGKILL if time_ % 2 else signal.SIGTERM)
            pause(stage.chance, 0, 2)
            stage.rabbit.server.start()
        assert scene.done() < size.articles
        scene.await_end()
        return outcome(scene)


def database_restarted(stage: Stage, size: Size) -> Outcome:
    """PostgreSQL breaks off everything as in a crash, or ends in order, and starts again."""
    with stage.scene(articles(size.articles), pace=0.05) as scene:
        scene.workers.start()
        scene.workers.start()
        for time_ in range(size.times):
            scene.await_done((time_ + 1) * size.articles // (size.times + 2))
            stage.postgres.server.stop(signal.SIGINT if time_ % 2 else signal.SIGQUIT)
            pause(stage.chance, 0, 3)
            stage.postgres.server.start()
        scene.await_end()
        return outcome(scene)


def messages_lost(stage: Stage, size: Size) -> Outcome:
    """The queue is emptied: nobody is told any more that there is work."""
    with stage.scene(articles(size.articles), pace=0.05) as scene:
        for time_ in range(size.times):
            empty_queue(stage.rabbit.address)
            if not time_:
                scene.workers.start()
            scene.await_done((time_ + 1) * size.articles // (size.times + 1))
        scene.await_end()
        return outcome(scene)


def messages_dropped(stage: Stage, size: Size) -> Outcome:
    """Every message is given back so often that RabbitMQ drops it, before anybody works."""
    with stage.scene(articles(size.articles), pace=0.01) as scene:
        for _ in range(size.times):
            give_back_until_dropped(stage.rabbit.address, waiting(scene.store))
        scene.workers.start()
        scene.await_end()
        return outcome(scene)


def workers_hang(stage: Stage, size: Size) -> Outcome:
    """A worker stops in the middle of a chunk, is taken for dead, and comes back."""
    with stage.scene(articles(size.articles), pace=0.2) as scene:
        stopped = scene.workers.start()
        for _ in range(size.times):
            await_that(lambda: holds_lease(scene, stopped), scene.complaint)
            os.killpg(stopped.pid, signal.SIGSTOP)
            other = scene.workers.start()
            await_that(lambda: not holds_lease(scene, stopped), scene.complaint)
            os.killpg(stopped.pid, signal.SIGCONT)
            other.terminate()
            other.wait()
        scene.await_end()
        return outcome(scene)


def children_hang(stage: Stage, size: Size) -> Outcome:
    """The process that translates stops for good: its worker kills it after a while."""
    with stage.scene(articles(size.articles), pace=0.05, FAKE_LIMIT="10") as scene:
        worker = scene.workers.start()
        for time_ in range(size.times):
            scene.await_done((time_ + 1) * size.articles // (size.times + 1))
            hung = child(worker)
            assert hung
            os.kill(hung, signal.SIGSTOP)
        scene.await_end()
        return outcome(scene)


def articles_that_kill(stage: Stage, size: Size) -> Outcome:
    """Articles on which every worker dies are sorted out, and fail alone."""
    texts = spoiled(stage, size, DEADLY)
    with stage.scene(texts, pace=0.01) as scene:
        scene.workers.start()
        scene.await_end()
        return outcome(scene)


def engine_hangs(stage: Stage, size: Size) -> Outcome:
    """The engine hangs on an article, and the next time it does not."""
    texts = spoiled(stage, size, ENDLESS)
    marks = stage.new_folder()
    with stage.scene(texts, pace=0.01, FAKE_LIMIT="10", FAKE_FOLDER=marks) as scene:
        scene.workers.start()
        scene.await_end()
        return outcome(scene)


def spoiled(stage: Stage, size: Size, word: str) -> list[str]:
    """Articles, as many of which as the fault's times have a word that a worker can't bear."""
    texts = articles(size.articles)
    for number in stage.chance.sample(range(size.articles), size.times):
        texts[number] += f"Une {number}e phrase {word}.\n"
    return texts


def clocks_jump(stage: Stage, size: Size) -> Outcome:
    """Workers whose clocks are a day apart; the database's own jumps, and one is killed."""
    with stage.scene(articles(size.articles), pace=0.05) as scene:
        scene.workers.start(FAKE_CLOCK=f"{DAY}")
        scene.workers.start(FAKE_CLOCK=f"-{DAY}")
        scene.await_done(1)
        for time_ in range(size.times):
            pause(stage.chance, 0.5, 1)
            # What a jump does to leases, seen from where the clock stands then.
            jump_leases(scene, DAY if time_ % 2 else -DAY)
            kill_somebody(scene, stage.chance)
        scene.await_end()
        return outcome(scene)


def holds_lease(scene: Scene, worker: subprocess.Popen[bytes]) -> bool:
    """Whether a worker's child has a chunk just now."""
    with scene.store.reading() as connection:
        rows = connection.execute(chunks.select().where(chunks.c.state == "leased"))
        return any(f":{child(worker)}:" in row.owner for row in rows)


def jump_leases(scene: Scene, seconds: float) -> None:
    """Every lease runs out so many seconds after this moment; below 0, it has."""
    with scene.store.writing() as connection:
        connection.execute(
            update(chunks)
            .where(chunks.c.state == "leased")
            .values(until=moment(connection, seconds))
        )


def empty_queue(broker: str) -> None:
    app = broker_app(broker)
    with app.connection_for_write() as link, link.channel() as channel:
        app.amqp.queues[QUEUE](channel).purge()


def give_back_until_dropped(broker: str, messages: int) -> None:
    """Take every message as often as RabbitMQ lets us, and see that each was dropped by it."""
    app = broker_app(broker)
    with app.connection_for_write() as link, link.channel() as channel:
        queue = app.amqp.queues[QUEUE](channel)
        taken = 0
        while message := queue.get(no_ack=False):
            message.reject(requeue=True)
            taken += 1
        assert taken == messages * (DELIVERIES + 1)


# They mount a file system, and make networks.
FOR_ROOT = (full_disk, full_database, cut_off)
FAULTS = (
    Fault("workers killed -9", workers_killed, Size(60, 4), Size(300, 20)),
    Fault("broker killed and restarted", broker_restarted, Size(60, 2), Size(300, 4)),
    Fault("database crashed and restarted", database_restarted, Size(60, 2), Size(300, 6)),
    Fault("messages lost", messages_lost, Size(20, 1), Size(100, 3)),
    Fault("messages dropped", messages_dropped, Size(12, 1), Size(100, 1)),
    Fault("a worker hangs and comes back", workers_hang, Size(20, 1), Size(300, 3)),
    Fault("a translating process hangs", children_hang, Size(20, 1), Size(100, 3)),
    Fault(
        "articles that kill their worker", articles_that_kill, Size(12, 1), Size(100, 3), fails=True
    ),
    Fault("the engine hangs on an article", engine_hangs, Size(12, 1), Size(100, 3)),
    Fault("clocks that jump", clocks_jump, Size(40, 2), Size(200, 8)),
    Fault("disk full", full_disk, Size(60, 1), Size(300, 4)),
    Fault("the database's disk full", full_database, Size(60, 1), Size(300, 4)),
    Fault("a host cut off", cut_off, Size(60, 1), Size(300, 2)),
)
