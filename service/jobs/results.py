"""The results of a job, an article at a time, however many there are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, get_args
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from alignment.document import Languages
from alignment.formats import table, tmx
from alignment.formats.markup import attribute, json_content
from alignment.formats.native import Json, to_json
from alignment.formats.provenance import TOOL, as_text, project_version
from service.documents.exports import UTF_8_MARK, format_of
from service.errors import ServiceError
from service.store.database import Store
from service.store.documents import read_document
from service.store.errors import NoSuchDocument
from service.store.jobs.reading import list_items, read_job
from service.store.jobs.records import Item, ItemState
from service.store.records import StoredDocument

Form = Literal["jsonl", "tmx", "csv", "zip"]
FORMS: tuple[Form, ...] = get_args(Form)
MEDIA_TYPES: dict[Form, str] = {
    "jsonl": "application/jsonl",
    "tmx": "application/x-tmx+xml",
    "csv": "text/csv; charset=utf-8; header=present",
    "zip": "application/zip",
}
PAGE = 200
# What stands in the name of a file that every system takes; a full stop not at its beginning.
UNSUITED = re.compile(r"[^\w.-]+")
NAME_LENGTH = 60
UNIT = re.compile(r'<tu tuid="([^"]*)">\n')
MANIFEST = "manifest.json"
DELETED = "its document was deleted"


class UnknownForm(ServiceError):
    """Results come in no format of this name."""

    status = 422
    field = "format"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} is not one of {', '.join(FORMS)}")
        self.value = name


class Result(NamedTuple):
    """An article of a job, and its document where there is one."""

    item: Item
    stored: StoredDocument | None


def results(store: Store, job_id: str, form: str, export: str = "html") -> Iterator[bytes]:
    """The results of a job in one of FORMS, in pieces; of a zip, files in the format `export`.

    An article that is not done stands there with its state and reason, except
    in TMX. Raises NoSuchJob, UnknownForm and UnknownFormat, all before the
    first piece.
    """
    job = read_job(store, job_id)
    format_of(export)
    match form:
        case "jsonl":
            return map(_line, _results(store, job_id))
        case "tmx":
            return _memory(_results(store, job_id), job.options.languages)
        case "csv":
            return _table(_results(store, job_id))
        case "zip":
            return _archive(store, job_id, export)
    raise UnknownForm(form)


def file_name(item: Item, extension: str) -> str:
    """A name for the article's file that no other article has, and no system misreads."""
    stem = UNSUITED.sub("-", item.title or item.name)[:NAME_LENGTH].strip("-.")
    return f"{item.number:06}{f'-{stem}' if stem else ''}.{extension}"


def items(store: Store, job_id: str, state: ItemState | None = None) -> Iterator[Item]:
    """Every article of a job, or every one in a state, by number. Raises NoSuchJob."""
    after = 0
    while page := list_items(store, job_id, state, after, PAGE):
        yield from page
        after = page[-1].number


def _results(store: Store, job_id: str) -> Iterator[Result]:
    for item in items(store, job_id):
        yield Result(item, _document(store, item))


def _document(store: Store, item: Item) -> StoredDocument | None:
    if item.document is None:
        return None
    try:
        return read_document(store, item.document)
    except NoSuchDocument:
        return None


def _line(result: Result) -> bytes:
    document = result.stored and to_json(result.stored.document)
    known = _known(result.item, result.stored is not None)
    return f"{as_text({**known, 'document': document})}\n".encode()


def _known(item: Item, there: bool) -> Json:
    return {
        "number": item.number,
        "id": item.name,
        "state": item.state,
        "reason": _reason(item, there),
    }


def _reason(item: Item, there: bool) -> str:
    return DELETED if item.state == "done" and not there else item.reason


