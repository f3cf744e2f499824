"""The library: the documents that are kept, found again and filtered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for

from alignment.document import Languages
from service.config import Settings
from service.engine import Engines
from service.review.complaints import said
from service.review.terms import term
from service.store.database import Store
from service.store.errors import BadCursor
from service.store.filters import EVERYTHING, FLAGGED, STAGES, Filter
from service.store.jobs.errors import NoSuchJob
from service.store.jobs.reading import read_job
from service.store.listing import ORDERS, Order, Page, list_documents
from service.store.records import REFUSED

Choice = TypeVar("Choice", bound=str)
SEARCH_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader looks for, as the form of the page has it; empty where it does not matter."""

    query: str = ""
    filter: Filter = EVERYTHING
    pair: str = ""
    order: Order = "newest"
    cursor: str | None = None

    def narrowed(self) -> bool:
        """Whether anything is looked for in particular."""
        return bool(self.query.strip()) or self.filter != EVERYTHING

    def address(self, **changes: str) -> str:
        """The library with this wish, but for some fields."""
        fields = {
            "query": self.query,
            "stage": self.filter.stage or "",
            "flagged": self.filter.flagged or "",
            "pair": self.pair,
            "job": self.filter.job,
            "order": "" if self.order == "newest" else self.order,
            **changes,
        }
        query = urlencode({name: value for name, value in fields.items() if value})
        return url_for("review.library") + (f"?{query}" if query else "")


def add_library_pages(
    blueprint: Blueprint, settings: Settings, engines: Engines, store: Store
) -> None:
    """/documents, for people."""
    blueprint.app_template_filter("term")(term)
    blueprint.app_template_filter("said")(said)

    @blueprint.get("/documents")
    def library() -> str:
        return library_page(read_wish(request.args), settings, engines, store)


def read_wish(given: Mapping[str, str]) -> Wish:
    """What an address asks for; what nobody could mean is passed over, as a list is no form."""
    # PostgreSQL takes no NUL even in a question.
    given = {name: REFUSED.sub("\ufffd", value) for name, value in given.items()}
    source, _, target = given.get("pair", "").partition("-")
    languages = Languages(source, target) if source and target else None
    return Wish(
        query=given.get("query", "")[:SEARCH_LENGTH],
        filter=Filter(
            stage=_one_of(STAGES, given.get("stage")),
            flagged=_one_of(FLAGGED, given.get("flagged")),
            languages=languages,
            job=given.get("job", ""),
        ),
        pair=str(languages) if languages else "",
        order=_one_of(ORDERS, given.get("order")) or "newest",
        cursor=given.get("cursor") or None,
    )


def library_page(wish: Wish, settings: Settings, engines: Engines, store: Store) -> str:
    """A page of the documents that are wished for, and where to put in another one."""
    pairs = engines.pairs()
    chosen = [wish.filter.languages] if wish.filter.languages else []
    return render_template(
        "review/library.html",
        wish=wish,
        page=_found(store, wish),
        job=_job_title(store, wish.filter.job),
        pairs=pairs,
        offered=list(dict.fromkeys([*pairs, *chosen])),
        settings=settings,
    )


def _found(store: Store, wish: Wish) -> Page:
    try:
        return list_documents(store, wish.query, wish.cursor, wanted=wish.filter, order=wish.order)
    except BadCursor:
        # An old bookmark of a page in another order: its first page is of more use than an error.
        return list_documents(store, wish.query, wanted=wish.filter, order=wish.order)


def _job_title(store: Store, job_id: str) -> str:
    """What a job is called, as far as anybody still knows."""
    if not job_id:
        return ""
    try:
        return read_job(store, job_id).title or job_id
    except NoSuchJob:
        return job_id


def _one_of(choices: tuple[Choice, ...], given: str | None) -> Choice | None:
    return next((choice for choice in choices if choice == given), None)
