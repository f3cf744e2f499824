"""Whether a directory holds a whole MarianMT checkpoint, without loading it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeVar

from service.errors import ModelDamaged

Json = dict[str, Any]
Kind = TypeVar("Kind")

METADATA = "visavis.json"
TOKENIZER = ("source.spm", "target.spm", "vocab.json")
# In the order in which they are preferred: the first can't run code when it is loaded.
WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_LFS_POINTER = b"version https://git-lfs"


def check_checkpoint(path: Path) -> Json:
    """The config.json of a MarianMT checkpoint whose files are all there and whole.

    Raises ModelDamaged, saying which file is at fault and how.
    """
    config = read_json(path / "config.json")
    check_is_marian(config)
    for name in TOKENIZER:
        _check_file(path / name)
    weights = weights_file(path)
    _check_file(weights)
    if weights.suffix == ".safetensors":
        _check_length(weights)
    return config


def check_is_marian(config: Json) -> None:
    """Raise ModelDamaged for the config.json of any other kind of model."""
    kind = config.get("model_type")
    if kind != "marian":
        raise ModelDamaged(f"its config.json says model_type {kind!r}, not 'marian'")


def weights_file(path: Path) -> Path:
    """The weights that a checkpoint is loaded from. Raises ModelDamaged if there are none."""
    for name in WEIGHTS:
        if (path / name).exists():
            return path / name
    raise ModelDamaged(f"there is neither {' nor '.join(WEIGHTS)}")


def read_json(path: Path) -> Json:
    """A JSON file that holds an object. Raises ModelDamaged for anything else."""
    try:
        value = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise ModelDamaged(f"there is no {path.name}") from None
    except ValueError as error:
        raise ModelDamaged(f"{path.name} is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise ModelDamaged(f"{path.name} holds no JSON object")
    return value


def member(values: Json, name: str, kind: type[Kind], default: Kind) -> Kind:
    """The value called `name`, or `default`. Raises ModelDamaged if it is of another kind."""
    value = values.get(name, default)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ModelDamaged(f"{name} is {value!r}, not of type {kind.__name__}")
    return value


def _check_file(path: Path) -> None:
    if not path.exists():
        raise ModelDamaged(f"there is no {path.name}")
    with path.open("rb") as file:
        start = file.read(len(_LFS_POINTER))
    if not start:
        raise ModelDamaged(f"{path.name} is empty")
    if start == _LFS_POINTER:
        raise ModelDamaged(f"{path.name} is a Git LFS pointer, not the file itself")


def _check_length(weights: Path) -> None:
    # A safetensors file tells how long it is: 8 bytes with the length of the
    # header, the header with the offsets of every tensor, the tensors.
    size = weights.stat().st_size
    with weights.open("rb") as file:
        header_size = int.from_bytes(file.read(8), "little")
        try:
            header = json.loads(file.read(min(header_size, size)))
            tensors = (value for name, value in header.items() if name != "__metadata__")
            end = max((tensor["data_offsets"][1] for tensor in tensors), default=0)
        except (ValueError, TypeError, LookupError, AttributeError):
            raise ModelDamaged(f"{weights.name} is no safetensors file") from None
    if size != 8 + header_size + end:
        raise ModelDamaged(f"{weights.name} has {size} bytes, not {8 + header_size + end}")
