"""HTML side by side: the ladder, whose every word knows its partners.

`pieces` has cut the text, so no offset leaves for the browser. `ladder.js` and
`ladder.css` bring the ladder to life, in the served page and in the
self-contained file alike.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from operator import itemgetter
from typing import Literal

from alignment.document import AlignedDocument, Issue, Side
from alignment.formats.flags import flags
from alignment.formats.pieces import (
    SIDES,
    attribute,
    cut,
    escaped,
    issue_marks,
    named_issue,
    named_words,
    note_id,
)
from alignment.formats.provenance import TOOL, provenance
from alignment.project import coverage
from alignment.span import Span

Asset = Literal["ladder.css", "ladder.js"]

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
<title>{attribute(title)}</title>
<style>{style}</style>
</head>
<body>
<main class="sheet">
<h1>{escaped(title)}</h1>
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
        f'<b data-language="{attribute(code)}">{escaped(code)}</b>'
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
        made_by = f"{escaped(signature)}<br><code>sha256 {escaped(model.sha256)}</code>"
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
    texts = {side: document.text(side) for side in SIDES}
    for number, segment in enumerate(document.segments, start=1):
        named = named_words(texts, number, segment)
        cells = ""
        for side, side_gaps in zip(SIDES, gaps, strict=True):
            marks = issue_marks(segment, number, side)
            pieces = cut(texts[side], segment.side(side), named[side], marks)
            sentence = f'<span class="sentence">{"".join(pieces)}</span>'
            cells += _cell(document, side, side_gaps[number - 1], sentence)
        yield (
            f'<div class="rung" id="sentence-{number}" data-segment="{attribute(segment.id)}"'
            f' role="group" aria-label="Sentence {number}">'
            f"{cells}{_notes(number, segment.issues)}</div>\n"
        )
    rest = (_cell(document, side, each[-1], "") for side, each in zip(SIDES, gaps, strict=True))
    yield f'<div class="rung rest">{"".join(rest)}</div>'


def _cell(document: AlignedDocument, side: Side, gap: Span, sentence: str) -> str:
    language = document.languages.source if side == "source" else document.languages.target
    before = f'<span class="gap">{escaped(gap.of(document.text(side)))}</span>'
    return (
        f'<p class="side {side}" data-text="{side}" lang="{attribute(language)}" dir="auto">'
        f"{before if gap.start < gap.end else ''}{sentence}</p>"
    )


def _notes(number: int, issues: Sequence[Issue]) -> str:
    notes = "".join(
        f'<li id="{note_id(number, index)}" class="{issue.severity}">'
        f"<b>{escaped(named_issue(issue))}:</b> {escaped(issue.explanation)}</li>"
        for index, issue in enumerate(issues, start=1)
    )
    return f'<ul class="notes" lang="en">{notes}</ul>' if notes else ""


def _keys() -> str:
    rows = "".join(f"<div><dt>{keys}</dt><dd>{effect}</dd></div>" for keys, effect in KEYS)
    return f'<details class="keys"><summary>Keys</summary><dl>{rows}</dl></details>'


def _fingerprint(code: str) -> str:
    return f"sha256-{b64encode(sha256(code.encode()).digest()).decode()}"
