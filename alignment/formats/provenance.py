"""Where an export comes from: the model, the two texts and the version of all this.

Every format carries the same object, so that a file found years later still
says what made it and which texts, by their sha256 in UTF-8, it speaks of.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from alignment.anchoring import text_sha256
from alignment.document import AlignedDocument, Languages, ModelInfo, Side
from alignment.errors import MalformedDocument
from alignment.formats.native import Json, to_json

TOOL = "vis-a-vis"
# Raised whenever a reader of the earlier one would misread what is written now.
FORMAT_VERSION = 1
BY_PEOPLE = "people"
SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made an aligned document, and which texts it holds; sha256 of each in UTF-8."""

    languages: Languages
    model: ModelInfo | None
    checked: tuple[str, ...]
    source_sha256: str
    target_sha256: str
    tool_version: str
    format_version: int = FORMAT_VERSION

    def sha256(self, side: Side) -> str:
        """That of one side's text."""
        return self.source_sha256 if side == "source" else self.target_sha256

    def describes(self, source: str, target: str) -> bool:
        """Whether these are the very texts that it was written for."""
        return (text_sha256(source), text_sha256(target)) == (
            self.source_sha256,
            self.target_sha256,
        )


def provenance(document: AlignedDocument) -> Provenance:
    """That of a document, written by this version."""
    return Provenance(
        languages=document.languages,
        model=document.model,
        checked=document.checked,
        source_sha256=text_sha256(document.source),
        target_sha256=text_sha256(document.target),
        tool_version=project_version(),
    )


def project_version() -> str:
    """The installed version of the project; 0 where it runs without being installed."""
    try:
        return version(TOOL)
    except PackageNotFoundError:
        return "0"


def signature(model: ModelInfo | None) -> str:
    """A model on one line, in the manner of sacreBLEU; `people` where there was none."""
    if model is None:
        return BY_PEOPLE
    return f"{model.name}|{model.revision}|{model.engine}|{model.decoding}|sha256:{model.sha256}"


def to_object(origin: Provenance) -> Json:
    """The provenance as plain dicts and lists."""
    return {
        "format_version": origin.format_version,
        "tool": TOOL,
        "tool_version": origin.tool_version,
        "source_language": origin.languages.source,
        "target_language": origin.languages.target,
        "source_sha256": origin.source_sha256,
        "target_sha256": origin.target_sha256,
        "model": origin.model and asdict(origin.model),
        "checked": list(origin.checked),
    }


def from_object(data: Any) -> Provenance:
    """Read back what `to_object` made.

    Raises MalformedDocument, also where a later version wrote it.
    """
    try:
        if data["format_version"] != FORMAT_VERSION:
            raise MalformedDocument(
                f"provenance: format {data['format_version']!r:.40} is not {FORMAT_VERSION}, "
                "the one that this version reads"
            )
        languages = Languages(_string(data["source_language"]), _string(data["target_language"]))
        model = data["model"]
        return Provenance(
            languages=languages,
            model=model and ModelInfo(**{name: _string(model[name]) for name in model}),
            checked=tuple(_string(each) for each in data["checked"]),
            source_sha256=_string(data["source_sha256"]),
            target_sha256=_string(data["target_sha256"]),
            tool_version=_string(data["tool_version"]),
        )
    except KeyError as error:
        raise MalformedDocument(f"provenance: the field {error} is missing") from None
    except (TypeError, AttributeError) as error:
        raise MalformedDocument(f"provenance: a field is of the wrong kind: {error}") from None


def stamped(document: AlignedDocument, offset_unit: str = "codepoint") -> Json:
    """Our own JSON with the provenance before it; `native.from_json` reads it back.

    Raises what `native.to_json` raises.
    """
    whole = to_json(document, offset_unit)
    return {"provenance": to_object(provenance(document)), **whole}


def stamped_lines(document: AlignedDocument, offset_unit: str = "codepoint") -> Iterator[Json]:
    """The provenance, and then each segment with its texts beside its spans: one object a line.

    What stands between the segments is left out, so this is not read back.
    Raises what `native.to_json` raises.
    """
    whole = to_json(document, offset_unit)
    origin = {"offset_unit": offset_unit, **to_object(provenance(document))}
    yield {"provenance": origin}
    for segment, data in zip(document.segments, whole["segments"], strict=True):
        data["source"]["text"] = segment.source.of(document.source)
        data["target"]["text"] = segment.target.of(document.target)
        yield data


def as_text(value: object, indent: int | None = None) -> str:
    """JSON that can be written as UTF-8: half a surrogate pair, which cannot, is an escape."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} is no string")
    return value
