"""A text of which one part was replaced, and where what pointed into it stands now.

What lies outside the part has moved for certain, by as much as the text has
grown. What touches it is looked for around there, as `alignment.anchoring`
does, and given up where it cannot be found for certain.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from alignment.anchoring import CONTEXT, Quote, anchor, quote
from alignment.span import Span


@dataclass(frozen=True, slots=True)
class Edit:
    """A text before and after; `old` of the one is `new` of the other, and the rest is the same."""

    before: str
    after: str
    old: Span
    new: Span

    @property
    def shift(self) -> int:
        """How many code points further on everything behind the edit stands."""
        return self.new.end - self.old.end


def replacing(text: str, old: Span, words: str) -> Edit:
    """The edit that puts `words` in the place of a span of `text`."""
    after = text[: old.start] + words + text[old.end :]
    return Edit(text, after, old, Span(old.start, old.start + len(words)))


def carried(edit: Edit, span: Span) -> Span | None:
    """Where the characters of a span stand after an edit; None where that is not certain."""
    if span.end <= edit.old.start:
        return span
    if span.start >= edit.old.end:
        return span.shifted(edit.shift)
    start = min(span.start, edit.old.start)
    end = max(span.end, edit.old.end)
    before, after = edit.before[start:end], edit.after[start : end + edit.shift]
    found = anchor(quote(before, span.shifted(-start)), "", after)
    return found.spans[0].shifted(start) if found.outcome == "moved" else None


def carried_quote(edit: Edit, old: Quote) -> Quote | None:
    """A quote after an edit, with the context it has there; None where it is not certain."""
    span = carried(edit, old.span)
    if span is None:
        return None
    # Far from the edit, context and uniqueness are what they were.
    reach = len(old.exact) + CONTEXT
    near = (
        edit.before[max(edit.old.start - reach, 0) : edit.old.end + reach],
        edit.after[max(edit.new.start - reach, 0) : edit.new.end + reach],
    )
    if any(old.exact in each for each in near):
        return quote(edit.after, span)
    return replace(old, span=span)
