import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alignment.document import (
    FRENCH_ENGLISH,
    SEVERITIES,
    AlignedDocument,
    Issue,
    Languages,
    Link,
    ModelInfo,
    Segment,
)
from alignment.formats import html
from alignment.span import Span

MODEL = ModelInfo("small", "built-in", "ab" * 32, "ctranslate2", "beam:4|int8")


OURS = {
    "b",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "li",
    "mark",
    "p",
    "section",
    "span",
    "summary",
    "ul",
}


class Reader(HTMLParser):
    """What a page holds: the text of each side, and every element with its attributes."""

    def __init__(self, markup):
        super().__init__()
        self.text = {"source": "", "target": ""}
        self.elements = []
        self.side = None
        self.code = None
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.elements.append((tag, attributes))
        if tag == "p":
            self.side = attributes.get("data-text")
        self.code = attributes.get("data-code")

    def handle_endtag(self, tag):
        if tag == "p":
            self.side = None
        self.code = None

    def handle_data(self, data):
        if self.side:
            self.text[self.side] += chr(int(self.code, 16)) if self.code else data

    def all(self, tag, name=None):
        return [
            attributes
            for found, attributes in self.elements
            if found == tag and (name is None or name in attributes.get("class", "").split())
        ]

    def words(self):
        return {word["id"]: word for word in self.all("span", "w")}


def document(source, target, links=(), issues=(), model=MODEL):
    """Both texts as one sentence; links are (source word, target word, score)."""
    found = tuple(
        Link(Span(at := source.index(s), at + len(s)), Span(to := target.index(t), to + len(t)), p)
        for s, t, p in links
    )
    segment = Segment(
        "s1", 0, Span(0, len(source)), Span(0, len(target)), links=found, issues=tuple(issues)
    )
    return AlignedDocument(source, target, (segment,), FRENCH_ENGLISH, model)


ANY_TEXT = st.text(
    st.one_of(
        st.sampled_from(
            "aé \n\r\0&<>\"'«\u00a0\u00ad\u200d\u202e\ufeff\u0301\x85\x0b😀\ud83d\ude00"
        ),
        st.characters(exclude_categories=[]),
    ),
    max_size=20,
)


@st.composite
def documents(draw):
    """Any texts, cut anywhere, with links and issues anywhere inside their sentences."""
    texts = {"source": "", "target": ""}
    segments = []
    for number in range(draw(st.integers(0, 3))):
        spans = {}
        for side in texts:
            gap, sentence = draw(ANY_TEXT), draw(ANY_TEXT)
            start = len(texts[side]) + len(gap)
            texts[side] += gap + sentence
            spans[side] = Span(start, start + len(sentence))
        within = {side: st.builds(cut, st.just(span), POINT, POINT) for side, span in spans.items()}
        links = st.builds(Link, within["source"], within["target"], st.floats(0, 1))
        issues = st.builds(
            Issue,
            ANY_TEXT,
            st.sampled_from(SEVERITIES),
            ANY_TEXT,
            st.tuples(within["source"]),
            st.tuples(within["target"]),
        )
        segments.append(
            Segment(
                draw(ANY_TEXT) + str(number),
                number // 2,
                **spans,
                links=tuple(draw(st.lists(links, max_size=4))),
                issues=tuple(draw(st.lists(issues, max_size=2))),
            )
        )
    ends = {side: text + draw(ANY_TEXT) for side, text in texts.items()}
    return AlignedDocument(**ends, segments=tuple(segments), languages=FRENCH_ENGLISH)


POINT = st.floats(0, 1)


def cut(span, first, second):
    first, second = sorted((first, second))
    length = span.end - span.start
    return Span(span.start + int(first * length), span.start + int(second * length))


@given(documents())
@example(document("\r\n\ud83d\ude00\0", "&#13;&lt;\r"))
def test_every_character_of_both_texts_stands_in_the_ladder(article):
    found = Reader(html.ladder(article))
    assert found.text == {"source": article.source, "target": article.target}


@given(documents())
def test_every_partner_is_there_and_names_its_partner_back(article):
    words = Reader(html.ladder(article)).words()
    pairs = {
        (name, partner)
        for name, word in words.items()
        for partner in re.findall(r"(\w+):", word["data-partners"])
    }
    assert pairs == {(partner, name) for name, partner in pairs}
    assert {name for pair in pairs for name in pair} <= set(words)


@given(documents(), ANY_TEXT)
def test_the_page_can_be_written_as_utf_8(article, title):
    markup = html.page(article, title)
    assert markup.encode("utf-8").decode("utf-8") == markup


@given(documents())
def test_no_id_is_given_twice(article):
    elements = Reader(html.page(article, "Title")).elements
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))


@given(documents())
def test_no_text_of_an_article_becomes_an_element(article):
    tags = {tag for tag, _ in Reader(html.ladder(article)).elements}
    assert tags <= OURS


def test_a_word_carries_its_partners_strongest_first():
    article = document("coûterait", "would cost", [("coûterait", w, p) for w, p in COST])
    words = Reader(html.ladder(article)).words()
    assert words["s1w0"]["data-partners"] == "t1w1:0.93 t1w0:0.31"


COST = (("would", 0.31), ("cost", 0.93))


def test_of_two_links_between_two_words_the_stronger_counts():
    article = document("abc", "xyz", [("a", "x", 0.2), ("c", "z", 0.7)])
    assert Reader(html.ladder(article)).words()["s1w0"]["data-partners"] == "t1w0:0.70"


