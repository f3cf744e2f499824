"""A model on disk becomes an engine, in the library that suits the machine."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from service.config import Settings
from service.engine import Engine
from service.engine.decoding import Decoder
from service.engine.models import Model
from service.engine.pieces import Tokenizer, load_tokenizer
from service.engine.translator import Translator

logger = logging.getLogger(__name__)


def open_engine(model: Model, settings: Settings) -> Engine:
    """Load `model` as `settings.engine` says: auto is torch where there is a GPU.

    Raises ModelDamaged, and OSError where a conversion can be written nowhere.
    """
    tokenizer = load_tokenizer(model.path)
    decoder = _decoder(model, tokenizer, settings)
    return Translator(model, tokenizer, decoder, settings.batch_tokens, settings.threads)


def _decoder(model: Model, tokenizer: Tokenizer, settings: Settings) -> Decoder:
    if settings.engine == "torch" or (settings.engine == "auto" and _has_gpu()):
        from service.engine import marian

        return marian.load(model, tokenizer, "cuda" if _has_gpu() else "cpu")
    from service.engine import ctranslate

    if reason := ctranslate.slow_setting(os.environ, _cpuinfo()):
        logger.warning(reason)
    return ctranslate.load(model, tokenizer, settings.models, settings.threads)


def _has_gpu() -> bool:
    import ctranslate2

    # Asked first because it takes milliseconds, and torch takes seconds to import.
    if not ctranslate2.get_cuda_device_count():
        return False
    import torch

    return torch.cuda.is_available()


def _cpuinfo() -> str:
    path = Path("/proc/cpuinfo")
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
