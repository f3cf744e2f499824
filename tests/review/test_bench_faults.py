"""The bench when something is in the way: another reviewer, a lost connection, a reload."""

import pytest

from service.store.reviews.reading import read_segment
from tests.fakes import kept
from tests.review.benches import (
    fresh,
    open_bench,
    press,
    saved,
    state_of,
    visiting_with_refusals,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def document():
    return fresh()


@pytest.fixture
def bench(chromium, url, document):
    with visiting_with_refusals(chromium) as page:
        open_bench(page, url, document)
        yield page


def segment(document, number=1):
    return read_segment(kept(), document, number)


def edit(page, text):
    """Type a translation of the first segment, without saving it."""
    press(page, "j", "e")
    page.fill(".editing textarea", text)


def test_the_second_of_two_reviewers_sees_both_versions_and_nothing_is_lost(
    chromium, url, document, bench
):
    with visiting_with_refusals(chromium) as other:
        open_bench(other, url, document)
        edit(other, "THE LAKE IS COLD.")
        edit(bench, "THE LAKE IS ICY.")
        press(other, "Control+Enter")
        saved(other, "Segment 1 is saved.")
        press(bench, "Control+Enter")
        bench.wait_for_selector("#conflict[open]")
        assert segment(document).target == "THE LAKE IS COLD."
        assert bench.text_content("#conflict .theirs") == "THE LAKE IS COLD."
        assert bench.text_content("#conflict .mine") == "THE LAKE IS ICY."
        assert bench.locator("#conflict del").all_text_contents() == ["COLD."]
        assert bench.locator("#conflict ins").all_text_contents() == ["ICY."]
        bench.click("text=Put yours in its place")
        saved(bench, "Segment 1 is saved.")
        assert segment(document).target == "THE LAKE IS ICY."


@pytest.mark.parametrize(
    ("answer", "typed", "text"),
    [
        ("Go on editing yours", "THE LAKE IS ICY.", "THE LAKE IS COLD."),
        ("Keep theirs", None, "THE LAKE IS COLD."),
    ],
)
def test_a_conflict_can_be_thought_over(chromium, url, document, bench, answer, typed, text):
    with visiting_with_refusals(chromium) as other:
        open_bench(other, url, document)
        edit(bench, "THE LAKE IS ICY.")
        edit(other, "THE LAKE IS COLD.")
        press(other, "Control+Enter")
        saved(other, "Segment 1 is saved.")
    press(bench, "Control+Enter")
    bench.click(f"#conflict >> text={answer}")
    bench.wait_for_selector(".editing", state="visible" if typed else "detached")
    if typed:
        assert bench.input_value(".editing textarea") == typed
    else:
        bench.wait_for_selector("#sentence-1 .w:text-is('COLD')")
    assert segment(document).target == text


def test_nobody_approves_a_text_that_they_have_not_seen(chromium, url, document, bench):
    with visiting_with_refusals(chromium) as other:
        open_bench(other, url, document)
        edit(other, "THE LAKE IS COLD.")
        press(other, "Control+Enter")
        saved(other, "Segment 1 is saved.")
    press(bench, "j", "a")
    bench.wait_for_selector("#conflict[open]")
    assert "You wanted it to be reviewed." in bench.text_content("#conflict .who")
    assert bench.is_hidden("text=Put yours in its place")
    bench.click("#conflict >> text=Keep theirs")
    bench.wait_for_selector("#sentence-1 .w:text-is('COLD')")
    assert (state_of(bench, 1), segment(document).state) == ("draft", "draft")


def test_what_is_saved_without_a_connection_is_sent_when_there_is_one(bench, document):
    edit(bench, "THE LAKE IS COLD.")
    bench.context.set_offline(True)
    press(bench, "Control+Enter")
    saved(bench, "No connection. One change is kept in this browser")
    assert bench.input_value(".editing textarea") == "THE LAKE IS COLD."
    bench.context.set_offline(False)
    saved(bench, "Segment 1 is saved.")
    assert segment(document).target == "THE LAKE IS COLD."
    assert bench.evaluate("localStorage.length") == 0


def test_states_and_texts_of_a_lost_connection_are_sent_together(bench, document):
    press(bench, "j")
    bench.context.set_offline(True)
    press(bench, "a", "j", "a", "a")
    saved(bench, "No connection. 2 changes are kept")
    assert [state_of(bench, number) for number in (1, 2)] == ["reviewed", "signed_off"]
    bench.context.set_offline(False)
    for number in (1, 2):
        bench.wait_for_selector(f"#sentence-{number}[data-revision='1']")
    assert [segment(document, number).state for number in (1, 2)] == ["reviewed", "signed_off"]


def test_what_was_typed_outlives_a_reload(bench, document):
    edit(bench, "THE LAKE IS")
    bench.reload()
    bench.wait_for_selector("#sentence-1 .unsaved")
    assert segment(document).target == "LE LAC EST FROID."
    bench.click("#sentence-1 .unsaved")
    assert bench.input_value(".editing textarea") == "THE LAKE IS"
    press(bench, "Escape")
    assert bench.locator(".editing").count() == 0
    bench.wait_for_selector("#sentence-1 .unsaved")
    press(bench, "e")
    bench.click("text=Discard")
    assert bench.locator(".unsaved").count() == 0
    assert bench.evaluate("localStorage.length") == 0


def test_what_could_not_be_sent_before_a_reload_is_sent_after_it(bench, url, document):
    edit(bench, "THE LAKE IS COLD.")
    bench.route("**/v1/**", lambda route: route.abort())
    press(bench, "Control+Enter")
    saved(bench, "No connection.")
    bench.unroute("**/v1/**")
    open_bench(bench, url, document)
    saved(bench, "Segment 1 is saved.")
    assert segment(document).target == "THE LAKE IS COLD."


def test_a_comment_and_a_flag_stay_where_they_were_typed(bench):
    press(bench, "j", "c")
    bench.keyboard.type("Which lake?")
    bench.context.set_offline(True)
    press(bench, "Control+Enter")
    bench.wait_for_selector(".panel .complaint:has-text('No connection')")
    assert bench.input_value("#comment") == "Which lake?"
    press(bench, "Escape")
    press(bench, "f")
    bench.fill("#reason", "no lake")
    press(bench, "Control+Enter")
    bench.wait_for_selector("#flagging .complaint:has-text('No connection')")
    assert bench.input_value("#reason") == "no lake"
    bench.context.set_offline(False)
    bench.reload()
    bench.wait_for_selector("#bar:visible")
    press(bench, "j", "c")
    assert bench.input_value("#comment") == "Which lake?"


def test_a_claim_is_never_made_of_words_that_have_changed(chromium, url, document, bench):
    press(bench, "j", "ArrowRight", "Shift+ArrowRight")
    with visiting_with_refusals(chromium) as other:
        open_bench(other, url, document)
        edit(other, "THE VERY COLD LAKE.")
        press(other, "Control+Enter")
        saved(other, "Segment 1 is saved.")
    press(bench, "Enter")
    bench.wait_for_selector(".panel .complaint:has-text('The text has changed meanwhile')")
    assert bench.locator("text=Make it a claim").count() == 0


def test_an_edit_before_a_segment_does_not_shift_what_is_claimed_in_it(
    chromium, url, document, bench
):
    with visiting_with_refusals(chromium) as other:
        open_bench(other, url, document)
        edit(other, "THE 😀😀😀 LAKE IS COLD.")
        press(other, "Control+Enter")
        saved(other, "Segment 1 is saved.")
    press(bench, "j", "j", "ArrowRight", "ArrowRight", "Enter")
    bench.click("text=Make it a claim")
    bench.wait_for_selector(".cite")
    assert bench.text_content(".cite").startswith("“VENU” (en)\n“venu” (fr, original)")
