"""The small picture of a whole document: a bar for each segment, its state and its flags.

A bar is as wide as its segment is long. Its height tells the state, and a tick
above it that there is something to look at, so that no meaning is colour's alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from service.store.reviews.records import State, Tile

# In the units of the picture; it is stretched to the width that there is.
WIDTH = 1000.0
HEIGHT = 30
# How high a bar is, and how far a tick reaches down from the top.
BARS: dict[State, int] = {"draft": 6, "reviewed": 12, "signed_off": 18}
TICKS = {"minor": 4, "major": 7, "critical": 10}


def strip(tiles: Sequence[Tile]) -> Markup:
    """The picture as SVG, to be styled by the page and named by what is around it."""
    lengths = [max(1, tile.characters) for tile in tiles]
    scale = WIDTH / sum(lengths) if lengths else 0.0
    parts = []
    at = 0.0
    for number, (tile, length) in enumerate(zip(tiles, lengths, strict=True), start=1):
        width = length * scale
        parts.append(_bar(number, tile, at, width))
        at += width
    return Markup(
        f'<svg viewBox="0 0 {WIDTH:g} {HEIGHT}" preserveAspectRatio="none" aria-hidden="true"'
        f' focusable="false">{"".join(parts)}</svg>'
    )


def _bar(number: int, tile: Tile, at: float, width: float) -> str:
    high = BARS[tile.state]
    bar = (
        f'<rect class="{tile.state}" data-number="{number}" x="{at:.2f}" y="{HEIGHT - high}"'
        f' width="{width:.2f}" height="{high}"/>'
    )
    if tile.severity == "none":
        return bar
    # A line keeps its width however far the picture is stretched or squeezed.
    middle = at + width / 2
    return (
        f'{bar}<path class="{tile.severity}" data-flag="{number}"'
        f' d="M{middle:.2f} 0v{TICKS[tile.severity]}"/>'
    )
