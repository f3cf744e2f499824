"""/v1/jobs: many articles at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition

from flask import Blueprint, Request, Response, request
from flask.typing import ResponseReturnValue

from alignment.document import Languages
from service.access.person import person
from service.api.answers import answer
from service.api.documents import disposition, file_stem
from service.api.errors import FieldRejected
from service.api.event_stream import Streams, stream_events
from service.api.fields import read_nothing, read_parameters
from service.api.job_answers import items_json, job_json, jobs_json
from service.api.job_bodies import Received, received
from service.api.job_schemas import JobArticlesQuery, JobsQuery, ResultsQuery
from service.api.schemas import named
from service.config import Settings
from service.engine import Engines
from service.errors import UnsupportedPair
from service.jobs.results import MEDIA_TYPES, results
from service.jobs.submission import Submission, submit
from service.jobs.waking import wake
from service.jobs.webhooks import check_webhook, new_secret
from service.store.database import Store
from service.store.jobs.control import (
    cancel_job,
    delete_job,
    pause_job,
    resume_job,
    retry_failed,
)
from service.store.jobs.errors import KeyReused
from service.store.jobs.intake import find_by_key
from service.store.jobs.reading import list_items, list_jobs, read_job
from service.store.jobs.records import Job, JobOptions

KEY = "Idempotency-Key"
KEYS = re.compile("[\x21-\x7e]{1,200}")
# Bytes of a request that submits a job; they go to a file, never into memory.
LARGEST_REQUEST = 2 * 2**30


def jobs_blueprint(settings: Settings, store: Store, engines: Engines) -> Blueprint:
    """/v1/jobs over the given store; `engines` say which pairs are translated."""
    jobs = Blueprint("jobs", __name__)
    streams, turns = Streams(), Turns()

    @jobs.post("/v1/jobs")
    def submit_job() -> ResponseReturnValue:
        request.max_content_length = LARGEST_REQUEST
        with received(request, settings) as given:
            return _submitted(given, settings, store, engines, turns)

    @jobs.get("/v1/jobs")
    def search_jobs() -> Response:
        given = read_parameters(request, JobsQuery)
        return answer(jobs_json(store, list_jobs(store, given.cursor or None, given.limit)))

    @jobs.get("/v1/jobs/<job_id>")
    def read(job_id: str) -> Response:
        read_nothing(request)
        return answer(job_json(store, read_job(store, job_id)))

    @jobs.delete("/v1/jobs/<job_id>")
    def delete(job_id: str) -> ResponseReturnValue:
        read_nothing(request)
        delete_job(store, job_id, person().name)
        return "", 204

    @jobs.get("/v1/jobs/<job_id>/articles")
    def articles(job_id: str) -> Response:
        given = read_parameters(request, JobArticlesQuery)
        found = list_items(store, job_id, given.state, given.after, given.limit + 1)
        return answer(items_json(found, given.limit))

    @jobs.get("/v1/jobs/<job_id>/events")
    def events(job_id: str) -> Response:
        return stream_events(request, streams, store, job_id)

    @jobs.get("/v1/jobs/<job_id>/results")
    def take(job_id: str) -> Response:
        return _taken(request, store, job_id)

    for name, change in CHANGES.items():
        jobs.add_url_rule(
            f"/v1/jobs/<job_id>/{name}",
            endpoint=name,
            view_func=_changing(change, settings, store),
            methods=["POST"],
        )
    return jobs


CHANGES = {
    "cancel": cancel_job,
    "pause": pause_job,
    "resume": resume_job,
    "retry": retry_failed,
}


class Turns:
    """Who sends the same idempotency key at the same time waits for the other."""

    def __init__(self) -> None:
        self._taken: set[tuple[str, str]] = set()
        self._changed = Condition()

    @contextmanager
    def turn(self, by: str, key: str) -> Iterator[None]:
        """Nobody else is in here with this key; without one, everybody may be."""
        mine = (by, key)
        with self._changed:
            self._changed.wait_for(lambda: not key or mine not in self._taken)
            self._taken.add(mine)
        try:
            yield
        finally:
            with self._changed:
                self._taken.discard(mine)
                self._changed.notify_all()


def _submitted(
    given: Received, settings: Settings, store: Store, engines: Engines, turns: Turns
) -> ResponseReturnValue:
    by, key = person().name, _key(request)
    submission = _submission(given, settings, engines, by, key)
    with turns.turn(by, key):
        if key and (job := _submitted_before(store, submission)):
            return answer(job_json(store, job))
        try:
            job = submit(store, settings, submission, given.articles())
        except KeyReused:
            # Another process was quicker.
            if same := _submitted_before(store, submission):
                return answer(job_json(store, same))
            raise
    made = "" if given.options.webhook_secret else submission.secret
    response = answer(job_json(store, job, secret=made))
    response.status_code = 202
    response.headers["Location"] = f"/v1/jobs/{job.id}"
    return response


def _submission(
    given: Received, settings: Settings, engines: Engines, by: str, key: str
) -> Submission:
    """Raises UnsupportedPair, WebhookRejected, SecretRejected and FieldRejected."""
    options = given.options
    languages = Languages(options.source_language, options.target_language)
    pairs = engines.pairs()
    if languages not in pairs:
        raise UnsupportedPair(languages, pairs)
    secret = options.webhook_secret or (new_secret() if options.webhook else "")
    if options.webhook:
        check_webhook(options.webhook, secret, settings)
    elif secret:
        raise FieldRejected("webhook_secret", None, "there is no webhook to use it for")
    return Submission(
        JobOptions(languages, options.quality, named(options.ignored)),
        title=options.title,
        priority=options.priority,
        by=by,
        webhook=options.webhook,
        secret=secret,
        key=key,
        fingerprint=given.fingerprint,
    )


def _submitted_before(store: Store, submission: Submission) -> Job | None:
    """The job of the same request; raises KeyReused for that of another one."""
    found = find_by_key(store, submission.key, submission.by)
    if found is None:
        return None
    job, fingerprint = found
    if fingerprint != submission.fingerprint:
        raise KeyReused(submission.key)
    return job


def _key(request: Request) -> str:
    key = request.headers.get(KEY)
    if key is None:
        return ""
    if not KEYS.fullmatch(key):
        raise FieldRejected(KEY, key, "it is 1 to 200 letters, digits and signs of ASCII")
    return key


def _changing(
    change: Callable[[Store, str, str], Job], settings: Settings, store: Store
) -> Callable[[str], Response]:
    def view(job_id: str) -> Response:
        read_nothing(request)
        job = change(store, job_id, person().name)
        wake(settings, store)
        return answer(job_json(store, job))

    return view


def _taken(request: Request, store: Store, job_id: str) -> Response:
    given = read_parameters(request, ResultsQuery)
    job = read_job(store, job_id)
    parts = results(store, job_id, given.format, given.export)
    file = f"{file_stem(job.title) or f'job-{job.id}'}.{given.format}"
    return Response(
        parts,
        content_type=MEDIA_TYPES[given.format],
        headers={"Content-Disposition": disposition(file)},
    )
