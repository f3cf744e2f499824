"""Download a model from the Hugging Face hub: the one thing here that uses the network.

A model is downloaded at a pinned commit into `models_cache/.pull/`, every file
is checked against the hash that the hub names for it in that commit, and only a
whole, checked model is renamed into its place. What was downloaded of a file
stays there when the connection breaks, and the next try carries on from it
(`hf_hub_download` of huggingface_hub 2 throws it away, so this module calls the
function below it, `http_get`).
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx2
from huggingface_hub import HfApi, constants, hf_hub_url
from huggingface_hub.errors import (
    GatedRepoError,
    HfHubHTTPError,
    HFValidationError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)
from huggingface_hub.file_download import http_get
from huggingface_hub.hf_api import ModelInfo, RepoSibling

# Both are public, but only re-exported in a way that mypy doesn't follow.
from huggingface_hub.utils import WeakFileLock, build_hf_headers  # type: ignore[attr-defined]

from service.engine.checkpoint import (
    METADATA,
    TOKENIZER,
    WEIGHTS,
    check_checkpoint,
    check_is_marian,
    read_json,
)
from service.engine.hashes import git_blob, sha256
from service.engine.models import Model, languages_of, read_model
from service.errors import DownloadFailed, ModelDamaged

# The commit that each model known here is pinned to.
PINNED: Mapping[str, str] = {
    "Helsinki-NLP/opus-mt-fr-en": "b4a9a384c2ec68a224bbd2ee3fd5df0c71ca5b1b",
}
STAGING = ".pull"
CARD = "README.md"
_OPTIONAL = ("generation_config.json", "tokenizer_config.json", "target_vocab.json", CARD)
_REPOSITORY = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*", re.ASCII)
_COMMIT = re.compile(r"[0-9a-f]{40}")
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*", re.ASCII)


def pull(
    repository: str,
    revision: str,
    folder: Path,
    name: str | None = None,
    endpoint: str | None = None,
) -> Model:
    """Download `repository` at the commit `revision` into `folder`, as `name`.

    `name` is the repository's own by default, `endpoint` the hub that HF_ENDPOINT
    names. A model that is there already at this commit is left as it is. Raises
    DownloadFailed; what is in `folder` is then as it was before.
    """
    name = name or default_name(repository)
    check_request(repository, revision, name)
    # Else the library asks the hub for one more page, to tell it which program calls.
    constants.HF_HUB_DISABLE_TELEMETRY = True
    endpoint = (endpoint or constants.ENDPOINT).rstrip("/")
    with _explained(repository, revision, endpoint):
        (folder / STAGING).mkdir(parents=True, exist_ok=True)
        with WeakFileLock(folder / STAGING / f"{name}.lock"):
            if (folder / name).exists():
                return _already_there(folder / name, revision)
            staging = folder / STAGING / f"{name}@{revision}"
            _download(repository, revision, staging, endpoint)
            os.replace(staging, folder / name)
            return read_model(folder / name)


def default_name(repository: str) -> str:
    """What a model is called here: the last part of its repository's name."""
    return repository.rpartition("/")[2]


def check_request(repository: str, revision: str, name: str) -> None:
    """Raise DownloadFailed for what no download could be asked for with, whatever the hub has."""
    if not _REPOSITORY.fullmatch(repository):
        raise DownloadFailed(f"{repository!r} is not a repository, such as {next(iter(PINNED))}")
    if not _COMMIT.fullmatch(revision):
        raise DownloadFailed(f"{revision!r} is not a full commit: 40 hexadecimal digits")
    if not _NAME.fullmatch(name):
        raise DownloadFailed(f"{name!r} is not a name for a model: letters, digits, - _ and .")


def _already_there(path: Path, revision: str) -> Model:
    try:
        model = read_model(path)
    except ModelDamaged as error:
        raise DownloadFailed(
            f"{path.name} is there already, but damaged ({error}); remove {path} and pull again"
        ) from None
    if model.revision != revision:
        raise DownloadFailed(
            f"{path.name} is there already, at revision {model.revision};"
            f" remove {path} or choose another name"
        )
    return model


