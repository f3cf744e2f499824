"""What can be wrong with a request, before its article is looked at.

ServiceError
├── MalformedBody     400  a body that is not the JSON, form or text that it says it is
├── ForeignRequest    403  it comes from another site, or is addressed to one
├── BodyTooLarge      413  a body with more bytes than the longest article can take
├── WrongContentType  415  a body of a kind that is not read here
├── WrongCharset      415  a body in another encoding than UTF-8
├── FieldRejected     422  a field that is unknown, missing, of the wrong type or given twice
├── SpanRejected      422  a span that is not one of the text
└── NotReady          503  the model is not loaded yet
"""

from __future__ import annotations

from collections.abc import Iterable

from alignment.span import Span
from service.errors import ServiceError

# A name that nobody knows can be as long as a body.
LONGEST_NAME = 80


class MalformedBody(ServiceError):
    """The body is not the JSON, form or text that it says it is."""

    status = 400
    field = "body"

    def __init__(self, reason: str, value: object = None) -> None:
        super().__init__(f"body: {reason}")
        self.value = value


class ForeignRequest(ServiceError):
    """The request comes from another site, or is addressed to one."""

    status = 403

    def __init__(self, header: str, value: str, reason: str) -> None:
        super().__init__(f"{header}: {reason}")
        self.field = header
        self.value = value


class BodyTooLarge(ServiceError):
    """The body has more bytes than the longest article can take."""

    status = 413
    field = "body"

    def __init__(self, length: int | None, limit: int) -> None:
        super().__init__(f"body: more than the limit of {limit} bytes")
        self.value = length


class WrongContentType(ServiceError):
    """The body is of a kind that is not read here."""

    status = 415
    field = "Content-Type"

    def __init__(self, value: str, accepted: Iterable[str]) -> None:
        super().__init__(f"Content-Type: send one of {', '.join(accepted)}")
        self.value = value


class WrongCharset(ServiceError):
    """The body is in another encoding than UTF-8."""

    status = 415
    field = "Content-Type"

    def __init__(self, value: str) -> None:
        super().__init__("Content-Type: the charset has to be utf-8")
        self.value = value


class FieldRejected(ServiceError):
    """A field is unknown, missing, of the wrong type or given twice."""

    status = 422

    def __init__(self, field: str, value: object, reason: str) -> None:
        super().__init__(f"{field[:LONGEST_NAME]}: {reason}")
        self.field = field
        self.value = value


class SpanRejected(ServiceError):
    """The span is not one of the text."""

    status = 422

    def __init__(self, field: str, span: Span, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.value = f"{span.start}:{span.end}"


class NotReady(ServiceError):
    """The model is not loaded yet."""

    status = 503
