"""What shows that a decode went wrong: it loops, echoes, says nothing or was stopped.

A translation is only ill by comparison with its source: a refrain, a list of
names or a line of dots may repeat itself, and a name may stay as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from alignment.document import Issue, Severity
from alignment.span import Span
from alignment.words import is_word, words
from service.engine.decoding import Hypothesis
from service.engine.pieces import Reading

# Periods of a loop that are looked for, in pieces.
PERIODS = range(1, 25)
# A period must come this often in a row to be a loop, by its length; longer ones three times.
TIMES = {1: 6, 2: 4}
NGRAM = 5
# An echo holds at least so many plain words, and at least this share of them.
ECHO_WORDS = 4
ECHO_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Symptom:
    """One thing that is wrong with a translation."""

    type: str
    explanation: str


EMPTY = Symptom("empty", "the model gave no translation; the original stands in its place")
REPETITION = Symptom("repetition", "the translation repeats itself where the original does not")
UNTRANSLATED = Symptom("untranslated", "the translation says the same words as the original")
TRUNCATED = Symptom("truncated", "the model was stopped before the translation was complete")


def symptoms(reading: Reading, hypothesis: Hypothesis, text: str) -> tuple[Symptom, ...]:
    """What is wrong with `hypothesis`, which reads `text`, as a translation of `reading`."""
    if not is_word(text):
        return (EMPTY,)
    found = []
    if _loops(reading.tokens, hypothesis.tokens):
        found.append(REPETITION)
    if _echoes(reading.text, text):
        found.append(UNTRANSLATED)
    if not hypothesis.finished:
        found.append(TRUNCATED)
    return tuple(found)


def issue(symptom: Symptom, source: Span, target: Span) -> Issue:
    """A symptom that stayed, for the reader of the whole of `source` and `target`."""
    severity: Severity = "critical" if symptom == EMPTY else "major"
    return Issue(symptom.type, severity, symptom.explanation, (source,), (target,))


def _loops(source: Sequence[str], target: Sequence[str]) -> bool:
    for period in PERIODS:
        times = _times_in_a_row(target, period)
        if times >= TIMES.get(period, 3) and times > _most_in_a_row(source, period):
            return True
    return _most_frequent(target) > 2 and _most_frequent(source) == 1


def _times_in_a_row(pieces: Sequence[Hashable], period: int) -> int:
    """How often some `period` pieces come one time after the other."""
    longest = run = 0
    for index in range(period, len(pieces)):
        run = run + 1 if pieces[index] == pieces[index - period] else 0
        longest = max(longest, run)
    return longest // period + 1


def _most_in_a_row(pieces: Sequence[Hashable], period: int) -> int:
    """The same for any period up to `period` and one: two languages cut a refrain otherwise."""
    return max(_times_in_a_row(pieces, other) for other in range(1, period + 2))


def _most_frequent(pieces: Sequence[str]) -> int:
    """How often the n-gram comes that comes most often; at least 1."""
    grams = Counter(tuple(pieces[at : at + NGRAM]) for at in range(len(pieces) - NGRAM + 1))
    return max(grams.values(), default=1)


def _echoes(source: str, target: str) -> bool:
    said = Counter(_plain_words(source))
    if said.total() < ECHO_WORDS:
        return False
    return (said & Counter(_plain_words(target))).total() >= ECHO_SHARE * said.total()


def _plain_words(text: str) -> list[str]:
    """The words that a translation would change: no names, no numbers, no elided articles."""
    found = [span.of(text) for span in words(text)]
    return [word for word in found if word.islower() and word.isalpha() and len(word) > 1]
