"""The engines of the models in models_cache, each loaded when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from alignment.document import Languages
from service.config import Settings
from service.engine import Engine
from service.engine.models import Model, default_model, installed, pairs
from service.errors import ModelDamaged, ServiceError

Opening = Callable[[Model, Settings], Engine]


def _open_engine(model: Model, settings: Settings) -> Engine:
    # torch and CTranslate2 take seconds to import, and most commands need neither.
    from service.engine.opening import open_engine

    return open_engine(model, settings)


class InstalledEngines:
    """One engine for each pair that a model in `settings.models` translates.

    The folder is looked at anew for every question, so that a model that was
    repaired or downloaded is found; a pair keeps the model that it was loaded
    with until the service is started again. Safe to call from several threads.
    """

    def __init__(self, settings: Settings, opening: Opening = _open_engine) -> None:
        self._settings = settings
        self._opening = opening
        self._loaded: dict[Languages, tuple[Model, Engine]] = {}
        self._locks: dict[Languages, Lock] = {}
        self._locks_lock = Lock()
        self._ready = False

    def models(self) -> tuple[Model, ...]:
        """The models there are, by name."""
        return installed(self._settings.models)

    def pairs(self) -> tuple[Languages, ...]:
        """The pairs there are, the default one first."""
        return pairs(self.models())

    def model_for(self, languages: Languages) -> Model:
        """The model that a pair uses, loaded or not. Raises UnsupportedPair."""
        loaded = self._loaded.get(languages)
        return loaded[0] if loaded else default_model(self.models(), languages)[0]

    def engine(self, languages: Languages) -> Engine:
        """The engine of a pair, loaded now if it was not.

        Raises UnsupportedPair, and ModelDamaged where it can't be loaded; the
        next call tries again.
        """
        loaded = self._loaded.get(languages)
        if loaded:
            return loaded[1]
        # Outside the lock: pairs that no model translates must not each leave one behind.
        self.model_for(languages)
        with self._lock(languages):
            if languages not in self._loaded:
                model = self.model_for(languages)
                self._loaded[languages] = model, self._open(model)
            return self._loaded[languages][1]

    def ready(self) -> bool:
        """Whether the default pair's model is loaded."""
        # Once so, always so: a model downloaded for another pair must not stop the service.
        self._ready = self._ready or any(pair in self._loaded for pair in self.pairs()[:1])
        return self._ready

    def _lock(self, languages: Languages) -> Lock:
        with self._locks_lock:
            return self._locks.setdefault(languages, Lock())

    def _open(self, model: Model) -> Engine:
        try:
            return self._opening(model, self._settings)
        except (ServiceError, MemoryError):
            raise
        # What torch, CTranslate2, sentencepiece and safetensors raise on a bad file has no
        # common base but this; whatever it is, the service goes on without this model.
        except Exception as error:
            reason = str(error).partition("\n")[0] or type(error).__name__
            raise ModelDamaged(f"{model.name} cannot be loaded: {reason}") from error
