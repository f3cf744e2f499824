"""The one way of sentences through a model, whichever library it runs in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, repeat
from typing import TypeVar

from alignment.document import Languages, ModelInfo
from alignment.span import Span
from service.engine import Choice, Quality, Translation, likeliest
from service.engine.batches import batches
from service.engine.decoding import DECODINGS, Decoder, Decoding, Hypothesis, stricter
from service.engine.forced import Forced, forced_parts, looked_back
from service.engine.models import Model
from service.engine.pieces import Reading, Tokenizer, read
from service.engine.sentence import (
    Attempt,
    attempt,
    copied,
    joined,
    parts,
    says_nothing_to_translate,
    translated,
    unread,
)

Item = TypeVar("Item")
Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Translator:
    """A model, its tokenizer and the network: an Engine.

    `batch_tokens` pieces go into a batch, padding included, and `threads`
    batches are on their way at once.
    """

    model: Model
    tokenizer: Tokenizer
    decoder: Decoder
    batch_tokens: int
    threads: int

    @property
    def languages(self) -> Languages:
        """The pair that it translates."""
        return self.model.languages

    @property
    def max_pieces(self) -> int:
        """The longest part that the network is given, in pieces without `</s>`."""
        return max(1, min(self.model.max_pieces, self.decoder.positions - 1))

    def signature(self, quality: Quality) -> ModelInfo:
        """Which model this is, and how it decodes at this quality."""
        return ModelInfo(
            self.model.name,
            self.model.revision,
            self.model.sha256,
            self.decoder.engine,
            f"beam:{DECODINGS[quality].beam}|{self.decoder.precision}",
        )

    def translate(
        self,
        sentences: Sequence[str],
        quality: Quality = "best",
        on_progress: Callable[[int], None] | None = None,
        choice: Choice = likeliest,
    ) -> list[Translation]:
        """One translation for each sentence, in the order given; equal ones are translated once."""
        cuts = {sentence: self._cut(sentence) for sentence in dict.fromkeys(sentences)}
        progress = _Progress(sentences, cuts, on_progress)
        done: dict[str, Translation] = {}
        readings: list[Reading] = []
        for text in dict.fromkeys(text for texts in cuts.values() for text, _ in texts):
            known = self._without_the_model(text)
            if isinstance(known, Reading):
                readings.append(known)
            else:
                done[text] = known
        progress.tell(done)
        for finished in self._decoded(readings, DECODINGS[quality], choice):
            done.update(finished)
            progress.tell(finished)
        whole = {
            sentence: joined(
                sentence, [span for _, span in texts], [done[text] for text, _ in texts]
            )
            for sentence, texts in cuts.items()
        }
        return [whole[sentence] for sentence in sentences]

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Translation]:
        """Each pair of a sentence and a translation that somebody else made, in the order given."""
        limit = self.decoder.positions - 1
        cuts = {
            pair: list(forced_parts(self.tokenizer, *pair, limit)) for pair in dict.fromkeys(pairs)
        }
        readable = [
            part
            for parts in cuts.values()
            for part in parts
            if part.source.tokens and part.target.tokens
        ]
        groups = self._groups(readable, [part.length for part in readable])
        done = dict(chain.from_iterable(self._each(self._force, groups)))
        whole = {
            pair: looked_back(pair[1], parts, [done.get(part) for part in parts])
            for pair, parts in cuts.items()
        }
        return [whole[pair] for pair in pairs]

    def _cut(self, sentence: str) -> list[tuple[str, Span]]:
        if says_nothing_to_translate(sentence):
            return [(sentence, Span(0, len(sentence)))]
        spans = parts(self.tokenizer, sentence, self.max_pieces)
        return [(span.of(sentence), span) for span in spans]

    def _without_the_model(self, text: str) -> Translation | Reading:
        if says_nothing_to_translate(text):
            return copied(text)
        reading = read(self.tokenizer, text)
        return unread(reading) or reading

    def _decoded(
        self, readings: Sequence[Reading], decoding: Decoding, choice: Choice
    ) -> Iterable[dict[str, Translation]]:
        groups = self._groups(readings, [len(each.tokens) + 1 for each in readings])
        yield from self._each(lambda group: self._batch(group, decoding, choice), groups)

    def _groups(self, items: Sequence[Item], lengths: Sequence[int]) -> list[list[Item]]:
        return [[items[index] for index in batch] for batch in batches(lengths, self.batch_tokens)]

    def _each(self, work: Callable[[Item], Done], groups: Sequence[Item]) -> Iterator[Done]:
        if len(groups) < 2 or self.threads == 1:
            yield from map(work, groups)
            return
        with ThreadPoolExecutor(self.threads) as pool:
            yield from pool.map(work, groups)

    def _force(self, parts: Sequence[Forced]) -> list[tuple[Forced, Hypothesis]]:
        sources = [part.source.tokens for part in parts]
        targets = [part.target.tokens for part in parts]
        return list(zip(parts, self.decoder.force(sources, targets), strict=True))

    def _batch(
        self, readings: Sequence[Reading], decoding: Decoding, choice: Choice
    ) -> dict[str, Translation]:
        """Each text of a batch with its translation; what went wrong is tried once more."""
        beams = self._decode(readings, decoding)
        attempts = list(map(self._attempt, readings, beams))
        ill = [index for index, each in enumerate(attempts) if each.symptoms]
        if ill:
            doubtful = [readings[index] for index in ill]
            again = map(self._attempt, doubtful, self._decode(doubtful, stricter(decoding)))
            for index, other in zip(ill, again, strict=True):
                attempts[index] = min(attempts[index], other, key=lambda each: each.rank)
        return {
            reading.text: choice(reading.text, self._candidates(reading, best, beam.others))
            for reading, best, beam in zip(readings, attempts, beams, strict=True)
        }

    def _decode(self, readings: Sequence[Reading], decoding: Decoding) -> list[Hypothesis]:
        return self.decoder.decode([reading.tokens for reading in readings], decoding)

    def _attempt(self, reading: Reading, hypothesis: Hypothesis) -> Attempt:
        return attempt(self.tokenizer, reading, hypothesis)

    def _candidates(
        self, reading: Reading, best: Attempt, others: Sequence[Hypothesis]
    ) -> Iterator[Translation]:
        """The best translation of a text, then those of the beam's others that nothing ails."""
        yield translated(reading, best)
        for other in map(self._attempt, repeat(reading), others):
            if not other.symptoms:
                yield translated(reading, other)


class _Progress:
    """Counts a sentence as done when its last part is."""

    def __init__(
        self,
        sentences: Sequence[str],
        cuts: dict[str, list[tuple[str, Span]]],
        on_progress: Callable[[int], None] | None,
    ) -> None:
        self._on_progress = on_progress
        self._missing = {
            sentence: len({text for text, _ in texts}) for sentence, texts in cuts.items()
        }
        self._times = Counter(sentences)
        self._needed_by: dict[str, list[str]] = {}
        for sentence, texts in cuts.items():
            for text in {text for text, _ in texts}:
                self._needed_by.setdefault(text, []).append(sentence)

    def tell(self, texts: Iterable[str]) -> None:
        """Count the parts `texts`, and say how many sentences they complete."""
        completed = 0
        for text in texts:
            for sentence in self._needed_by[text]:
                self._missing[sentence] -= 1
                if not self._missing[sentence]:
                    completed += self._times[sentence]
        if completed and self._on_progress:
            self._on_progress(completed)
