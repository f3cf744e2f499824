"""Whose fault it is when something goes wrong, and what may be said about it.

What an article's own translation raises fails that article. What the store or
a model's files raise is nobody's article's fault: the work is put back, and
tried again later.
"""

from __future__ import annotations

import traceback

from alignment.errors import AlignmentError
from service.errors import ServiceError, UnsupportedPair
from service.store.errors import StoreDamaged


def passes(error: BaseException) -> bool:
    """Whether something may work again later: no room, a database or a model that is away."""
    if isinstance(error, StoreDamaged):
        return False
    # Another machine may have the model that this one lacks.
    if isinstance(error, UnsupportedPair):
        return True
    return isinstance(error, ServiceError) and error.status >= 500


def reason(error: Exception) -> str:
    """Why an article failed, without anything of its text.

    The messages of our own errors hold none; those of others may.
    """
    if isinstance(error, ServiceError | AlignmentError):
        return f"{type(error).__name__}: {error}"
    return f"{type(error).__name__} in the engine"


def place(error: BaseException) -> str:
    """Where an error was raised, for the log, which holds no article."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
