"""What goes into a chunk: articles of like length, up to so many characters.

A long article is alone in its chunk; short ones share theirs, so that the
batches made of their sentences are full. Chunks of short articles come first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from service.store.jobs.tables import articles, chunks

# Up to so many code points, an article is of the shortest size; each other size is twice as long.
SHORTEST = 500
# A chunk of the shortest ones may still not be of thousands.
MOST_ARTICLES = 200
OPEN, WAITING, LEASED = "open", "queued", "leased"


def size_of(characters: int) -> int:
    """The size of an article of so many code points, from 0."""
    return max(0, (characters - 1) // SHORTEST).bit_length()


@dataclass(slots=True)
class Filling:
    """A chunk that takes more articles."""

    key: int
    articles: int
    characters: int

    def takes(self, characters: int, limit: int) -> bool:
        """Whether an article of so many code points fits in."""
        return self.articles < MOST_ARTICLES and self.characters + characters <= limit

    def takes_all(self, other: Filling, limit: int) -> bool:
        """Whether all articles of another chunk fit in."""
        together = self.articles + other.articles
        return together <= MOST_ARTICLES and self.characters + other.characters <= limit


def place(connection: Connection, job: int, lengths: Sequence[int], limit: int) -> list[int]:
    """The key of a chunk for each article, given their lengths; the job's row is locked.

    Chunks stay open for more of their size until `close` or the next of their
    size, which is begun where an article would make one longer than `limit`
    code points.
    """
    statement = select(chunks).where(chunks.c.job == job, chunks.c.state == OPEN)
    filling = {
        row.size: Filling(row.key, row.articles, row.characters)
        for row in connection.execute(statement)
    }
    placed = []
    for length in lengths:
        size = size_of(length)
        chunk = filling.get(size)
        if chunk is None or not chunk.takes(length, limit):
            if chunk is not None:
                _write(connection, chunk, WAITING)
            filling[size] = chunk = Filling(add_chunk(connection, job, size, OPEN), 0, 0)
        chunk.articles += 1
        chunk.characters += length
        placed.append(chunk.key)
    for chunk in filling.values():
        _write(connection, chunk, OPEN)
    return placed


def close(connection: Connection, job: int, limit: int) -> None:
    """Let the job's open chunks be worked on; those that fit together become one."""
    statement = (
        select(chunks)
        .where(chunks.c.job == job, chunks.c.state == OPEN)
        .order_by(chunks.c.size.desc())
    )
    last: Filling | None = None
    for row in connection.execute(statement).all():
        chunk = Filling(row.key, row.articles, row.characters)
        if last and chunk.takes_all(last, limit):
            _pour(connection, last, chunk)
        last = chunk
        _write(connection, chunk, WAITING)


def add_chunk(
    connection: Connection, job: int, size: int, state: str, number: int = 0, characters: int = 0
) -> int:
    """A new chunk of so many articles, and its key."""
    row = {
        "job": job,
        "state": state,
        "size": size,
        "articles": number,
        "characters": characters,
        "lost": 0,
        "claims": 0,
        "owner": "",
        "delivery": "",
    }
    key: int = connection.execute(insert(chunks).values(row).returning(chunks.c.key)).scalar_one()
    return key


def _write(connection: Connection, chunk: Filling, state: str) -> None:
    connection.execute(
        update(chunks)
        .where(chunks.c.key == chunk.key)
        .values(state=state, articles=chunk.articles, characters=chunk.characters)
    )


def _pour(connection: Connection, old: Filling, new: Filling) -> None:
    """Move the articles of one chunk into another."""
    connection.execute(update(articles).where(articles.c.chunk == old.key).values(chunk=new.key))
    connection.execute(delete(chunks).where(chunks.c.key == old.key))
    new.articles += old.articles
    new.characters += old.characters
