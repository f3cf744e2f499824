"""From the body of a request to the articles of a job, without ever holding it in memory.

The body goes into a file first. So the options of a JSON object may stand
after its articles, a request with a known idempotency key writes nothing, and
the store is not kept waiting for a slow sender.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import BinaryIO

from flask import Request
from werkzeug.datastructures import Headers
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.sansio.multipart import (
    Data,
    Epilogue,
    Event,
    Field,
    File,
    MultipartDecoder,
    NeedData,
)

from service.api.bodies import decoded, distinct, merged, read_query
from service.api.errors import FieldRejected, MalformedBody, WrongCharset, WrongContentType
from service.api.fields import typed, validated
from service.api.job_schemas import JobForm, JobOptions, JobRequest
from service.api.json_stream import Member, loaded, members
from service.article import largest_body
from service.config import Settings
from service.documents.kinds import said_kind
from service.jobs.articles import LARGEST_FILE, article_of, articles_of_file, articles_of_lines
from service.jobs.submission import MOST_ARTICLES, TooManyArticles
from service.store.errors import StoreFull
from service.store.jobs.records import NewArticle

JSON = "application/json"
LINES = ("application/jsonl", "application/x-ndjson")
FORM = "multipart/form-data"
ACCEPTED = (JSON, *LINES, FORM)
ARTICLES = "articles"
CHUNK = 65_536
# Bytes of what is read at once of a form: a field, or the headers of a file.
LARGEST_FIELD = 2**20
LARGEST_OPTION = 65_536


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a form: what its sender calls it, and where it stands in what was received."""

    name: str
    media_type: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Received:
    """What a request asks for.

    `fingerprint` is the same for the same request sent again. `articles` reads
    them, one at a time.
    """

    options: JobOptions
    fingerprint: str
    articles: Callable[[], Iterator[NewArticle]]


@contextmanager
def received(request: Request, settings: Settings) -> Iterator[Received]:
    """What a request asks for; its articles are there for as long as the block lasts.

    Raises WrongContentType, WrongCharset, MalformedBody, FieldRejected,
    TooManyArticles, and StoreFull where there is no room for the body.
    """
    query = typed(JobOptions, read_query(request))
    validated(JobOptions, query)
    if request.mimetype not in ACCEPTED:
        raise WrongContentType(request.mimetype, ACCEPTED)
    with TemporaryFile() as file:
        if request.mimetype == FORM:
            yield _form(request, file, query, settings)
            return
        charset = request.mimetype_params.get("charset", "utf-8")
        if charset.lower() not in ("utf-8", "utf8", "us-ascii"):
            raise WrongCharset(charset)
        digest = _digest(request)
        for chunk in _chunks(request):
            _write(file, chunk)
            digest.update(chunk)
        largest = largest_body(settings.max_characters)
        if request.mimetype == JSON:
            options = _options(_section(file), largest, query)
            yield Received(options, digest.hexdigest(), lambda: _of_object(file, largest, settings))
        else:
            options = validated(JobOptions, query)
            yield Received(
                options,
                digest.hexdigest(),
                lambda: articles_of_lines(_section(file), largest, settings),
            )


def _digest(request: Request) -> hashlib._Hash:
    """Begun with what is asked beside the body."""
    asked = [request.mimetype, *map(repr, sorted(request.args.items(multi=True)))]
    return hashlib.sha256("\n".join(asked).encode("utf-8", "surrogatepass"))


def _chunks(request: Request) -> Iterator[bytes]:
    while chunk := request.stream.read(CHUNK):
        yield chunk


def _write(file: BinaryIO, data: bytes) -> None:
    try:
        file.write(data)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise StoreFull("there is no room for the body of the request") from None
        raise


def _options(file: BinaryIO, largest: int, query: Mapping[str, object]) -> JobOptions:
    """The members of the object beside its articles, and what the query says."""
    fields: list[tuple[str, object]] = []
    number = 0
    for member in members(file, ARTICLES, largest):
        if not member.element:
            fields.append((member.name, _option(member)))
        else:
            number += 1
            if number > MOST_ARTICLES:
                raise TooManyArticles
    given = merged(distinct(fields), query)
    if ARTICLES in given:
        raise FieldRejected(ARTICLES, given[ARTICLES], "it has to be a list")
    return validated(JobRequest, {**given, ARTICLES: []})


def _option(member: Member) -> object:
    if member.data is None or len(member.data) > LARGEST_OPTION:
        raise FieldRejected(member.name, None, f"it has more than {LARGEST_OPTION} bytes")
    return loaded(member.data, member.position)


