"""`visavis evaluate translation`: BLEU and chrF of what the service makes of a test set."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from alignment.document import Languages, ModelInfo
from service.commands.files import FILE, fail, name_of, paired, progress_bar, read_text, write_text
from service.config import Settings
from service.engine import QUALITIES, Engine, Quality, Translation, likeliest
from service.engine.loading import InstalledEngines
from service.repair import alarms, repairing


@dataclass(frozen=True, slots=True)
class Scores:
    """How near translations come to their references, by sacreBLEU (Post 2018).

    Figures are percentages; a signature says how one was counted.
    """

    bleu: float
    bleu_signature: str
    chrf2: float
    chrf2_signature: str


@dataclass(frozen=True, slots=True)
class Repairs:
    """How many sentences there are, how many were repaired, and how many alarm as they are."""

    sentences: int
    repaired: int
    alarming: int


@click.command()
@click.option("--source", required=True, type=FILE, help="What to translate, a sentence a line.")
@click.option("--reference", required=True, type=FILE, help="A translation of each line.")
@click.option("--from", "source_language", default="fr", show_default=True)
@click.option("--to", "target_language", default="en", show_default=True)
@click.option("--quality", type=click.Choice(QUALITIES), default="best", show_default=True)
@click.option("--no-repair", is_flag=True, help="The model's first choice, whatever it lost.")
@click.option("--json", "as_json", is_flag=True, help="Figures and signatures, for programs.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the translations here, a line each.",
)
def translation(
    source: Path,
    reference: Path,
    source_language: str,
    target_language: str,
    quality: Quality,
    no_repair: bool,
    as_json: bool,
    output: Path | None,
) -> None:
    """Translation: BLEU and chrF2, as sacreBLEU counts them.

    \b
    visavis evaluate translation --source newstest.fr --reference newstest.en
    """
    lines, references = _lines(source), _lines(reference)
    paired(lines, references, (name_of(source), name_of(reference)))
    if not lines:
        fail(f"{name_of(source)} is empty")
    languages = Languages(source_language, target_language)
    engine = InstalledEngines(Settings.from_environ()).engine(languages)
    found = _translated(lines, engine, quality, no_repair)
    if output:
        write_text("\n".join(each.text for each in found), output)
    repairs = Repairs(
        len(lines),
        sum(issue.type == "repaired" for each in found for issue in each.issues),
        sum(
            bool(alarms(line, each.text, languages))
            for line, each in zip(lines, found, strict=True)
        ),
    )
    scores = score([each.text for each in found], references)
    click.echo(_report(engine.signature(quality), repairs, scores, as_json))


def score(translations: list[str], references: list[str]) -> Scores:
    """The scores of translations, one reference each."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    bleu, chrf = BLEU(), CHRF()
    return Scores(
        round(bleu.corpus_score(translations, [references]).score, 2),
        str(bleu.get_signature()),
        round(chrf.corpus_score(translations, [references]).score, 2),
        str(chrf.get_signature()),
    )


def _translated(
    lines: list[str], engine: Engine, quality: Quality, no_repair: bool
) -> list[Translation]:
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        on_progress(done, len(lines))

    choice = likeliest if no_repair else repairing(engine.languages)
    with progress_bar("Translating") as on_progress:
        return engine.translate(lines, quality, count, choice)


def _lines(file: Path) -> list[str]:
    text = read_text(file).removesuffix("\n")
    return [line.removesuffix("\r") for line in text.split("\n")] if text else []


def _report(model: ModelInfo, repairs: Repairs, scores: Scores, as_json: bool) -> str:
    if as_json:
        return json.dumps({**asdict(repairs), **asdict(scores), "model": asdict(model)}, indent=2)
    return (
        f"BLEU   {scores.bleu:6.2f}  {scores.bleu_signature}\n"
        f"chrF2  {scores.chrf2:6.2f}  {scores.chrf2_signature}\n"
        f"{repairs.sentences:,} sentences, {repairs.repaired:,} repaired, {repairs.alarming:,} "
        "with a major flag on a negation, a doubt, a number or a name\n"
        f"{model.name} {model.revision}, {model.engine}, {model.decoding}"
    )
