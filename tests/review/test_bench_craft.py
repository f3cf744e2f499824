"""The bench for everybody: screen readers, dark rooms, phones, paper, no script at all."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from alignment.span import Span
from service.store.claims import add_claim
from tests.browser import visiting
from tests.fakes import kept
from tests.review.benches import (
    ARTICLE,
    fresh,
    open_bench,
    press,
    saved,
    visiting_with_refusals,
)
from tests.review.test_workbench import CONTRASTS

pytestmark = pytest.mark.browser

# Also those of WCAG 2.2 that axe leaves out unless asked.
RULES = {"rules": {"target-size": {"enabled": True}}}
LONG = "Le lac est froid. https://example.org/" + "a" * 200 + " Il est venu hier."


@pytest.fixture(scope="module")
def document():
    return fresh(f"{ARTICLE} Rien.", title="Le lac " + "x" * 150)


def violations(page):
    """The rules that the page breaks, each with the elements that do."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [(each["id"], [node["html"][:120] for node in each["nodes"][:3]]) for each in found]


def choose(page):
    press(page, "j", "ArrowRight", "Shift+ArrowRight")


def claim(page):
    choose(page)
    press(page, "Enter")
    page.wait_for_selector(".panel .chosen")


def edit(page):
    press(page, "j", "e")
    page.wait_for_selector(".editing")


def comments(page):
    press(page, "j", "c")
    page.wait_for_selector(".panel p:has-text('Nobody')")


def history(page):
    press(page, "j", "h")
    page.wait_for_selector(".panel")


def flag(page):
    choose(page)
    press(page, "f")
    page.wait_for_selector("#flagging[open]")


def keys(page):
    press(page, "?")
    page.wait_for_selector("#keys[open]")


def conflict(page):
    edit(page)
    page.fill(".editing textarea", "THE LAKE IS COLD.")
    # As if the segment had been changed since.
    page.eval_on_selector(".editing", "(form) => (form.dataset.revision = 99)")
    press(page, "Control+Enter")
    page.wait_for_selector("#conflict[open]")


def nothing(page):
    page.hover("#t1w1")


SITUATIONS = (nothing, choose, claim, edit, comments, history, flag, conflict, keys)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("do", SITUATIONS)
def test_no_rule_of_accessibility_is_broken(chromium, url, document, do, scheme):
    with visiting_with_refusals(chromium, color_scheme=scheme, reduced_motion="reduce") as page:
        open_bench(page, url, document)
        do(page)
        assert violations(page) == []


@pytest.mark.parametrize("path", ["/claims/{}-s2", "/claims/{claim}", "/documents/{}/delete"])
def test_the_other_pages_break_no_rule_either(page, url, document, path):
    claim = add_claim(kept(), document, "target", Span(3, 6), by="Zoé").id
    page.goto(url + path.format(document, claim=claim))
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(chromium, url, document, scheme):
    with visiting(chromium, color_scheme=scheme) as page:
        open_bench(page, url, document)
        claim(page)
        assert [each for each in page.evaluate(CONTRASTS) if each[0] < 4.5] == []


@pytest.mark.parametrize("do", SITUATIONS)
def test_a_phone_never_scrolls_sideways(chromium, url, do):
    long = fresh(LONG, title="x" * 200)
    with visiting_with_refusals(chromium, viewport={"width": 360, "height": 740}) as page:
        open_bench(page, url, long)
        do(page)
        assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_without_a_script_texts_notes_states_and_links_are_there(chromium, url, document):
    with visiting(chromium, java_script_enabled=False) as page:
        page.goto(f"{url}/documents/{document}")
        assert page.locator("[data-text=source]").all_text_contents()[0] == "Le lac est froid."
        assert page.locator(".rung .state").all_text_contents() == ["draft"] * 4
        assert "the day is not sure" in page.text_content("#sentence-2 .notes")
        assert page.is_hidden("#bar")
        page.click("#sentence-2 .number")
        assert page.url == f"{url}/claims/{document}-s2"


def test_on_paper_are_both_texts_and_no_tools(page, url, document):
    open_bench(page, url, document)
    page.emulate_media(media="print")
    assert page.is_hidden("#bar")
    left, right = (page.locator(f"#{name}").bounding_box() for name in ("s1w0", "t1w0"))
    assert left["x"] < right["x"]


def test_motion_is_spared_where_somebody_asks_for_it(chromium, url, document):
    with visiting(chromium, reduced_motion="reduce") as page:
        open_bench(page, url, document)
        behaviors = page.evaluate_handle(
            """() => {
              const seen = [];
              Element.prototype.scrollIntoView = (options) => seen.push(options.behavior);
              return seen;
            }"""
        )
        press(page, "j", "ArrowRight")
        assert set(behaviors.json_value()) == {"auto"}


def test_what_happens_is_told_to_screen_readers(page, url, document):
    open_bench(page, url, document)
    press(page, "j", "d", "a")
    saved(page, "Segment 1 is reviewed. Saved.")
    assert page.get_attribute(".saving", "role") == page.get_attribute(".reading", "role")
    assert page.get_attribute(".saving", "role") == "status"
    press(page, "u")
    saved(page, "Undone")
