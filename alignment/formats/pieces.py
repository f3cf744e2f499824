"""A sentence cut into elements of HTML: words that know their partners, marks that explain.

The text is cut here, never in the browser: JavaScript counts UTF-16, so what
leaves for it are pieces. An offset leaves only where it is to come back as it
went, as `data-start` and `data-end` in code points, and nobody there reckons
with it.

What HTML cannot carry (NUL, half a surrogate pair) is shown as a picture, in
an element whose `data-code` keeps the code point, in hexadecimal.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import product

from alignment.document import SEVERITIES, Issue, Segment, Severity, Side
from alignment.formats.flags import UNCARRIED
from alignment.span import Span, touching
from alignment.words import words

SIDES: tuple[Side, Side] = ("source", "target")

# A parser makes a bare carriage return a line feed; it leaves a reference to one alone.
REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
SPECIAL = re.compile("[&<>\r\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Mark:
    """The characters of one side that a note speaks of, and the id of that note."""

    span: Span
    note: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Word:
    """A word as an element: its partners are `id:score`, strongest first; none: no counterpart."""

    span: Span
    id: str
    partners: tuple[str, ...]


def named_words(texts: Mapping[Side, str], number: int, segment: Segment) -> dict[Side, list[Word]]:
    """The words of both sides of a segment, each with its partners; `number` is in their ids."""
    source, target = (list(words(texts[side], segment.side(side))) for side in SIDES)
    places = [{span: index for index, span in enumerate(side)} for side in (source, target)]
    scores: dict[tuple[int, int], float] = {}
    for link in segment.links:
        for here, there in product(touching(source, link.source), touching(target, link.target)):
            pair = places[0][here], places[1][there]
            scores[pair] = max(link.score, scores.get(pair, 0))
    partners: dict[str, list[str]] = defaultdict(list)
    for (s, t), score in sorted(scores.items(), key=lambda each: -each[1]):
        partners[f"s{number}w{s}"].append(f"t{number}w{t}:{score:.2f}")
        partners[f"t{number}w{t}"].append(f"s{number}w{s}:{score:.2f}")

    def named(letter: str, spans: Sequence[Span]) -> list[Word]:
        names = [f"{letter}{number}w{index}" for index in range(len(spans))]
        return [Word(*each, tuple(partners[each[1]])) for each in zip(spans, names, strict=True)]

    return {"source": named("s", source), "target": named("t", target)}


def issue_marks(segment: Segment, number: int, side: Side) -> list[Mark]:
    """Where the issues of a segment show on one side of it."""
    return [
        Mark(visible(span, segment.side(side)), note_id(number, index), issue.severity)
        for index, issue in enumerate(segment.issues, start=1)
        for span in (issue.source_spans if side == "source" else issue.target_spans)
    ]


def visible(span: Span, within: Span) -> Span:
    """The span itself; for an empty one the character beside it, for nothing can be underlined."""
    wide = Span(span.start, span.start + 1) if span.start == span.end else span
    if wide.end > within.end:
        return Span(max(within.start, within.end - 1), within.end)
    return wide


def note_id(number: int, index: int) -> str:
    """The id of the note on the issue at `index`, counted from 1, of a segment."""
    return f"sentence-{number}-note-{index}"


def cut(
    text: str,
    sentence: Span,
    named: Sequence[Word],
    marks: Sequence[Mark],
    offset: int | None = None,
) -> Iterator[str]:
    """The sentence cut into words and what stands between them, nothing left out.

    With an `offset`, in code points, each word says where it stands, so much further on,
    and takes no focus until a script lets it: from a word that does, Chromium selects nothing.
    """
    end = sentence.start
    for word in named:
        yield _marked(text, Span(end, word.span.start), marks)
        attributes = _attributes(word, marks, offset)
        yield f"<span{attributes}>{_marked(text, word.span, marks)}</span>"
        end = word.span.end
    yield _marked(text, Span(end, sentence.end), marks)


def placed(span: Span, offset: int) -> str:
    """The attributes that say where an element stands, `offset` code points further on."""
    return f' data-start="{span.start + offset}" data-end="{span.end + offset}"'


def named_issue(issue: Issue) -> str:
    """What an issue is called, with its severity."""
    kind = issue.type.replace("_", " ").capitalize()
    return kind if issue.severity == "none" else f"{kind} ({issue.severity})"


def escaped(text: str) -> str:
    """Text as content of an element."""
    return SPECIAL.sub(lambda match: REFERENCES.get(match[0]) or _picture(match[0]), text)


def attribute(text: str) -> str:
    """Text for an attribute or a title, where no element can stand: pictures without a code."""
    return escape(UNCARRIED.sub("\ufffd", text)).replace("\r", "&#13;")


def _attributes(word: Word, marks: Sequence[Mark], offset: int | None) -> str:
    notes = " ".join(dict.fromkeys(mark.note for mark in marks if mark.span.overlaps(word.span)))
    kind = "w" if word.partners else "w alone"
    described = f' aria-describedby="{notes}"' if notes else ""
    own = ' tabindex="-1"' if offset is None else placed(word.span, offset)
    partners = " ".join(word.partners)
    return f' class="{kind}" id="{word.id}"{own} data-partners="{partners}"{described}'


def _marked(text: str, piece: Span, marks: Sequence[Mark]) -> str:
    """A piece of text, cut again wherever an issue's mark begins or ends inside it."""
    over = [mark for mark in marks if mark.span.overlaps(piece)]
    if not over:
        return escaped(piece.of(text))
    edges = {edge for mark in over for edge in mark.span if piece.start < edge < piece.end}
    cuts = sorted(edges | set(piece))
    html = ""
    for part in map(Span, cuts, cuts[1:]):
        severities = {mark.severity for mark in over if mark.span.overlaps(part)}
        inner = escaped(part.of(text))
        worst = max(severities, key=SEVERITIES.index, default=None)
        html += f'<mark class="{worst}">{inner}</mark>' if worst else inner
    return html


def _picture(character: str) -> str:
    shown = "\u2400" if character == "\0" else "\ufffd"
    return f'<span class="uncarried" data-code="{ord(character):x}">{shown}</span>'
