"""What goes over the wire, field by field: it checks requests, and describes both in OpenAPI."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from alignment.checks.guard import issue_types
from alignment.errors import UnknownIssueType
from alignment.units import OffsetUnit
from service.engine import Quality

# The longest language tag that RFC 5646 asks anybody to make room for.
LANGUAGE_LENGTH = 35
TITLE_LENGTH = 300

Language = Annotated[str, Field(max_length=LANGUAGE_LENGTH, description="A BCP 47 code.")]
Pair = Annotated[tuple[int, int], Field(description="Start and end, half-open, in offset_unit.")]
Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]


class Wire(BaseModel):
    """Whatever is sent: nothing unknown in it, and no type taken for another."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def known_types(names: str) -> str:
    try:
        issue_types(named(names))
    except UnknownIssueType as error:
        raise PydanticCustomError("issue_type", "{reason}", {"reason": str(error)}) from None
    return names


def named(names: str) -> tuple[str, ...]:
    """The names in a list that commas part."""
    return tuple(name.strip() for name in names.split(",") if name.strip())


class PairOptions(Wire):
    """Between which languages, how to count, and what not to look for."""

    source_language: Language = "fr"
    target_language: Language = "en"
    offset_unit: OffsetUnit = Field(
        "codepoint", description="What offsets in the answer count: utf16 suits JavaScript."
    )
    ignored: Annotated[str, AfterValidator(known_types)] = Field(
        "",
        description="Types of issues not to look for, parted by commas: hedge_lost,low_confidence.",
    )
    store: bool = Field(False, description="Whether to keep the document; the answer has its id.")
    title: str = Field(
        "",
        max_length=TITLE_LENGTH,
        description="What the document is called where it is kept.",
    )


class Options(PairOptions):
    """How to translate, and how to count."""

    quality: Quality = Field("best", description="best is a beam of 4, fast is greedy.")


def without_default(schema: dict[str, Any]) -> None:
    """A field that may be absent, and means nothing then."""
    del schema["default"]


def _uploaded(schema: dict[str, Any]) -> None:
    without_default(schema)
    schema["contentMediaType"] = "text/plain"


class TranslationRequest(Options):
    """An article: either its text, or its paragraphs, or the web page that it stands on."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [{"required": [name]} for name in ("text", "paragraphs", "html")]
        }
    )

    text: str = Field(
        "",
        description="The whole article; every line is a paragraph.",
        json_schema_extra=without_default,
    )
    paragraphs: list[str] = Field(
        [],
        description="The article in paragraphs, which are joined by a blank line.",
        json_schema_extra=without_default,
    )
    html: str = Field(
        "",
        description="A web page: its article's visible text is translated, and what offsets count.",
        json_schema_extra=without_default,
    )


class TranslationForm(Options):
    """An article, typed or uploaded."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["text"]}, {"required": ["file"]}]}
    )

    text: str = Field("", description="The article.", json_schema_extra=without_default)
    file: str = Field(
        "",
        description="The article as a file: plain text in UTF-8, HTML, Markdown or DOCX.",
        json_schema_extra=_uploaded,
    )


class AlignmentRequest(PairOptions):
    """An original and its translation, whoever made it."""

    source: str = Field(description="The original.")
    target: str = Field(description="The translation that there is.")
    lines: bool = Field(False, description="Whether every line of both is one sentence already.")


class Span(Wire):
    """The characters from `start` up to `end`, in offset_unit."""

    start: Count
    end: Count


class Link(Wire):
    """One source word aligned to one target word."""

    source: Pair
    target: Pair
    score: Share = Field(description="How much of the target word's attention this word holds.")


class NullMass(Wire):
    """How much of a target word's attention went to no source word at all."""

    target: Pair
    mass: Share


class Issue(Wire):
    """Something that a reader of this segment should know, and where it shows."""

    type: str
    severity: Literal["none", "minor", "major", "critical"]
    explanation: str
    source_spans: list[Pair]
    target_spans: list[Pair]


class Segment(Wire):
    """One sentence: where it stands in both texts, and how its words correspond."""

    id: str
    paragraph: Count = Field(description="Counted from 0.")
    source: Span
    target: Span
    score: float | None = Field(description="Mean log-probability a piece; 0 is certain.")
    links: list[Link]
    nulls: list[NullMass]
    issues: list[Issue]


class Signature(Wire):
    """Which model made the translation, and how."""

    name: str
    revision: str
    sha256: str = Field(description="Of the model's weights.")
    engine: str
    decoding: str


class Coverage(Wire):
    """The share of each side's words that have a counterpart."""

    source: Share
    target: Share


class Severities(Wire):
    """How many segments have a worst issue of each severity."""

    critical: Count
    major: Count
    minor: Count


class Fidelity(Wire):
    """What the issues of the segments come to."""

    segments: Count = Field(description="How many there are.")
    flagged: Count = Field(description="How many have an issue.")
    severities: Severities
    types: dict[str, Count] = Field(description="How many issues there are of each type.")
    score: float = Field(
        ge=0,
        le=100,
        description="100 less what each segment's worst issue costs: all of its share if "
        "critical, half if major, a tenth if minor.",
    )
    not_checked: list[str] = Field(
        description="Types of issues that were not looked for: of these, no news is no good news."
    )


class AlignedDocument(Wire):
    """Both texts in full, and every sentence and word of the one on the other."""

    id: str | None = Field(description="What it is kept under; null where it is not kept.")
    source_language: str
    target_language: str
    offset_unit: OffsetUnit
    model: Signature | None = Field(description="null where no model had a part in it.")
    coverage: Coverage
    checked: list[str] = Field(description="The types of issues that were looked for.")
    fidelity: Fidelity
    source: str = Field(description="The article, exactly as it was sent.")
    target: str
    segments: list[Segment]


class Model(Wire):
    """A model that is installed here."""

    name: str
    source_language: str
    target_language: str
    size: Count = Field(description="Bytes on disk.")
    licence: str
    revision: str
    sha256: str
    default: bool = Field(description="Whether its pair is translated by it.")
    reason: str = Field(description="Why it is the default of its pair, or is not.")


class Models(Wire):
    """The models that are installed here."""

    models: list[Model]


class Health(Wire):
    """That the service answers."""

    status: Literal["alive", "ready"]


class Problem(Wire):
    """What went wrong (RFC 9457); `field` and `value` say with what."""

    type: str
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    field: str = Field("", json_schema_extra=without_default)
    value: str | None = Field(
        None, description="The value at fault, shortened.", json_schema_extra=without_default
    )
