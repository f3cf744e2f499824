"""`visavis models` as a user types it, on a folder of its own."""

import json

import pytest
from click.testing import CliRunner
from huggingface_hub import close_session, constants

from service.cli import visavis
from service.engine.models import installed
from tests.checkpoints import build_checkpoint
from tests.hub import COMMIT, REPOSITORY, Hub, model_files, place, running, sha256, tensors

HASHES = {name: sha256(content) for name, content in model_files().items()}


def rows(result):
    return [" ".join(line.split()) for line in result.stdout.splitlines()]


def described(**metadata):
    return {"visavis.json": json.dumps(metadata).encode()}


@pytest.fixture
def run(tmp_path):
    def run(*arguments, **environ):
        environ = {"VISAVIS_MODELS": str(tmp_path), "COLUMNS": "120"} | environ
        return CliRunner().invoke(visavis, ["models", *arguments], env=environ)

    return run


@pytest.fixture
def two_models(tmp_path):
    place(tmp_path, "small-fr-en", model_files(10) | described(revision="built-in"))
    place(tmp_path, "large-fr-en", model_files(100) | described(sha256=HASHES))


@pytest.fixture
def hub(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    close_session()
    with running(Hub()) as hub:
        yield hub
    close_session()


@pytest.mark.usefixtures("two_models")
def test_the_list_says_which_model_a_pair_uses_and_why(run):
    result = run("list")
    assert result.exit_code == 0
    assert rows(result) == [
        "model pair size licence default",
        "large-fr-en fr-en 1.3 kB apache-2.0 yes, the largest of 2 models for fr-en",
        "small-fr-en fr-en 338 bytes apache-2.0 no",
    ]


@pytest.mark.usefixtures("two_models")
def test_the_list_says_what_is_wrong_with_a_model_that_cannot_be_used(run, tmp_path):
    (tmp_path / "large-fr-en" / "vocab.json").unlink()
    result = run("list")
    assert result.exit_code == 0
    assert rows(result)[1:] == [
        "large-fr-en can't be used: there is no vocab.json",
        "small-fr-en fr-en 338 bytes apache-2.0 yes, the only model for fr-en",
    ]


@pytest.mark.usefixtures("two_models")
def test_the_list_is_json_for_programs(run, tmp_path):
    place(tmp_path, "an-empty-one", {})
    listed = json.loads(run("list", "--format", "json").stdout)
    assert listed == [
        {"name": "an-empty-one", "broken": "there is no config.json"},
        {
            "name": "large-fr-en",
            "source_language": "fr",
            "target_language": "en",
            "size": sum(file.stat().st_size for file in (tmp_path / "large-fr-en").iterdir()),
            "licence": "apache-2.0",
            "revision": "unknown",
            "default": "the largest of 2 models for fr-en",
        },
        {
            "name": "small-fr-en",
            "source_language": "fr",
            "target_language": "en",
            "size": sum(file.stat().st_size for file in (tmp_path / "small-fr-en").iterdir()),
            "licence": "apache-2.0",
            "revision": "built-in",
            "default": None,
        },
    ]


@pytest.mark.parametrize("command", ["list", "verify"])
def test_an_empty_folder_says_how_to_fill_it(run, tmp_path, command):
    result = run(command)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"no models in {tmp_path}; visavis models pull downloads one\n"


@pytest.mark.usefixtures("two_models")
def test_info_names_every_file_with_its_hash(run):
    facts = json.loads(run("info", "large-fr-en", "--format", "json").stdout)
    described_by = facts["files"].pop("visavis.json")
    assert len(described_by) == 64
    assert facts["files"] == HASHES
    assert (facts["max_pieces"], facts["alignment_layer"], facts["alignment_head"]) == (511, -1, 0)


@pytest.mark.usefixtures("two_models")
def test_info_can_be_read(run):
    lines = run("info", "large-fr-en").stdout.splitlines()
    assert "default          the largest of 2 models for fr-en" in lines
    assert f"sha256           {sha256(tensors(100))}" in lines
    assert f"  {HASHES['vocab.json']}  vocab.json" in lines


@pytest.mark.usefixtures("two_models")
@pytest.mark.parametrize("command", ["info", "verify"])
def test_an_unknown_name_is_one_line_on_standard_error(run, command):
    result = run(command, "opus")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "Error: no model is called 'opus'; there are: large-fr-en, small-fr-en\n"
    )


def test_info_of_a_model_that_cannot_be_used_says_why(run, tmp_path):
    place(tmp_path, "one", {})
    result = run("info", "one")
    assert (result.exit_code, result.stderr) == (1, "Error: one: there is no config.json\n")


@pytest.mark.usefixtures("two_models")
def test_whole_models_are_verified(run):
    result = run("verify")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        f"large-fr-en: {len(HASHES)} files are as visavis.json names them",
        "small-fr-en: it has no hashes to verify: no visavis.json names any",
    ]


