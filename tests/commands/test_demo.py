from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import click
import pytest
from rich.console import Console

from alignment.document import FRENCH_ENGLISH, AlignedDocument, Link, Segment
from alignment.formats import native
from alignment.span import Span
from service.commands.demo import SAMPLE, running, show, side_by_side, telling_word, translated
from service.translate import translate_article
from tests.fakes import WordByWord

# A service that is not ready when it is first asked, and is from then on.
SLOW_SERVICE = """
from http.server import BaseHTTPRequestHandler, HTTPServer
asked = []
class Service(BaseHTTPRequestHandler):
    def do_GET(self):
        asked.append(self.path)
        self.send_response(200 if asked == ["/readyz"] * 2 else 503)
        self.end_headers()
server = HTTPServer(("127.0.0.1", 0), Service)
print(f"Vis-à-vis listens on http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
"""


def python(code: str) -> list[str]:
    return [sys.executable, "-X", "utf8", "-c", code]


def test_a_service_is_waited_for_until_its_model_is_loaded():
    with running(python(SLOW_SERVICE), start_seconds=30) as url:
        assert url.startswith("http://127.0.0.1:")


def test_a_service_is_stopped_when_its_block_ends():
    with running(python(SLOW_SERVICE), start_seconds=30) as url:
        pass
    with pytest.raises(OSError, match="refused"):
        translated(url, "Il part.")


def test_a_service_that_ends_says_why():
    with (
        pytest.raises(click.ClickException, match="ended; it last said:\nport taken"),
        running(python("print('port taken')"), start_seconds=30),
    ):
        pass


def test_a_service_that_is_never_ready_is_given_up():
    with (
        pytest.raises(click.ClickException, match="was not ready in time"),
        running(python("import time; time.sleep(60)"), start_seconds=0.2),
    ):
        pass


def aligned(text):
    return native.to_json(translate_article(text, WordByWord()))


class Translating(BaseHTTPRequestHandler):
    """Answers as the API does, or refuses what holds the word "refuse"."""

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        refused = "refuse" in asked["text"]
        answer = {"detail": "text: no"} if refused else aligned(asked["text"])
        self.send_response(422 if refused else 200)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *arguments):
        pass


@pytest.fixture
def url():
    with HTTPServer(("127.0.0.1", 0), Translating) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_an_article_comes_back_aligned_with_its_own_text(url):
    assert translated(url, "Il part.\n").source == "Il part.\n"


def test_a_proxy_of_the_environment_is_not_asked_for_the_loopback_address(url, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert translated(url, "Il part.").target == "IL PART."


def test_a_refusal_is_passed_on(url):
    with pytest.raises(click.ClickException, match="text: no"):
        translated(url, "Il refuse.")


@pytest.fixture
def document():
    """A name that reads the same, a surer word that does not, and a less sure one."""
    return AlignedDocument(
        source="Kozak part vite.\nFin",
        target="Kozak leaves fast.\nEnd",
        segments=(
            Segment(
                "s1",
                0,
                Span(0, 16),
                Span(0, 18),
                (
                    Link(Span(0, 5), Span(0, 5), 1.0),
                    Link(Span(6, 10), Span(6, 12), 0.9),
                    Link(Span(11, 15), Span(13, 17), 0.4),
                ),
            ),
            Segment("s2", 1, Span(17, 20), Span(19, 22)),
        ),
        languages=FRENCH_ENGLISH,
    )


def test_the_telling_word_is_a_sure_one_that_reads_differently(document):
    word, projection = telling_word(document)
    assert (word, projection.spans) == (Span(6, 12), (Span(6, 10),))


def test_a_document_without_links_has_no_telling_word():
    segments = (Segment("s1", 0, Span(0, 3), Span(0, 3)),)
    assert telling_word(AlignedDocument("Fin", "End", segments, FRENCH_ENGLISH)) is None


def test_every_sentence_stands_beside_its_translation(document):
    columns = side_by_side(document, None).columns
    assert [[str(cell) for cell in column.cells] for column in columns] == [
        ["Kozak part vite.", "Fin"],
        ["Kozak leaves fast.", "End"],
    ]


def test_the_word_that_is_led_back_is_marked_on_both_sides(document):
    columns = side_by_side(document, telling_word(document)).columns
    marked = [[span[:2] for span in next(iter(column.cells)).spans] for column in columns]
    assert marked == [[(6, 10)], [(6, 12)]]


def test_the_characters_behind_a_word_are_printed_with_their_offsets(document, capsys):
    show(Console(width=60), document, 1.25)
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()[-3:]]
    assert lines == [
        "en  characters    6 to 12    leaves",
        "fr  characters    6 to 10    part",
        "confidence 90%",
    ]


def test_the_sample_has_what_makes_an_article_difficult():
    text = SAMPLE.read_bytes().decode("utf-8")
    assert {"\u00a0", "\u202f", "«", "’"} <= set(text)
    assert "l’année.Plusieurs" in text
    assert "\r" not in text
