"""The operations on jobs, described in OpenAPI."""

from __future__ import annotations

from collections.abc import Sequence

from alignment.document import Languages
from alignment.formats.native import Json
from service.api import job_examples as examples
from service.api import job_schemas as schemas
from service.api.errors import (
    BodyTooLarge,
    FieldRejected,
    MalformedBody,
    WrongCharset,
    WrongContentType,
)
from service.api.event_stream import LAST_EVENT_ID, LONGEST, MEDIA_TYPE, MOST_STREAMS
from service.api.job_bodies import ACCEPTED, FORM, JSON, LINES
from service.api.jobs import KEY, LARGEST_REQUEST
from service.api.operations import FOREIGN, SCHEMAS, failures, in_json, in_query
from service.config import Settings
from service.documents.exports import UnknownFormat
from service.errors import ArticleRejected, Overloaded, ServiceError, UnsupportedPair
from service.jobs.addresses import WebhookRejected
from service.jobs.results import MEDIA_TYPES
from service.jobs.submission import MOST_ARTICLES, KeyInUse, TooManyArticles
from service.jobs.webhooks import SecretRejected
from service.store.errors import BadCursor, StoreBusy, StoreFull, StoreUnusable, Unstorable
from service.store.jobs.errors import KeyReused, NoSuchJob, WrongJobState

RECEIVED = (
    schemas.JobRequest,
    schemas.JobForm,
    schemas.JobArticle,
)
SENT = (schemas.Job, schemas.Jobs, schemas.JobArticles)

NO_JOB = NoSuchJob("tomorrow")
DONE = WrongJobState(examples.JOB, "done", "paused")
UNKNOWN = FieldRejected("limt", "20", "unknown field; the fields there are: cursor, limit")
READING: tuple[ServiceError, ...] = (
    FOREIGN,
    UNKNOWN,
    StoreBusy("all connections to the store are in use"),
    StoreUnusable("the store: the file cannot be opened"),
)
FULL = StoreFull("the store: there is no room left")
ONE = (*READING, NO_JOB)


def problems() -> tuple[ServiceError, ...]:
    """One of each error that only these operations bring."""
    return (
        NO_JOB,
        DONE,
        KeyReused("monday"),
        KeyInUse("monday"),
        TooManyArticles(),
        WebhookRejected("http://192.168.0.1/", "it leads into a private network"),
        SecretRejected(),
    )


def paths(settings: Settings) -> Json:
    """The operations, by path and method."""
    job = "/v1/jobs/{job_id}"
    return {
        "/v1/jobs": {"get": _search(), "post": _submit()},
        job: {"get": _read(), "delete": _delete()},
        f"{job}/articles": {"get": _articles()},
        f"{job}/events": {"get": _events()},
        f"{job}/results": {"get": _results()},
        f"{job}/cancel": {
            "post": _change("cancel", "Give up what is not done; what is done stays")
        },
        f"{job}/pause": {"post": _change("pause", "Let nobody work on it until it is resumed")},
        f"{job}/resume": {"post": _change("resume", "Queue a paused job again")},
        f"{job}/retry": {
            "post": _change("retry", "Queue articles that failed or were cancelled again")
        },
    }


def _submit() -> Json:
    accepted = in_json("It is queued.", schemas.Job, examples.QUEUED)
    location = {"description": "Its address.", "schema": {"type": "string"}}
    return {
        "operationId": "submit",
        "summary": "Translate many articles as one job",
        "description": f"At most {MOST_ARTICLES} articles and {LARGEST_REQUEST} bytes. An article "
        "that cannot be translated fails alone. The options may stand in the body or in the "
        "query, each of them once; of JSONL, in the query.",
        "parameters": [_key(), *in_query(schemas.JobOptions)],
        "requestBody": {"required": True, "content": _bodies()},
        "responses": {
            "200": in_json(
                "The job that the same request under the same key was answered with before.",
                schemas.Job,
                examples.RUNNING,
            ),
            "202": {**accepted, "headers": {"Location": location}},
            **failures(_refusals()),
        },
    }


