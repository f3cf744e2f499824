"""What shows that a decode went wrong: it loops, echoes, says nothing or was stopped.

A translation is only ill by comparison with its source: a refrain, a list of
names or a line of dots may repeat itself, and a name may stay as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from alignment.checks.loops import loops
from alignment.checks.untranslated import echoes
from alignment.document import Issue, Severity
from alignment.span import Span
from alignment.words import is_word
from service.engine.decoding import Hypothesis
from service.engine.pieces import Reading


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
    if loops(reading.tokens, hypothesis.tokens):
        found.append(REPETITION)
    if echoes(reading.text, text):
        found.append(UNTRANSLATED)
    if not hypothesis.finished:
        found.append(TRUNCATED)
    return tuple(found)


def issue(symptom: Symptom, source: Span, target: Span) -> Issue:
    """A symptom that stayed, for the reader of the whole of `source` and `target`."""
    severity: Severity = "critical" if symptom == EMPTY else "major"
    return Issue(symptom.type, severity, symptom.explanation, (source,), (target,))
