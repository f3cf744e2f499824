"""The bench as it leaves the server: text in pieces, and offsets that are only passed back."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.span import Span
from service.app import create_app
from service.review.strip import BARS, strip
from service.store.claims import add_claim
from service.store.reviews.changes import change_state
from service.store.reviews.flags import add_flag
from service.store.reviews.records import STATES, Tile
from tests.fakes import FakeEngines, kept
from tests.review.benches import ARTICLE, fresh
from tests.review.engines import Unsure

LONG = "\n\n".join(f"Le lac {number} est froid. Il est venu." for number in range(50))


@pytest.fixture
def document():
    return fresh()


def rungs_of(text):
    """The numbers of the rungs of a page or a fragment, and which of them have words."""
    found = re.split(r'(?=<div class="rung[^"]*" id="sentence-)', text)[1:]
    numbers = (int(re.search(r'id="sentence-(\d+)"', each)[1]) for each in found)
    return dict(zip(numbers, ("data-partners" in each for each in found), strict=True))


def text_of(page, side):
    """The text of one side as a browser reads it."""
    cells = re.findall(rf'<p class="side {side}".*?</p>', page, re.DOTALL)
    return unescape("".join(re.sub("<.*?>", "", each) for each in cells))


@pytest.mark.parametrize("side", ["source", "target"])
def test_the_page_has_every_character_of_both_texts(client, document, side):
    page = client.get(f"/documents/{document}").text
    assert text_of(page, side) == (ARTICLE if side == "source" else ARTICLE.upper())


def test_words_come_with_the_beginning_and_the_rest_when_asked_for(client):
    long = fresh(LONG)
    whole = rungs_of(client.get(f"/documents/{long}").text)
    assert list(whole) == list(range(1, 101))
    assert [number for number, words in whole.items() if words] == list(range(1, 61))
    part = rungs_of(client.get(f"/documents/{long}/rungs?from=81&to=100").text)
    assert part == dict.fromkeys(range(81, 101), True)


def test_a_fetched_rung_is_the_one_that_the_page_began_with(client, document):
    page = client.get(f"/documents/{document}").text
    assert client.get(f"/documents/{document}/rungs?from=2&to=2").text.strip() in page


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [1]),
        ("from=2", [2]),
        ("from=-7&to=2", [1, 2]),
        ("from=3&to=1", [3]),
        ("from=x&to=y", [1]),
        ("from=999&to=1000", []),
        ("from=1&to=100000", [1, 2, 3]),
    ],
)
def test_any_range_of_rungs_may_be_asked_for(client, document, query, numbers):
    response = client.get(f"/documents/{document}/rungs?{query}")
    assert (response.status_code, list(rungs_of(response.text))) == (200, numbers)


def test_states_flags_and_remarks_are_on_the_rung(client, document):
    change_state(kept(), document, 2, 0, "reviewed", "Zoé")
    add_flag(kept(), document, 3, "target", Span(37, 39), "<b>who?</b>", "minor", "Max")
    rungs = client.get(f"/documents/{document}/rungs?from=2&to=3").text
    assert 'data-state="reviewed" data-revision="1" data-flagged="major"' in rungs
    assert "Flagged by Max (minor):" in rungs
    assert "&lt;b&gt;who?&lt;/b&gt;" in rungs


def test_chosen_words_are_told_in_offsets_of_the_whole_text(client, document):
    chosen = client.get(f"/documents/{document}/selection?side=target&from=3:25&to=3:29").text
    start = ARTICLE.index("Éric")
    assert f'data-side="target" data-start="{start}" data-end="{start + 4}"' in chosen
    assert '<mark class="quote">Éric</mark>' in chosen


def test_chosen_words_may_cross_segments(client, document):
    chosen = client.get(f"/documents/{document}/selection?side=source&from=2:7&to=3:2").text
    assert "venu hier. Il</blockquote>" in chosen


def test_chosen_words_that_are_a_claim_say_so(client, document):
    claim = add_claim(kept(), document, "target", Span(3, 6)).id
    path = f"/documents/{document}/selection?side=target&from="
    assert f'data-claim="{claim}"' in client.get(f"{path}1:3&to=1:6").text
    assert f'data-claim="{document}-s1"' in client.get(f"{path}1:0&to=1:17").text
    assert "data-claim" not in client.get(f"{path}1:0&to=1:6").text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 422),
        ("from=1:3", 422),
        ("from=1:3&to=1:²", 422),
        ("from=x&to=1:3", 422),
        ("from=1:3&to=99:6", 404),
        ("from=1:3&to=3:900", 409),
        ("from=3:0&to=1:2", 409),
    ],
)
def test_a_selection_that_cannot_be_is_refused(client, document, query, status):
    assert client.get(f"/documents/{document}/selection?{query}").status_code == status


TILES = st.builds(
    Tile,
    st.sampled_from(STATES),
    st.sampled_from(["none", "minor", "major", "critical"]),
    st.integers(0, 2),
    st.integers(0, 500),
)


@given(st.lists(TILES, max_size=40))
def test_the_picture_has_a_bar_as_high_as_its_state_for_each_segment(tiles):
    bars = re.findall(r'<rect class="(\w+)" data-number="(\d+)".*? height="(\d+)"', strip(tiles))
    assert bars == [
        (tile.state, str(number), str(BARS[tile.state]))
        for number, tile in enumerate(tiles, start=1)
    ]


@given(st.lists(TILES, min_size=1, max_size=40))
def test_the_bars_of_the_picture_fill_its_width(tiles):
    widths = re.findall(r'<rect [^>]* width="([\d.]+)"', strip(tiles))
    assert sum(map(float, widths)) == pytest.approx(1000, abs=1)


@pytest.mark.parametrize(
    ("granted", "there", "missing"),
    [
        ({"read"}, ["cite", "history", "comment"], ["approve", "edit", "flag", "undo"]),
        ({"read", "translate"}, ["edit", "flag", "undo"], ["approve"]),
        ({"read", "translate", "review"}, ["edit", "flag", "approve"], []),
    ],
)
def test_nobody_is_offered_what_they_may_not_do(settings, document, granted, there, missing):
    app = create_app(settings, FakeEngines(Unsure()), kept())
    app.jinja_env.globals["may"] = granted.__contains__
    page = app.test_client().get(f"/documents/{document}").text
    tools = set(re.findall(r'data-do="(\w+)" aria-keyshortcuts', page))
    assert tools >= set(there)
    assert not tools & set(missing)
    assert ("Delete this document" in page) == ("review" in granted)
