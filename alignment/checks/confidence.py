"""Sentences that the model was unsure of."""

from __future__ import annotations

from collections.abc import Iterator

from alignment.checks.check import Check, SentencePair
from alignment.document import Issue, Languages
from alignment.span import Span

# The mean log-probability a piece that 5 % of the 3,000 sentences of newstest2013 stay below,
# as the built-in model translates them at quality "best" (1 %: -1.06, half: -0.63). Scores are
# the model's own: another model wants another threshold. To measure it,
#   visavis translate --lines --format jsonl newstest2013.fr | jq .score | sort -g | head -150
LOW = -0.92


def find(pair: SentencePair) -> Iterator[Issue]:
    """The whole translation, where its score is low."""
    if not pair.source_words or not pair.target_words:
        return
    if pair.score is not None and pair.score < LOW:
        yield Issue(
            "low_confidence",
            "minor",
            f"the model was unsure of this sentence: {pair.score:.2f} a piece, where {LOW:.2f} "
            "and more is usual",
            (Span(0, len(pair.source)),),
            (Span(0, len(pair.target)),),
        )


def knows(languages: Languages) -> bool:
    """It asks the model alone."""
    return True


CHECK = Check(
    name="confidence",
    types=("low_confidence",),
    covers="a translation to which the model itself gave a low probability",
    knows=knows,
    find=find,
)
