import os
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import sync_playwright
from waitress.server import create_server

from service.app import create_app
from service.config import Settings
from tests.fakes import FakeEngines
from tests.review.engines import Unsure

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def settings(tmp_path):
    return Settings(models=tmp_path, max_characters=2000)


@pytest.fixture
def client(settings):
    return create_app(settings, FakeEngines(Unsure())).test_client()


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM.exists():
        reason = f"there is no {CHROMIUM} (Debian: apt-get install chromium)"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def served(app):
    """The address of the application, really served for as long as the block lasts."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    # The signal handling of `run` is for the main thread; the loop alone is enough here.
    thread = Thread(target=server.asyncore.loop, kwargs={"timeout": 0.05, "map": server._map})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.task_dispatcher.shutdown()
        server.asyncore.close_all(server._map)
        thread.join()


@pytest.fixture
def url(settings):
    with served(create_app(settings, FakeEngines(Unsure()))) as address:
        yield address


@pytest.fixture
def page(chromium):
    """A page of a fresh browser; whatever it says on its console fails the test."""
    context = chromium.new_context(viewport={"width": 1200, "height": 800})
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.console = []
    page.on("console", lambda message: page.console.append(message.text))
    page.on("pageerror", lambda error: page.console.append(str(error)))
    yield page
    context.close()
    assert page.console == []
