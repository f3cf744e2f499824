"""Text in from a file, text out to one, and a bar while the one becomes the other."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from service.translate import Progress

Ours = TypeVar("Ours")
Theirs = TypeVar("Theirs")

FILE = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)


def read_bytes(file: Path) -> bytes:
    """The bytes of a file or of standard input."""
    try:
        return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        fail(f"{name_of(file)} can't be read: {error.strerror}")


def read_text(file: Path) -> str:
    """The text of a file, untouched: no new line, no byte order mark is dropped."""
    try:
        return read_bytes(file).decode("utf-8")
    except UnicodeDecodeError as error:
        fail(
            f"{name_of(file)} is not UTF-8: byte 0x{error.object[error.start]:02x} at position "
            f"{error.start}. Convert it first: iconv -f WINDOWS-1252 -t UTF-8 {file}"
        )


def name_of(file: Path) -> str:
    """A file as a reader knows it."""
    return "standard input" if str(file) == "-" else str(file)


def write_text(text: str, output: Path | None) -> None:
    """Write UTF-8, whatever the locale, to a file or to standard output."""
    data = text.encode("utf-8")
    write_bytes(data if data.endswith(b"\n") else data + b"\n", output)


def write_bytes(data: bytes, output: Path | None) -> None:
    """Write to a file or to standard output."""
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        fail(f"{output} can't be written: {error.strerror}")


def paired(
    ours: Sequence[Ours], theirs: Sequence[Theirs], names: tuple[str, str]
) -> list[tuple[Ours, Theirs]]:
    """Line n of one file with line n of the other; ends the command where they don't pair up."""
    if len(ours) != len(theirs):
        fail(
            f"{names[0]} has {len(ours)} lines and {names[1]} {len(theirs)}; "
            "line n of one has to translate line n of the other"
        )
    return list(zip(ours, theirs, strict=True))


@contextmanager
def progress_bar(title: str) -> Iterator[Progress]:
    """A bar on standard error, where that is a terminal, that counts sentences."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def fail(reason: str) -> NoReturn:
    """End the command with one clear line."""
    raise click.ClickException(reason)
