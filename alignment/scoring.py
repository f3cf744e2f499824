"""How near an alignment comes to one that people made, by the measures of the literature.

Every measure gives `Counts`, which add up over sentences and files: a figure
is that of all counts together, not the mean of figures. Precision and recall
may be counted on different sets, as word alignment and sentence beads are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar

from alignment.sentences import paragraphs
from alignment.span import Span

T = TypeVar("T")
Bead = tuple[tuple[int, ...], tuple[int, ...]]
WordLink = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was found, how much of it is right, and how much of the gold was found.

    `correct` of `found` make the precision, `recovered` of `gold` the recall.
    `sum(counts, Counts())` puts several together.
    """

    correct: int = 0
    found: int = 0
    recovered: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.correct + other.correct,
            self.found + other.found,
            self.recovered + other.recovered,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        """The share of what was found that is right; where nothing was, 0, or 1 if rightly so."""
        return self.correct / self.found if self.found else float(not self.gold)

    @property
    def recall(self) -> float:
        """The share of the gold that was found; with none, 1 if nothing wrong was found."""
        return self.recovered / self.gold if self.gold else float(self.correct == self.found)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def aer(self) -> float:
        """The alignment error rate, 1 − (|A∩S| + |A∩P|) / (|A| + |S|), of `word_alignment`.

        Och & Ney (2003), "A Systematic Comparison of Various Statistical
        Alignment Models". Not 1 − F1: precision and recall have different golds.
        """
        total = self.found + self.gold
        return 1 - (self.correct + self.recovered) / total if total else 0.0


def boundaries(found: Iterable[int], gold: Iterable[int]) -> Counts:
    """Boundaries between sentences, as positions that both sides count alike.

    Read (2012), "Sentence Boundary Detection: A Long Solved Problem?", scores
    boundaries too, not whole sentences: one missed cut is one error.
    """
    return _against(set(found), set(gold), set())


def inner_starts(text: str, sentences: Iterable[Span]) -> set[int]:
    """Where sentences start that no line break announces, in code points.

    Blanks at the head of a sentence count for the gap, so that a system may
    put them on either side. The first sentence of a line has no boundary to find.
    """
    starts = {span.end - len(span.of(text).lstrip()) for span in sentences if span.of(text).strip()}
    return starts - {paragraph.start for paragraph in paragraphs(text)}


def word_alignment(
    found: Set[WordLink], sure: Set[WordLink], possible: Set[WordLink] = frozenset()
) -> Counts:
    """Word links `(i, j)` against sure and possible ones; a sure link is possible too.

    Och & Ney (2003): precision is |A∩P| / |A|, recall |A∩S| / |S|; `Counts.aer`
    is the error rate that the field compares.
    """
    return _against(found, sure, possible)


def beads(found: Iterable[Bead], gold: Iterable[Bead], lax: bool = False) -> Counts:
    """Beads of two aligned texts, each `(source sentence numbers, target sentence numbers)`.

    Strict: a bead is right if the gold has the very same one. Lax: also if a
    gold bead shares a sentence with it on both sides. After Sennrich & Volk
    (2011), "Iterative, MT-based Sentence Alignment of Parallel Texts", as
    vecalign's scorer (Thompson & Koehn 2019) counts: precision is over every
    bead found, so that a 0–1 or 1–0 bead is right only where the gold has it;
    recall is over the gold beads with both sides, so that a sentence left out
    by the translator is nothing to recall. Repeated and empty beads don't count.
    """
    ours, theirs = _distinct(found), _distinct(gold)
    to_recall = {bead for bead in theirs if all(bead)}
    recalling = {bead for bead in ours if all(bead)}
    return Counts(
        correct=_agreeing(ours, theirs, lax),
        found=len(ours),
        recovered=_agreeing(to_recall, recalling, lax),
        gold=len(to_recall),
    )


def span_projection(found: Set[int], sure: Set[int], possible: Set[int] = frozenset()) -> Counts:
    """What a span was projected onto against what it is over gold links, in words or characters.

    Annotation projection (Yarowsky & Ngai 2001, "Inducing Multilingual POS
    Taggers and NP Bracketers") scored by what the span covers, with the two
    golds of Och & Ney (2003): precision is over what sure and possible links
    lead to, recall over what the sure ones do.
    """
    return _against(found, sure, possible)


def projected(words: Collection[int], links: Iterable[WordLink]) -> set[int]:
    """The words on the other side of those `links` (here, there) that leave from `words`."""
    return {there for here, there in links if here in words}


def projections(
    found: Set[WordLink],
    sure: Set[WordLink],
    possible: Set[WordLink] = frozenset(),
    longest: int = 8,
) -> Counts:
    """`span_projection` of every run of 1 to `longest` words that sure links leave from.

    Counted in words. A run without a sure link has no answer to compare with;
    turn the links round, `(j, i)`, to score the other direction.
    """
    length = 1 + max((here for here, _ in sure), default=-1)
    runs = (range(a, b) for a in range(length) for b in range(a + 1, min(a + longest, length) + 1))
    return sum((_projection(run, found, sure, possible) for run in runs), Counts())


def _projection(
    run: Sequence[int], found: Set[WordLink], sure: Set[WordLink], possible: Set[WordLink]
) -> Counts:
    answer = projected(run, sure)
    if not answer:
        return Counts()
    return span_projection(projected(run, found), answer, projected(run, possible))


def _against(found: Set[T], sure: Set[T], possible: Set[T]) -> Counts:
    return Counts(
        correct=len(found & (sure | possible)),
        found=len(found),
        recovered=len(found & sure),
        gold=len(sure),
    )


def _distinct(found: Iterable[Bead]) -> set[Bead]:
    return {(tuple(source), tuple(target)) for source, target in found if source or target}


def _agreeing(some: set[Bead], others: set[Bead], lax: bool) -> int:
    if not lax:
        return len(some & others)
    pairs = {pair for bead in others for pair in _pairs(bead)}
    return sum(bead in others or not pairs.isdisjoint(_pairs(bead)) for bead in some)


def _pairs(bead: Bead) -> Iterable[tuple[int, int]]:
    return ((source, target) for source in bead[0] for target in bead[1])
