import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.checks.check import SentencePair, sentence_pair
from alignment.checks.quotation import CHECK
from alignment.checks.quotes import quotes
from alignment.document import FRENCH_ENGLISH, Languages
from alignment.words import words

WRITTEN = st.text(
    st.sampled_from("ab é«»“”„\"'‘’<>`,.—-\0\ud800😀\u202f\xa0\r\n\u0301"), max_size=40
)


def found(source, target):
    pair = sentence_pair(source, target, FRENCH_ENGLISH)
    return [(issue.type, issue.severity) for issue in CHECK.find(pair)]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Il dit «\xa0oui\xa0» puis “non”.", ["\xa0oui\xa0", "non"]),
        ('Il dit "oui" puis " non ".', ["oui", " non "]),
        (
            "« L’ordre “venait d’en haut” », dit-il.",
            [" L’ordre “venait d’en haut” ", "venait d’en haut"],
        ),
        ("The 'new' plan isn't his boys' idea.", ["new"]),
        ("‘It’s over,’ she said.", ["It’s over,"]),
        ("„Ja“, sagte er.", ["Ja"]),
        ("<< Oui >>, dit-elle.", [" Oui "]),
        ("``Yes'', he said.", ["Yes"]),
        ("L’été, c’est l’heure d’aujourd’hui.", []),
        ("« Une phrase. Une autre.", [" Une phrase. Une autre."]),
        ("Une fin. », dit-il.", ["Une fin. "]),
        ("😀 «\u202foui\u202f»", ["\u202foui\u202f"]),
    ],
)
def test_quoted_stretches_are_found_in_all_marks(text, inside):
    assert [quote.inside.of(text) for quote in quotes(text, "fr")] == inside


@pytest.mark.parametrize(
    ("text", "whole"),
    [("« Une phrase.", False), ("Une fin. »", False), ("« Les deux »", True)],
)
def test_a_stretch_with_one_mark_is_not_whole(text, whole):
    assert [quote.whole for quote in quotes(text, "fr")] == [whole]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("«\xa0Nous partons\xa0», a dit le maire.", "“We are leaving,” the mayor said."),
        ("Le maire l’a dit : « Nous partons. »", "'We are leaving,' the mayor said."),
        ("« Nous partons. Demain.", "We are leaving. Tomorrow."),
        ("« Nous partons. Demain.", "“We are leaving. Tomorrow.”"),
        ("Demain, nous partons. »", "Tomorrow we leave.”"),
        ("— Nous partons demain matin.", "“We are leaving tomorrow morning.”"),
        ("« Oui », dit le maire, « nous partons. »", "“Yes, we are leaving,” says the mayor."),
        ("L’été n’est pas l’hiver.", "It's the boys' summer."),
        ("« Oui »", ""),
        ("", "“Yes”"),
    ],
)
def test_a_quotation_that_stays_one_is_no_issue(source, target):
    assert found(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "issues"),
    [
        (
            "Le maire veut « fermer toutes les écoles du vieux centre ».",
            "The mayor wants to close every school in the old centre.",
            [("quotation_lost", "major")],
        ),
        (
            "« Nous allons fermer toutes les écoles du centre », a dit le maire.",
            "We are going to close every school in the centre, the mayor said.",
            [("quotation_lost", "minor")],
        ),
        ("La « victime » s’est tue.", "The victim said nothing.", [("quotation_lost", "minor")]),
        (
            "La victime s’est confiée.",
            "The “victim” confided in someone.",
            [("quotation_added", "minor")],
        ),
        (
            "Le maire veut fermer toutes les écoles du centre.",
            "The mayor wants to “close every single school” in the centre.",
            [("quotation_added", "major")],
        ),
        (
            "« Nous partons », dit le maire, mais le « traître » reste.",
            "“We are leaving,” says the mayor, but the traitor stays.",
            [("quotation_lost", "minor")],
        ),
    ],
)
def test_quotes_that_are_dropped_or_put_in_are_found(source, target, issues):
    assert found(source, target) == issues


def test_a_word_that_crossed_a_mark_is_found_on_both_sides():
    source = "Le maire juge le projet « dangereux » et coûteux."
    target = "The mayor calls the project “dangerous and costly”."
    (issue,) = CHECK.find(sentence_pair(source, target, FRENCH_ENGLISH))
    assert (issue.type, issue.severity) == ("quotation_added", "minor")
    assert [span.of(source) for span in issue.source_spans] == ["coûteux"]
    assert [span.of(target) for span in issue.target_spans] == ["costly"]


def test_the_spans_are_the_marks_and_the_explanation_names_the_words():
    source = "😀 La «\u202fvictime\u202f» s’est tue."
    (issue,) = CHECK.find(sentence_pair(source, "The victim was silent.", FRENCH_ENGLISH))
    assert [tuple(span) for span in issue.source_spans] == [(5, 6), (15, 16)]
    assert issue.explanation == ("“victime” is quoted in the original, and not in the translation")


def test_a_pair_without_a_table_is_not_checked():
    assert CHECK.knows(FRENCH_ENGLISH)
    assert not CHECK.knows(Languages("ja", "en"))


@given(WRITTEN | st.text(max_size=40))
def test_a_quotation_is_inside_the_text_and_within_its_marks(text):
    for quote in quotes(text, "en"):
        assert quote.span.contains(quote.inside)
        assert 0 <= quote.span.start < quote.span.end <= len(text)


@given(WRITTEN | st.text(max_size=40), WRITTEN | st.text(max_size=40))
def test_any_text_is_read_and_every_span_is_inside(source, target):
    pair = SentencePair(
        source, target, tuple(words(source)), tuple(words(target)), (), FRENCH_ENGLISH
    )
    for issue in CHECK.find(pair):
        assert issue.type in CHECK.types
        assert all(0 <= one.start < one.end <= len(source) for one in issue.source_spans)
        assert all(0 <= one.start < one.end <= len(target) for one in issue.target_spans)
