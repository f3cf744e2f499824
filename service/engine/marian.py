"""MarianMT in transformers and torch: the reference, and the way onto a GPU."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pickle import UnpicklingError
from threading import Lock

import numpy as np
import torch
from safetensors import SafetensorError
from transformers import GenerationConfig, MarianMTModel
from transformers.utils import logging as transformers_logging

from service.engine.attention import Weights
from service.engine.decoding import Decoding, Hypothesis, behind, longest_target
from service.engine.models import Model
from service.engine.pieces import END, PAD, UNKNOWN, Tokenizer
from service.errors import ModelDamaged

# What a checkpoint may leave out: sines and cosines, and a bias that is nought.
COMPUTED = ("embed_positions.weight", "final_logits_bias")


@dataclass(frozen=True, slots=True)
class MarianDecoder:
    """A network in torch, and the layer and head whose cross-attention aligns `lag` steps later.

    Its lock lets one batch through at a time: transformers patches the
    network's own modules while it records attention.
    """

    network: MarianMTModel
    tokenizer: Tokenizer
    target_pieces: tuple[str, ...]
    layer: int
    head: int
    lag: int = 0
    lock: Lock = field(default_factory=Lock)
    engine: str = "torch"
    precision: str = "float32"

    @property
    def positions(self) -> int:
        """The longest sequence that it takes on either side, in pieces with `</s>`."""
        return int(self.network.config.max_position_embeddings)

    def decode(self, sources: Sequence[Sequence[str]], decoding: Decoding) -> list[Hypothesis]:
        """The best hypothesis for each of `sources`, pieces without `</s>`."""
        limit = longest_target(max(map(len, sources)), self.positions)
        numbers = self._numbers(sources)
        said: torch.Tensor
        with self.lock, torch.inference_mode():
            batch, mask = self._padded(numbers, self.tokenizer.source_ids[PAD])
            said = self.network.generate(  # type: ignore[misc,assignment]
                batch, attention_mask=mask, generation_config=self._generation(decoding, limit)
            )
            # One more pass over what was said: exact, where the beam's own record is not.
            each = partial(torch.repeat_interleave, repeats=decoding.beam, dim=0)
            weights, scores = self._looked_back(each(batch), each(mask), said)
        found = [
            self._hypothesis(
                row, weights[index], scores[index], len(numbers[index // decoding.beam]), limit
            )
            for index, row in enumerate(said[:, 1:].tolist())
        ]
        return [
            replace(best, others=tuple(found[index + 1 : index + decoding.beam]))
            for index, best in enumerate(found)
            if index % decoding.beam == 0
        ]

    def force(
        self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
    ) -> list[Hypothesis]:
        """Each of `targets` as if it had been said of its source; both sides have pieces."""
        numbers = self._numbers(sources)
        ids = self.tokenizer.target_ids
        start = self.network.config.decoder_start_token_id
        forced = [
            [start, *(ids.get(piece, ids[UNKNOWN]) for piece in target), self._end]
            for target in targets
        ]
        with self.lock, torch.inference_mode():
            batch, mask = self._padded(numbers, self.tokenizer.source_ids[PAD])
            said, _ = self._padded(forced, self._pad)
            weights, scores = self._looked_back(batch, mask, said)
        return [
            Hypothesis(
                tuple(target),
                behind(weights[index, :, : len(numbers[index])], len(target), self.lag),
                float(np.mean(scores[index, : len(target) + 1])),
                finished=True,
            )
            for index, target in enumerate(targets)
        ]

    def _numbers(self, sources: Sequence[Sequence[str]]) -> list[list[int]]:
        ids = self.tokenizer.source_ids
        return [[*(ids.get(each, ids[UNKNOWN]) for each in source), ids[END]] for source in sources]

    def _looked_back(
        self, batch: torch.Tensor, mask: torch.Tensor, said: torch.Tensor
    ) -> tuple[Weights, Weights]:
        """The attention behind each piece said, the start left out, and its log-probability."""
        forced = self.network(
            input_ids=batch,
            attention_mask=mask,
            decoder_input_ids=said[:, :-1],
            output_attentions=True,
        )
        weights: Weights = forced.cross_attentions[self.layer][:, self.head].float().cpu().numpy()
        return weights, self._log_probabilities(forced.logits, said[:, 1:])

    @property
    def _end(self) -> int:
        return self.tokenizer.target_ids[END]

    @property
    def _pad(self) -> int:
        return self.tokenizer.target_ids[PAD]

    def _padded(
        self, numbers: Sequence[Sequence[int]], pad: int
    ) -> tuple[torch.Tensor, torch.Tensor]:
        longest = max(map(len, numbers))
        rows = [[*row, *[pad] * (longest - len(row))] for row in numbers]
        mask = [[1] * len(row) + [0] * (longest - len(row)) for row in numbers]
        device = self.network.device
        return torch.tensor(rows, device=device), torch.tensor(mask, device=device)

    def _generation(self, decoding: Decoding, limit: int) -> GenerationConfig:
        beam = {"early_stopping": True} if decoding.beam > 1 else {}
        return GenerationConfig(  # type: ignore[no-untyped-call]
            num_beams=decoding.beam,
            num_return_sequences=decoding.beam,
            no_repeat_ngram_size=decoding.no_repeat,
            repetition_penalty=decoding.penalty,
            max_new_tokens=limit + 1,
            decoder_start_token_id=self.network.config.decoder_start_token_id,
            eos_token_id=self._end,
            pad_token_id=self._pad,
            bad_words_ids=[[self._pad]],
            do_sample=False,
            **beam,
        )

    def _log_probabilities(self, logits: torch.Tensor, labels: torch.Tensor) -> Weights:
        logits[..., self._pad] = -torch.inf
        chosen = logits.log_softmax(-1).gather(-1, labels.unsqueeze(-1)).squeeze(-1)
        scores: Weights = chosen.float().cpu().numpy()
        return scores

    def _hypothesis(
        self, labels: list[int], weights: Weights, scores: Weights, width: int, limit: int
    ) -> Hypothesis:
        finished = self._end in labels
        length = labels.index(self._end) if finished else min(len(labels), limit)
        tokens = tuple(self.target_pieces[label] for label in labels[:length])
        score = float(np.mean(scores[: length + finished])) if length + finished else 0.0
        return Hypothesis(tokens, behind(weights[:, :width], length, self.lag), score, finished)


def load(model: Model, tokenizer: Tokenizer, device: str) -> MarianDecoder:
    """The network of `model` on a torch device. Raises ModelDamaged."""
    # Two threads in one batch cost twice the CPU time for 4 % (measured); set for the process.
    torch.set_num_threads(1)
    network = load_checkpoint(model)
    network.to(device)  # type: ignore[arg-type]
    layers = network.config.decoder_layers
    heads = network.config.decoder_attention_heads
    if not -layers <= model.alignment_layer < layers or not 0 <= model.alignment_head < heads:
        raise ModelDamaged(
            f"{model.name} has no head {model.alignment_head} in layer {model.alignment_layer}"
        )
    pieces = tuple(sorted(tokenizer.target_ids, key=tokenizer.target_ids.__getitem__))
    return MarianDecoder(
        network,
        tokenizer,
        pieces,
        model.alignment_layer,
        model.alignment_head,
        model.alignment_lag,
    )


def load_checkpoint(model: Model) -> MarianMTModel:
    """The network of a MarianMT checkpoint in float32, on the CPU. Raises ModelDamaged."""
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    network: MarianMTModel
    lacking: Mapping[str, Collection[str]]
    try:
        network, lacking = MarianMTModel.from_pretrained(  # type: ignore[misc]
            model.path,
            dtype=torch.float32,
            attn_implementation="eager",
            local_files_only=True,
            output_loading_info=True,
        )
    except (OSError, ValueError, RuntimeError, SafetensorError, UnpicklingError) as error:
        raise ModelDamaged(f"{model.name}: its weights cannot be read: {error}") from error
    # transformers makes up what is missing, at random, and only logs it.
    missing = [key for key in lacking["missing_keys"] if not key.endswith(COMPUTED)]
    if missing or lacking["mismatched_keys"]:
        raise ModelDamaged(f"{model.name}: its weights lack {len(missing)} tensors that it needs")
    # What the checkpoint would have decided (opus-mt: max_length 512) is decided here.
    network.generation_config = GenerationConfig()  # type: ignore[no-untyped-call]
    network.eval()  # type: ignore[no-untyped-call]
    return network
