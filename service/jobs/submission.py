"""A job is submitted, by whichever door: all of its articles are in, or nothing of it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from service.config import Settings
from service.errors import ArticleRejected, ServiceError
from service.jobs.waking import wake
from service.store.database import Store
from service.store.jobs.errors import NoSuchJob
from service.store.jobs.intake import abandon_intake, add_articles, begin_job, end_intake
from service.store.jobs.records import Job, JobOptions, NewArticle

MOST_ARTICLES = 100_000
# What goes to the store at a time: so many articles, or so many code points.
BATCH_ARTICLES = 200
BATCH_CHARACTERS = 1_000_000


class TooManyArticles(ServiceError):
    """The job has more articles than one job may have."""

    status = 413
    field = "articles"

    def __init__(self, limit: int = MOST_ARTICLES) -> None:
        super().__init__(f"articles: more than the limit of {limit} in a job")
        self.value = limit + 1
        self.limit = limit


class KeyInUse(ServiceError):
    """Another request with the same idempotency key is being received."""

    status = 409
    field = "Idempotency-Key"

    def __init__(self, key: str) -> None:
        super().__init__(f"another request with the key {key!r:.60} is being received; try later")
        self.value = key


@dataclass(frozen=True, slots=True)
class Submission:
    """What is asked, beside the articles.

    `key` is the idempotency key, and `fingerprint` what tells another request
    under the same key from this one.
    """

    options: JobOptions
    title: str = ""
    priority: int = 0
    by: str = ""
    webhook: str = ""
    secret: str = ""
    key: str = ""
    fingerprint: str = ""


def submit(
    store: Store, settings: Settings, submission: Submission, articles: Iterable[NewArticle]
) -> Job:
    """Take in a job and have it begun.

    Raises TooManyArticles, ArticleRejected where not one article can be
    translated, KeyReused, KeyInUse, and what the articles raise; then nothing
    of the job is left.
    """
    job_id = begin_job(
        store,
        submission.options,
        title=submission.title,
        priority=submission.priority,
        by=submission.by,
        webhook=submission.webhook,
        secret=submission.secret,
        key=submission.key,
    )
    try:
        _take_in(store, job_id, articles, settings.chunk_characters)
        job = end_intake(store, job_id, submission.fingerprint)
    except NoSuchJob:
        # Whoever comes with the same key takes what is not received whole for left behind.
        raise KeyInUse(submission.key) from None
    except BaseException:
        abandon_intake(store, job_id)
        raise
    wake(settings, store)
    return job


def _take_in(
    store: Store, job_id: str, articles: Iterable[NewArticle], chunk_characters: int
) -> None:
    taken, readable, reason = 0, False, ""
    for batch in _batches(articles):
        taken += len(batch)
        if taken > MOST_ARTICLES:
            raise TooManyArticles
        reason = reason or next((each.reason for each in batch if each.reason), "")
        readable = readable or any(not each.reason for each in batch)
        add_articles(store, job_id, batch, chunk_characters)
    if not taken:
        raise ArticleRejected("articles", None, "there is none")
    if not readable:
        raise ArticleRejected("articles", None, f"not one can be translated; the first: {reason}")


def _batches(articles: Iterable[NewArticle]) -> Iterator[list[NewArticle]]:
    batch: list[NewArticle] = []
    characters = 0
    for article in articles:
        batch.append(article)
        characters += len(article.text) + len(article.origin.content or b"")
        if len(batch) == BATCH_ARTICLES or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
