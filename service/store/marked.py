"""The claims that somebody marked in a document, without those that its sentences are."""

from __future__ import annotations

from sqlalchemy import select

from service.store.database import Store
from service.store.quotations import Claim, claim_of
from service.store.tables import claims, documents


def marked_claims(store: Store, document_id: str) -> tuple[Claim, ...]:
    """In the order in which they were marked; none for a document that there isn't."""
    statement = (
        select(claims, documents.c.id.label("document_id"))
        .join(documents)
        .where(documents.c.id == document_id, claims.c.kind == "marked")
        .order_by(claims.c.key)
    )
    with store.reading() as connection:
        return tuple(claim_of(row) for row in connection.execute(statement))
