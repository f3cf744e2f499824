"""Engines that show on a page what an ordinary translation may or may not hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Event

from alignment.document import Issue
from alignment.words import words
from service.engine import Choice, Quality, Translation, likeliest
from tests.fakes import WordByWord, shout

SILENT = "NE"
DOUBTFUL = "HIER"
NOTE = "the day is not sure"


class Unsure(WordByWord):
    """Leaves the word "ne" without a counterpart, half believes in "lac", and doubts "hier"."""

    def translate(
        self,
        sentences: Sequence[str],
        quality: Quality = "best",
        on_progress: Callable[[int], None] | None = None,
        choice: Choice = likeliest,
    ) -> list[Translation]:
        return [doubt(shout(sentence)) for sentence in sentences]


def doubt(translation: Translation) -> Translation:
    spans = tuple(words(translation.text))
    weight = {SILENT: 0.0, "LAC": 0.6}
    attention = [
        [weight.get(span.of(translation.text), 1.0) * share for share in row]
        for span, row in zip(spans, translation.attention, strict=True)
    ]
    doubtful = tuple(span for span in spans if span.of(translation.text) == DOUBTFUL)
    issue = Issue("date_doubtful", "major", NOTE, doubtful, doubtful)
    # Without a score, no model was asked, and the lexicon has no say in the links either.
    issues = (issue,) if doubtful else ()
    return replace(translation, attention=attention, score=None, issues=issues)


class Waiting(WordByWord):
    """Translates only once it is let go."""

    def __init__(self) -> None:
        self.let_go = Event()

    def translate(
        self,
        sentences: Sequence[str],
        quality: Quality = "best",
        on_progress: Callable[[int], None] | None = None,
        choice: Choice = likeliest,
    ) -> list[Translation]:
        self.let_go.wait()
        return super().translate(sentences, quality, on_progress, choice)
