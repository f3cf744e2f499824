"""Take the pictures of the pages that the documentation shows: `python docs/screenshots.py`.

A real service translates the sample with the built-in model, and a real
Chromium looks at it; so the pictures show what a fresh clone shows. Another
picture is another line of `PICTURES`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from service.commands.demo import SAMPLE, running

IMAGES = Path(__file__).parent / "images"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
# The verb of the sample that is in the press conditional.
CHOSEN = "aurait"
JOB_SECONDS = 120
TITLE = "Réunion à huis clos"


class Scene(NamedTuple):
    """The service, and the paths of what is kept there to be looked at."""

    url: str
    document: str
    job: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One view; `look` goes there, width and height are in CSS pixels."""

    name: str
    look: Callable[[Page, Scene], None]
    width: int = 1200
    height: int = 780
    scheme: Literal["light", "dark"] = "light"


def translated(page: Page, scene: Scene) -> None:
    """The page where an article goes in, with one word of its translation pointed at."""
    page.goto(f"{scene.url}/?sample=1")
    page.get_by_role("button", name="Translate").click()
    page.wait_for_selector("#result .ladder")
    page.locator(".w", has_text=re.compile(f"^{CHOSEN}$")).click()


def bench(page: Page, scene: Scene) -> None:
    """The bench, on a flagged segment."""
    page.goto(f"{scene.url}{scene.document}")
    page.wait_for_selector("#bar:visible")
    for key in ("j", "n"):
        page.keyboard.press(key)
    page.wait_for_timeout(300)


def claim(page: Page, scene: Scene) -> None:
    """The panel of some chosen words that are a claim."""
    bench(page, scene)
    for key in ("Home", *["Shift+ArrowRight"] * 3, "Enter"):
        page.keyboard.press(key)
    page.wait_for_selector(".panel .chosen")
    if page.locator("[data-do=claim]").count():
        page.click("[data-do=claim]")
    page.wait_for_selector(".cite")
    page.wait_for_timeout(300)


def at(path: str) -> Callable[[Page, Scene], None]:
    """A page that needs nothing but its address, in which {document} and {job} are filled in."""

    def look(page: Page, scene: Scene) -> None:
        page.goto(scene.url + path.format(**scene._asdict()))
        page.wait_for_load_state("networkidle")

    return look


PICTURES = (
    Picture("page", translated),
    Picture("page-dark", translated, scheme="dark"),
    Picture("page-phone", translated, width=360, height=740),
    Picture("bench", bench, height=900),
    Picture("bench-dark", bench, height=900, scheme="dark"),
    Picture("bench-phone", bench, width=360, height=740),
    Picture("claim", claim, height=900),
    Picture("library", at("/documents")),
    Picture("report", at("{document}/report"), height=900),
    Picture("jobs", at("/jobs")),
    Picture("job", at("{job}")),
)


def main() -> None:
    """Write every picture into docs/images/."""
    with TemporaryDirectory() as folder:
        # Pictures are of what is made for them, never of somebody's own documents.
        os.environ["VISAVIS_DATABASE"] = str(Path(folder) / "pictures.db")
        os.environ["VISAVIS_RUNNER"] = "embedded"
        with running() as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            scene = prepared(browser, url)
            for picture in PICTURES:
                take(browser, scene, picture)
            browser.close()


def prepared(browser: Browser, url: str) -> Scene:
    """A document that is being reviewed, and a job that has been done."""
    page = browser.new_page()
    article = SAMPLE.read_text(encoding="utf-8")
    document = _sent(
        page, f"{url}/v1/translations", {"text": article, "store": True, "title": TITLE}
    )
    for number, state in ((1, "signed_off"), (2, "reviewed"), (3, "reviewed")):
        path = f"{url}/v1/documents/{document}/segments/{number}"
        page.request.patch(path, data={"revision": 0, "state": state})
    articles = [
        {"id": f"{number}.txt", "text": text} for number, text in enumerate(_parts(article))
    ]
    job = _sent(page, f"{url}/v1/jobs", {"title": "Dépêches du jour", "articles": articles})
    _await_job(page, f"{url}/v1/jobs/{job}")
    page.close()
    return Scene(url, f"/documents/{document}", f"/jobs/{job}")


def _sent(page: Page, address: str, body: dict[str, object]) -> str:
    response = page.request.post(address, data=body)
    if not response.ok:
        raise SystemExit(f"{address} answered {response.status}: {response.text()[:500]}")
    return str(response.json()["id"])


def _await_job(page: Page, address: str) -> None:
    """A job that is not done in time is shown as far as it is."""
    for _ in range(JOB_SECONDS):
        if page.request.get(address).json()["state"] == "done":
            return
        page.wait_for_timeout(1000)


def _parts(article: str) -> list[str]:
    return [part for part in article.split("\n\n") if part.strip()]


def take(browser: Browser, scene: Scene, picture: Picture) -> None:
    """Look at one thing, and write what is seen."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.scheme,
        reduced_motion="reduce",
        device_scale_factor=2 if picture.width < 500 else 1.5,
    )
    page = context.new_page()
    picture.look(page, scene)
    page.screenshot(path=IMAGES / f"{picture.name}.png")
    context.close()


if __name__ == "__main__":
    main()
