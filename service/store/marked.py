"""The claims that somebody marked in a document, without those that its sentences are."""

from __future__ import annotations

from service.store.database import Store
from service.store.quotations import Claim, claim_of, rows_of_claims
from service.store.tables import claims, documents


def marked_claims(store: Store, document_id: str) -> tuple[Claim, ...]:
    """In the order in which they were marked; none for a document that there isn't."""
    statement = (
        rows_of_claims()
        .where(documents.c.id == document_id, claims.c.kind == "marked")
        .order_by(claims.c.key)
    )
    with store.reading() as connection:
        return tuple(claim_of(row) for row in connection.execute(statement))
