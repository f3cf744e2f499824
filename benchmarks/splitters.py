"""Sentence splitters by others beside ours, each made to give spans in code points.

They are the optional extra `[bench]`; none is ever needed to run the project.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from itertools import pairwise
from typing import Any

from alignment.sentences import sentences
from alignment.span import Span

Split = Callable[[str], list[Span]]


def ours(language: str) -> Split:
    """`alignment.sentences`."""
    return lambda text: list(sentences(text, language))


def sentencex(language: str) -> Split:
    """Wikimedia's sentencex (Rust)."""
    boundaries = import_module("sentencex").get_sentence_boundaries
    return lambda text: [
        Span(each["start_index"], each["end_index"]) for each in boundaries(language, text)
    ]


def pysbd(language: str) -> Split:
    """pySBD, asked for character spans."""
    segmenter = import_module("pysbd").Segmenter(language=language, clean=False, char_span=True)
    return lambda text: [Span(each.start, each.end) for each in segmenter.segment(text)]


def spacy(language: str) -> Split:
    """spaCy's blank pipeline with its sentencizer: its rules, which need no weights."""
    pipeline = import_module("spacy").blank(language)
    pipeline.add_pipe("sentencizer")
    pipeline.max_length = 10**9
    return lambda text: [Span(each.start_char, each.end_char) for each in pipeline(text).sents]


def punkt(language: str) -> Split:
    """NLTK's Punkt, untrained."""
    tokenizer = import_module("nltk.tokenize.punkt").PunktSentenceTokenizer()
    return lambda text: [Span(*each) for each in tokenizer.span_tokenize(text)]


def moses(language: str) -> Split:
    """The splitter of Moses (sentence-splitter), whose strings are looked for in the text."""
    splitter = import_module("sentence_splitter").SentenceSplitter(language=language)
    return lambda text: located(text, splitter.split(text))


def icu(language: str) -> Split:
    """ICU's break iterator (PyICU), whose offsets count UTF-16 units."""
    library: Any = import_module("icu")

    def split(text: str) -> list[Span]:
        breaks = library.BreakIterator.createSentenceInstance(library.Locale(language))
        breaks.setText(text)
        at = code_points(text)
        return [Span(at[start], at[end]) for start, end in pairwise([0, *breaks])]

    return split


# The name in the table, what makes the splitter, and the distribution that it comes from.
SPLITTERS: tuple[tuple[str, Callable[[str], Split], str], ...] = (
    ("ours", ours, ""),
    ("sentencex", sentencex, "sentencex"),
    ("pySBD", pysbd, "pysbd"),
    ("spaCy sentencizer", spacy, "spacy"),
    ("Punkt, untrained", punkt, "nltk"),
    ("Moses (gives strings)", moses, "sentence-splitter"),
    ("ICU", icu, "PyICU"),
)


def located(text: str, parts: Iterable[str]) -> list[Span]:
    """Where strings stand in a text, one after the other; one that was changed is left out."""
    found, start = [], 0
    for part in parts:
        position = text.find(part, start)
        if part and position >= 0:
            start = position + len(part)
            found.append(Span(position, start))
    return found


def code_points(text: str) -> Sequence[int]:
    """For each UTF-16 offset of a text, the code point that it falls on."""
    if text.isascii() or max(text) < "\U00010000":
        return range(len(text) + 1)
    found = [position for position, sign in enumerate(text) for _ in range(1 + (ord(sign) > 65535))]
    return [*found, len(text)]
