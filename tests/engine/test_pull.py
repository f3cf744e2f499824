import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from huggingface_hub import close_session, constants

from alignment.document import Languages
from service.engine.models import installed, survey
from service.engine.pull import PINNED, STAGING, pull
from service.errors import DownloadFailed
from tests.hub import COMMIT, REPOSITORY, Hub, model_files, running, sha256, tensors

OTHER = "f" * 40


@pytest.fixture(autouse=True, scope="module")
def session():
    """One session of the library for all tests: making one takes a while."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        close_session()
        yield
        close_session()


@pytest.fixture
def hub(monkeypatch):
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    # The library writes a file down in pieces of 10 MB, and only whole pieces are kept.
    monkeypatch.setattr(constants, "DOWNLOAD_CHUNK_SIZE", 100)
    with running(Hub()) as hub:
        yield hub


@pytest.fixture
def fetch(hub, tmp_path):
    def fetch(repository=REPOSITORY, revision=COMMIT, name=None):
        return pull(repository, revision, tmp_path, name, hub.endpoint)

    return fetch


def resolved(*names):
    return [f"/{REPOSITORY}/resolve/{COMMIT}/{name}" for name in names]


def visible(folder):
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_a_pulled_model_is_installed_with_its_origin(fetch, tmp_path):
    model = fetch()
    assert installed(tmp_path) == (model,)
    assert (model.name, model.languages, model.licence, model.revision) == (
        "opus-mt-fr-en",
        Languages("fr", "en"),
        "apache-2.0",
        COMMIT,
    )
    assert model.sha256 == sha256(tensors(100))


def test_the_metadata_names_the_hash_of_every_file_but_the_card(fetch):
    metadata = json.loads((fetch().path / "visavis.json").read_text())
    assert metadata == {
        "repository": REPOSITORY,
        "revision": COMMIT,
        "licence": "apache-2.0",
        "source_language": "fr",
        "target_language": "en",
        "sha256": {
            name: sha256(content) for name, content in model_files().items() if name != "README.md"
        },
    }


def test_only_the_files_that_an_engine_needs_are_downloaded(hub, fetch):
    hub.files |= {"tf_model.h5": b"other weights", "pytorch_model.bin": b"the same weights"}
    assert sorted(path.name for path in fetch().path.iterdir()) == sorted(
        [*model_files(), "visavis.json"]
    )


def test_nothing_else_is_asked_of_the_hub(hub, fetch):
    fetch()
    assert hub.asked == [
        f"/api/models/{REPOSITORY}/revision/{COMMIT}",
        *resolved("config.json", "source.spm", "target.spm", "vocab.json"),
        *resolved("tokenizer_config.json", "README.md", "model.safetensors"),
    ]


def test_weights_may_be_an_older_pytorch_file(hub, fetch):
    hub.files["pytorch_model.bin"] = hub.files.pop("model.safetensors")
    assert fetch().sha256 == sha256(tensors(100))


def test_a_model_keeps_its_pair_under_another_name(hub, fetch):
    del hub.files["tokenizer_config.json"]
    model = fetch(name="the-big-one")
    assert (model.name, model.languages) == ("the-big-one", Languages("fr", "en"))


def test_a_connection_that_breaks_is_taken_up_where_it_broke(hub, fetch):
    hub.cuts["model.safetensors"] = [200]
    assert fetch().sha256 == sha256(tensors(100))
    assert hub.asked[-2:] == [
        *resolved("model.safetensors"),
        *resolved("model.safetensors bytes=200-"),
    ]


def test_the_next_pull_carries_on_after_one_that_failed(hub, fetch, tmp_path):
    hub.cuts["model.safetensors"] = [200]
    hub.down_after = "model.safetensors"
    with pytest.raises(DownloadFailed, match="answered 503"):
        fetch()
    assert (visible(tmp_path), installed(tmp_path)) == ([], ())
    hub.down, hub.down_after, hub.asked = False, None, []
    assert fetch().sha256 == sha256(tensors(100))
    assert hub.asked == [
        f"/api/models/{REPOSITORY}/revision/{COMMIT}",
        *resolved("model.safetensors bytes=200-"),
    ]


def test_a_hub_that_only_sends_whole_files_does_no_harm(hub, fetch):
    hub.cuts["model.safetensors"] = [200]
    hub.ranges = False
    assert fetch().sha256 == sha256(tensors(100))


@pytest.mark.parametrize("name", ["model.safetensors", "vocab.json"])
def test_a_file_with_other_content_is_refused_and_thrown_away(hub, fetch, tmp_path, name):
    hub.served[name] = hub.files[name][:-1] + b"?"
    with pytest.raises(DownloadFailed, match=f"{name} is not the file of this revision"):
        fetch()
    assert visible(tmp_path) == []
    hub.served.clear()
    assert fetch().sha256 == sha256(tensors(100))


@pytest.mark.parametrize("status", [401, 404])
def test_a_model_that_the_hub_has_not_is_named(hub, fetch, tmp_path, status):
    hub.error_status = status
    with pytest.raises(DownloadFailed, match="has no model Helsinki-NLP/opus-mt-en-tlh"):
        fetch("Helsinki-NLP/opus-mt-en-tlh")
    assert visible(tmp_path) == []


def test_a_model_that_the_hub_guards_is_named(hub, fetch):
    hub.error_status, hub.error_code = 403, "GatedRepo"
    with pytest.raises(DownloadFailed, match="asks who you are before it gives Meta/guarded"):
        fetch("Meta/guarded")


def test_a_part_that_is_too_long_is_downloaded_anew(hub, fetch, tmp_path):
    staging = tmp_path / STAGING / f"opus-mt-fr-en@{COMMIT}"
    staging.mkdir(parents=True)
    (staging / "model.safetensors.part").write_bytes(tensors(200))
    assert fetch().sha256 == sha256(tensors(100))
    assert hub.asked[-1:] == resolved("model.safetensors")


def test_a_folder_that_cannot_be_written_is_said_so(hub, tmp_path):
    (tmp_path / "models").write_text("no folder")
    with pytest.raises(DownloadFailed, match=r"could not be downloaded: .*models"):
        pull(REPOSITORY, COMMIT, tmp_path / "models", endpoint=hub.endpoint)


def test_a_revision_that_the_hub_has_not_is_named(fetch):
    with pytest.raises(DownloadFailed, match=f"{REPOSITORY} has no revision {OTHER}"):
        fetch(revision=OTHER)


def test_another_revision_than_was_asked_for_is_refused(hub, fetch, tmp_path):
    hub.commit = OTHER
    with pytest.raises(DownloadFailed, match=f"at {OTHER}, not at {COMMIT}"):
        fetch()
    assert visible(tmp_path) == []


def test_a_model_of_another_kind_is_refused_before_its_weights_are_downloaded(hub, fetch, tmp_path):
    hub.files["config.json"] = b'{"model_type": "t5"}'
    with pytest.raises(DownloadFailed, match="model_type 't5', not 'marian'"):
        fetch()
    assert hub.asked[1:] == resolved("config.json")
    assert visible(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("source.spm", "it has no source.spm"),
        ("model.safetensors", "it has no model.safetensors or pytorch_model.bin"),
    ],
)
def test_a_repository_without_a_file_that_is_needed_is_refused(hub, fetch, name, reason):
    del hub.files[name]
    with pytest.raises(DownloadFailed, match=reason):
        fetch()


def test_a_model_of_unknown_languages_is_refused(hub, fetch, tmp_path):
    hub.files["tokenizer_config.json"] = b'{"source_lang": "ROMANCE", "target_lang": "en"}'
    hub.repository = "Helsinki-NLP/opus-mt-ROMANCE-en"
    with pytest.raises(DownloadFailed, match="nothing says which languages it translates"):
        fetch(hub.repository)
    assert visible(tmp_path) == []


@pytest.mark.parametrize(
    ("request_", "fault"),
    [
        ({"repository": "opus-mt-fr-en"}, "'opus-mt-fr-en' is not a repository"),
        ({"repository": "../../etc/passwd"}, "is not a repository"),
        ({"repository": "Helsinki-NLP/opus..mt"}, "opus..mt"),
        ({"revision": "main"}, "'main' is not a full commit"),
        ({"revision": COMMIT[:12]}, "is not a full commit"),
        ({"name": "../elsewhere"}, "'../elsewhere' is not a name"),
        ({"name": ".hidden"}, "'.hidden' is not a name"),
    ],
)
def test_a_request_that_makes_no_sense_never_reaches_the_hub(hub, fetch, request_, fault):
    with pytest.raises(DownloadFailed, match=fault):
        fetch(**request_)
    assert hub.asked == []


def test_a_model_that_is_there_is_not_downloaded_again(hub, fetch):
    first = fetch()
    hub.asked.clear()
    assert fetch() == first
    assert hub.asked == []


def test_a_model_is_never_replaced_by_another_revision(fetch, tmp_path):
    first = fetch()
    with pytest.raises(DownloadFailed, match=f"is there already, at revision {COMMIT}"):
        fetch(revision=OTHER)
    assert installed(tmp_path) == (first,)


def test_a_damaged_model_is_not_taken_for_the_one_asked_for(fetch):
    (fetch().path / "vocab.json").unlink()
    with pytest.raises(DownloadFailed, match=r"damaged \(there is no vocab.json\)"):
        fetch()


def test_two_pulls_at_once_download_a_model_once(hub, fetch, tmp_path):
    with ThreadPoolExecutor(2) as threads:
        first, second = [threads.submit(fetch) for _ in range(2)]
        assert first.result() == second.result()
    assert survey(tmp_path) == (first.result(),)
    assert hub.asked.count(*resolved("model.safetensors")) == 1


def test_a_hub_that_cannot_be_reached_is_said_so(hub, tmp_path):
    with pytest.raises(DownloadFailed, match="the same command carries on"):
        pull(REPOSITORY, COMMIT, tmp_path, endpoint="http://127.0.0.1:9")
    assert visible(tmp_path) == []


@pytest.mark.parametrize("content", [b"<!DOCTYPE html>", b"[]", b"{}"])
def test_an_address_that_is_no_hub_is_said_so(hub, fetch, content):
    hub.listed = content
    with pytest.raises(DownloadFailed, match="does not answer as a Hugging Face hub does"):
        fetch()


@pytest.mark.parametrize("endpoint", ["http://[", "ftp://127.0.0.1", "nowhere"])
def test_an_address_that_is_none_is_a_failed_download(tmp_path, endpoint):
    with pytest.raises(DownloadFailed, match=re.escape(endpoint)):
        pull(REPOSITORY, COMMIT, tmp_path, endpoint=endpoint)


def test_no_pull_goes_out_where_the_library_is_told_to_stay_offline(hub, fetch, monkeypatch):
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(DownloadFailed, match=r"[Oo]ffline"):
        fetch()
    assert hub.asked == []


@pytest.mark.parametrize("revision", PINNED.values())
def test_known_models_are_pinned_to_a_full_commit(revision):
    assert len(bytes.fromhex(revision)) == 20
