"""How often the checks find what is wrong, and how often they find fault where there is none.

On a challenge set, every entry has a faithful and an unfaithful translation;
on an ordinary bitext, all translations are taken to be faithful. An issue of
severity `none` is no flag.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from alignment.document import Issue
from alignment.errors import AlignmentError
from alignment.formats.challenge import Challenge

SERIOUS = frozenset({"major", "critical"})


class UnknownCheck(AlignmentError):
    """A challenge for a check that there is not."""

    def __init__(self, challenge: Challenge, known: Collection[str]) -> None:
        super().__init__(
            f"{challenge.id}: check: {challenge.check!r} is none of {', '.join(known)}"
        )
        self.challenge = challenge


@dataclass(frozen=True, slots=True)
class Verdict:
    """The issues raised on both translations of one challenge."""

    challenge: Challenge
    faithful: tuple[Issue, ...]
    unfaithful: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class CheckScore:
    """How one check, or several together, did on the entries that were written for it.

    `entries`    entries of the check
    `caught`     unfaithful translations with a flag of the check's types
    `serious`    those of them where such a flag is major or critical
    `noticed`    unfaithful translations with more flags of any one type than the faithful one
    `alarms`     faithful translations with a flag of the check's types
    `serious_alarms`  those of them where such a flag is major or critical
    `elsewhere`  faithful translations of other checks' entries with a flag of this one's types
    """

    entries: int = 0
    caught: int = 0
    serious: int = 0
    noticed: int = 0
    alarms: int = 0
    serious_alarms: int = 0
    elsewhere: int = 0

    def __add__(self, other: CheckScore) -> CheckScore:
        return CheckScore(
            self.entries + other.entries,
            self.caught + other.caught,
            self.serious + other.serious,
            self.noticed + other.noticed,
            self.alarms + other.alarms,
            self.serious_alarms + other.serious_alarms,
            self.elsewhere + other.elsewhere,
        )

    @property
    def precision(self) -> float:
        """The share of flagged translations that are unfaithful; 1 where none is flagged.

        Both kinds are as many, so that half is what chance would give.
        """
        flagged = self.caught + self.alarms
        return self.caught / flagged if flagged else 1.0

    @property
    def recall(self) -> float:
        """The share of unfaithful translations that are caught; 1 where there is none."""
        return self.caught / self.entries if self.entries else 1.0


@dataclass(frozen=True, slots=True)
class Flagged:
    """How many of some translations are flagged, of what type.

    `serious` has a flag that is major or critical. `types` has the types that
    were found, those of most serious flags first, each with how many of the
    translations have it at all and how many seriously.
    """

    segments: int
    flagged: int
    serious: int
    types: tuple[tuple[str, int, int], ...]

    def share(self, count: int) -> float:
        """A count as a share of all the segments, from 0 to 1."""
        return count / self.segments if self.segments else 0.0


def scores(
    verdicts: Iterable[Verdict], types: Mapping[str, Collection[str]]
) -> dict[str, CheckScore]:
    """The score of each check, by its name; `types` has the issue types of each.

    A check without an entry is left out. Raises UnknownCheck.
    """
    verdicts = list(verdicts)
    for verdict in verdicts:
        if verdict.challenge.check not in types:
            raise UnknownCheck(verdict.challenge, types)
    tried = {verdict.challenge.check for verdict in verdicts}
    return {
        check: sum((_score(verdict, check, found) for verdict in verdicts), CheckScore())
        for check, found in types.items()
        if check in tried
    }


def missed(verdicts: Iterable[Verdict], types: Mapping[str, Collection[str]]) -> list[Verdict]:
    """The verdicts whose unfaithful translation has no flag of its check's types."""
    return [
        verdict
        for verdict in verdicts
        if not _of(verdict.unfaithful, types[verdict.challenge.check])
    ]


def alarms(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """The verdicts whose faithful translation has a flag, of whatever type."""
    return [verdict for verdict in verdicts if _flags(verdict.faithful)]


def flagged(translations: Iterable[Sequence[Issue]]) -> Flagged:
    """What the issues of many translations, an item for each, amount to."""
    segments = with_any = with_serious = 0
    everywhere: Counter[str] = Counter()
    seriously: Counter[str] = Counter()
    for issues in translations:
        flags = _flags(issues)
        grave = [flag for flag in flags if flag.severity in SERIOUS]
        segments += 1
        with_any += bool(flags)
        with_serious += bool(grave)
        everywhere.update({flag.type for flag in flags})
        seriously.update({flag.type for flag in grave})
    order = sorted(everywhere, key=lambda name: (-seriously[name], -everywhere[name], name))
    rows = tuple((name, everywhere[name], seriously[name]) for name in order)
    return Flagged(segments, with_any, with_serious, rows)


def _score(verdict: Verdict, check: str, types: Collection[str]) -> CheckScore:
    alarm = _of(verdict.faithful, types)
    if verdict.challenge.check != check:
        return CheckScore(elsewhere=int(bool(alarm)))
    found = _of(verdict.unfaithful, types)
    return CheckScore(
        entries=1,
        caught=int(bool(found)),
        serious=int(_serious(found)),
        noticed=int(_more(verdict.unfaithful, verdict.faithful)),
        alarms=int(bool(alarm)),
        serious_alarms=int(_serious(alarm)),
    )


def _more(some: Iterable[Issue], others: Iterable[Issue]) -> bool:
    # By type and not by span: the same false alarm may stand elsewhere where the wording differs.
    return bool(
        Counter(each.type for each in _flags(some)) - Counter(each.type for each in _flags(others))
    )


def _of(issues: Iterable[Issue], types: Collection[str]) -> list[Issue]:
    return [issue for issue in _flags(issues) if issue.type in types]


def _flags(issues: Iterable[Issue]) -> list[Issue]:
    return [issue for issue in issues if issue.severity != "none"]


def _serious(issues: Iterable[Issue]) -> bool:
    return any(issue.severity in SERIOUS for issue in issues)
