from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from translate.storage.tmx import tmxfile

from alignment.bitext import Bead
from alignment.document import FRENCH_ENGLISH, AlignedDocument, Issue, Languages, Segment
from alignment.errors import AlignmentError, MalformedDocument, UnencodableText
from alignment.formats import beads, tmx
from alignment.formats.exchange import NoSuchPair
from alignment.formats.markup import ForbiddenMarkup, MalformedMarkup, parse
from alignment.span import Span
from tests.alignment.samples import BY_PEOPLE, DOCUMENT, SENTENCES, WITHOUT_SEGMENTS, documents

XML = "{http://www.w3.org/XML/1998/namespace}"
# What the standard's content model says of the elements that we write, in our words.
RULES = etree.DTD(Path(__file__).with_name("tmx.dtd"))

# A memory of another program: a DTD by name, varieties of languages, inline
# tags, a third language, units without one side, an attribute of TMX 1.1.
FOREIGN = """<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"
  srclang="fr-FR" datatype="html"><prop type="client">y</prop></header>
<body>
<tu><tuv xml:lang="EN-gb">
<seg>The <bpt i="1">&lt;b></bpt>big<ept i="1">&lt;/b></ept> cat.</seg></tuv>
<tuv xml:lang="fr-FR"><seg>Le <hi>gros</hi> chat.</seg></tuv></tu>
<tu><tuv xml:lang="de"><seg>Nein.</seg></tuv></tu>
<tu><tuv lang="fr"><seg>Il dort.</seg></tuv></tu>
<tu><tuv xml:lang="en_US"><seg>So there.</seg></tuv></tu>
</body></tmx>"""


def parsed(document):
    return ElementTree.fromstring(tmx.write(document).encode("utf-8"))


def edited(old, new):
    """The sample's memory, as it comes back from an editor."""
    written = tmx.write(DOCUMENT)
    assert old in written
    return written.replace(old, new)


@pytest.mark.parametrize("document", [DOCUMENT, BY_PEOPLE, WITHOUT_SEGMENTS])
def test_what_was_written_is_read_back_whole(document):
    assert tmx.read(tmx.write(document)) == document
    assert tmx.read(tmx.write(document).encode("utf-8")) == document


@settings(max_examples=40)
@given(documents())
def test_any_document_is_read_back_whole(document):
    assert tmx.read(tmx.write(document).encode("utf-8")) == document


@settings(max_examples=40)
@given(documents())
def test_any_document_keeps_to_the_standard(document):
    written = etree.fromstring(tmx.write(document).encode("utf-8"))
    assert RULES.validate(written), RULES.error_log


def test_another_reader_finds_the_pairs():
    memory = tmxfile.parsestring(tmx.write(BY_PEOPLE).encode("utf-8"))
    assert [(unit.source, unit.target) for unit in memory.units] == [
        ("Oui.", "Yes."),
        ("Non.", "No."),
    ]


def test_the_header_says_where_it_comes_from():
    written = parsed(DOCUMENT)
    assert written.find("header").get("creationtool") == "vis-a-vis"
    assert written.find("header").get("srclang") == "fr"
    (origin,) = written.findall("header/prop[@type='x-visavis-provenance']")
    assert '"source_sha256":"' in origin.text
    assert '"name":"small"' in origin.text


def test_a_sentence_without_a_counterpart_has_one_variant():
    languages = [
        [each.get(f"{XML}lang") for each in unit.iter("tuv")]
        for unit in parsed(DOCUMENT).iter("tu")
    ]
    assert languages == [["fr", "en"], ["fr", "en"], ["fr"], ["fr", "en"]]


def test_what_a_reader_should_know_is_a_note():
    notes = [note.text for note in parsed(DOCUMENT).iter("note")]
    assert notes == ["hedge_lost: “aurait” is no <fact>\ufffd", "number_changed: =2"]


def test_a_character_that_xml_cannot_say_is_a_placeholder():
    placeholders = [each.text for each in parsed(DOCUMENT).iter("ph")]
    assert placeholders == ["0000", "000B", "001B"]


def test_an_edited_memory_is_read_as_it_now_stands():
    document = tmx.read(edited("“He has resigned!”", "“He is said to have resigned!”"))
    assert document.target == DOCUMENT.target.replace("He has", "He is said to have")
    assert document.source == DOCUMENT.source
    assert document.segments[0].links == ()
    assert document.segments[0].target.of(document.target) == "“He is said to have resigned!”"
    assert document.model is None


