"""A JSON object of any length, read from a file a value at a time.

What a list holds comes one element after another, each as its own bytes, so
that no more than one of them is ever in memory and each can be judged alone.
ijson does the like, and was tried: its C parser puts "?" in the place of half
a surrogate pair, and takes a single string as long as the body into memory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, NoReturn

from service.api.bodies import distinct
from service.api.errors import MalformedBody

CHUNK = 65_536
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
SPACE = re.compile(rb"[ \t\r\n]*+")
IN_STRING = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)
IN_BRACKETS = re.compile(rb'[^"\[\]{}]++')
SCALAR = re.compile(rb'[^ \t\r\n,:"\[\]{}]++')
EXCERPT = 20


class Member(NamedTuple):
    """A member of the object: its name, and its value as bytes; None for one that is too long.

    An `element` is one value of the list that the member is. `position` is
    the byte in the body where the value begins.
    """

    name: str
    data: bytes | None
    position: int
    element: bool = False


def members(file: BinaryIO, streamed: str, largest: int) -> Iterator[Member]:
    """The members of the object in `file`, that of the list `streamed` element by element.

    A value of more than `largest` bytes is passed over. Values are cut, not
    checked: see `loaded`. Raises MalformedBody with the position where what
    stands between them is no JSON.
    """
    scanner = _Scanner(file, largest)
    scanner.pass_mark()
    scanner.expect(b"{")
    if scanner.next() == b"}":
        scanner.expect(b"}")
    else:
        yield from _members(scanner, streamed)
    if scanner.next():
        scanner.fail("something follows the object")


def loaded(data: bytes, position: int) -> object:
    """The value of bytes that begin at `position` of the body, every name in it once.

    Raises MalformedBody with the position, and FieldRejected for a name that comes twice.
    """
    try:
        return json.loads(
            data.decode("utf-8"), object_pairs_hook=distinct, parse_constant=_refuse_constant
        )
    except UnicodeDecodeError as error:
        value = data[error.start : error.end].hex(" ")
        raise MalformedBody(f"no valid UTF-8 at byte {position + error.start}", value) from None
    except json.JSONDecodeError as error:
        at = position + len(error.doc[: error.pos].encode())
        excerpt = error.doc[error.pos : error.pos + EXCERPT]
        raise MalformedBody(f"no valid JSON at byte {at}: {error.msg}", excerpt) from None
    except RecursionError:
        raise MalformedBody(f"the JSON at byte {position} is nested too deeply") from None
    except ValueError:
        # Python turns no more than 4300 digits into a number.
        raise MalformedBody(f"the JSON at byte {position} has too long a number") from None


def _members(scanner: _Scanner, streamed: str) -> Iterator[Member]:
    while True:
        scanner.next()
        position = scanner.position
        name = loaded(scanner.value() or b"", position)
        if not isinstance(name, str):
            raise MalformedBody(f"no valid JSON at byte {position}: a name is a string")
        scanner.expect(b":")
        if name == streamed and scanner.next() == b"[":
            yield from _elements(scanner, name)
        else:
            scanner.next()
            yield Member(name, position=scanner.position, data=scanner.value())
        if scanner.expect(b",", b"}") == b"}":
            return


def _elements(scanner: _Scanner, name: str) -> Iterator[Member]:
    scanner.expect(b"[")
    if scanner.next() == b"]":
        scanner.expect(b"]")
        return
    while True:
        scanner.next()
        yield Member(name, position=scanner.position, data=scanner.value(), element=True)
        if scanner.expect(b",", b"]") == b"]":
            return


class _Kept:
    """The bytes of a value as far as they are not too many."""

    def __init__(self, largest: int) -> None:
        self._room = largest
        self._parts: list[bytes] = []

    def add(self, part: bytes) -> None:
        self._room -= len(part)
        if self._room < 0:
            self._parts.clear()
        else:
            self._parts.append(part)

    def whole(self) -> bytes | None:
        return None if self._room < 0 else b"".join(self._parts)


class _Scanner:
    """Where in the file we are; only the brackets and quotation marks of JSON are understood."""

    def __init__(self, file: BinaryIO, largest: int) -> None:
        self._file = file
        self._largest = largest
        self._buffer = b""
        self._at = 0
        self._before = 0

    @property
    def position(self) -> int:
        """Bytes from the beginning."""
        return self._before + self._at

    def pass_mark(self) -> None:
        """Go past a byte order mark."""
        self._fill()
        if self._buffer.startswith(BYTE_ORDER_MARK):
            self._at = len(BYTE_ORDER_MARK)

    def next(self) -> bytes:
        """The next byte that is no white space, without taking it; b"" at the end."""
        self._run(SPACE, None)
        return self._byte()

    def expect(self, *wanted: bytes) -> bytes:
        """Take the next byte, which has to be one of these."""
        found = self.next()
        if found not in wanted:
            what = " or ".join(each.decode() for each in wanted)
            self.fail(f"{what} is missing")
        self._at += 1
        return found

    def value(self) -> bytes | None:
        """Take a value, from here to where its brackets are closed; None if it is too long."""
        kept = _Kept(self._largest)
        depth = 0
        while True:
            byte = self._byte()
            if not byte:
                self.fail("it ends in the middle of a value")
            elif byte == b'"':
                self._string(kept)
            elif byte in b"[{":
                depth += 1
                self._take(kept)
            elif byte in b"]}" and depth:
                depth -= 1
                self._take(kept)
            elif not self._run(IN_BRACKETS if depth else SCALAR, kept):
                self.fail("a value is missing")
            if not depth:
                return kept.whole()

    def fail(self, reason: str) -> NoReturn:
        """Raises MalformedBody with the position."""
        excerpt = self._buffer[self._at : self._at + EXCERPT].decode("utf-8", "replace")
        raise MalformedBody(f"no valid JSON at byte {self.position}: {reason}", excerpt)

    def _string(self, kept: _Kept) -> None:
        self._take(kept)
        self._run(IN_STRING, kept)
        if self._byte() != b'"':
            self.fail("it ends in the middle of a string")
        self._take(kept)

    def _take(self, kept: _Kept) -> None:
        kept.add(self._byte())
        self._at += 1

    def _run(self, pattern: re.Pattern[bytes], kept: _Kept | None) -> int:
        """Take what matches, however far it goes; how many bytes it was."""
        began = self.position
        while True:
            found = pattern.match(self._buffer, self._at)
            end = found.end() if found else self._at
            if kept:
                kept.add(self._buffer[self._at : end])
            self._at = end
            # An escape may be cut in two by the end of what was read.
            cut = pattern is IN_STRING and self._buffer[end:] == b"\\"
            if (end < len(self._buffer) and not cut) or not self._fill():
                return self.position - began

    def _byte(self) -> bytes:
        if self._at == len(self._buffer):
            self._fill()
        return self._buffer[self._at : self._at + 1]

    def _fill(self) -> bool:
        more = self._file.read(CHUNK)
        self._buffer, self._before = self._buffer[self._at :] + more, self._before + self._at
        self._at = 0
        return bool(more)


def _refuse_constant(name: str) -> NoReturn:
    raise MalformedBody(f"no valid JSON: {name} is no number", name)
