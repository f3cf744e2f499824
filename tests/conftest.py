import os

import pytest
from hypothesis import settings
from playwright.sync_api import sync_playwright

from tests.browser import CHROMIUM, FLAGS, MISSING, visiting

# How long an example takes says more of the machine than of the code.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_terminal_summary(terminalreporter):
    if not CHROMIUM.exists():
        terminalreporter.write_line(f"The tests of the page were left out: {MISSING}.")


# One for all tests: a process can have only one at a time.
@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM.exists():
        pytest.fail(MISSING) if os.environ.get("CI") else pytest.skip(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    with visiting(chromium) as page:
        yield page
