"""HTML side by side: the ladder, whose every word knows its partners.

The text is cut into pieces here, never in the browser: JavaScript counts
UTF-16, so no offset may leave for it. `ladder.js` and `ladder.css` bring the
ladder to life, in the served page and in the self-contained file alike.

What HTML cannot carry (NUL, half a surrogate pair) is shown as a picture, in
an element whose `data-code` keeps the code point, in hexadecimal.
"""

from __future__ import annotations

import re
from base64 import b64encode
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from importlib.resources import files
from itertools import groupby, product
from operator import itemgetter
from typing import Literal

from alignment.document import SEVERITIES, AlignedDocument, Issue, Segment, Severity, Side
from alignment.formats.flags import UNCARRIED, flags
from alignment.formats.provenance import TOOL, provenance
from alignment.project import coverage
from alignment.span import Span
from alignment.words import words

SIDES: tuple[Side, Side] = ("source", "target")
Asset = Literal["ladder.css", "ladder.js"]

# A parser makes a bare carriage return a line feed; it leaves a reference to one alone.
REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
SPECIAL = re.compile("[&<>\r\0\ud800-\udfff]")

LIMITS = (
    "This is a machine’s translation. It can be fluent and wrong: names, numbers, negations and "
    "who said what need checking against the original before anything is quoted. "
    "A link shows which words the model looked at; it is a way back to the original, not a proof."
)
LIMITS_OF_LINKS = "A link is a way back to the original; what it says of two words is no proof."
KEYS = (
    ("← →", "word by word"),
    ("↑ ↓ or k j", "sentence by sentence"),
    ("Home End", "first or last word of the sentence"),
    ("Enter", "over to the counterpart"),
    ("n p", "next or previous flag"),
    ("Esc", "clear"),
    ("?", "show or hide this"),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """The characters of one side that an issue speaks of, and the id of its note."""

    span: Span
    note: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Word:
    """A word as an element: its partners are `id:score`, strongest first; none: no counterpart."""

    span: Span
    id: str
    partners: tuple[str, ...]


def page(document: AlignedDocument, title: str) -> str:
    """A complete HTML file that needs nothing beside it, to be written as UTF-8."""
    style, script = asset("ladder.css"), asset("ladder.js")
    policy = (
        f"default-src 'none'; style-src '{_fingerprint(style)}'; "
        f"script-src '{_fingerprint(script)}'; base-uri 'none'; form-action 'none'"
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_attribute(title)}</title>
<style>{style}</style>
</head>
<body>
<main class="sheet">
<h1>{_escaped(title)}</h1>
{flags(document)}
{ladder(document)}
{facts(document)}
</main>
<script type="module">{script}</script>
</body>
</html>
"""


def ladder(document: AlignedDocument) -> str:
    """Both texts side by side, a rung for each sentence: an HTML fragment, one to a page.

    The text of all elements with `data-text="source"` (or "target"), in order,
    is the whole text of that side, white space and gaps included.
    """
    rungs = list(_rungs(document))
    numbered = zip((segment.paragraph for segment in document.segments), rungs[:-1], strict=True)
    grouped = (
        f'<div class="paragraph">{"".join(rung for _, rung in group)}</div>'
        for _, group in groupby(numbered, key=itemgetter(0))
    )
    heads = "".join(
        f'<b data-language="{_attribute(code)}">{_escaped(code)}</b>'
        for code in (document.languages.source, document.languages.target)
    )
    return f"""<section class="ladder" aria-label="Both texts, sentence by sentence">
<div class="heads">{heads}</div>
{"".join(grouped)}{rungs[-1]}
<div class="bar"><p class="reading" role="status"></p>{_keys()}</div>
</section>"""


def facts(document: AlignedDocument) -> str:
    """Where it comes from, the sha256 of both texts, and what it can't do: an HTML fragment."""
    origin = provenance(document)
    model = document.model
    made_by, limits = "people, not a model", LIMITS_OF_LINKS
    if model:
        limits = LIMITS
        signature = f"{model.name} · {model.revision} · {model.engine} · {model.decoding}"
        made_by = f"{_escaped(signature)}<br><code>sha256 {_escaped(model.sha256)}</code>"
    return f"""<section class="facts" aria-label="About this translation">
<dl>
<div><dt>Translated by</dt><dd>{made_by}</dd></div>
<div><dt>Words with a counterpart</dt><dd>{coverage(document, "source"):.0%} of the original, \
{coverage(document, "target"):.0%} of the translation</dd></div>
<div><dt>Original</dt><dd>{_counted(len(document.source), "character")}, \
{_counted(len(document.segments), "sentence")}\
<br><code>sha256 {origin.source_sha256}</code></dd></div>
<div><dt>Translation</dt><dd>{_counted(len(document.target), "character")}\
<br><code>sha256 {origin.target_sha256}</code></dd></div>
<div><dt>Written by</dt><dd>{TOOL} {origin.tool_version}, format {origin.format_version}</dd></div>
<div><dt>Limits</dt><dd>{limits}</dd></div>
</dl>
</section>"""


def asset(name: Asset) -> str:
    """The script or the style sheet that brings a ladder to life."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _rungs(document: AlignedDocument) -> Iterator[str]:
    """A rung for each sentence, with the gap before it, and one for what follows the last."""
    gaps = [document.gaps(side) for side in SIDES]
    for number, segment in enumerate(document.segments, start=1):
        named = _named(document, number, segment)
        cells = ""
        for side, side_gaps in zip(SIDES, gaps, strict=True):
            marks = _marks(segment, number, side)
            pieces = _pieces(document.text(side), segment.side(side), named[side], marks)
            sentence = f'<span class="sentence">{"".join(pieces)}</span>'
            cells += _cell(document, side, side_gaps[number - 1], sentence)
        yield (
            f'<div class="rung" id="sentence-{number}" data-segment="{_attribute(segment.id)}"'
            f' role="group" aria-label="Sentence {number}">'
            f"{cells}{_notes(number, segment.issues)}</div>\n"
        )
    rest = (_cell(document, side, each[-1], "") for side, each in zip(SIDES, gaps, strict=True))
    yield f'<div class="rung rest">{"".join(rest)}</div>'


def _cell(document: AlignedDocument, side: Side, gap: Span, sentence: str) -> str:
    language = document.languages.source if side == "source" else document.languages.target
    before = f'<span class="gap">{_escaped(gap.of(document.text(side)))}</span>'
    return (
        f'<p class="side {side}" data-text="{side}" lang="{_attribute(language)}" dir="auto">'
        f"{before if gap.start < gap.end else ''}{sentence}</p>"
    )


def _named(document: AlignedDocument, number: int, segment: Segment) -> dict[Side, list[Word]]:
    """The words of both sides of a sentence, each with its partners."""
    source, target = (list(words(document.text(side), segment.side(side))) for side in SIDES)
    scores: dict[tuple[int, int], float] = {}
    for link in segment.links:
        for pair in product(_touched(source, link.source), _touched(target, link.target)):
            scores[pair] = max(link.score, scores.get(pair, 0))
    partners: dict[str, list[str]] = defaultdict(list)
    for (s, t), score in sorted(scores.items(), key=lambda each: -each[1]):
        partners[f"s{number}w{s}"].append(f"t{number}w{t}:{score:.2f}")
        partners[f"t{number}w{t}"].append(f"s{number}w{s}:{score:.2f}")

    def named(letter: str, spans: Sequence[Span]) -> list[Word]:
        names = [f"{letter}{number}w{index}" for index in range(len(spans))]
        return [Word(*each, tuple(partners[each[1]])) for each in zip(spans, names, strict=True)]

    return {"source": named("s", source), "target": named("t", target)}


def _touched(spans: Sequence[Span], span: Span) -> range:
    """Which of the `spans`, in order and apart from each other, share a character with `span`."""
    if span.start == span.end:
        return range(0)
    first = bisect_right(spans, span.start, key=lambda each: each.end)
    return range(first, bisect_left(spans, span.end, key=lambda each: each.start))


def _marks(segment: Segment, number: int, side: Side) -> list[Mark]:
    within = segment.side(side)
    marks = []
    for index, issue in enumerate(segment.issues, start=1):
        for span in issue.source_spans if side == "source" else issue.target_spans:
            # Nothing can be underlined between two characters: the one beside it is.
            wide = Span(span.start, span.start + 1) if span.start == span.end else span
            if wide.end > within.end:
                wide = Span(max(within.start, within.end - 1), within.end)
            marks.append(Mark(wide, f"sentence-{number}-note-{index}", issue.severity))
    return marks


def _pieces(
    text: str, sentence: Span, named: Sequence[Word], marks: Sequence[Mark]
) -> Iterator[str]:
    """The sentence cut into words and what stands between them, nothing left out."""
    end = sentence.start
    for word in named:
        yield _marked(text, Span(end, word.span.start), marks)
        yield f"<span{_attributes(word, marks)}>{_marked(text, word.span, marks)}</span>"
        end = word.span.end
    yield _marked(text, Span(end, sentence.end), marks)


def _attributes(word: Word, marks: Sequence[Mark]) -> str:
    notes = " ".join(dict.fromkeys(mark.note for mark in marks if mark.span.overlaps(word.span)))
    kind = "w" if word.partners else "w alone"
    described = f' aria-describedby="{notes}"' if notes else ""
    partners = " ".join(word.partners)
    return f' class="{kind}" id="{word.id}" tabindex="-1" data-partners="{partners}"{described}'


def _marked(text: str, piece: Span, marks: Sequence[Mark]) -> str:
    """A piece of text, cut again wherever an issue's mark begins or ends inside it."""
    over = [mark for mark in marks if mark.span.overlaps(piece)]
    if not over:
        return _escaped(piece.of(text))
    edges = {edge for mark in over for edge in mark.span if piece.start < edge < piece.end}
    cuts = sorted(edges | set(piece))
    html = ""
    for part in map(Span, cuts, cuts[1:]):
        severities = {mark.severity for mark in over if mark.span.overlaps(part)}
        inner = _escaped(part.of(text))
        worst = max(severities, key=SEVERITIES.index, default=None)
        html += f'<mark class="{worst}">{inner}</mark>' if worst else inner
    return html


def _notes(number: int, issues: Sequence[Issue]) -> str:
    notes = "".join(
        f'<li id="sentence-{number}-note-{index}" class="{issue.severity}">'
        f"<b>{_escaped(_named_issue(issue))}:</b> {_escaped(issue.explanation)}</li>"
        for index, issue in enumerate(issues, start=1)
    )
    return f'<ul class="notes" lang="en">{notes}</ul>' if notes else ""


def _named_issue(issue: Issue) -> str:
    kind = issue.type.replace("_", " ").capitalize()
    return kind if issue.severity == "none" else f"{kind} ({issue.severity})"


def _keys() -> str:
    rows = "".join(f"<div><dt>{keys}</dt><dd>{effect}</dd></div>" for keys, effect in KEYS)
    return f'<details class="keys"><summary>Keys</summary><dl>{rows}</dl></details>'


def _escaped(text: str) -> str:
    return SPECIAL.sub(lambda match: REFERENCES.get(match[0]) or _picture(match[0]), text)


def _picture(character: str) -> str:
    shown = "\u2400" if character == "\0" else "\ufffd"
    return f'<span class="uncarried" data-code="{ord(character):x}">{shown}</span>'


def _attribute(text: str) -> str:
    """Text for an attribute or a title, where no element can stand: pictures without a code."""
    return escape(UNCARRIED.sub("\ufffd", text)).replace("\r", "&#13;")


def _fingerprint(code: str) -> str:
    return f"sha256-{b64encode(sha256(code.encode()).digest()).decode()}"
