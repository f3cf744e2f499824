"""What this process has done, as numbers that Prometheus collects.

Labels are names of routes, methods, statuses and language pairs: never a
text, a title, a key or an address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from alignment.document import Languages
from service.engine import Engines, Translation
from service.engine.surrounded import Call, SurroundedEngines, Task
from service.store.database import Store
from service.store.errors import StoreError
from service.store.jobs.tallies import tally

# A page of the list, a sentence, an article, a long one.
REQUEST_SECONDS = (0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)
ENGINE_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """The numbers of one application, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        asked, called = ("endpoint", "method"), ("pair", "task")
        self._requests = self._counter("requests", "Requests answered.", (*asked, "status"))
        self._request_seconds = self._histogram(
            "request_seconds",
            "Seconds until the answer to a request begins.",
            asked,
            REQUEST_SECONDS,
        )
        self._calls = self._counter("engine_calls", "Calls of the engine.", (*called, "result"))
        self._call_seconds = self._histogram(
            "engine_seconds",
            "Seconds that a call of the engine takes, waiting for others included.",
            called,
            ENGINE_SECONDS,
        )
        self._sentences = self._counter("sentences", "Sentences that the engine did.", called)
        self._tokens = self._counter("tokens", "Pieces of the original that it read.", called)

    def count_request(self, endpoint: str | None, method: str, status: int, seconds: float) -> None:
        """A request was answered; `endpoint` is None where no route was meant."""
        route = endpoint or "none"
        known = method if method in METHODS else "other"
        self._requests.labels(route, known, str(status)).inc()
        self._request_seconds.labels(route, known).observe(seconds)

    def count_call(self, pair: Languages, task: str, result: str, seconds: float) -> None:
        """A call of the engine came to an end: done or failed."""
        self._calls.labels(str(pair), task, result).inc()
        self._call_seconds.labels(str(pair), task).observe(seconds)

    def count_work(self, pair: Languages, task: str, found: Sequence[Translation]) -> None:
        """What came of a call."""
        self._sentences.labels(str(pair), task).inc(len(found))
        pieces = sum(len(each.source_pieces) for each in found)
        self._tokens.labels(str(pair), task).inc(pieces)

    def _counter(self, name: str, meaning: str, labels: Sequence[str]) -> Counter:
        return Counter(f"visavis_{name}", meaning, labels, registry=self.registry)

    def _histogram(
        self, name: str, meaning: str, labels: Sequence[str], buckets: Sequence[float]
    ) -> Histogram:
        return Histogram(
            f"visavis_{name}", meaning, labels, buckets=buckets, registry=self.registry
        )


def exposition(metrics: Metrics, store: Store) -> bytes:
    """All numbers, those of the store as they are now, in Prometheus' text format."""
    return generate_latest(_Both(metrics.registry, store))


def measured(engines: Engines, metrics: Metrics) -> Engines:
    """The engines, their work counted."""

    def counted(languages: Languages, task: Task, call: Call) -> list[Translation]:
        began, result = perf_counter(), "failed"
        try:
            found = call()
            result = "done"
        finally:
            metrics.count_call(languages, task, result, perf_counter() - began)
        metrics.count_work(languages, task, found)
        return found

    return SurroundedEngines(engines, counted)


@dataclass(frozen=True, slots=True)
class _Both:
    registry: CollectorRegistry
    store: Store

    def collect(self) -> Iterator[Metric]:
        """What this process counted, and what the store holds."""
        yield from self.registry.collect()
        yield from _stored(self.store)


def _stored(store: Store) -> Iterator[Metric]:
    """The jobs in the store; of a store that does not answer, only that it does not."""
    answers = GaugeMetricFamily("visavis_store_up", "Whether the store answers.")
    try:
        found = tally(store)
    except StoreError:
        answers.add_metric([], 0)
        yield answers
        return
    answers.add_metric([], 1)
    yield answers
    yield _by_state("visavis_jobs", "Jobs by their state.", found.jobs)
    meaning = "Articles, by their state, of jobs that are not at an end."
    yield _by_state("visavis_job_articles", meaning, found.articles)
    waiting = "Chunks of jobs that wait for somebody to work on them."
    yield GaugeMetricFamily("visavis_job_chunks_waiting", waiting, found.chunks_waiting)
    owed = "Reports to webhooks that are due or put off."
    yield GaugeMetricFamily("visavis_job_reports_owed", owed, found.reports_owed)


def _by_state(name: str, meaning: str, numbers: Mapping[str, int]) -> Metric:
    family = GaugeMetricFamily(name, meaning, labels=["state"])
    for state, number in numbers.items():
        family.add_metric([state], number)
    return family
