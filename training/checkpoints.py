"""What a run leaves on disk: its state, to go on from; snapshots, to average; and the model."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.optim import Optimizer
from transformers import GenerationConfig, MarianMTModel
from transformers.utils import logging as transformers_logging

from training.network import Head
from training.vocabulary import TOKENIZER_FILES

STATE = "state.pt"
SNAPSHOTS = "snapshots"
MODEL = "model"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: after `step` steps and `seconds`, `batch` of `epoch` is next."""

    step: int = 0
    epoch: int = 0
    batch: int = 0
    seconds: float = 0.0


def save_state(run: Path, progress: Progress, network: MarianMTModel, optimizer: Optimizer) -> None:
    """Write all that a killed run needs to go on."""
    state = {
        "progress": [progress.step, progress.epoch, progress.batch, progress.seconds],
        "network": network.state_dict(),
        "optimizer": optimizer.state_dict(),
    }
    partial = run / f"{STATE}.partial"
    torch.save(state, partial)
    partial.replace(run / STATE)


def restore_state(run: Path, network: MarianMTModel, optimizer: Optimizer) -> Progress:
    """Bring both back to where the run was; a run that never saved is at its start."""
    if not (run / STATE).exists():
        return Progress()
    state: dict[str, Any] = torch.load(run / STATE, map_location="cpu", weights_only=True)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    return Progress(*state["progress"])


def save_snapshot(run: Path, step: int, network: MarianMTModel, kept: int) -> list[Path]:
    """Write the weights of this step, and return the last `kept` snapshots; others go."""
    folder = run / SNAPSHOTS
    folder.mkdir(exist_ok=True)
    weights = {name: value.contiguous() for name, value in network.named_parameters()}
    save_file(weights, folder / f"{step:08}.safetensors")
    snapshots = sorted(folder.glob("*.safetensors"))
    for path in snapshots[:-kept]:
        path.unlink()
    return snapshots[-kept:]


def average(snapshots: Sequence[Path]) -> dict[str, Tensor]:
    """The mean of the weights of several snapshots."""
    mean = load_file(snapshots[0])
    for number, path in enumerate(snapshots[1:], start=2):
        for name, value in load_file(path).items():
            mean[name] += (value - mean[name]) / number
    return mean


def export(
    weights: dict[str, Tensor],
    network: MarianMTModel,
    head: Head,
    tokenizer: Path,
    run: Path,
    max_pieces: int | None = None,
) -> Path:
    """Write the model with these weights in the layout of models_cache/, in float16.

    `head` is the one that aligns; `tokenizer` is the folder that its tokenizer's files are
    copied from. Sentences of more than `max_pieces` are to be cut by the engine; None is as
    many as the network has positions.
    """
    partial, place = run / f".{MODEL}.partial", run / MODEL
    shutil.rmtree(partial, ignore_errors=True)
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    copy = MarianMTModel(network.config)
    copy.load_state_dict(weights, strict=False)
    copy.generation_config = _generation(network)
    copy.half().save_pretrained(partial)  # type: ignore[no-untyped-call]
    for file in TOKENIZER_FILES:
        shutil.copyfile(tokenizer / file, partial / file)
    _describe(partial, head, max_pieces)
    # safetensors writes for the owner alone.
    (partial / "model.safetensors").chmod(0o644)
    shutil.rmtree(place, ignore_errors=True)
    return partial.rename(place)


def _generation(network: MarianMTModel) -> GenerationConfig:
    config = network.config
    return GenerationConfig(  # type: ignore[no-untyped-call]
        bos_token_id=config.bos_token_id,
        eos_token_id=config.eos_token_id,
        forced_eos_token_id=config.eos_token_id,
        pad_token_id=config.pad_token_id,
        decoder_start_token_id=config.decoder_start_token_id,
    )


def _describe(folder: Path, head: Head, max_pieces: int | None) -> None:
    """What the engine has to know besides, in visavis.json."""
    files = sorted(folder.iterdir())
    metadata = {
        "revision": "built-in",
        "licence": "apache-2.0",
        "source_language": "fr",
        "target_language": "en",
        "alignment": asdict(head),
        **({} if max_pieces is None else {"max_pieces": max_pieces}),
        "sha256": {file.name: sha256(file.read_bytes()).hexdigest() for file in files},
    }
    text = json.dumps(metadata, ensure_ascii=False, indent=2)
    (folder / "visavis.json").write_text(f"{text}\n", encoding="utf-8")
