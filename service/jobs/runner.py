"""One thread that works off the jobs of a store, beside the service or a command.

Only one process does so for a store: `RunnerElsewhere` names it. What a runner
that was killed had leased is queued again at once when the next one starts,
for nobody else can be alive; workers of a broker have leases of their own,
and are left to them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from service.config import Settings
from service.engine import Engines
from service.errors import ServiceError
from service.jobs.failures import place
from service.jobs.running import run_chunk
from service.store.database import Store
from service.store.jobs.chunks import claim_chunk, release, sweep
from service.store.jobs.errors import RunnerElsewhere
from service.store.jobs.lock import RunnerLock, runner_lock

OWNER = "embedded"
# Seconds between two looks for work, unless somebody wakes the runner.
PAUSE = 0.5
# Seconds between two looks for leases that ran out.
SWEEP = 15.0
# Seconds to wait after something went wrong: twice as long each time, up to the longest.
SHORTEST_WAIT, LONGEST_WAIT = 0.5, 60.0
# Seconds that the thread is given to finish a batch when the runner stops.
PARTING = 30.0

logger = structlog.get_logger()


class Runner:
    """What a thread does until it is told to stop."""

    def __init__(
        self, settings: Settings, engines: Engines, store: Store, lock: RunnerLock
    ) -> None:
        self._settings = settings
        self._engines = engines
        self._store = store
        self._lock = lock
        self._stopped = threading.Event()
        self._woken = threading.Event()
        self._swept = -SWEEP
        # Whoever had these chunks was killed; None where nothing is left behind.
        self._left_by_the_dead: bool | None = True

    def wake(self) -> None:
        """Have it look for work now."""
        self._woken.set()

    def stop(self) -> None:
        """Have it end after the batch that it is at."""
        self._stopped.set()
        self._woken.set()

    def run(self) -> None:
        """Work until stopped; whatever goes wrong, it goes on after a while."""
        wait = SHORTEST_WAIT
        while not self._stopped.is_set():
            self._woken.clear()
            try:
                worked = self._turn()
                wait = SHORTEST_WAIT
            except Exception as error:
                self._report(error)
                # A chunk that could not even be put back, which is no fault of its own.
                worked, self._left_by_the_dead = False, False
                self._stopped.wait(wait)
                wait = min(2 * wait, LONGEST_WAIT)
            if not worked and not self._stopped.is_set():
                self._woken.wait(PAUSE)

    def _turn(self) -> bool:
        """Work on one chunk; False where there is none."""
        self._lock.hold()
        self._settle()
        chunk = claim_chunk(self._store, OWNER)
        if chunk is None:
            return False
        run_chunk(self._store, self._engines, self._settings, chunk, self._stopped.is_set)
        return True

    def _settle(self) -> None:
        """Queue again what no living worker has."""
        if self._left_by_the_dead is not None:
            release(self._store, OWNER, lost=self._left_by_the_dead)
            self._left_by_the_dead = None
        if time.monotonic() - self._swept >= SWEEP:
            sweep(self._store)
            self._swept = time.monotonic()

    def _report(self, error: Exception) -> None:
        """Its own errors say nothing of an article; of others, only the kind is logged."""
        said = str(error) if isinstance(error, ServiceError) else ""
        logger.error("job runner", error=type(error).__name__, message=said, at=place(error))


@contextmanager
def embedded_runner(settings: Settings, engines: Engines, store: Store) -> Iterator[Runner]:
    """Run jobs within, in a thread; on leaving, it stops after the batch that it is at.

    Raises RunnerElsewhere where another process runs those of this store.
    """
    with runner_lock(store) as lock:
        runner = Runner(settings, engines, store, lock)
        thread = threading.Thread(target=runner.run, name="jobs", daemon=True)
        thread.start()
        try:
            yield runner
        finally:
            runner.stop()
            thread.join(PARTING)


__all__ = ["Runner", "RunnerElsewhere", "embedded_runner"]
