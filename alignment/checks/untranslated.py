"""Words of the original's language that were left standing in the translation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import islice, pairwise

from alignment.checks.borrowing import borrowed_words, has_cognate, is_native, means_another
from alignment.checks.check import Check, SentencePair
from alignment.checks.compounds import kept
from alignment.checks.friends import mistranslated
from alignment.checks.language import table
from alignment.checks.standing import Standing, fills, runs
from alignment.checks.tokens import listed
from alignment.document import Issue, Languages
from alignment.lexemes import folded, lexemes
from alignment.lexicon import lexicon
from alignment.span import Span
from alignment.words import words

# An echo holds at least so many plain words, and at least this share of them.
ECHO_WORDS = 4
ECHO_SHARE = 0.8
# So many words in a row are no accident, and so many in quotation marks no title.
RUN = 3
QUOTED = 6
# No more runs than this are looked at: of a line without end, only the beginning.
MOST = 50
# So many words that both languages have may stand between them.
BETWEEN = 2
# A single word must have so many letters.
SHORTEST = 4
# Quotations and titles; bounded, so that a lone mark costs nothing.
MARKED = re.compile(
    r"“[^“”]{1,200}”|\"[^\"]{1,200}\"|«[^«»]{1,200}»|‘[^‘’]{1,200}’|\([^()]{1,200}\)"
)


def find(pair: SentencePair) -> Iterator[Issue]:
    """The whole sentence, runs of words and single ones that were not translated."""
    yield from mistranslated(pair)
    standing = _standing(pair)
    if not standing:
        yield from _kept(pair, ())
        return
    if _echoes(
        _plain_words(pair.source, pair.source_words), _plain_words(pair.target, pair.target_words)
    ):
        yield Issue(
            "untranslated",
            "critical",
            "the translation says the same words as the original",
            (Span(0, len(pair.source)),),
            (Span(0, len(pair.target)),),
        )
        return
    marked = [Span(*match.span()) for match in MARKED.finditer(pair.target)]
    singles: list[Standing] = []
    left: list[Issue] = []
    for run in islice(runs(standing), MOST):
        if any(fills(run, mark) for mark in marked) and len(run) <= QUOTED:
            continue
        if _is_left(run, pair):
            left.append(_left(pair, run))
        elif not _beside_a_name(run, pair):
            singles += [each for each in run if _alone(each, pair)]
    if singles:
        left.append(_singles(pair, singles))
    yield from left
    yield from _kept(pair, [*marked, *(span for issue in left for span in issue.target_spans)])


def _kept(pair: SentencePair, known: Sequence[Span]) -> Iterator[Issue]:
    """Forms of address and compounds that were kept, other than those `known` of or quoted."""
    for one, other in islice(kept(pair), MOST):
        if not any(other.overlaps(span) for span in known):
            named = f"“{other.of(pair.target)}” was left as it is in the original"
            yield Issue("untranslated", "minor", named, (one,), (other,))


def echoes(source: str, target: str) -> bool:
    """Whether a translation mostly says the very words of its original."""
    return _echoes(_plain_words(source, words(source)), _plain_words(target, words(target)))


def _echoes(source: Sequence[str], target: Sequence[str]) -> bool:
    said = Counter(source)
    if said.total() < ECHO_WORDS:
        return False
    return (said & Counter(target)).total() >= ECHO_SHARE * said.total()


def _plain_words(text: str, within: Iterable[Span]) -> list[str]:
    """The words that a translation would change: no names, no numbers, no elided articles."""
    found = [span.of(text) for span in within]
    return [word for word in found if word.islower() and word.isalpha() and len(word) > 1]


def _standing(pair: SentencePair) -> list[Standing]:
    """The words of the translation that may be the original's, in order."""
    source, target = pair.languages.source, pair.languages.target
    grammar, naming = listed(source, "unmistakable"), listed(source, "naming")
    said = [lexemes(pair.target[start:end], source) for start, end in pair.target_words]
    shared = _shared(pair, said)
    if not shared and grammar.isdisjoint(part for parts in said for part in parts):
        return []
    borrowed = borrowed_words(said, source, target)
    written = {word.of(pair.source) for word in pair.source_words}
    places = {
        place
        for place, (word, parts) in enumerate(zip(pair.target_words, said, strict=True))
        if (grammar.issuperset(parts) or place in shared)
        and place not in borrowed
        and not (place in shared and _is_name(pair, place, written, grammar.issuperset(parts)))
        and not (place and pair.target[word.start].isupper())
    }
    return [
        Standing(
            pair.target_words[place],
            place,
            place in places and grammar.issuperset(said[place]),
            naming.issuperset(said[place]),
        )
        for place in sorted(places | _between(pair, places))
    ]


def _is_name(pair: SentencePair, place: int, written: Set[str], grammar: bool) -> bool:
    """Whether a word of both texts is a name for its capital, rather than for its place.

    "Éboueurs" at the head of the translation is no name where "éboueurs" is `written` in the
    original.
    """
    word = pair.target_words[place].of(pair.target)
    if not word[0].isupper() or (grammar and not place):
        return False
    return word.lower() not in written


