"""Waking the workers on other machines up, where there are any.

The database is the truth: a message only says that there is something to do,
so one that cannot be sent costs a delay, until a worker looks by itself.
"""

from __future__ import annotations

import structlog

from service.config import Settings
from service.store.database import Store

logger = structlog.get_logger()


def wake(settings: Settings, store: Store) -> None:
    """Tell the broker of chunks that it was not told of yet; a broker that is down is no error.

    Without a broker this does nothing: the embedded runner looks by itself.
    """
    if not settings.broker:
        return
    try:
        # Only who has a broker has the library that speaks to it.
        from service.jobs.broker import announce_new
    except ModuleNotFoundError as error:
        logger.error(
            "the workers can't be told: pip install 'vis-a-vis[workers]'", missing=error.name
        )
        return
    announce_new(settings, store)
