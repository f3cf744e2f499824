"""What can be wrong with an account or a key.

StoreError
├── NoSuchAccount  404  nobody has this name or id
├── NoSuchKey      404  no key has this id or prefix
├── NameTaken      409  somebody has this name or e-mail address already
├── AdminWanted    409  without this there would be nobody who runs the service
└── BadName        422  this cannot be a name, a title or an e-mail address
"""

from __future__ import annotations

from service.store.errors import StoreError


class NoSuchAccount(StoreError):
    """Nobody has this name or id."""

    status = 404
    field = "name"

    def __init__(self, name: str) -> None:
        super().__init__(f"nobody is called {name!r:.80}")
        self.value = name


class NoSuchKey(StoreError):
    """No key has this id or prefix."""

    status = 404
    field = "key"

    def __init__(self, key: str) -> None:
        super().__init__(f"there is no key {key!r:.60}")
        self.value = key


class NameTaken(StoreError):
    """Somebody has this name or e-mail address already."""

    status = 409

    def __init__(self, field: str, value: str) -> None:
        super().__init__(f"{field}: somebody has {value!r} already")
        self.field = field
        self.value = value


class AdminWanted(StoreError):
    """Without this there would be nobody who runs the service."""

    status = 409
    field = "role"

    def __init__(self, reason: str) -> None:
        super().__init__(f"role: {reason}")


class BadName(StoreError):
    """This cannot be a name, a title or an e-mail address."""

    status = 422

    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.value = value