def _refusals() -> Sequence[ServiceError]:
    return (
        *READING,
        MalformedBody("no valid JSON at byte 9: a value is missing", "}"),
        KeyInUse("monday"),
        TooManyArticles(),
        BodyTooLarge(None, LARGEST_REQUEST),
        WrongContentType("application/pdf", ACCEPTED),
        WrongCharset("iso-8859-1"),
        UnsupportedPair(Languages("fr", "tlh"), [Languages("fr", "en")]),
        ArticleRejected(
            "articles", None, "not one can be translated; the first: text: it is empty"
        ),
        KeyReused("monday"),
        WebhookRejected("http://192.168.0.1/", "it leads into a private network"),
        SecretRejected(),
        Unstorable("title", 3, "\0"),
        FULL,
    )


def _bodies() -> Json:
    lines = {
        "schema": {
            "type": "string",
            "minLength": 1,
            "description": "An article a line, as the articles in JSON are, in UTF-8.",
        },
        "examples": {"lines": {"value": examples.JOB_LINES}},
    }
    return {
        JSON: {
            "schema": {"$ref": SCHEMAS + "JobRequest"},
            "examples": {"articles": {"value": examples.JOB_REQUEST}},
        },
        **dict.fromkeys(LINES, lines),
        FORM: {
            "schema": {"$ref": SCHEMAS + "JobForm"},
            "examples": {"files": {"value": examples.JOB_FORM}},
        },
    }


def _search() -> Json:
    return {
        "operationId": "jobs",
        "summary": "List the jobs there are",
        "parameters": in_query(schemas.JobsQuery),
        "responses": {
            "200": in_json("The newest first.", schemas.Jobs, examples.JOBS),
            **failures([*READING, BadCursor("tomorrow")]),
        },
    }


def _read() -> Json:
    return {
        "operationId": "job",
        "summary": "Read how far a job is",
        "parameters": [_job()],
        "responses": {"200": _as_it_stands(), **failures(ONE)},
    }


def _delete() -> Json:
    return {
        "operationId": "delete-job",
        "summary": "Cancel a job and forget it; the documents made of it stay",
        "parameters": [_job()],
        "responses": {"204": {"description": "It is gone."}, **failures([*ONE, FULL])},
    }


def _articles() -> Json:
    return {
        "operationId": "job-articles",
        "summary": "List the articles of a job",
        "parameters": [_job(), *in_query(schemas.JobArticlesQuery)],
        "responses": {
            "200": in_json("By their number.", schemas.JobArticles, examples.ARTICLES),
            **failures(ONE),
        },
    }


def _events() -> Json:
    seen = {
        "name": LAST_EVENT_ID,
        "in": "header",
        "required": False,
        "schema": {
            "type": "string",
            "pattern": "^[0-9]{1,18}$",
            "description": "The last event that was seen; those after it are sent.",
        },
    }
    content = {MEDIA_TYPE: {"schema": {"type": "string"}, "example": examples.EVENTS}}
    busy = Overloaded(f"{MOST_STREAMS} streams of events are open, and no more are served")
    return {
        "operationId": "job-events",
        "summary": "Follow a job as server-sent events",
        "description": (
            "The stream ends after finished, cancelled or deleted. "
            f"It ends after {LONGEST:.0f} seconds, too: ask again for those after the last one."
        ),
        "parameters": [_job(), *in_query(schemas.EventsQuery), seen],
        "responses": {
            "200": {"description": "Events, as they come.", "content": content},
            "204": {"description": "No more will come."},
            **failures([*ONE, busy]),
        },
    }


def _results() -> Json:
    return {
        "operationId": "job-results",
        "summary": "Take the results of a job along, those that there are",
        "parameters": [_job(), *in_query(schemas.ResultsQuery)],
        "responses": {
            "200": {
                "description": "The file, as it is made.",
                "content": {each: {} for each in MEDIA_TYPES.values()},
            },
            **failures([*ONE, UnknownFormat("exe")]),
        },
    }


def _change(name: str, summary: str) -> Json:
    return {
        "operationId": f"{name}-job",
        "summary": summary,
        "parameters": [_job()],
        "responses": {"200": _as_it_stands(), **failures([*ONE, DONE, FULL])},
    }


def _as_it_stands() -> Json:
    return in_json("The job as it stands.", schemas.Job, examples.RUNNING)


def _key() -> Json:
    return {
        "name": KEY,
        "in": "header",
        "required": False,
        "schema": {
            "type": "string",
            "pattern": "^[!-~]{1,200}$",
            "description": "Sent again with the same request, it leads to the same job.",
        },
    }


def _job() -> Json:
    return {
        "name": "job_id",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "minLength": 1, "description": "The job's id."},
        "example": examples.JOB,
    }
