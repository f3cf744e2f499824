"""Sentences to try the checks on, as JSON Lines: a faithful and a subtly unfaithful translation.

An object a line, all fields strings: `id`, `check` (the check that should
find the fault), `source`, `faithful`, `unfaithful`, `type` (of the issue that
should be found) and `note`, which may be empty or missing. A note names the
words concerned: `source words → words of the unfaithful translation`, either
side of the arrow may be missing, and `…` stands for words between.
"""

from __future__ import annotations

from dataclasses import dataclass

from alignment.formats.gold import Record, read_lines


@dataclass(frozen=True, slots=True)
class Challenge:
    """A sentence and two translations of it: one that no check should flag, one that one should."""

    id: str
    check: str
    source: str
    faithful: str
    unfaithful: str
    type: str
    note: str = ""


def challenges(lines: str) -> list[Challenge]:
    """The challenges of a file. Raises MalformedGold."""
    ids: set[str] = set()

    def take(record: Record) -> Challenge:
        challenge = _challenge(record)
        if challenge.id in ids:
            record.wrong("id", f"{challenge.id!r} stands on an earlier line too")
        ids.add(challenge.id)
        return challenge

    return read_lines(lines, take)


def _challenge(record: Record) -> Challenge:
    challenge = Challenge(
        id=_filled(record, "id"),
        check=_filled(record, "check"),
        source=_filled(record, "source"),
        faithful=_filled(record, "faithful"),
        unfaithful=_filled(record, "unfaithful"),
        type=_filled(record, "type"),
        note=record.string("note") if "note" in record.fields else "",
    )
    if challenge.unfaithful == challenge.faithful:
        record.wrong("unfaithful", f"{challenge.unfaithful!r} is the faithful translation")
    return challenge


def _filled(record: Record, field: str) -> str:
    value = record.string(field)
    return value if value.strip() else record.wrong(field, f"{value!r} is blank")
