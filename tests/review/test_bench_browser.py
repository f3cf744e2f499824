"""The bench in a real browser, as a reviewer uses it all day."""

import pytest

from service.store.reviews.reading import read_segment
from tests.browser import visiting
from tests.fakes import kept
from tests.review.benches import (
    ARTICLE,
    chosen,
    fresh,
    lit,
    open_bench,
    press,
    reading,
    saved,
    state_of,
    word,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def document():
    return fresh()


@pytest.fixture
def bench(page, url, document):
    open_bench(page, url, document)
    return page


def segment(document, number):
    return read_segment(kept(), document, number)


def test_both_texts_stand_side_by_side_with_a_state_each(bench):
    left, right = (bench.locator(f"#{name}").bounding_box() for name in ("s1w0", "t1w0"))
    assert left["y"] == right["y"]
    assert left["x"] < right["x"]
    assert "".join(bench.locator("[data-text=source]").all_text_contents()) == ARTICLE
    assert bench.locator(".rung .state").all_text_contents() == ["draft"] * 3


@pytest.mark.parametrize(("pointed", "partner"), [("dira", "DIRA"), ("DIRA", "dira")])
def test_pointing_at_a_word_lights_up_its_partner(bench, pointed, partner):
    word(bench, pointed).hover()
    assert lit(bench) == [partner]


def test_a_word_after_an_emoji_lights_up_its_own_partner(bench):
    word(bench, "Éric").hover()
    assert lit(bench) == ["ÉRIC"]


def test_a_word_without_a_counterpart_says_so(bench):
    word(bench, "ne").hover()
    assert lit(bench) == []
    assert reading(bench).startswith("ne has no counterpart in the translation.")


def test_keys_walk_over_segments_and_words(bench):
    press(bench, "j")
    assert bench.evaluate("document.activeElement.id") == "t1w0"
    press(bench, "j", "ArrowRight")
    assert bench.evaluate("document.activeElement.id") == "t2w1"
    assert lit(bench) == ["est"]
    press(bench, "x")
    assert bench.evaluate("document.activeElement.id") == "s2w1"
    press(bench, "k")
    assert bench.evaluate("document.activeElement.id") == "s1w0"
    assert bench.locator(".rung.current").get_attribute("id") == "sentence-1"


def test_shift_and_arrows_choose_words_whose_partners_light_up(bench):
    press(bench, "j", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight")
    assert chosen(bench) == ["LAC", "EST", "FROID"]
    assert lit(bench) == ["lac", "est", "froid"]
    assert reading(bench) == "LAC EST FROID comes from lac 60%, est 100%, froid 100%"
    press(bench, "Escape")
    assert chosen(bench) == []


def test_a_flag_of_the_guard_is_reached_and_explained_by_keyboard(bench):
    press(bench, "j", "n")
    assert bench.evaluate("document.activeElement.textContent") == "hier"
    assert "the day is not sure" in reading(bench)
    assert "lit" in bench.get_attribute("#sentence-2-note-1", "class")
    press(bench, "n")
    assert bench.locator(".rung.current").get_attribute("id") == "sentence-3"
    press(bench, "p")
    assert bench.locator(".rung.current").get_attribute("id") == "sentence-2"


def test_a_segment_is_approved_twice_and_the_last_approval_undone(bench, document):
    press(bench, "j", "a")
    saved(bench, "Segment 1 is reviewed. Saved.")
    assert segment(document, 1).state == "reviewed"
    press(bench, "a")
    saved(bench, "Segment 1 is signed off. Saved.")
    assert (state_of(bench, 1), segment(document, 1).state) == ("signed_off", "signed_off")
    assert bench.text_content("[data-count=signed_off]") == "1"
    press(bench, "u")
    saved(bench, "Undone in segment 1.")
    bench.wait_for_selector("#sentence-1[data-state=reviewed]")
    assert segment(document, 1).state == "reviewed"
    assert bench.locator(".strip rect").first.get_attribute("class") == "reviewed"


def test_an_edit_is_saved_aligned_again_and_in_the_history(bench, document):
    press(bench, "j", "e")
    bench.fill(".editing textarea", "THE LAKE IS COLD.")
    press(bench, "Control+Enter")
    saved(bench, "Segment 1 is saved. Saved.")
    bench.wait_for_selector("#sentence-1 .w:text-is('LAKE')")
    assert segment(document, 1).target == "THE LAKE IS COLD."
    assert bench.locator(".editing").count() == 0
    assert bench.text_content("#sentence-1 .edited") == "edited"
    bench.hover("text=LAKE")
    assert lit(bench) == ["lac"]
    press(bench, "h")
    bench.wait_for_selector(".changes .diff")
    assert bench.locator(".changes del").all_text_contents()[0].startswith("LE")
    press(bench, "Escape", "u")
    bench.wait_for_selector("#sentence-1 .w:text-is('LAC')")
    assert segment(document, 1).target == "LE LAC EST FROID."


def test_words_after_an_emoji_become_exactly_their_claim(bench, document):
    word(bench, "ÉRIC").dblclick()
    bench.wait_for_selector(".panel .chosen")
    bench.click("text=Make it a claim")
    bench.wait_for_selector(".cite")
    assert bench.text_content(".cite").startswith("“ÉRIC” (en)\n“Éric” (fr, original)\nLe lac\n")
    assert bench.locator(".panel mark").all_text_contents() == ["Éric"]
    assert (
        bench.locator(".panel a")
        .get_attribute("href")
        .endswith(bench.get_attribute(".chosen[data-claim]", "data-claim"))
    )


def test_text_selected_with_the_mouse_opens_the_claim_panel(bench):
    start, end = (bench.locator(f"#{each}").bounding_box() for each in ("t1w1", "t1w3"))
    bench.mouse.move(start["x"] + 2, start["y"] + 8)
    bench.mouse.down()
    bench.mouse.move(end["x"] + end["width"] - 2, end["y"] + 8, steps=4)
    bench.mouse.up()
    bench.wait_for_selector(".panel .chosen")
    assert chosen(bench) == ["LAC", "EST", "FROID"]
    assert bench.text_content(".panel .quoted") == "LAC EST FROID"
    assert bench.locator(".panel mark").all_text_contents() == ["lac est froid"]


def test_a_claim_is_made_judged_copied_and_taken_back_by_keyboard(chromium, url, document):
    with visiting(chromium, permissions=["clipboard-read", "clipboard-write"]) as page:
        open_bench(page, url, document)
        press(page, "j", "ArrowRight", "Enter")
        page.wait_for_selector(".panel .chosen")
        press(page, "Tab", "Tab")
        press(page, "Enter")
        page.wait_for_selector("[data-do=copy]:focus")
        press(page, "Enter")
        saved(page, "Copied.")
        assert page.evaluate("navigator.clipboard.readText()") == page.text_content(".cite")
        press(page, "Tab", "Enter")
        saved(page, "Your verdict is kept.")
        page.wait_for_selector("[data-verdict=faithful][aria-pressed=true]")
        press(page, "Escape")
        assert page.is_hidden("#panel")
        assert page.evaluate("document.activeElement.id") == "t1w1"
        press(page, "u")
        saved(page, "Undone in segment 1.")
        press(page, "Enter")
        page.wait_for_selector("text=Make it a claim")


def test_chosen_words_are_flagged_and_the_flag_resolved(bench, document):
    press(bench, "j", "ArrowRight", "Shift+ArrowRight", "f")
    assert bench.text_content("#flagging .quoted") == "LAC EST"
    bench.keyboard.type("j a e f: which lake?")
    bench.check("#flagging [value=critical]")
    press(bench, "Control+Enter")
    saved(bench, "Segment 1 is flagged.")
    bench.wait_for_selector("#sentence-1 mark.critical")
    (flag,) = segment(document, 1).flags
    assert (flag.quote, flag.severity, flag.reason) == (
        "LAC EST",
        "critical",
        "j a e f: which lake?",
    )
    assert "which lake?" in bench.text_content("#sentence-1 .notes")
    bench.click("text=Resolve")
    saved(bench, "The flag is resolved.")
    bench.wait_for_selector("#sentence-1 .notes", state="detached")
    press(bench, "u")
    bench.wait_for_selector("#sentence-1 .notes")


def test_without_chosen_words_the_whole_segment_is_flagged(bench, document):
    press(bench, "j", "f")
    bench.fill("#reason", "unclear")
    press(bench, "Control+Enter")
    bench.wait_for_selector("#sentence-1 .notes")
    assert segment(document, 1).flags[0].quote == "LE LAC EST FROID."


def test_a_comment_is_written_read_and_taken_back(bench, document):
    press(bench, "j", "c")
    bench.keyboard.type("Which lake?")
    press(bench, "Control+Enter")
    bench.wait_for_selector(".panel .remarks li:has-text('Which lake?')")
    bench.wait_for_selector("#sentence-1 .mark:has-text('1 comment')")
    bench.click(".panel .remarks >> text=Take it back")
    bench.wait_for_selector(".panel .remarks li", state="detached")
    assert segment(document, 1).comments == 0


def test_a_filter_leaves_what_is_to_be_done(bench):
    press(bench, "j", "a")
    saved(bench, "Segment 1 is reviewed.")
    press(bench, "/")
    assert bench.locator(".rung[data-number]:visible").count() == 2
    assert bench.input_value("#show") == "unreviewed"
    press(bench, "/")
    saved(bench, "2 segments are shown.")
    press(bench, "/")
    assert bench.locator(".rung[data-number]:visible").count() == 3


def test_the_keys_are_shown_and_can_be_turned_off(bench):
    press(bench, "?")
    assert bench.is_visible("#keys")
    bench.uncheck("#single-keys")
    press(bench, "Escape", "j")
    assert bench.locator(".rung.current").count() == 0
    bench.click("[data-do=keys]")
    bench.check("#single-keys")
    press(bench, "Escape", "j")
    assert bench.locator(".rung.current").count() == 1


def test_no_key_acts_while_somebody_types(bench, document):
    press(bench, "j", "e")
    bench.keyboard.type("jaf?")
    assert state_of(bench, 1) == "draft"
    assert bench.input_value(".editing textarea").endswith("jaf?")


def test_the_picture_of_the_document_leads_to_a_segment(bench):
    box = bench.locator(".strip").bounding_box()
    bench.mouse.click(box["x"] + box["width"] - 5, box["y"] + 10)
    assert bench.locator(".rung.current").get_attribute("id") == "sentence-3"
    assert bench.get_attribute(".strip", "aria-valuetext") == "Segment 3 of 3, draft"
    bench.focus(".strip")
    press(bench, "Home", "ArrowRight", "Enter")
    assert bench.evaluate("document.activeElement.id") == "t2w0"


def test_every_key_has_a_button(bench):
    bench.click("[data-do=next]")
    bench.click("[data-do=approve]")
    saved(bench, "Segment 1 is reviewed. Saved.")
    assert bench.text_content("[data-do=approve]").startswith("Sign off")
    bench.click("[data-do=undo]")
    saved(bench, "Undone in segment 1.")
