"""How good the fidelity checks are, what repair mends and what both cost, into docs/fidelity.md.

The challenge set is in the project. The news sets are not: `--data` says where
they lie, in the layout that docs/fidelity.md describes; without them their
tables are left as they were.

    python -m benchmarks.fidelity [--data FOLDER] [--lines N]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rich.console import Console

from alignment.checks.guard import CHECKS, inspect, inspected
from alignment.checks.scoring import CheckScore, Flagged, flagged, scores
from alignment.checks.worded import forget
from alignment.document import FRENCH_ENGLISH
from alignment.formats.challenge import challenges
from benchmarks.checkpoint import random_opus
from benchmarks.engine import BUILT_IN, FORCED, WARM_UP
from benchmarks.page import cell, table, write
from benchmarks.systems import our_decoder
from service.commands.evaluate_checks import TYPES, judged, line_pairs
from service.commands.evaluate_checks import inspected as issues_of
from service.commands.evaluate_translation import score
from service.config import Settings
from service.engine import Engine, likeliest
from service.engine.loading import InstalledEngines
from service.repair import alarms, repairing
from service.translate import translate_lines

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
PAGE = ROOT / "docs" / "fidelity.md"
HALVES = {
    name: ROOT / "benchmarks" / "challenge" / f"{name}.fr-en.jsonl" for name in ("held-out", "dev")
}
NEWS = ("newstest2011", "newstest2013", "flores-dev")
# Lines of a set that are translated for the cost, and rounds of it.
COSTED = 300
ROUNDS = 3
SMALL = "translation by the built-in model"
OPUS = f"the network of opus-mt-fr-en's shape, {FORCED} pieces a sentence"
REPAIR = "repair"
CHECKING = "all checks on the document"


def main() -> None:
    """Measure everything, print the tables and write them down."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=DATA, help="default: %(default)s")
    parser.add_argument("--lines", type=int, help="of each news set; default: all")
    asked = parser.parse_args()
    write_down("covered", covered())
    for half, file in HALVES.items():
        write_down(half, challenge(file))
    sets = {name: pairs[: asked.lines] for name in NEWS if (pairs := bitext(asked.data, name))}
    if not sets:
        Console(stderr=True).print(f"{asked.data} has no news sets; their tables stay as they were")
        return
    write_down("faithful", faithful(sets))
    engine = InstalledEngines(replace(Settings(), threads=1)).engine(FRENCH_ENGLISH)
    write_down("repair", repair(sets, engine))
    write_down("cost", cost([source for source, _ in sets[NEWS[1]][:COSTED]], engine))


def write_down(part: str, text: str) -> None:
    """Print a table and put it into the page."""
    Console().print(f"{part}\n\n{text}\n", markup=False, highlight=False, soft_wrap=True)
    write(part, text, PAGE)


def covered() -> str:
    """What each check looks at, in its own words."""
    return table(
        ["check", "types of issues", "what it looks at"],
        (
            [each.name, ", ".join(f"`{name}`" for name in each.types), each.covers]
            for each in CHECKS
        ),
    )


def challenge(file: Path) -> str:
    """Recall and precision of each check on a half of the challenge set."""
    verdicts = judged(challenges(file.read_text(encoding="utf-8")), inspect)
    found = scores(verdicts, TYPES)
    rows = found | {"all": sum(found.values(), CheckScore())}
    head = ["check", "pairs", "caught", "recall", "of these major", "false alarms", "precision"]
    return table(head, ([name, *_figures(each)] for name, each in rows.items()))


def _figures(score: CheckScore) -> list[str]:
    counts = [score.entries, score.caught, cell(score.recall), score.serious, score.alarms]
    return [*map(str, counts), cell(score.precision)]


