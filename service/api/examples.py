"""One small article and what becomes of it: the examples in the API's description."""

from __future__ import annotations

from dataclasses import replace

from alignment.document import AlignedDocument, Languages, Link, ModelInfo, NullMass, Segment
from alignment.formats.native import Json, to_json
from alignment.span import Span

SOURCE = "Il pleut à Brest."
TARGET = "It is raining in Brest."
SIGNATURE = ModelInfo(
    name="visavis-fr-en",
    revision="built-in",
    sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    engine="ctranslate2",
    decoding="beam:4|int8",
)

TRANSLATION_REQUEST: Json = {"text": SOURCE, "quality": "best", "offset_unit": "codepoint"}
PARAGRAPHS_REQUEST: Json = {"paragraphs": [SOURCE, "Il fait beau à Nice."]}
ALIGNMENT_REQUEST: Json = {"source": SOURCE, "target": TARGET, "offset_unit": "codepoint"}
FORM: Json = {"file": SOURCE, "quality": "fast"}
ALIVE: Json = {"status": "alive"}
READY: Json = {"status": "ready"}
MODELS: Json = {
    "models": [
        {
            "name": SIGNATURE.name,
            "source_language": "fr",
            "target_language": "en",
            "size": 31_457_280,
            "licence": "Apache-2.0",
            "revision": SIGNATURE.revision,
            "sha256": SIGNATURE.sha256,
            "default": True,
            "reason": "the only model for fr-en",
        }
    ]
}


def translation() -> Json:
    """The answer to TRANSLATION_REQUEST, as native JSON."""
    return {"id": None, **to_json(_document(SIGNATURE, -0.31))}


def alignment() -> Json:
    """The answer to ALIGNMENT_REQUEST, as native JSON."""
    signature = replace(SIGNATURE, decoding="beam:1|int8")
    return {"id": None, **to_json(_document(signature, None))}


def _document(signature: ModelInfo, score: float | None) -> AlignedDocument:
    pairs = (("Il", "It"), ("pleut", "is"), ("pleut", "raining"), ("à", "in"), ("Brest", "Brest"))
    links = tuple(Link(_word(SOURCE, s), _word(TARGET, t), 0.93) for s, t in pairs)
    segment = Segment(
        id="s1",
        paragraph=0,
        source=Span(0, len(SOURCE)),
        target=Span(0, len(TARGET)),
        links=links,
        nulls=tuple(NullMass(link.target, 0.07) for link in links),
        score=score,
    )
    return AlignedDocument(SOURCE, TARGET, (segment,), Languages("fr", "en"), signature)


def _word(text: str, word: str) -> Span:
    start = text.index(word)
    return Span(start, start + len(word))