def test_a_memory_whose_properties_were_lost_is_joined_line_by_line():
    root = etree.fromstring(tmx.write(DOCUMENT).encode("utf-8"))
    etree.strip_elements(root, "prop", "note")
    document = tmx.read(etree.tostring(root))
    assert document.source == "\n".join(source for source, _ in SENTENCES)
    assert document.target == "\n".join(target for _, target in SENTENCES)


def test_our_memory_can_be_read_the_other_way_round():
    document = tmx.read(tmx.write(BY_PEOPLE), Languages("en", "fr"))
    assert (document.source, document.target) == ("Yes.\nNo.", "Oui.\nNon.")


def test_a_byte_order_mark_and_an_encoding_say_nothing_of_a_string():
    declared = FOREIGN.replace('version="1.0"', 'version="1.0" encoding="UTF-16"', 1)
    assert tmx.read(f"\ufeff{declared}") == tmx.read(FOREIGN)


def test_another_programs_memory_is_an_existing_translation():
    document = tmx.read(FOREIGN, Languages("fr", "en"))
    assert document.source == "Le gros chat.\nIl dort.\n"
    assert document.target == "The big cat.\n\nSo there."
    assert [segment.issues for segment in document.segments] == [
        (),
        (
            Issue(
                "untranslated", "major", "The file holds no translation of this.", (Span(14, 22),)
            ),
        ),
        (Issue("addition", "minor", "The file holds no original of this.", (), (Span(14, 23),)),),
    ]


def test_the_languages_are_those_of_the_file_unless_others_are_asked_for():
    assert tmx.read(FOREIGN).languages == Languages("fr-FR", "EN-gb")
    turned = tmx.read(FOREIGN, Languages("en", "fr"))
    assert (turned.source[:12], turned.target[:13]) == ("The big cat.", "Le gros chat.")


def test_the_languages_of_a_memory_of_any_source_are_those_of_its_first_unit():
    document = tmx.read(FOREIGN.replace('srclang="fr-FR"', 'srclang="*all*"'))
    assert document.languages == Languages("EN-gb", "fr-FR")


def test_an_exact_language_comes_before_a_variety_of_it():
    variety = '<tuv xml:lang="fr-CA"><seg>chum</seg></tuv>'
    exact = '<tuv xml:lang="fr"><seg>ami</seg></tuv>'
    memory = FOREIGN.replace("<tu>", f"<tu>{variety}{exact}", 1)
    assert tmx.read(memory, Languages("fr", "en")).source.startswith("ami\n")


def test_a_memory_in_other_languages_is_refused_by_name():
    with pytest.raises(NoSuchPair, match="es-it; its languages are: EN-gb, de, en_US, fr, fr-FR"):
        tmx.read(FOREIGN, Languages("es", "it"))


def test_a_memory_without_units_is_an_empty_document():
    empty = FOREIGN[: FOREIGN.index("<tu>")] + "</body></tmx>"
    assert tmx.read(empty, FRENCH_ENGLISH) == AlignedDocument("", "", (), FRENCH_ENGLISH)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "line 1: no XML: no element found"),
        ("<tmx>\n<body>", "line 2: no XML"),
        ("<html/>", "line 1: <html> is no TMX file"),
        ("<tmx><header/></tmx>", "no TMX file with a header and a body"),
        (b'<?xml version="1.0" encoding="utf-64"?><tmx/>', "no XML"),
        (edited('["\\r\\n\\r\\n"', "[3"), "line 16: x-visavis-gap holds no pair of texts"),
        (edited('{"id":"s1"', '{"id:"s1"'), "<prop> holds no JSON"),
        (edited('">000B<', '">GG<'), "'GG' is no code point"),
        (edited('">000B<', '">FFFFFFFF<'), "'FFFFFFFF' is no code point"),
    ],
)
def test_what_is_no_memory_is_refused_with_its_line(text, named):
    with pytest.raises(MalformedMarkup, match=named.replace("(", r"\(")):
        tmx.read(text)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('"paragraph":0,', '"paragraph":-1,', "paragraphs"),
        ('{"start":1,', '{"start":99,', "99"),
        ('"score":-0.31', '"score":"x"', "wrong kind"),
        ('"id":"s2"', '"id":"s1"', "two segments share an id"),
    ],
)
def test_a_segment_that_contradicts_the_texts_is_refused(old, new, named):
    with pytest.raises(Exception, match=named) as refused:
        tmx.read(edited(old, new))
    assert refused.type.__module__ == "alignment.errors"


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('"format_version":1', '"format_version":2', "format 2 is not 1"),
        ('"source_sha256"', '"sha256"', "'source_sha256' is missing"),
        ('"model":{"name":"small"', '"model":{"name":5', "5 is no string"),
        ('"checked":["hedge_lost"]', '"checked":4', "wrong kind"),
    ],
)
def test_a_provenance_of_the_wrong_kind_is_refused(old, new, named):
    with pytest.raises(MalformedDocument, match=f"provenance: .*{named}"):
        tmx.read(edited(old, new))


LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))


@pytest.mark.parametrize(
    "declared",
    [
        f'<!DOCTYPE tmx [<!ENTITY a0 "ha">{LAUGHS}]>',
        '<!DOCTYPE tmx [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE tmx [<!ENTITY % a SYSTEM "http://127.0.0.1:9/a.dtd">%a;]>',
        '<!DOCTYPE tmx SYSTEM "http://127.0.0.1:9/a.dtd">',
    ],
)
def test_entities_are_neither_expanded_nor_fetched(declared):
    memory = f"<?xml version='1.0'?>\n{declared}<tmx><header/><body>&a9;</body></tmx>"
    with pytest.raises(ForbiddenMarkup, match=r"line 2: .* not read"):
        tmx.read(memory)


def test_elements_nested_beyond_reason_are_refused():
    with pytest.raises(ForbiddenMarkup, match="nested more than 200 deep"):
        tmx.read("<tmx>" * 100_000)


def test_a_file_long_beyond_reason_is_refused():
    with pytest.raises(ForbiddenMarkup, match="5 bytes are more than the limit of 4"):
        parse("<a/> ", largest_bytes=4)


@settings(max_examples=200)
@given(st.integers(0, 2000), st.binary(max_size=4), st.integers(0, 20))
def test_a_damaged_memory_is_read_or_refused_by_name(place, put, taken):
    data = tmx.write(DOCUMENT).encode("utf-8")
    with suppress(AlignmentError):
        tmx.read(data[:place] + put + data[place + taken :])


def test_half_a_surrogate_pair_in_the_file_itself_is_refused():
    with pytest.raises(UnencodableText, match="character at 5"):
        tmx.read("<tmx>\ud800</tmx>")


def test_a_memory_in_another_encoding_says_so_and_is_read():
    latin = FOREIGN.replace('version="1.0"', 'version="1.0" encoding="ISO-8859-1"', 1)
    document = tmx.read(latin.replace("gros", "gênant").encode("latin-1"), FRENCH_ENGLISH)
    assert document.source.startswith("Le gênant chat.")
    wide = FOREIGN.replace('version="1.0"', 'version="1.0" encoding="UTF-16"', 1).encode("utf-16")
    assert tmx.read(wide, FRENCH_ENGLISH).source.startswith("Le gros chat.")


def test_white_space_for_a_translation_is_no_variant_and_is_kept():
    blank = Segment("s1", 0, Span(0, 4), Span(0, 2))
    document = AlignedDocument("Oui.", " \t", (blank,), FRENCH_ENGLISH)
    assert [each.get(f"{XML}lang") for each in parsed(document).iter("tuv")] == ["fr"]
    assert tmx.read(tmx.write(document)) == document


def test_both_sides_may_be_in_one_language():
    both = Languages("fr", "fr")
    said_again = Segment("s1", 0, Span(0, 4), Span(0, 6))
    document = AlignedDocument("Oui.", "Certes", (said_again,), both)
    assert tmx.read(tmx.write(document)) == document


def test_a_ladder_is_a_list_of_sentence_numbers():
    ladder = [Bead((0,), (0,), 0.9), Bead((1, 2), (1,), 0.8), Bead((3,), (), 0.0)]
    assert beads.to_json(ladder) == [[[0], [0]], [[1, 2], [1]], [[3], []]]
    assert beads.write(ladder) == "[[[0], [0]],\n [[1, 2], [1]],\n [[3], []]]\n"
