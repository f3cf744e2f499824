import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree
from translate.storage.xliff2 import Xliff2File

from alignment.document import FRENCH_ENGLISH, AlignedDocument, Issue, Languages, Segment
from alignment.formats import xliff
from alignment.formats.exchange import NoSuchPair
from alignment.formats.markup import ForbiddenMarkup, MalformedMarkup
from alignment.span import Span
from tests.alignment.samples import BY_PEOPLE, DOCUMENT, WITHOUT_SEGMENTS, documents

CORE = "{urn:oasis:names:tc:xliff:document:2.0}"
OURS = "{urn:visavis:1.0}"
# OASIS's core schema, in Debian's php-symfony-translation.
SCHEMA = Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas/xliff-core-2.0.xsd")
# What that schema says of the elements that we write, in our words.
RULES = etree.RelaxNG(etree.parse(Path(__file__).with_name("xliff.rng")))

FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="fr-FR" trgLang="en"
  xmlns:x="urn:x"><file id="a"><x:segment><x:source>non</x:source></x:segment>
<group id="g"><unit id="u1"><notes><note>n</note></notes>
<segment><source>Le <pc id="1">gros</pc> chat<cp hex="0007"/> <ph id="2" equiv="🤔"/>dort.</source>
<target>The <mrk id="m" type="term">big</mrk> cat sleeps.</target></segment>
<ignorable><source> </source></ignorable>
<segment><source>Il rêve.</source></segment></unit></group></file>
<file id="b"><unit id="u1"><segment><source>Fin.</source><target>The end.</target></segment></unit>
</file></xliff>"""

FOREIGN_1_2 = """<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
<file original="a" source-language="fr" target-language="en-US" datatype="html"><header/><body>
<group><trans-unit id="1"><source>Le <g id="1">chat</g><x id="2" equiv-text="!"/></source>
<target state="final">The <bpt id="3">&lt;b></bpt>cat<ept id="3">&lt;/b></ept></target>
<alt-trans><source>Un chat</source><target>A cat</target></alt-trans></trans-unit></group>
<trans-unit id="2"><source>Non.</source></trans-unit></body></file></xliff>"""


def tree(document, **options):
    return etree.fromstring(xliff.write(document, **options).encode("utf-8"))


def edited(old, new):
    """The sample's file, as it comes back from an editor."""
    written = xliff.write(DOCUMENT)
    assert old in written
    return written.replace(old, new)


@pytest.mark.parametrize("document", [DOCUMENT, BY_PEOPLE, WITHOUT_SEGMENTS])
def test_what_was_written_is_read_back_whole(document):
    assert xliff.read(xliff.write(document)) == document
    assert xliff.read(xliff.write(document).encode("utf-8")) == document


@settings(max_examples=40)
@given(documents())
def test_any_document_is_read_back_whole(document):
    assert xliff.read(xliff.write(document).encode("utf-8")) == document


@settings(max_examples=40)
@given(documents())
def test_any_document_keeps_to_the_standard(document):
    RULES.assertValid(tree(document))


@pytest.mark.skipif(not SCHEMA.exists(), reason="apt-get install php-symfony-translation")
@pytest.mark.parametrize("document", [DOCUMENT, BY_PEOPLE, WITHOUT_SEGMENTS])
def test_the_core_schema_of_oasis_is_kept(document):
    text = SCHEMA.read_text(encoding="utf-8")
    local = re.sub(
        'schemaLocation="[^"]*xml.xsd"', f'schemaLocation="{SCHEMA.parent}/xml.xsd"', text
    )
    etree.XMLSchema(etree.fromstring(local.encode("utf-8"))).assertValid(tree(document))


def test_another_reader_finds_the_pairs():
    units = Xliff2File.parsestring(xliff.write(BY_PEOPLE).encode("utf-8")).units
    assert [(unit.source, unit.target) for unit in units] == [("Oui.", "Yes."), ("Non.", "No.")]


def test_a_paragraph_is_a_unit_and_a_sentence_a_segment():
    units = tree(DOCUMENT).iter(f"{CORE}unit")
    found = {
        unit.get("id"): [each.get("id") for each in unit.iter(f"{CORE}segment")] for unit in units
    }
    assert found == {"p1": ["s1", "s2"], "p2": ["s3", "s4"]}


def test_what_stands_between_sentences_is_ignorable():
    texts = [each.findtext(f"{CORE}source") for each in tree(DOCUMENT).iter(f"{CORE}ignorable")]
    assert texts == ["\ufeff", "\r\n\r\n", " ", "\t\r", "\n"]


def test_a_character_that_xml_cannot_say_is_a_code_point():
    assert [each.get("hex") for each in tree(DOCUMENT).iter(f"{CORE}cp")] == [
        "0000",
        "000B",
        "001B",
    ]


def test_the_file_says_where_it_comes_from():
    written = tree(DOCUMENT, original="article.txt")
    (origin,) = written.findall(f"{CORE}file/{OURS}provenance")
    assert '"tool":"vis-a-vis"' in origin.text
    assert written.find(f"{CORE}file").get("original") == "article.txt"


