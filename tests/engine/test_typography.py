import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.span import Span
from service.engine.typography import UNREADABLE, model_text

LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZéè'\".,;:!?-/ «»")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("l’été", "l'été"),
        ("“oui”", '"oui"'),
        ("« oui\u202f»\u00a0!", "« oui » !"),
        ("porte\u2011avions", "porte-avions"),
        ("Une ligne\r\net une autre", "Une ligne  et une autre"),
        ("anti\u00adconsti\u200btution", "anticonstitution"),
        ("\ufeffBonjour\u200f", "Bonjour"),
        ("un\u0000deux\u0007", "undeux"),
        ("snake\u2581case", "snake_case"),
    ],
)
def test_a_model_reads_the_typography_that_it_was_trained_on(text, read):
    assert model_text(text, LATIN).text == read


@pytest.mark.parametrize("code", [0xD800, 0xDFFF, 0xFFFD, 0xFFFF], ids=hex)
def test_what_is_no_character_becomes_one_that_no_model_knows(code):
    assert model_text(f"a{chr(code)}b", LATIN).text == f"a{UNREADABLE}b"


@pytest.mark.parametrize(
    ("text", "read"), [("oui – non", "oui - non"), ("‹ oui ›", "' oui '"), ("2 × 3", "2 x 3")]
)
def test_a_sign_that_the_vocabulary_lacks_gets_its_plain_twin(text, read):
    assert model_text(text, LATIN).text == read


def test_a_sign_that_the_vocabulary_has_stays():
    assert model_text("« oui » – non", LATIN | {"–"}).text == "« oui » – non"


def test_a_sign_is_known_when_what_sentencepiece_makes_of_it_is():
    assert model_text("et…", LATIN).text == "et…"


def test_a_span_covers_the_characters_left_out_within_it():
    shown = model_text("anti\u00adconsti\u200btution", LATIN)
    assert shown.original(Span(0, 16)) == (0, 18)


def test_a_span_leaves_out_the_characters_left_out_beside_it():
    shown = model_text("\u200bmot\u00ad suite", LATIN)
    assert shown.original(Span(0, 3)) == (1, 4)


def test_an_empty_span_at_the_end_stands_at_the_end_of_the_original():
    assert model_text("mot\u200b", LATIN).original(Span(3, 3)) == (4, 4)


@given(st.text())
def test_every_character_read_stands_for_one_of_the_original(text):
    shown = model_text(text, LATIN)
    assert len(shown.text) == len(shown.origins)
    assert list(shown.origins) == sorted(set(shown.origins))
    assert all(0 <= origin < len(text) for origin in shown.origins)
