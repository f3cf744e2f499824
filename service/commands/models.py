"""`visavis models`: what is in models_cache, and how to put more into it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.filesize import decimal
from rich.table import Table

from alignment.formats.gold import words
from service.commands.files import FILE, read_text
from service.config import Settings
from service.engine.checkpoint import METADATA
from service.engine.hashes import cached_sha256
from service.engine.models import (
    Broken,
    Model,
    default_model,
    differences,
    model_files,
    named,
    read_metadata,
    recorded_sha256,
    survey,
)
from service.errors import DownloadFailed, ModelDamaged

FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="table: to be read; json: for programs, sizes in bytes.",
)
# How many heads `calibrate` shows, of 48 in opus-mt-fr-en.
HEADS = 6
NO_MODELS = "no models in {}; visavis models pull downloads one"


@click.group()
def models() -> None:
    """List the models there are, download more, and verify them.

    They lie in models_cache/, or where VISAVIS_MODELS points. Only `pull` ever
    uses the network.

    \b
    visavis models list
    visavis models pull Helsinki-NLP/opus-mt-fr-en
    visavis models verify
    """


@models.command("list")
@FORMAT
def list_models(form: str) -> None:
    """List the models, which one each language pair uses, and why.

    A directory that can't be used is listed too, with what is wrong with it.
    """
    folder = Settings.from_environ().models
    found = survey(folder)
    if form == "json":
        click.echo(json.dumps([_summary(each, found) for each in found], indent=2))
    elif found:
        Console().print(_table(found))
    else:
        click.echo(NO_MODELS.format(folder), err=True)


@models.command()
@click.argument("name")
@FORMAT
def info(name: str, form: str) -> None:
    """Show all that is known of the model NAME, and the sha256 of each of its files.

    \b
    visavis models info visavis-fr-en
    """
    folder = Settings.from_environ().models
    found = survey(folder)
    model = named(found, name)
    if isinstance(model, Broken):
        raise ModelDamaged(f"{name}: {model.reason}")
    facts = _summary(model, found) | {
        "path": str(model.path),
        "alignment_layer": model.alignment_layer,
        "alignment_head": model.alignment_head,
        "alignment_lag": model.alignment_lag,
        "max_pieces": model.max_pieces,
        "sha256": model.sha256,
        "files": {file.name: cached_sha256(file, folder) for file in model_files(model.path)},
    }
    if form == "json":
        click.echo(json.dumps(facts, indent=2))
        return
    files = facts.pop("files")
    for label, value in facts.items():
        click.echo(f"{label:<16} {'no' if value is None else value}")
    click.echo("files")
    for file, digest in files.items():
        click.echo(f"  {digest}  {file}")


@models.command()
@click.argument("repository", metavar="REPO")
@click.option("--revision", help="The full commit to download; known models have one pinned.")
@click.option("--to", "name", help="What to call it here.  [default: the last part of REPO]")
@click.option("--endpoint", help="Address of the hub.  [default: $HF_ENDPOINT, else Hugging Face]")
def pull(repository: str, revision: str | None, name: str | None, endpoint: str | None) -> None:
    """Download the MarianMT model REPO from the Hugging Face hub.

    Every file is checked against the hash that the hub names for this commit,
    and the model appears only when it is whole. A download that breaks off is
    carried on by the same command.

    \b
    visavis models pull Helsinki-NLP/opus-mt-fr-en
    """
    # huggingface_hub takes a while to import, and no other command needs it.
    from service.engine import pull as hub

    revision = revision or hub.PINNED.get(repository)
    if revision is None:
        raise click.UsageError(
            f"no revision of {repository} is pinned here: name the full commit with --revision."
            f" Pinned are: {', '.join(hub.PINNED)}"
        )
    try:
        hub.check_request(repository, revision, name or hub.default_name(repository))
    except DownloadFailed as error:
        raise click.UsageError(str(error)) from error
    model = hub.pull(repository, revision, Settings.from_environ().models, name, endpoint)
    click.echo(
        f"{model.name} is in place: {model.languages}, {decimal(model.size)}, licence"
        f" {model.licence}, revision {model.revision}. A service that runs uses it when it is"
        " started again."
    )


@models.command()
@click.argument("names", nargs=-1, metavar="[NAME...]")
def verify(names: tuple[str, ...]) -> None:
    """Compute the hashes of the models NAME, or of all, anew and compare them.

    They are compared with those that each model's visavis.json names. Exits
    with 1 if a file differs or a model can't be used.
    """
    folder = Settings.from_environ().models
    found = survey(folder)
    if not found and not names:
        click.echo(NO_MODELS.format(folder), err=True)
    wrong = False
    for each in [named(found, name) for name in names] or found:
        faults = _faults(each)
        wrong = wrong or bool(faults)
        for fault in faults:
            click.echo(f"{each.name}: {fault}", err=True)
        if not faults:
            click.echo(f"{each.name}: {_verified(each)}")
    if wrong:
        raise SystemExit(1)


@models.command()
@click.argument("name")
@click.argument("gold", type=FILE)
@click.option("--dry-run", is_flag=True, help="Show the heads, and leave the model as it is.")
def calibrate(name: str, gold: Path, dry_run: bool) -> None:
    """Find the attention head of a model that aligns best, and write it into its metadata.

    GOLD is word alignment made by hand, one object a line (docs/alignment.md).

    \b
    visavis models calibrate opus-mt-fr-en hansards.jsonl
    """
    # torch takes seconds to import, and no other command here needs it.
    from service.engine.calibrate import rank_heads, record_head

    found = named(survey(Settings.from_environ().models), name)
    if isinstance(found, Broken):
        raise ModelDamaged(f"{found.name} can't be used: {found.reason}")
    scores = rank_heads(found, words(read_text(gold)))
    columns = ("layer", "head", "lag", "AER", "precision", "recall")
    table = Table(*columns, box=None, pad_edge=False)
    for score in scores[:HEADS]:
        counts = score.counts
        figures = (f"{100 * each:.1f}" for each in (counts.aer, counts.precision, counts.recall))
        table.add_row(str(score.layer), str(score.head), str(score.lag), *figures)
    Console().print(table)
    if dry_run:
        return
    best = scores[0]
    record_head(found.path, best)
    click.echo(f"{found.name} aligns by layer {best.layer}, head {best.head}, lag {best.lag}")


def _faults(each: Model | Broken) -> tuple[str, ...]:
    # Of a broken model too, the files are named that differ.
    reason = (each.reason,) if isinstance(each, Broken) else ()
    try:
        return differences(each.path) or reason
    except ModelDamaged:
        return reason


def _verified(each: Model | Broken) -> str:
    hashes = len(recorded_sha256(read_metadata(each.path)))
    if not hashes:
        return f"it has no hashes to verify: no {METADATA} names any"
    return f"{hashes} files are as {METADATA} names them"


def _summary(each: Model | Broken, found: Sequence[Model | Broken]) -> dict[str, Any]:
    if isinstance(each, Broken):
        return {"name": each.name, "broken": each.reason}
    return {
        "name": each.name,
        "source_language": each.languages.source,
        "target_language": each.languages.target,
        "size": each.size,
        "licence": each.licence,
        "revision": each.revision,
        "default": _why_default(each, found),
    }


def _why_default(model: Model, found: Sequence[Model | Broken]) -> str | None:
    usable = [each for each in found if isinstance(each, Model)]
    default, reason = default_model(usable, model.languages)
    return reason if default == model else None


def _table(found: Sequence[Model | Broken]) -> Table:
    table = Table("model", "pair", "size", "licence", "default", box=None, pad_edge=False)
    for each in found:
        if isinstance(each, Broken):
            table.add_row(each.name, "", "", "", f"can't be used: {each.reason}", style="red")
            continue
        why = _why_default(each, found)
        default = f"yes, {why}" if why else "no"
        table.add_row(each.name, str(each.languages), decimal(each.size), each.licence, default)
    return table
