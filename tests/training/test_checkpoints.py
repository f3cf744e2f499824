from __future__ import annotations

import pytest
import torch
from safetensors.torch import save_file
from torch.optim import SGD
from transformers import MarianMTModel

from alignment.document import Languages
from service.config import Settings
from service.engine.models import differences, read_model
from service.engine.opening import open_engine
from tests.checkpoints import build_checkpoint
from training.checkpoints import (
    Progress,
    average,
    export,
    restore_state,
    save_snapshot,
    save_state,
)
from training.network import Head, load_network, taught_head

HEAD = Head(-1, 1, 1)


@pytest.fixture
def network(tmp_path) -> MarianMTModel:
    return load_network(build_checkpoint(tmp_path / "start"))


def moved(network: MarianMTModel, by: float) -> None:
    with torch.no_grad():
        for weight in network.parameters():
            weight.add_(by)


def test_weights_are_averaged(tmp_path):
    for number, value in enumerate([1.0, 2.0, 6.0]):
        save_file({"weight": torch.tensor([value])}, tmp_path / f"{number}.safetensors")
    assert average(sorted(tmp_path.iterdir())) == {"weight": torch.tensor([3.0])}


def test_only_the_last_snapshots_are_kept(tmp_path, network):
    for step in (8, 9, 10):
        kept = save_snapshot(tmp_path, step, network, 2)
    assert [path.name for path in kept] == ["00000009.safetensors", "00000010.safetensors"]
    assert sorted((tmp_path / "snapshots").iterdir()) == kept


def test_a_run_goes_on_where_it_was(tmp_path, network):
    optimizer = SGD(network.parameters())
    save_state(tmp_path, Progress(7, 1, 3, 61.5), network, optimizer)
    saved = {name: value.clone() for name, value in network.state_dict().items()}
    moved(network, 1)
    assert restore_state(tmp_path, network, optimizer) == Progress(7, 1, 3, 61.5)
    assert all(torch.equal(value, saved[name]) for name, value in network.state_dict().items())


def test_a_run_that_never_saved_is_at_its_start(tmp_path, network):
    assert restore_state(tmp_path, network, SGD(network.parameters())) == Progress()


def test_the_model_is_one_that_the_engine_reads(tmp_path, network):
    weights = dict(network.named_parameters())
    model = read_model(export(weights, network, HEAD, tmp_path / "start", tmp_path))
    assert model.languages == Languages("fr", "en")
    assert taught_head(model.path) == HEAD
    assert differences(model.path) == ()
    engine = open_engine(model, Settings(models=tmp_path, engine="torch"))
    assert len(engine.translate(["Il pleut sur Brest."], "fast")) == 1


def test_the_longest_sentence_it_should_get_stands_in_the_metadata(tmp_path, network):
    weights = dict(network.named_parameters())
    model = read_model(export(weights, network, HEAD, tmp_path / "start", tmp_path, 24))
    assert model.max_pieces == 24


def test_the_model_has_the_weights_that_were_exported(tmp_path, network):
    moved(network, 0.25)
    exported = load_network(
        export(dict(network.named_parameters()), network, HEAD, tmp_path / "start", tmp_path)
    )
    shared = exported.model.shared.weight
    assert torch.allclose(shared, network.model.shared.weight, atol=1e-3)


def test_a_new_model_takes_the_place_of_the_last(tmp_path, network):
    weights = dict(network.named_parameters())
    first = export(weights, network, HEAD, tmp_path / "start", tmp_path)
    (first / "left").touch()
    second = export(weights, network, HEAD, tmp_path / "start", tmp_path)
    assert not (second / "left").exists()
