"""What can be wrong with what a reviewer asks for.

StoreError
├── NoSuchSegment       404  the document has no segment of this number
├── NoSuchFlag          404  no flag has this id
├── NoSuchComment       404  no comment has this id
├── NotYours            403  somebody else's comment
├── SecondPersonWanted  403  whoever signs off is neither reviewer nor editor
├── SegmentChanged      409  somebody has changed the segment meanwhile
├── EditRejected        422  this cannot be the translation of a segment
├── FlagRejected        422  this span cannot be flagged
└── NothingToUndo       422  nothing was changed in this segment
"""

from __future__ import annotations

from alignment.span import Span
from service.store.errors import StoreError
from service.store.reviews.records import ReviewedSegment


class NoSuchSegment(StoreError):
    """The document has no segment of this number."""

    status = 404
    field = "number"

    def __init__(self, number: object) -> None:
        super().__init__(f"the document has no segment {number!s:.20}")
        self.value = number


class NoSuchFlag(StoreError):
    """No flag has this id."""

    status = 404
    field = "flag"

    def __init__(self, flag_id: str) -> None:
        super().__init__(f"no flag has the id {flag_id!r:.60}")
        self.value = flag_id


class NoSuchComment(StoreError):
    """No comment has this id."""

    status = 404
    field = "comment"

    def __init__(self, comment_id: str) -> None:
        super().__init__(f"no comment has the id {comment_id!r:.60}")
        self.value = comment_id


class NotYours(StoreError):
    """Only who wrote a comment takes it back."""

    status = 403
    field = "comment"

    def __init__(self, comment_id: str) -> None:
        super().__init__(f"the comment {comment_id!r:.60} is somebody else's")
        self.value = comment_id


class SecondPersonWanted(StoreError):
    """A segment is signed off by somebody who neither reviewed nor edited it."""

    status = 403
    field = "state"
    value = "signed_off"

    def __init__(self, reason: str) -> None:
        super().__init__(f"a second person has to sign off: {reason}")


class SegmentChanged(StoreError):
    """Somebody has changed the segment meanwhile.

    `current` is what it is now.
    """

    status = 409
    field = "revision"

    def __init__(self, revision: int, current: ReviewedSegment) -> None:
        super().__init__(
            f"segment {current.number} is at revision {current.revision}, not {revision}"
        )
        self.value = revision
        self.current = current


class EditRejected(StoreError):
    """This cannot be the translation of a segment."""

    status = 422
    field = "target"

    def __init__(self, value: str, reason: str) -> None:
        super().__init__(f"target: {reason}")
        self.value = value


class FlagRejected(StoreError):
    """This span cannot be flagged."""

    status = 422
    field = "end"

    def __init__(self, span: Span, reason: str) -> None:
        super().__init__(f"{span.start}:{span.end} cannot be flagged: {reason}")
        self.value = f"{span.start}:{span.end}"


class NothingToUndo(StoreError):
    """Nothing was changed in this segment."""

    status = 422
    field = "number"

    def __init__(self, number: int) -> None:
        super().__init__(f"nothing was changed in segment {number}")
        self.value = number