def _between(pair: SentencePair, places: Set[int]) -> set[int]:
    """Words that both languages may have, one or two of them between words that were left.

    "concert surprise" in "offert un concert surprise aux passants".
    """
    own = {word.of(pair.source).lower() for word in pair.source_words}
    found: set[int] = set()
    for one, other in pairwise(sorted(places)):
        gap = range(one + 1, other)
        if len(gap) <= BETWEEN and all(pair.target_words[n].of(pair.target) in own for n in gap):
            found.update(gap)
    return found


def _shared(pair: SentencePair, said: Sequence[tuple[str, ...]]) -> frozenset[int]:
    """Which words stand in the original too, and are words of its language alone."""
    own = {word.of(pair.source).lower() for word in pair.source_words}
    at_home = listed(pair.languages.target, "adopted")
    return frozenset(
        place
        for place, (parts, word) in enumerate(zip(said, pair.target_words, strict=True))
        if len(parts[0]) >= SHORTEST
        and parts[0] not in at_home
        and _is_foreign(word.of(pair.target).lower(), parts, pair, own)
    )


def _is_foreign(word: str, parts: Sequence[str], pair: SentencePair, own: Set[str]) -> bool:
    """Whether a word belongs to the original's language; `own` are the original's words.

    Accents give it away; without, the lexicon must know it, and not in the translation's
    language: "marijuana" is both.
    """
    copied = word in own
    if not (copied or not word.isascii()) or not all(part.isalpha() for part in parts):
        return False
    known = lexicon(pair.languages)
    accented = word != folded(word)
    if copied and len(parts) == 1 and is_native(parts[0], pair.languages):
        return True
    if known is None or (copied and accented):
        return copied and accented
    if any(part in known.targets for part in parts):
        # The lexicon has met many a word that was left standing; what it means is another.
        return copied and len(parts) == 1 and means_another(parts[0], pair)
    return all(part in known.sources for part in parts) and not has_cognate(
        parts[0], pair.languages
    )


def _is_left(run: Sequence[Standing], pair: SentencePair) -> bool:
    """Whether a run can be nothing but words of the original's language."""
    telling = sum(each.grammar and not each.naming for each in run)
    grammar = [each for each in run if each.grammar]
    # "A" is a word of either language, and so are figures.
    if grammar and all(each.word.of(pair.target) in ("a", "A", "y") for each in grammar):
        return len(run) - len(grammar) >= RUN
    if _beside_a_name(run, pair):
        return telling > 1
    return (len(run) > 1 and telling > 0) or len(run) >= RUN


def _beside_a_name(run: Sequence[Standing], pair: SentencePair) -> bool:
    """Whether a capitalised word of the original's stands next to the run: "Caisse des dépôts"."""
    source = pair.languages.source
    if all(folded(each.word.of(pair.target)) in listed(source, "dated") for each in run):
        return False
    before, after = run[0].place - 1, run[-1].place + 1
    # A word that both languages have may stand between: "Institut national de la statistique".
    if before > 0 and pair.target_words[before].of(pair.target) in pair.source:
        before -= not pair.target[pair.target_words[before].start].isupper()
    beside = [pair.target_words[n] for n in (before, after) if 0 <= n < len(pair.target_words)]
    names = _plain_names(pair)
    heads = listed(source, "institutions")
    # Nor is "Conseil" a name before "constitutionnel".
    return any(
        pair.target[word.start].isupper()
        and (plain := folded(word.of(pair.target))) in names
        and not (plain in heads and word.end <= run[0].word.start)
        for word in beside
    )


def _plain_names(pair: SentencePair) -> frozenset[str]:
    """What a name of the translation may be: a word of the original, but not "The"."""
    said = frozenset(folded(word.of(pair.source)) for word in pair.source_words)
    return said - listed(pair.languages.target, "function")


def _left(pair: SentencePair, run: Sequence[Standing]) -> Issue:
    span = Span(run[0].word.start, run[-1].word.end)
    return Issue(
        "untranslated",
        "major" if len(run) >= RUN else "minor",
        f"“{span.of(pair.target)}” was left as it is in the original",
        _same(pair, run),
        (span,),
    )


def _same(pair: SentencePair, run: Sequence[Standing]) -> tuple[Span, ...]:
    """The same words in the original, where they stand there."""
    wanted = {each.word.of(pair.target).lower() for each in run}
    return tuple(each for each in pair.source_words if each.of(pair.source).lower() in wanted)


def _alone(each: Standing, pair: SentencePair) -> bool:
    """Whether a single word tells: no name has it, nor the translation's language."""
    known = lexicon(pair.languages)
    word = each.word.of(pair.target).lower()
    if each.grammar and word != folded(word):
        # "Dès" and "à" have an accent that no English word has.
        return folded(word) not in listed(pair.languages.target, "adopted")
    if each.naming or len(word) < SHORTEST:
        return False
    return not each.grammar or known is None or folded(word) not in known.targets


def _singles(pair: SentencePair, found: Sequence[Standing]) -> Issue:
    named = ", ".join(f"“{each.word.of(pair.target)}”" for each in found)
    return Issue(
        "untranslated",
        "minor",
        f"left as in the original: {named}",
        _same(pair, found),
        tuple(each.word for each in found),
    )


def knows(languages: Languages) -> bool:
    """Whether there is a table of both languages."""
    return all(table(each, "content") for each in (languages.source, languages.target))


CHECK = Check(
    name="untranslated",
    types=("untranslated",),
    covers="the original's own words in the translation: all of them, a run or a single one",
    knows=knows,
    find=find,
)
