"""What is in models_cache: which models there are, and which one a pair uses.

A model is a directory with a MarianMT checkpoint in Hugging Face layout. What
the checkpoint doesn't say stands in `visavis.json` beside it (see
models_cache/README.md). Hidden directories are never models.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from alignment.document import FRENCH_ENGLISH, Languages
from service.engine.checkpoint import (
    METADATA,
    Json,
    check_checkpoint,
    member,
    read_json,
    weights_file,
)
from service.engine.hashes import cached_sha256, sha256
from service.errors import ModelDamaged, UnknownModel, UnsupportedPair

UNKNOWN = "unknown"
LAGS = (0, 1)
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# Two letters only: with three, "my-big-dog" would translate Big into Dogri.
_PAIR_IN_NAME = re.compile(r"(?:.*-)?([a-z]{2})-([a-z]{2})")
_FRONT_MATTER = re.compile(r"---\s*\n(.*?\n)---\s*\n", re.DOTALL)
_LICENCE = re.compile(r"^license:[ \t]*(\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Model:
    """A MarianMT checkpoint on disk, in Hugging Face layout, and what its metadata says.

    `sha256` is that of the weights file, `size` the bytes of the whole folder,
    `revision` the commit it was downloaded at ("built-in" for the tracked one).
    `alignment_layer` and `alignment_head` name the cross-attention head that
    aligns (layer -1 is the decoder's last), and `alignment_lag` how many steps
    after it has said a piece it looks at what that came from: 0, or 1 where it
    has to have read the piece first (Chen et al. 2020, Accurate Word Alignment
    Induction from Neural Machine Translation). `max_pieces` is the longest
    sentence that it should be given at once, in pieces without `</s>`.
    `weights_size` is the bytes of the weights file alone.
    """

    name: str
    path: Path
    languages: Languages
    revision: str
    licence: str
    sha256: str
    size: int
    alignment_layer: int = -1
    alignment_head: int = 0
    alignment_lag: int = 0
    max_pieces: int = 512
    weights_size: int = 0


@dataclass(frozen=True, slots=True)
class Broken:
    """A directory in models_cache that can't be used, and why."""

    name: str
    path: Path
    reason: str


def survey(folder: Path) -> tuple[Model | Broken, ...]:
    """Everything in `folder` that is a model or should be one, by name."""
    if not folder.is_dir():
        return ()
    paths = sorted(path for path in folder.iterdir() if path.is_dir())
    return tuple(_look(path) for path in paths if not path.name.startswith("."))


def installed(folder: Path) -> tuple[Model, ...]:
    """The models in `folder` that can be used, by name."""
    return tuple(found for found in survey(folder) if isinstance(found, Model))


def pairs(models: Iterable[Model]) -> tuple[Languages, ...]:
    """The pairs that `models` translate; fr-en first, if it is there, the others by code."""
    there_are = {model.languages for model in models}
    return tuple(sorted(there_are, key=lambda pair: (pair != FRENCH_ENGLISH, str(pair))))


def default_model(models: Sequence[Model], languages: Languages) -> tuple[Model, str]:
    """The model that a pair uses, and why, in words: the one with the largest weights.

    So a model that is downloaded takes over from the small built-in one.
    Raises UnsupportedPair.
    """
    able = [model for model in models if model.languages == languages]
    if not able:
        raise UnsupportedPair(languages, pairs(models))
    size = max(model.weights_size for model in able)
    largest = sorted(model.name for model in able if model.weights_size == size)
    default = next(model for model in able if model.name == largest[0])
    if len(able) == 1:
        return default, f"the only model for {languages}"
    first = f"the first by name of the {len(largest)}" if len(largest) > 1 else "the"
    return default, f"{first} largest of {len(able)} models for {languages}"


def named(found: Iterable[Model | Broken], name: str) -> Model | Broken:
    """What is called `name`. Raises UnknownModel."""
    by_name = {each.name: each for each in found}
    if name not in by_name:
        raise UnknownModel(name, by_name)
    return by_name[name]


def read_model(path: Path) -> Model:
    """The model in a directory. Raises ModelDamaged with the reason, without the name."""
    config = check_checkpoint(path)
    metadata = read_metadata(path)
    weights = weights_file(path)
    digest = cached_sha256(weights, path.parent)
    recorded = recorded_sha256(metadata).get(weights.name, digest)
    if digest != recorded:
        raise ModelDamaged(f"{weights.name} is not the file that {METADATA} names")
    alignment = member(metadata, "alignment", dict, {})
    positions = member(config, "max_position_embeddings", int, 512)
    return Model(
        name=path.name,
        path=path,
        languages=languages_of(path, path.name),
        revision=member(metadata, "revision", str, UNKNOWN),
        licence=member(metadata, "licence", str, "") or _licence_of_card(path),
        sha256=digest,
        size=sum(file.stat().st_size for file in model_files(path)),
        alignment_layer=member(alignment, "layer", int, -1),
        alignment_head=_at_least(0, alignment, "head", 0),
        alignment_lag=_lag(alignment),
        # One position is for `</s>`.
        max_pieces=min(_at_least(1, metadata, "max_pieces", positions - 1), positions - 1),
        weights_size=weights.stat().st_size,
    )


def model_files(path: Path) -> list[Path]:
    """The files of a model, by name; hidden ones are not the model's."""
    files = (file for file in path.iterdir() if file.is_file())
    return sorted(file for file in files if not file.name.startswith("."))


def read_metadata(path: Path) -> Json:
    """What `visavis.json` says of the model in `path`; nothing if there is none."""
    return read_json(path / METADATA) if (path / METADATA).exists() else {}


def recorded_sha256(metadata: Json) -> Mapping[str, str]:
    """The hashes that a model's metadata names, by file."""
    hashes = member(metadata, "sha256", dict, {})
    return {file: member(hashes, file, str, "") for file in hashes}


def differences(path: Path) -> tuple[str, ...]:
    """Which files are not those that `visavis.json` names, computed anew: one sentence each.

    Raises ModelDamaged where `visavis.json` can't be read.
    """
    wrong = []
    for file, recorded in recorded_sha256(read_metadata(path)).items():
        try:
            actual = sha256(path / file)
        except OSError as error:
            wrong.append(f"{file} cannot be read: {error.strerror}")
            continue
        if actual != recorded:
            wrong.append(f"{file} has sha256 {actual}, not {recorded}")
    return tuple(wrong)


def languages_of(path: Path, name: str) -> Languages:
    """The pair of a checkpoint: from visavis.json, tokenizer_config.json or else the `name`.

    Raises ModelDamaged where none of them says.
    """
    metadata = read_metadata(path)
    tokenizer_config = path / "tokenizer_config.json"
    tokenizer = read_json(tokenizer_config) if tokenizer_config.exists() else {}
    in_name = _PAIR_IN_NAME.fullmatch(name)
    for source, target in (
        (metadata.get("source_language"), metadata.get("target_language")),
        (tokenizer.get("source_lang"), tokenizer.get("target_lang")),
        in_name.groups() if in_name else (None, None),
    ):
        if _is_code(source) and _is_code(target):
            return Languages(str(source), str(target))
    raise ModelDamaged(
        f"nothing says which languages it translates; put source_language and target_language"
        f" into its {METADATA}"
    )


def _at_least(least: int, values: Json, name: str, default: int) -> int:
    value = member(values, name, int, default)
    if value < least:
        raise ModelDamaged(f"{name} is {value}, not {least} or more")
    return value


def _lag(alignment: Json) -> int:
    lag = member(alignment, "lag", int, 0)
    if lag not in LAGS:
        raise ModelDamaged(f"lag is {lag}, not one of {', '.join(map(str, LAGS))}")
    return lag


def _is_code(code: object) -> bool:
    # Models of many languages name groups, such as ROMANCE, which no request can ask for.
    return isinstance(code, str) and _CODE.fullmatch(code) is not None


def _licence_of_card(path: Path) -> str:
    card = path / "README.md"
    if not card.exists():
        return UNKNOWN
    front_matter = _FRONT_MATTER.match(card.read_text(encoding="utf-8", errors="replace"))
    licence = front_matter and _LICENCE.search(front_matter[1])
    return licence[1].strip("\"'") if licence else UNKNOWN


def _look(path: Path) -> Model | Broken:
    try:
        return read_model(path)
    except ModelDamaged as error:
        return Broken(path.name, path, str(error))
    except OSError as error:
        return Broken(path.name, path, f"{error.filename} cannot be read: {error.strerror}")
