"""A translated article and the map back to its original.

The text of each side reads gap, sentence, gap, sentence, gap; gaps and
sentences together give it back, character for character (the invariant of
bergamot-translator's `Annotation`, in code points). Every value checks itself
when it is made, so that a document that exists is a document that holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import isfinite
from typing import Literal, get_args

from alignment.errors import LinkAstray, ScoreOutOfRange, SegmentsDisordered, SpanOutOfRange
from alignment.span import Span

Side = Literal["source", "target"]
Severity = Literal["none", "minor", "major", "critical"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)  # the worst last


@dataclass(frozen=True, slots=True)
class Link:
    """One source word aligned to one target word.

    `score` is the share of the target word's attention that the source word
    holds, from 0 to 1.
    """

    source: Span
    target: Span
    score: float

    def __post_init__(self) -> None:
        if not 0 <= self.score <= 1:
            raise ScoreOutOfRange(f"a link's score is from 0 to 1, not {self.score}")

    def shifted(self, source: int, target: int) -> Link:
        """The same link, so many code points further on."""
        return Link(self.source.shifted(source), self.target.shifted(target), self.score)


@dataclass(frozen=True, slots=True)
class NullMass:
    """How much of a target word's attention went to no source word at all, from 0 to 1."""

    target: Span
    mass: float

    def __post_init__(self) -> None:
        if not 0 <= self.mass <= 1:
            raise ScoreOutOfRange(f"a null mass is from 0 to 1, not {self.mass}")

    def shifted(self, target: int) -> NullMass:
        """The same mass, so many code points further on."""
        return NullMass(self.target.shifted(target), self.mass)


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that a reader of this segment should know, and where it shows."""

    type: str
    severity: Severity
    explanation: str
    source_spans: tuple[Span, ...] = ()
    target_spans: tuple[Span, ...] = ()

    def shifted(self, source: int, target: int) -> Issue:
        """The same issue, so many code points further on."""
        return replace(
            self,
            source_spans=tuple(span.shifted(source) for span in self.source_spans),
            target_spans=tuple(span.shifted(target) for span in self.target_spans),
        )


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence: where it stands in both texts, and how its words correspond.

    `paragraph` counts from 0; `score` is the model's mean log-probability a
    piece (0 is certain, None where no model was asked).
    """

    id: str
    paragraph: int
    source: Span
    target: Span
    links: tuple[Link, ...] = ()
    nulls: tuple[NullMass, ...] = ()
    score: float | None = None
    issues: tuple[Issue, ...] = ()

    def __post_init__(self) -> None:
        if self.score is not None and not isfinite(self.score):
            raise ScoreOutOfRange(f"segment {self.id}: a score is finite, not {self.score}")
        for side, span in self._pointers():
            inside = self.side(side)
            if not inside.contains(span):
                raise LinkAstray(self.id, span, inside)

    def side(self, side: Side) -> Span:
        """Where this segment stands in the source or in the target."""
        return self.source if side == "source" else self.target

    def _pointers(self) -> Iterator[tuple[Side, Span]]:
        for link in self.links:
            yield "source", link.source
            yield "target", link.target
        for null in self.nulls:
            yield "target", null.target
        for issue in self.issues:
            yield from (("source", span) for span in issue.source_spans)
            yield from (("target", span) for span in issue.target_spans)


@dataclass(frozen=True, slots=True)
class Languages:
    """The two languages of a document, as BCP 47 codes."""

    source: str
    target: str

    def __str__(self) -> str:
        return f"{self.source}-{self.target}"


# The pair that the project begins with.
FRENCH_ENGLISH = Languages("fr", "en")


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """The signature of a result: which model made it, and how (after sacreBLEU's signatures).

    `sha256` is that of the weights; `decoding` reads like "beam:4|int8".
    """

    name: str
    revision: str
    sha256: str
    engine: str
    decoding: str


@dataclass(frozen=True, slots=True)
class AlignedDocument:
    """Both texts in full, and one segment for each sentence, in reading order.

    `model` is None where people, not a model, made the translation. `checked`
    are the types of issues that were looked for: of any other, that no segment
    has one says nothing.
    """

    source: str
    target: str
    segments: tuple[Segment, ...]
    languages: Languages
    model: ModelInfo | None = None
    checked: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        ids = {segment.id for segment in self.segments}
        if len(ids) != len(self.segments):
            raise SegmentsDisordered("two segments share an id")
        paragraphs = [segment.paragraph for segment in self.segments]
        if paragraphs != sorted(paragraphs) or min(paragraphs, default=0) < 0:
            raise SegmentsDisordered(f"paragraphs run from 0 upwards, not {paragraphs}")
        self._check_side("source")
        self._check_side("target")

    def text(self, side: Side) -> str:
        """The whole text of one side."""
        return self.source if side == "source" else self.target

    def gaps(self, side: Side) -> tuple[Span, ...]:
        """What stands before, between and after the segments: one span more than there are."""
        edges = [0]
        for segment in self.segments:
            edges.extend(segment.side(side))
        edges.append(len(self.text(side)))
        return tuple(Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=True))

    def _check_side(self, side: Side) -> None:
        length = len(self.text(side))
        end = 0
        for segment in self.segments:
            span = segment.side(side)
            if not 0 <= span.start <= span.end <= length:
                raise SpanOutOfRange(span, length)
            if span.start < end:
                raise SegmentsDisordered(
                    f"{side} of segment {segment.id} starts at {span.start}, before {end}"
                )
            end = span.end
