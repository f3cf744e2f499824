from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from alignment.formats.gold import GoldWords
from alignment.scoring import Counts
from service.engine.calibrate import HeadScore, rank_heads, record_head
from service.engine.models import Model, read_model
from tests.checkpoints import build_checkpoint

WORDS = [("il", "pleut", "sur", "Brest"), ("le", "maire", "a", "mangé")]
NONE: frozenset[tuple[int, int]] = frozenset()
ANSWERS = [("it", "rains", "on", "Brest"), ("the", "mayor", "ate")]


@pytest.fixture
def model(tmp_path) -> Model:
    return read_model(build_checkpoint(tmp_path / "tiny-fr-en"))


def gold(links: list[set[tuple[int, int]]]) -> list[GoldWords]:
    return [
        GoldWords(source, target, frozenset(sure), NONE)
        for source, target, sure in zip(WORDS, ANSWERS, links, strict=True)
    ]


def found_by(model: Model, layer: int, head: int, lag: int) -> list[set[tuple[int, int]]]:
    """The word links of one head: those that it recovers where the gold has nothing else."""
    return [
        {
            (i, j)
            for i in range(len(source))
            for j in range(len(target))
            if recovers(
                model, layer, head, lag, GoldWords(source, target, frozenset({(i, j)}), NONE)
            )
        }
        for source, target in zip(WORDS, ANSWERS, strict=True)
    ]


def recovers(model: Model, layer: int, head: int, lag: int, pair: GoldWords) -> bool:
    scores = {(each.layer, each.head, each.lag): each for each in rank_heads(model, [pair])}
    return bool(scores[layer, head, lag].counts.recovered)


def test_every_head_is_ranked_at_either_lag(model):
    ranked = rank_heads(model, gold([{(0, 0)}, {(1, 1)}]))
    places = {(score.layer, score.head, score.lag) for score in ranked}
    assert places == set(product((-2, -1), (0, 1), (0, 1)))
    assert len(ranked) == len(places)
    errors = [score.counts.aer for score in ranked]
    assert errors == sorted(errors)


@pytest.mark.parametrize("lag", [0, 1])
def test_the_head_that_finds_all_gold_links_and_no_other_comes_first(model, lag):
    best = rank_heads(model, gold(found_by(model, -2, 1, lag)))[0]
    assert best.counts.aer == 0


def test_pairs_that_are_longer_than_the_model_takes_are_left_out(tmp_path):
    model = read_model(build_checkpoint(tmp_path / "tiny-fr-en", positions=8))
    assert rank_heads(model, gold([{(0, 0)}, set()])[:1]) == []


def test_layer_head_and_lag_go_into_the_metadata(tmp_path):
    path: Path = build_checkpoint(tmp_path / "tiny-fr-en")
    record_head(path, HeadScore(-2, 1, 1, Counts()))
    model = read_model(path)
    assert (model.alignment_layer, model.alignment_head, model.alignment_lag) == (-2, 1, 1)
