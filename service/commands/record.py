"""What was translated into a folder: so a run goes on where the last one stopped.

A line of JSON for each output, in a file that is only ever added to. It is
written before the output takes its name: killed in between, the output is made
again. A file that nobody made here, or that was edited since, is never
overwritten unasked.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Literal

NAME = ".visavis-translated.jsonl"

State = Literal["missing", "done", "stale", "foreign"]


@dataclass(frozen=True, slots=True)
class Entry:
    """An output: the sha256 of what it holds and of what it was made from, and how."""

    output: str
    sha256: str
    source_sha256: str
    made_by: str


@dataclass(slots=True)
class Record:
    """The entries of each folder, read once, oldest first, by the name of the output."""

    folders: dict[Path, dict[str, list[Entry]]] = field(default_factory=dict)

    def of(self, output: Path) -> list[Entry]:
        """What is known of an output."""
        folder = output.parent
        if folder not in self.folders:
            self.folders[folder] = {}
            for entry in _entries(folder):
                self.folders[folder].setdefault(entry.output, []).append(entry)
        return self.folders[folder].setdefault(output.name, [])

    def state(self, output: Path, source_sha256: str, made_by: str) -> State:
        """Whether an output is there, as it should be, to be made again, or somebody else's."""
        if not output.exists():
            return "missing"
        current = digest(output.read_bytes())
        wanted = Entry(output.name, current, source_sha256, made_by)
        if wanted in self.of(output):
            return "done"
        return "stale" if any(each.sha256 == current for each in self.of(output)) else "foreign"

    def holds(self, file: Path) -> bool:
        """Whether a file is an output as it was written."""
        known = {each.sha256 for each in self.of(file)}
        return bool(known) and digest(file.read_bytes()) in known

    def keep(self, output: Path, data: bytes, source_sha256: str, made_by: str) -> None:
        """Write an output, whole or not at all, and note it."""
        entry = Entry(output.name, digest(data), source_sha256, made_by)
        part = output.with_name(f".{output.name[:100]}.{os.getpid()}.part")
        try:
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            _note(output.parent, entry)
            part.replace(output)
        finally:
            part.unlink(missing_ok=True)
        self.of(output).append(entry)


def digest(data: bytes) -> str:
    """The sha256 of bytes."""
    return sha256(data).hexdigest()


def _note(folder: Path, entry: Entry) -> None:
    with (folder / NAME).open("a", encoding="utf-8") as file:
        # The line before may have been cut off by a crash.
        file.write(f"\n{json.dumps(asdict(entry))}\n")


def _entries(folder: Path) -> Iterator[Entry]:
    try:
        lines = (folder / NAME).read_text(encoding="utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return
    for line in lines:
        try:
            yield Entry(**json.loads(line))
        except (ValueError, TypeError):
            continue  # a blank line, or one that was cut off
