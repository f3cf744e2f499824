"""Random weights in the shape of opus-mt-fr-en: its speed without its weights."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import torch
from transformers import MarianConfig, MarianMTModel

VOCABULARY = 59_514


def random_opus(tokenizer: Path, folder: Path) -> None:
    """Write one into `folder`: 512 wide, 6 + 6 layers, 8 heads, a vocabulary of 59,514 pieces.

    Its tokenizer is that of the folder `tokenizer`, its vocabulary filled up
    with pieces that no text has. What it says means nothing.
    """
    folder.mkdir(parents=True)
    for name in ("source.spm", "target.spm", "tokenizer_config.json"):
        shutil.copy(tokenizer / name, folder / name)
    pieces = json.loads((tokenizer / "vocab.json").read_text(encoding="utf-8"))
    known = [piece for piece in sorted(pieces, key=pieces.__getitem__) if piece != "<pad>"]
    filled = known + [f"▁∅{number}" for number in range(VOCABULARY - 1 - len(known))] + ["<pad>"]
    numbers = {piece: number for number, piece in enumerate(filled)}
    (folder / "vocab.json").write_text(json.dumps(numbers), encoding="utf-8")
    torch.manual_seed(20)
    config = MarianConfig(
        vocab_size=VOCABULARY,
        d_model=512,
        encoder_layers=6,
        decoder_layers=6,
        encoder_attention_heads=8,
        decoder_attention_heads=8,
        encoder_ffn_dim=2048,
        decoder_ffn_dim=2048,
        activation_function="swish",
        scale_embedding=True,
        max_position_embeddings=512,
        pad_token_id=VOCABULARY - 1,
        decoder_start_token_id=VOCABULARY - 1,
        eos_token_id=numbers["</s>"],
        forced_eos_token_id=numbers["</s>"],
    )
    MarianMTModel(config).save_pretrained(folder)
