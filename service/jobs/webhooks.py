"""Reports of finished and cancelled jobs to other services, signed as Standard Webhooks has it.

See https://www.standardwebhooks.com: the receiver computes HMAC-SHA256 over
"id.timestamp.body" with the shared secret and compares.
"""

from __future__ import annotations

import hmac
import json
import secrets
import time
from base64 import b64decode, b64encode
from hashlib import sha256

import structlog

from alignment.formats.native import Json
from alignment.formats.provenance import TOOL
from service.config import Settings
from service.errors import ServiceError
from service.jobs.addresses import WebhookRejected, target_of
from service.jobs.posting import Refused, post
from service.store.database import Store
from service.store.jobs.errors import NoSuchJob
from service.store.jobs.reading import events_after, read_job
from service.store.jobs.records import Event, Job
from service.store.jobs.webhooks import Delivery, delivered, due_deliveries, put_off

PREFIX = "whsec_"
SECRET_BYTES = (24, 64)
# Reports that one call sends at most: who works on jobs has other things to do.
AT_ONCE = 3
# Seconds that a report is left to who sends it; longer than a few of them can take.
LEASE_SECONDS = 300
# Seconds before the 2nd, 3rd … attempt: about a day in all.
DELAYS = (10, 30, 90, 270, 810, 2_430, 7_290, 21_600, 21_600, 21_600)
# The receiver says that it wants no more of this.
GONE = 410

logger = structlog.get_logger()


class SecretRejected(ServiceError):
    """What reports are to be signed with is no secret of Standard Webhooks."""

    status = 422
    field = "webhook_secret"

    def __init__(self) -> None:
        least, most = SECRET_BYTES
        super().__init__(
            f"webhook_secret: it has to be {PREFIX} and {least} to {most} bytes in Base64"
        )


def new_secret() -> str:
    """A secret that nobody can guess."""
    return PREFIX + b64encode(secrets.token_bytes(SECRET_BYTES[0])).decode()


def check_webhook(url: str, secret: str, settings: Settings) -> None:
    """Refuse a webhook that could never be reported to.

    Raises WebhookRejected, and SecretRejected.
    """
    target_of(url, settings.private_webhooks)
    _key(secret)


def signature(secret: str, delivery_id: str, timestamp: int, body: bytes) -> str:
    """What `webhook-signature` says; `timestamp` in seconds. Raises SecretRejected."""
    signed = f"{delivery_id}.{timestamp}.".encode() + body
    return "v1," + b64encode(hmac.digest(_key(secret), signed, sha256)).decode()


def deliver_due(store: Store, settings: Settings) -> int:
    """Send the reports whose time has come, a few of them, and give how many arrived.

    What does not arrive is sent again later, for about a day.
    """
    due = due_deliveries(store, limit=AT_ONCE, lease_seconds=LEASE_SECONDS)
    return sum(_deliver(store, settings, delivery) for delivery in due)


def _deliver(store: Store, settings: Settings, delivery: Delivery) -> bool:
    reason, final = _sent(store, settings, delivery)
    logger.info("webhook", job=delivery.job, attempt=delivery.attempt, failed=reason or None)
    if not reason:
        delivered(store, delivery)
        return True
    late = delivery.attempt > len(DELAYS)
    seconds = None if final or late else DELAYS[delivery.attempt - 1]
    put_off(store, delivery, seconds, reason)
    return False


def _sent(store: Store, settings: Settings, delivery: Delivery) -> tuple[str, bool]:
    """Why it did not arrive, "" where it did, and whether there is no use in trying again."""
    try:
        job, event = _subject(store, delivery)
        body = json.dumps(_report(job, event), ensure_ascii=False).encode()
        status = post(delivery.url, body, _headers(delivery, body), settings.private_webhooks)
    except NoSuchJob:
        return "the job was deleted", True
    except (WebhookRejected, SecretRejected, Refused) as error:
        return str(error), True
    except OSError as error:
        return str(error), False
    if 200 <= status < 300:
        return "", False
    return f"it answered {status}", status == GONE


def _subject(store: Store, delivery: Delivery) -> tuple[Job, Event]:
    job = read_job(store, delivery.job)
    (event,) = events_after(store, delivery.job, after=delivery.event - 1, limit=1)
    return job, event


def _headers(delivery: Delivery, body: bytes) -> dict[str, str]:
    delivery_id = f"{delivery.job}-{delivery.event}"
    timestamp = int(time.time())
    return {
        "Content-Type": "application/json",
        "User-Agent": TOOL,
        "webhook-id": delivery_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(delivery.secret, delivery_id, timestamp, body),
    }


def _report(job: Job, event: Event) -> Json:
    counts = job.counts
    return {
        "type": f"job.{event.kind}",
        "timestamp": event.at.isoformat(timespec="milliseconds"),
        "data": {
            "id": job.id,
            "title": job.title,
            "state": job.state,
            "articles": {
                "all": counts.articles,
                "done": counts.done,
                "failed": counts.failed,
                "cancelled": counts.cancelled,
            },
            "links": {"self": f"/v1/jobs/{job.id}", "results": f"/v1/jobs/{job.id}/results"},
        },
    }


def _key(secret: str) -> bytes:
    try:
        if not secret.startswith(PREFIX):
            raise SecretRejected
        key = b64decode(secret.removeprefix(PREFIX), validate=True)
    except ValueError:
        raise SecretRejected from None
    if not SECRET_BYTES[0] <= len(key) <= SECRET_BYTES[1]:
        raise SecretRejected
    return key
