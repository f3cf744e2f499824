import json
from dataclasses import replace
from pathlib import Path

import pytest

from alignment.document import Languages
from service.config import CHECKOUT
from service.engine.models import (
    Broken,
    Model,
    default_model,
    differences,
    installed,
    named,
    pairs,
    survey,
)
from service.errors import UnknownModel, UnsupportedPair
from tests.hub import model_files, place, sha256, tensors

FR_EN = Languages("fr", "en")
EN_FR = Languages("en", "fr")
DE_EN = Languages("de", "en")


@pytest.fixture
def files():
    return model_files()


def described(**metadata):
    return {"visavis.json": json.dumps(metadata).encode()}


def model(name, languages=FR_EN, weights_size=1):
    return Model(name, Path(name), languages, "1", "mit", "0" * 64, 1, weights_size=weights_size)


def reason(folder):
    (broken,) = survey(folder)
    assert isinstance(broken, Broken)
    return broken.reason


def test_a_checkpoint_is_a_model_with_what_its_own_files_say(tmp_path, files):
    path = place(tmp_path, "opus-mt-fr-en", files)
    assert installed(tmp_path) == (
        Model(
            name="opus-mt-fr-en",
            path=path,
            languages=FR_EN,
            revision="unknown",
            licence="apache-2.0",
            sha256=sha256(tensors(100)),
            size=sum(map(len, files.values())),
            alignment_layer=-1,
            alignment_head=0,
            alignment_lag=0,
            max_pieces=511,
            weights_size=len(tensors(100)),
        ),
    )


def test_metadata_beside_the_weights_goes_first(tmp_path, files):
    metadata = described(
        revision="abc",
        licence="CC-BY-4.0",
        source_language="de",
        target_language="en",
        alignment={"layer": 1, "head": 3, "lag": 1},
        max_pieces=128,
        sha256={"model.safetensors": sha256(tensors(100))},
    )
    place(tmp_path, "one", files | metadata)
    (found,) = installed(tmp_path)
    assert (found.revision, found.licence, found.languages) == ("abc", "CC-BY-4.0", DE_EN)
    assert (found.alignment_layer, found.alignment_head) == (1, 3)
    assert (found.alignment_lag, found.max_pieces) == (1, 128)


def test_a_sentence_is_never_longer_than_the_models_positions(tmp_path, files):
    files["config.json"] = b'{"model_type": "marian", "max_position_embeddings": 64}'
    place(tmp_path, "one", files | described(max_pieces=128))
    assert installed(tmp_path)[0].max_pieces == 63


@pytest.mark.parametrize(
    "name", ["opus-mt-fr-en", "Helsinki-NLP--opus-mt-fr-en", "visavis-fr-en", "fr-en"]
)
def test_the_pair_is_read_from_the_name_where_the_files_do_not_say(tmp_path, files, name):
    del files["tokenizer_config.json"]
    place(tmp_path, name, files)
    assert installed(tmp_path)[0].languages == FR_EN


@pytest.mark.parametrize("name", ["my-big-dog", "opus-mt-ROMANCE-en", "marian"])
def test_a_model_of_unknown_languages_says_what_to_do(tmp_path, files, name):
    files["tokenizer_config.json"] = b'{"source_lang": "ROMANCE", "target_lang": "en"}'
    place(tmp_path, name, files)
    assert reason(tmp_path) == (
        "nothing says which languages it translates; put source_language and target_language"
        " into its visavis.json"
    )


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        ("---\nlicense: cc-by-4.0\n---\n", "cc-by-4.0"),
        ('---\r\nlanguage: fr\r\nlicense: "mit"\r\n---\r\n', "mit"),
        ("---\nlanguage: fr\n---\nlicense: mit\n", "unknown"),
        ("# license: mit\n", "unknown"),
        ("", "unknown"),
    ],
)
def test_the_licence_is_that_of_the_cards_front_matter(tmp_path, files, card, licence):
    place(tmp_path, "one-fr-en", files | {"README.md": card.encode()})
    assert installed(tmp_path)[0].licence == licence


def test_a_model_without_a_card_has_no_known_licence(tmp_path, files):
    del files["README.md"]
    place(tmp_path, "one-fr-en", files)
    assert installed(tmp_path)[0].licence == "unknown"


@pytest.mark.parametrize(
    "name", ["config.json", "source.spm", "target.spm", "vocab.json", "visavis.json"]
)
def test_an_empty_file_makes_a_model_unusable(tmp_path, files, name):
    place(tmp_path, "one", files | {name: b""})
    assert reason(tmp_path).startswith(f"{name} is ")


@pytest.mark.parametrize("name", ["config.json", "source.spm", "target.spm", "vocab.json"])
def test_a_missing_file_makes_a_model_unusable(tmp_path, files, name):
    del files[name]
    place(tmp_path, "one", files)
    assert reason(tmp_path) == f"there is no {name}"


def test_a_model_needs_weights(tmp_path, files):
    del files["model.safetensors"]
    place(tmp_path, "one", files)
    assert reason(tmp_path) == "there is neither model.safetensors nor pytorch_model.bin"


@pytest.mark.parametrize(
    ("weights", "fault"),
    [
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "is a Git LFS pointer"),
        (tensors(100)[:-10], "has 468 bytes, not 478"),
        (tensors(100) + b"\n", "has 479 bytes, not 478"),
        (b"<!DOCTYPE html>", "is no safetensors file"),
        (b"\x02\0\0\0\0\0\0\0[]", "is no safetensors file"),
    ],
)
def test_weights_that_are_not_whole_are_found_without_loading_them(tmp_path, files, weights, fault):
    place(tmp_path, "one", files | {"model.safetensors": weights})
    assert reason(tmp_path).startswith(f"model.safetensors {fault}")


