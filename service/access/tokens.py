"""Secrets that the service makes: 256 random bits, of which only a hash is kept."""

from __future__ import annotations

import secrets
from hashlib import sha256

BYTES = 32
# What keys begin with, so that a search for leaked ones finds them.
KEY = "vav"
# Of a key, what is kept to be recognised by: 40 bits, and none of its secret.
PREFIX_BYTES = 5


def new_token() -> str:
    """256 random bits in letters, digits, - and _."""
    return secrets.token_urlsafe(BYTES)


def hashed(token: str) -> str:
    """What is kept of a token. With that many random bits a slow hash would add nothing."""
    return sha256(token.encode("utf-8", "backslashreplace")).hexdigest()


def derived(token: str, purpose: str) -> str:
    """Another secret of the same strength, from which the token cannot be told."""
    return sha256(f"{purpose}:{token}".encode("utf-8", "backslashreplace")).hexdigest()


def new_key() -> tuple[str, str]:
    """A new API key, and the prefix of it that may be shown."""
    prefix = f"{KEY}_{secrets.token_hex(PREFIX_BYTES)}"
    return f"{prefix}_{new_token()}", prefix