def _download(repository: str, revision: str, staging: Path, endpoint: str) -> None:
    info = _listing(repository, revision, endpoint)
    staging.mkdir(exist_ok=True)
    hashes = {}
    for file in _needed(info):
        url = hf_hub_url(repository, file.rfilename, revision=revision, endpoint=endpoint)
        hashes[file.rfilename] = _fetch(file, url, staging)
        if file.rfilename == "config.json":
            # Before the weights are downloaded, for nothing.
            _check_kind(staging)
    languages = languages_of(staging, default_name(repository))
    metadata = {
        "repository": repository,
        "revision": revision,
        "licence": _licence(info),
        "source_language": languages.source,
        "target_language": languages.target,
        "sha256": {file: digest for file, digest in hashes.items() if file != CARD},
    }
    text = json.dumps(metadata, indent=2, ensure_ascii=False) + "\n"
    (staging / METADATA).write_text(text, encoding="utf-8")
    check_checkpoint(staging)


def _listing(repository: str, revision: str, endpoint: str) -> ModelInfo:
    hub = HfApi(endpoint=endpoint)
    try:
        info = hub.model_info(repository, revision=revision, files_metadata=True)
    except HFValidationError as error:
        raise DownloadFailed(str(error)) from error
    except (httpx2.InvalidURL, ValueError, KeyError, TypeError) as error:
        raise DownloadFailed(f"{endpoint} does not answer as a Hugging Face hub does") from error
    if info.sha != revision:
        raise DownloadFailed(f"{endpoint} offers {repository} at {info.sha}, not at {revision}")
    return info


def _needed(info: ModelInfo) -> list[RepoSibling]:
    there_are = {file.rfilename: file for file in info.siblings or ()}
    required = ("config.json", *TOKENIZER)
    weights = [name for name in WEIGHTS if name in there_are][:1]
    missing = [name for name in required if name not in there_are]
    if not weights:
        missing.append(" or ".join(WEIGHTS))
    if missing:
        raise ModelDamaged(f"it has no {', no '.join(missing)}")
    optional = [name for name in _OPTIONAL if name in there_are]
    return [there_are[name] for name in (*required, *optional, *weights)]


def _fetch(file: RepoSibling, url: str, staging: Path) -> str:
    """Download a file into `staging`, or what it still lacks; its sha256, once it is checked."""
    whole = staging / file.rfilename
    part = staging / f"{file.rfilename}.part"
    if not whole.exists():
        _carry_on(part, url, file)
        os.replace(part, whole)
    digest = sha256(whole)
    actual, expected = (digest, file.lfs.sha256) if file.lfs else (git_blob(whole), file.blob_id)
    if actual != expected:
        whole.unlink()
        raise DownloadFailed(
            f"{file.rfilename} is not the file of this revision: its hash is {actual},"
            f" not {expected}; it was thrown away"
        )
    return digest


def _carry_on(part: Path, url: str, file: RepoSibling) -> None:
    if file.size is not None and part.exists() and part.stat().st_size > file.size:
        part.unlink()
    # Ranges of a compressed answer would count other bytes than those of the file.
    headers = {**build_hf_headers(), "accept-encoding": "identity"}
    with part.open("ab") as content:
        http_get(
            url,
            content,
            resume_size=content.tell(),
            headers=headers,
            expected_size=file.size,
            displayed_filename=file.rfilename,
        )
        content.flush()
        # The rename must never be on disk before the content is.
        os.fsync(content.fileno())


def _check_kind(staging: Path) -> None:
    try:
        check_is_marian(read_json(staging / "config.json"))
    except ModelDamaged:
        shutil.rmtree(staging)
        raise


def _licence(info: ModelInfo) -> str:
    licence = info.card_data.license if info.card_data else None
    return ", ".join(licence) if isinstance(licence, list) else licence or "unknown"


@contextmanager
def _explained(repository: str, revision: str, endpoint: str) -> Iterator[None]:
    """Turn what can go wrong in a download into one sentence for the one who asked for it."""
    at = f"{repository} at {revision[:12]}"
    try:
        yield
    except ModelDamaged as error:
        raise DownloadFailed(f"{at} is no model that can be used: {error}") from error
    except GatedRepoError as error:
        raise DownloadFailed(f"{endpoint} asks who you are before it gives {repository}") from error
    except RepositoryNotFoundError as error:
        raise DownloadFailed(f"{endpoint} has no model {repository}, or hides it") from error
    except RevisionNotFoundError as error:
        raise DownloadFailed(f"{repository} has no revision {revision}") from error
    except HfHubHTTPError as error:
        status = error.response.status_code
        raise DownloadFailed(f"{endpoint} answered {status} for {at}") from error
    except (httpx2.HTTPError, ConnectionError) as error:
        raise DownloadFailed(
            f"the download of {at} from {endpoint} broke off ({error});"
            " the same command carries on where it stopped"
        ) from error
    except OSError as error:
        raise DownloadFailed(f"{at} could not be downloaded: {error}") from error
