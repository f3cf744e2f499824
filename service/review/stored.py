"""The pages of what is kept: a document, and a claim as a citation with its original quote."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from alignment.document import Side
from alignment.formats import html
from alignment.formats.flags import UNCARRIED, flags
from alignment.span import Span
from service.documents.exports import EXPORTS
from service.review.citations import (
    VERDICTS,
    Passage,
    citation,
    coverage_in_words,
    issues_of,
    passages,
)
from service.store.claims import read_claim
from service.store.database import Store
from service.store.documents import delete_document, read_document
from service.store.errors import StoreError
from service.store.history import read_history
from service.store.marked import marked_claims
from service.store.quotations import Claim
from service.store.records import StoredDocument
from service.store.texts import read_texts
from service.store.traces import trace

UNTITLED = "Untitled"
# In code points: what a list or a heading shows of a quote or a title.
SHOWN = 120


def add_stored_pages(blueprint: Blueprint, store: Store) -> None:
    """/documents and /claims, for people."""

    @blueprint.get("/documents/<document_id>")
    def document(document_id: str) -> str:
        return document_page(store, document_id)

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


def document_page(store: Store, document_id: str) -> str:
    """A document: its ladder and flags, its claims, and the files it can be taken along as."""
    stored = read_document(store, document_id)
    return render_template(
        "review/document.html",
        stored=stored,
        title=stored.title or stored.origin.filename or UNTITLED,
        flags=Markup(flags(stored.document)),
        ladder=Markup(html.ladder(stored.document)),
        facts=Markup(html.facts(stored.document)),
        claims=marked_claims(store, document_id),
        exports=EXPORTS,
        verdicts=VERDICTS,
    )


def claim_page(store: Store, claim_id: str) -> str:
    """A claim: both quotes in their context, where they come from, and what was made of them."""
    claim = read_claim(store, claim_id)
    stored = read_document(store, claim.document)
    languages = stored.document.languages
    address = url_for("review.claim", claim_id=claim.id, _external=True)
    return render_template(
        "review/claim.html",
        claim=claim,
        stored=stored,
        title=stored.title or stored.origin.filename or UNTITLED,
        sides=[
            ("Translation", languages.target, _shown(store, claim, stored, "target")),
            ("Original", languages.source, _shown(store, claim, stored, "source")),
        ],
        coverage=coverage_in_words(claim),
        issues=issues_of(claim, stored),
        verdict=VERDICTS[claim.verdict],
        model=stored.document.model,
        address=address,
        citation=citation(claim, stored, address),
        history=read_history(store, "claim", claim.id),
    )


def _shown(store: Store, claim: Claim, stored: StoredDocument, side: Side) -> tuple[Passage, ...]:
    """The quotes of one side in their context; where there are none, the sentences without them."""
    quoted = [quote.span for quote in claim.quotes(side)]
    sentences: tuple[Span, ...] = ()
    if not quoted and side != claim.side:
        sentences = trace(store, claim.document, claim.side, claim.span).sentences
    return passages(stored.document.text(side), quoted, sentences)
