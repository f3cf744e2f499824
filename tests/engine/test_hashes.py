import hashlib
import json
import os

import pytest

from service.engine.hashes import CACHE, cached_sha256, git_blob

FOX = b"Le renard brun."


@pytest.fixture
def weights(tmp_path):
    path = tmp_path / "model" / "weights"
    path.parent.mkdir()
    path.write_bytes(FOX)
    return path


def digest(content):
    return hashlib.sha256(content).hexdigest()


def test_a_hash_is_kept_beside_the_models(weights, tmp_path):
    assert cached_sha256(weights, tmp_path) == digest(FOX)
    state = weights.stat()
    assert json.loads((tmp_path / CACHE).read_text()) == {
        "model/weights": [state.st_size, state.st_mtime_ns, digest(FOX)]
    }


def test_a_kept_hash_is_used_while_the_file_is_unchanged(weights, tmp_path):
    state = weights.stat()
    kept = {"model/weights": [state.st_size, state.st_mtime_ns, "0" * 64]}
    (tmp_path / CACHE).write_text(json.dumps(kept))
    assert cached_sha256(weights, tmp_path) == "0" * 64


@pytest.mark.parametrize(
    ("content", "seconds"), [(FOX, 5), (b"Le renard roux.", 5), (b"Le renard.", 0)]
)
def test_a_changed_file_is_hashed_anew(weights, tmp_path, content, seconds):
    state = weights.stat()
    kept = {"model/weights": [state.st_size, state.st_mtime_ns, "0" * 64]}
    (tmp_path / CACHE).write_text(json.dumps(kept))
    weights.write_bytes(content)
    os.utime(weights, ns=(state.st_atime_ns, state.st_mtime_ns + seconds * 10**9))
    assert cached_sha256(weights, tmp_path) == digest(content)


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"model/weights": 3}', "\x00"])
def test_a_damaged_cache_is_made_anew(weights, tmp_path, damage):
    (tmp_path / CACHE).write_text(damage)
    assert cached_sha256(weights, tmp_path) == digest(FOX)
    assert json.loads((tmp_path / CACHE).read_text())["model/weights"][2] == digest(FOX)


def test_a_cache_that_cannot_be_written_is_done_without(weights, tmp_path):
    (tmp_path / CACHE).mkdir()
    assert cached_sha256(weights, tmp_path) == digest(FOX)
    assert sorted(path.name for path in tmp_path.iterdir()) == [CACHE, "model"]


def test_a_git_blob_has_the_id_that_git_gives_it(tmp_path):
    path = tmp_path / "hello"
    path.write_bytes(b"hello\n")
    # echo hello | git hash-object --stdin
    assert git_blob(path) == "ce013625030ba8dba906f756967f9e9ca394464a"
