"""A segment under review: the examples in the API's description."""

from __future__ import annotations

from datetime import datetime

from alignment.formats.native import Json, from_json
from alignment.span import Span
from service.api import examples
from service.api.segment_json import segment_json
from service.api.stored_examples import BREST, DOCUMENT, MOMENT
from service.store.reviews.records import Beginning, Flag, ReviewedSegment

FLAG = "m3xk7ewq2ztp5yvhc6rnb4jdus"
COMMENT = "t5qdw2xkz7mpy3hvb6rnc4jeua"
REVISION = 2
EDITED = "It's raining in Brest."

CHANGE_REQUEST: Json = {"revision": 1, "state": "reviewed"}
EDIT_REQUEST: Json = {"revision": 1, "target": EDITED}
UNDO_REQUEST: Json = {"revision": REVISION}
COMMENT_REQUEST: Json = {"text": "Le style de la maison dit « it is »."}
FLAG_REQUEST: Json = {
    "side": "target",
    **BREST,
    "reason": "Lequel ? Il y en a deux.",
    "severity": "minor",
}
RESOLUTION: Json = {"resolved": True}
VERDICT: Json = {"verdict": "faithful"}

ARTICLE = from_json(examples.translation())
FOUND = Flag(
    id=FLAG,
    document=DOCUMENT,
    number=1,
    side="target",
    span=Span(**BREST),
    quote="Brest",
    reason="Lequel ? Il y en a deux.",
    severity="minor",
    by="Zoé",
    at=datetime.fromisoformat(MOMENT),
    resolved=False,
)
PRESENT = ReviewedSegment(
    document=DOCUMENT,
    number=1,
    segment=ARTICLE.segments[0],
    source=examples.SOURCE,
    target=examples.TARGET,
    source_begins=Beginning(0, 0, 0),
    target_begins=Beginning(0, 0, 0),
    state="reviewed",
    severity="none",
    revision=REVISION,
    edited_by=None,
    reviewed_by="Zoé",
    signed_by="",
    flags=(FOUND,),
    comments=1,
    languages=ARTICLE.languages,
    checked=ARTICLE.checked,
)
SEGMENT = segment_json(PRESENT, "codepoint")
FLAGGED: Json = SEGMENT["flags"][0]
SEGMENTS: Json = {"segments": [SEGMENT], "next": None}
SAID: Json = {"id": COMMENT, "by": "Zoé", "at": MOMENT, **COMMENT_REQUEST}
COMMENTS: Json = {"comments": [SAID]}
HISTORY: Json = {
    "changes": [
        {
            "at": MOMENT,
            "by": "Zoé",
            "action": "edited",
            "before": {"target": examples.TARGET},
            "after": {"target": EDITED},
            "diff": [["-", "It is"], ["+", "It's"], ["=", " raining in Brest."]],
        }
    ]
}
AGREEMENTS: Json = {
    "pairs": [{"first": "Max", "second": "Zoé", "claims": 40, "observed": 0.9, "kappa": 0.61}]
}
