import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.diff import LONGEST, word_diff


def shown(before, after):
    return [(piece.kind, piece.text) for piece in word_diff(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "", []),
        ("same", "same", [("=", "same")]),
        ("", "new", [("+", "new")]),
        ("old", "", [("-", "old")]),
        (
            "The mayor refused.",
            "The mayor has refused.",
            [("=", "The mayor "), ("+", "has "), ("=", "refused.")],
        ),
        (
            "It gained 12,5 %.",
            "It gained 12.5%.",
            [("=", "It gained "), ("-", "12,5 "), ("+", "12.5"), ("=", "%.")],
        ),
        (
            "A cat sleeps here.",
            "One dog barks here.",
            [("-", "A cat sleeps"), ("+", "One dog barks"), ("=", " here.")],
        ),
        ("Yes 😀.", "Yes 🎉.", [("=", "Yes "), ("-", "😀"), ("+", "🎉"), ("=", ".")]),
    ],
)
def test_words_are_kept_taken_out_and_put_in(before, after, pieces):
    assert shown(before, after) == pieces


def test_a_text_too_long_to_compare_is_replaced_between_its_ends():
    before = "Begin " + "a b " * LONGEST + "end."
    after = "Begin " + "b a " * LONGEST + "end."
    assert shown(before, after) == [
        ("=", "Begin "),
        ("-", before[6:-5]),
        ("+", after[6:-5]),
        ("=", " end."),
    ]


TEXTS = st.text(st.sampled_from("ab é😀.,\u0301\u00a0\r\n’"), max_size=30)


@given(TEXTS, TEXTS)
def test_nothing_is_lost_of_either_text(before, after):
    pieces = word_diff(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "+") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "-") == after
    for piece in pieces:
        said = {"=": (piece.text, piece.text), "-": (piece.text, ""), "+": ("", piece.text)}
        assert (piece.before.of(before), piece.after.of(after)) == said[piece.kind]


@given(TEXTS, TEXTS)
def test_spans_follow_each_other_on_both_sides(before, after):
    pieces = word_diff(before, after)
    for text, spans in (
        (before, [piece.before for piece in pieces]),
        (after, [piece.after for piece in pieces]),
    ):
        edges = [0, *(edge for span in spans for edge in span), len(text)]
        assert edges == sorted(edges)
