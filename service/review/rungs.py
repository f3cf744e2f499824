"""The rungs of a bench: segments cut into words by the server, with all that is said of them.

Every offset that goes to the page counts code points from the start of its
segment, so that nothing which is done elsewhere in the document makes it wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from alignment.document import SEVERITIES, Issue, Segment, Severity, Side
from alignment.formats.pieces import (
    SIDES,
    Mark,
    attribute,
    cut,
    escaped,
    issue_marks,
    named_words,
    note_id,
    placed,
    visible,
)
from alignment.span import Span
from service.store.database import Store
from service.store.reviews.reading import read_segments
from service.store.reviews.records import Flag, ReviewedSegment
from service.store.texts import Texts, read_texts


@dataclass(frozen=True, slots=True)
class Rung:
    """A segment as it is shown: `source` and `target` are elements, `full` if cut into words.

    `severity` is the worst of its issues and of the open flags on it; `opens`
    is whether a paragraph begins with it that is not the first.
    """

    segment: ReviewedSegment
    source: Markup
    target: Markup
    severity: Severity
    full: bool
    opens: bool

    @property
    def notes(self) -> tuple[tuple[str, Issue], ...]:
        """Its issues, each with the id of its note."""
        issues = enumerate(self.segment.segment.issues, start=1)
        return tuple((note_id(self.segment.number, index), issue) for index, issue in issues)

    @property
    def flags(self) -> tuple[Flag, ...]:
        """The flags that nobody has resolved yet."""
        return open_flags(self.segment)


def read_rungs(store: Store, document_id: str, first: int, last: int) -> tuple[Rung, ...]:
    """The rungs from number `first` to `last`, which count from 1; none beyond the last segment.

    Raises NoSuchDocument.
    """
    texts = read_texts(store, document_id)
    # The segment before says where the gap begins.
    start = max(1, first - 1)
    segments = read_segments(store, document_id, start, last - start + 1)
    return tuple(rungs(texts, segments, full=last))[first - start :]


def rungs(texts: Texts, segments: Sequence[ReviewedSegment], full: int) -> Iterator[Rung]:
    """A rung for each of these neighbouring segments; those up to number `full` cut into words."""
    ends = dict.fromkeys(SIDES, 0)
    paragraph = 0
    for each in segments:
        source, target = _cells(texts, each, ends, each.number <= full)
        opens = each.segment.paragraph != paragraph and each.number > 1
        yield Rung(each, source, target, severity(each), each.number <= full, opens)
        paragraph = each.segment.paragraph
        ends = {side: each.segment.side(side).end for side in SIDES}


def rest(texts: Texts, segments: Sequence[ReviewedSegment]) -> tuple[Markup, ...]:
    """What follows the last segment, on both sides."""
    last = segments[-1].segment if segments else None
    starts = {side: last.side(side).end if last else 0 for side in SIDES}
    return tuple(
        _cell(texts, side, Span(starts[side], len(texts.side(side))), "") for side in SIDES
    )


def open_flags(segment: ReviewedSegment) -> tuple[Flag, ...]:
    """The flags of a segment that nobody has resolved yet."""
    return tuple(flag for flag in segment.flags if not flag.resolved)


def severity(segment: ReviewedSegment) -> Severity:
    """The worst of a segment's issues and open flags."""
    flagged: list[Severity] = [flag.severity for flag in open_flags(segment)]
    return max([segment.severity, *flagged], key=SEVERITIES.index)


def flag_note(flag: Flag) -> str:
    """The id of the note on a reviewer's flag."""
    return f"flag-{flag.id}"


def _cells(
    texts: Texts, each: ReviewedSegment, ends: Mapping[Side, int], full: bool
) -> Iterator[Markup]:
    own: dict[Side, str] = {"source": each.source, "target": each.target}
    inner = dict(_cut(each, own)) if full else {side: escaped(own[side]) for side in SIDES}
    for side in SIDES:
        where = placed(Span(0, len(own[side])), 0)
        sentence = f'<span class="sentence"{where}>{inner[side]}</span>'
        yield _cell(texts, side, Span(ends[side], each.segment.side(side).start), sentence)


def _cut(each: ReviewedSegment, own: Mapping[Side, str]) -> Iterator[tuple[Side, str]]:
    """Both texts of a segment as words."""
    here = _apart(each.segment)
    named = named_words(own, each.number, here)
    for side in SIDES:
        whole = here.side(side)
        marks = [*issue_marks(here, each.number, side), *_flag_marks(each, side, whole)]
        yield side, "".join(cut(own[side], whole, named[side], marks, 0))


def _apart(segment: Segment) -> Segment:
    """A segment whose texts are its own, not parts of a document's."""
    source, target = -segment.source.start, -segment.target.start
    return replace(
        segment,
        source=segment.source.shifted(source),
        target=segment.target.shifted(target),
        links=tuple(link.shifted(source, target) for link in segment.links),
        nulls=tuple(null.shifted(target) for null in segment.nulls),
        issues=tuple(issue.shifted(source, target) for issue in segment.issues),
    )


def _flag_marks(each: ReviewedSegment, side: Side, whole: Span) -> list[Mark]:
    start = each.segment.side(side).start
    return [
        Mark(visible(flag.span.shifted(-start), whole), flag_note(flag), flag.severity)
        for flag in open_flags(each)
        if flag.side == side and flag.span is not None
    ]


def _cell(texts: Texts, side: Side, gap: Span, sentence: str) -> Markup:
    language = texts.languages.source if side == "source" else texts.languages.target
    before = escaped(gap.of(texts.side(side)))
    return Markup(
        f'<p class="side {side}" data-text="{side}" lang="{attribute(language)}" dir="auto">'
        f"{before and f'<span class=gap>{before}</span>'}{sentence}</p>"
    )
