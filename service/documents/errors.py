"""Why a file could not be read. Each says which file, and what would help.

UnreadableFile          422  the file cannot be read as it stands
├── UnsupportedFile     415  a kind of file that is not read: PDF, images, old Word files
├── MisnamedFile        415  a file whose content is not what its name says
├── NothingToRead       422  a file without any text
├── UnknownEncoding     422  bytes that no known encoding explains
├── DamagedFile         422  a file that breaks the rules of its own kind
├── UnsafeFile          422  a file that would take more memory or time than it is worth
├── SeveralArticles     422  a file of several articles where one is wanted
└── FileTooLarge        413  a file of more bytes than are taken
"""

from __future__ import annotations

from service.errors import ServiceError


class UnreadableFile(ServiceError):
    """The file cannot be read as it stands."""

    status = 422
    field = "file"

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.value = name
        self.reason = reason


class UnsupportedFile(UnreadableFile):
    """A kind of file that is not read: PDF, images, old Word files."""

    status = 415


class MisnamedFile(UnreadableFile):
    """A file whose content is not what its name says."""

    status = 415


class NothingToRead(UnreadableFile):
    """A file without any text."""


class UnknownEncoding(UnreadableFile):
    """Bytes that no known encoding explains."""


class DamagedFile(UnreadableFile):
    """A file that breaks the rules of its own kind."""


class UnsafeFile(UnreadableFile):
    """A file that would take more memory or time than it is worth."""


class SeveralArticles(UnreadableFile):
    """A file of several articles where one is wanted."""


class FileTooLarge(UnreadableFile):
    """A file of more bytes than are taken."""

    status = 413
