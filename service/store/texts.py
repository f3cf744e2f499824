"""The two texts of a document alone: what offsets are counted and quotes are cut in."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from alignment.document import Languages, Side
from service.store import tables
from service.store.database import Store
from service.store.errors import NoSuchDocument
from service.store.records import languages_of


class Texts(NamedTuple):
    """Both texts of a document, its languages and its title."""

    source: str
    target: str
    languages: Languages
    title: str

    def side(self, side: Side) -> str:
        """The text of one side."""
        return self.source if side == "source" else self.target


def read_texts(store: Store, document_id: str) -> Texts:
    """The texts of a document, as they were saved. Raises NoSuchDocument."""
    there = tables.documents.c
    statement = select(
        there.source, there.target, there.source_language, there.target_language, there.title
    ).where(there.id == document_id)
    with store.reading() as connection:
        row = connection.execute(statement).one_or_none()
    if row is None:
        raise NoSuchDocument(document_id)
    return Texts(row.source, row.target, languages_of(row), row.title)
