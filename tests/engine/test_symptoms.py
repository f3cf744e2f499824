import numpy as np
import pytest

from alignment.document import Issue
from alignment.span import Span
from service.engine.decoding import Hypothesis
from service.engine.pieces import Reading
from service.engine.symptoms import EMPTY, TRUNCATED, issue, symptoms


def found(source, target, finished=True):
    """The symptoms of `target`, both cut into pieces at their spaces."""
    tokens = tuple(source.split())
    reading = Reading(source, tokens, (Span(0, 0),) * len(tokens), (True,) * len(tokens))
    weights = np.zeros((0, 0), dtype=np.float32)
    hypothesis = Hypothesis(tuple(target.split()), weights, -1.0, finished)
    return [symptom.type for symptom in symptoms(reading, hypothesis, target)]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Le maire parle au conseil .", "The mayor of the mayor of the mayor of the"),
        ("Le maire parle .", "The very very very very very very tall mayor"),
        (
            "Le développement de la ville continue .",
            "a growth of the city is , a growth of the city or : a growth of the city goes",
        ),
    ],
    ids=["a phrase", "a word", "an n-gram that comes back"],
)
def test_a_loop_is_a_repetition(source, target):
    assert found(source, target) == ["repetition"]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("bla bla bla bla bla bla bla", "bla bla bla bla bla bla bla"),
        ("Oui oui oui oui oui oui oui !", "Yes yes yes yes yes yes yes !"),
        (". . . . . . . . page 3", ". . . . . . . . page 3"),
        ("Il dit que non .", "He says that he does not think that he does ."),
    ],
)
def test_what_the_original_repeats_may_be_repeated(source, target):
    assert "repetition" not in found(source, target)


def test_the_same_words_are_no_translation():
    source = "La ministre refuse toujours de répondre"
    assert found(source, source) == ["untranslated"]


@pytest.mark.parametrize(
    "source",
    ["Jean Dupont , Marie Curie", "Paris 12 14 16", "transition impossible", "Radio France"],
)
def test_names_and_numbers_may_stay_as_they_are(source):
    assert found(source, source) == []


def test_no_words_are_no_translation():
    assert found("Bonjour", " ... ") == ["empty"]


def test_what_was_stopped_is_truncated():
    assert found("Il dort", "He sleeps", finished=False) == ["truncated"]


def test_a_good_translation_has_no_symptoms():
    assert found("Il dort", "He sleeps") == []


@pytest.mark.parametrize(("symptom", "severity"), [(EMPTY, "critical"), (TRUNCATED, "major")])
def test_a_symptom_that_stays_is_an_issue_of_the_whole_sentence(symptom, severity):
    assert issue(symptom, Span(0, 4), Span(0, 5)) == Issue(
        symptom.type, severity, symptom.explanation, (Span(0, 4),), (Span(0, 5),)
    )
