"""A training run: a budget of minutes, spent batch by batch, that survives being killed."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

import torch
from torch.optim import AdamW
from transformers import MarianMTModel

from service.engine.pieces import END, PAD, load_tokenizer
from training.batches import Batch, Marks, collate, plan
from training.checkpoints import (
    MODEL,
    Progress,
    average,
    export,
    restore_state,
    save_snapshot,
    save_state,
)
from training.corpus import Corpus, Numbers, load_corpus
from training.errors import Diverged, NothingToLearn
from training.network import (
    Head,
    LinkReader,
    Shape,
    fresh_network,
    load_network,
    losses,
    taught_head,
)
from training.progress import Meter
from training.team import Team, gathered

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a network is trained.

    `minutes` is the budget that the rate is fitted to: it rises to `rate` during the first
    `warm_up` of it (a share) and falls to zero at its end, in a straight line. Time while the
    process is stopped counts; time between a kill and going on does not. Every
    `snapshot_minutes` the weights are kept, and the last `averaged` of them make the model, which
    is to be given at most `max_pieces` at once (None: as many as it has positions).
    """

    minutes: float
    rate: float = 5e-4
    warm_up: float = 0.05
    batch_tokens: int = 4_096
    smoothing: float = 0.1
    link_weight: float = 0.3
    clip: float = 1.0
    snapshot_minutes: float = 2.5
    averaged: int = 4
    device: str = "cpu"
    threads: int = 1
    seed: int = 1
    max_pieces: int | None = None


@dataclass(frozen=True, slots=True)
class Learner:
    """A network, what reads its links, and what changes its weights."""

    network: MarianMTModel
    reader: LinkReader
    optimizer: AdamW


def rate_at(settings: Settings, seconds: float) -> float:
    """The learning rate after so many seconds of training."""
    share = min(1.0, seconds / (60 * settings.minutes))
    if share < settings.warm_up:
        return settings.rate * share / settings.warm_up
    return settings.rate * (1 - share) / (1 - settings.warm_up)


def train(
    prepared: Path,
    run: Path,
    start: Path | Shape,
    settings: Settings,
    report: Report,
    processes: int = 1,
    clock: Callable[[], float] = time.monotonic,
) -> Path:
    """Train on a prepared corpus and return the folder of the model, in `run`.

    Begins with a checkpoint, or a fresh network of a shape; goes on where `run` was, if there
    was one. `clock` gives seconds; it is asked at the start and after each batch. Raises
    Diverged, NothingToLearn where the corpus has fewer batches than there are processes, and
    ModelDamaged where the tokenizer can't be read.
    """
    run.mkdir(parents=True, exist_ok=True)
    work = partial(_train, prepared, run, start, settings, _silent, clock)
    with gathered(processes, run, work) as team:
        _train(prepared, run, start, settings, report, clock, team)
    return run / MODEL


def _train(
    prepared: Path,
    run: Path,
    start: Path | Shape,
    settings: Settings,
    report: Report,
    clock: Callable[[], float],
    team: Team,
) -> None:
    """The work of one process of a team."""
    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    tokenizer = load_tokenizer(prepared)
    marks = Marks(tokenizer.target_ids[END], tokenizer.target_ids[PAD])
    learner = _learner(start, len(tokenizer.source_ids), marks, settings)
    progress = restore_state(run, learner.network, learner.optimizer)
    corpus, meter = load_corpus(prepared), Meter(60 * settings.minutes, report)
    begun = clock() - progress.seconds
    due = progress.seconds + 60 * settings.snapshot_minutes
    for epoch, number, rows in _places(corpus, settings, progress, team):
        if progress.seconds >= 60 * settings.minutes:
            break
        rate = rate_at(settings, progress.seconds)
        batch = collate(corpus, rows, marks).to(settings.device)
        words, links = _learn(learner, batch, settings)
        seconds = team.share(learner.network, clock() - begun)
        _change(learner, rate, settings)
        progress = Progress(progress.step + 1, epoch, number + team.size, seconds)
        if not math.isfinite(words + links):
            raise Diverged(progress.step)
        meter.add(progress, batch.tokens, words, links, rate)
        if team.rank == 0 and progress.seconds >= due:
            due = progress.seconds + 60 * settings.snapshot_minutes
            _save(run, prepared, learner, progress, settings)
    if team.rank == 0:
        _save(run, prepared, learner, progress, settings)


def _learner(start: Path | Shape, vocabulary: int, marks: Marks, settings: Settings) -> Learner:
    if isinstance(start, Path):
        network, head = load_network(start), taught_head(start)
    else:
        network, head = fresh_network(start, vocabulary, marks), Head()
    network.to(settings.device)  # type: ignore[arg-type]
    network.train()
    weights = [weight for weight in network.parameters() if weight.requires_grad]
    optimizer = AdamW(weights, lr=0, betas=(0.9, 0.98), eps=1e-9, weight_decay=0, fused=True)
    return Learner(network, LinkReader(network, head), optimizer)


def _places(
    corpus: Corpus, settings: Settings, progress: Progress, team: Team
) -> Iterator[tuple[int, int, Numbers]]:
    """Epoch, number and rows of each batch from where the run is, without end.

    A team takes as many batches at a time as it has processes; the number is that of the first.
    Raises NothingToLearn where there are fewer.
    """
    for epoch in count(progress.epoch):
        batches = plan(corpus, settings.batch_tokens, settings.seed, epoch)
        if len(batches) < team.size:
            raise NothingToLearn(f"{len(batches)} batches are too few for {team.size} processes")
        first = progress.batch if epoch == progress.epoch else 0
        for number in range(first, len(batches) - team.size + 1, team.size):
            yield epoch, number, batches[number + team.rank]


def _learn(learner: Learner, batch: Batch, settings: Settings) -> tuple[float, float]:
    """Gradients of a batch; returns the loss of a word and that of a link."""
    with torch.autocast(settings.device, dtype=torch.bfloat16):
        found = losses(learner.network, learner.reader, batch, settings.smoothing)
    learner.optimizer.zero_grad()
    torch.autograd.backward(found.words + settings.link_weight * found.links)
    return found.words.item(), found.links.item()


def _change(learner: Learner, rate: float, settings: Settings) -> None:
    """Change the weights by their gradients."""
    for group in learner.optimizer.param_groups:
        group["lr"] = rate
    torch.nn.utils.clip_grad_norm_(learner.network.parameters(), settings.clip)
    learner.optimizer.step()


def _save(
    run: Path, prepared: Path, learner: Learner, progress: Progress, settings: Settings
) -> None:
    save_state(run, progress, learner.network, learner.optimizer)
    snapshots = save_snapshot(run, progress.step, learner.network, settings.averaged)
    head, longest = learner.reader.head, settings.max_pieces
    export(average(snapshots), learner.network, head, prepared, run, longest)


def _silent(line: str) -> None:
    """Only the first process of a team reports."""
