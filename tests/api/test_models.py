from dataclasses import replace

from alignment.document import Languages
from service.api import models as api_models
from service.engine.models import Model


def model(path, name, weights_size):
    return Model(
        name=name,
        path=path / name,
        languages=Languages("fr", "en"),
        revision="r1",
        licence="Apache-2.0",
        sha256="0" * 64,
        size=10,
        weights_size=weights_size,
    )


def test_each_model_says_whether_its_pair_uses_it_and_why(monkeypatch, tmp_path):
    small = model(tmp_path, "a-small", 1)
    large = model(tmp_path, "b-large", 2)
    back = replace(model(tmp_path, "c-back", 1), languages=Languages("en", "fr"))
    monkeypatch.setattr(api_models, "installed", lambda folder: (small, large, back))
    listed = api_models.list_models(tmp_path)["models"]
    assert [(each["name"], each["default"], each["reason"]) for each in listed] == [
        ("b-large", True, "the largest of 2 models for fr-en"),
        ("a-small", False, "b-large is the largest of 2 models for fr-en"),
        ("c-back", True, "the only model for en-fr"),
    ]
    assert listed[1] == {
        "name": "a-small",
        "source_language": "fr",
        "target_language": "en",
        "size": 10,
        "licence": "Apache-2.0",
        "revision": "r1",
        "sha256": "0" * 64,
        "default": False,
        "reason": "b-large is the largest of 2 models for fr-en",
    }


def test_a_service_without_models_lists_none(client):
    assert client.get("/v1/models").json == {"models": []}
