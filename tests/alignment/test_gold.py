"""Gold files: what is read, and what is said of a line that can't be measured against."""

import json

import pytest

from alignment.formats.gold import (
    GoldArticle,
    GoldBeads,
    GoldWords,
    MalformedGold,
    articles,
    ladders,
    words,
)
from alignment.span import Span

ARTICLE = {"id": "a", "text": "Oui. Non.", "sentences": [[0, 4], [5, 9]]}
PAIR = {"fr": ["le", "chat"], "en": ["the", "cat"], "sure": [[1, 1]], "possible": [[0, 0]]}
TEXTS = {"fr": ["Oui. Non."], "en": ["Yes.", "No."], "beads": [[[0], [0, 1]], [[], []]]}


def lines(*records):
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def test_an_article_has_its_sentences_as_spans():
    assert articles(lines(ARTICLE)) == [GoldArticle("Oui. Non.", (Span(0, 4), Span(5, 9)))]


def test_words_have_sure_and_possible_links():
    gold = GoldWords(("le", "chat"), ("the", "cat"), frozenset({(1, 1)}), frozenset({(0, 0)}))
    assert words(lines(PAIR)) == [gold]


def test_possible_links_may_be_missing():
    pair = {name: value for name, value in PAIR.items() if name != "possible"}
    assert words(lines(pair))[0].possible == frozenset()


def test_beads_are_pairs_of_sentence_numbers():
    assert ladders(lines(TEXTS)) == [
        GoldBeads(("Oui. Non.",), ("Yes.", "No."), (((0,), (0, 1)), ((), ())))
    ]


def test_a_line_separator_within_a_text_ends_no_line():
    text = "Oui.\u2028Non."
    assert articles(lines(ARTICLE | {"text": text}))[0].text == text


def test_a_byte_order_mark_and_blank_lines_do_no_harm():
    assert len(articles("\ufeff" + lines(ARTICLE) + "\r\n\n" + lines(ARTICLE))) == 2


@pytest.mark.parametrize(
    ("record", "field", "reason"),
    [
        ({"sentences": []}, "text", "is missing"),
        ({"text": 3, "sentences": []}, "text", "3 is not a string"),
        ({"text": "Oui."}, "sentences", "is missing"),
        ({"text": "Oui.", "sentences": {}}, "sentences", "{} is not a list"),
        ({"text": "Oui.", "sentences": [3]}, "sentences", "3 is not a pair"),
        ({"text": "Oui.", "sentences": [[0, 1, 2]]}, "sentences", "[0, 1, 2] is not a pair"),
        (
            {"text": "Oui.", "sentences": [[0, 5]]},
            "sentences",
            "5 is not a whole number from 0 to 4",
        ),
        (
            {"text": "Oui.", "sentences": [[True, 4]]},
            "sentences",
            "True is not a whole number from 0 to 4",
        ),
        ({"text": "Oui.", "sentences": [[2, 2]]}, "sentences", "[2, 2] holds no character"),
        (
            {"text": "Oui.", "sentences": [[0, 3], [2, 4]]},
            "sentences",
            "[2, 4] begins before [0, 3] ends",
        ),
    ],
)
def test_a_malformed_article_is_named_by_line_and_field(record, field, reason):
    with pytest.raises(MalformedGold) as caught:
        articles(lines(ARTICLE, record))
    assert str(caught.value) == f"line 2: {field}: {reason}"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"fr": "le chat"}, "fr: 'le chat' is not a list"),
        ({"en": ["the", None]}, "en: None is not a string"),
        ({"sure": [[1, 2]]}, "sure: 2 is not a whole number from 0 to 1"),
        ({"sure": [[2, 1]]}, "sure: 2 is not a whole number from 0 to 1"),
        ({"possible": [["0", 1]]}, "possible: '0' is not a whole number from 0 to 1"),
        (
            {"fr": [], "possible": [], "sure": [[0, 0]]},
            "sure: 0 is not a whole number of those there are: none",
        ),
    ],
)
def test_a_link_must_join_two_words_that_there_are(change, said):
    with pytest.raises(MalformedGold) as caught:
        words(lines(PAIR | change))
    assert str(caught.value) == f"line 1: {said}"


@pytest.mark.parametrize(
    ("beads", "said"),
    [
        ([[0, [0]]], "0 is not a list of sentence numbers"),
        ([[[0], [2]]], "2 is not a whole number from 0 to 1"),
    ],
)
def test_a_bead_must_join_sentences_that_there_are(beads, said):
    with pytest.raises(MalformedGold) as caught:
        ladders(lines(TEXTS | {"beads": beads}))
    assert str(caught.value) == f"line 1: beads: {said}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: there is nothing to measure against"),
        ("[1]", "line 1: is not a JSON object"),
        ("{}\n{", "line 1: text: is missing"),
    ],
)
def test_what_is_no_gold_at_all_says_so(text, said):
    with pytest.raises(MalformedGold) as caught:
        articles(text)
    assert str(caught.value) == said


def test_what_is_no_json_is_named_by_its_line():
    with pytest.raises(MalformedGold, match=r"^line 2: is no JSON: "):
        articles(lines(ARTICLE) + "{'text': 3}")
