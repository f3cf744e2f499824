"""JSON answers: readable French instead of escapes, in the order of the schema."""

from __future__ import annotations

import json
from collections.abc import Mapping

from flask import Response


def answer(data: Mapping[str, object]) -> Response:
    """`data` as JSON in UTF-8."""
    return Response(json.dumps(data, ensure_ascii=False), mimetype="application/json")