def faithful(sets: dict[str, list[tuple[str, str]]]) -> str:
    """How many segments of faithful human translation are flagged all the same."""
    found = {name: flagged(issues_of(pairs, inspect)) for name, pairs in sets.items()}
    rows = [
        [name, str(each.segments), *_shares(each, each.serious), *_shares(each, each.flagged)]
        for name, each in found.items()
    ]
    types: dict[str, int] = {}
    for each in found.values():
        for name, _, serious in each.types:
            types[name] = types.get(name, 0) + serious
    total = sum(each.segments for each in found.values())
    by_type = [
        [name, str(count), f"{100 * count / total:.2f}"]
        for name, count in sorted(types.items(), key=lambda item: -item[1])
        if count
    ]
    head = ["set", "segments", "with a major flag", "%", "with any flag", "%"]
    return table(head, rows) + "\n\n" + table(["type", "segments with a major one", "%"], by_type)


def _shares(found: Flagged, count: int) -> list[str]:
    return [str(count), f"{100 * found.share(count):.2f}"]


def repair(sets: dict[str, list[tuple[str, str]]], engine: Engine) -> str:
    """How many of the model's own alarms another hypothesis mends, and BLEU with and without."""
    rows = []
    for name, pairs in sets.items():
        lines, references = [one for one, _ in pairs], [other for _, other in pairs]
        first = [each.text for each in engine.translate(lines, choice=likeliest)]
        chosen = engine.translate(lines, choice=repairing(FRENCH_ENGLISH))
        before = _alarming(lines, first)
        after = _alarming(lines, [each.text for each in chosen])
        rows.append(
            [
                name,
                str(before),
                str(before - after),
                f"{100 * (before - after) / max(1, before):.1f}",
                f"{score(first, references).bleu:.2f}",
                f"{score([each.text for each in chosen], references).bleu:.2f}",
            ]
        )
    return table(
        ["set", "first choices that alarm", "mended", "%", "BLEU before", "BLEU after"], rows
    )


def _alarming(lines: Sequence[str], translations: Iterable[str]) -> int:
    pairs = zip(lines, translations, strict=True)
    return sum(bool(alarms(*pair, FRENCH_ENGLISH)) for pair in pairs)


def cost(lines: Sequence[str], engine: Engine) -> str:
    """CPU seconds of translating, of choosing from the beam and of checking the document."""
    document = translate_lines("\n".join(lines), engine)
    bare = replace(document, segments=tuple(replace(s, issues=()) for s in document.segments))
    spent: dict[str, list[float]] = {SMALL: [], OPUS: [], REPAIR: [], CHECKING: []}
    with TemporaryDirectory() as folder:
        opus = Path(folder) / "opus-shape-fr-en"
        random_opus(BUILT_IN, opus)
        large = our_decoder(opus, FORCED)
        large(lines[:WARM_UP])
        for _ in range(ROUNDS):
            first = _seconds(lambda: engine.translate(lines))
            # What an earlier round found out must not be known in this one.
            forget()
            chosen = _seconds(lambda: engine.translate(lines, choice=repairing(FRENCH_ENGLISH)))
            spent[SMALL].append(first)
            spent[REPAIR].append(chosen - first)
            spent[CHECKING].append(_seconds(partial(inspected, bare)))
            spent[OPUS].append(_seconds(lambda: large(lines)))
    middle = {name: median(each) for name, each in spent.items()}
    rows = [
        [
            name,
            f"{seconds:.2f}",
            f"{100 * seconds / middle[SMALL]:.1f}",
            f"{100 * seconds / middle[OPUS]:.1f}",
        ]
        for name, seconds in middle.items()
    ]
    head = [f"{len(lines)} sentences, beam 4", "CPU seconds", "% of the first", "% of the second"]
    return table(head, rows)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def bitext(data: Path, name: str) -> list[tuple[str, str]]:
    """The pairs of a news set, none where it is not there."""
    files = [data / "dev" / "translation" / f"{name}.{side}" for side in ("fr", "en")]
    return line_pairs(*files) if all(file.exists() for file in files) else []


if __name__ == "__main__":
    main()
