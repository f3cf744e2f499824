from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from service.config import CHECKOUT, Settings
from service.engine import Engine
from service.engine.models import Model, installed
from service.engine.opening import open_engine
from service.engine.pieces import Tokenizer, load_tokenizer
from tests.checkpoints import build_checkpoint


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models, with room for what is converted."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def tiny(folder: Path) -> Model:
    """A random checkpoint in the layout of opus-mt, whose sentences may have 24 pieces."""
    build_checkpoint(folder / "tiny-fr-en", positions=64)
    return replace(installed(folder)[0], max_pieces=24)


@pytest.fixture(scope="session")
def tiny_tokenizer(tiny: Model) -> Tokenizer:
    return load_tokenizer(tiny.path)


@pytest.fixture(scope="session")
def built_in() -> Model:
    models = {model.name: model for model in installed(CHECKOUT / "models_cache")}
    return models["visavis-fr-en"]


@pytest.fixture(scope="session")
def opened(tiny: Model, built_in: Model, folder: Path) -> Callable[[str, str], Engine]:
    """An engine by the names of its model and its library, opened once."""
    models = {"tiny": tiny, "built-in": built_in}
    engines: dict[tuple[str, str], Engine] = {}

    def open_once(model: str, library: str) -> Engine:
        if (model, library) not in engines:
            settings = Settings.from_environ(
                {"VISAVIS_MODELS": str(folder), "VISAVIS_ENGINE": library, "VISAVIS_THREADS": "2"}
            )
            engines[model, library] = open_engine(models[model], settings)
        return engines[model, library]

    return open_once
