import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from alignment.document import Languages
from service.config import Settings
from service.engine.loading import InstalledEngines
from service.errors import ModelDamaged, UnsupportedPair
from tests.fakes import WordByWord
from tests.hub import model_files, place

FR_EN = Languages("fr", "en")
DE_EN = Languages("de", "en")


class Opening:
    """Stands in for the loading of a model: counts, and fails as often as it is told."""

    def __init__(self, *failures):
        self.failures = list(failures)
        self.opened = []

    def __call__(self, model, settings):
        self.opened.append(model.name)
        if self.failures:
            raise self.failures.pop(0)
        return WordByWord()


@pytest.fixture
def settings(tmp_path):
    place(tmp_path, "small-fr-en", model_files(10))
    return Settings(models=tmp_path)


def pull(settings, name, values=100, **files):
    place(settings.models, name, model_files(values) | files)


def test_a_model_is_opened_when_it_is_first_asked_for_and_once(settings):
    opening = Opening()
    engines = InstalledEngines(settings, opening)
    assert opening.opened == []
    assert engines.engine(FR_EN) is engines.engine(FR_EN)
    assert opening.opened == ["small-fr-en"]


def test_requests_at_the_same_time_share_one_loading(settings):
    opening = Opening()
    start = threading.Barrier(8)

    def slow(model, settings):
        engine = opening(model, settings)
        # Long enough for every other request to find nothing loaded yet.
        threading.Event().wait(0.05)
        return engine

    engines = InstalledEngines(settings, slow)

    def ask():
        start.wait()
        return engines.engine(FR_EN)

    with ThreadPoolExecutor(8) as threads:
        answers = [threads.submit(ask) for _ in range(8)]
        assert len({id(answer.result()) for answer in answers}) == 1
    assert opening.opened == ["small-fr-en"]


def test_the_larger_of_two_models_is_opened(settings):
    pull(settings, "large-fr-en")
    opening = Opening()
    InstalledEngines(settings, opening).engine(FR_EN)
    assert opening.opened == ["large-fr-en"]


def test_a_pair_without_a_model_is_refused(settings):
    with pytest.raises(UnsupportedPair, match="de-en; the pairs there are: fr-en"):
        InstalledEngines(settings, Opening()).engine(DE_EN)


@pytest.mark.parametrize(
    ("failure", "message"),
    [
        (RuntimeError("bad header\nstack"), "small-fr-en cannot be loaded: bad header"),
        (KeyError(), "small-fr-en cannot be loaded: KeyError"),
        (ModelDamaged("small-fr-en has no head 9"), "small-fr-en has no head 9"),
    ],
)
def test_a_model_that_cannot_be_loaded_says_why(settings, failure, message):
    with pytest.raises(ModelDamaged) as caught:
        InstalledEngines(settings, Opening(failure)).engine(FR_EN)
    assert str(caught.value) == message


def test_a_failed_loading_is_tried_again_by_the_next_request(settings):
    engines = InstalledEngines(settings, Opening(RuntimeError("no memory map")))
    with pytest.raises(ModelDamaged):
        engines.engine(FR_EN)
    assert not engines.ready()
    assert isinstance(engines.engine(FR_EN), WordByWord)
    assert engines.ready()


def test_a_model_that_appears_is_found_without_a_new_start(tmp_path):
    settings = Settings(models=tmp_path)
    engines = InstalledEngines(settings, Opening())
    assert (engines.pairs(), engines.ready()) == ((), False)
    pull(settings, "large-fr-en")
    assert engines.pairs() == (FR_EN,)
    assert isinstance(engines.engine(FR_EN), WordByWord)


def test_a_pair_keeps_the_model_that_it_was_loaded_with(settings):
    opening = Opening()
    engines = InstalledEngines(settings, opening)
    engines.engine(FR_EN)
    pull(settings, "large-fr-en")
    engines.engine(FR_EN)
    assert opening.opened == ["small-fr-en"]
    assert engines.model_for(FR_EN).name == "small-fr-en"
    assert [model.name for model in engines.models()] == ["large-fr-en", "small-fr-en"]


def test_a_pair_that_is_not_loaded_has_its_default_model(settings):
    engines = InstalledEngines(settings, Opening())
    assert engines.model_for(FR_EN).name == "small-fr-en"
    pull(settings, "large-fr-en")
    assert engines.model_for(FR_EN).name == "large-fr-en"


def test_readiness_is_that_of_french_to_english(settings):
    pull(settings, "opus-mt-de-en", **{"tokenizer_config.json": b"{}"})
    engines = InstalledEngines(settings, Opening())
    engines.engine(DE_EN)
    assert not engines.ready()
    engines.engine(FR_EN)
    assert engines.ready()


def test_without_french_to_english_the_first_pair_counts(tmp_path):
    settings = Settings(models=tmp_path)
    pull(settings, "opus-mt-de-en", **{"tokenizer_config.json": b"{}"})
    engines = InstalledEngines(settings, Opening())
    engines.engine(DE_EN)
    assert engines.ready()
    pull(settings, "opus-mt-fr-en")
    assert engines.ready()
