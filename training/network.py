"""The network, by transformers' own classes, and what it is taught: words and links."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy
from transformers import GenerationConfig, MarianConfig, MarianMTModel
from transformers.utils import logging as transformers_logging

from service.engine.models import read_metadata, read_model
from training.batches import IGNORED, Batch, Marks

# Post-norm layers diverge or stall at high rates unless what each adds at first is small.
OUTPUT_SCALE = 0.4
LEAST_WEIGHT = 1e-6  # of attention, before its logarithm is taken


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a network that is made anew."""

    width: int = 256
    encoder_layers: int = 6
    decoder_layers: int = 2
    heads: int = 4
    feed_forward: int = 1024


@dataclass(frozen=True, slots=True)
class Head:
    """The head that the links are taught to, where the engine reads them: see `Model`.

    A head that lags by a step has read the piece whose origin it is asked for,
    and has not to guess it. The first layer of the decoder sees it as well as any.
    """

    layer: int = 0
    head: int = 0
    lag: int = 1


@dataclass(frozen=True, slots=True)
class Losses:
    """Means over a batch: of a target piece, in nats, and of a link."""

    words: Tensor
    links: Tensor


def fresh_network(shape: Shape, vocabulary: int, marks: Marks) -> MarianMTModel:
    """A network that knows nothing yet, drawn with torch's own seed."""
    config = MarianConfig(
        vocab_size=vocabulary,
        decoder_vocab_size=vocabulary,
        d_model=shape.width,
        encoder_layers=shape.encoder_layers,
        decoder_layers=shape.decoder_layers,
        encoder_attention_heads=shape.heads,
        decoder_attention_heads=shape.heads,
        encoder_ffn_dim=shape.feed_forward,
        decoder_ffn_dim=shape.feed_forward,
        activation_function="relu",
        max_position_embeddings=512,
        scale_embedding=True,
        dropout=0.0,
        bos_token_id=marks.end,
        eos_token_id=marks.end,
        forced_eos_token_id=marks.end,
        pad_token_id=marks.pad,
        decoder_start_token_id=marks.pad,
    )
    config._attn_implementation = "eager"
    network = MarianMTModel(config)
    with torch.no_grad():
        for name, module in network.named_modules():
            if isinstance(module, torch.nn.Linear) and name != "lm_head":
                torch.nn.init.xavier_uniform_(module.weight)
                if name.endswith(("out_proj", "fc2")):
                    module.weight.mul_(OUTPUT_SCALE)
        torch.nn.init.normal_(network.model.shared.weight, std=shape.width**-0.5)
    return network


def taught_head(folder: Path) -> Head:
    """The head that a checkpoint's metadata names, the usual one where it names none.

    Raises ModelDamaged where that can't be read.
    """
    if "alignment" not in read_metadata(folder):
        return Head()
    model = read_model(folder)
    return Head(model.alignment_layer, model.alignment_head, model.alignment_lag)


def load_network(folder: Path) -> MarianMTModel:
    """The network of a MarianMT checkpoint folder, in float32, ready to be trained on."""
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    network: MarianMTModel = MarianMTModel.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager", local_files_only=True
    )
    network.generation_config = GenerationConfig()  # type: ignore[no-untyped-call]
    return network


class LinkReader:
    """Keeps what the alignment head looked at in the last pass through a network."""

    def __init__(self, network: MarianMTModel, head: Head) -> None:
        self.head = head
        self.weights = torch.empty(0)
        attention = network.model.decoder.layers[head.layer].encoder_attn
        attention.register_forward_hook(self._keep)

    def _keep(self, module: object, inputs: object, outputs: tuple[Tensor, Tensor]) -> None:
        # batch * target positions * source positions
        self.weights = outputs[1][:, self.head.head]


def losses(network: MarianMTModel, reader: LinkReader, batch: Batch, smoothing: float) -> Losses:
    """How far the network is from the translations and from the links of a batch.

    The second is the guided alignment loss of Garg et al. 2019 (Jointly learning to align and
    translate), over the target positions that have links, read as much later as the head lags.
    """
    logits = network(
        input_ids=batch.source,
        attention_mask=batch.mask,
        decoder_input_ids=batch.target,
        use_cache=False,
    ).logits
    words = cross_entropy(
        logits.flatten(0, 1).float(),
        batch.labels.flatten(),
        ignore_index=IGNORED,
        label_smoothing=smoothing,
    )
    places = batch.link_target + reader.head.lag
    seen = reader.weights[batch.link_row, places, batch.link_source]
    surprise = -torch.log(seen.float() + LEAST_WEIGHT) * batch.link_weight
    return Losses(words, surprise.sum() / batch.link_weight.sum().clamp(min=1))
