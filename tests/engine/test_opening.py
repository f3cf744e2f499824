import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from service.config import Settings
from service.engine import ctranslate, marian, opening
from service.engine.ctranslate import slow_setting
from service.engine.opening import open_engine
from service.errors import ModelDamaged
from tests.checkpoints import build_checkpoint

ROOT = Path(__file__).parents[2]
AMD = "vendor_id\t: AuthenticAMD\nmodel name\t: AMD EPYC\n"
INTEL = "vendor_id\t: GenuineIntel\n"


@pytest.mark.parametrize("value", ["1", "true", "ON"])
def test_mkl_on_an_amd_is_told_with_its_reason(value):
    reason = slow_setting({"CT2_USE_MKL": value}, AMD)
    assert reason is not None
    assert "CT2_USE_MKL" in reason
    assert "slower" in reason


@pytest.mark.parametrize(
    ("environ", "cpuinfo"),
    [
        ({}, AMD),
        ({"CT2_USE_MKL": "0"}, AMD),
        ({"CT2_USE_MKL": ""}, AMD),
        ({"CT2_USE_MKL": "1"}, INTEL),
    ],
)
def test_other_settings_are_not_worth_a_word(environ, cpuinfo):
    assert slow_setting(environ, cpuinfo) is None


def test_a_slow_setting_is_logged_when_an_engine_opens(tiny, folder, monkeypatch, caplog):
    monkeypatch.setenv("CT2_USE_MKL", "1")
    monkeypatch.setattr(opening, "_cpuinfo", lambda: AMD)
    # CTranslate2 itself read the variable when it was first used, and stays as it was.
    open_engine(tiny, Settings(models=folder, engine="ctranslate2"))
    assert "CT2_USE_MKL" in caplog.text


@pytest.mark.parametrize(("gpu", "library"), [(False, "ctranslate2"), (True, "torch")])
def test_auto_is_torch_where_there_is_a_gpu(tiny, folder, monkeypatch, gpu, library):
    load = marian.load
    monkeypatch.setattr(opening, "_has_gpu", lambda: gpu)
    monkeypatch.setattr(
        marian, "load", lambda model, tokenizer, device: load(model, tokenizer, "cpu")
    )
    engine = open_engine(tiny, Settings(models=folder, engine="auto"))
    assert engine.signature("best").engine == library


def test_a_checkpoint_with_pickled_weights_opens(tmp_path, tiny, tiny_tokenizer):
    path = build_checkpoint(tmp_path / "old-fr-en", safetensors=False)
    model = replace(tiny, path=path, sha256="0" * 64)
    (translation,) = open_engine(model, Settings(models=tmp_path, engine="torch")).translate(
        ["Il pleut."]
    )
    assert translation.text


@pytest.mark.parametrize("library", ["torch", "ctranslate2"])
@pytest.mark.parametrize(
    "weights",
    [b"garbage", b"\x08\x00\x00\x00\x00\x00\x00\x00{}      "],
    ids=["cannot be read", "without a tensor"],
)
def test_damaged_weights_are_refused(tmp_path, tiny, library, weights):
    path = build_checkpoint(tmp_path / "bad-fr-en")
    (path / "model.safetensors").write_bytes(weights)
    model = replace(tiny, path=path, sha256="1" * 64)
    with pytest.raises(ModelDamaged):
        open_engine(model, Settings(models=tmp_path, engine=library))


def test_a_head_that_the_model_does_not_have_is_refused(tiny, tiny_tokenizer):
    with pytest.raises(ModelDamaged, match="has no head 5"):
        marian.load(replace(tiny, alignment_head=5), tiny_tokenizer, "cpu")


def test_ctranslate2_opens_a_converted_model_without_torch(tiny, tiny_tokenizer, folder):
    ctranslate.load(tiny, tiny_tokenizer, folder, 1)
    script = """
import sys
from pathlib import Path
from service.config import Settings
from service.engine.models import installed
from service.engine.opening import open_engine

folder = Path(sys.argv[1])
open_engine(installed(folder)[0], Settings(models=folder, engine="auto")).translate(["Oui."])
print(sorted({"torch", "transformers"} & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.stdout, done.returncode) == ("[]\n", 0), done.stderr
