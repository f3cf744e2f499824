"""What the tests of the checks on whole sentences share."""

from __future__ import annotations

from hypothesis import strategies as st

from alignment.checks.check import Check, sentence_pair
from alignment.document import FRENCH_ENGLISH, Issue
from alignment.span import Span

# Every kind of character that offsets have ever tripped over, and words that the checks know.
PIECES = st.sampled_from(
    [
        *"aé’'\u00a0\u202f\u200b\u00ad\x00\ud800\ufffd🔥🇫🇷ﬁאש,.!?…«»“”()\r\n\t\ufeff€",
        "e\u0301",
        " la ",
        " ancien ministre",
        " au moins 12",
        " the former",
        " more than",
        " des éboueurs",
        " de la",
        " Ã©",
        " hausse",
        " fell",
        " the the",
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join)
# A line of 10 kB each.
LONG = [
    ("la " * 3_300, "the " * 2_500),
    ("ancien ministre, " * 600, "former minister, " * 600),
    ("x" * 10_000, "y" * 10_000),
    ("(" * 5_000 + '"' * 5_000, "“" * 5_000 + "‘" * 5_000),
    ("éà" * 5_000, "Ã©" * 5_000),
    ("a b c d e f g h i j " * 5_000, "j i h g f e d c b a " * 5_000),
]


def found(check: Check, source: str, target: str, score: float | None = None) -> list[Issue]:
    """What a check finds in a French sentence and its English translation, without links."""
    return list(check.find(sentence_pair(source, target, FRENCH_ENGLISH, score=score)))


def told(check: Check, source: str, target: str) -> list[tuple[str, str, list[str], list[str]]]:
    """The type, the severity and the words concerned on both sides of each issue."""
    return [
        (
            issue.type,
            issue.severity,
            [span.of(source) for span in issue.source_spans],
            [span.of(target) for span in issue.target_spans],
        )
        for issue in found(check, source, target)
    ]


def astray(check: Check, source: str, target: str) -> list[Span]:
    """The spans that do not lie inside their text, or are empty."""
    spans = []
    for issue in found(check, source, target, -2.0):
        for text, own in ((source, issue.source_spans), (target, issue.target_spans)):
            spans += [span for span in own if not 0 <= span.start < span.end <= len(text)]
    return spans
