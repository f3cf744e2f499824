"""JSON answers: readable French instead of escapes, in the order of the schema."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response

from alignment.formats.provenance import as_text


def answer(data: Mapping[str, object]) -> Response:
    """`data` as JSON in UTF-8."""
    return Response(as_text(data), mimetype="application/json")
