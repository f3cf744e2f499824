"""Two views of a sentence pair made one: what the model looked at, and what the lexicon knows.

The lexicon's hidden Markov models (`alignment.hmm`) run in both directions
with the attention, where there is one, as a second opinion on every pair of
words: it multiplies the probability of each by how much more than its fair
share the pair got. The geometric mean of both directions is the belief in a
link (the "soft intersection" of Liang, Taskar & Klein 2006), so that one
direction alone can make none.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from alignment.hmm import Matrix, link_probabilities
from alignment.lexemes import lexemes
from alignment.lexicon import Lexicon
from alignment.links import SoftAlignment

# The belief from which on a link is shown.
BELIEVED = 0.35
# An attention as sharp as this links two words that have no other link.
SHARP = 0.8
# What attention gives to every word at least, and how much its opinion weighs.
ATTENTION_FLOOR = 0.05
ATTENTION_WEIGHT = 1.5
NULL_WEIGHT = 1.0
# No lexicon has a longer word, in code points; an address or a run of letters may be far longer.
LONGEST_WORD = 100

Numbers = NDArray[np.intp]


def combined(
    source: Sequence[str],
    target: Sequence[str],
    lexicon: Lexicon,
    attention: SoftAlignment | None = None,
) -> tuple[SoftAlignment, NDArray[np.bool_]]:
    """How strongly each target word rests on each source word, and which links are worth showing.

    The words of one sentence and its translation, in order; `attention` is
    over these words. A row of the result and its null add up to 1.
    """
    belief = beliefs(source, target, lexicon, attention)
    linked = belief >= BELIEVED
    if attention is not None:
        alone = ~linked.any(axis=1, keepdims=True) & ~linked.any(axis=0, keepdims=True)
        sharp = alone & (attention.mass >= SHARP)
        linked |= sharp
        belief[sharp] = attention.mass[sharp]
    total = belief.sum(axis=1, keepdims=True)
    mass = belief / np.maximum(total, 1)
    return SoftAlignment(mass, np.clip(1 - mass.sum(axis=1), 0, 1)), linked


def beliefs(
    source: Sequence[str],
    target: Sequence[str],
    lexicon: Lexicon,
    attention: SoftAlignment | None = None,
) -> NDArray[np.float64]:
    """The belief in a link, from 0 to 1, as `[target, source]`."""
    belief = np.zeros((len(target), len(source)))
    if not source or not target:
        return belief
    here, columns = _units(source, lexicon.languages.source)
    there, rows = _units(target, lexicon.languages.target)
    forward, backward = lexicon.emissions(here, there)
    from_nothing, into_nothing = lexicon.nothing(here, there)
    if attention is not None:
        opinion, doubt = _opinion(attention)
        opinion = opinion[rows[:, None], columns[None, :]]
        forward, backward = forward * opinion, backward * opinion
        from_nothing = from_nothing * doubt[rows]
    one = link_probabilities(forward[None], from_nothing[None], lexicon.forward_moves)[0]
    two = link_probabilities(backward.T[None], into_nothing[None], lexicon.backward_moves)[0].T
    # A word of several lexemes, "du" or "don't", is linked as well as the best of them.
    places = (rows[:, None], columns[None, :])
    np.maximum.at(belief, places, np.sqrt(one * two, dtype=np.float64))
    return belief


def _opinion(attention: SoftAlignment) -> tuple[Matrix, Matrix]:
    """By how much more than its fair share each source word, and none, got of a target word."""
    mass = attention.mass + ATTENTION_FLOOR
    null = attention.null + ATTENTION_FLOOR
    fair = (mass.sum(axis=1) + null) / (mass.shape[1] + 1)
    opinion = (mass / fair[:, None]) ** ATTENTION_WEIGHT
    return opinion.astype(np.float32), ((null / fair) ** NULL_WEIGHT).astype(np.float32)


def _units(words: Sequence[str], language: str) -> tuple[list[str], Numbers]:
    """The lexemes of all words, and the number of the word that each comes from."""
    found = [lexemes(word[:LONGEST_WORD], language) for word in words]
    numbers = np.repeat(np.arange(len(found)), [len(each) for each in found])
    return [lexeme for each in found for lexeme in each], numbers
