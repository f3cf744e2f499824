"""A store with something in it, for the pages that list, count and report."""

from __future__ import annotations

from alignment.span import Span
from service.keeping import keep_translation
from service.store.claims import add_claim
from service.store.database import Store
from service.store.records import Origin
from service.store.reviews.changes import change_state
from service.store.reviews.flags import add_flag
from service.store.reviews.judgements import judge
from tests.review.engines import Unsure

LAKE = "Le lac est froid. Il est venu hier. Il ne dira rien à Éric."
BRIDGE = "Un pont neuf. Il sera ouvert en mars."
MARKUP = "<img src=x onerror=alert(1)>"


def keep(store: Store, text: str, title: str = "", filename: str = "") -> str:
    """A document that is kept, translated by an engine that doubts and leaves out."""
    return keep_translation(store, text, Unsure(), title=title, origin=Origin(filename=filename)).id


def stock(store: Store) -> str:
    """Two documents, the older one half reviewed by two people; the id of that one."""
    lake = keep(store, LAKE, "Au bord du lac", "lac.txt")
    keep(store, BRIDGE, filename="pont.txt")
    change_state(store, lake, 1, 0, "reviewed", "Ana", second=False)
    change_state(store, lake, 1, 1, "signed_off", "Bo", second=False)
    change_state(store, lake, 3, 0, "reviewed", "Bo", second=False)
    add_flag(store, lake, 3, "target", Span(36, 38), "too sure of itself", "critical", "Ana")
    claim = add_claim(store, lake, "target", Span(0, 17), by="Ana")
    judge(store, claim.id, "Ana", "faithful")
    judge(store, claim.id, "Bo", "unfaithful")
    judge(store, f"{lake}-s2", "Bo", "faithful")
    judge(store, f"{lake}-s2", "Ana", "faithful")
    return lake
