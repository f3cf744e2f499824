"""The one table of who may do what: the permission that each route asks for.

A route that is not in it is open to nobody but a machine without accounts, and
a test names it. Roles and what they are granted are in
`service.store.people.records`: accounts are kept with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from service.store.people.records import GRANTED, SCOPES, Role, Scope

Permission: TypeAlias = Literal["public", "read", "translate", "review", "jobs", "admin", "metrics"]

# By Flask's endpoint: blueprint and view.
PERMISSIONS: Mapping[str, Permission] = {
    "health.healthz": "public",
    "health.readyz": "public",
    "language": "public",
    "api.static": "public",
    "api.docs": "read",
    "api.description": "read",
    "api.models": "read",
    "api.translate": "translate",
    "api.align": "translate",
    "documents.search": "read",
    "documents.read": "read",
    "documents.lead": "read",
    "documents.download": "read",
    "documents.forget": "review",
    "claims.of_document": "read",
    "claims.read": "read",
    "claims.history": "read",
    "claims.anchor": "read",
    "claims.mark": "translate",
    "claims.judge": "review",
    "claims.judge_mine": "review",
    "segments.of_document": "read",
    "segments.read": "read",
    "segments.history": "read",
    "segments.comments": "read",
    "segments.agreement": "read",
    # A new text; for another state these two views ask for "review" besides.
    "segments.change": "translate",
    "segments.undo": "translate",
    "segments.comment": "translate",
    "segments.uncomment": "translate",
    "segments.flag": "translate",
    "segments.resolve": "review",
    "jobs.search_jobs": "read",
    "jobs.read": "read",
    "jobs.articles": "read",
    "jobs.events": "read",
    "jobs.take": "read",
    "jobs.submit_job": "jobs",
    "jobs.cancel": "jobs",
    "jobs.pause": "jobs",
    "jobs.resume": "jobs",
    "jobs.retry": "jobs",
    "jobs.delete": "jobs",
    "metrics.metrics_of_all": "metrics",
    "review.static": "public",
    "review.ladder": "public",
    "review.compose": "read",
    "review.translate": "translate",
    "review.download": "translate",
    "review.document": "read",
    "review.confirm": "review",
    "review.forget": "review",
    "review.claim": "read",
    "review.library": "read",
    "review.more_rungs": "read",
    "review.selection": "read",
    "review.report": "read",
    "review.jobs": "read",
    "review.job": "read",
    "review.submit_job": "jobs",
    "review.control_job": "jobs",
    "review.confirm_job": "jobs",
    "review.forget_job": "jobs",
    "review.sign_in": "public",
    "review.enter": "public",
    "review.sign_out": "public",
    "review.ask_provider": "public",
    "review.hear_provider": "public",
    "review.password": "public",
    "review.choose_password": "public",
    "review.account": "read",
    "review.change_password": "read",
    "review.change_language": "read",
    "review.end_own_sessions": "read",
    "review.make_key": "read",
    "review.drop_key": "read",
    "review.people": "admin",
    "review.add_person": "admin",
    "review.change_person": "admin",
}


def roles_with(scope: Scope) -> tuple[Role, ...]:
    """The roles that are granted a permission, the least of them first."""
    return tuple(role for role, granted in GRANTED.items() if scope in granted)


def in_order(scopes: frozenset[Scope]) -> tuple[Scope, ...]:
    """Permissions as they are always listed."""
    return tuple(scope for scope in SCOPES if scope in scopes)
