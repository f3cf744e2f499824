import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.checks.denial import is_known, negations


def denied(text):
    return [(each.kind, *(span.of(text) for span in each.spans)) for each in negations(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Il n’est pas venu.", ("clause", "n’", "pas")),
        ("Elle ne le lui a sans doute jamais dit.", ("clause", "ne", "jamais")),
        ("Personne n’a parlé.", ("clause", "Personne", "n’")),
        ("Aucun accord n’a été signé.", ("clause", "Aucun", "n’")),
        ("Il n’ose parler.", ("clause", "n’")),
        ("Pas de chance.", ("free", "Pas")),
        ("Elle part sans lui.", ("free", "sans")),
        ("Il ne mange que du pain.", ("restriction", "ne", "que")),
        ("Il ne reste plus qu’un siège.", ("restriction", "ne", "plus", "qu’")),
        ("Il a refusé.", ("denying", "refusé")),
        ("Elle ne cesse de mentir.", ("affirming", "ne cesse")),
        ("Ne faut-il pas partir ?", ("loose", "Ne", "pas")),
    ],
)
def test_a_negation_is_found_with_both_its_parts(text, found):
    assert found in denied(text)


@pytest.mark.parametrize(
    "text",
    [
        "Il part avant qu’elle ne vienne.",
        "De peur qu’il ne parte, elle reste.",
        "Il est plus grand qu’il ne paraît.",
        "Elle craint qu’il ne tombe.",
        "Il viendra à moins qu’il ne neige.",
        "N’importe qui le peut.",
        "Elle viendra sans doute.",
        "Un pas de plus.",
        "N’Djamena se réveille.",
        "Elle prend plus de pain.",
    ],
)
def test_what_denies_nothing_is_no_negation_of_the_sentence(text):
    assert {kind for kind, *_ in denied(text)} <= {"neutral", "absorbing"}


def test_the_two_parts_keep_their_places_in_the_text():
    text = "😀 Il n\u2019a\u00a0pas e\u0301te\u0301 la\u0300."
    ((kind, *_, last),) = denied(text)
    assert (kind, last) == ("clause", "pas")


def test_a_language_without_data_denies_nothing():
    assert negations("Il n’est pas venu.", "xx") == ()
    assert not is_known("xx")


def test_how_french_denies_is_known():
    assert is_known("fr")


WORDS = st.lists(
    st.sampled_from(["ne", "n’", "pas", "plus", "que", "qu’", "ni", "aucun", "-", "?", ".", "peut"])
).map(" ".join)


@given(st.text() | WORDS)
def test_every_part_of_a_negation_lies_in_the_text(text):
    for each in negations(text):
        assert each.spans
        assert all(0 <= span.start < span.end <= len(text) for span in each.spans)
