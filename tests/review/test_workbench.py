"""The page in a real browser, as somebody at a desk uses it."""

import re

import pytest

from service.app import create_app
from tests.browser import served, visiting
from tests.documents.samples import word_file
from tests.fakes import FakeEngines, kept
from tests.review.engines import NOTE, Waiting

pytestmark = pytest.mark.browser

ARTICLE = "Le lac est froid.\n\nIl est venu hier. Il ne dira rien 😀👩‍👩‍👧 à Éric."
GO = "button:text('Translate')"
CONTRASTS = """() => {
  const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const painted = (colours) => {
    for (const colour of colours) {
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
    }
    const shares = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3).map((each) => each / 255);
    const [r, g, b] = shares.map((each) =>
      each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const layers = (element) =>
    element ? [...layers(element.parentElement), getComputedStyle(element).backgroundColor] : [];
  const written = (element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  return [...document.body.querySelectorAll("*")]
    .filter((element) => written(element) && element.checkVisibility())
    .map((element) => {
      const below = painted(layers(element));
      const ink = painted([...layers(element), getComputedStyle(element).color]);
      const [dark, bright] = [below, ink].sort((a, b) => a - b);
      return [(bright + 0.05) / (dark + 0.05), element.outerHTML.slice(0, 80)];
    });
}"""


def translate(page, url, text=ARTICLE):
    page.goto(url)
    page.fill("#text", text)
    page.click(GO)
    page.wait_for_selector("#result .ladder")


def word(page, text):
    return page.locator(".w", has_text=re.compile(f"^{text}$"))


def lit(page):
    return page.locator(".w.lit").all_text_contents()


def reading(page):
    return page.text_content(".reading")


def text_of(page, side):
    return "".join(page.locator(f"[data-text={side}]").all_text_contents())


def complaint(page, field):
    return page.text_content(f"#complaint-{field}").strip()


def drop(page, content, name):
    carried = page.evaluate_handle(
        """([bytes, name]) => {
          const carried = new DataTransfer();
          carried.items.add(new File([new Uint8Array(bytes)], name));
          return carried;
        }""",
        [list(content), name],
    )
    page.dispatch_event("#text", "drop", {"dataTransfer": carried})


def test_a_pasted_article_comes_back_side_by_side(page, url):
    translate(page, url)
    assert text_of(page, "source") == ARTICLE
    assert text_of(page, "target").startswith("LE LAC EST FROID.\n\nIL EST VENU")
    left, right = (page.locator(f"#{name}").bounding_box() for name in ("s1w0", "t1w0"))
    assert left["y"] == right["y"]
    assert left["x"] < right["x"]


def test_the_translation_takes_the_place_of_the_form_which_keeps_the_text(page, url):
    translate(page, url)
    assert page.is_hidden("#text")
    page.click("summary:has-text('Article')")
    assert page.input_value("#text") == ARTICLE
    assert page.title() == "Translated · Vis-à-vis"


@pytest.mark.parametrize(("pointed", "partner"), [("dira", "DIRA"), ("DIRA", "dira")])
def test_pointing_at_a_word_lights_up_its_partner_on_the_other_side(page, url, pointed, partner):
    translate(page, url)
    word(page, pointed).hover()
    assert lit(page) == [partner]
    assert re.fullmatch(f"{pointed} (became|comes from) {partner} 100%", reading(page))


def test_a_word_after_an_emoji_lights_up_its_own_partner(page, url):
    translate(page, url)
    word(page, "Éric").hover()
    assert lit(page) == ["ÉRIC"]


def test_a_word_lights_up_its_whole_sentence_on_both_sides(page, url):
    translate(page, url)
    word(page, "venu").hover()
    assert (
        page.locator(".rung.lit").all_text_contents()[0].startswith("\n\nIl est venu hier.\n\nIL")
    )


def test_a_weaker_link_glows_less(page, url):
    translate(page, url)
    glow = {}
    for name in ("lac", "froid"):
        word(page, name).hover()
        found = word(page, name.upper())
        glow[name] = found.evaluate("each => getComputedStyle(each).backgroundColor")
    alpha = {
        name: float(re.search(r"/ ([\d.]+)", colour + " / 1")[1]) for name, colour in glow.items()
    }
    assert alpha["lac"] == pytest.approx(0.25 + 0.75 * 0.6, abs=0.01)
    assert alpha["froid"] == 1


def test_a_word_without_a_counterpart_says_so(page, url):
    translate(page, url)
    word(page, "ne").hover()
    assert lit(page) == []
    assert reading(page) == "ne has no counterpart in the translation."