def test_a_word_without_a_counterpart_is_marked():
    words = Reader(html.ladder(document("ne dit", "says", [("dit", "says", 1)]))).words()
    assert {name: word["class"] for name, word in words.items()} == {
        "s1w0": "w alone",
        "s1w1": "w",
        "t1w0": "w",
    }


def test_every_word_can_be_focused_and_none_is_a_tab_stop_of_its_own():
    words = Reader(html.ladder(document("Il dit", "He says"))).words()
    assert [word["tabindex"] for word in words.values()] == ["-1"] * 4


def test_each_side_says_its_language_and_leaves_its_direction_to_the_text():
    sides = Reader(html.ladder(document("Il", "He"))).all("p", "side")
    assert [(side["lang"], side["dir"]) for side in sides[:2]] == [("fr", "auto"), ("en", "auto")]


def test_sentences_of_a_paragraph_stand_together():
    segments = tuple(
        Segment(f"s{n}", paragraph, Span(n, n + 1), Span(n, n + 1))
        for n, paragraph in enumerate((0, 0, 4))
    )
    ladder = html.ladder(AlignedDocument("abc", "xyz", segments, FRENCH_ENGLISH))
    paragraphs = ladder.split('<div class="paragraph">')[1:]
    assert [paragraph.count("sentence-") for paragraph in paragraphs] == [2, 1]


NOTE = Issue("hedge_lost", "major", "Reported, not <known>.", (Span(3, 12),), (Span(3, 3),))


def test_an_issue_is_marked_where_it_shows_even_across_words():
    ladder = html.ladder(document("Il aurait dit", "He said", issues=[NOTE]))
    marked = re.findall(r'<mark class="major">(.*?)</mark>', ladder)
    assert marked == ["aurait", " ", "di", "s"]


def test_a_word_under_an_issue_is_described_by_its_note():
    found = Reader(html.ladder(document("Il aurait dit", "He said", issues=[NOTE])))
    described = {name: word.get("aria-describedby") for name, word in found.words().items()}
    note = "sentence-1-note-1"
    assert described == {"s1w0": None, "s1w1": note, "s1w2": note, "t1w0": None, "t1w1": note}
    assert [each["id"] for each in found.all("li")] == [note]


def test_a_note_says_what_is_wrong_and_how_badly():
    ladder = html.ladder(document("Il aurait dit", "He said", issues=[NOTE]))
    assert "<b>Hedge lost (major):</b> Reported, not &lt;known&gt;.</li>" in ladder


def test_where_issues_overlap_the_worst_shows():
    worse = replace(NOTE, severity="critical", source_spans=(Span(10, 13),), target_spans=())
    ladder = html.ladder(document("Il aurait dit", "He said", issues=[NOTE, worse]))
    marked = re.findall(r'<mark class="(\w+)">(.*?)</mark>', ladder)
    assert marked[2:4] == [("critical", "di"), ("critical", "t")]


def test_an_issue_at_the_very_end_is_marked_on_the_last_character():
    issue = Issue("cut_off", "minor", "It ends early.", (), (Span(7, 7),))
    ladder = html.ladder(document("Il dit", "He said", issues=[issue]))
    assert re.findall(r"<mark.*?>(.*?)</mark>", ladder) == ["d"]


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("\0", '<span class="uncarried" data-code="0">\u2400</span>'),
        ("\udc00", '<span class="uncarried" data-code="dc00">\ufffd</span>'),
        ("\r", "&#13;"),
    ],
)
def test_what_html_cannot_carry_is_shown_and_its_code_point_kept(character, shown):
    assert f"</span>{shown}<span" in html.ladder(document(f"a{character}b", "x"))


def test_a_hostile_title_stays_text():
    markup = html.page(document("Il", "He"), '</title><script>alert("&amp;")</script>')
    assert "<title>&lt;/title&gt;&lt;script&gt;" in markup
    assert "<h1>&lt;/title&gt;&lt;script&gt;" in markup
    assert len(Reader(markup).all("script")) == 1


def test_hostile_languages_ids_and_models_stay_text():
    hostile = '"><script>'
    segment = Segment(
        hostile, 0, Span(0, 2), Span(0, 2), issues=(Issue(hostile, "minor", hostile),)
    )
    model = ModelInfo(hostile, hostile, hostile, hostile, hostile)
    article = AlignedDocument("Il", "He", (segment,), Languages(hostile, hostile), model)
    assert len(Reader(html.page(article, "Title")).all("script")) == 1


def test_the_page_names_the_model_the_coverage_and_the_source():
    markup = html.page(document("né été", "born", [("né", "born", 1)]), "Title")
    assert "small · built-in · ctranslate2 · beam:4|int8" in markup
    assert "ab" * 32 in markup
    assert "50% of the original, 100% of the translation" in markup
    # printf 'né été' | sha256sum
    assert "c542dfaf77345f801ab086300cc6df1ad050d54d5de5adfc6bd92e54770748bd" in markup
    assert "need checking against the original" in markup


def test_a_translation_by_people_claims_no_model():
    markup = html.facts(document("Il", "He", model=None))
    assert "people, not a model" in markup
    assert "machine" not in markup


def test_the_page_asks_for_nothing_outside_itself():
    markup = html.page(document("voir https://example.org", "see https://example.org"), "Title")
    loading = {"src", "href", "srcset", "action", "data", "poster", "background"}
    assert [names for _, names in Reader(markup).elements if loading & set(names)] == []
    assert re.findall(r"@import|url\(|fetch\(|import ", markup) == []


@pytest.mark.parametrize("name", ["ladder.css", "ladder.js"])
def test_script_and_style_can_stand_inside_a_page(name):
    assert re.search(r"</|<!--|\r", html.asset(name)) is None
