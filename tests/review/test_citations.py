from alignment.span import Span
from service.review.citations import AROUND, passages


def shown(passage):
    """The passage as text, its quotes in brackets, with dots where the text goes on."""
    pieces = (f"[{piece.text}]" if piece.quoted else piece.text for piece in passage.pieces)
    before, after = "…" * passage.cut_before, "…" * passage.cut_after
    return f"{before}{''.join(pieces)}{after}"


def test_a_short_text_is_shown_whole_around_its_quotes():
    text = "Le 😀 maire a refusé."
    found = passages(text, [Span(5, 10), Span(13, 19)])
    assert [shown(each) for each in found] == ["Le 😀 [maire] a [refusé]."]


def test_a_long_text_is_cut_between_words():
    text = "mot " * 200 + "ici" + " mot" * 200
    (found,) = passages(text, [Span(800, 803)])
    words = AROUND // 4
    assert shown(found) == "…" + "mot " * words + "[ici]" + " mot" * words + "…"


def test_quotes_that_stand_far_apart_are_passages_of_their_own():
    text = "un" + " mot" * 500 + " deux"
    found = passages(text, [Span(0, 2), Span(len(text) - 4, len(text))])
    assert [(each.cut_before, each.cut_after) for each in found] == [(False, True), (True, False)]
    assert [shown(each)[:5] for each in found] == ["[un] ", "…mot "]


def test_a_text_without_a_gap_is_cut_all_the_same():
    (found,) = passages("a" * 1000, [Span(500, 501)])
    assert len(shown(found)) == 2 * AROUND + len("……[]a")


def test_where_nothing_is_quoted_the_sentences_are_shown():
    found = passages("Oui. Non. Fin.", [], [Span(5, 9)])
    assert [shown(each) for each in found] == ["…Non.…"]
