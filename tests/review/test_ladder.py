"""The self-contained file in a real browser."""

import pytest

from alignment.document import (
    FRENCH_ENGLISH,
    AlignedDocument,
    Issue,
    Languages,
    Link,
    Segment,
)
from alignment.formats import html
from alignment.span import Span
from tests.browser import visiting

pytestmark = pytest.mark.browser

# Everything that HTML, or a parser of it, treats in a way of its own.
AWKWARD = (
    "\ufeff\n\r\n\rA\0B\x01\x08\x0b\x0c\x1b\x7f\x80\x85\x9f\xa0\xad&amp;&#13;&lt;<b>\"'`"
    "\u0301e\u0301\u1e9b\u200b\u200d\u200f\u202e\u2028\u2029\u3000\ud83d\ude00\ud83d \udc00"
    "\ufdd0\ufffe\uffff\ufffd\U0001f469\u200d\U0001f469\U0010ffff]]><!-- </p> --> \t \n "
)
CODE_POINTS = """(side) => {
  const points = (node) => {
    if (node.dataset?.code) return [parseInt(node.dataset.code, 16)];
    if (node.nodeType === 3) return [...node.data].map((each) => each.codePointAt(0));
    return [...node.childNodes].flatMap(points);
  };
  return [...document.querySelectorAll(`[data-text=${side}]`)].flatMap(points);
}"""


@pytest.fixture
def file(tmp_path):
    def write(document):
        path = tmp_path / "page.html"
        path.write_text(html.page(document, "Title"), encoding="utf-8", newline="")
        return path.as_uri()

    return write


def document(source, target, *links):
    segment = Segment("s1", 0, Span(0, len(source)), Span(0, len(target)), links=links)
    return AlignedDocument(source, target, (segment,), Languages("fr", "en"))


@pytest.mark.parametrize("side", ["source", "target"])
def test_every_character_arrives_in_the_browser(page, file, side):
    page.goto(file(document(AWKWARD, AWKWARD[::-1])))
    text = {"source": AWKWARD, "target": AWKWARD[::-1]}[side]
    assert page.evaluate(CODE_POINTS, side) == [ord(character) for character in text]


def test_a_script_in_an_article_is_text(page, file):
    hostile = '<script>document.title = "taken"</script><img src=x onerror="document.title = 1">'
    page.goto(file(document(hostile, hostile)))
    assert page.title() == "Title"
    assert page.locator("img").count() == 0


def test_the_script_of_the_page_runs_under_its_own_policy(page, file):
    page.goto(file(document("Il", "He", Link(Span(0, 2), Span(0, 2), 0.5))))
    page.hover("#t1w0")
    assert page.locator(".w.lit").all_text_contents() == ["Il"]


def test_nothing_else_runs_under_that_policy(page, file):
    page.goto(file(document("Il", "He")))
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "document.title = 'taken'";
          document.body.append(script);
        }"""
    )
    assert page.title() == "Title"
    assert "Content Security Policy" in page.console.pop()


def test_on_paper_both_sides_stand_side_by_side_without_the_bar(page, file):
    page.goto(file(document("Il", "He")))
    page.emulate_media(media="print")
    assert page.is_hidden(".bar")
    assert page.locator("#s1w0").bounding_box()["y"] == page.locator("#t1w0").bounding_box()["y"]


def test_without_a_script_the_file_can_be_read(chromium, file):
    with visiting(chromium, java_script_enabled=False) as page:
        page.goto(file(document("Il", "He")))
        assert page.is_visible("#s1w0")


def flagged(*numbers):
    """A document of four words, a sentence each, some of them with an issue."""
    segments = tuple(
        Segment(
            f"s{n}",
            0,
            Span(3 * n, 3 * n + 2),
            Span(3 * n, 3 * n + 2),
            issues=(Issue("negation_lost", "major", "Why.", (Span(3 * n, 3 * n + 2),)),)
            if n + 1 in numbers
            else (),
        )
        for n in range(4)
    )
    text = "il il il il"
    return AlignedDocument(text, text, segments, FRENCH_ENGLISH, checked=("negation_lost",))


def test_what_to_look_at_first_is_one_click_or_one_enter_away(page, file):
    page.goto(file(flagged(2, 4)))
    assert page.locator(".flags a").all_text_contents() == ["2", "4"]
    page.locator(".flags a").nth(1).focus()
    page.keyboard.press("Enter")
    assert page.locator(":focus").get_attribute("id") == "t4w0"
    assert page.url.endswith("#sentence-4")


@pytest.mark.parametrize(
    ("start", "key", "end"),
    [
        ("#t1w0", "n", "t2w0"),
        ("#s2w0", "n", "s4w0"),
        ("#t3w0", "p", "t2w0"),
        ("#t4w0", "n", "t4w0"),
    ],
)
def test_a_key_leads_from_flag_to_flag(page, file, start, key, end):
    page.goto(file(flagged(2, 4)))
    page.focus(start)
    page.keyboard.press(key)
    assert page.locator(":focus").get_attribute("id") == end


def test_the_explanation_of_a_flag_lights_up_with_its_word(page, file):
    page.goto(file(flagged(2)))
    page.focus("#s2w0")
    assert page.locator(".notes li.lit").all_text_contents() == ["Negation lost (major): Why."]
