"""Tiny MarianMT checkpoints with random weights, laid out as opus-mt's are.

They go through the real code in milliseconds; what they say is nonsense.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from pathlib import Path

FRENCH = """\
Le conseil municipal a voté hier soir la fermeture de deux écoles.
La ministre n'a pas confirmé que le projet serait abandonné avant l'été.
Il pleut sur Brest depuis trois jours et personne ne s'en plaint vraiment.
Les chercheurs ont mesuré la température de l'eau au large de la Bretagne.
« Nous n'avons rien à cacher », assure le directeur de l'usine.
Combien de temps faudra-t-il pour que les travaux soient terminés ?
Depuis 2019, le prix du blé a augmenté de 12,5 % ; celui du maïs, de 8 %.
Les élèves de l'école mangent à midi, puis rentrent chez eux à pied.
Cette décision aurait peut-être des conséquences pour les pêcheurs.
Aujourd'hui, un Français sur trois dit lire le journal chaque matin.
Où est passé l'argent ? Voilà ce que demande le maire depuis un mois !
Le train de nuit part à 21:40 et arrive à Nice vers 9 heures du matin.
"""
ENGLISH = """\
The town council voted last night to close two schools.
The minister has not confirmed that the project would be dropped before the summer.
It has been raining on Brest for three days and nobody really complains.
The researchers measured the temperature of the water off the coast of Brittany.
"We have nothing to hide", says the director of the factory.
How long will it take for the works to be completed?
Since 2019, the price of wheat has risen by 12.5%; that of maize, by 8%.
The pupils of the school eat at noon, then walk home.
This decision could perhaps have consequences for the fishermen.
Today, one French person in three says they read the newspaper every morning.
Where did the money go? That is what the mayor has been asking for a month!
The night train leaves at 21:40 and arrives in Nice around 9 in the morning.
"""
PIECES = 120


def build_checkpoint(
    folder: Path,
    *,
    seed: int = 1,
    positions: int = 512,
    safetensors: bool = True,
    start_is_zero: bool = True,
) -> Path:
    """Write a checkpoint into `folder` and return it.

    `start_is_zero` gives `<pad>`, from which decoding starts, an embedding of
    zeros, as Marian's own models have it.
    """
    import torch
    from transformers import MarianConfig, MarianMTModel
    from transformers.utils import logging

    logging.disable_progress_bar()
    folder.mkdir(parents=True, exist_ok=True)
    pieces = [*_train(folder / "source.spm", FRENCH), *_train(folder / "target.spm", ENGLISH)]
    vocabulary = ["</s>", "<unk>", *dict.fromkeys(pieces), "<pad>"]
    _write(folder / "vocab.json", {piece: number for number, piece in enumerate(vocabulary)})
    _write(folder / "tokenizer_config.json", TOKENIZER_CONFIG)
    pad = len(vocabulary) - 1
    config = MarianConfig(**_shape(len(vocabulary), pad, positions))
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        network = MarianMTModel(config)
        with torch.no_grad():
            for parameter in network.parameters():
                parameter.add_(torch.randn_like(parameter) * 0.1)
            if start_is_zero:
                network.model.shared.weight[pad] = 0
    network.save_pretrained(folder)
    _write(folder / "generation_config.json", _generation_config(pad))
    if not safetensors:
        (folder / "model.safetensors").unlink()
        torch.save(network.state_dict(), folder / "pytorch_model.bin")
    return folder


TOKENIZER_CONFIG = {
    "source_lang": "fr",
    "target_lang": "en",
    "model_max_length": 512,
    "separate_vocabs": False,
    "tokenizer_class": "MarianTokenizer",
}


def _shape(vocabulary: int, pad: int, positions: int) -> dict[str, object]:
    return {
        "vocab_size": vocabulary,
        "decoder_vocab_size": vocabulary,
        "d_model": 16,
        "encoder_layers": 2,
        "decoder_layers": 2,
        "encoder_attention_heads": 2,
        "decoder_attention_heads": 2,
        "encoder_ffn_dim": 32,
        "decoder_ffn_dim": 32,
        "activation_function": "swish",
        "max_position_embeddings": positions,
        "scale_embedding": True,
        "share_encoder_decoder_embeddings": True,
        "static_position_embeddings": True,
        "dropout": 0.0,
        "init_std": 0.2,
        "bos_token_id": 0,
        "eos_token_id": 0,
        "forced_eos_token_id": 0,
        "pad_token_id": pad,
        "decoder_start_token_id": pad,
    }


def _generation_config(pad: int) -> dict[str, object]:
    return {
        "bad_words_ids": [[pad]],
        "bos_token_id": 0,
        "decoder_start_token_id": pad,
        "eos_token_id": 0,
        "forced_eos_token_id": 0,
        "max_length": 512,
        "num_beams": 4,
        "pad_token_id": pad,
        "renormalize_logits": True,
    }


def _train(path: Path, text: str) -> Iterable[str]:
    """Train a SentencePiece model on `text`; its pieces less the three that Marian names."""
    from sentencepiece import SentencePieceProcessor, SentencePieceTrainer

    written = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter(text.splitlines()),
        model_writer=written,
        vocab_size=PIECES,
        hard_vocab_limit=False,
        character_coverage=1.0,
        minloglevel=2,
        num_threads=1,
    )
    path.write_bytes(written.getvalue())
    model = SentencePieceProcessor(model_proto=written.getvalue())
    return [model.id_to_piece(number) for number in range(3, model.vocab_size())]


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
