"""Passwords: what may be one, and the slow hash that is kept of it (argon2id, RFC 9106)."""

from __future__ import annotations

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from service.access.errors import PasswordRefused
from service.store.people.names import fold

# In code points. NIST SP 800-63B asks for length, and for no rules about signs and digits.
SHORTEST = 12
LONGEST = 1024
# Of different characters.
VARIED = 5
# A hash takes 64 MiB: this many at once are enough.
AT_ONCE = BoundedSemaphore(2)


def check_password(password: str, *names: str) -> str:
    """The password itself; raises PasswordRefused for one that is guessed before any other."""
    if len(password) < SHORTEST:
        raise PasswordRefused(f"at least {SHORTEST} characters are wanted, such as four words")
    if len(password) > LONGEST:
        raise PasswordRefused(f"{len(password)} characters are more than {LONGEST}")
    if len(set(password)) < VARIED:
        raise PasswordRefused("this repeats few characters too often")
    said = fold(password)
    for name in filter(None, map(fold, names)):
        if said == (name * len(said))[: len(said)]:
            raise PasswordRefused("this is the name, which everybody knows")
    return password


def hash_password(password: str) -> str:
    """What is kept of a password."""
    with AT_ONCE:
        return PasswordHasher().hash(_bytes(password))


def is_right(password: str, kept: str | None) -> bool:
    """Whether this is the password; where there is none, the same work is done for nothing."""
    with AT_ONCE:
        try:
            right = PasswordHasher().verify(kept or _nobodys(), _bytes(password[: LONGEST + 1]))
        except (VerificationError, InvalidHashError):
            return False
    return right and bool(kept)


def is_outdated(kept: str) -> bool:
    """Whether hashes are made otherwise by now, so that a new one has to be kept."""
    return PasswordHasher().check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    return PasswordHasher().hash("the password of somebody who is not there")


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
