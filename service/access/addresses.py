"""Addresses within this service, for whoever is sent on to one that the request named."""

from __future__ import annotations

import re

# A browser takes // and /\ for another host's, and leaves out tabs and line breaks first.
INSIDE = re.compile(r"/(?![/\\])[^\x00-\x20\\\x7f-\x9f]*")


def inside(wished: str, otherwise: str) -> str:
    """The address wished for, if it is a path of this service."""
    return wished if INSIDE.fullmatch(wished) else otherwise
