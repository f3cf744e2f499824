"""Documents to write down and read back: one with every trap in it, and any there can be."""

from __future__ import annotations

from hypothesis import strategies as st

from alignment.document import (
    FRENCH_ENGLISH,
    SEVERITIES,
    AlignedDocument,
    Issue,
    Link,
    ModelInfo,
    NullMass,
    Segment,
)
from alignment.span import Span

MODEL = ModelInfo("small", "1", "ab" * 32, "ctranslate2", "beam:4|int8")

# A byte order mark, no-break spaces, CRLF, an emoji beyond the BMP, a combining
# accent, a soft hyphen, NUL, escape, markup and quotes; a sentence left out.
SENTENCES = [
    ("«\u00a0Il aurait démissionné\u202f!\u00a0»", "“He has resigned!”"),
    ('Le cafe\u0301 🤔 a & <b> "c" ]]>\x00', 'The cof\u00adfee 🤔 a & <b> "c" ]]>\x0b\x1b'),
    ("Non.", ""),
    ("=1+1", "-2"),
]
GAPS = [("\ufeff", ""), ("\r\n\r\n", "\n\n"), (" ", " "), ("\t\r", "  "), ("\n", "\x85 end")]


def _document() -> AlignedDocument:
    source = target = ""
    segments = []
    for number, (pair, gap) in enumerate(zip(SENTENCES, GAPS, strict=False)):
        source, target = source + gap[0], target + gap[1]
        here = Span(len(source), len(source) + len(pair[0]))
        there = Span(len(target), len(target) + len(pair[1]))
        segments.append(Segment(f"s{number + 1}", number // 2, here, there))
        source, target = source + pair[0], target + pair[1]
    first = segments[0]
    hedge, verb = Span(6, 12), Span(4, 7)
    segments[0] = Segment(
        first.id,
        first.paragraph,
        first.source,
        first.target,
        links=(Link(Span(3, 5), Span(1, 3), 0.9), Link(hedge, verb, 1.0)),
        nulls=(NullMass(verb, 0.25),),
        score=-0.31,
        issues=(
            Issue("hedge_lost", "major", "“aurait” is no <fact>\x00", (hedge,), (verb,)),
            Issue("number_changed", "minor", "=2", (), (Span(4, 4),)),
        ),
    )
    return AlignedDocument(
        source + GAPS[-1][0],
        target + GAPS[-1][1],
        tuple(segments),
        FRENCH_ENGLISH,
        MODEL,
        ("hedge_lost",),
    )


DOCUMENT = _document()
BY_PEOPLE = AlignedDocument(
    "Oui. Non.",
    "Yes. No.",
    (
        Segment("s1", 0, Span(0, 4), Span(0, 4)),
        Segment("s2", 0, Span(5, 9), Span(5, 8)),
    ),
    FRENCH_ENGLISH,
)
WITHOUT_SEGMENTS = AlignedDocument("\x00 \n", "…", (), FRENCH_ENGLISH)

# Whatever a str can hold, what XML and spreadsheets trip over more often than chance has it.
TEXTS = st.text(
    st.characters() | st.sampled_from("\0\r\n\t =-'\"<>&,;]\x1b\x85\u2028\ufeff\ufffe\ud800🤔")
)


def _within(span: Span) -> st.SearchStrategy[Span]:
    edges = st.integers(span.start, span.end)
    return st.tuples(edges, edges).map(lambda pair: Span(*sorted(pair)))


@st.composite
def documents(draw: st.DrawFn) -> AlignedDocument:
    """Any document: its segments anywhere, empty ones among them."""
    source, target = draw(TEXTS), draw(TEXTS)
    count = draw(st.integers(0, 4))
    sides = []
    for text in (source, target):
        cut = st.integers(0, len(text))
        edges = sorted(draw(st.lists(cut, min_size=2 * count, max_size=2 * count)))
        sides.append([Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=True)])
    paragraphs = sorted(draw(st.lists(st.integers(0, 9), min_size=count, max_size=count)))
    names = draw(st.lists(TEXTS, min_size=count, max_size=count, unique=True))
    segments = tuple(draw(_segments(*each)) for each in zip(names, paragraphs, *sides, strict=True))
    model = draw(st.none() | st.just(MODEL))
    return AlignedDocument(source, target, segments, FRENCH_ENGLISH, model)


@st.composite
def _segments(draw: st.DrawFn, name: str, paragraph: int, source: Span, target: Span) -> Segment:
    shares = st.floats(0, 1)
    here, there = _within(source), _within(target)
    issues = st.builds(
        Issue,
        TEXTS,
        st.sampled_from(SEVERITIES),
        TEXTS,
        st.lists(here, max_size=2).map(tuple),
        st.lists(there, max_size=2).map(tuple),
    )
    return Segment(
        name,
        paragraph,
        source,
        target,
        tuple(draw(st.lists(st.builds(Link, here, there, shares), max_size=2))),
        tuple(draw(st.lists(st.builds(NullMass, there, shares), max_size=2))),
        draw(st.none() | st.floats(allow_nan=False, allow_infinity=False)),
        tuple(draw(st.lists(issues, max_size=2))),
    )
