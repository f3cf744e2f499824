"""Where a page ended, as a word that can stand in an address."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode

from service.store.errors import BadCursor

# Bytes of each number.
WIDTH = 8


def cursor_of(*numbers: int) -> str:
    """The cursor of what comes after the row that these numbers put in its place, from 0."""
    written = b"".join(number.to_bytes(WIDTH) for number in numbers)
    return urlsafe_b64encode(written).decode("ascii").rstrip("=")


def numbers_of(cursor: str, count: int) -> tuple[int, ...]:
    """So many numbers of a cursor. Raises BadCursor for one that was not made of as many."""
    try:
        written = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
    except ValueError:
        raise BadCursor(cursor) from None
    if len(written) != WIDTH * count:
        raise BadCursor(cursor)
    starts = range(0, len(written), WIDTH)
    numbers = tuple(int.from_bytes(written[start : start + WIDTH]) for start in starts)
    # No database counts beyond 63 bits.
    if max(numbers) >= 1 << 63 or cursor_of(*numbers) != cursor:
        raise BadCursor(cursor)
    return numbers
