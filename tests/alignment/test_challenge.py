"""Challenge files: what is read, and what is said of a line that can't be measured against."""

import json

import pytest

from alignment.formats.challenge import Challenge, challenges
from alignment.formats.gold import MalformedGold

ENTRY = {
    "id": "negation-001",
    "check": "negation",
    "source": "Il ne viendra pas.",
    "faithful": "He won’t come.",
    "unfaithful": "He will come.",
    "type": "negation_lost",
    "note": "ne…pas",
}


def lines(*records):
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def test_a_line_is_a_challenge():
    assert challenges(lines(ENTRY)) == [
        Challenge(
            id="negation-001",
            check="negation",
            source="Il ne viendra pas.",
            faithful="He won’t come.",
            unfaithful="He will come.",
            type="negation_lost",
            note="ne…pas",
        )
    ]


def test_a_note_may_be_missing_or_empty():
    noteless = {name: value for name, value in ENTRY.items() if name != "note"}
    read = challenges(lines(noteless, ENTRY | {"id": "2", "note": ""}))
    assert [entry.note for entry in read] == ["", ""]


def test_other_fields_are_left_alone():
    assert challenges(lines(ENTRY | {"by": 3})) == challenges(lines(ENTRY))


def test_texts_are_kept_to_the_character():
    texts = {"source": " Vrai\u00a0?\u2028Oui.\u0000 ", "faithful": "e\u0301 😀"}
    read = challenges(lines(ENTRY | texts))[0]
    assert {"source": read.source, "faithful": read.faithful} == texts


def test_a_byte_order_mark_carriage_returns_and_blank_lines_do_no_harm():
    text = "\ufeff" + lines(ENTRY).replace("\n", "\r\n") + "\n" + lines(ENTRY | {"id": "2"})
    assert [entry.id for entry in challenges(text)] == ["negation-001", "2"]


@pytest.mark.parametrize("field", ["id", "check", "source", "faithful", "unfaithful", "type"])
@pytest.mark.parametrize(
    ("value", "reason"), [(3, "3 is not a string"), (" \u00a0", "' \\xa0' is blank")]
)
def test_a_field_must_be_a_string_with_something_in_it(field, value, reason):
    with pytest.raises(MalformedGold) as caught:
        challenges(lines(ENTRY, ENTRY | {"id": "2"} | {field: value}))
    assert str(caught.value) == f"line 2: {field}: {reason}"


@pytest.mark.parametrize("field", ["id", "check", "source", "faithful", "unfaithful", "type"])
def test_a_missing_field_is_named(field):
    with pytest.raises(MalformedGold) as caught:
        challenges(lines({name: value for name, value in ENTRY.items() if name != field}))
    assert str(caught.value) == f"line 1: {field}: is missing"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "id: 'negation-001' stands on an earlier line too"),
        (
            {"id": "2", "unfaithful": "He won’t come."},
            "unfaithful: 'He won’t come.' is the faithful translation",
        ),
        ({"id": "2", "note": None}, "note: None is not a string"),
    ],
)
def test_a_challenge_that_is_none_is_refused(change, said):
    with pytest.raises(MalformedGold) as caught:
        challenges(lines(ENTRY, ENTRY | change))
    assert str(caught.value) == f"line 2: {said}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: there is nothing to measure against"),
        ("\n[1]", "line 2: is not a JSON object"),
    ],
)
def test_what_is_no_challenge_file_at_all_says_so(text, said):
    with pytest.raises(MalformedGold) as caught:
        challenges(text)
    assert str(caught.value) == said


def test_what_is_no_json_is_named_by_its_line():
    with pytest.raises(MalformedGold, match=r"^line 2: is no JSON: "):
        challenges(lines(ENTRY) + "{'id': 3}")
