"""A document that is kept and a claim in it: the examples in the API's description."""

from __future__ import annotations

from alignment.anchoring import text_sha256
from alignment.formats.native import Json
from service.api import examples

DOCUMENT = "b4s6zq2mfx3wkd7hnyct5uravg"
CLAIM = "q7ymo2kd5tz3xwbf6hrncj4sve"
MOMENT = "2026-11-23T09:30:00.000+00:00"
SOURCE_SHA256 = text_sha256(examples.SOURCE)
TARGET_SHA256 = text_sha256(examples.TARGET)
BREST = {"start": 17, "end": 22}
SOURCE_BREST = {"start": 11, "end": 16}

CLAIM_REQUEST: Json = {"target": BREST, "offset_unit": "codepoint", "by": "Zoé"}
JUDGEMENT: Json = {"verdict": "faithful", "by": "Zoé"}
ANCHOR_REQUEST: Json = {"text": f"Mise à jour. {examples.SOURCE}", "side": "source"}
DOCUMENTS: Json = {
    "documents": [
        {
            "id": DOCUMENT,
            "title": "La météo",
            "opening": examples.SOURCE,
            "source_language": "fr",
            "target_language": "en",
            "model": examples.translation()["model"],
            "origin": {"media_type": "text/plain", "filename": ""},
            "source_sha256": SOURCE_SHA256,
            "source_length": len(examples.SOURCE),
            "target_length": len(examples.TARGET),
            "segments": 1,
            "progress": {
                "draft": 1,
                "reviewed": 0,
                "signed_off": 0,
                "edited": 0,
                "flagged": {"critical": 0, "major": 0, "minor": 0},
                "open_flags": 0,
            },
            "created": MOMENT,
            "updated": MOMENT,
            "page": f"/documents/{DOCUMENT}",
        }
    ],
    "next": "AAAAAAAAAAE",
}
TRACE: Json = {
    "document": DOCUMENT,
    "side": "target",
    "offset_unit": "codepoint",
    "span": {**BREST, "text": "Brest"},
    "spans": [{**SOURCE_BREST, "text": "Brest"}],
    "coverage": 1.0,
    "confidence": 0.93,
    "unlinked": [],
    "sentences": [{"start": 0, "end": len(examples.SOURCE), "text": examples.SOURCE}],
}
MARKED: Json = {
    "id": CLAIM,
    "document": DOCUMENT,
    "kind": "marked",
    "side": "target",
    "offset_unit": "codepoint",
    "span": BREST,
    "source": [{"span": SOURCE_BREST, "exact": "Brest", "prefix": "Il pleut à ", "suffix": "."}],
    "target": [{"span": BREST, "exact": "Brest", "prefix": "It is raining in ", "suffix": "."}],
    "coverage": 1.0,
    "confidence": 0.93,
    "source_sha256": SOURCE_SHA256,
    "target_sha256": TARGET_SHA256,
    "verdict": "undecided",
    "status": "active",
    "created": MOMENT,
    "by": "Zoé",
    "page": f"/claims/{CLAIM}",
}
CLAIMS: Json = {"claims": [MARKED]}
HISTORY: Json = {
    "claim": CLAIM,
    "changes": [
        {
            "at": MOMENT,
            "by": "Zoé",
            "action": "judged",
            "before": {"verdict": "undecided"},
            "after": {"verdict": "faithful"},
        }
    ],
}
ANCHORED: Json = {
    "claim": CLAIM,
    "side": "source",
    "offset_unit": "codepoint",
    "quotes": [{"exact": "Brest", "outcome": "moved", "spans": [{"start": 24, "end": 29}]}],
}


def document() -> Json:
    """A document that is kept."""
    return {
        **examples.translation(),
        "id": DOCUMENT,
        "title": "La météo",
        "created": MOMENT,
        "updated": MOMENT,
        "source_sha256": SOURCE_SHA256,
        "target_sha256": TARGET_SHA256,
        "origin": {"media_type": "text/plain", "filename": ""},
        "page": f"/documents/{DOCUMENT}",
    }
