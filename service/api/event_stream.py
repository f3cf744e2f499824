"""Events of a job as server-sent events: what there is, and then whatever comes.

Events are read from the store, so a stream may be asked of any process, and one
that broke off goes on where it was: the number of the last event is its id.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from threading import BoundedSemaphore

from flask import Request, Response

from service.api.errors import FieldRejected
from service.api.fields import read_parameters
from service.api.job_schemas import EventsQuery
from service.errors import Overloaded
from service.store.database import Store
from service.store.jobs.errors import NoSuchJob
from service.store.jobs.reading import events_after, read_job
from service.store.jobs.records import Event

# Each takes a thread of the server for as long as somebody listens.
MOST_STREAMS = 8
# Seconds between two looks into the store, and between signs of life on a silent line.
PAUSE = 0.5
HEARTBEAT = 15.0
# Seconds that a stream lasts: whoever comes back is asked again who they are.
LONGEST = 600.0
PAGE = 200
LAST_EVENT_ID = "Last-Event-ID"
MEDIA_TYPE = "text/event-stream"
# Events that nothing follows, unless somebody has the job begun again.
ENDS = ("finished", "cancelled")
DELETED = b"event: deleted\ndata: {}\n\n"
ENDED_STATES = ("done", "cancelled")
HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


class Streams:
    """How many streams are open in this process, and how many more may be."""

    def __init__(self, most: int = MOST_STREAMS) -> None:
        self._free = BoundedSemaphore(most)
        self._most = most

    def enter(self) -> None:
        """Take a place; raises Overloaded where there is none."""
        if not self._free.acquire(blocking=False):
            raise Overloaded(
                f"{self._most} streams of events are open, and no more are served at a time"
            )

    def leave(self) -> None:
        """Give a place back."""
        self._free.release()


def stream_events(request: Request, streams: Streams, store: Store, job_id: str) -> Response:
    """The events after the one that the request says it has; 204 where no more will come.

    A browser that gets a 204 stops asking. Raises NoSuchJob and Overloaded.
    """
    given = read_parameters(request, EventsQuery)
    after = _last_seen(request, given.after)
    job = read_job(store, job_id)
    found = events_after(store, job_id, after, PAGE)
    if not given.wait:
        return _response(_present(store, job_id, after))
    if not found and after and job.state in ENDED_STATES:
        return Response(status=204)
    if request.method == "HEAD":
        # Nothing would be taken from the stream, nor would it ever be closed.
        return _response(iter(()))
    streams.enter()
    response = _response(_lasting(store, job_id, after))
    # Called whatever becomes of it, also where not one event was taken from it.
    response.call_on_close(streams.leave)
    return response


def _last_seen(request: Request, after: int) -> int:
    """A browser that connects again says so in a header, and its URL is still the first one."""
    value = request.headers.get(LAST_EVENT_ID, "")
    if not value:
        return after
    if not value.isascii() or not value.isdigit() or len(value) > 18:
        raise FieldRejected(LAST_EVENT_ID, value, "it is the id of no event")
    return int(value)


def _present(store: Store, job_id: str, after: int) -> Iterator[bytes]:
    while found := events_after(store, job_id, after, PAGE):
        yield b"".join(map(_written, found))
        after = found[-1].number


def _lasting(store: Store, job_id: str, after: int) -> Iterator[bytes]:
    yield b": connected\n\n"
    begun = spoken = time.monotonic()
    last = ""
    while time.monotonic() - begun < LONGEST:
        try:
            found = events_after(store, job_id, after, PAGE)
        except NoSuchJob:
            yield DELETED
            return
        if found:
            yield b"".join(map(_written, found))
            spoken, after, last = time.monotonic(), found[-1].number, found[-1].kind
        elif last in ENDS:
            return
        elif time.monotonic() - spoken >= HEARTBEAT:
            yield b": still here\n\n"
            spoken = time.monotonic()
        if len(found) < PAGE and last not in ENDS:
            time.sleep(PAUSE)


def _written(event: Event) -> bytes:
    data = {"at": event.at.isoformat(timespec="milliseconds"), **event.data}
    text = json.dumps(data, ensure_ascii=False)
    return f"id: {event.number}\nevent: {event.kind}\ndata: {text}\n\n".encode()


def _response(parts: Iterator[bytes]) -> Response:
    return Response(parts, content_type=f"{MEDIA_TYPE}; charset=utf-8", headers=HEADERS)
