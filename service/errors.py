"""What a caller can be told. Each error knows its HTTP status and the field at fault.

ServiceError
├── ArticleRejected      422  the article cannot be translated as it stands
├── ArticleTooLong       413  the article is longer than this service takes
├── UnsupportedPair      422  no model for this language pair
├── UnknownFormat        422  no format of this name (documents/exports.py)
├── UnknownModel         404  no such model in models_cache
├── ModelDamaged         503  a model's files are missing, damaged or no MarianMT checkpoint
├── DownloadFailed       502  a model could not be downloaded, or is not what was asked for
└── Overloaded           503  more work is waiting than the service will hold
"""

from __future__ import annotations

from collections.abc import Iterable

from alignment.document import Languages


class ServiceError(Exception):
    """Something that the caller can be told."""

    status = 500
    field: str | None = None
    value: object = None


class ArticleRejected(ServiceError):
    """The article cannot be translated as it stands."""

    status = 422

    def __init__(self, field: str, value: object, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.value = value


class ArticleTooLong(ServiceError):
    """The article is longer than this service takes."""

    status = 413

    def __init__(self, field: str, length: int, limit: int) -> None:
        super().__init__(f"{field}: {length} characters are more than the limit of {limit}")
        self.field = field
        self.value = length
        self.limit = limit


class UnsupportedPair(ServiceError):
    """No model for this language pair."""

    status = 422
    field = "target_language"

    def __init__(self, languages: Languages, pairs: Iterable[Languages]) -> None:
        there_are = ", ".join(map(str, pairs)) or "none"
        super().__init__(f"no model translates {languages}; the pairs there are: {there_are}")
        self.value = str(languages)


class UnknownModel(ServiceError):
    """No such model in models_cache."""

    status = 404
    field = "model"

    def __init__(self, name: str, names: Iterable[str]) -> None:
        super().__init__(f"no model is called {name!r}; there are: {', '.join(names) or 'none'}")
        self.value = name


class ModelDamaged(ServiceError):
    """A model's files are missing, damaged or no MarianMT checkpoint."""

    status = 503


class DownloadFailed(ServiceError):
    """A model could not be downloaded, or is not what was asked for."""

    status = 502


class Overloaded(ServiceError):
    """More work is waiting than the service will hold."""

    status = 503
