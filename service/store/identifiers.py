"""Ids that nobody can guess and that never change."""

from __future__ import annotations

import re
import secrets
from base64 import b32encode

BITS = 128
_SENTENCE_CLAIM = re.compile(r"([a-z2-7]{26})-s([1-9][0-9]{0,8})")


def new_id() -> str:
    """128 random bits in 26 small letters and digits, which bear being typed and spoken."""
    return b32encode(secrets.token_bytes(BITS // 8)).decode("ascii").rstrip("=").lower()


def sentence_claim_id(document_id: str, number: int) -> str:
    """The id of the claim that a sentence is; `number` counts the segments from 0, the id from 1.

    It is the document's and the sentence's place, so that it needs no row of its own.
    """
    return f"{document_id}-s{number + 1}"


def sentence_of(claim_id: str) -> tuple[str, int] | None:
    """The document's id and the segment's number from 0; None for the id of any other claim."""
    found = _SENTENCE_CLAIM.fullmatch(claim_id)
    return (found[1], int(found[2]) - 1) if found else None
