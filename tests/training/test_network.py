from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from tests.checkpoints import build_checkpoint
from training.batches import Marks, collate
from training.corpus import Corpus, ragged
from training.network import (
    Head,
    LinkReader,
    Shape,
    fresh_network,
    load_network,
    losses,
    taught_head,
)

CORPUS = Corpus(
    sources=ragged([[5, 6, 7], [8]]),
    targets=ragged([[15, 16], [16, 17]]),
    link_targets=ragged([[0, 1], [0, 1]]),
    link_sources=ragged([[0, 2], [0, 1]]),
)

HEAD = Head(1, 1, 1)


def test_the_links_of_the_head_are_those_that_the_engine_reads(tmp_path):
    network = load_network(build_checkpoint(tmp_path)).eval()
    reader = LinkReader(network, HEAD)
    batch = collate(CORPUS, np.array([0]), Marks(0, network.config.pad_token_id))
    with torch.no_grad():
        seen = network(
            input_ids=batch.source, decoder_input_ids=batch.target, output_attentions=True
        )
    assert torch.equal(reader.weights, seen.cross_attentions[HEAD.layer][:, HEAD.head])


def test_a_head_that_looks_everywhere_alike_pays_the_logarithm_of_the_places(tmp_path):
    network = load_network(build_checkpoint(tmp_path))
    reader = LinkReader(network, HEAD)
    attention = network.model.decoder.layers[HEAD.layer].encoder_attn
    torch.nn.init.zeros_(attention.q_proj.weight)
    torch.nn.init.zeros_(attention.q_proj.bias)
    batch = collate(CORPUS, np.array([0, 1]), Marks(0, network.config.pad_token_id))
    # The first pair's source has four positions with `</s>`, the second's two.
    expected = (2 * math.log(4) + 2 * math.log(2)) / 4
    assert losses(network, reader, batch, 0.0).links.item() == pytest.approx(expected, abs=1e-4)


def test_pairs_without_links_cost_nothing(tmp_path):
    network = load_network(build_checkpoint(tmp_path))
    unlinked = Corpus(CORPUS.sources, CORPUS.targets, ragged([[], []]), ragged([[], []]))
    batch = collate(unlinked, np.array([0, 1]), Marks(0, network.config.pad_token_id))
    assert losses(network, LinkReader(network, HEAD), batch, 0.0).links.item() == 0


def test_a_fresh_network_guesses_every_piece_alike():
    torch.manual_seed(1)
    network = fresh_network(Shape(16, 2, 2, 2, 32), 100, Marks(0, 99))
    batch = collate(CORPUS, np.array([0, 1]), Marks(0, 99))
    words = losses(network, LinkReader(network, HEAD), batch, 0.0).words.item()
    assert words == pytest.approx(math.log(100), abs=1.0)


@pytest.mark.parametrize("lag", [0, 1])
def test_a_head_is_taught_at_the_step_where_it_is_read(tmp_path, lag):
    network = load_network(build_checkpoint(tmp_path)).eval()
    reader = LinkReader(network, Head(0, 1, lag))
    batch = collate(CORPUS, np.array([0]), Marks(0, network.config.pad_token_id))
    with torch.no_grad():
        found = losses(network, reader, batch, 0.0).links.item()
        seen = network(
            input_ids=batch.source, decoder_input_ids=batch.target, output_attentions=True
        ).cross_attentions[0][0, 1]
    # The first pair links its target pieces 0 and 1 with its source pieces 0 and 2.
    expected = -(math.log(seen[lag, 0]) + math.log(seen[1 + lag, 2])) / 2
    assert found == pytest.approx(expected, abs=1e-4)


def test_a_checkpoint_is_taught_by_the_head_that_its_metadata_names(tmp_path):
    folder = build_checkpoint(tmp_path / "tiny-fr-en")
    assert taught_head(folder) == Head(0, 0, 1)
    (folder / "visavis.json").write_text('{"alignment": {"layer": -1, "head": 1}}')
    assert taught_head(folder) == Head(-1, 1, 0)
