"""How far the review of some documents has come, counted for all of them at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from alignment.document import SEVERITIES, Severity
from service.store.reviews.records import Progress
from service.store.reviews.tables import flags
from service.store.tables import AnyRow, segments

NO_FLAGS: dict[Severity, int] = dict.fromkeys(reversed(SEVERITIES[1:]), 0)
UNTOUCHED = Progress(0, 0, 0, 0, 0, NO_FLAGS, 0)


@dataclass(frozen=True, slots=True)
class Review:
    """The progress of a document, and who had a hand in it, by name, in order."""

    progress: Progress
    people: tuple[str, ...]


def reviews_of(connection: Connection, keys: Iterable[int]) -> Mapping[int, Review]:
    """The review of each of these documents; one without a segment is left out."""
    wanted = list(keys)
    there = segments.c
    marks = (there.state, there.severity, there.edited_by, there.reviewed_by, there.signed_by)
    parts = (there.document, *marks)
    counted = connection.execute(
        select(*parts, func.count().label("number"))
        .where(there.document.in_(wanted))
        .group_by(*parts)
    )
    rows: dict[int, list[AnyRow]] = {}
    for row in counted:
        rows.setdefault(row.document, []).append(row)
    opened = _open_flags(connection, wanted)
    return {key: _review(each, opened.get(key, 0)) for key, each in rows.items()}


def _open_flags(connection: Connection, keys: list[int]) -> dict[int, int]:
    counted = connection.execute(
        select(flags.c.document, func.count().label("number"))
        .where(flags.c.document.in_(keys), ~flags.c.resolved)
        .group_by(flags.c.document)
    )
    return {row.document: row.number for row in counted}


def _review(rows: list[AnyRow], open_flags: int) -> Review:
    states: Counter[str] = Counter()
    severities: Counter[str] = Counter()
    people = set()
    edited = 0
    for row in rows:
        states[row.state] += row.number
        severities[row.severity] += row.number
        edited += row.number if row.edited_by is not None else 0
        people |= {row.edited_by or "", row.reviewed_by, row.signed_by}
    progress = Progress(
        segments=states.total(),
        draft=states["draft"],
        reviewed=states["reviewed"],
        signed_off=states["signed_off"],
        edited=edited,
        flagged={each: severities[each] for each in NO_FLAGS},
        open_flags=open_flags,
    )
    return Review(progress, tuple(sorted(people - {""})))
