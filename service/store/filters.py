"""Which of the documents somebody wants to see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import ColumnElement, Connection, exists, select
from sqlalchemy.sql.selectable import Exists

from alignment.document import Languages
from service.store.jobs.tables import articles, jobs
from service.store.reviews.tables import flags
from service.store.search import holds
from service.store.tables import documents, segments

# Where the review of a whole document stands, by its segments.
Stage = Literal["to_review", "to_sign", "signed"]
STAGES: tuple[Stage, ...] = get_args(Stage)
# What is flagged: by the checks, as bad as this or worse, or by a reviewer and still open.
Flagged = Literal["critical", "major", "minor", "open"]
FLAGGED: tuple[Flagged, ...] = get_args(Flagged)
AS_BAD = {
    "critical": ("critical",),
    "major": ("critical", "major"),
    "minor": ("critical", "major", "minor"),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What documents have to be; whatever is left out does not count.

    `job` is the id of the job that the document was made by.
    """

    stage: Stage | None = None
    flagged: Flagged | None = None
    languages: Languages | None = None
    job: str = ""


EVERYTHING = Filter()


def conditions(connection: Connection, wanted: Filter, query: str) -> Iterator[ColumnElement[bool]]:
    """What a document's row has to fulfil; see `search.holds` for the query."""
    if query.strip():
        yield holds(connection, query)
    if wanted.stage:
        yield from _of_stage(wanted.stage)
    if wanted.flagged == "open":
        yield exists().where(flags.c.document == documents.c.key, ~flags.c.resolved)
    elif wanted.flagged:
        yield _some(segments.c.severity.in_(AS_BAD[wanted.flagged]))
    if wanted.languages:
        yield documents.c.source_language == wanted.languages.source
        yield documents.c.target_language == wanted.languages.target
    if wanted.job:
        of_job = select(articles.c.document).join(jobs).where(jobs.c.id == wanted.job)
        yield documents.c.key.in_(of_job.where(articles.c.document.is_not(None)))


def _of_stage(stage: Stage) -> Iterator[ColumnElement[bool]]:
    if stage == "to_review":
        yield _some(segments.c.state == "draft")
        return
    yield ~_some(segments.c.state == "draft")
    reviewed = _some(segments.c.state == "reviewed")
    yield reviewed if stage == "to_sign" else ~reviewed


def _some(condition: ColumnElement[bool]) -> Exists:
    return exists().where(segments.c.document == documents.c.key, condition)
