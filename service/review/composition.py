"""What somebody put into the form, whether or not it can be translated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import category

from werkzeug.datastructures import FileStorage, ImmutableMultiDict

from alignment.document import Languages
from service.article import read_upload
from service.documents.article import Article
from service.documents.kinds import said_kind
from service.engine import QUALITIES, Quality
from service.errors import ArticleRejected, UnsupportedPair

# Code points of a title that is made of the text itself.
CALLED = 80
# Code points of a line that are looked at for it.
MOST_READ = 1_000


@dataclass(frozen=True, slots=True)
class Composition:
    """The form as it was sent, kept so that no error costs anybody their text.

    `file` is the content of the file that was sent, None where there was none;
    `keep` is whether the translation is to be stored.
    """

    text: str = ""
    file: bytes | None = None
    pair: str = ""
    quality: str = "best"
    keep: bool = False
    filename: str = ""

    def article(self) -> tuple[Article, str]:
        """The article to translate, and the name of the field that it came in.

        A file of plain text is taken character by character, its byte order
        mark and line ends included. Raises ArticleRejected, and an
        UnreadableFile for a file of another kind.
        """
        if self.file is None:
            return Article(self.text, "text", title=opening(self.text)), "text"
        if self.text.strip():
            raise ArticleRejected("file", None, "send either a text or a file, not both")
        if said_kind(self.filename, None) not in ("text", None):
            return read_upload(self.file, self.filename, None), "file"
        try:
            return Article(self.file.decode("utf-8"), "text"), "file"
        except UnicodeDecodeError as error:
            raise ArticleRejected(
                "file",
                self.file[error.start : error.end],
                f"this is no text in UTF-8 (byte {error.start}); save it as plain text in UTF-8",
            ) from None

    def languages(self, pairs: Sequence[Languages]) -> Languages:
        """The pair that was asked for, the first where none was. Raises UnsupportedPair."""
        for languages in pairs:
            if self.pair in ("", str(languages)):
                return languages
        source, _, target = self.pair.partition("-")
        raise UnsupportedPair(Languages(source, target), pairs)

    def checked_quality(self) -> Quality:
        """The quality that was asked for. Raises ArticleRejected."""
        for quality in QUALITIES:
            if self.quality == quality:
                return quality
        raise ArticleRejected("quality", self.quality, f"choose one of {', '.join(QUALITIES)}")


def opening(text: str) -> str:
    """What a text without a title or a file is called by: the beginning of its first line."""
    words = next(filter(None, map(_shown, text.splitlines())), "")
    if len(words) <= CALLED:
        return words
    head, blank, _ = words[: CALLED + 1].rpartition(" ")
    return f"{head} …" if blank else f"{words[:CALLED]}…"


def _shown(line: str) -> str:
    """The words of a line as a title can show them; of a very long one, the first."""
    words = " ".join(line.strip()[:MOST_READ].split())
    return "".join(each for each in words if category(each) != "Cc").strip("\ufeff ")


def read_composition(
    form: ImmutableMultiDict[str, str], files: ImmutableMultiDict[str, FileStorage]
) -> Composition:
    """The form of a request."""
    file = files.get("file")
    return Composition(
        # A browser sends every line break of a text box as CRLF, whichever was typed.
        text=form.get("text", "").replace("\r\n", "\n"),
        file=file.read() if file and file.filename else None,
        pair=form.get("pair", ""),
        quality=form.get("quality", "best"),
        keep="keep" in form,
        filename=(file.filename or "") if file else "",
    )
