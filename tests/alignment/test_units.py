import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.errors import (
    OffsetInsideCharacter,
    SpanOutOfRange,
    UnencodableText,
    UnknownOffsetUnit,
)
from alignment.span import Span
from alignment.units import OFFSET_UNITS, ruler

TEXT = "l’été 🤔 e\u0301"
ENCODED = {"codepoint": "utf-32-le", "utf16": "utf-16-le", "utf8": "utf-8"}
WIDTH = {"codepoint": 4, "utf16": 2, "utf8": 1}


@pytest.mark.parametrize(("unit", "end"), [("codepoint", 10), ("utf16", 11), ("utf8", 18)])
def test_a_text_is_as_long_as_its_encoding(unit, end):
    assert ruler(TEXT, unit).out(Span(0, len(TEXT))) == Span(0, end)


@given(st.text(), st.data(), st.sampled_from(OFFSET_UNITS))
def test_a_span_cuts_the_same_characters_in_every_unit(text, data, unit):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    there = ruler(text, unit).out(Span(start, end))
    encoded = text.encode(ENCODED[unit])[there.start * WIDTH[unit] : there.end * WIDTH[unit]]
    assert encoded.decode(ENCODED[unit]) == text[start:end]
    assert ruler(text, unit).codepoints(there) == Span(start, end)


def test_an_offset_between_two_surrogates_is_refused():
    with pytest.raises(OffsetInsideCharacter, match="utf16 offset 1"):
        ruler("🤔", "utf16").codepoints(Span(0, 1))


def test_an_offset_within_an_encoded_letter_is_refused():
    with pytest.raises(OffsetInsideCharacter, match="utf8 offset 1"):
        ruler("é", "utf8").codepoints(Span(1, 2))


@pytest.mark.parametrize("unit", OFFSET_UNITS)
@pytest.mark.parametrize("span", [Span(0, 99), Span(-1, 1), Span(2, 1)])
def test_a_span_outside_the_text_is_refused_either_way(unit, span):
    with pytest.raises(SpanOutOfRange):
        ruler(TEXT, unit).out(span)
    with pytest.raises(SpanOutOfRange):
        ruler(TEXT, unit).codepoints(span)


def test_an_unknown_unit_is_named():
    with pytest.raises(UnknownOffsetUnit, match="'glyph'"):
        ruler("a", "glyph")


@pytest.mark.parametrize("unit", ["utf16", "utf8"])
def test_half_a_surrogate_pair_has_no_length(unit):
    with pytest.raises(UnencodableText, match="at 2"):
        ruler("ab\ud800", unit)


def test_half_a_surrogate_pair_is_one_code_point():
    assert ruler("ab\ud800", "codepoint").out(Span(2, 3)) == Span(2, 3)
