"""What the benchmarks of alignment make of texts before they measure, and where they write."""

import pytest

from alignment.formats.gold import GoldArticle
from alignment.scoring import Counts
from alignment.span import Span
from benchmarks.evaluate import bead_sets, gale_church, hansards
from benchmarks.page import table, write
from benchmarks.segmentation import counted, glued, keeps_everything, marked, report
from benchmarks.silver import silver
from benchmarks.splitters import code_points, located


def test_a_mark_stands_before_every_sentence_but_the_first():
    gold = marked("# Plain\nOui. ¶Non.¶Si.\n\n#mot dièse\n")
    assert gold == [
        GoldArticle("Oui. Non.Si.", (Span(0, 4), Span(5, 9), Span(9, 12))),
        GoldArticle("#mot dièse", (Span(0, 10),)),
    ]


def test_sentences_are_glued_between_a_stop_and_a_capital_alone():
    [article] = glued(marked("Oui. ¶Non ¶Mais. ¶si. ¶« Bon. »"), share=1)
    assert article.text == "Oui.Non Mais. si. « Bon. »"
    assert [span.of(article.text) for span in article.sentences] == [
        "Oui.",
        "Non",
        "Mais.",
        "si.",
        "« Bon. »",
    ]


def test_nothing_is_glued_over_a_line_break():
    article = GoldArticle("Oui.\nNon.", (Span(0, 4), Span(5, 9)))
    assert glued([article], share=1) == [article]


def test_strings_are_found_again_in_their_text():
    assert located("Oui.  Oui. Non.", ["Oui.", "Oui.", "Changé.", "Non."]) == [
        (0, 4),
        (6, 10),
        (11, 15),
    ]


@pytest.mark.parametrize("text", ["Été.", "", "Un 😀 !"])
def test_utf16_offsets_are_turned_into_code_points(text):
    at = code_points(text)
    ends = [len(text[:end].encode("utf-16-le")) // 2 for end in range(len(text) + 1)]
    assert [at[end] for end in ends] == list(range(len(text) + 1))


@pytest.mark.parametrize(
    ("spans", "kept"),
    [
        ([Span(0, 4), Span(5, 9)], True),
        ([Span(0, 5), Span(5, 9)], True),
        ([Span(0, 4)], False),
        ([Span(0, 5), Span(4, 9)], False),
    ],
)
def test_spans_keep_everything_if_only_blanks_are_left(spans, kept):
    assert keeps_everything(lambda text: spans, ["Oui. Non."]) is kept


def test_the_boundaries_of_a_splitter_are_counted():
    gold = marked("Oui. ¶Non. Si.")
    assert counted(lambda text: [Span(0, 10), Span(10, 14)], gold) == Counts(0, 1, 0, 1)


def test_a_splitter_that_is_not_installed_has_a_row_that_says_so():
    rows = report(["ICU"], {"stress": []}).splitlines()
    assert rows[-1] == "| ICU | not installed | not installed | not installed |"


def test_silver_beads_are_the_lines_of_the_bitext():
    [text] = silver(["Oui. Non."] * 100, ["Yes. No."] * 100)
    kinds = {(len(source), len(target)) for source, target in text.beads}
    assert kinds == {(2, 2), (2, 0), (0, 2)}
    assert [number for source, _ in text.beads for number in source] == list(
        range(len(text.source))
    )


def test_gale_and_church_leave_no_sentence_out():
    beads = list(gale_church(["a" * 50, "b" * 20], ["c" * 50, "d" * 9, "e" * 10]))
    assert beads == [((0,), (0,)), ((1,), (1, 2))]


def test_gold_that_is_not_there_is_left_out(tmp_path):
    assert hansards(tmp_path) == []
    assert list(bead_sets(tmp_path)) == []


def test_a_part_of_the_page_is_replaced_and_nothing_else(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- one -->\nold\n<!-- /one -->\nb\n", encoding="utf-8")
    write("one", table(["x", "y"], [["1", "2"]]), page)
    written = "| x | y |\n| --- | ---: |\n| 1 | 2 |"
    assert page.read_text(encoding="utf-8") == (f"a\n<!-- one -->\n{written}\n<!-- /one -->\nb\n")


def test_a_part_without_a_place_is_refused(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("a\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"page\.md has no place marked 'one'"):
        write("one", "b", page)
