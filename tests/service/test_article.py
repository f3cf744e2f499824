import pytest

from alignment.span import Span
from service.article import check_article, join_paragraphs
from service.config import Settings
from service.errors import ArticleRejected, ArticleTooLong

SETTINGS = Settings(max_characters=10)


@pytest.mark.parametrize("text", ["Oui.", "\ufeff", "😀" * 10, " a ", "\u200b", "\x01", "e\u0301"])
def test_a_text_that_says_anything_is_taken(text):
    check_article(text, "text", SETTINGS)


@pytest.mark.parametrize("text", ["", " ", "\n\r\n", "\u00a0\u202f\t"])
def test_a_blank_text_is_refused(text):
    with pytest.raises(ArticleRejected, match="text: there is nothing to translate") as refusal:
        check_article(text, "text", SETTINGS)
    assert refusal.value.value == text


def test_a_text_is_measured_in_code_points():
    with pytest.raises(ArticleTooLong, match="body: 11 characters are more than the limit of 10"):
        check_article("😀" * 11, "body", SETTINGS)


@pytest.mark.parametrize(
    ("text", "position", "value"),
    [("😀\0", 1, "U+0000"), ("ab\ud83d", 2, "U+D83D"), ("\ude00\ud83d", 0, "U+DE00")],
)
def test_a_character_that_no_text_holds_is_refused_with_its_place(text, position, value):
    with pytest.raises(ArticleRejected, match=f"at code point {position} is") as refusal:
        check_article(text, "text", SETTINGS)
    assert (refusal.value.field, refusal.value.value) == ("text", value)


@pytest.mark.parametrize(
    ("paragraphs", "text", "spans"),
    [
        ([], "", ()),
        (["Un."], "Un.", (Span(0, 3),)),
        (["Un.", "", "\nDeux"], "Un.\n\n\n\n\nDeux", (Span(0, 3), Span(5, 5), Span(7, 12))),
    ],
)
def test_paragraphs_are_joined_and_each_is_found_in_the_text(paragraphs, text, spans):
    assert join_paragraphs(paragraphs) == (text, spans)
