"""The whole recipe, from bitext to a model that translates: a minute, and so marked slow."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from service.config import Settings
from service.engine import Translation
from service.engine.models import read_model
from service.engine.opening import open_engine
from tests.training.phrases import phrases, write_bitext
from training.network import Shape
from training.prepare import Recipe, prepare
from training.run import Settings as Training
from training.run import train

pytestmark = pytest.mark.slow

# Seven shares no factor with the sizes of the grammar, so that every word is taught in every place.
HELD_OUT = slice(None, None, 7)
SHAPE = Shape(width=64, encoder_layers=2, decoder_layers=1, heads=2, feed_forward=128)
STEPS = 600
BUDGET = Training(minutes=0.5, rate=2e-3, batch_tokens=800, snapshot_minutes=0.1, averaged=3)


@pytest.fixture(scope="module")
def translations(tmp_path_factory) -> list[Translation]:
    """What a model that never saw them makes of a seventh of the phrases."""
    folder = tmp_path_factory.mktemp("learning")
    taught = [pair for pair in phrases() if pair not in phrases()[HELD_OUT]]
    bitext = write_bitext(folder / "phrases", taught)
    recipe = Recipe(pairs=3_000, learnt=1_000, pieces=150)
    prepare([bitext], None, folder / "corpus", recipe, print)
    # A clock of steps: a machine that has other work to do teaches no less.
    clock = itertools.count(0.0, 60 * BUDGET.minutes / STEPS).__next__
    run = train(folder / "corpus", folder / "run", SHAPE, BUDGET, print, clock=clock)
    model = read_model(run)
    engine = open_engine(model, Settings(models=folder))
    return engine.translate([source for source, _ in phrases()[HELD_OUT]])


def test_phrases_that_were_never_seen_are_translated(translations):
    expected = [target for _, target in phrases()[HELD_OUT]]
    right = sum(each.text == target for each, target in zip(translations, expected, strict=True))
    assert right >= 0.9 * len(expected)


def test_the_head_links_an_adjective_with_the_one_behind_its_noun(translations):
    linked = [
        _traced(each, source)
        for each, (source, _) in zip(translations, phrases()[HELD_OUT], strict=True)
    ]
    assert sum(linked) >= 0.9 * len(linked)


def _traced(translation: Translation, source: str) -> bool:
    """Whether the pieces of the last word but one look at most at the last word of the source."""
    *_, colour, _ = translation.text.split()
    start = translation.text.index(f" {colour} ") + 1
    rows = [
        translation.attention[row]
        for row, span in enumerate(translation.target_pieces)
        if start <= span.start < start + len(colour)
    ]
    weights = [sum(column) for column in zip(*rows, strict=True)]
    last = source.rindex(" ")
    places = [span.start > last for span in translation.source_pieces]
    return sum(itertools.compress(weights, places)) > sum(weights) / 2


def test_two_processes_train_one_model(prepared, tmp_path):
    budget = replace(BUDGET, minutes=0.02)
    model = read_model(train(prepared, tmp_path, SHAPE, budget, print, processes=2))
    assert model.weights_size > 0
