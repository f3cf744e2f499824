"""What may be a name: something that reads the same to everybody, in history and in a log."""

from __future__ import annotations

import unicodedata

from service.store.people.errors import BadName

# In code points.
LONGEST_NAME = 64
LONGEST_TITLE = 80
LONGEST_EMAIL = 254


def check_name(name: str, field: str = "name", longest: int = LONGEST_NAME) -> str:
    """The name itself; raises BadName for one that is empty, too long or holds what is unseen."""
    if not name:
        raise BadName(field, name, "give one")
    if len(name) > longest:
        raise BadName(field, name, f"{len(name)} characters are more than {longest}")
    if name != name.strip() or not all(_is_seen(character) for character in name):
        raise BadName(field, name, "only letters, digits, signs and single spaces between them")
    if "  " in name or unicodedata.normalize("NFC", name) != name:
        raise BadName(field, name, "only letters, digits, signs and single spaces between them")
    return name


def check_email(email: str) -> str | None:
    """An e-mail address in small letters, None for an empty one. Raises BadName."""
    if not email:
        return None
    check_name(email, "email", LONGEST_EMAIL)
    name, at, host = email.rpartition("@")
    if not (name and at and host) or " " in email:
        raise BadName("email", email, "this is no e-mail address")
    return email.lower()


def fold(name: str) -> str:
    """A name as it is compared: two that look alike to a hurried eye are one."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).strip()


def _is_seen(character: str) -> bool:
    """Neither a control, a mark of direction, half a pair, nor a space but the plain one."""
    return character == " " or unicodedata.category(character)[0] not in ("C", "Z")
