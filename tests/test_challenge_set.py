"""The challenge set itself: what benchmarks/challenge/README.md says of it is true."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from alignment.formats.challenge import challenges

FOLDER = Path(__file__).parent.parent / "benchmarks" / "challenge"
HALVES = {
    name: challenges((FOLDER / f"{name}.fr-en.jsonl").read_text(encoding="utf-8"))
    for name in ("dev", "held-out")
}
ENTRIES = [entry for half in HALVES.values() for entry in half]
TYPES = {
    "numbers": {"number_lost", "number_changed", "number_added", "unit_changed", "date_changed"},
    "names": {"name_lost", "name_changed", "name_added"},
    "negation": {"negation_lost", "negation_added"},
    "hedging": {"hedge_lost", "hedge_added"},
    "attribution": {"attribution_lost", "attribution_changed"},
    "quotation": {"quotation_lost", "quotation_added"},
    "questions": {"question_lost", "question_added", "exclamation_lost"},
    "untranslated": {"untranslated"},
    "omission": {"omission", "addition"},
    "repetition": {"repetition"},
    "truncation": {"truncated"},
    "length": {"length_ratio"},
    "characters": {"unknown_characters"},
}
LEAST = 12


def folded(text):
    """As a note spells it: composed, with plain blanks and apostrophes, in small letters."""
    plain = unicodedata.normalize("NFC", text).translate({0xA0: " ", 0x202F: " ", 0x2019: "'"})
    return plain.lower()


def absent(note, entry):
    """The words of a note that are not in the text that it speaks of."""
    here, _, there = note.partition("→")
    return [
        piece
        for words, text in ((here, entry.source), (there, entry.unfaithful))
        for piece in map(str.strip, words.split("…"))
        if folded(piece) not in folded(text)
    ]


def test_there_are_four_hundred_sentences_and_more():
    assert len(ENTRIES) >= 440


def test_every_id_is_given_once_over_both_halves():
    counts = Counter(entry.id for entry in ENTRIES)
    assert [name for name, count in counts.items() if count > 1] == []


def test_the_halves_were_drawn_by_turns_within_each_check():
    # Odd numbers are for tuning, even ones are held back.
    parity = {
        half: {int(entry.id.rpartition("-")[2]) % 2 for entry in entries}
        for half, entries in HALVES.items()
    }
    assert parity == {"dev": {1}, "held-out": {0}}


@pytest.mark.parametrize("check", TYPES)
def test_the_halves_are_balanced(check):
    dev, held_out = (sum(entry.check == check for entry in entries) for entries in HALVES.values())
    assert min(dev, held_out) >= LEAST
    assert 0 <= dev - held_out <= 1


def test_the_page_counts_the_entries_of_each_check():
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    counts = {
        check: tuple(sum(entry.check == check for entry in half) for half in HALVES.values())
        for check in TYPES
    }
    counts["all"] = (len(HALVES["dev"]), len(HALVES["held-out"]))
    rows = re.findall(r"^\| (\w+) \| (\d+) \| (\d+) \|", page, re.MULTILINE)
    assert {check: (int(dev), int(held)) for check, dev, held in rows} == counts


def test_every_type_is_one_of_its_check_and_every_one_is_tried_in_both_halves():
    for entries in HALVES.values():
        tried = {check: {e.type for e in entries if e.check == check} for check in TYPES}
        assert tried == TYPES


def test_an_id_is_the_check_and_a_number():
    assert [e.id for e in ENTRIES if not re.fullmatch(rf"{e.check}-\d{{3}}", e.id)] == []


def test_no_text_stands_twice():
    texts = Counter(t for e in ENTRIES for t in (e.source, e.faithful, e.unfaithful))
    assert [text for text, count in texts.items() if count > 1] == []


@pytest.mark.parametrize("half", HALVES)
def test_the_words_that_a_note_names_are_there(half):
    wrong = {entry.id: absent(entry.note, entry) for entry in HALVES[half]}
    assert {name: words for name, words in wrong.items() if words} == {}


def test_every_entry_names_the_words_concerned():
    assert [entry.id for entry in ENTRIES if not entry.note.strip(" →")] == []


def test_sentences_are_of_the_length_of_news():
    odd = {e.id: len(e.source.split()) for e in ENTRIES if not 6 <= len(e.source.split()) <= 45}
    assert odd == {}


@pytest.mark.parametrize(
    "feature", ["’", "'", "« ", "«\u00a0", "«\u202f", "“", "\u202f", "e\u0301"]
)
def test_the_french_is_typed_as_it_is_in_real_life(feature):
    assert any(feature in entry.source for entry in ENTRIES)
