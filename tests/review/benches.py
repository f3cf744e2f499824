"""Documents to review, and what is on the page of one."""

from __future__ import annotations

import re
from contextlib import contextmanager

from service.store.database import Store
from service.store.documents import delete_document, save_document
from service.translate import translate_article
from tests.browser import visiting
from tests.fakes import kept
from tests.review.engines import Unsure

ARTICLE = "Le lac est froid.\n\nIl est venu hier. Il ne dira rien 😀👩‍👩‍👧 à Éric."


def fresh(text: str = ARTICLE, title: str = "Le lac", store: Store | None = None) -> str:
    """The id of a document that nobody has reviewed yet."""
    store = store or kept()
    made = translate_article(text, Unsure())
    delete_document(store, save_document(store, made))
    return save_document(store, made, title=title)


@contextmanager
def visiting_with_refusals(chromium, **options):
    """The same as `visiting`, where a browser may log that a request was refused or got lost."""
    with visiting(chromium, **options) as page:
        yield page
        page.console[:] = [each for each in page.console if "Failed to load resource" not in each]


def open_bench(page, url: str, document: str) -> None:
    """Go to a document's page, and wait until its script is awake."""
    page.goto(f"{url}/documents/{document}")
    page.wait_for_selector("#bar:visible")


def word(page, text):
    """The word of the page that reads just so."""
    return page.locator(".w", has_text=re.compile(f"^{text}$"))


def lit(page):
    """The words that light up as partners."""
    return page.locator(".w.lit").all_text_contents()


def chosen(page):
    """The words that are chosen."""
    return page.locator(".w.chosen").all_text_contents()


def reading(page):
    """What the page says of the words that are lit."""
    return page.text_content(".reading")


def press(page, *keys):
    """One key after the other."""
    for key in keys:
        page.keyboard.press(key)


def state_of(page, number):
    """The state that a rung shows."""
    return page.get_attribute(f"#sentence-{number}", "data-state")


def saved(page, text):
    """Wait until the line of what is saved says something."""
    page.wait_for_selector(f".saving:has-text('{text}')")
