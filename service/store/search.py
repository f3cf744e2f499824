"""Finding documents by their words, whatever the accents and the case.

Both databases are given the same words, folded here, so that both find the
same: SQLite keeps them in FTS5, PostgreSQL in a tsvector. A document is found
where every word of the query begins a word of its title or of either text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, Text, cast, literal, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.sql import column, select, table

from service.store.tables import documents

# Letters that no decomposition takes apart.
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
WORD = re.compile(r"[^\W_]+")
# In code points: PostgreSQL takes no lexeme over 2 kB.
LONGEST = 64
# In bytes: PostgreSQL takes no more than 1 MiB of words for a document.
ROOM = 900_000

# FTS5 has a column of the table's own name, to match with.
words_of_sqlite = table("document_words", column("rowid"), column("document_words"))
words_of_postgresql = table("document_words", column("document"), column("words"))


def folded_words(*texts: str) -> list[str]:
    """The different words of some texts, without accents and capitals, in order."""
    found: set[str] = set()
    for each in texts:
        found.update(word[:LONGEST] for word in WORD.findall(_folded(each)))
    return sorted(found)


def keep_words(connection: Connection, key: int, texts: Iterable[str]) -> None:
    """Make a document findable by the words of these texts."""
    words = folded_words(*texts)
    if connection.dialect.name == "sqlite":
        statement = text("INSERT INTO document_words (rowid, words) VALUES (:key, :words)")
        connection.execute(statement, {"key": key, "words": " ".join(words)})
    else:
        statement = text(
            "INSERT INTO document_words (document, words) VALUES (:key, CAST(:words AS tsvector))"
        )
        quoted = " ".join(f"'{word}'" for word in _fitting(words))
        connection.execute(statement, {"key": key, "words": quoted})


def holds(connection: Connection, query: str) -> ColumnElement[bool]:
    """That a document has the words of a query; a query without a word finds nothing."""
    words = folded_words(query)
    if connection.dialect.name == "sqlite":
        match = " ".join(f'"{word}"*' for word in words) or '""'
        found = select(words_of_sqlite.c.rowid).where(
            words_of_sqlite.c.document_words.op("MATCH")(literal(match))
        )
        return documents.c.key.in_(found)
    wanted = cast(literal(" & ".join(f"'{word}':*" for word in words), Text), TSQUERY)
    matching = words_of_postgresql.c.words.op("@@")(wanted)
    return documents.c.key.in_(select(words_of_postgresql.c.document).where(matching))


def forget_words(connection: Connection) -> None:
    """Rewrite SQLite's words without those of deleted documents, which it else only crosses out."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO document_words (document_words) VALUES ('optimize')"))


def _folded(each: str) -> str:
    plain = unicodedata.normalize("NFKD", INVISIBLE.sub("", each).casefold())
    if not plain.isascii():
        plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return plain.casefold().translate(LIGATURES)


def _fitting(words: Iterable[str]) -> Iterable[str]:
    room = ROOM
    for word in words:
        room -= len(word.encode()) + 8
        if room < 0:
            return
        yield word
