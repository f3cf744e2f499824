"""GET /v1/models: what is installed, which model each pair uses, and why."""

from __future__ import annotations

from pathlib import Path

from alignment.formats.native import Json
from service.engine.models import default_model, installed, pairs


def list_models(folder: Path) -> Json:
    """The models in `folder`: pair by pair, each pair's default first."""
    found = installed(folder)
    listed = []
    for pair in pairs(found):
        default, reason = default_model(found, pair)
        others = [model for model in found if model.languages == pair and model != default]
        for model in (default, *others):
            listed.append(
                {
                    "name": model.name,
                    "source_language": pair.source,
                    "target_language": pair.target,
                    "size": model.size,
                    "licence": model.licence,
                    "revision": model.revision,
                    "sha256": model.sha256,
                    "default": model == default,
                    "reason": reason if model == default else f"{default.name} is {reason}",
                }
            )
    return {"models": listed}
