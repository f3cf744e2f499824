import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.checks.attribution import CHECK
from alignment.checks.check import SentencePair, sentence_pair
from alignment.checks.speech import reports
from alignment.document import FRENCH_ENGLISH, Languages, Link
from alignment.span import Span
from alignment.words import words

PHRASES = ("Selon", "d’après", "affirme", "a déclaré", "qu’il", "que", "-t-il", "dit", "Kozak")
MORE = (" ", ",", ".", "«", "»", "said", "that", "proved", "Kyiv", "\0", "\ud800", "😀", "\u00ad")
WRITTEN = st.lists(st.sampled_from(PHRASES + MORE), max_size=12).map("".join)


def found(source, target):
    pair = sentence_pair(source, target, FRENCH_ENGLISH)
    return [
        (
            issue.type,
            issue.severity,
            *(span.of(source) for span in issue.source_spans),
            *(span.of(target) for span in issue.target_spans),
        )
        for issue in CHECK.find(pair)
    ]


def manners(text):
    return [(report.manner, report.span.of(text)) for report in reports(text, "fr")]


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("Selon la police, il a fui.", ("according", "Selon")),
        ("Il a fui, d’après la police.", ("according", "d’après")),
        ("Aux dires du maire, tout va bien.", ("according", "Aux dires du")),
        ("Le maire affirme que tout va bien.", ("clause", "affirme")),
        ("Le maire a hier déclaré à la presse qu’il partait.", ("clause", "déclaré")),
        ("« Tout va bien », a-t-il ajouté.", ("aside", "ajouté")),
        ("Tout va bien, dit-il.", ("aside", "dit")),
        ("« Tout va bien », explique le maire.", ("aside", "explique")),
        ("Tout va bien, assure le maire.", ("aside", "assure")),
        ("Le maire pense que tout va bien.", ("opinion", "pense")),
        ("Le maire accuse les rebelles.", ("object", "accuse")),
    ],
)
def test_what_attributes_is_found_and_told_apart(text, manner):
    assert manners(text) == [manner]


@pytest.mark.parametrize(
    "text",
    [
        "Selon la loi, il faut un permis.",
        "Les prix varient selon les régions.",
        "Le maire a affirmé son autorité.",
        "Une heure plus tard, il partait.",
        "Le texte précise les règles.",
    ],
)
def test_what_only_looks_like_an_attribution_is_none(text):
    assert manners(text) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Selon la police, il a fui.", "According to the police, he fled."),
        ("Selon la police, il a fui.", "He fled, police said."),
        ("Selon elle, c’est trop tard.", "She thinks it is too late."),
        ("Selon plusieurs sources, il a fui.", "Several sources have him on the run."),
        ("Le maire affirme que tout va bien.", "The mayor claims that all is well."),
        ("Le maire confirme que tout va bien.", "The mayor confirmed that all is well."),
        ("« Tout va bien », dit-il.", "“All is well,” he said."),
        ("Selon Moscou, Kiev a tiré.", "According to Moscow, Kyiv fired."),
        ("Selon Kozak, tout va bien.", "All is well, says Kozak."),
        ("Selon lui, oui.", ""),
        ("", "He said so."),
    ],
)
def test_what_is_still_left_to_the_speaker_is_no_issue(source, target):
    assert found(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "issue"),
    [
        (
            "Selon la police, deux hommes ont fui.",
            "Two men fled.",
            ("attribution_lost", "major", "Selon"),
        ),
        (
            "D’après plusieurs témoins, deux hommes ont fui.",
            "Two men fled.",
            ("attribution_lost", "major", "D’après"),
        ),
        (
            "Le maire affirme que deux hommes ont fui.",
            "Two men fled.",
            ("attribution_lost", "major", "affirme"),
        ),
        (
            "Le maire accuse les rebelles d’avoir miné la route.",
            "The rebels mined the road.",
            ("attribution_lost", "minor", "accuse"),
        ),
        (
            "Selon Moscou, Kiev a tiré.",
            "According to Kyiv, Moscow fired.",
            ("attribution_changed", "major", "Selon", "Moscou", "Kyiv"),
        ),
        (
            "Wozniak affirme que le projet est mort.",
            "Okafor claims that the project is dead.",
            ("attribution_changed", "major", "affirme", "Wozniak", "Okafor"),
        ),
        (
            "Le ministre affirme que le pont est sûr.",
            "The minister proved that the bridge is safe.",
            ("attribution_changed", "major", "affirme", "proved"),
        ),
    ],
)
def test_what_the_translation_says_itself_or_of_another_is_found(source, target, issue):
    assert found(source, target) == [issue]


def test_two_speakers_without_a_name_who_change_places_are_told_apart_by_links():
    source, target = "Les éleveurs accusent la préfecture.", "The prefecture accuses the farmers."
    ends = (("éleveurs", "farmers"), ("accusent", "accuses"), ("préfecture", "prefecture"))
    links = [Link(span_of(source, here), span_of(target, there), 0.9) for here, there in ends]
    (issue,) = CHECK.find(sentence_pair(source, target, FRENCH_ENGLISH, links))
    assert (issue.type, issue.severity) == ("attribution_changed", "minor")
    assert [span.of(source) for span in issue.source_spans] == ["accusent", "éleveurs"]
    assert [span.of(target) for span in issue.target_spans] == ["prefecture"]
    assert found(source, target) == []


def span_of(text, word):
    return Span(text.index(word), text.index(word) + len(word))


@pytest.mark.parametrize("apostrophe", ["'", "’"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_apostrophes_and_accents_may_be_written_either_way(apostrophe, form):
    source = unicodedata.normalize(form, f"😀 D{apostrophe}après le préfet, deux hommes ont fui.")
    marker = unicodedata.normalize(form, f"D{apostrophe}après")
    assert found(source, "Two men fled.") == [("attribution_lost", "major", marker)]


def test_the_explanation_names_both_words():
    pair = sentence_pair("Elle assure que oui.", "She proved that.", FRENCH_ENGLISH)
    (issue,) = CHECK.find(pair)
    assert issue.explanation == (
        "the original leaves it to the speaker with “assure”; “proved” says that it is so"
    )


@pytest.mark.parametrize(
    ("languages", "known"),
    [(FRENCH_ENGLISH, True), (Languages("en", "fr"), False), (Languages("fr", "de"), False)],
)
def test_a_pair_is_checked_where_both_sides_are_known(languages, known):
    assert CHECK.knows(languages) is known


@given(WRITTEN | st.text(max_size=40), WRITTEN | st.text(max_size=40))
def test_any_text_is_read_and_every_span_is_inside(source, target):
    pair = SentencePair(
        source, target, tuple(words(source)), tuple(words(target)), (), FRENCH_ENGLISH
    )
    for issue in CHECK.find(pair):
        assert issue.type in CHECK.types
        assert all(0 <= one.start < one.end <= len(source) for one in issue.source_spans)
        assert all(0 <= one.start < one.end <= len(target) for one in issue.target_spans)
