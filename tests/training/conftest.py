from __future__ import annotations

from pathlib import Path

import pytest

from tests.training.phrases import phrases, write_bitext
from training.prepare import Recipe, prepare


@pytest.fixture(scope="session")
def prepared(tmp_path_factory) -> Path:
    """A corpus of the small grammar, with a vocabulary of its own."""
    folder = tmp_path_factory.mktemp("corpus")
    bitext = write_bitext(folder / "phrases", phrases())
    recipe = Recipe(pairs=600, learnt=600, pieces=120)
    prepare([bitext], None, folder / "prepared", recipe, lambda line: None)
    return folder / "prepared"
