import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.span import Span
from alignment.words import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l’OTAN et d'abord", ["l’", "OTAN", "et", "d'", "abord"]),
        ("Qu’il s’en aille aujourd’hui", ["Qu’", "il", "s’", "en", "aille", "aujourd’hui"]),
        ("aurait-t-il dit-on", ["aurait", "-t-il", "dit", "-on"]),
        ("vis-à-vis du porte-parole", ["vis-à-vis", "du", "porte-parole"]),
        ("12,5 % de 1 234 567,8 €", ["12,5", "%", "de", "1 234 567,8", "€"]),
        ("à 14h30, le 3e", ["à", "14h30", "le", "3e"]),
        ("20/11/2026 à 9:30.", ["20/11/2026", "à", "9:30"]),
        ("Kozak's and don’t", ["Kozak", "'s", "and", "don’t"]),
        ("« Oui ! », dit-elle…", ["Oui", "dit", "-elle"]),
        ("e\u0301te\u0301 co\u00adopé", ["e\u0301te\u0301", "co\u00adopé"]),
        ("zéro\u200bmot", ["zéro\u200bmot"]),
        ("Bravo 👩🏽‍🚀🤔 !", ["Bravo", "👩🏽‍🚀", "🤔"]),
        ("Voir https://exemple.fr/a?b=1.", ["Voir", "https://exemple.fr/a?b=1"]),
        ("presse@exemple.fr", ["presse@exemple.fr"]),
        ("Москва, القاهرة", ["Москва", "القاهرة"]),
        ("l’", ["l"]),
        ("… — « » ?!", []),
        ("", []),
    ],
)  # fmt: skip
def test_words_are_what_a_reader_would_call_words(text, expected):
    assert [word.of(text) for word in words(text)] == expected


def test_words_within_a_span_keep_their_place_in_the_text():
    text = "Il part. Elle reste."
    assert list(words(text, Span(9, 20))) == [Span(9, 13), Span(14, 19)]


@given(st.text())
def test_words_run_forward_and_leave_no_letter_out(text):
    end = 0
    outside = ""
    for word in words(text):
        assert end <= word.start < word.end
        outside += text[end : word.start]
        end = word.end
    assert not any(sign.isalnum() for sign in outside + text[end:])


def test_a_megabyte_of_one_letter_is_one_word():
    assert list(words("a" * 1_000_000)) == [Span(0, 1_000_000)]