def _memory(found: Iterator[Result], languages: Languages) -> Iterator[bytes]:
    """One TMX file of all units; each says of which article it is."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'<header creationtool="{TOOL}" creationtoolversion={attribute(project_version())}'
        f' segtype="sentence" o-tmf="{TOOL}" adminlang="en"'
        f' srclang={attribute(languages.source)} datatype="plaintext"></header>\n<body>\n'
    ).encode()
    for item, stored in found:
        if stored:
            yield _units(item, stored).encode()
    yield b"</body>\n</tmx>\n"


def _units(item: Item, stored: StoredDocument) -> str:
    """The units of one article; what looks like a tag is one, as every text is escaped."""
    whole = tmx.write(stored.document)
    units = whole.partition("<body>\n")[2].rpartition("</body>")[0]
    article = f'<prop type="{tmx.PREFIX}article">{json_content(item.name)}</prop>\n'
    return UNIT.sub(lambda found: f'<tu tuid="{item.number}-{found[1]}">\n{article}', units)


def _table(found: Iterator[Result]) -> Iterator[bytes]:
    """One table: a row for each segment, and one for an article without any."""
    # Without the mark, Excel reads UTF-8 as the encoding of the machine it is on.
    yield UTF_8_MARK + f"article,{','.join(table.COLUMNS)}\r\n".encode()
    for result in found:
        yield "".join(_rows(result)).encode("utf-8", "replace")


def _rows(result: Result) -> Iterator[str]:
    item, stored = result.item, result.stored
    article = _cell(item.name)
    if stored is None:
        known = {"issues": item.state, "explanations": _reason(item, False)}
        cells = (_cell(known.get(column, "")) for column in table.COLUMNS)
        yield f"{article},{','.join(cells)}\r\n"
        return
    _, _, rows = table.write(stored.document).partition("\r\n")
    row = ""
    for line in rows.split("\r\n")[:-1]:
        row += line
        # A line break within quotation marks is one of the text.
        if row.count('"') % 2:
            row += "\r\n"
        else:
            yield f"{article},{row}\r\n"
            row = ""


def _cell(text: str) -> str:
    guarded = table.guarded(text)
    return '"' + str(guarded).replace('"', '""') + '"'


class _Outflow:
    """What a zip is written to, and taken from before it is whole."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits anywhere."""

    def close(self) -> None:
        """There is nothing to let go of."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        data = b"".join(self._parts)
        self._parts.clear()
        return data


def files(store: Store, job_id: str, export: str) -> Iterator[tuple[str, StoredDocument, bytes]]:
    """The name of each document's file, the document, and the file. Raises UnknownFormat."""
    form = format_of(export)
    for item, stored in _results(store, job_id):
        if stored:
            content = form.write(stored.document, stored.title or item.name)
            yield file_name(item, form.extension), stored, content


def _archive(store: Store, job_id: str, export: str) -> Iterator[bytes]:
    outflow = _Outflow()
    with ZipFile(outflow, "w", ZIP_DEFLATED) as archive:
        for name, stored, content in files(store, job_id, export):
            archive.writestr(_entry(name, stored), content)
            yield outflow.taken()
        with archive.open(_entry(MANIFEST), "w") as manifest:
            for part in _manifest(store, job_id, format_of(export).extension):
                manifest.write(part)
                yield outflow.taken()
    yield outflow.taken()


def _entry(name: str, stored: StoredDocument | None = None) -> ZipInfo:
    moment = stored.created.timetuple()[:6] if stored else (1980, 1, 1, 0, 0, 0)
    entry = ZipInfo(name, moment)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _manifest(store: Store, job_id: str, extension: str) -> Iterator[bytes]:
    """Every article of the job, and the file that it is in."""
    yield f'{{"job": {json.dumps(job_id)}, "articles": ['.encode()
    separator = "\n"
    for item in items(store, job_id):
        file = file_name(item, extension) if item.document else None
        known = _known(item, item.document is not None)
        entry = {**known, "document": item.document, "file": file}
        yield f"{separator}{as_text(entry)}".encode()
        separator = ",\n"
    yield b"\n]}\n"
