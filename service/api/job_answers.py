"""Jobs and their articles as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from alignment.formats.native import Json
from service.api.documents import moment
from service.jobs.addresses import shown_url
from service.store.database import Store
from service.store.jobs.records import Item, Job, JobPage
from service.store.jobs.webhooks import report_of


def job_json(store: Store, job: Job, secret: str = "") -> Json:
    """A job and how far it is; with the `secret` of its webhook, where one was made just now."""
    counts, options = job.counts, job.options
    return {
        "id": job.id,
        "title": job.title,
        "by": job.by,
        "state": job.state,
        "priority": job.priority,
        "source_language": options.languages.source,
        "target_language": options.languages.target,
        "quality": options.quality,
        "ignored": ",".join(options.ignored),
        "created": moment(job.created),
        "started": _moment(job.started),
        "finished": _moment(job.finished),
        "articles": {
            "all": counts.articles,
            "queued": counts.queued,
            "leased": counts.leased,
            "done": counts.done,
            "failed": counts.failed,
            "cancelled": counts.cancelled,
        },
        "sentences": counts.sentences,
        "characters": counts.characters,
        "characters_done": counts.characters_done,
        "tokens": counts.tokens,
        "seconds_left": None if job.seconds_left is None else round(job.seconds_left, 1),
        "webhook": _report(store, job, secret),
        "links": _links(job.id),
    }


def jobs_json(store: Store, page: JobPage) -> Json:
    """Some jobs, and the cursor of those after them."""
    return {"jobs": [job_json(store, job) for job in page.jobs], "next": page.next}


def items_json(found: Sequence[Item], limit: int) -> Json:
    """Up to `limit` articles of a job; one more of them says that there are more."""
    shown = found[:limit]
    return {
        "articles": [_item(each) for each in shown],
        "next": shown[-1].number if len(found) > limit else None,
    }


def _item(item: Item) -> Json:
    return {
        "number": item.number,
        "id": item.name,
        "title": item.title,
        "state": item.state,
        "reason": item.reason,
        "document": item.document,
        "characters": item.characters,
        "sentences": item.sentences,
        "tokens": item.tokens,
        "attempts": item.attempts,
    }


def _report(store: Store, job: Job, secret: str) -> Json | None:
    if not job.webhook:
        return None
    report = report_of(store, job.id)
    return {
        "url": shown_url(job.webhook),
        "state": report.state if report else "waiting",
        "attempts": report.attempts if report else 0,
        "reason": report.reason if report else "",
        "secret": secret or None,
    }


def _links(job_id: str) -> Json:
    path = f"/v1/jobs/{job_id}"
    return {
        "self": path,
        "articles": f"{path}/articles",
        "events": f"{path}/events",
        "results": f"{path}/results",
        "page": f"/jobs/{job_id}",
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else moment(at)
