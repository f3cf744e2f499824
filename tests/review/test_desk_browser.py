"""Library, jobs, report and the page of a new article in a real browser, in both languages."""

import re
from contextlib import closing

import pytest
from axe_playwright_python.sync_playwright import Axe

from service.app import create_app
from service.store.jobs.control import pause_job
from service.store.jobs.reading import list_jobs
from service.store.opening import open_store
from tests.browser import served, visiting
from tests.fakes import FakeEngines
from tests.review.engines import Unsure
from tests.review.libraries import LAKE, stock
from tests.store.jobs import received, work_off

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
PAGES = (
    "/",
    "/documents",
    "/documents?query=zzz",
    "/documents/{lake}/report",
    "/jobs",
    "/jobs/{job}",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with closing(open_store(tmp_path_factory.mktemp("desk") / "visavis.db")) as store:
        yield store


@pytest.fixture(scope="module")
def desk(settings, store):
    """The address of a service with two documents and a paused job, and the way to its pages."""
    lake = stock(store)
    job = received(store, ["Il dort.", "Il vient.", ""], title="La nuit")
    pause_job(store, job.id)
    with served(create_app(settings, FakeEngines(Unsure()), store)) as url:
        yield lambda path: url + path.format(lake=lake, job=job.id)


@pytest.fixture
def empty(settings, tmp_path):
    """A service of its own, and its store."""
    with (
        closing(open_store(tmp_path / "visavis.db")) as store,
        served(create_app(settings, FakeEngines(Unsure()), store)) as url,
    ):
        yield url, store


def drop(page, *names):
    carried = page.evaluate_handle(
        """(names) => {
          const carried = new DataTransfer();
          for (const name of names) carried.items.add(new File([`Il dort dans ${name}.`], name));
          return carried;
        }""",
        list(names),
    )
    page.dispatch_event("main", "drop", {"dataTransfer": carried})


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("locale", "scheme"), [("en-GB", "light"), ("fr-FR", "dark")])
def test_a_page_keeps_the_rules_of_accessibility(chromium, desk, path, locale, scheme):
    with visiting(chromium, locale=locale, color_scheme=scheme) as page:
        page.goto(desk(path))
        for each in page.locator("main details").all():
            each.evaluate("each => { each.open = true; }")
        found = Axe().run(page)
        assert page.get_attribute("html", "lang") == locale[:2]
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_never_scrolls_sideways(chromium, desk, path):
    with visiting(chromium, viewport=PHONE, locale="fr-FR") as page:
        page.goto(desk(path))
        assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_reader_changes_the_language_and_stays_on_the_page(page, desk):
    page.goto(desk("/documents?query=lac"))
    page.click("text=Français")
    assert page.text_content("h1") == "Bibliothèque"
    assert page.input_value("#query") == "lac"
    page.click("text=Lots")
    assert page.text_content("h1") == "Lots"
    page.click("text=English")
    assert page.text_content("h1") == "Jobs"


def test_the_first_stop_of_the_tab_key_skips_to_the_content(page, desk):
    page.goto(desk("/documents"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_choice_narrows_the_library_at_once(page, desk):
    page.goto(desk("/documents"))
    page.select_option("#flagged", "critical")
    page.wait_for_url("**/documents?flagged=critical&order=newest")
    assert page.locator(".documents h2").all_text_contents() == ["Au bord du lac"]


def test_a_file_that_is_dropped_on_the_library_is_translated_and_kept(empty, page):
    url, _ = empty
    page.goto(f"{url}/documents")
    drop(page, "nuit.txt")
    page.wait_for_selector(".kept a")
    page.click("text=Library")
    assert page.locator(".documents h2").all_text_contents() == ["nuit.txt"]


def test_several_files_that_are_dropped_become_a_job(empty, page):
    url, store = empty
    page.goto(f"{url}/documents")
    drop(page, "a.txt", "b.txt", "c.txt")
    page.wait_for_url("**/jobs/*")
    (job,) = list_jobs(store).jobs
    assert (job.counts.articles, page.url) == (3, f"{url}/jobs/{job.id}")


def test_a_job_is_sent_by_its_form_and_followed_to_its_end(empty, page):
    url, store = empty
    page.goto(f"{url}/jobs")
    drop(page, "a.txt", "b.txt")
    assert page.text_content("#chosen") == "2 files chosen"
    page.fill("#title", "La nuit")
    page.click("text=Start the job")
    page.wait_for_selector("b.state.queued")
    work_off(store)
    page.wait_for_selector("b.state.done")
    assert page.inner_text(".said") == "Done: 2 of 2 articles"
    assert page.locator(".articles a").count() == 2
    page.click("text=Its documents in the library")
    assert "La nuit" in page.text_content(".of-job")


def test_the_list_of_jobs_keeps_up_too(empty, page):
    url, store = empty
    received(store, ["Il dort."], title="La nuit")
    page.goto(f"{url}/jobs")
    page.wait_for_selector("b.state.queued")
    work_off(store)
    page.wait_for_selector("b.state.done")


def test_the_focus_stays_where_it_was_while_a_job_goes_on(empty, page):
    url, store = empty
    job = received(store, ["Il dort.", "Il vient."], chunk_characters=1)
    page.goto(f"{url}/jobs/{job.id}")
    page.focus("#delete")
    work_off(store, chunks=1)
    page.wait_for_selector("#article-1")
    assert page.evaluate("document.activeElement.id") == "delete"


def test_without_a_script_jobs_are_followed_by_loading_them_again(chromium, empty):
    url, store = empty
    job = received(store, ["Il dort."])
    with visiting(chromium, java_script_enabled=False) as page:
        page.goto(f"{url}/jobs/{job.id}")
        page.click("text=Pause")
        assert page.is_visible("b.state.paused")
        page.click("text=Resume")
        page.wait_for_selector("b.state.queued")
        work_off(store)
        page.reload()
        assert page.is_visible("b.state.done")


def test_the_whole_way_of_an_article_in_french(chromium, empty):
    url, _ = empty
    with visiting(chromium, locale="fr-FR") as page:
        page.goto(f"{url}/documents")
        page.click("text=Traduire >> nth=0")
        page.fill("#text", LAKE)
        page.wait_for_selector(".count:visible")
        assert page.text_content(".count") == "59 caractères sur 2\u202f000"
        page.check("text=Garder dans la bibliothèque")
        page.click("button:text('Traduire')")
        page.wait_for_selector(".kept a")
        assert page.title() == "Traduit · Vis-à-vis"
        page.click("nav >> text=Bibliothèque")
        page.click(".documents >> text=Rapport")
        assert page.text_content("h2 >> nth=0") == "Avancement de la relecture"
        page.click("text=Ouvrir le document")
        page.wait_for_selector(".rung")
        assert page.text_content(".heads b >> nth=0") == "Français"


def test_a_report_is_printed_without_what_is_only_for_screens(page, desk):
    page.goto(desk("/documents/{lake}/report"))
    page.emulate_media(media="print")
    assert not page.is_visible(".places")
    assert not page.is_visible(".downloads")
    assert re.search(r"/documents/\w{26}/report", page.inner_text(".address"))
