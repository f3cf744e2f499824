import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.checks.check import SentencePair, sentence_pair
from alignment.checks.questions import CHECK
from alignment.document import FRENCH_ENGLISH, Languages
from alignment.words import words

WRITTEN = st.text(st.sampled_from('aé ?!？؟⁈.()[]«»"\0\ud800😀\u202f\xa0\r\n'), max_size=40)


def found(source, target):
    pair = sentence_pair(source, target, FRENCH_ENGLISH)
    return [
        (
            issue.type,
            issue.severity,
            [span.of(source) for span in issue.source_spans],
            [span.of(target) for span in issue.target_spans],
        )
        for issue in CHECK.find(pair)
    ]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Qui a gagné\u202f?", "Who won?"),
        ("«\xa0Qui a gagné\xa0?\xa0»", "“Who won?”"),
        ("Elle demande qui a gagné.", "She is asking who won."),
        ("Voir https://exemple.fr/?page=2 pour la suite.", "See the next page."),
        ("Il avait douze ans (?) en 1914.", "He was twelve in 1914."),
        ("Quoi\u202f?!", "What?"),
        ("Gagné\u202f!", "Won!"),
        ("Vraiment ?", ""),
        ("", "Really?"),
    ],
)
def test_a_question_that_stays_one_is_no_issue(source, target):
    assert found(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "issue"),
    [
        (
            "Le maire démissionnera-t-il\u202f?",
            "The mayor will resign.",
            ("question_lost", "major", ["?"], ["."]),
        ),
        (
            "Pourquoi\xa0? Personne ne le dit.",
            "Nobody says why.",
            ("question_lost", "minor", ["?"], ["."]),
        ),
        (
            "Pourquoi ? Pour qui ?",
            "Why and for whom?",
            ("question_lost", "minor", ["?", "?"], ["?"]),
        ),
        (
            "Pourriez-vous fermer la porte ?",
            "Please close the door.",
            ("question_lost", "minor", ["?"], ["."]),
        ),
        (
            "Le maire démissionnera.",
            "Will the mayor resign?",
            ("question_added", "major", ["."], ["?"]),
        ),
        (
            "Voici pourquoi les prix montent.",
            "Why are prices rising?",
            ("question_added", "minor", ["."], ["?"]),
        ),
        ("Quelle victoire\u202f!", "A victory.", ("exclamation_lost", "minor", ["!"], [])),
    ],
)
def test_a_question_that_became_none_or_the_reverse_is_found(source, target, issue):
    assert found(source, target) == [issue]


def test_offsets_count_code_points_after_an_emoji():
    (issue,) = CHECK.find(sentence_pair("😀 Vrai\u202f?", "True.", FRENCH_ENGLISH))
    assert [tuple(span) for span in issue.source_spans] == [(7, 8)]


def test_a_pair_without_a_table_is_not_checked():
    assert CHECK.knows(FRENCH_ENGLISH)
    assert not CHECK.knows(Languages("fr", "ja"))


@given(WRITTEN | st.text(max_size=40), WRITTEN | st.text(max_size=40))
def test_any_text_is_read_and_every_span_is_inside(source, target):
    pair = SentencePair(
        source, target, tuple(words(source)), tuple(words(target)), (), FRENCH_ENGLISH
    )
    for issue in CHECK.find(pair):
        assert issue.type in CHECK.types
        assert all(0 <= one.start < one.end <= len(source) for one in issue.source_spans)
        assert all(0 <= one.start < one.end <= len(target) for one in issue.target_spans)
