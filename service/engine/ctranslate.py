"""MarianMT in CTranslate2, the default on a CPU."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import ctranslate2
import numpy as np

from service.engine.attention import Weights
from service.engine.checkpoint import read_json
from service.engine.conversion import converted
from service.engine.decoding import Decoding, Hypothesis, behind, longest_target
from service.engine.models import Model
from service.engine.pieces import END, Tokenizer


@dataclass(frozen=True, slots=True)
class CTranslateDecoder:
    """A network in CTranslate2, whose attention aligns `lag` steps later.

    `positions` counts pieces with `</s>`.
    """

    translator: ctranslate2.Translator
    precision: str
    positions: int
    lag: int = 0
    engine: str = "ctranslate2"

    def decode(self, sources: Sequence[Sequence[str]], decoding: Decoding) -> list[Hypothesis]:
        """The best hypothesis for each of `sources`, pieces without `</s>`."""
        ended = [[*source, END] for source in sources]
        limit = longest_target(max(map(len, sources)), self.positions)
        results = self.translator.translate_batch(
            ended,
            beam_size=decoding.beam,
            num_hypotheses=decoding.beam,
            no_repeat_ngram_size=decoding.no_repeat,
            repetition_penalty=decoding.penalty,
            max_input_length=0,
            max_decoding_length=limit,
            return_scores=True,
            return_attention=True,
            return_end_token=True,
        )
        # The first row is wrong in a beam over several; a network that lags needs none.
        wrong = decoding.beam > 1 and len(sources) > 1 and not self.lag
        firsts = self._first_rows(ended) if wrong else None
        return [
            _best(result, len(source), self.lag, firsts[index] if firsts else None)
            for index, (source, result) in enumerate(zip(ended, results, strict=True))
        ]

    def force(
        self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
    ) -> list[Hypothesis]:
        """Each of `targets` as if it had been said of its source; both sides have pieces."""
        ended = [[*source, END] for source in sources]
        said = [list(target) for target in targets]
        results = self.translator.translate_batch(
            ended,
            target_prefix=said,
            # A beam gives the first row of another sentence: see `_first_rows`.
            beam_size=1,
            max_input_length=0,
            max_decoding_length=max(map(len, said)) + self.lag,
            return_attention=True,
            return_end_token=True,
        )
        # Of a prefix that it is given, translate_batch counts no probabilities.
        scored = self.translator.score_batch(ended, said, max_input_length=0)
        return [
            Hypothesis(
                tuple(target),
                behind(_rows(result.attention[0], len(source)), len(target), self.lag),
                float(np.mean(score.log_probs)),
                finished=True,
            )
            for source, target, result, score in zip(ended, said, results, scored, strict=True)
        ]

    def _first_rows(self, ended: list[list[str]]) -> list[Weights]:
        """What each first target piece attends to.

        A beam search over more than one sentence returns another sentence's
        row here (CTranslate2 4.8.5: its first step runs before the batch is
        expanded to the beam); a greedy step returns the right one. The row
        depends on no target piece, so that it is the same for every hypothesis.
        """
        results = self.translator.translate_batch(
            ended, beam_size=1, max_input_length=0, max_decoding_length=1, return_attention=True
        )
        return [np.array(result.attention[0][:1], dtype=np.float32) for result in results]


def load(
    model: Model, tokenizer: Tokenizer, models: Path, threads: int, compute_type: str = "int8"
) -> CTranslateDecoder:
    """The network of `model`, converted first if it never was, for `threads` batches at once."""
    folder = converted(model, tokenizer, compute_type, models)
    translator = ctranslate2.Translator(
        str(folder),
        device="cpu",
        compute_type=compute_type,
        inter_threads=threads,
        # Measured: a second core within a batch buys 4 % and doubles the CPU time.
        intra_threads=1,
    )
    positions = read_json(model.path / "config.json").get("max_position_embeddings", 512)
    return CTranslateDecoder(translator, compute_type, positions, model.alignment_lag)


def slow_setting(environ: Mapping[str, str], cpuinfo: str) -> str | None:
    """Why this machine will be slow, if a variable makes it so; `cpuinfo` is /proc/cpuinfo."""
    asked = environ.get("CT2_USE_MKL", "").strip().lower() in ("1", "true", "on", "yes")
    if asked and "AuthenticAMD" in cpuinfo:
        return (
            "CT2_USE_MKL is set and the processor is an AMD: Intel MKL makes int8 eleven times "
            "slower there than CTranslate2's own choice; unset CT2_USE_MKL"
        )
    return None


def _best(
    result: ctranslate2.TranslationResult, width: int, lag: int, first: Weights | None
) -> Hypothesis:
    """The likeliest hypothesis of a beam, with the others."""
    # Every reading of these fields copies the whole beam.
    beam = zip(result.hypotheses, result.attention, result.scores, strict=True)
    best, *others = (_hypothesis(*each, width, lag, first) for each in beam)
    return replace(best, others=tuple(others))


def _hypothesis(
    tokens: list[str],
    attention: list[list[float]],
    score: float,
    width: int,
    lag: int,
    first: Weights | None,
) -> Hypothesis:
    finished = tokens[-1:] == [END]
    kept = tokens[:-1] if finished else tokens
    rows = behind(_rows(attention, width), len(kept), lag)
    if first is not None and len(kept):
        rows[0] = first[0, :width]
    return Hypothesis(tuple(kept), rows, score, finished)


def _rows(attention: list[list[float]], width: int) -> Weights:
    """One row for each piece said, `</s>` included; what a batch was padded with is cut off."""
    return np.array(attention, dtype=np.float32).reshape(len(attention), -1)[:, :width]
