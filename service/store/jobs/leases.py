"""What becomes of a chunk whose worker has let go of it, or died.

Whoever calls these holds the lock of the job's row. A chunk that is done is
deleted; one that costs a worker its life again and again is taken apart, and
the article at fault fails.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, update

from service.store.jobs.planning import LEASED, WAITING, add_chunk, size_of
from service.store.jobs.rows import finish_if_done, tell
from service.store.jobs.tables import articles, chunks
from service.store.tables import AnyRow

# How many workers a chunk of several articles may cost, and an article by itself.
SPLIT_AT = 2
FAILED_AT = 3
POISON = f"the work on it broke off {FAILED_AT} times: the process was killed, or hung"


def put_back(connection: Connection, chunk: AnyRow) -> None:
    """Queue again what is not done of a leased chunk, which was given up in good order."""
    left = _unlease(connection, chunk.key)
    if left:
        _wait(connection, chunk.key, chunk.lost)
    else:
        close_chunk(connection, chunk)


def lose(connection: Connection, chunk: AnyRow) -> None:
    """Queue again what is not done of a leased chunk whose worker is gone, with care."""
    lost = chunk.lost + 1
    left = _unlease(connection, chunk.key)
    if len(left) > 1 and lost >= SPLIT_AT:
        _split(connection, chunk, left)
    elif len(left) == 1 and lost >= FAILED_AT:
        fail(connection, chunk.job, left[0], POISON)
        close_chunk(connection, chunk)
    elif left:
        _wait(connection, chunk.key, lost)
    else:
        close_chunk(connection, chunk)


def close_chunk(connection: Connection, chunk: AnyRow) -> bool:
    """Forget a chunk of which nothing is left to do; whether its job is done, too."""
    connection.execute(delete(chunks).where(chunks.c.key == chunk.key))
    return finish_if_done(connection, chunk.job)


def fail(connection: Connection, job: int, article: AnyRow, reason: str) -> None:
    """An article of a job can't be done, for a reason that holds nothing of its text."""
    connection.execute(
        update(articles)
        .where(articles.c.key == article.key)
        .values(state="failed", reason=reason, chunk=None)
    )
    data = {"number": article.number, "name": article.name, "reason": reason}
    tell(connection, job, "article_failed", data)


def _unlease(connection: Connection, chunk: int) -> list[AnyRow]:
    """What is not done of a chunk, queued again."""
    unfinished = (articles.c.chunk == chunk, articles.c.state.in_((LEASED, WAITING)))
    connection.execute(update(articles).where(*unfinished).values(state=WAITING))
    there = articles.c
    columns = (there.key, there.number, there.name, there.characters)
    found = select(*columns).where(*unfinished).order_by(there.number)
    return list(connection.execute(found))


def _wait(connection: Connection, chunk: int, lost: int) -> None:
    connection.execute(
        update(chunks)
        .where(chunks.c.key == chunk)
        .values(state=WAITING, lost=lost, owner="", delivery="", until=None, announced=None)
    )


def _split(connection: Connection, chunk: AnyRow, left: list[AnyRow]) -> None:
    """A chunk for each article, so that the one at fault takes nothing with it."""
    for article in left:
        length = article.characters
        single = add_chunk(connection, chunk.job, size_of(length), WAITING, 1, length)
        connection.execute(
            update(articles).where(articles.c.key == article.key).values(chunk=single)
        )
    connection.execute(delete(chunks).where(chunks.c.key == chunk.key))
