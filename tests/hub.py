"""A stand-in for the Hugging Face hub on loopback, and the small model that it offers."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

COMMIT = "0123456789abcdef0123456789abcdef01234567"
REPOSITORY = "Helsinki-NLP/opus-mt-fr-en"
CARD = "---\nlanguage: [fr, en]\nlicense: apache-2.0\n---\n# A small model\n"
Files = dict[str, bytes]


def tensors(values: int) -> bytes:
    """A safetensors file of so many float32 zeros."""
    offsets = {"shape": [values], "data_offsets": [0, 4 * values]}
    header = json.dumps({"weight": {"dtype": "F32", **offsets}}).encode()
    return len(header).to_bytes(8, "little") + header + bytes(4 * values)


def model_files(values: int = 100) -> Files:
    """The files of a MarianMT checkpoint: enough for the catalogue, nothing that loads."""
    return {
        "config.json": json.dumps(
            {"model_type": "marian", "max_position_embeddings": 512}
        ).encode(),
        "source.spm": b"source pieces",
        "target.spm": b"target pieces",
        "vocab.json": b'{"</s>": 0}',
        "tokenizer_config.json": b'{"source_lang": "fr", "target_lang": "en"}',
        "README.md": CARD.encode(),
        "model.safetensors": tensors(values),
    }


def place(folder: Path, name: str, files: Mapping[str, bytes]) -> Path:
    """Put a model's files into a directory of models_cache."""
    (folder / name).mkdir(parents=True)
    for file, content in files.items():
        (folder / name / file).write_bytes(content)
    return folder / name


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@dataclass
class Hub:
    """What the hub offers, how it fails, and what it was asked for.

    `listed` takes the place of the list of files and `served` that of a file's
    content, `cuts` breaks each of the next answers for a file off after so many
    bytes, and the hub is down once the file `down_after` was asked for.
    """

    files: Files = field(default_factory=model_files)
    repository: str = REPOSITORY
    commit: str = COMMIT
    error_status: int = 404
    error_code: str = "RepoNotFound"
    served: Files = field(default_factory=dict)
    cuts: dict[str, list[int]] = field(default_factory=dict)
    down_after: str | None = None
    down: bool = False
    ranges: bool = True
    listed: bytes | None = None
    asked: list[str] = field(default_factory=list)
    endpoint: str = ""

    def listing(self) -> dict[str, Any]:
        """The answer of /api/models/<repository>/revision/<commit>?blobs=True."""
        siblings = [self._sibling(name, content) for name, content in self.files.items()]
        return {
            "id": self.repository,
            "sha": self.commit,
            "cardData": {"license": "apache-2.0", "language": ["fr", "en"]},
            "siblings": siblings,
        }

    def _sibling(self, name: str, content: bytes) -> dict[str, Any]:
        blob = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
        sibling = {"rfilename": name, "size": len(content), "blobId": blob}
        if in_lfs(name):
            sibling["blobId"] = "f" * 40
            sibling["lfs"] = {"size": len(content), "sha256": sha256(content), "pointerSize": 134}
        return sibling


def in_lfs(name: str) -> bool:
    return name in ("model.safetensors", "pytorch_model.bin")


@contextmanager
def running(hub: Hub) -> Iterator[Hub]:
    """Serve `hub` on a free port of loopback."""
    handler = type("Handler", (HubHandler,), {"hub": hub})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    hub.endpoint = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class HubHandler(BaseHTTPRequestHandler):
    hub: Hub

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if not path.startswith("/cdn/"):
            self.hub.asked.append(" ".join(filter(None, (path, self.headers.get("Range")))))
        if self.hub.down:
            self.answer(503)
        elif match := re.fullmatch(r"/api/models/(.+)/revision/(\w+)", path):
            self.list_files(*match.groups())
        elif match := re.fullmatch(r"/(.+)/resolve/(\w+)/(.+)", path):
            _, commit, name = match.groups()
            if in_lfs(name):
                self.answer(302, {"Location": f"/cdn/{name}", "X-Repo-Commit": commit})
            else:
                self.give(name)
        elif match := re.fullmatch(r"/cdn/(.+)", path):
            self.give(match[1])
        else:
            self.answer(404)

    def list_files(self, repository: str, commit: str) -> None:
        if repository != self.hub.repository:
            self.answer(self.hub.error_status, {"X-Error-Code": self.hub.error_code})
        elif commit != COMMIT:
            self.answer(404, {"X-Error-Code": "RevisionNotFound"})
        else:
            listing = json.dumps(self.hub.listing()).encode()
            self.answer(200, content=listing if self.hub.listed is None else self.hub.listed)

    def give(self, name: str) -> None:
        content = self.hub.served.get(name, self.hub.files[name])
        wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        start = int(wanted[1]) if wanted and self.hub.ranges else 0
        self.hub.down = name == self.hub.down_after
        cuts = self.hub.cuts.get(name, [])
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        # A cut answer is shorter than it says, and then the connection closes.
        end = cuts.pop(0) if cuts else len(content)
        self.wfile.write(content[start:end])

    def answer(
        self, status: int, headers: Mapping[str, str] | None = None, content: bytes = b""
    ) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing: the tests look at `asked`."""
