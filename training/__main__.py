"""`python -m training`: prepare a corpus, then train a model on it."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import click
import torch

from service.errors import ServiceError
from training.errors import TrainingError
from training.network import Shape
from training.prepare import Recipe, prepare
from training.run import Settings, train

FOLDER = click.Path(file_okay=False, path_type=Path)
EXISTING = click.Path(exists=True, file_okay=False, path_type=Path)
RECIPE, SHAPE, SETTINGS = Recipe(), Shape(), Settings(minutes=0)


class TrainingGroup(click.Group):
    """Says what is wrong in a line, where it is something that the caller can mend."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except (TrainingError, ServiceError) as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=TrainingGroup, context_settings={"show_default": True})
def training() -> None:
    """Make a French-English model from bitext."""


@training.command("prepare")
@click.argument("prefixes", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--into", "folder", required=True, type=FOLDER, help="Where the corpus goes.")
@click.option(
    "--tokenizer", type=EXISTING, help="A checkpoint whose vocabulary is kept; else one is made."
)
@click.option("--pieces", default=RECIPE.pieces, help="Size of a vocabulary that is made.")
@click.option("--leave-out", multiple=True, help="A source that .src names; may be repeated.")
@click.option("--pairs", default=RECIPE.pairs, help="How many pairs to draw.")
@click.option("--temperature", default=RECIPE.temperature, help="Over 1: more of small sources.")
@click.option("--longest", default=RECIPE.longest, help="Longest sentence, in pieces.")
@click.option("--learnt", default=RECIPE.learnt, help="Pairs that the aligner learns from.")
@click.option("--seed", default=RECIPE.seed)
@click.option(
    "--like",
    type=click.File(encoding="utf-8"),
    help="Sentences, a line each: only pairs whose French is most like them.",
)
@click.option(
    "--like-share",
    default=RECIPE.like_share,
    type=click.FloatRange(0, 1, min_open=True),
    help="How many of the pairs those are.",
)
def prepare_command(
    prefixes: tuple[Path, ...],
    folder: Path,
    tokenizer: Path | None,
    leave_out: tuple[str, ...],
    pieces: int,
    pairs: int,
    temperature: float,
    longest: int,
    learnt: int,
    seed: int,
    like: TextIO | None,
    like_share: float,
) -> None:
    """Clean, mix, cut into pieces and align the bitexts PREFIXES (PREFIX.fr, PREFIX.en)."""
    wanted = tuple(line for line in (like or ()) if line.strip())
    if like and not wanted:
        raise click.ClickException(f"{like.name} holds no sentence")
    recipe = Recipe(
        leave_out, pairs, temperature, longest, learnt, pieces, seed, wanted, like_share
    )
    prepare(prefixes, tokenizer, folder, recipe, _report)


@training.command("train")
@click.argument("corpus", type=EXISTING)
@click.option("--into", "run", required=True, type=FOLDER, help="Where the model goes.")
@click.option("--minutes", required=True, type=float, help="What the schedule is fitted to.")
@click.option("--from", "start", type=EXISTING, help="A checkpoint to go on from.")
@click.option("--width", default=SHAPE.width, help="Of a fresh network.")
@click.option("--encoder-layers", default=SHAPE.encoder_layers)
@click.option("--decoder-layers", default=SHAPE.decoder_layers)
@click.option("--rate", default=SETTINGS.rate, help="The highest learning rate.")
@click.option("--batch-tokens", default=SETTINGS.batch_tokens)
@click.option("--link-weight", default=SETTINGS.link_weight, help="Of the alignment loss.")
@click.option("--snapshot-minutes", default=SETTINGS.snapshot_minutes)
@click.option("--averaged", default=SETTINGS.averaged, help="How many snapshots make the model.")
@click.option("--max-pieces", type=click.IntRange(1), help="Longer sentences are to be cut.")
@click.option("--processes", default=1, help="That train together, a core each, without a GPU.")
@click.option("--threads", default=SETTINGS.threads, help="Of each process.")
@click.option("--seed", default=SETTINGS.seed)
def train_command(
    corpus: Path,
    run: Path,
    minutes: float,
    start: Path | None,
    width: int,
    encoder_layers: int,
    decoder_layers: int,
    rate: float,
    batch_tokens: int,
    link_weight: float,
    snapshot_minutes: float,
    averaged: int,
    max_pieces: int | None,
    processes: int,
    threads: int,
    seed: int,
) -> None:
    """Train on a prepared CORPUS; the same command goes on after a kill."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    shape = Shape(width, encoder_layers, decoder_layers, width // 64, 4 * width)
    settings = Settings(
        minutes=minutes,
        rate=rate,
        batch_tokens=batch_tokens,
        link_weight=link_weight,
        snapshot_minutes=snapshot_minutes,
        averaged=averaged,
        device=device,
        threads=threads,
        seed=seed,
        max_pieces=max_pieces,
    )
    model = train(corpus, run, start or shape, settings, _report, processes)
    _report(f"the model is in {model}")


def _report(line: str) -> None:
    click.echo(line, err=True)


if __name__ == "__main__":
    training(prog_name="python -m training")
