"""What is in models_cache: which models there are, and which one a pair uses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from alignment.document import Languages


@dataclass(frozen=True, slots=True)
class Model:
    """A MarianMT checkpoint on disk, in Hugging Face layout, and what its metadata says.

    `sha256` is that of the weights file, `size` the bytes of the whole folder,
    `revision` the commit it was downloaded at ("built-in" for the tracked one).
    `alignment_layer` and `alignment_head` name the cross-attention head that
    aligns (layer -1 is the decoder's last); `max_pieces` is the longest
    sentence that it should be given at once, in pieces without `</s>`.
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
    max_pieces: int = 512
