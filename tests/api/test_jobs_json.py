"""A JSON object read a value at a time is the object that the whole would have been."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.api import json_stream
from service.api.errors import FieldRejected, MalformedBody
from service.api.json_stream import Member, loaded, members

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda within: st.lists(within) | st.dictionaries(st.text(), within),
    max_leaves=8,
)


def found(data, largest=10**6):
    return list(members(io.BytesIO(data), "articles", largest))


@given(
    st.dictionaries(st.text().filter(lambda name: name != "articles"), VALUES, max_size=4),
    st.lists(VALUES, max_size=5),
    st.booleans(),
    st.integers(1, 9),
    st.sampled_from([None, 1]),
)
def test_every_value_comes_as_it_is_wherever_the_pieces_end(
    others, articles, ascii_alone, piece, indent
):
    text = json.dumps({**others, "articles": articles}, ensure_ascii=ascii_alone, indent=indent)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_stream, "CHUNK", piece)
        cut = found(text.encode("utf-8", "replace"))
    # What UTF-8 has no form of is replaced before it is cut.
    whole = json.loads(text.encode("utf-8", "replace"))
    elements = [loaded(each.data, each.position) for each in cut if each.element]
    rest = {each.name: loaded(each.data, each.position) for each in cut if not each.element}
    assert {**rest, "articles": elements} == whole


def test_positions_are_those_of_the_bytes():
    data = '\ufeff{"é": 1, "articles": ["à", {}]}'.encode()
    assert found(data) == [
        Member("é", b"1", 10),
        Member("articles", '"à"'.encode(), 26, element=True),
        Member("articles", b"{}", 32, element=True),
    ]
    assert data[26:30] == '"à"'.encode()


def test_a_value_that_is_too_long_is_passed_over():
    data = b'{"articles": ["' + b"x" * 1000 + b'", [' + b"1," * 1000 + b"1], 2]}"
    assert [each.data for each in found(data, largest=100)] == [None, None, b"2"]


def test_a_list_of_another_name_is_one_value():
    assert found(b'{"ids": [1, 2]}') == [Member("ids", b"[1, 2]", 8)]


def test_articles_that_are_no_list_are_one_value():
    assert found(b'{"articles": {"a": [1]}}') == [Member("articles", b'{"a": [1]}', 13)]


@pytest.mark.parametrize(
    ("data", "position", "reason"),
    [
        (b"", 0, "{ is missing"),
        (b"[]", 0, "{ is missing"),
        (b'{"a"', 4, ": is missing"),
        (b'{"a":', 5, "it ends in the middle of a value"),
        (b'{"a":1', 6, ", or } is missing"),
        (b'{"a":1} x', 8, "something follows the object"),
        (b'{"a":]}', 5, "a value is missing"),
        (b'{"a":,"b":1}', 5, "a value is missing"),
        (b'{"a":1,}', 7, "a value is missing"),
        (b'{"a":"\\', 6, "it ends in the middle of a string"),
        (b'{"articles":[1,]}', 15, "a value is missing"),
        (b'{"articles":[1 2]}', 15, ", or ] is missing"),
        (b'{"articles":["a" "b"]}', 17, ", or ] is missing"),
        (b'{"articles":[}', 13, "a value is missing"),
        (b'{"articles":[[]', 15, ", or ] is missing"),
        (b"{1: 2}", 1, "a name is a string"),
    ],
)
def test_what_is_no_object_is_refused_with_its_position(data, position, reason):
    with pytest.raises(MalformedBody, match=f"at byte {position}: {reason}"):
        found(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'"\xe9"', "no valid UTF-8 at byte 101"),
        (b'"\xc3\xa9" x', "no valid JSON at byte 105"),
        (b"NaN", "NaN is no number"),
        (b"[" * 100_000, "nested too deeply"),
        (b"1" * 5000, "too long a number"),
    ],
)
def test_a_value_that_is_none_is_refused_with_its_position(data, reason):
    with pytest.raises(MalformedBody, match=reason):
        loaded(data, 100)


def test_a_name_that_comes_twice_is_refused():
    with pytest.raises(FieldRejected, match="given twice"):
        loaded(b'{"a": 1, "a": 2}', 0)


def test_half_a_surrogate_pair_is_seen_as_one():
    """Some parsers put a question mark in its place."""
    (member,) = found(b'{"articles": ["a\\ud800b"]}')
    assert loaded(member.data, 0) == "a\ud800b"
