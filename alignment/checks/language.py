"""What the checks know of a language: `languages/LANGUAGE/NAME.toml`, one table a check."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=64)
def table(language: str, name: str) -> Mapping[str, Any] | None:
    """The table `name` of a language (a BCP 47 code), None where there is none.

    It is read when it is first asked for; the caller must not change it.
    """
    if not language.isalpha():
        return None
    resource = files("alignment.checks") / "languages" / language / f"{name}.toml"
    if not resource.is_file():
        return None
    return tomllib.loads(resource.read_text(encoding="utf-8"))