@pytest.mark.usefixtures("two_models")
@pytest.mark.parametrize("name", ["vocab.json", "model.safetensors"])
def test_a_file_that_was_changed_fails_the_verification(run, tmp_path, name):
    with (tmp_path / "large-fr-en" / name).open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"!")
    result = run("verify", "large-fr-en")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"large-fr-en: {name} has sha256 ")


@pytest.mark.usefixtures("two_models")
def test_only_the_models_named_are_verified(run, tmp_path):
    (tmp_path / "large-fr-en" / "vocab.json").unlink()
    assert run("verify", "small-fr-en").exit_code == 0
    result = run("verify")
    assert result.exit_code == 1
    assert "large-fr-en: vocab.json cannot be read: No such file or directory" in result.stderr


def test_a_model_without_hashes_that_cannot_be_used_fails_the_verification(run, tmp_path):
    place(tmp_path, "one", {})
    result = run("verify")
    assert (result.exit_code, result.stderr) == (1, "one: there is no config.json\n")


def test_metadata_that_cannot_be_read_fails_the_verification(run, tmp_path):
    place(tmp_path, "one", model_files() | {"visavis.json": b"["})
    result = run("verify")
    assert result.exit_code == 1
    assert result.stderr.startswith("one: visavis.json is not JSON: ")


def test_a_model_is_pulled_listed_and_verified(run, hub, tmp_path):
    result = run("pull", REPOSITORY, "--revision", COMMIT, "--endpoint", hub.endpoint)
    assert (result.exit_code, result.stderr) == (0, "")
    (model,) = installed(tmp_path)
    assert result.stdout.startswith(f"{model.name} is in place: fr-en, 1.")
    assert run("verify", model.name).exit_code == 0


def test_a_known_model_is_pulled_at_its_pinned_revision(run, hub):
    run("pull", REPOSITORY, "--endpoint", hub.endpoint)
    assert hub.asked == [
        f"/api/models/{REPOSITORY}/revision/b4a9a384c2ec68a224bbd2ee3fd5df0c71ca5b1b"
    ]


def test_a_failed_pull_is_one_line_on_standard_error(run, hub, tmp_path):
    result = run("pull", "Helsinki-NLP/opus-mt-x", "--revision", COMMIT, "--endpoint", hub.endpoint)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"Error: {hub.endpoint} has no model Helsinki-NLP/opus-mt-x, or hides it\n"
    )
    assert installed(tmp_path) == ()


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["Helsinki-NLP/opus-mt-x"], "name the full commit with --revision"),
        (["Helsinki-NLP/opus-mt-x", "--revision", "main"], "'main' is not a full commit"),
        ([REPOSITORY, "--to", "../elsewhere"], "'../elsewhere' is not a name for a model"),
        (["opus-mt-fr-en", "--revision", COMMIT], "'opus-mt-fr-en' is not a repository"),
    ],
)
def test_a_pull_that_makes_no_sense_is_a_usage_error(run, arguments, fault):
    result = run("pull", *arguments)
    assert result.exit_code == 2
    assert fault in result.stderr


@pytest.mark.parametrize("command", ["list", "info", "pull", "verify"])
def test_every_command_explains_itself(run, command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Usage: visavis models" in result.stdout


def test_a_wrong_setting_is_one_line_on_standard_error(run):
    result = run("list", VISAVIS_THREADS="many")
    assert result.exit_code != 0
    assert result.stderr == "Error: VISAVIS_THREADS='many' is not a valid int\n"


GOLD = '{"fr": ["il", "pleut"], "en": ["it", "rains"], "sure": [[0, 0], [1, 1]]}'


def test_the_head_that_aligns_best_is_written_into_the_metadata(run, tmp_path):
    folder = build_checkpoint(tmp_path / "tiny-fr-en")
    gold = tmp_path / "gold.jsonl"
    gold.write_text(GOLD, encoding="utf-8")
    shown = run("calibrate", "tiny-fr-en", str(gold), "--dry-run")
    assert (shown.exit_code, (folder / "visavis.json").exists()) == (0, False)
    layer, head, lag, *_ = rows(shown)[1].split()
    written = run("calibrate", "tiny-fr-en", str(gold))
    assert rows(written)[-1] == f"tiny-fr-en aligns by layer {layer}, head {head}, lag {lag}"
    alignment = json.loads((folder / "visavis.json").read_text(encoding="utf-8"))["alignment"]
    assert alignment == {"layer": int(layer), "head": int(head), "lag": int(lag)}


def test_a_gold_file_that_is_wrong_names_its_line(run, tmp_path):
    build_checkpoint(tmp_path / "tiny-fr-en")
    gold = tmp_path / "gold.jsonl"
    gold.write_text(GOLD + "\n{}", encoding="utf-8")
    result = run("calibrate", "tiny-fr-en", str(gold))
    assert (result.exit_code, "line 2: fr" in result.stderr) == (1, True)
