"""A real browser over a service that is really served, on this machine alone."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from waitress import wasyncore
from waitress.server import create_server

HERE = ("http://127.0.0.1:", "file://", "blob:", "data:")
CHROMIUM = Path("/usr/bin/chromium")
MISSING = f"there is no {CHROMIUM} (Debian: apt-get install chromium)"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def served(app):
    """The address of the application, really served for as long as the block lasts."""
    sockets = {}
    server = create_server(app, map=sockets, host="127.0.0.1", port=0, threads=4)
    ended = Event()

    def serve():
        while not ended.is_set():
            wasyncore.loop(timeout=0.05, map=sockets, count=1)
        server.task_dispatcher.shutdown()
        wasyncore.close_all(sockets)

    thread = Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        ended.set()
        thread.join()


@contextmanager
def visiting(chromium, **options):
    """A page of a fresh browser that may neither complain on its console nor leave this machine."""
    context = chromium.new_context(**{"viewport": {"width": 1200, "height": 800}, **options})
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.console = []
    page.abroad = []
    page.on("console", lambda message: page.console.append(message.text))
    page.on("pageerror", lambda error: page.console.append(str(error)))
    page.on("request", lambda request: page.abroad.append(request.url))
    try:
        yield page
    finally:
        context.close()
    assert page.console == []
    assert [each for each in page.abroad if not each.startswith(HERE)] == []
