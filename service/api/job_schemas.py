"""What goes over the wire about jobs, field by field."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field

from service.api.schemas import (
    TITLE_LENGTH,
    Count,
    Language,
    Wire,
    known_types,
    without_default,
)
from service.api.stored_schemas import MOST_AT_ONCE, Id, Moment
from service.documents.exports import EXPORTS
from service.engine import Quality
from service.jobs.results import Form
from service.jobs.submission import MOST_ARTICLES
from service.store.jobs.records import ItemState, JobState

MOST_LISTED = 1000
HIGHEST_PRIORITY = 9
URL_LENGTH = 2000
SECRET_LENGTH = 100

Priority = Annotated[
    int,
    Field(ge=0, le=HIGHEST_PRIORITY, description="Jobs of a higher one go first."),
]


class JobOptions(Wire):
    """What is asked of every article of a job, and of the job."""

    source_language: Language = "fr"
    target_language: Language = "en"
    quality: Quality = Field("best", description="best is a beam of 4, fast is greedy.")
    ignored: Annotated[str, AfterValidator(known_types)] = Field(
        "",
        description="Types of issues not to look for, parted by commas: hedge_lost,low_confidence.",
    )
    title: str = Field("", max_length=TITLE_LENGTH, description="What the job is called.")
    priority: Priority = 0
    webhook: str = Field(
        "", max_length=URL_LENGTH, description="Where to report that it is finished or cancelled."
    )
    webhook_secret: str = Field(
        "",
        max_length=SECRET_LENGTH,
        description="What reports are signed with: whsec_ and 24 to 64 bytes in Base64. "
        "Without one, one is made and answered, once.",
    )


class JobArticle(Wire):
    """An article: its text, or its paragraphs, or the web page that it stands on."""

    model_config = ConfigDict(extra="ignore")

    id: str | int = Field(
        "", description="Your own name for it.", json_schema_extra=without_default
    )
    title: str = Field("", max_length=TITLE_LENGTH)
    text: str = Field("", json_schema_extra=without_default)
    paragraphs: list[str] = Field([], json_schema_extra=without_default)
    html: str = Field("", json_schema_extra=without_default)


def _whatever(schema: dict[str, Any]) -> None:
    # What is no article fails alone, and is no reason to refuse the request.
    schema["items"] = {"anyOf": [{"$ref": "#/components/schemas/JobArticle"}, {}]}
    schema["minItems"] = 1


class JobRequest(JobOptions):
    """Articles to translate as one job."""

    articles: list[Any] = Field(
        description=f"At most {MOST_ARTICLES} articles. What is none fails alone, with its reason.",
        json_schema_extra=_whatever,
    )


class JobForm(JobOptions):
    """Files to translate as one job."""

    file: list[str] = Field(
        description="As many files as there are: plain text, HTML, Markdown, DOCX or JSONL.",
        json_schema_extra={"minItems": 1},
    )


class JobsQuery(Wire):
    """Which jobs, and how many at once."""

    cursor: str = Field("", description="The next of the page before; none for the first page.")
    limit: int = Field(20, ge=1, le=MOST_AT_ONCE, description="Jobs on a page.")


class JobArticlesQuery(Wire):
    """Which articles of a job, and how many at once."""

    state: ItemState | None = Field(None, json_schema_extra=without_default)
    after: Count = Field(0, description="Those with a higher number than this.")
    limit: int = Field(100, ge=1, le=MOST_LISTED, description="Articles on a page.")


class EventsQuery(Wire):
    """Which events, and whether to wait for more."""

    after: Count = Field(
        0, description="Those with a higher number; the header Last-Event-ID goes before it."
    )
    wait: int = Field(1, ge=0, le=1, description="0 answers what there is, and ends.")


class ResultsQuery(Wire):
    """In which format."""

    format: Form = Field(
        "jsonl",
        description="jsonl: a line for each article; tmx: one translation memory; csv: one table; "
        "zip: a file for each article, and manifest.json.",
    )
    export: str = Field(
        "html",
        description=f"What the files of a zip are: {', '.join(EXPORTS)}.",
        json_schema_extra={"enum": list(EXPORTS)},
    )


class Counts(Wire):
    """How many articles of a job are how far."""

    all: Count
    queued: Count
    leased: Count = Field(description="Being translated at this moment.")
    done: Count
    failed: Count
    cancelled: Count


class Report(Wire):
    """Where a job reports to, and what became of the report."""

    url: str = Field(description="Without user, password, query and fragment.")
    state: Literal["waiting", "trying", "sent", "given_up"]
    attempts: Count
    reason: str = Field(description="Why the last attempt failed.")
    secret: str | None = Field(description="Once, where it was made here; null ever after.")


class JobLinks(Wire):
    """Paths of what belongs to a job."""

    self: str
    articles: str
    events: str
    results: str
    page: str


class Job(Wire):
    """A job, and how far it is."""

    id: Id
    title: str
    by: str = Field(description="Who submitted it.")
    state: JobState = Field(description="done: nothing is left to do, whatever failed.")
    priority: int
    source_language: str
    target_language: str
    quality: Quality
    ignored: str
    created: Moment
    started: Moment | None
    finished: Moment | None
    articles: Counts
    sentences: Count = Field(description="Of the articles that are done.")
    characters: Count = Field(description="Code points of all articles.")
    characters_done: Count
    tokens: Count = Field(description="Pieces of the original that the model read.")
    seconds_left: float | None = Field(description="An estimate; null where there is none yet.")
    webhook: Report | None
    links: JobLinks


class Jobs(Wire):
    """Some jobs, the newest first."""

    jobs: list[Job]
    next: str | None = Field(description="The cursor of those after them; null for no more.")


class JobItem(Wire):
    """An article of a job."""

    number: int = Field(ge=1, description="Its place in the job, from 1.")
    id: str = Field(description="As it was sent; its line, number or file name without one.")
    title: str
    state: ItemState
    reason: str = Field(description="Why it failed.")
    document: str | None = Field(description="The id of what was made of it.")
    characters: Count
    sentences: Count
    tokens: Count
    attempts: Count


class JobArticles(Wire):
    """Some articles of a job, by number."""

    articles: list[JobItem]
    next: int | None = Field(description="What to give as after for more; null for no more.")
