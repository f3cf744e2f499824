from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import torch

from service.engine.models import read_model
from training.checkpoints import STATE, Progress
from training.corpus import load_corpus
from training.errors import Diverged, NothingToLearn
from training.network import Shape
from training.run import Settings, _places, rate_at, train
from training.team import Team

TINY = Shape(width=16, encoder_layers=1, decoder_layers=1, heads=2, feed_forward=32)
TWELVE_STEPS = Settings(minutes=12 / 60, batch_tokens=400, snapshot_minutes=6 / 60, averaged=2)


def silent(line: str) -> None:
    """Nobody reads the progress of a test."""


def ticking(until: int = 100) -> Callable[[], float]:
    """A clock that goes on by a second whenever it is asked, and kills who asks too often."""
    seconds = iter(range(until))

    def tick() -> float:
        try:
            return float(next(seconds))
        except StopIteration:
            raise KeyboardInterrupt from None

    return tick


def state(run: Path) -> dict[str, Any]:
    """What a run saved last."""
    return torch.load(run / STATE, weights_only=True)


@pytest.mark.parametrize(
    ("seconds", "rate"), [(0, 0.0), (30, 0.5), (60, 1.0), (330, 0.5), (600, 0.0), (700, 0.0)]
)
def test_the_rate_rises_and_falls_to_zero_within_the_budget(seconds, rate):
    settings = Settings(minutes=10, rate=1.0, warm_up=0.1)
    assert rate_at(settings, seconds) == pytest.approx(rate)


def test_a_run_leaves_a_model(prepared, tmp_path):
    model = read_model(train(prepared, tmp_path, TINY, TWELVE_STEPS, silent, clock=ticking()))
    assert model.weights_size > 0


def test_a_killed_run_goes_on_as_if_it_never_was(prepared, tmp_path):
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    with pytest.raises(KeyboardInterrupt):
        train(prepared, killed, TINY, TWELVE_STEPS, silent, clock=ticking(until=9))
    assert state(killed)["progress"][0] == 6
    for run in (killed, whole):
        train(prepared, run, TINY, TWELVE_STEPS, silent, clock=ticking())
    assert state(killed)["progress"] == state(whole)["progress"]
    weights = state(whole)["network"]
    assert all(
        torch.equal(value, weights[name]) for name, value in state(killed)["network"].items()
    )


def test_a_run_whose_budget_is_spent_learns_no_more(prepared, tmp_path):
    for _ in range(2):
        train(prepared, tmp_path, TINY, TWELVE_STEPS, silent, clock=ticking())
    assert state(tmp_path)["progress"][0] == 12


def test_a_loss_that_is_no_number_ends_the_run(prepared, tmp_path):
    broken = replace(TWELVE_STEPS, link_weight=math.nan)
    with pytest.raises(Diverged, match="lower --rate"):
        train(prepared, tmp_path, TINY, broken, silent, clock=ticking())


def test_a_team_larger_than_the_corpus_has_nothing_to_learn(prepared):
    one_batch = replace(TWELVE_STEPS, batch_tokens=1_000_000)
    with pytest.raises(NothingToLearn, match="1 batches are too few for 2 processes"):
        next(_places(load_corpus(prepared), one_batch, Progress(), Team(size=2)))


def test_the_processes_of_a_team_share_the_batches(prepared):
    corpus = load_corpus(prepared)
    rows = [
        rows.tolist()
        for rank in range(2)
        for _, _, rows in islice(_places(corpus, TWELVE_STEPS, Progress(), Team(2, rank)), 3)
    ]
    alone = islice(_places(corpus, TWELVE_STEPS, Progress(), Team()), 6)
    assert sorted(rows) == sorted(rows.tolist() for _, _, rows in alone)
