"""Jobs, for people: many articles at once, how far they are, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import BinaryIO, cast

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from service.access.person import person
from service.article import largest_body
from service.config import Settings
from service.documents.kinds import said_kind
from service.engine import Engines
from service.errors import ArticleRejected, ServiceError
from service.jobs.articles import LARGEST_FILE, articles_of_file, articles_of_lines
from service.jobs.results import FORMS
from service.jobs.submission import Submission, submit
from service.jobs.waking import wake
from service.review.composition import Composition
from service.review.languages import gettext
from service.store.database import Store
from service.store.jobs.control import (
    cancel_job,
    delete_job,
    pause_job,
    resume_job,
    retry_failed,
)
from service.store.jobs.errors import WrongJobState
from service.store.jobs.reading import list_items, list_jobs, read_job
from service.store.jobs.records import ITEM_STATES, Item, Job, JobOptions, NewArticle

# Bytes of all the files of a form, and how many they may be; a longer job goes to /v1/jobs.
LARGEST_FORM = 256 * 2**20
MOST_FILES = 10_000
ITEMS = 100
TITLE_LENGTH = 300
CONTROLS: Mapping[str, Callable[[Store, str, str], Job]] = {
    "cancel": cancel_job,
    "pause": pause_job,
    "resume": resume_job,
    "retry": retry_failed,
}
# What can be done about a job in each state.
OFFERED: Mapping[str, Sequence[str]] = {
    "queued": ("pause", "cancel"),
    "running": ("pause", "cancel"),
    "paused": ("resume", "cancel"),
}
LIVELY = ("receiving", "queued", "running")


def add_job_pages(blueprint: Blueprint, settings: Settings, engines: Engines, store: Store) -> None:
    """/jobs, for people."""

    @blueprint.url_value_preprocessor
    def allow_many_files(endpoint: str | None, values: object) -> None:
        if endpoint == "review.submit_job":
            request.max_content_length = LARGEST_FORM
            request.max_form_parts = MOST_FILES

    @blueprint.get("/jobs")
    def jobs() -> str:
        return jobs_page(engines, store)

    @blueprint.post("/jobs")
    def submit_job() -> ResponseReturnValue:
        try:
            job = _submitted(settings, engines, store)
        except RequestEntityTooLarge:
            complaint = gettext("These files are too many or too large for one form.")
            return jobs_page(engines, store, complaint), 413
        except ServiceError as error:
            return jobs_page(engines, store, str(error)), error.status
        return redirect(url_for("review.job", job_id=job.id), 303)

    @blueprint.get("/jobs/<job_id>")
    def job(job_id: str) -> str:
        return job_page(store, job_id)

    @blueprint.post("/jobs/<job_id>/<control>")
    def control_job(job_id: str, control: str) -> ResponseReturnValue:
        if control not in CONTROLS:
            abort(404)
        try:
            CONTROLS[control](store, job_id, person().name)
        except WrongJobState:
            complaint = gettext("The job has gone on meanwhile: look at it again.")
            return job_page(store, job_id, complaint), WrongJobState.status
        wake(settings, store)
        return redirect(url_for("review.job", job_id=job_id), 303)

    @blueprint.get("/jobs/<job_id>/delete")
    def confirm_job(job_id: str) -> str:
        return render_template("review/jobs/delete.html", job=read_job(store, job_id))

    @blueprint.post("/jobs/<job_id>/delete")
    def forget_job(job_id: str) -> ResponseReturnValue:
        delete_job(store, job_id, person().name)
        return redirect(url_for("review.jobs"), 303)


def jobs_page(engines: Engines, store: Store, complaint: str = "") -> str:
    """The jobs there are, the newest first, and the form of a new one."""
    return render_template(
        "review/jobs/list.html",
        page=list_jobs(store, request.args.get("cursor") or None),
        pairs=engines.pairs(),
        complaint=complaint,
        lively=LIVELY,
        cursor=request.args.get("cursor"),
    )


def job_page(store: Store, job_id: str, complaint: str = "") -> str:
    """A job: how far it is, what can be done about it, and each of its articles."""
    wanted = request.args.get("state", "")
    state = next((each for each in ITEM_STATES if each == wanted), None)
    after = request.args.get("after", 0, int)
    job = read_job(store, job_id)
    found = list_items(store, job_id, state, max(0, after), ITEMS + 1)
    return render_template(
        "review/jobs/job.html",
        job=job,
        items=found[:ITEMS],
        more=_last(found),
        after=after,
        state=state,
        states=ITEM_STATES,
        offered=_offered(job),
        forms=FORMS,
        lively=job.state in LIVELY,
        complaint=complaint,
    )


def _last(found: Sequence[Item]) -> int:
    """The number that the next page of articles begins after; 0 where there is none."""
    return found[ITEMS - 1].number if len(found) > ITEMS else 0


def _offered(job: Job) -> list[str]:
    again = job.counts.failed + job.counts.cancelled
    return [*OFFERED.get(job.state, ()), *(["retry"] if again and job.state != "receiving" else ())]


def _submitted(settings: Settings, engines: Engines, store: Store) -> Job:
    """The job that was sent as a form. Raises ArticleRejected where it has no file."""
    form = request.form
    asked = Composition(pair=form.get("pair", ""), quality=form.get("quality", "best"))
    options = JobOptions(
        asked.languages(engines.pairs()), asked.checked_quality(), settings.ignored
    )
    files = [file for file in request.files.getlist("files") if file.filename]
    if not files:
        raise ArticleRejected("files", None, gettext("Choose at least one file."))
    title = form.get("title", "").strip()[:TITLE_LENGTH]
    submission = Submission(options, title=title, by=person().name)
    return submit(store, settings, submission, _articles(files, settings))


def _articles(files: Sequence[FileStorage], settings: Settings) -> Iterator[NewArticle]:
    for file in files:
        name = file.filename or ""
        if said_kind(name, None) == "jsonl":
            largest = largest_body(settings.max_characters)
            yield from articles_of_lines(cast(BinaryIO, file.stream), largest, settings)
        else:
            yield from articles_of_file(file.read(LARGEST_FILE + 1), name, None, settings)
