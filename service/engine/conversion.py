"""MarianMT checkpoints in CTranslate2's format: made once, whole or not at all.

A conversion is written beside its place and then renamed into it. Two
processes that convert at once both succeed, and the second takes the first
one's result; one that is killed leaves a folder that nobody looks at.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from service.engine.models import Model
from service.engine.pieces import END, PAD, UNKNOWN, Tokenizer
from service.errors import ModelDamaged

if TYPE_CHECKING:
    from transformers import MarianMTModel

FOLDER = ".converted"
# Raised whenever the conversion itself changes, so that what an older one made is left aside.
VERSION = 1
PARTIAL = ".partial"


def converted(model: Model, tokenizer: Tokenizer, compute_type: str, models: Path) -> Path:
    """The folder with `model` in CTranslate2's format, made now if it was not.

    It stands in `models`/.converted, or in the user's cache where that cannot
    be written. Raises ModelDamaged, and OSError where neither can.
    """
    name = _name(model, compute_type)
    folders = list(_folders(models, os.environ))
    for folder in folders:
        if (folder / name / "model.bin").exists():
            return folder / name
    refused: OSError | None = None
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            partial = Path(tempfile.mkdtemp(suffix=PARTIAL, prefix=f".{name}-", dir=folder))
        except OSError as error:
            refused = error
            continue
        return _made(model, tokenizer, compute_type, partial, folder / name)
    raise refused or OSError(f"{models} cannot be written")


def _name(model: Model, compute_type: str) -> str:
    head = "" if model.alignment_head == 0 else f"-head{model.alignment_head}"
    layer = "" if model.alignment_layer == -1 else f"-layer{model.alignment_layer}"
    readable = re.sub(r"[^\w.-]", "_", model.name)
    return f"{readable}-{model.sha256[:12]}-{compute_type}{layer}{head}-v{VERSION}"


def _folders(models: Path, environ: Mapping[str, str]) -> Iterator[Path]:
    yield models / FOLDER
    home = environ.get("HOME") or environ.get("USERPROFILE")
    cache = environ.get("XDG_CACHE_HOME") or (home and f"{home}/.cache")
    if cache:
        yield Path(cache) / "vis-a-vis" / "converted"


def _made(
    model: Model, tokenizer: Tokenizer, compute_type: str, partial: Path, place: Path
) -> Path:
    try:
        _convert(model, tokenizer, compute_type, partial)
        partial.chmod(0o755)
        partial.rename(place)
    except OSError:
        # Another process was first, and a folder that is not empty is never replaced.
        if not (place / "model.bin").exists():
            raise
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return place


def _convert(model: Model, tokenizer: Tokenizer, compute_type: str, folder: Path) -> None:
    import numpy as np
    import torch
    from ctranslate2.converters.transformers import MarianMTLoader

    from service.engine.marian import load_checkpoint

    checkpoint = load_checkpoint(model)
    start = checkpoint.config.decoder_start_token_id
    embeddings = checkpoint.model.decoder.embed_tokens.weight
    zero_start = not bool(embeddings[start].any())

    class Loader(MarianMTLoader):  # type: ignore[misc]
        """CTranslate2's own, which takes the start's embedding for zero even where it is not."""

        def set_decoder(self, spec: object, decoder: object) -> None:
            super().set_decoder(spec, decoder)
            spec.start_from_zero_embedding = zero_start  # type: ignore[attr-defined]

        def _remove_pad_weights(self, spec: object) -> None:
            """Keep `<pad>`, from which the decoder starts."""

    with torch.no_grad():
        _bring_to_front(checkpoint, model)
        checkpoint.final_logits_bias[..., start] = -1e9
        spec = Loader().get_model_spec(checkpoint)
        spec.decoder.alignment_layer = np.dtype("int16").type(model.alignment_layer)
        spec.config.eos_token, spec.config.unk_token = END, UNKNOWN
        spec.config.decoder_start_token = PAD
        spec.register_source_vocabulary(_by_number(tokenizer.source_ids))
        spec.register_target_vocabulary(_by_number(tokenizer.target_ids))
        spec.validate()
        spec.optimize(quantization=compute_type)
        spec.save(str(folder))
    for file in folder.iterdir():
        _flush(file)


def _bring_to_front(checkpoint: MarianMTModel, model: Model) -> None:
    """Make the aligning head the first: CTranslate2 reads the mean of the first n heads."""
    layers = checkpoint.model.decoder.layers
    if not -len(layers) <= model.alignment_layer < len(layers):
        raise ModelDamaged(f"{model.name} has no decoder layer {model.alignment_layer}")
    attention = layers[model.alignment_layer].encoder_attn
    if not 0 <= model.alignment_head < attention.num_heads:
        raise ModelDamaged(f"{model.name} has no attention head {model.alignment_head}")
    width = attention.head_dim
    order = list(range(attention.num_heads * width))
    first = order[model.alignment_head * width : (model.alignment_head + 1) * width]
    order = first + [index for index in order if index not in first]
    for projection in (attention.q_proj, attention.k_proj, attention.v_proj):
        projection.weight.copy_(projection.weight[order])
        projection.bias.copy_(projection.bias[order])
    attention.out_proj.weight.copy_(attention.out_proj.weight[:, order])


def _by_number(ids: Mapping[str, int]) -> list[str]:
    return sorted(ids, key=ids.__getitem__)


def _flush(file: Path) -> None:
    """To the disk before the rename, so that a power cut leaves no empty file in its place."""
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
