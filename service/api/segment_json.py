"""Segments, flags and comments as JSON, in the unit that the caller counts in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from alignment.diff import word_diff
from alignment.document import Side
from alignment.errors import OffsetInsideCharacter, SpanOutOfRange
from alignment.formats.native import Json, issue_to_json
from alignment.span import Span
from alignment.units import Ruler, ruler
from service.api.documents import moment
from service.api.errors import SpanRejected
from service.store.history import Change
from service.store.reviews.records import Agreement, Beginning, Comment, Flag, ReviewedSegment


@dataclass(frozen=True, slots=True)
class Stretch:
    """A segment's text on one side: offsets of the whole text, without the whole text."""

    text: str
    begins: Beginning
    ruler: Ruler

    def out(self, span: Span) -> Span:
        """A span in code points, in the caller's unit."""
        return self.ruler.out(span.shifted(-self.begins.codepoint)).shifted(self._begin())

    def codepoints(self, span: Span) -> Span:
        """A span in the caller's unit, in code points; raises SpanRejected."""
        try:
            here = self.ruler.codepoints(span.shifted(-self._begin()))
        except SpanOutOfRange:
            inside = self.out(Span(0, len(self.text)).shifted(self.begins.codepoint))
            reason = f"{span.start}:{span.end} is not inside {inside.start}:{inside.end}"
            raise SpanRejected("end", span, f"{reason}, where the segment is") from None
        except OffsetInsideCharacter as error:
            raise SpanRejected("end", span, str(error)) from None
        return here.shifted(self.begins.codepoint)

    def passage(self) -> Json:
        """Where it stands, and its characters."""
        start = self.begins.codepoint
        return {**self.out(Span(start, start + len(self.text)))._asdict(), "text": self.text}

    def _begin(self) -> int:
        return cast(int, getattr(self.begins, self.ruler.unit))


def stretch(found: ReviewedSegment, side: Side, unit: str) -> Stretch:
    """One side of a segment, to be measured in `unit`."""
    if side == "source":
        return Stretch(found.source, found.source_begins, ruler(found.source, unit))
    return Stretch(found.target, found.target_begins, ruler(found.target, unit))


def segment_json(found: ReviewedSegment, unit: str) -> Json:
    """A segment with all that is known of its review."""
    source, target = stretch(found, "source", unit), stretch(found, "target", unit)
    segment = found.segment
    return {
        "number": found.number,
        "document": found.document,
        "paragraph": segment.paragraph,
        "offset_unit": unit,
        "state": found.state,
        "revision": found.revision,
        "source": source.passage(),
        "target": target.passage(),
        "score": segment.score,
        "links": [
            {
                "source": list(source.out(link.source)),
                "target": list(target.out(link.target)),
                "score": link.score,
            }
            for link in segment.links
        ],
        "nulls": [
            {"target": list(target.out(null.target)), "mass": null.mass} for null in segment.nulls
        ],
        "issues": [issue_to_json(issue, source.out, target.out) for issue in segment.issues],
        "edited": found.edited_by is not None,
        "edited_by": found.edited_by or "",
        "reviewed_by": found.reviewed_by,
        "signed_by": found.signed_by,
        "flags": [flag_json(each, stretch(found, each.side, unit)) for each in found.flags],
        "comments": found.comments,
    }


def flag_json(flag: Flag, side: Stretch) -> Json:
    """A flag, its span measured on its side of the segment."""
    start, end = (None, None) if flag.span is None else side.out(flag.span)
    return {
        "id": flag.id,
        "side": flag.side,
        "start": start,
        "end": end,
        "quote": flag.quote,
        "reason": flag.reason,
        "severity": flag.severity,
        "by": flag.by,
        "at": moment(flag.at),
        "resolved": flag.resolved,
    }


def comment_json(comment: Comment) -> Json:
    """A comment."""
    return {
        "id": comment.id,
        "by": comment.by,
        "at": moment(comment.at),
        "text": comment.text,
    }


def change_json(change: Change) -> Json:
    """A change of a segment, word by word where it is one of the text."""
    before, after = change.before or {}, change.after or {}
    diff: list[list[str]] = []
    if "target" in before and "target" in after:
        pieces = word_diff(before["target"], after["target"])
        diff = [[piece.kind, piece.text] for piece in pieces]
    return {
        "at": moment(change.at),
        "by": change.by,
        "action": change.action,
        "before": change.before,
        "after": change.after,
        "diff": diff,
    }


def agreement_json(each: Agreement) -> Json:
    """How far two people agree."""
    return {
        "first": each.first,
        "second": each.second,
        "claims": each.claims,
        "observed": each.observed,
        "kappa": each.kappa,
    }