def test_issues_are_notes_of_their_unit():
    notes = [
        (each.get("category"), each.get("priority"), each.text)
        for each in tree(DOCUMENT).iter(f"{CORE}note")
    ]
    assert notes == [
        ("hedge_lost", "3", "s1, major: “aurait” is no <fact>\ufffd"),
        ("number_changed", "6", "s1, minor: =2"),
    ]


def test_a_segment_without_a_translation_is_initial_and_any_other_translated():
    assert xliff.states(xliff.write(DOCUMENT)) == {
        "s1": "translated",
        "s2": "translated",
        "s3": "initial",
        "s4": "translated",
    }


def test_states_are_written_and_read_back():
    written = xliff.write(BY_PEOPLE, states={"s1": "final", "s2": "reviewed"})
    assert xliff.states(written) == {"s1": "final", "s2": "reviewed"}


@pytest.mark.parametrize(
    ("states", "named"),
    [({"s9": "final"}, "no segment 's9'"), ({"s1": "done"}, "'done' is not one")],
)
def test_a_state_that_there_is_not_is_refused(states, named):
    with pytest.raises(xliff.UnknownState, match=named):
        xliff.write(BY_PEOPLE, states=states)


def test_a_state_in_a_file_is_one_that_there_is():
    with pytest.raises(MalformedMarkup, match="line 8: 'done' is not one of initial"):
        xliff.states(xliff.write(BY_PEOPLE).replace('state="translated"', 'state="done"', 1))


def test_ids_that_xliff_does_not_take_are_numbered():
    segments = (Segment("a b", 0, Span(0, 4), Span(0, 4)), Segment("", 0, Span(5, 9), Span(5, 8)))
    document = AlignedDocument(BY_PEOPLE.source, BY_PEOPLE.target, segments, FRENCH_ENGLISH)
    assert list(xliff.states(xliff.write(document))) == ["s1", "s2"]
    assert xliff.read(xliff.write(document)) == document


def test_a_language_that_is_no_code_is_undetermined_and_kept():
    odd = AlignedDocument("a", "b", (), Languages("langue d’oc", "en"))
    assert tree(odd).get("srcLang") == "und"
    RULES.assertValid(tree(odd))
    assert xliff.read(xliff.write(odd)) == odd


def test_an_edited_file_is_read_as_it_now_stands():
    document = xliff.read(edited("“He has resigned!”", "“He is said to have resigned!”"))
    assert document.target == DOCUMENT.target.replace("He has", "He is said to have")
    assert document.source == DOCUMENT.source
    assert [segment.links for segment in document.segments] == [(), (), (), ()]


def test_another_programs_file_is_an_existing_translation():
    document = xliff.read(FOREIGN)
    assert document.source == "Le gros chat\x07 🤔dort. Il rêve.\nFin."
    assert document.target == "The big cat sleeps. \nThe end."
    assert document.languages == Languages("fr-FR", "en")
    assert [segment.paragraph for segment in document.segments] == [0, 0, 1]
    assert document.segments[1].issues == (
        Issue("untranslated", "major", "The file holds no translation of this.", (Span(21, 29),)),
    )


def test_a_file_of_version_1_2_is_an_existing_translation():
    document = xliff.read(FOREIGN_1_2, Languages("fr", "en"))
    assert (document.source, document.target) == ("Le chat!\nNon.", "The cat\n")


def test_a_file_that_names_no_target_language_is_read_as_untranslated():
    lone = FOREIGN_1_2.replace(' target-language="en-US"', "")
    assert xliff.read(lone).languages == Languages("fr", "und")
    assert xliff.read(lone, FRENCH_ENGLISH).languages == FRENCH_ENGLISH


def test_a_file_in_other_languages_is_refused_by_name():
    with pytest.raises(NoSuchPair, match="nothing in de-en; its languages are: fr-FR-en"):
        xliff.read(FOREIGN, Languages("de", "en"))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("<tmx/>", "line 1: <tmx> is no XLIFF file"),
        ("<xliff/>", "line 1: <xliff> is no XLIFF file"),
        ("<xliff><file>", "line 1: no XML"),
        ("<xliff x:y='1'/>", "line 1: no XML: unbound prefix"),
        (edited('hex="0000"', 'hex="zz"'), "line 19: 'zz' is no code point"),
        (
            edited('<vv:segment ref="s1">', '<vv:segment ref="s1">]'),
            "line 6: <segment> holds no JSON",
        ),
    ],
)
def test_what_is_no_xliff_is_refused_with_its_line(text, named):
    with pytest.raises(MalformedMarkup, match=named):
        xliff.read(text)


def test_entities_are_refused():
    with pytest.raises(ForbiddenMarkup, match="line 1: the DOCTYPE of xliff declares things"):
        xliff.read('<!DOCTYPE xliff [<!ENTITY a "b">]><xliff><file>&a;</file></xliff>')
