"""French as it is typeset, in the characters that a model was trained on.

The model reads straight apostrophes and quotation marks, plain spaces and no
invisible characters; the article keeps its own. Each character of the
model's text knows the character of the article that it stands for.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Container
from dataclasses import dataclass

from alignment.span import Span

# In no vocabulary, and left alone by SentencePiece, which makes a space of U+FFFD.
UNREADABLE = "\U0010fffd"
# What every model is given, one character for one: `’` is unknown to opus-mt-fr-en.
ALWAYS = {
    **dict.fromkeys("’‘ʼ‛＇′", "'"),
    **dict.fromkeys("“”„‟＂″", '"'),
    **dict.fromkeys("\u2010\u2011", "-"),
    # SentencePiece's own sign for a space would vanish from the text.
    "\u2581": "_",
    **dict.fromkeys("\ufffd\ufffe\uffff", UNREADABLE),
}
# What a model is given where its vocabulary lacks the character.
TWINS = {
    **dict.fromkeys("«»", '"'),
    **dict.fromkeys("‹›`´", "'"),
    **dict.fromkeys("‒–—―−•·", "-"),
    "×": "x",
    "⁄": "/",
    "…": ".",
}
VARIATION_SELECTORS = range(0xFE00, 0xFE10)
MORE_VARIATION_SELECTORS = range(0xE0100, 0xE01F0)


@dataclass(frozen=True, slots=True)
class ModelText:
    """A text as a model reads it: `origins[i]` is where character i stands in the original."""

    text: str
    origins: array[int]
    length: int

    def original(self, span: Span) -> Span:
        """A span of this text, in code points of the original."""
        if span.start == span.end:
            here = self.origins[span.start] if span.start < len(self.origins) else self.length
            return Span(here, here)
        return Span(self.origins[span.start], self.origins[span.end - 1] + 1)


def model_text(text: str, alphabet: Container[str]) -> ModelText:
    """What a model that knows the characters of `alphabet` is given of `text`.

    Soft hyphens, zero-width characters, byte order marks, direction marks and
    controls are left out; half a surrogate pair becomes a
    character that no model knows.
    """
    seen = {character: _twin(character, alphabet) for character in set(text)}
    characters = []
    origins = array("q")
    for position, character in enumerate(text):
        if twin := seen[character]:
            characters.append(twin)
            origins.append(position)
    return ModelText("".join(characters), origins, len(text))


def _twin(character: str, alphabet: Container[str]) -> str:
    """The character in the model's typography; empty where it says nothing."""
    if character in ALWAYS:
        return ALWAYS[character]
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category == "Cs":
        return UNREADABLE
    if category in ("Cc", "Cf") or _is_variation_selector(character):
        return ""
    known = all(part in alphabet for part in unicodedata.normalize("NFKC", character))
    return character if known else TWINS.get(character, character)


def _is_variation_selector(character: str) -> bool:
    code = ord(character)
    return code in VARIATION_SELECTORS or code in MORE_VARIATION_SELECTORS
