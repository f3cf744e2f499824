"""Word files: what a reader of the document sees."""

import pytest

from service.documents.errors import DamagedFile, NothingToRead, UnsafeFile, UnsupportedFile
from service.documents.reading import read_article
from tests.documents.samples import archive, word_file, word_xml


def read(data):
    return read_article(data, "rapport.docx")


def text_of(body, notes=None):
    return read(word_xml(body, notes)).text


def test_headings_paragraphs_and_tables_within_tables_come_in_reading_order():
    article = read(word_file())
    assert (article.kind, article.title) == ("docx", "Compte rendu")
    assert article.text.split("\n\n") == [
        "Le conseil municipal",
        "Le maire ne dément pas la nouvelle.",
        "Commune",
        "Dégâts",
        "12 maisons",
        "Première ligne,\nseconde ligne.",
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<w:p><w:ins><w:r><w:t>Ajouté.</w:t></w:r></w:ins></w:p>", "Ajouté."),
        (
            "<w:p><w:r><w:t>Oui</w:t></w:r>"
            "<w:del><w:r><w:delText> non</w:delText></w:r></w:del></w:p>",
            "Oui",
        ),
        (
            "<w:p><w:moveFrom><w:r><w:t>ici </w:t></w:r></w:moveFrom>"
            "<w:moveTo><w:r><w:t>là</w:t></w:r></w:moveTo></w:p>",
            "là",
        ),
        (
            "<w:sdt><w:sdtContent><w:p><w:r><w:t>Champ.</w:t></w:r></w:p></w:sdtContent></w:sdt>",
            "Champ.",
        ),
        (
            "<w:p><w:hyperlink><w:r><w:t>Lien</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r></w:p>",
            "Lien.",
        ),
        (
            "<w:p><w:r><w:t>Vu </w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>caché</w:t></w:r>"
            '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>ici</w:t></w:r></w:p>',
            "Vu ici",
        ),
        (
            "<w:p><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>Encadré.</w:t></w:r></w:p>"
            "</mc:Choice><mc:Fallback><w:p><w:r><w:t>Encadré.</w:t></w:r></w:p></mc:Fallback>"
            "</mc:AlternateContent><w:r><w:t>Corps.</w:t></w:r></w:p>",
            "Encadré.\n\nCorps.",
        ),
        (
            "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>Un</w:t><w:tab/><w:t>mot</w:t>"
            "<w:noBreakHyphen/><w:t>clé</w:t><w:softHyphen/></w:r></w:p>",
            "Un\tmot\u2011clé\u00ad",
        ),
        (
            "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r>"
            '<w:r><w:t xml:space="preserve">«\u202foui\u00a0» '
            "de\u0301ja\u0300 👩🏽‍🍳</w:t></w:r></w:p>",
            "«\u202foui\u00a0» de\u0301ja\u0300 👩🏽‍🍳",
        ),
    ],
    ids=[
        "insertion",
        "deletion",
        "move",
        "control",
        "link",
        "hidden",
        "box",
        "signs",
        "typography",
    ],
)
def test_what_is_seen_is_read_and_nothing_else(body, text):
    assert text_of(body) == text


def test_footnotes_follow_the_text():
    notes = '<w:footnote w:id="2"><w:p><w:r><w:t>Selon le maire.</w:t></w:r></w:p></w:footnote>'
    body = '<w:p><w:r><w:t>Il part</w:t><w:footnoteReference w:id="2"/><w:t>.</w:t></w:r></w:p>'
    assert text_of(body, notes) == "Il part.\n\nSelon le maire."


def test_tables_nested_many_times_are_read():
    deep = "<w:tbl><w:tr><w:tc>" * 50 + "<w:p><w:r><w:t>Fond.</w:t></w:r></w:p>"
    assert text_of(deep + "</w:tc></w:tr></w:tbl>" * 50) == "Fond."


def test_a_bomb_is_not_opened():
    bomb = archive({"word/document.xml": b" " * 20_000_000})
    assert len(bomb) < 50_000
    with pytest.raises(UnsafeFile, match=r"^rapport\.docx: .*ZIP bomb"):
        read(bomb)


def test_a_part_is_never_unpacked_beyond_the_limit(monkeypatch):
    monkeypatch.setattr("service.documents.wordprocessing.LARGEST_PART", 1000)
    with pytest.raises(UnsafeFile, match=r"document\.xml unpacks to more than 1000 bytes"):
        read(word_xml("<w:p/>" * 300))


def test_xml_that_declares_entities_is_refused():
    laughs = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    with pytest.raises(UnsafeFile, match="declares a DOCTYPE"):
        read(word_xml("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", prologue=laughs))


@pytest.mark.parametrize(
    ("data", "error", "reason"),
    [
        (word_file()[:2000], DamagedFile, "this DOCX is damaged"),
        (word_xml("<w:p>"), DamagedFile, r"document\.xml is no XML"),
        (word_xml("<w:p>" * 1000 + "</w:p>" * 1000), DamagedFile, r"document\.xml is no XML"),
        (word_xml("<w:p/>"), NothingToRead, "there is no text in this DOCX"),
        (archive({"a.txt": "Oui."}), UnsupportedFile, "this is a ZIP archive, not a DOCX"),
        (
            archive({"mimetype": "application/vnd.oasis.opendocument.text"}),
            UnsupportedFile,
            "this is an OpenDocument file",
        ),
        (
            archive({"[Content_Types].xml": "<Types>spreadsheetml</Types>"}),
            UnsupportedFile,
            "this is an Excel workbook",
        ),
    ],
    ids=["cut", "unclosed", "deep", "empty", "zip", "odt", "xlsx"],
)
def test_what_cannot_be_read_is_named(data, error, reason):
    with pytest.raises(error, match=rf"^rapport\.docx: .*{reason}"):
        read(data)


@pytest.mark.parametrize("position", range(0, 3000, 97))
def test_a_damaged_byte_never_surprises(position):
    data = bytearray(word_file())
    data[position] ^= 0xFF
    try:
        article = read(bytes(data))
    except (DamagedFile, UnsafeFile, UnsupportedFile):
        return
    assert "conseil municipal" in article.text
