"""A worker: a Celery application that runs the chunks of jobs, on as many machines as you like.

The main process speaks to the broker and does nothing else; it opens neither
the store nor a model, for neither survives a fork. Its children translate, one
chunk at a time. A child that dies or hangs is noticed by the main process, a
main process that dies by the broker, and a machine that is cut off by both the
broker and the lease in the store.
"""

from __future__ import annotations

import logging
import mmap
import os
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import structlog
from celery.apps.worker import Worker
from celery.exceptions import Reject
from celery.signals import setup_logging, worker_process_init, worker_shutting_down
from celery.worker.consumer import Consumer

from service.config import Settings
from service.engine import Engines
from service.engine.loading import InstalledEngines
from service.jobs.broker import TASK, announce, broker_app
from service.jobs.failures import place
from service.jobs.running import run_chunk
from service.jobs.webhooks import deliver_due
from service.store.database import Store
from service.store.errors import StoreError
from service.store.jobs.chunks import claim_chunk, end_chunk, sweep
from service.store.jobs.records import Chunk
from service.store.opening import open_store

# Seconds that one chunk may take: less than the half hour after which RabbitMQ takes it back.
HARD_LIMIT = 1500
# Seconds between two looks for leases that ran out, lost messages and reports that are due.
LOOK_EVERY = 15
# Seconds that a worker waits for a database that does not answer, before it gives a message back.
PATIENCE = 60
# Seconds between two tries.
PAUSE = 1

Opening = Callable[[Settings], Engines]

logger = structlog.get_logger()


def run_worker(
    settings: Settings,
    processes: int = 1,
    seconds: int = HARD_LIMIT,
    opening: Opening = InstalledEngines,
) -> int:
    """Work until told to stop, and give the exit status.

    A child that takes more than `seconds` for a chunk is killed. SIGTERM lets
    each finish the articles in hand and gives the rest of its chunk back.
    """
    app = broker_app(settings.broker)
    stopping = Flag()
    workplace = Workplace(settings, opening, stopping.is_set)
    app.task(_task(workplace), name=TASK, bind=True, time_limit=seconds)
    # Kept by name here: Celery itself holds its receivers weakly.
    receivers = (
        (worker_process_init, lambda **_: workplace.look_around()),
        (worker_shutting_down, lambda **_: stopping.set()),
        (setup_logging, lambda **_: _log_celery()),
    )
    for signal, receiver in receivers:
        signal.connect(receiver)
    worker = Worker(
        app=app,
        hostname=f"visavis-{os.getpid()}@{socket.gethostname()}",
        pool_cls="prefork",
        consumer_cls=ChunkConsumer,
        concurrency=processes,
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    worker.start()
    return int(worker.exitcode or 0)


class ChunkConsumer(Consumer):  # type: ignore[misc]
    """Celery's consumer without delayed delivery, which would add 28 queues for a use not made."""

    class Blueprint(Consumer.Blueprint):  # type: ignore[misc]
        """The steps by which a consumer starts."""

        default_steps = [  # noqa: RUF012
            step for step in Consumer.Blueprint.default_steps if "delayed_delivery" not in step
        ]


class Flag:
    """Set by the main process, seen by its children.

    Without a lock: one that a killed child held would be held for ever.
    """

    def __init__(self) -> None:
        self._shared = mmap.mmap(-1, 1)

    def set(self) -> None:
        self._shared[0] = 1

    def is_set(self) -> bool:
        return bool(self._shared[0])


class Workplace:
    """What one process works with, opened there when it is first needed."""

    def __init__(self, settings: Settings, opening: Opening, stopping: Callable[[], bool]) -> None:
        self._settings = settings
        self._opening = opening
        self._stopping = stopping
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._engines: Engines | None = None

    def work(self, delivery: str) -> None:
        """Run one chunk: that of this delivery's dead worker, or the one whose turn it is.

        Waits a while for a database that does not answer, and then raises what
        it says; everything that was done is kept. Raises Reject when stopping.
        """
        deadline = time.monotonic() + PATIENCE
        held: Chunk | None = None
        while True:
            try:
                if held:
                    end_chunk(self.store(), held)
                held = claim_chunk(self.store(), _owner(), delivery=delivery)
                if held:
                    run_chunk(self.store(), self.engines(), self._settings, held, self._stopping)
                return
            except StoreError as error:
                logger.warning("the store does not answer", error=str(error))
                if self._stopping() or time.monotonic() > deadline:
                    raise
                time.sleep(PAUSE)

    def look_around(self) -> None:
        """Look after what others left behind, now and then, in a thread of its own."""
        threading.Thread(target=self._look_for_ever, name="looking around", daemon=True).start()

    def store(self) -> Store:
        """The store, opened now if it was not. Raises a StoreError."""
        with self._lock:
            if self._store is None:
                self._store = open_store(self._settings.database)
            return self._store

    def engines(self) -> Engines:
        """The engines; each loads its model when it is first asked for."""
        if self._engines is None:
            self._engines = self._opening(self._settings)
        return self._engines

    def stopping(self) -> bool:
        """Whether the worker is to end."""
        return self._stopping()

    def _look_for_ever(self) -> None:
        while not self._stopping():
            try:
                self._look()
            except StoreError as error:
                logger.warning("the store does not answer", error=str(error))
            # Whatever it is, nobody else would look after lost chunks if this thread ended.
            except Exception:
                logger.exception("looking around failed")
            time.sleep(LOOK_EVERY)

    def _look(self) -> None:
        store = self.store()
        lost = sweep(store)
        if lost:
            logger.warning("leases ran out", chunks=lost)
        announce(self._settings, store)
        deliver_due(store, self._settings)


def _task(workplace: Workplace) -> Callable[[Any, int], None]:
    def run(task: Any, _chunk: int) -> None:
        try:
            workplace.work(task.request.id)
        except StoreError as error:
            raise Reject(str(error), requeue=True) from None
        # The chunk was put back, and is announced again; Celery would log what the error says.
        except Exception as error:
            logger.error("chunk failed", error=type(error).__name__, at=place(error))
        if workplace.stopping():
            # What is left of the chunk is for somebody else, at once.
            raise Reject("the worker stops", requeue=True)

    return run


def _owner() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


class _Passing(logging.Handler):
    """Celery's log, as lines of ours."""

    def emit(self, record: logging.LogRecord) -> None:
        wrong = record.exc_info if record.levelno >= logging.ERROR else None
        logger.log(record.levelno, record.getMessage(), logger=record.name, exc_info=wrong)


def _log_celery() -> None:
    root = logging.getLogger()
    root.handlers = [_Passing()]
    root.setLevel(logging.WARNING)