def _of_object(file: BinaryIO, largest: int, settings: Settings) -> Iterator[NewArticle]:
    found = members(_section(file), ARTICLES, largest)
    elements = (member for member in found if member.element)
    for number, element in enumerate(elements, 1):
        yield article_of(element.data, number, settings)


@dataclass(slots=True)
class _Form:
    """A form as it comes in: its fields, and its files one after another in a file."""

    file: BinaryIO
    digest: hashlib._Hash
    fields: list[tuple[str, object]] = field(default_factory=list)
    uploads: list[Upload] = field(default_factory=list)


def _form(
    request: Request, file: BinaryIO, query: Mapping[str, object], settings: Settings
) -> Received:
    boundary = request.mimetype_params.get("boundary")
    if not boundary:
        raise MalformedBody("the Content-Type of a form has to name its boundary")
    form = _Form(file, _digest(request))
    try:
        _read_form(_events(request, boundary.encode()), form)
    except ValueError as error:
        raise MalformedBody(f"no valid multipart form: {error}") from None
    fields = typed(JobForm, distinct(form.fields))
    if "file" in fields:
        raise FieldRejected("file", fields["file"], "it has to be a file, with a name")
    options = validated(JobForm, {**merged(fields, query), "file": []})
    return Received(options, form.digest.hexdigest(), lambda: _of_uploads(form, settings))


def _read_form(events: Iterator[Event], form: _Form) -> None:
    for event in events:
        if isinstance(event, (Field, File)):
            if not event.name:
                raise ValueError("a part has no name")
            filename = (event.filename or "") if isinstance(event, File) else ""
            form.digest.update(repr((event.name, filename)).encode("utf-8", "surrogatepass"))
            if filename:
                _read_file(events, event.name, filename, event.headers, form)
            else:
                form.fields.append((event.name, _read_field(events, form)))


def _read_file(
    events: Iterator[Event], name: str, filename: str, headers: Headers, form: _Form
) -> None:
    if name != "file":
        raise FieldRejected(name, filename, "files are sent as the field file")
    if len(form.uploads) == MOST_ARTICLES:
        raise TooManyArticles
    start = end = form.file.tell()
    for event in events:
        if isinstance(event, Data):
            _write(form.file, event.data)
            form.digest.update(event.data)
            end += len(event.data)
            if not event.more_data:
                break
    form.digest.update(f"\n{end - start}\n".encode())
    form.uploads.append(Upload(filename, headers.get("Content-Type", ""), start, end))


def _read_field(events: Iterator[Event], form: _Form) -> str:
    content = b""
    for event in events:
        if isinstance(event, Data):
            content += event.data
            if len(content) > LARGEST_OPTION:
                raise ValueError(f"a field has more than {LARGEST_OPTION} bytes")
            if not event.more_data:
                break
    form.digest.update(content + f"\n{len(content)}\n".encode())
    return decoded(content, None)


def _events(request: Request, boundary: bytes) -> Iterator[Event]:
    # More than this is never in its memory: files come as they are received.
    decoder = MultipartDecoder(boundary, max_form_memory_size=LARGEST_FIELD)
    for chunk in _ended(_chunks(request)):
        try:
            decoder.receive_data(chunk)
        except RequestEntityTooLarge:
            raise ValueError("what stands between two of its files is too long") from None
        while True:
            event = decoder.next_event()
            if isinstance(event, NeedData):
                break
            yield event
            if isinstance(event, Epilogue):
                return


def _ended(chunks: Iterator[bytes]) -> Iterator[bytes | None]:
    yield from chunks
    yield None


def _of_uploads(form: _Form, settings: Settings) -> Iterator[NewArticle]:
    largest = largest_body(settings.max_characters)
    for upload in form.uploads:
        section = _section(form.file, upload.start, upload.end)
        if said_kind(upload.name, upload.media_type) == "jsonl":
            yield from articles_of_lines(section, largest, settings)
        else:
            # A byte too many says that there are too many.
            data = section.read(LARGEST_FILE + 1)
            yield from articles_of_file(data, upload.name, upload.media_type, settings)


class _Section(io.RawIOBase):
    """Some bytes of a file, read without moving the file's own position."""

    def __init__(self, descriptor: int, start: int, end: int) -> None:
        super().__init__()
        self._descriptor, self._at, self._end = descriptor, start, end

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        wanted = min(len(buffer), self._end - self._at)
        data = os.pread(self._descriptor, wanted, self._at)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def _section(file: BinaryIO, start: int = 0, end: int | None = None) -> BinaryIO:
    file.flush()
    size = os.fstat(file.fileno()).st_size if end is None else end
    return io.BufferedReader(_Section(file.fileno(), start, size))
