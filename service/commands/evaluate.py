"""`visavis evaluate`: how near sentences, words, spans and beads come to a gold file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import asdict
from pathlib import Path
from typing import Literal, TypeVar

import click

from alignment import scoring
from alignment.bitext import align
from alignment.document import FRENCH_ENGLISH
from alignment.errors import AlignmentError
from alignment.formats import gold
from alignment.scoring import Bead, Counts, WordLink
from alignment.sentences import sentences
from service.align import align_words
from service.commands.evaluate_checks import checks
from service.commands.evaluate_translation import translation
from service.commands.files import FILE, fail, name_of, read_text
from service.config import Settings
from service.engine.loading import InstalledEngines

T = TypeVar("T")
Links = Sequence[Set[WordLink]]
Aligner = Callable[[Sequence[str], Sequence[str]], Iterable[Bead]]
Witness = Literal["both", "lexicon", "model"]
# The longest span that `visavis evaluate spans` projects, in words.
LONGEST = 8

JSON = click.option("--json", "as_json", is_flag=True, help="Figures and counts, for programs.")
LEXICON_ONLY = click.option("--lexicon-only", is_flag=True, help="Leave the model out.")
MODEL_ONLY = click.option("--model-only", is_flag=True, help="Leave the lexicon out.")


@click.group()
def evaluate() -> None:
    """Measure alignment, checks and translation against files that people made.

    Figures are percentages over the whole file.

    \b
    visavis evaluate segmentation gold.jsonl
    visavis evaluate words gold.jsonl --lexicon-only
    visavis evaluate checks benchmarks/challenge/dev.fr-en.jsonl
    visavis evaluate translation --source newstest.fr --reference newstest.en
    """


evaluate.add_command(checks)
evaluate.add_command(translation)


@evaluate.command()
@click.argument("file", type=FILE, metavar="GOLD")
@click.option("--language", default="fr", show_default=True, help="Language of the texts.")
@JSON
def segmentation(file: Path, language: str, as_json: bool) -> None:
    """Sentence boundaries: precision, recall, F1.

    A boundary at the end of a line is none to find, and is not counted.

    \b
    {"text": "Oui. Non.", "sentences": [[0, 4], [5, 9]]}
    """
    counts = segmentation_counts(_gold(file, gold.articles), language)
    _report({"boundaries": counts}, _f1, as_json)


@evaluate.command()
@click.argument("file", type=FILE, metavar="GOLD")
@LEXICON_ONLY
@MODEL_ONLY
@JSON
def words(file: Path, lexicon_only: bool, model_only: bool, as_json: bool) -> None:
    """Word links: precision, recall, alignment error rate (AER).

    \b
    {"fr": ["le", "chat"], "en": ["the", "cat"], "sure": [[1, 1]], "possible": [[0, 0]]}
    """
    pairs = _gold(file, gold.words)
    _report(
        {"links": word_counts(pairs, link_words(pairs, _witness(lexicon_only, model_only)))},
        _aer,
        as_json,
    )


@evaluate.command()
@click.argument("file", type=FILE, metavar="GOLD")
@LEXICON_ONLY
@MODEL_ONLY
@JSON
def spans(file: Path, lexicon_only: bool, model_only: bool, as_json: bool) -> None:
    """Spans of 1 to 8 words, projected over the links found and over the gold links.

    Counted in words, each way. Takes the same file as words.
    """
    pairs = _gold(file, gold.words)
    _report(span_counts(pairs, link_words(pairs, _witness(lexicon_only, model_only))), _f1, as_json)


@evaluate.command()
@click.argument("file", type=FILE, metavar="GOLD")
@click.option(
    "--translate", is_flag=True, help="Compare our own translation too (minutes, not seconds)."
)
@JSON
def beads(file: Path, translate: bool, as_json: bool) -> None:
    """Sentences of two texts that translate each other: strict and lax F1.

    \b
    {"fr": ["Oui. Non."], "en": ["Yes.", "No."], "beads": [[[0], [0, 1]]]}
    """
    texts = _gold(file, gold.ladders)
    _report(bead_counts(texts, bead_aligner(translate)), _f1, as_json)


def _witness(lexicon_only: bool, model_only: bool) -> Witness:
    if lexicon_only and model_only:
        raise click.UsageError("--lexicon-only and --model-only leave nothing to link with.")
    return "lexicon" if lexicon_only else "model" if model_only else "both"


def segmentation_counts(articles: Iterable[gold.GoldArticle], language: str) -> Counts:
    """The boundaries that we find in these articles."""
    return _total(
        scoring.boundaries(
            scoring.inner_starts(article.text, sentences(article.text, language)),
            scoring.inner_starts(article.text, article.sentences),
        )
        for article in articles
    )


def word_counts(pairs: Sequence[gold.GoldWords], links: Links) -> Counts:
    """Found links, a set for each pair, beside those of the gold."""
    return _total(
        scoring.word_alignment(found, pair.sure, pair.possible)
        for pair, found in zip(pairs, links, strict=True)
    )


def span_counts(pairs: Sequence[gold.GoldWords], links: Links) -> dict[str, Counts]:
    """Every span of 1 to 8 words, projected from source to target, back, and both together."""
    there = _total(
        scoring.projections(found, pair.sure, pair.possible, LONGEST)
        for pair, found in zip(pairs, links, strict=True)
    )
    back = _total(
        scoring.projections(_turned(found), _turned(pair.sure), _turned(pair.possible), LONGEST)
        for pair, found in zip(pairs, links, strict=True)
    )
    return {"French to English": there, "English to French": back, "both": there + back}


def bead_counts(
    texts: Sequence[gold.GoldBeads],
    aligner: Aligner,
) -> dict[str, Counts]:
    """The beads that `aligner` finds, strictly and laxly."""
    found = [(list(aligner(each.source, each.target)), each.beads) for each in texts]
    return {
        "strict": _total(scoring.beads(*each) for each in found),
        "lax": _total(scoring.beads(*each, lax=True) for each in found),
    }


def link_words(pairs: Sequence[gold.GoldWords], by: Witness) -> Links:
    """The word links that we find between the words of the gold, by attention, lexicon or both."""
    engine = None
    if by != "lexicon":
        engine = InstalledEngines(Settings.from_environ()).engine(FRENCH_ENGLISH)
    words = [(pair.source, pair.target) for pair in pairs]
    return align_words(words, engine, FRENCH_ENGLISH, with_lexicon=by != "model")


def bead_aligner(translate: bool) -> Aligner:
    """What finds beads by lengths and lexicon and, if so asked, our own translation."""
    engine = InstalledEngines(Settings.from_environ()).engine(FRENCH_ENGLISH) if translate else None

    def found(source: Sequence[str], target: Sequence[str]) -> list[Bead]:
        said = [each.text for each in engine.translate(source, "fast")] if engine else None
        ladder = align(source, target, FRENCH_ENGLISH, translations=said)
        return [(bead.source, bead.target) for bead in ladder]

    return found


def _turned(links: Iterable[WordLink]) -> set[WordLink]:
    return {(there, here) for here, there in links}


def _total(counts: Iterable[Counts]) -> Counts:
    return sum(counts, Counts())


def _gold(file: Path, read: Callable[[str], list[T]]) -> list[T]:
    try:
        return read(read_text(file))
    except AlignmentError as error:
        fail(f"{name_of(file)}, {error}")


def _f1(counts: Counts) -> tuple[str, float]:
    return "F1", counts.f1


def _aer(counts: Counts) -> tuple[str, float]:
    return "AER", counts.aer


def _report(
    measured: dict[str, Counts], figure: Callable[[Counts], tuple[str, float]], as_json: bool
) -> None:
    if as_json:
        click.echo(json.dumps({name: _row(each, figure) for name, each in measured.items()}))
        return
    for name, counts in measured.items():
        title, value = figure(counts)
        click.echo(
            f"{name}: precision {100 * counts.precision:.2f}  recall {100 * counts.recall:.2f}"
            f"  {title} {100 * value:.2f}  ({counts.gold} in the gold, {counts.found} found)"
        )


def _row(
    counts: Counts, figure: Callable[[Counts], tuple[str, float]]
) -> dict[str, float | dict[str, int]]:
    title, value = figure(counts)
    return {
        "precision": counts.precision,
        "recall": counts.recall,
        title.lower(): value,
        "counts": asdict(counts),
    }
