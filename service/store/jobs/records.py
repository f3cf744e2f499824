"""What a job is: its articles, what was asked of them, and how far they are.

Times are in UTC. Numbers of articles and of events count from 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from alignment.document import FRENCH_ENGLISH, Languages
from alignment.span import Span
from service.store.records import Origin

# "receiving" while articles still come in; "done" when nothing is left to do, whatever failed.
JobState = Literal["receiving", "queued", "running", "paused", "cancelled", "done"]
JOB_STATES: tuple[JobState, ...] = get_args(JobState)
ItemState = Literal["queued", "leased", "done", "failed", "cancelled"]
ITEM_STATES: tuple[ItemState, ...] = get_args(ItemState)
EventKind = Literal[
    "created",
    "started",
    "progress",
    "article_failed",
    "paused",
    "resumed",
    "retried",
    "cancelled",
    "finished",
]
Quality = Literal["best", "fast"]

TYPED = Origin()


@dataclass(frozen=True, slots=True)
class JobOptions:
    """What is asked of every article of a job; `ignored` are types of issues not looked for."""

    languages: Languages = FRENCH_ENGLISH
    quality: Quality = "best"
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How far a job is.

    `articles` are the sum of the five states after it. `characters` are code
    points of all articles; `characters_done`, `sentences` and `tokens` (source
    pieces of the model) are those of the articles that are done. An article
    that was kept already, and needed no model, has no tokens.
    """

    articles: int = 0
    queued: int = 0
    leased: int = 0
    done: int = 0
    failed: int = 0
    cancelled: int = 0
    sentences: int = 0
    characters: int = 0
    characters_done: int = 0
    tokens: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it stands. `seconds_left` is None where there is nothing to reckon it from."""

    id: str
    title: str
    by: str
    state: JobState
    priority: int
    options: JobOptions
    webhook: str
    created: datetime
    started: datetime | None
    finished: datetime | None
    counts: Counts
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class JobPage:
    """Some jobs, the newest first, and the cursor of those after; None where there are none."""

    jobs: tuple[Job, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """An article of a job, without its text.

    `document` is the id of what was made of it, None also where that was
    deleted since. `reason` says why it failed, and never holds its text.
    """

    number: int
    name: str
    title: str
    state: ItemState
    reason: str
    document: str | None
    characters: int
    sentences: int
    tokens: int
    attempts: int


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article that comes in. One with a `reason` was refused, and fails at once."""

    name: str
    text: str
    title: str = ""
    paragraphs: tuple[Span, ...] | None = None
    origin: Origin = TYPED
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a job; `number` grows with every event of the store."""

    number: int
    at: datetime
    kind: EventKind
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LeasedArticle:
    """An article whose turn it is."""

    number: int
    name: str
    text: str
    title: str
    paragraphs: tuple[Span, ...] | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Chunk:
    """Articles of one job, which is `by` somebody, leased to be translated together.

    `owner` is new with every claim, so that who lost the lease can change
    nothing any more. `attempt` counts the claims of this chunk from 1.
    """

    key: int
    job: str
    options: JobOptions
    articles: tuple[LeasedArticle, ...]
    attempt: int
    owner: str
    by: str = ""
