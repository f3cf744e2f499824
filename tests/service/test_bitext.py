import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignment.document import FRENCH_ENGLISH, Issue, Languages
from alignment.span import Span
from service.bitext import ADDED, OMITTED, align_texts, by_lines, by_sentences
from tests.fakes import WordByWord

FRENCH = (
    "\ufeffLe phare de Kermorvan s’est éteint en 1987\u00a0!\r\n\r\n"
    "Marguerite Le Goff en avait gardé la clé. Personne ne l’avait vue monter les 142 marches.\n"
    "Elle y a passé la nuit, et le lendemain le préfet a téléphoné à Paris 😀."
)
ENGLISH = (
    "The Kermorvan lighthouse went dark in 1987! Marguerite Le Goff had kept the key.\n"
    "Nobody had seen her climb the 142 steps. She spent the night there. "
    "The next day the prefect called Paris."
)
BRETON = Languages("br", "cy")
ANYTHING = st.text(max_size=60) | st.text(
    st.sampled_from("aÉé.!?…»« \n\r\t😀’'L\u00a0\u202f\u0301\u200b\ufeff\x00ﬁ\u00adא1\ud800"),
    max_size=60,
)


def texts(document):
    return [
        (segment.source.of(document.source), segment.target.of(document.target))
        for segment in document.segments
    ]


def rebuilt(document, side):
    text = document.text(side)
    pieces = [document.gaps(side)[0]]
    for segment, gap in zip(document.segments, document.gaps(side)[1:], strict=True):
        pieces += [segment.side(side), gap]
    return "".join(piece.of(text) for piece in pieces)


def test_each_bead_is_a_segment_that_covers_its_sentences():
    document = align_texts(FRENCH, ENGLISH, FRENCH_ENGLISH, None)
    assert texts(document) == [
        (
            "Le phare de Kermorvan s’est éteint en 1987\u00a0!",
            "The Kermorvan lighthouse went dark in 1987!",
        ),
        ("Marguerite Le Goff en avait gardé la clé.", "Marguerite Le Goff had kept the key."),
        (
            "Personne ne l’avait vue monter les 142 marches.",
            "Nobody had seen her climb the 142 steps.",
        ),
        (
            "Elle y a passé la nuit, et le lendemain le préfet a téléphoné à Paris 😀.",
            "She spent the night there. The next day the prefect called Paris.",
        ),
    ]


def test_paragraphs_are_those_of_the_original():
    document = align_texts(FRENCH, ENGLISH, FRENCH_ENGLISH, None)
    assert [segment.paragraph for segment in document.segments] == [0, 1, 1, 2]


def test_words_are_linked_inside_their_bead_by_the_lexicon_alone():
    document = align_texts("Il pleut.\nNon, dit le maire.", "Yes.\nNo.", FRENCH_ENGLISH, None)
    for segment in document.segments:
        assert all(segment.source.contains(link.source) for link in segment.links)
        assert all(segment.target.contains(link.target) for link in segment.links)
    assert document.model is None


def test_an_engine_links_words_and_signs_the_document():
    document = align_texts("Oui.", "Yes.", BRETON, WordByWord())
    assert [(link.source, link.target) for link in document.segments[0].links] == [
        (Span(0, 3), Span(0, 3))
    ]
    assert document.model == WordByWord().signature("fast")


def test_what_the_translator_left_out_stands_where_it_would_have_been():
    source = "Kermorvan 1987.\nLa mer 12 13 14 était haute ce soir.\nQuimper 1988."
    target = "Kermorvan 1987.\nQuimper 1988."
    document = align_texts(source, target, FRENCH_ENGLISH, None)
    left_out = document.segments[1]
    assert (left_out.source.of(source), left_out.target) == (
        "La mer 12 13 14 était haute ce soir.",
        Span(15, 15),
    )
    assert left_out.issues == (Issue("omitted", "major", OMITTED, (left_out.source,)),)


def test_what_the_translator_added_stands_between_its_neighbours():
    source = "Kermorvan 1987.\nQuimper 1988."
    target = "Kermorvan 1987.\nThe sea was high on that evening in May.\nQuimper 1988."
    document = align_texts(source, target, FRENCH_ENGLISH, None)
    added = document.segments[1]
    assert (added.source, added.target.of(target)) == (
        Span(15, 15),
        "The sea was high on that evening in May.",
    )
    assert added.issues == (Issue("added", "minor", ADDED, (), (added.target,)),)


def test_lines_are_sentences_as_they_stand():
    document = align_texts("Oui. Non.\n\nFin.\n", "Yes. No.\n\nEnd.\n", FRENCH_ENGLISH, None, True)
    assert texts(document) == [("Oui. Non.", "Yes. No."), ("", ""), ("Fin.", "End.")]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("\n", [""]),
        ("a", ["a"]),
        (" a\t\r\n\nb\n", ["a", "", "b"]),
        ("a\x0bb\u2028c", ["a\x0bb\u2028c"]),
    ],
)
def test_only_a_line_feed_ends_a_line(text, lines):
    assert by_lines(text, "fr").strings() == lines


def test_sentences_know_their_paragraph():
    found = by_sentences("Un titre\n\nUne page. Une autre.", "fr")
    assert (found.strings(), found.paragraphs) == (
        ["Un titre", "Une page.", "Une autre."],
        (0, 1, 1),
    )


@settings(deadline=None)
@given(
    source=ANYTHING,
    target=ANYTHING,
    lines=st.booleans(),
    engine=st.sampled_from([None, WordByWord()]),
)
def test_any_two_texts_come_back_whole(source, target, lines, engine):
    document = align_texts(source, target, FRENCH_ENGLISH, engine, lines)
    assert (rebuilt(document, "source"), rebuilt(document, "target")) == (source, target)
    cut = by_lines if lines else by_sentences
    for side, language in (("source", "fr"), ("target", "en")):
        segments = [segment.side(side) for segment in document.segments]
        sentences = cut(document.text(side), language).spans
        assert all(any(span.contains(each) for span in segments) for each in sentences)


@settings(deadline=None)
@given(text=ANYTHING, lines=st.booleans())
def test_a_text_answers_itself_segment_by_segment(text, lines):
    document = align_texts(text, text, FRENCH_ENGLISH, None, lines)
    assert all(segment.source == segment.target for segment in document.segments)
