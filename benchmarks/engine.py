"""The engine beside its alternatives: pieces a CPU-second, memory and start-up, in one run.

Each system runs in a process of its own, on one core, over the same sentences;
the slow ones take fewer of them. CPU time, not wall time: other work on the
machine disturbs it less. All take their turn three times, and the median of
each counts. The table goes into docs/performance.md.
"""

from __future__ import annotations

import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.progress import track

from benchmarks.corpus import sentences
from benchmarks.systems import SYSTEMS

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
BUILT_IN = ROOT / "models_cache" / "visavis-fr-en"
WARM_UP = 4
ROUNDS = 3
# Pieces of every translation at the opus shape: about what a news sentence comes to.
FORCED = 27
# How many sentences each system takes, at the built-in model and at the opus shape.
COUNTS = {
    "transformers, one by one": (60, 12),
    "transformers, batches of 32": (128, 32),
    "CTranslate2 int8, one by one": (400, 100),
    "CTranslate2 int8, batches, no attention": (400, 400),
    "ours, the network and its attention": (400, 400),
    "ours, article to aligned document": (400, 0),
}
FIRST, SINGLE, BARE, OURS, WHOLE = (
    "transformers, one by one",
    "CTranslate2 int8, one by one",
    "CTranslate2 int8, batches, no attention",
    "ours, the network and its attention",
    "ours, article to aligned document",
)
BOUNDS = re.compile(r"(<!-- table -->\n).*(<!-- /table -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Measured:
    """One system on one model: `start_s` is from a new process to the first translation."""

    system: str
    pieces: int
    cpu_s: float
    peak_mb: float
    start_s: float

    @property
    def rate(self) -> float:
        """Target pieces for each second of processor time."""
        return self.pieces / self.cpu_s


def main() -> None:
    """Measure everything, print the tables and write them down."""
    console = Console()
    with tempfile.TemporaryDirectory() as place:
        opus = Path(place) / "opus-shape-fr-en"
        subprocess.run([*_python(), "prepare", str(opus)], check=True, env=_one_core())
        plan = [
            (folder, system, count, forced)
            for _ in range(ROUNDS)
            for folder, forced, column in ((BUILT_IN, None, 0), (opus, FORCED, 1))
            for system in SYSTEMS
            if (count := COUNTS[system][column])
        ]
        taken: dict[str, dict[str, list[Measured]]] = {}
        for folder, system, count, forced in track(plan, "Measuring", console=console):
            found = _measured(folder, system, count, forced)
            taken.setdefault(folder.name, {}).setdefault(system, []).append(found)
    rows = {name: [middle(each) for each in systems.values()] for name, systems in taken.items()}
    text = "\n\n".join(
        [
            machine(),
            *(
                f"### {_title(name)}\n\n{table(found)}\n\n{ratios(found)}"
                for name, found in rows.items()
            ),
        ]
    )
    console.print(text, markup=False, highlight=False)
    PAGE.write_text(
        BOUNDS.sub(lambda match: f"{match[1]}{text}\n{match[2]}", PAGE.read_text(encoding="utf-8")),
        encoding="utf-8",
    )


def _measured(folder: Path, system: str, count: int, forced: int | None) -> Measured:
    answer = subprocess.run(
        [*_python(), "measure", str(folder), system, str(count), str(forced or 0)],
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_one_core(),
    )
    return Measured(**json.loads(answer.stdout.splitlines()[-1]))


def measure(folder: Path, system: str, count: int, forced: int | None) -> Measured:
    """Run one system in this process."""
    began = time.perf_counter()
    run = SYSTEMS[system](folder, forced)
    corpus = sentences(count + WARM_UP)
    run(corpus[:WARM_UP])
    start = time.perf_counter() - began
    before = time.process_time()
    pieces = run(corpus[WARM_UP:])
    spent = time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(system, pieces, spent, peak, start)


def middle(rounds: list[Measured]) -> Measured:
    """The median round by rate, with the least start-up: the first one reads from a cold disk."""
    median = sorted(rounds, key=lambda each: each.rate)[len(rounds) // 2]
    return replace(median, start_s=min(each.start_s for each in rounds))


def table(rows: list[Measured]) -> str:
    """The measurements as a Markdown table."""
    first = rows[0].rate
    lines = [
        "| system | pieces a CPU-second | × the first | peak memory, MB | start-up, s |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {row.system} | {row.rate:,.0f} | {row.rate / first:.1f} | {row.peak_mb:,.0f} "
        f"| {row.start_s:.1f} |"
        for row in rows
    ]
    return "\n".join(lines)


def ratios(rows: list[Measured]) -> str:
    """What the table says of us, in one paragraph."""
    rate = {row.system: row.rate for row in rows}
    said = (
        f"Ours is {rate[OURS] / rate[FIRST]:.1f} times the first row and "
        f"{rate[OURS] / rate[SINGLE]:.1f} times CTranslate2 one by one; reading attention costs "
        f"{100 * (rate[BARE] / rate[OURS] - 1):.0f} % over CTranslate2's own batches without it."
    )
    if WHOLE in rate:
        said += (
            " All the rest, from the sentences to the aligned document, costs "
            f"{100 * (rate[OURS] / rate[WHOLE] - 1):.0f} %."
        )
    return said


def machine() -> str:
    """What it ran on, and with what."""
    cpuinfo = Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*: (.*)", cpuinfo.read_text()) if cpuinfo.exists() else []
    versions = ", ".join(
        f"{name} {version(name)}" for name in ("ctranslate2", "torch", "transformers")
    )
    return (
        f"Measured by `make bench` on {names[0] if names else platform.processor()}, "
        f"{os.cpu_count()} cores, one used; Python {platform.python_version()}, {versions}."
    )


def _title(name: str) -> str:
    return (
        "The built-in model"
        if name == BUILT_IN.name
        else f"The shape of opus-mt-fr-en, random weights, every translation {FORCED} pieces long"
    )


def _python() -> list[str]:
    return [sys.executable, "-m", "benchmarks.engine"]


def _one_core() -> dict[str, str]:
    return {**os.environ, "OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"}


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            main()
        case ["prepare", folder]:
            from benchmarks.checkpoint import random_opus
            from benchmarks.systems import open_alone

            random_opus(BUILT_IN, Path(folder))
            # Converted here, so that no system's memory and start-up have the conversion in them.
            open_alone(Path(folder))
            open_alone(BUILT_IN)
        case ["measure", folder, system, count, forced]:
            print(
                json.dumps(asdict(measure(Path(folder), system, int(count), int(forced) or None)))
            )
        case other:
            sys.exit(f"no such arguments: {other}")
