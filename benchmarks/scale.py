"""What a million and a thousand million articles would take, reckoned from what was measured.

Every figure is a product that a reader can follow and redo with prices and
machines of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.page import table

MILLION = 1_000_000
AMOUNTS = {"1 M": MILLION, "1 G": 1000 * MILLION}
# Assumed: a newspaper article of about 500 words, in code points.
ARTICLE = 3000
# Assumed prices in US dollars, of rented machines; put in your own.
CORE_HOUR = 0.04
GPU_HOUR = 1.0
# Assumed machines: cores that do nothing else, and how many machines there are.
CORES = 16
FLEETS = (1, 10, 100)
# Target pieces a second, with their sources.
OPUS_CORE = 281
OPUS_CORE_SOURCE = (
    "[performance](performance.md), the shape of opus-mt-fr-en, the network and its attention alone"
)
OPUS_GPU = 9_297
OPUS_GPU_SOURCE = (
    "published in the README of CTranslate2: OPUS-MT en-de, float16, one NVIDIA A10G;"
    " not measured here"
)
SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Speed:
    """The built-in model in jobs, a core-second, and the bytes kept for each character."""

    characters: float
    pieces: float
    stored: float


@dataclass(frozen=True, slots=True)
class Machine:
    """What translates: characters a second, and what an hour of it costs."""

    name: str
    characters: float
    price: float
    units: int
    source: str


def costs(speed: Speed) -> str:
    """The arithmetic and the table of times and costs."""
    return "\n\n".join(
        [
            _assumptions(speed),
            table(
                ["", "articles", *_columns()],
                [row for machine in machines(speed) for row in _rows(machine)],
            ),
            _worked(speed),
            _storage(speed),
        ]
    )


def machines(speed: Speed) -> tuple[Machine, ...]:
    """What is compared. A piece is as many characters as in the measured job."""
    piece = speed.characters / speed.pieces
    return (
        Machine("built-in model, a core", speed.characters, CORE_HOUR, CORES, "measured above"),
        Machine("opus-mt, a core", OPUS_CORE * piece, CORE_HOUR, CORES, OPUS_CORE_SOURCE),
        Machine("opus-mt, a GPU", OPUS_GPU * piece, GPU_HOUR, 1, OPUS_GPU_SOURCE),
    )


def _assumptions(speed: Speed) -> str:
    lines = [
        f"- An article is {ARTICLE:,} characters; a piece of the model is"
        f" {speed.characters / speed.pieces:.1f} of them, as in the job above; those of another"
        " model are about as long.",
        f"- Assumed prices: {CORE_HOUR} USD for an hour of a core, {GPU_HOUR} USD for one of a GPU;"
        f" a machine has {CORES} cores or one GPU. Put in your own.",
        *(
            f"- {machine.name}: {machine.characters:,.0f} characters a second ({machine.source})."
            for machine in machines(speed)
        ),
    ]
    return "\n".join(lines)


def _columns() -> list[str]:
    return ["hours of one", "USD", *(f"machines: {fleet}" for fleet in FLEETS)]


def _rows(machine: Machine) -> Iterator[list[str]]:
    for name, amount in AMOUNTS.items():
        hours = amount * ARTICLE / machine.characters / SECONDS
        fleets = [duration(hours / (machine.units * fleet)) for fleet in FLEETS]
        yield [machine.name, name, f"{hours:,.0f}", f"{hours * machine.price:,.0f}", *fleets]


def duration(hours: float) -> str:
    """Hours as people say them."""
    for size, unit in ((24 * 365, "years"), (24, "days"), (1, "hours")):
        if hours >= 2 * size:
            return f"{hours / size:,.1f} {unit}"
    return f"{60 * hours:,.0f} minutes"


def _worked(speed: Speed) -> str:
    seconds = MILLION * ARTICLE / speed.characters
    return (
        f"The first row, worked out: {MILLION:,} × {ARTICLE:,} characters ÷"
        f" {speed.characters:,.0f} a second = {seconds:,.0f} core-seconds ="
        f" {seconds / SECONDS:,.0f} core-hours; × {CORE_HOUR} USD ="
        f" {seconds / SECONDS * CORE_HOUR:,.2f} USD; ÷ {CORES} cores ="
        f" {duration(seconds / SECONDS / CORES)} on one machine."
    )


def _storage(speed: Speed) -> str:
    sizes = [
        f"{name} articles: {amount * ARTICLE * speed.stored / 1e9:,.0f} GB"
        for name, amount in AMOUNTS.items()
    ]
    return (
        f"What is kept of an article (both texts, spans, links, issues, the words to search by)"
        f" took {speed.stored:.1f} bytes for each character of it in the job above: "
        f"{'; '.join(sizes)}."
    )
