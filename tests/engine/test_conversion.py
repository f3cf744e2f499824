import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from service.engine import conversion, ctranslate
from service.engine.conversion import converted
from service.engine.decoding import Decoding
from service.errors import ModelDamaged

ROOT = Path(__file__).parents[2]
# Importing torch takes long where a machine is busy.
TIMEOUT_S = 400

CONVERT = """
import sys
from dataclasses import replace
from pathlib import Path
from service.engine.conversion import converted
from service.engine.models import installed
from service.engine.pieces import load_tokenizer

model = installed(Path(sys.argv[1]))[0]
print(converted(model, load_tokenizer(model.path), "int8", Path(sys.argv[2])))
"""
# Dies when the network is written and not yet in its place.
DIE = """
import os, signal
from service.engine import conversion
conversion._flush = lambda file: os.kill(os.getpid(), signal.SIGKILL)
"""


def converting(folder, place, before=""):
    return subprocess.Popen(
        [sys.executable, "-c", before + CONVERT, str(folder), str(place)],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def visible(place):
    return sorted(path.name for path in (place / ".converted").iterdir() if path.name[0] != ".")


def test_a_conversion_is_named_for_the_model_its_weights_and_its_numbers(
    tiny, tiny_tokenizer, tmp_path
):
    place = converted(tiny, tiny_tokenizer, "int8", tmp_path)
    assert place == tmp_path / ".converted" / f"tiny-fr-en-{tiny.sha256[:12]}-int8-v1"
    assert visible(tmp_path) == [place.name]
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_another_head_is_another_conversion(tiny, tiny_tokenizer, tmp_path):
    other = replace(tiny, alignment_layer=0, alignment_head=1)
    place = converted(other, tiny_tokenizer, "float32", tmp_path)
    assert place.name == f"tiny-fr-en-{tiny.sha256[:12]}-float32-layer0-head1-v1"


def test_a_model_is_converted_once(tiny, tiny_tokenizer, tmp_path, monkeypatch):
    place = converted(tiny, tiny_tokenizer, "int8", tmp_path)
    monkeypatch.delattr(conversion, "_convert")
    assert converted(tiny, tiny_tokenizer, "int8", tmp_path) == place


def test_two_processes_at_once_do_no_harm(tiny, tiny_tokenizer, tmp_path):
    both = [converting(tiny.path.parent, tmp_path) for _ in range(2)]
    answers = [process.communicate(timeout=TIMEOUT_S) for process in both]
    assert [process.returncode for process in both] == [0, 0], answers
    assert answers[0][0] == answers[1][0]
    assert [path.name for path in (tmp_path / ".converted").iterdir()] == visible(tmp_path)
    assert_it_translates(tiny, tiny_tokenizer, tmp_path)


def test_the_slower_of_two_takes_what_the_faster_made(tiny, tiny_tokenizer, tmp_path, monkeypatch):
    convert = conversion._convert

    def overtaken(*arguments):
        convert(*arguments)
        monkeypatch.setattr(conversion, "_convert", convert)
        converted(tiny, tiny_tokenizer, "int8", tmp_path)

    monkeypatch.setattr(conversion, "_convert", overtaken)
    place = converted(tiny, tiny_tokenizer, "int8", tmp_path)
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_a_conversion_that_was_killed_is_made_anew(tiny, tiny_tokenizer, tmp_path):
    process = converting(tiny.path.parent, tmp_path, before=DIE)
    process.communicate(timeout=TIMEOUT_S)
    assert process.returncode == -signal.SIGKILL
    (left,) = (tmp_path / ".converted").iterdir()
    assert (left / "model.bin").exists()
    assert visible(tmp_path) == []
    assert_it_translates(tiny, tiny_tokenizer, tmp_path)


def test_a_conversion_that_fails_leaves_nothing(tiny, tiny_tokenizer, tmp_path, monkeypatch):
    def fail(model, tokenizer, compute_type, folder):
        (folder / "model.bin").write_bytes(b"half")
        raise ModelDamaged("no")

    monkeypatch.setattr(conversion, "_convert", fail)
    with pytest.raises(ModelDamaged):
        converted(tiny, tiny_tokenizer, "int8", tmp_path)
    assert list((tmp_path / ".converted").iterdir()) == []


def test_where_the_models_cannot_be_written_the_cache_of_the_user_is_taken(
    tiny, tiny_tokenizer, tmp_path, monkeypatch
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    closed = tmp_path / "models"
    closed.write_text("a file, in which no folder can be made")
    place = converted(tiny, tiny_tokenizer, "int8", closed)
    assert place.parent == tmp_path / "cache" / "vis-a-vis" / "converted"
    assert converted(tiny, tiny_tokenizer, "int8", closed) == place


def test_where_nothing_can_be_written_the_system_says_why(
    tiny, tiny_tokenizer, tmp_path, monkeypatch
):
    closed = tmp_path / "models"
    closed.write_text("a file, in which no folder can be made")
    monkeypatch.setenv("XDG_CACHE_HOME", str(closed))
    with pytest.raises(OSError, match="models"):
        converted(tiny, tiny_tokenizer, "int8", closed)


@pytest.mark.parametrize(("layer", "head"), [(2, 0), (-3, 0), (0, 2)])
def test_a_head_that_the_model_does_not_have_is_refused(
    tiny, tiny_tokenizer, tmp_path, layer, head
):
    other = replace(tiny, alignment_layer=layer, alignment_head=head)
    with pytest.raises(ModelDamaged, match="tiny-fr-en has no"):
        converted(other, tiny_tokenizer, "int8", tmp_path)


def assert_it_translates(model, tokenizer, place):
    network = ctranslate.load(model, tokenizer, place, 1)
    assert len(network.decode([["▁Il", "▁", "."]], Decoding(1))) == 1
