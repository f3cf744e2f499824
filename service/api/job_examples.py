"""A job of two articles: the examples in the API's description."""

from __future__ import annotations

from alignment.formats.native import Json
from service.api import examples
from service.api.stored_examples import DOCUMENT, MOMENT

JOB = "k3w7tq5znb2xyd6hmrcj4fause"
PATH = f"/v1/jobs/{JOB}"

JOB_REQUEST: Json = {
    "articles": [
        {"id": "meteo-1", "title": "La météo", "text": examples.SOURCE},
        {"id": "meteo-2", "paragraphs": ["Il fait beau à Nice.", "Le vent tombe."]},
    ],
    "title": "La météo",
    "quality": "best",
    "priority": 5,
}
JOB_LINES = (
    '{"id": "meteo-1", "text": "Il pleut à Brest."}\n'
    '{"id": "meteo-2", "text": "Il fait beau à Nice."}\n'
)
JOB_FORM: Json = {"file": [examples.SOURCE], "title": "La météo"}
RUNNING: Json = {
    "id": JOB,
    "title": "La météo",
    "by": "Zoé",
    "state": "running",
    "priority": 5,
    "source_language": "fr",
    "target_language": "en",
    "quality": "best",
    "ignored": "",
    "created": MOMENT,
    "started": MOMENT,
    "finished": None,
    "articles": {"all": 2, "queued": 0, "leased": 1, "done": 1, "failed": 0, "cancelled": 0},
    "sentences": 1,
    "characters": 53,
    "characters_done": 17,
    "tokens": 7,
    "seconds_left": 0.4,
    "webhook": {
        "url": "https://news.example/done",
        "state": "waiting",
        "attempts": 0,
        "reason": "",
        "secret": None,
    },
    "links": {
        "self": PATH,
        "articles": f"{PATH}/articles",
        "events": f"{PATH}/events",
        "results": f"{PATH}/results",
        "page": f"/jobs/{JOB}",
    },
}
QUEUED: Json = {
    **RUNNING,
    "state": "queued",
    "started": None,
    "articles": {"all": 2, "queued": 2, "leased": 0, "done": 0, "failed": 0, "cancelled": 0},
    "sentences": 0,
    "characters_done": 0,
    "tokens": 0,
    "seconds_left": None,
}
JOBS: Json = {"jobs": [RUNNING], "next": "AAAAAAAAAAE"}
ARTICLES: Json = {
    "articles": [
        {
            "number": 1,
            "id": "meteo-1",
            "title": "La météo",
            "state": "done",
            "reason": "",
            "document": DOCUMENT,
            "characters": len(examples.SOURCE),
            "sentences": 1,
            "tokens": 7,
            "attempts": 1,
        }
    ],
    "next": 1,
}
EVENTS = (
    "id: 7\nevent: started\n"
    'data: {"at": "2026-11-23T09:30:00.000+00:00", "state": "running"}\n\n'
    "id: 8\nevent: finished\n"
    'data: {"at": "2026-11-23T09:30:02.000+00:00", "state": "done", "done": 2}\n\n'
)
