"""SHA-256 of model files, computed once for each state of a file.

Weights run to hundreds of megabytes, and every result names their hash. So it
is kept in `.sha256.json`, beside the models and outside git, for as long as the
file's size and time of change stay the same. Nothing there is ever believed
over the file: `visavis models verify` computes anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

CACHE = ".sha256.json"


def sha256(path: Path) -> str:
    """The hash of a file as it is now, in hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def git_blob(path: Path) -> str:
    """The id under which git stores a file: SHA-1 over "blob <size>\\0" and its content."""
    content = path.read_bytes()
    header = b"blob %d\0" % len(content)
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()


def cached_sha256(path: Path, folder: Path) -> str:
    """The hash of `path`, which lies in `folder`; from the folder's cache if it still holds.

    A folder that can't be written only costs the time to compute it again.
    """
    state = path.stat()
    key = path.relative_to(folder).as_posix()
    stamp = [state.st_size, state.st_mtime_ns]
    known = _read(folder / CACHE)
    match known.get(key):
        case [size, changed, str(digest)] if [size, changed] == stamp:
            return digest
    digest = sha256(path)
    with suppress(OSError):
        _write(folder / CACHE, {**known, key: [*stamp, digest]})
    return digest


def _read(cache: Path) -> dict[str, object]:
    try:
        known = json.loads(cache.read_bytes())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _write(cache: Path, known: dict[str, object]) -> None:
    # Two processes may write at once: the last one wins, and no reader sees half a file.
    with tempfile.NamedTemporaryFile(
        "w", dir=cache.parent, prefix=CACHE, delete=False, encoding="utf-8"
    ) as file:
        json.dump(known, file, indent=1)
    try:
        # Temporary files are for their owner only, and the models may be shared.
        os.chmod(file.name, 0o644)
        os.replace(file.name, cache)
    except OSError:
        os.unlink(file.name)
        raise
