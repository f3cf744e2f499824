"""The bench: both texts side by side, on which a reviewer works all day.

The page comes with the whole text, and with words for its beginning; the words
of what is further down are fetched, some rungs at a time, as a reader comes near.
Whatever is changed goes to `/v1`, and the rung is fetched again.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, abort, render_template, request

from alignment.document import Side
from alignment.errors import SpanOutOfRange
from alignment.formats.html import LIMITS, LIMITS_OF_LINKS
from service.config import Settings
from service.documents.exports import EXPORTS
from service.engine import Engines
from service.review.rungs import Rung, open_flags, read_rungs, rest, rungs, severity
from service.review.selection import Place, read_selection
from service.review.strip import strip
from service.store.database import Store
from service.store.heading import read_heading
from service.store.marked import marked_claims
from service.store.reviews.reading import read_segments
from service.store.reviews.records import STATES, ReviewedSegment, Tile
from service.store.texts import read_texts

# Rungs that are laid out and given their words together: a browser has to watch each stretch.
STRETCH = 20
# How many rungs come with their words: enough for the first screens of a page.
FIRST = 3 * STRETCH
# How many may be asked for at a time.
AT_ONCE = 100
# More segments than any article has.
ALL = 1_000_000


def add_bench_pages(
    blueprint: Blueprint, settings: Settings, engines: Engines, store: Store
) -> None:
    """The bench of a document, and the fragments that it fetches."""

    @blueprint.get("/documents/<document_id>")
    def document(document_id: str) -> str:
        return bench_page(store, document_id)

    @blueprint.get("/documents/<document_id>/rungs")
    def more_rungs(document_id: str) -> str:
        first = max(1, request.args.get("from", 1, type=int))
        last = min(request.args.get("to", first, type=int), first + AT_ONCE - 1)
        found = read_rungs(store, document_id, first, max(first, last))
        return render_template("review/bench/rungs.html", rungs=found, document_id=document_id)

    @blueprint.get("/documents/<document_id>/selection")
    def selection(document_id: str) -> str:
        side: Side = "source" if request.args.get("side") == "source" else "target"
        try:
            found = read_selection(store, document_id, side, _place("from"), _place("to"))
        except SpanOutOfRange:
            abort(409, "the text has changed meanwhile")
        return render_template("review/bench/selection.html", selection=found)


def bench_page(store: Store, document_id: str) -> str:
    """The whole page of a document. Raises NoSuchDocument."""
    heading = read_heading(store, document_id)
    texts = read_texts(store, document_id)
    segments = read_segments(store, document_id, 1, ALL)
    states = [each.state for each in segments]
    return render_template(
        "review/document.html",
        heading=heading,
        stretches=_stretches(tuple(rungs(texts, segments, full=FIRST))),
        rest=rest(texts, segments),
        strip=strip(tiles(segments)),
        counts={state: states.count(state) for state in STATES},
        flagged=[(each.number, severity(each)) for each in segments if severity(each) != "none"],
        claims=marked_claims(store, document_id),
        exports=EXPORTS,
        limits=LIMITS if heading.model else LIMITS_OF_LINKS,
        document_id=document_id,
    )


def tiles(segments: Sequence[ReviewedSegment]) -> list[Tile]:
    """What the small picture shows of each segment."""
    return [
        Tile(each.state, severity(each), len(open_flags(each)), len(each.source))
        for each in segments
    ]


def _stretches(found: Sequence[Rung]) -> list[Sequence[Rung]]:
    return [found[at : at + STRETCH] for at in range(0, len(found), STRETCH)]


def _place(name: str) -> Place:
    """A place as a bench writes it: `3:12`, twelve code points into the third segment."""
    number, _, offset = request.args.get(name, "").partition(":")
    if not (number.isdecimal() and offset.isdecimal() and len(number + offset) < 19):
        abort(422, f"{name}: give the number of a segment and an offset, like 3:12")
    return Place(int(number), int(offset))
