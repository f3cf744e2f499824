"""The pages of what is kept in a real browser."""

import pytest

from alignment.span import Span
from service.store.claims import add_claim
from service.store.documents import save_document
from service.translate import translate_article
from tests.browser import visiting
from tests.fakes import kept
from tests.review.engines import Unsure
from tests.review.test_workbench import ARTICLE, CONTRASTS, GO, translate

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def document():
    return save_document(kept(), translate_article(ARTICLE, Unsure()), title="Le lac")


@pytest.fixture(scope="module")
def claim(document):
    return add_claim(kept(), document, "target", Span(3, 6), by="Zoé").id


def test_a_translation_that_is_kept_can_be_opened_by_its_address(page, url):
    page.goto(url)
    assert not page.is_checked("[name=keep]")
    page.check("[name=keep]")
    page.fill("#text", ARTICLE)
    page.click(GO)
    page.click(".kept a")
    page.wait_for_selector("h2:has-text('Marked claims')")
    assert "".join(page.locator("[data-text=source]").all_text_contents()) == ARTICLE
    page.hover("#t1w1")
    assert page.locator(".w.lit").all_text_contents() == ["lac"]


def test_a_translation_that_is_not_kept_has_no_address(page, url):
    translate(page, url)
    assert page.locator(".kept").count() == 0


def test_a_claim_is_reached_and_its_citation_copied_by_keyboard(chromium, url, document, claim):
    with visiting(chromium, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(f"{url}/documents/{document}")
        page.focus(".claims ol a")
        page.keyboard.press("Enter")
        page.wait_for_selector("#copy:visible")
        assert page.url == f"{url}/claims/{claim}"
        page.focus("#citation")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector("#copied:has-text('Copied.')")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.text_content("#citation")
        assert copied.startswith("“LAC” (en)\n“lac” (fr, original)\nLe lac\n")


def test_the_languages_of_a_claim_are_named(page, url, claim):
    page.goto(f"{url}/claims/{claim}")
    page.wait_for_selector("#copy:visible")
    assert page.locator(".language").all_text_contents() == ["English", "French"]


def test_a_document_is_deleted_by_keyboard(page, url):
    made = save_document(kept(), translate_article("Il part.", Unsure()))
    page.goto(f"{url}/documents/{made}")
    page.focus(".delete a")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Delete this document?")
    page.focus("text=Delete it")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=It is gone")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_of_the_pages_stands_out_from_its_ground(chromium, url, document, claim, scheme):
    with visiting(chromium, color_scheme=scheme) as page:
        for path in (
            f"/claims/{claim}",
            f"/claims/{document}-s2",
            f"/documents/{document}",
            f"/documents/{document}/delete",
        ):
            page.goto(f"{url}{path}")
            assert [each for each in page.evaluate(CONTRASTS) if each[0] < 4.5] == []


def test_a_phone_never_scrolls_sideways(chromium, url):
    text = f"Il est venu. https://example.org/{'a' * 200}"
    made = save_document(kept(), translate_article(text, Unsure()), title="x" * 200)
    marked = add_claim(kept(), made, "source", Span(0, len(text)), by="y" * 150).id
    with visiting(chromium, viewport={"width": 360, "height": 740}) as page:
        for path in (f"/claims/{marked}", f"/documents/{made}", f"/documents/{made}/delete"):
            page.goto(f"{url}{path}")
            assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_on_paper_a_claim_has_its_quotes_and_no_button(page, url, claim):
    page.goto(f"{url}/claims/{claim}")
    page.wait_for_selector("#copy:visible")
    page.emulate_media(media="print")
    assert page.is_hidden("#copy")
    assert page.is_visible("blockquote >> nth=1")


def test_without_a_script_a_claim_can_be_read_and_selected(chromium, url, claim):
    with visiting(chromium, java_script_enabled=False) as page:
        page.goto(f"{url}/claims/{claim}")
        assert page.is_visible("#citation")
        assert page.is_hidden("#copy")
