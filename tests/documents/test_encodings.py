"""Bytes: read as what they are for certain, or refused by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.documents.encodings import decode, known_encoding
from service.documents.errors import UnknownEncoding, UnreadableFile, UnsupportedFile

FRENCH = (
    "L’été dernier, la rivière a débordé près de Saint-Aubin. Le maire espère « un geste » de "
    "l’État : les dégâts s’élèvent à 40 % du budget. Où ira-t-on ? Çà et là, des bœufs.\n"
)
PLAIN = FRENCH.replace("’", "'").replace("œ", "oe").replace("« ", '"').replace(" »", '"')


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1252", FRENCH),
        ("windows-1252", PLAIN),
        ("iso8859-15", PLAIN + "Il en coûte 12 €.\n"),
        ("mac-roman", FRENCH),
        ("cp850", PLAIN),
    ],
)
def test_french_is_clear_in_the_encodings_of_the_west(encoding, text):
    decoded = decode(text.encode(encoding), "a.txt")
    assert (decoded.text, decoded.encoding, decoded.guessed) == (text, encoding, True)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", "\ufeff"),
        ("utf-16-le", "\ufeff"),
        ("utf-16-be", "\ufeff"),
        ("utf-32-le", "\ufeff"),
        ("utf-32-be", "\ufeff"),
        ("utf-8", ""),
    ],
)
def test_a_mark_of_byte_order_says_the_encoding_and_stays(encoding, mark):
    text = f"{mark}{FRENCH}de\u0301ja\u0300 😀\r\n"
    decoded = decode(text.encode(encoding), "a.txt")
    assert (decoded.text, decoded.encoding, decoded.guessed) == (text, encoding, False)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_shows_without_its_mark(encoding):
    decoded = decode(FRENCH.encode(encoding), "a.txt")
    assert (decoded.text, decoded.encoding, decoded.guessed) == (FRENCH, encoding, True)


@pytest.mark.parametrize(
    "data",
    [
        b"Caf\xe9",
        "Мэр города заявил, что новых налогов не будет.".encode("windows-1251"),
        "Wójt gminy powiedział, że będzie zgłaszać się później.".encode("windows-1250"),
        "市長は増税しないと述べた。".encode("shift-jis"),
        "prÈfecture, dÈpartement, ÈtÈ, rÈsultat".encode("cp850"),
    ],
    ids=["short", "russian", "polish", "japanese", "garbled"],
)
def test_what_is_not_clear_is_refused_with_the_byte_at_fault(data):
    with pytest.raises(
        UnknownEncoding, match=r"^a\.txt: not UTF-8: byte 0x[0-9a-f]{2} at position"
    ):
        decode(data, "a.txt")


def test_what_is_declared_is_believed_where_it_is_not_utf_8():
    data = "Мэр города".encode("windows-1251")
    decoded = decode(data, "a.html", "Windows-1251")
    assert (decoded.text, decoded.encoding, decoded.guessed) == ("Мэр города", "cp1251", False)
    assert decode("Été".encode(), "a.html", "iso-8859-1").text == "Été"


def test_a_wrong_declaration_is_named():
    with pytest.raises(UnknownEncoding, match=r"^a\.html: not gb18030, as it says it is"):
        decode(b"\xff\xff\xff", "a.html", "gb18030")


@pytest.mark.parametrize(
    "label", ["punycode", "hex", "unicode_escape", "utf-7", "", "\0", "nonsense"]
)
def test_labels_that_name_no_text_encoding_are_not_believed(label):
    assert known_encoding(label) is None


def test_binary_data_is_no_text():
    with pytest.raises(UnsupportedFile, match="binary data"):
        decode(bytes(range(256)) * 10, "a.bin")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_by_name(data):
    try:
        decoded = decode(data, "a.txt")
    except UnreadableFile:
        return
    assert decoded.text.encode(decoded.encoding) == data
