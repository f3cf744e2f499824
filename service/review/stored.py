"""The pages of what is kept: a claim as a citation with its original quote, and the end of it."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from alignment.document import Side
from alignment.formats.flags import UNCARRIED
from alignment.span import Span
from service.review.citations import Passage, citation, issues_of, passages, remembered
from service.store.claims import read_claim
from service.store.database import Store
from service.store.documents import delete_document, read_document
from service.store.errors import StoreError
from service.store.heading import read_heading
from service.store.history import read_history
from service.store.marked import marked_claims
from service.store.quotations import Claim
from service.store.records import StoredDocument
from service.store.texts import read_texts
from service.store.traces import trace

# In code points: what a list or a heading shows of a quote or a title.
SHOWN = 120


def add_stored_pages(blueprint: Blueprint, store: Store) -> None:
    """/claims, and how a document is deleted, for people."""

    @blueprint.get("/documents/<document_id>/delete")
    def confirm(document_id: str) -> str:
        texts = read_texts(store, document_id)
        claims = len(marked_claims(store, document_id))
        return render_template(
            "review/delete.html", document_id=document_id, texts=texts, claims=claims
        )

    @blueprint.post("/documents/<document_id>/delete")
    def forget(document_id: str) -> str:
        title = read_texts(store, document_id).title
        delete_document(store, document_id)
        return render_template("review/deleted.html", title=title)

    @blueprint.get("/claims/<claim_id>")
    def claim(claim_id: str) -> str:
        return claim_page(store, claim_id)

    @blueprint.errorhandler(StoreError)
    def refused(error: StoreError) -> ResponseReturnValue:
        return render_template("review/refused.html", error=error), error.status

    @blueprint.app_template_filter()
    def short(text: str) -> str:
        return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"

    @blueprint.app_template_filter()
    def carried(text: str) -> str:
        # What is said of a text may quote anything; HTML carries no half of a surrogate pair.
        return UNCARRIED.sub("\ufffd", text)


def claim_page(store: Store, claim_id: str) -> str:
    """A claim: both quotes in their context, where they come from, and what was made of them."""
    claim = read_claim(store, claim_id)
    stored = read_document(store, claim.document)
    heading = read_heading(store, claim.document)
    languages = heading.languages
    address = url_for("review.claim", claim_id=claim.id, _external=True)
    return render_template(
        "review/claim.html",
        claim=claim,
        heading=heading,
        sides=[
            ("target", languages.target, _shown(store, claim, stored, "target")),
            ("source", languages.source, _shown(store, claim, stored, "source")),
        ],
        issues=issues_of(claim, stored),
        address=address,
        citation=citation(claim, heading, address),
        history=read_history(store, "claim", claim.id),
    )


def _shown(store: Store, claim: Claim, stored: StoredDocument, side: Side) -> tuple[Passage, ...]:
    """The quotes of one side in their context; where there are none, the sentences without them."""
    if claim.lost and side == "target":
        return remembered(claim.target)
    quoted = [quote.span for quote in claim.quotes(side)]
    sentences: tuple[Span, ...] = ()
    if not quoted and side != claim.side and not claim.lost:
        sentences = trace(store, claim.document, claim.side, claim.span).sentences
    return passages(stored.document.text(side), quoted, sentences)
