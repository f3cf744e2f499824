"""What can be wrong with the store, or with what is asked of it.

StoreError
├── NoSuchDocument   404  no document has this id
├── NoSuchClaim      404  no claim has this id
├── ClaimRejected    422  this span cannot be a claim
├── BadCursor        422  a cursor that no page gave out
├── Unstorable       422  text with a character that a database does not take
├── StoreUnusable    503  the store cannot be opened, as it is set up or at all
├── StoreTooNew      503  the store was written by a newer version
├── StoreBusy        503  others have been writing for too long
├── StoreFull        507  there is no room left
└── StoreDamaged     500  the store does not hold what was put in
"""

from __future__ import annotations

from alignment.span import Span
from service.errors import ServiceError


class StoreError(ServiceError):
    """The store cannot do what is asked of it."""


class NoSuchDocument(StoreError):
    """No document has this id."""

    status = 404
    field = "document"

    def __init__(self, document_id: str) -> None:
        super().__init__(f"no document has the id {document_id!r:.60}")
        self.value = document_id


class NoSuchClaim(StoreError):
    """No claim has this id."""

    status = 404
    field = "claim"

    def __init__(self, claim_id: str) -> None:
        super().__init__(f"no claim has the id {claim_id!r:.60}")
        self.value = claim_id


class ClaimRejected(StoreError):
    """This span cannot be a claim."""

    status = 422
    field = "span"

    def __init__(self, span: Span, reason: str) -> None:
        super().__init__(f"{span.start}:{span.end} cannot be a claim: {reason}")
        self.value = span


class BadCursor(StoreError):
    """A cursor that no page gave out."""

    status = 422
    field = "cursor"

    def __init__(self, cursor: str) -> None:
        super().__init__(f"{cursor!r:.60} is no cursor of a page")
        self.value = cursor


class Unstorable(StoreError):
    """Text with a character that a database does not take."""

    status = 422

    def __init__(self, field: str, position: int, character: str) -> None:
        code = f"U+{ord(character):04X}"
        super().__init__(f"{field}: the character at code point {position} is {code}")
        self.field = field
        self.value = code
        self.position = position


class StoreUnusable(StoreError):
    """The store cannot be opened, as it is set up or at all."""

    status = 503


class StoreTooNew(StoreError):
    """The store was written by a newer version."""

    status = 503

    def __init__(self, revision: str, newest: str) -> None:
        super().__init__(
            f"the store is at revision {revision}, which this version does not know:"
            f" it was written by a newer one, and this one knows up to {newest}"
        )
        self.value = revision


class StoreBusy(StoreError):
    """Others have been writing for too long."""

    status = 503


class StoreFull(StoreError):
    """There is no room left; nothing that was stored before is lost."""

    status = 507


class StoreDamaged(StoreError):
    """The store does not hold what was put in."""