def test_a_file_that_cannot_be_read_makes_a_model_unusable(tmp_path, files):
    del files["source.spm"]
    path = place(tmp_path, "one", files)
    (path / "source.spm").mkdir()
    assert reason(tmp_path) == f"{path / 'source.spm'} cannot be read: Is a directory"


@pytest.mark.parametrize(
    ("config", "fault"),
    [
        (b'{"model_type": "t5"}', "its config.json says model_type 't5', not 'marian'"),
        (b"{}", "its config.json says model_type None, not 'marian'"),
        (b"[]", "config.json holds no JSON object"),
    ],
)
def test_another_kind_of_model_is_none_of_ours(tmp_path, files, config, fault):
    place(tmp_path, "one", files | {"config.json": config})
    assert reason(tmp_path) == fault


@pytest.mark.parametrize(
    ("metadata", "fault"),
    [
        ({"max_pieces": "128"}, "max_pieces is '128', not of type int"),
        ({"max_pieces": True}, "max_pieces is True, not of type int"),
        ({"alignment": [1, 2]}, "alignment is [1, 2], not of type dict"),
        ({"alignment": {"head": 1.5}}, "head is 1.5, not of type int"),
        ({"sha256": {"vocab.json": None}}, "vocab.json is None, not of type str"),
        ({"max_pieces": 0}, "max_pieces is 0, not 1 or more"),
        ({"alignment": {"head": -1}}, "head is -1, not 0 or more"),
        ({"alignment": {"lag": 2}}, "lag is 2, not one of 0, 1"),
    ],
)
def test_metadata_of_the_wrong_kind_is_named(tmp_path, files, metadata, fault):
    place(tmp_path, "one", files | described(**metadata))
    assert reason(tmp_path) == fault


def test_weights_that_are_not_those_of_the_metadata_are_not_used(tmp_path, files):
    place(tmp_path, "one", files | described(sha256={"model.safetensors": "0" * 64}))
    assert reason(tmp_path) == "model.safetensors is not the file that visavis.json names"


def test_hidden_folders_and_files_beside_the_models_are_no_models(tmp_path, files):
    place(tmp_path, ".converted", files)
    (tmp_path / "README.md").write_text("# Models")
    assert survey(tmp_path) == ()


def test_a_broken_model_does_not_hide_the_others(tmp_path, files):
    place(tmp_path, "a-broken", {})
    place(tmp_path, "b-whole", files)
    assert [type(each) for each in survey(tmp_path)] == [Broken, Model]
    assert [each.name for each in installed(tmp_path)] == ["b-whole"]


def test_a_folder_that_is_not_there_has_no_models(tmp_path):
    assert installed(tmp_path / "nowhere") == ()


def test_hashing_leaves_nothing_inside_a_model(tmp_path, files):
    path = place(tmp_path, "one", files)
    survey(tmp_path)
    assert sorted(each.name for each in path.iterdir()) == sorted(files)


def test_pairs_begin_with_french_to_english():
    models = [model("a", DE_EN), model("b", EN_FR), model("c", FR_EN), model("d", FR_EN)]
    assert pairs(models) == (FR_EN, DE_EN, EN_FR)


def test_a_single_model_is_the_default_of_its_pair():
    small = model("small")
    assert default_model([small, model("other", DE_EN)], FR_EN) == (
        small,
        "the only model for fr-en",
    )


def test_a_larger_model_is_preferred_to_the_built_in_one():
    small, large = model("visavis-fr-en", weights_size=18), model("opus-mt-fr-en", weights_size=300)
    assert default_model([small, large], FR_EN) == (large, "the largest of 2 models for fr-en")


def test_the_size_of_the_weights_decides_not_that_of_the_folder():
    small, large = model("small", weights_size=1), model("large", weights_size=2)
    assert default_model([replace(small, size=10**9), large], FR_EN)[0] == large


def test_of_equal_models_the_first_by_name_is_used():
    assert default_model([model("b"), model("a")], FR_EN) == (
        model("a"),
        "the first by name of the 2 largest of 2 models for fr-en",
    )


def test_a_pair_without_a_model_is_refused_with_the_pairs_there_are():
    with pytest.raises(UnsupportedPair, match="fr-de; the pairs there are: fr-en"):
        default_model([model("small")], Languages("fr", "de"))


def test_a_model_is_found_by_its_name():
    assert named([model("a"), model("b")], "b") == model("b")


def test_an_unknown_name_is_refused_with_the_names_there_are():
    with pytest.raises(UnknownModel, match="'c'; there are: a, b"):
        named([model("a"), model("b")], "c")


def test_files_that_differ_from_the_metadata_are_named(tmp_path, files):
    hashes = {name: sha256(content) for name, content in files.items()} | {"lost.spm": "0" * 64}
    path = place(tmp_path, "one", files | described(sha256=hashes))
    (path / "vocab.json").write_bytes(b"{}")
    assert differences(path) == (
        f"vocab.json has sha256 {sha256(b'{}')}, not {sha256(files['vocab.json'])}",
        "lost.spm cannot be read: No such file or directory",
    )


def test_the_built_in_model_is_what_its_card_says():
    folder = CHECKOUT / "models_cache"
    built_in = named(survey(folder), "visavis-fr-en")
    assert isinstance(built_in, Model)
    assert (built_in.languages, built_in.revision, built_in.licence) == (
        FR_EN,
        "built-in",
        "apache-2.0",
    )
    assert differences(built_in.path) == ()
