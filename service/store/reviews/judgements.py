"""What each person finds of each claim, and how far they agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from sqlalchemy import select

from alignment.agreement import concord
from service.store.claims import judge_claim
from service.store.database import Store
from service.store.quotations import Claim, Verdict
from service.store.reviews.reading import document_without_texts
from service.store.reviews.records import Agreement, PersonalVerdict
from service.store.reviews.tables import judgements
from service.store.tables import claims


def judge(store: Store, claim_id: str, by: str, verdict: Verdict) -> Claim:
    """Say what somebody finds of a claim, whose verdict it becomes; undecided takes it back.

    Raises NoSuchClaim and Unstorable.
    """
    return judge_claim(store, claim_id, by, verdict)


def judgements_of(store: Store, document_id: str) -> tuple[PersonalVerdict, ...]:
    """Everybody's verdicts on the claims of a document that stand, claim by claim.

    Raises NoSuchDocument.
    """
    with store.reading() as connection:
        document = document_without_texts(connection, document_id)
        rows = connection.execute(
            select(claims.c.id, judgements.c.by, judgements.c.verdict, judgements.c.at)
            .join(claims)
            .where(claims.c.document == document.key, claims.c.status == "active")
            .order_by(claims.c.key, judgements.c.at, judgements.c.by)
        )
        return tuple(PersonalVerdict(*row) for row in rows)


def agreement(store: Store, document_id: str) -> tuple[Agreement, ...]:
    """How far any two people agree on the claims of a document that both have judged.

    Pairs by name; two who have judged nothing together are left out. Raises
    NoSuchDocument.
    """
    found = judgements_of(store, document_id)
    people = sorted({each.by for each in found})
    return tuple(_agreements(found, combinations(people, 2)))


def _agreements(
    found: Iterable[PersonalVerdict], pairs: Iterable[tuple[str, str]]
) -> Iterable[Agreement]:
    by_person: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for each in found:
        by_person[each.by][each.claim] = each.verdict
    for first, second in pairs:
        one, other = by_person[first], by_person[second]
        shared = [claim for claim in one if claim in other]
        both = concord([(one[claim], other[claim]) for claim in shared])
        if both:
            yield Agreement(first, second, both.judged, both.observed, both.kappa)
