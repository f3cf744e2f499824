from __future__ import annotations

from collections import Counter
from itertools import pairwise
from random import Random

import pytest

from training.bitext import Pair
from training.likeness import Bigrams, most_like

NEWS = [
    "Le ministre a annoncé hier la réforme.",
    "Le président a annoncé hier la grève.",
    "Le ministre a reporté la grève.",
    "Le président a reporté la réforme.",
] * 5
SPEECHES = [
    Pair("Monsieur le Président, je vous remercie.", "Mr President, thank you.", "parliament"),
    Pair("Madame, je remercie la Commission.", "Madam, I thank the Commission.", "parliament"),
    Pair("Je voterai contre cet amendement.", "I shall vote against it.", "parliament"),
]
REPORTS = [
    Pair("Le ministre a annoncé la grève.", "The minister announced the strike.", "parliament"),
    Pair("Le président a reporté la réforme hier.", "The president put it off.", "blog"),
]


def test_the_pairs_most_like_a_text_are_kept_by_origin():
    pairs = {"parliament": [*SPEECHES, REPORTS[0]], "blog": [REPORTS[1]]}
    kept = most_like(pairs, NEWS, 0.4, Random(1))
    assert kept == {"parliament": [REPORTS[0]], "blog": [REPORTS[1]]}


def test_a_share_of_one_keeps_every_pair():
    kept = most_like({"parliament": SPEECHES}, NEWS, 1.0, Random(1))
    assert sorted(kept["parliament"], key=SPEECHES.index) == SPEECHES


def test_a_sentence_without_a_word_has_its_surprise_too():
    kept = most_like({"parliament": [Pair("", "", "parliament"), *REPORTS]}, NEWS, 0.5, Random(1))
    assert kept == {"parliament": [REPORTS[0]], "blog": [REPORTS[1]]}


def test_what_was_read_surprises_less_than_what_was_not():
    words = ["<s>", "le", "ministre", "part", "<s>"]
    counts = Counter(words)
    bigrams = Bigrams(counts, Counter(pairwise(words)), counts.total())
    assert bigrams.surprise(words) < bigrams.surprise(["<s>", "part", "le", "ministre", "<s>"])


def test_shares_of_all_words_sum_to_one():
    words = ["<s>", "le", "ministre", "part", "<s>"]
    counts = Counter(words)
    bigrams = Bigrams(counts, Counter(pairwise(words)), counts.total())
    shares = sum(bigrams.share("le", word) for word in [*counts, "<unseen>"])
    assert shares == pytest.approx(1.0)
