"""Take the pictures of the page that the documentation shows: `python docs/screenshots.py`.

A real service translates the sample with the built-in model, and a real
Chromium looks at it; so the pictures show what a fresh clone shows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from service.commands.demo import running

IMAGES = Path(__file__).parent / "images"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
# The verb of the sample that is in the press conditional.
CHOSEN = "aurait"


@dataclass(frozen=True, slots=True)
class Picture:
    """One view of the translated sample; width and height in CSS pixels."""

    name: str
    width: int
    height: int
    scheme: Literal["light", "dark"]


PICTURES = (
    Picture("page", 1200, 780, "light"),
    Picture("page-dark", 1200, 780, "dark"),
    Picture("page-phone", 360, 740, "light"),
)


def main() -> None:
    """Write every picture into docs/images/."""
    with running() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for picture in PICTURES:
            take(browser, url, picture)
        browser.close()


def take(browser: Browser, url: str, picture: Picture) -> None:
    """Translate the sample, choose one word of it, and write what is seen."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.scheme,
        reduced_motion="reduce",
        device_scale_factor=2 if picture.width < 500 else 1.5,
    )
    page = context.new_page()
    page.goto(f"{url}/?sample=1")
    page.get_by_role("button", name="Translate").click()
    page.wait_for_selector("#result .ladder")
    page.locator(".w", has_text=re.compile(f"^{CHOSEN}$")).click()
    page.screenshot(path=IMAGES / f"{picture.name}.png")
    context.close()


if __name__ == "__main__":
    main()
