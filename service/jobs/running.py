"""One chunk of a job, from its articles to their documents.

The sentences of all its articles go to the engine together, in slices that
make full batches; an equal sentence goes once, one that is remembered not at
all. Each article is then put together from them, as it would be by itself,
kept, and finished. Kept twice is kept once, so a chunk that is broken off
anywhere costs time only.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import structlog

from alignment.document import Languages, ModelInfo
from service.config import Settings
from service.engine import Choice, Engine, Engines, Quality, Translation, likeliest
from service.engine.batches import batches
from service.errors import ServiceError
from service.jobs.failures import passes, place, reason
from service.jobs.remembered import SentenceKeys, decode, encode
from service.keeping import find_translation, save_translation
from service.repair import repairing
from service.store.database import Store
from service.store.errors import StoreError
from service.store.jobs.chunks import (
    end_chunk,
    fail_article,
    finish_article,
    lose_chunk,
    renew,
)
from service.store.jobs.records import Chunk, LeasedArticle
from service.store.jobs.sentences import recall, remember
from service.translate import cut_article, translate_article

# Seconds between two renewals of a lease.
RENEWAL = 1.0
# Claims of a chunk after which a model that can't be loaded fails its articles.
PATIENCE = 5
# Code points that a piece of a model stands for, about.
PIECE = 4
# Batches for each thread in a slice: one alone would have the threads wait for each other.
DEPTH = 2

logger = structlog.get_logger()


class BrokenOff(Exception):
    """The lease is lost, or the work has to stop."""


def never() -> bool:
    """Work goes on."""
    return False


@dataclass(slots=True)
class Work:
    """A chunk that is being worked on, and what is known of its sentences so far."""

    store: Store
    settings: Settings
    chunk: Chunk
    engine: Engine
    stopping: Callable[[], bool]
    known: dict[str, Translation] = field(default_factory=dict)
    renewed: float = -RENEWAL

    def go_on(self) -> None:
        """Keep the lease. Raises BrokenOff where it is lost, or the work has to stop."""
        if self.stopping():
            raise BrokenOff
        if time.monotonic() - self.renewed >= RENEWAL:
            if not renew(self.store, self.chunk):
                raise BrokenOff
            self.renewed = time.monotonic()


@dataclass(frozen=True, slots=True)
class Known:
    """An engine that answers what is known already by itself."""

    engine: Engine
    known: dict[str, Translation]

    @property
    def languages(self) -> Languages:
        """The pair that it translates."""
        return self.engine.languages

    def signature(self, quality: Quality) -> ModelInfo:
        """Which model this is, and how it decodes at this quality."""
        return self.engine.signature(quality)

    def translate(
        self,
        sentences: Sequence[str],
        quality: Quality = "best",
        on_progress: Callable[[int], None] | None = None,
        choice: Choice = likeliest,
    ) -> list[Translation]:
        """One translation for each sentence; only one that is not known is made."""
        missing = [each for each in dict.fromkeys(sentences) if each not in self.known]
        if missing:
            made = self.engine.translate(missing, quality, on_progress, choice)
            self.known.update(zip(missing, made, strict=True))
        return [self.known[each] for each in sentences]

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Translation]:
        """Each pair aligned by the engine."""
        return self.engine.align(pairs)


def run_chunk(
    store: Store,
    engines: Engines,
    settings: Settings,
    chunk: Chunk,
    stopping: Callable[[], bool] = never,
) -> None:
    """Translate a leased chunk's articles, keep each, and let go of the chunk.

    An article that can't be translated fails with its reason, and no other
    with it. Between batches, the work stops when the lease is lost or when it
    is `stopping`. Raises what the store, or a model that can't be loaded,
    raises; what is not done is queued again then.
    """
    try:
        engine = _engine(engines, chunk)
        if isinstance(engine, ServiceError):
            _fail_all(store, chunk, engine)
        else:
            _work_off(Work(store, settings, chunk, engine, stopping))
    except BrokenOff:
        pass
    except BaseException as error:
        # The store may be out of reach: the lease runs out by itself then.
        with suppress(StoreError):
            if passes(error) or not isinstance(error, Exception):
                end_chunk(store, chunk)
            else:
                lose_chunk(store, chunk)
        raise
    end_chunk(store, chunk)


def _engine(engines: Engines, chunk: Chunk) -> Engine | ServiceError:
    """The engine, or why there is none, once it was tried often enough to be believed."""
    try:
        return engines.engine(chunk.options.languages)
    except ServiceError as error:
        if chunk.attempt < PATIENCE:
            raise
        return error


def _fail_all(store: Store, chunk: Chunk, error: ServiceError) -> None:
    for article in chunk.articles:
        fail_article(store, chunk, article.number, reason(error))


def _work_off(work: Work) -> None:
    wanted = [article for article in work.chunk.articles if not _kept(work, article)]
    cut: dict[int, list[str]] = {}
    for article in wanted:
        with suppress(Exception):
            # What can't be cut fails below, by itself.
            cut[article.number] = _sentences(work.engine, article)
    _translate([each for sentences in cut.values() for each in sentences], work)
    for article in wanted:
        work.go_on()
        _finish(work, article, cut.get(article.number, []))


def _sentences(engine: Engine, article: LeasedArticle) -> list[str]:
    cut = cut_article(article.text, engine.languages, article.paragraphs)
    return [sentence.span.of(article.text) for sentence in cut]


def _kept(work: Work, article: LeasedArticle) -> bool:
    """Whether an article needs no translation: it was kept before, and is finished now."""
    work.go_on()
    options = work.chunk.options
    making = (options.quality, article.paragraphs, options.ignored)
    try:
        found = find_translation(work.store, article.text, work.engine, *making)
    except StoreError as error:
        _fail(work, article, error)
        return True
    if found is not None:
        sentences = len(found.document.segments)
        _hold(finish_article(work.store, work.chunk, article.number, found.id, sentences, 0))
    return found is not None


def _translate(sentences: Sequence[str], work: Work) -> None:
    """Have the work know its sentences, as far as nothing goes wrong."""
    options = work.chunk.options
    keys = SentenceKeys(work.engine, options.quality, options.ignored)
    by_key = {keys.key(each): each for each in dict.fromkeys(sentences)}
    if work.settings.remembered:
        for key, data in recall(work.store, by_key).items():
            work.known[by_key.pop(key)] = decode(data)
    missing = list(by_key.items())
    lengths = [len(sentence) for _, sentence in missing]
    budget = PIECE * DEPTH * work.settings.batch_tokens * work.settings.threads
    for slice_ in batches(lengths, budget):
        work.go_on()
        _translate_slice([missing[index] for index in slice_], work)


def _translate_slice(pairs: Sequence[tuple[str, str]], work: Work) -> None:
    """Sentences with their keys, translated and remembered."""
    options = work.chunk.options
    choice = repairing(work.engine.languages, options.ignored)
    sentences = [sentence for _, sentence in pairs]
    try:
        made = work.engine.translate(sentences, options.quality, None, choice)
    except Exception as error:
        # Each article asks for them again by itself, and fails by itself.
        logger.warning("slice failed", error=type(error).__name__, at=place(error))
        return
    work.known.update(zip(sentences, made, strict=True))
    if work.settings.remembered:
        entries = {key: encode(each) for (key, _), each in zip(pairs, made, strict=True)}
        remember(work.store, entries, work.settings.remembered)


def _finish(work: Work, article: LeasedArticle, sentences: Sequence[str]) -> None:
    """Put an article together, keep it and finish it, or fail it. Raises BrokenOff."""
    options = work.chunk.options
    engine = Known(work.engine, work.known)
    making = (options.quality, article.paragraphs)
    try:
        document = translate_article(article.text, engine, *making, ignored=options.ignored)
    except Exception as error:
        _fail(work, article, error)
        return
    title = article.title or article.name
    try:
        saved = save_translation(
            work.store, document, *making, options.ignored, title, article.origin, work.chunk.by
        )
    except StoreError as error:
        _fail(work, article, error)
        return
    tokens = sum(len(work.known[each].source_pieces) for each in sentences)
    _hold(finish_article(work.store, work.chunk, article.number, saved, len(sentences), tokens))


def _fail(work: Work, article: LeasedArticle, error: Exception) -> None:
    """The article fails, but for an error that passes, which is raised again."""
    if passes(error):
        raise error
    logger.warning(
        "article failed",
        job=work.chunk.job,
        article=article.number,
        error=type(error).__name__,
        at=place(error),
    )
    _hold(fail_article(work.store, work.chunk, article.number, reason(error)))


def _hold(held: bool) -> None:
    if not held:
        raise BrokenOff