def test_what_is_lit_goes_out_when_the_pointer_leaves(page, url):
    translate(page, url)
    word(page, "dira").hover()
    page.hover(".masthead")
    assert (lit(page), reading(page)) == ([], "")


def test_a_doubt_is_marked_explained_and_tied_to_its_word(page, url):
    translate(page, url)
    note = word(page, "hier").get_attribute("aria-describedby")
    assert page.text_content(f"#{note}") == f"Date doubtful (major): {NOTE}"
    assert page.locator("mark.major").all_text_contents() == ["hier", "HIER"]


def test_the_ladder_is_one_stop_of_the_tab_key(page, url):
    translate(page, url)
    page.focus("#s1w1")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Keys"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.id") == "s1w1"


@pytest.mark.parametrize(
    ("start", "keys", "end"),
    [
        ("s1w0", "ArrowRight", "s1w1"),
        ("s1w0", "ArrowLeft", "s1w0"),
        ("s1w3", "ArrowRight", "s2w0"),
        ("s2w0", "ArrowLeft", "s1w3"),
        ("t1w2", "ArrowDown", "t2w0"),
        ("t2w2", "ArrowUp", "t1w0"),
        ("s1w2", "j", "s2w0"),
        ("s3w2", "k", "s2w0"),
        ("s3w2", "j", "s3w2"),
        ("s1w2", "Home", "s1w0"),
        ("s1w0", "End", "s1w3"),
        ("s1w1", "Enter", "t1w1"),
        ("t1w1", "Enter", "s1w1"),
        ("s3w1", "Enter", "s3w1"),
    ],
)
def test_the_keyboard_walks_the_ladder(page, url, start, keys, end):
    translate(page, url)
    page.focus(f"#{start}")
    page.keyboard.press(keys)
    assert page.evaluate("document.activeElement.id") == end
    assert page.locator(".w[tabindex='0']").evaluate_all("all => all.map((each) => each.id)") == [
        end
    ]


def test_the_word_that_the_keyboard_reached_lights_up_its_partner(page, url):
    translate(page, url)
    page.focus("#s1w0")
    page.keyboard.press("ArrowRight")
    assert lit(page) == ["LAC"]
    assert reading(page) == "lac became LAC 60%"
    page.keyboard.press("Escape")
    assert (lit(page), reading(page)) == ([], "")


def test_a_question_mark_shows_the_keys(page, url):
    translate(page, url)
    page.focus("#s1w0")
    page.keyboard.press("?")
    assert page.is_visible("text=sentence by sentence")


def test_from_right_to_left_the_arrows_follow_the_text(page, url):
    translate(page, url, "שלום עולם")
    page.focus("#s1w0")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.id") == "s1w1"


def test_a_tap_lights_up_the_partner(chromium, url):
    with visiting(chromium, has_touch=True) as page:
        translate(page, url)
        word(page, "dira").tap()
        assert lit(page) == ["DIRA"]


