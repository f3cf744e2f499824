"""The systems that are measured side by side, each as a way from sentences to a count of pieces.

`forced` makes every translation that many pieces long: random weights never
stop by themselves. Everything runs on one core.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from service.config import Settings
from service.engine.models import read_model

Run = Callable[[Sequence[str]], int]
BEAM = 4
BATCH = 32
BATCH_TOKENS = 1024


def transformers_one_by_one(folder: Path, forced: int | None) -> Run:
    """transformers, a sentence at a time: what most people write first."""
    return _transformers(folder, forced, 1)


def transformers_in_batches(folder: Path, forced: int | None) -> Run:
    """transformers, 32 sentences of like length at a time."""
    return _transformers(folder, forced, BATCH)


def _transformers(folder: Path, forced: int | None, size: int) -> Run:
    import torch
    from transformers import MarianMTModel, MarianTokenizer

    torch.set_num_threads(1)
    tokenizer = MarianTokenizer.from_pretrained(folder)
    network = MarianMTModel.from_pretrained(folder, dtype=torch.float32).eval()
    lengths: dict[str, Any] = {"max_length": None}
    lengths |= (
        {"min_new_tokens": forced, "max_new_tokens": forced} if forced else {"max_new_tokens": 200}
    )

    def run(sentences: Sequence[str]) -> int:
        plain = sorted((sentence.replace("’", "'") for sentence in sentences), key=len)
        pieces = 0
        for start in range(0, len(plain), size):
            batch = tokenizer(plain[start : start + size], return_tensors="pt", padding=True)
            with torch.inference_mode():
                said = network.generate(**batch, num_beams=BEAM, **lengths)
            ends = (network.config.pad_token_id, network.config.eos_token_id)
            pieces += sum(number not in ends for row in said[:, 1:].tolist() for number in row)
        return pieces if not forced else forced * len(plain)

    return run


def ctranslate2_one_by_one(folder: Path, forced: int | None) -> Run:
    """CTranslate2 in int8, a sentence at a time."""
    return _ctranslate2(folder, forced, 1, attention=False)


def ctranslate2_in_batches(folder: Path, forced: int | None) -> Run:
    """CTranslate2 in int8, all sentences at once, without attention."""
    return _ctranslate2(folder, forced, 0, attention=False)


def _ctranslate2(folder: Path, forced: int | None, size: int, attention: bool) -> Run:
    engine = open_alone(folder)
    translator = engine.decoder.translator
    limits = _limits(forced)

    def run(sentences: Sequence[str]) -> int:
        from service.engine.pieces import read

        sources = [[*read(engine.tokenizer, sentence).tokens, "</s>"] for sentence in sentences]
        step = size or len(sources)
        results = [
            result
            for start in range(0, len(sources), step)
            for result in translator.translate_batch(
                sources[start : start + step],
                beam_size=BEAM,
                max_batch_size=0 if size else BATCH_TOKENS,
                batch_type="tokens",
                return_attention=attention,
                **limits,
            )
        ]
        return sum(len(result.hypotheses[0]) for result in results)

    return run


def our_decoder(folder: Path, forced: int | None) -> Run:
    """Ours, up to the network's answer: pieces, batches, the network, its attention."""
    from service.engine.batches import batches
    from service.engine.decoding import DECODINGS
    from service.engine.pieces import read

    engine = open_alone(folder)
    decoder = engine.decoder
    if forced:
        decoder = replace(decoder, translator=_Forced(decoder.translator, forced))

    def run(sentences: Sequence[str]) -> int:
        sources = [read(engine.tokenizer, sentence).tokens for sentence in sentences]
        lengths = [len(source) + 1 for source in sources]
        return sum(
            len(hypothesis.tokens)
            for batch in batches(lengths, BATCH_TOKENS)
            for hypothesis in decoder.decode([sources[index] for index in batch], DECODINGS["best"])
        )

    return run


def our_article(folder: Path, forced: int | None) -> Run:
    """Ours, the whole way: sentences, engine, checks, word links, the aligned document."""
    from service.translate import translate_lines

    engine = open_alone(folder)

    def run(sentences: Sequence[str]) -> int:
        document = translate_lines("\n".join(sentences), engine)
        return len(
            [
                piece
                for segment in document.segments
                for piece in engine.tokenizer.target.encode(segment.target.of(document.target))
            ]
        )

    return run


class _Forced:
    """A CTranslate2 translator whose translations all have the same length."""

    def __init__(self, translator: Any, length: int) -> None:
        self._translator = translator
        self._limits = _limits(length)

    def translate_batch(self, sources: Sequence[Sequence[str]], **options: Any) -> Any:
        limits = self._limits if options["max_decoding_length"] > 1 else {}
        return self._translator.translate_batch(sources, **options | limits)


def _limits(forced: int | None) -> dict[str, int]:
    return {"min_decoding_length": forced, "max_decoding_length": forced} if forced else {}


def open_alone(folder: Path) -> Any:
    """Our engine over one model, on one core."""
    from service.engine.opening import open_engine

    settings = Settings(
        models=folder.parent, threads=1, engine="ctranslate2", batch_tokens=BATCH_TOKENS
    )
    return open_engine(read_model(folder), settings)


SYSTEMS: dict[str, Callable[[Path, int | None], Run]] = {
    "transformers, one by one": transformers_one_by_one,
    "transformers, batches of 32": transformers_in_batches,
    "CTranslate2 int8, one by one": ctranslate2_one_by_one,
    "CTranslate2 int8, batches, no attention": ctranslate2_in_batches,
    "ours, the network and its attention": our_decoder,
    "ours, article to aligned document": our_article,
}
