from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.bitext import Bead
from alignment.document import FRENCH_ENGLISH, AlignedDocument, Issue, Segment
from alignment.formats import beads, tmx
from alignment.span import Span

XML = "{http://www.w3.org/XML/1998/namespace}"


def document(*pairs, issues=()):
    """One segment for each pair of texts, a space between them."""
    segments = []
    source = target = ""
    for number, (one, other) in enumerate(pairs):
        here, there = len(source), len(target)
        segments.append(
            Segment(
                f"s{number + 1}",
                number,
                Span(here, here + len(one)),
                Span(there, there + len(other)),
                issues=issues,
            )
        )
        source, target = f"{source}{one} ", f"{target}{other} "
    return AlignedDocument(source, target, tuple(segments), FRENCH_ENGLISH)


def units(text):
    """Each unit's texts by language."""
    root = ElementTree.fromstring(text.encode("utf-8"))
    return [
        {each.get(f"{XML}lang"): each.find("seg").text for each in unit.iter("tuv")}
        for unit in root.iter("tu")
    ]


def test_each_segment_is_a_unit_in_both_languages():
    written = tmx.write(document(("Il pleut.", "It is raining."), ("Non.", "No.")))
    assert units(written) == [
        {"fr": "Il pleut.", "en": "It is raining."},
        {"fr": "Non.", "en": "No."},
    ]


def test_the_header_has_what_the_standard_asks_for():
    root = ElementTree.fromstring(tmx.write(document()).encode("utf-8"))
    assert (root.tag, root.get("version")) == ("tmx", "1.4")
    assert set(root.find("header").attrib) == {
        "creationtool",
        "creationtoolversion",
        "segtype",
        "o-tmf",
        "adminlang",
        "srclang",
        "datatype",
    }
    assert root.find("header").get("srclang") == "fr"


def test_a_sentence_without_a_counterpart_is_no_unit():
    assert units(tmx.write(document(("Oui.", ""), ("", "No."), (" ", "Yes.")))) == []


def test_markup_in_a_text_is_text():
    pair = ('a < b & "c" ]]>', "<seg>d</seg>")
    assert units(tmx.write(document(pair))) == [{"fr": pair[0], "en": pair[1]}]


def test_what_a_reader_should_know_is_a_note():
    issues = (Issue("truncated", "major", "the model was stopped & failed"),)
    root = ElementTree.fromstring(tmx.write(document(("a", "b"), issues=issues)).encode("utf-8"))
    assert root.find("body/tu/note").text == "truncated: the model was stopped & failed"


@pytest.mark.parametrize("character", ["\0", "\x1b", "\ud800", "\ufffe"])
def test_what_xml_cannot_carry_becomes_a_replacement_character(character):
    assert units(tmx.write(document((f"a{character}", "b"))))[0]["fr"] == "a\ufffd"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]) | st.sampled_from("\r\n\t")))
def test_any_other_text_comes_back_as_it_was(text):
    found = units(tmx.write(document((f"x{text}x", "y"))))
    assert found == [{"fr": f"x{text}x", "en": "y"}]


def test_a_ladder_is_a_list_of_sentence_numbers():
    ladder = [Bead((0,), (0,), 0.9), Bead((1, 2), (1,), 0.8), Bead((3,), (), 0.0)]
    assert beads.to_json(ladder) == [[[0], [0]], [[1, 2], [1]], [[3], []]]
    assert beads.write(ladder) == "[[[0], [0]],\n [[1, 2], [1]],\n [[3], []]]\n"
