"""Processes that train one network together, each on batches of its own.

The first is the one that was started: stopping it stops the others, which wait
for its gradients; killing it ends them.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.distributed as dist
from transformers import MarianMTModel

RENDEZVOUS = ".rendezvous"


@dataclass(frozen=True, slots=True)
class Team:
    """How many processes there are, and which one this is; 0 reports and saves."""

    size: int = 1
    rank: int = 0

    def share(self, network: MarianMTModel, seconds: float) -> float:
        """Make the gradients the mean of all processes', and return the mean of their `seconds`.

        So all have the same weights, and all come to the end of the budget at the same step.
        """
        if self.size == 1:
            return seconds
        gradients = [weight.grad for weight in network.parameters() if weight.grad is not None]
        everything = torch.cat([*(each.flatten() for each in gradients), torch.tensor([seconds])])
        dist.all_reduce(everything)
        everything /= self.size
        start = 0
        for gradient in gradients:
            end = start + gradient.numel()
            gradient.copy_(everything[start:end].view_as(gradient))
            start = end
        return float(everything[-1])


@contextmanager
def gathered(size: int, folder: Path, work: Callable[[Team], object]) -> Iterator[Team]:
    """This process's place in a team whose others do `work`, which must be picklable."""
    if size == 1:
        yield Team()
        return
    (folder / RENDEZVOUS).unlink(missing_ok=True)
    spawning = multiprocessing.get_context("spawn")
    others = [
        spawning.Process(target=_join, args=(Team(size, rank), folder, work), daemon=True)
        for rank in range(1, size)
    ]
    for other in others:
        other.start()
    team = Team(size)
    _meet(team, folder)
    try:
        yield team
    finally:
        dist.destroy_process_group()
        for other in others:
            other.join()


def _join(team: Team, folder: Path, work: Callable[[Team], object]) -> None:
    _meet(team, folder)
    work(team)
    dist.destroy_process_group()


def _meet(team: Team, folder: Path) -> None:
    place = (folder / RENDEZVOUS).resolve().as_uri()
    dist.init_process_group("gloo", init_method=place, rank=team.rank, world_size=team.size)