def test_a_counterpart_off_screen_is_brought_into_view(chromium, url):
    with visiting(
        chromium, viewport={"width": 360, "height": 400}, reduced_motion="reduce"
    ) as page:
        translate(page, url, "un " * 150 + "dernier.")
        page.focus("#s1w120")
        box = page.locator("#t1w120").bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= page.locator(".bar").bounding_box()["y"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(chromium, url, scheme):
    with visiting(chromium, color_scheme=scheme) as page:
        translate(page, url)
        page.click("summary:has-text('Article')")
        word(page, "hier").hover()
        measured = page.evaluate(CONTRASTS)
        assert len(measured) > 40
        assert [each for each in measured if each[0] < 4.5] == []


def test_dark_mode_is_dark(chromium, url):
    with visiting(chromium, color_scheme="dark") as page:
        page.goto(url)
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert max(map(int, re.findall(r"\d+", ground))) < 64


def test_a_phone_stacks_the_sides_and_never_scrolls_sideways(chromium, url):
    with visiting(chromium, viewport={"width": 360, "height": 740}) as page:
        translate(page, url, f"{ARTICLE} https://example.org/{'a' * 200}")
        page.click("summary:has-text('Article')")
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        left, right = (page.locator(f"#{name}").bounding_box() for name in ("s1w0", "t1w0"))
        assert left["y"] < right["y"]


def test_an_error_stands_beside_its_field_and_keeps_the_text(page, url):
    translate(page, url)
    page.click("summary:has-text('Article')")
    page.fill("#text", "é" * 2001)
    page.click(GO)
    page.wait_for_selector("#text[aria-invalid]")
    assert complaint(page, "text") == "2001 characters are more than the limit of 2000"
    assert page.input_value("#text") == "é" * 2001
    assert page.is_visible("#result .ladder")
    assert page.console.pop().startswith(
        "Failed to load resource: the server responded with a status of 413"
    )


def test_an_error_is_gone_once_the_article_is_right(page, url):
    page.goto(url)
    page.click(GO)
    page.wait_for_selector("#text[aria-invalid]")
    page.fill("#text", ARTICLE)
    page.click(GO)
    page.wait_for_selector("#result .ladder")
    assert complaint(page, "text") == ""
    assert page.get_attribute("#text", "aria-invalid") is None
    page.console.clear()


def test_a_lost_connection_costs_nobody_their_text(page, url):
    page.goto(url)
    page.fill("#text", ARTICLE)
    page.route("**/*", lambda route: route.abort())
    page.click(GO)
    page.wait_for_selector("text=The connection to the service was lost")
    assert page.input_value("#text") == ARTICLE
    assert page.is_enabled(GO)
    assert page.console.pop().startswith("Failed to load resource")


def test_a_long_translation_shows_that_it_runs_and_can_be_stopped(page, settings):
    engine = Waiting()
    with served(create_app(settings, FakeEngines(engine), kept())) as url:
        page.goto(url)
        page.fill("#text", ARTICLE)
        page.click(GO)
        page.wait_for_selector(".progress progress")
        assert page.text_content(".what") == "Translating about 3 sentences …"
        assert page.is_disabled(GO)
        page.click("text=Cancel")
        page.wait_for_selector(".progress", state="hidden")
        assert page.input_value("#text") == ARTICLE
        assert page.is_enabled(GO)
        engine.let_go.set()


def test_a_dropped_file_is_shown_and_translated_as_it_is(page, url):
    page.goto(url)
    drop(page, "\ufeffIl dort.\r\nIl est venu.".encode(), "article.txt")
    page.wait_for_selector("text=article.txt is sent as it is, unless you edit it.")
    assert page.input_value("#text") == "Il dort.\nIl est venu."
    page.click(GO)
    page.wait_for_selector("#result .ladder")
    assert text_of(page, "source") == "\ufeffIl dort.\r\nIl est venu."


def test_a_dropped_file_that_was_edited_is_translated_as_edited(page, url):
    page.goto(url)
    drop(page, b"Il dort.\r\nIl est venu.", "article.txt")
    page.wait_for_selector("text=article.txt is sent")
    page.fill("#text", "Il est venu.")
    page.click(GO)
    page.wait_for_selector("#result .ladder")
    assert text_of(page, "source") == "Il est venu."


def test_a_file_that_is_removed_gives_the_typed_text_back(page, url):
    page.goto(url)
    page.fill("#text", ARTICLE)
    drop(page, b"Il dort.", "article.txt")
    page.wait_for_selector("text=article.txt is sent")
    page.click("text=Remove")
    assert page.input_value("#text") == ARTICLE


def test_a_file_that_is_no_text_is_refused_and_leaves_the_typed_text_alone(page, url):
    page.goto(url)
    page.fill("#text", ARTICLE)
    drop(page, b"%PDF-1.7\xff\xfe", "article.pdf")
    page.wait_for_selector("#file[aria-invalid]")
    assert complaint(page, "file").startswith("article.pdf is no text in UTF-8")
    assert page.input_value("#text") == ARTICLE


def test_characters_are_counted_as_the_service_counts_them(page, url):
    page.goto(url)
    page.fill("#text", "été 😀")
    assert page.text_content(".count") == "5 of 2,000 characters"


def test_the_downloaded_page_lights_up_as_the_served_one(page, url, tmp_path):
    translate(page, url)
    with page.expect_download() as started:
        page.click("text=HTML page")
    started.value.save_as(tmp_path / "article.html")
    page.goto((tmp_path / "article.html").as_uri())
    word(page, "dira").hover()
    assert lit(page) == ["DIRA"]


def test_without_a_script_the_page_works_as_plain_forms(chromium, url):
    with visiting(chromium, java_script_enabled=False) as page:
        translate(page, url)
        assert page.is_hidden("#text")
        page.click("summary:has-text('Article')")
        assert page.input_value("#text") == ARTICLE


def test_the_sample_is_offered_only_while_the_box_is_empty(page, url):
    page.goto(url)
    page.click("text=try a sample")
    assert "Valbrune" in page.input_value("#text")
    assert page.is_hidden("text=try a sample")


def test_a_document_that_the_service_reads_is_sent_as_it_is(page, url):
    page.goto(url)
    drop(page, word_file(), "conseil.docx")
    page.wait_for_selector("text=conseil.docx is sent")
    page.click(".go")
    page.wait_for_selector(".ladder")
    assert "LE CONSEIL MUNICIPAL" in page.locator(".ladder").text_content()
