"""One thread that sends the reports which jobs owe, beside whoever runs them.

It is a thread of its own so that a slow receiver keeps no article waiting.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from service.config import Settings
from service.jobs.webhooks import deliver_due
from service.store.database import Store

# Seconds between two looks for reports whose time has come.
PAUSE = 2.0
# Seconds that a report which is on its way is given when the service stops.
PARTING = 1.0

logger = structlog.get_logger()


@contextmanager
def reporter(settings: Settings, store: Store) -> Iterator[None]:
    """Send reports within. As many processes as like may do so at once."""
    stopped = threading.Event()

    def report() -> None:
        while not stopped.wait(PAUSE):
            try:
                deliver_due(store, settings)
            # Whatever goes wrong, reports that are owed are owed still.
            except Exception as error:
                logger.error("webhooks", error=type(error).__name__)

    thread = threading.Thread(target=report, name="webhooks", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join(PARTING)
