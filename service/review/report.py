"""The report on a document: what its claims were judged to be, by whom, and what is still open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, url_for

from alignment.document import Issue
from service.config import Settings
from service.documents.exports import EXPORTS
from service.engine import Engines
from service.review.strip import strip
from service.store.claims import read_claim
from service.store.database import Store
from service.store.heading import read_heading
from service.store.marked import marked_claims
from service.store.quotations import Claim
from service.store.records import now
from service.store.reviews.flags import flags_of
from service.store.reviews.judgements import agreement, judgements_of
from service.store.reviews.progress import progress_of
from service.store.reviews.progress import strip as read_tiles
from service.store.reviews.reading import read_segments
from service.store.reviews.records import Flag, PersonalVerdict, ReviewedSegment

# More segments than any document has.
ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim, and what each person finds of it."""

    claim: Claim
    verdicts: tuple[PersonalVerdict, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A segment that something is still open about: the checks' issues, and reviewers' flags."""

    segment: ReviewedSegment
    issues: tuple[Issue, ...]
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How many segments somebody edited, reviewed and signed off."""

    name: str
    edited: int
    reviewed: int
    signed: int


def add_report_pages(
    blueprint: Blueprint, settings: Settings, engines: Engines, store: Store
) -> None:
    """/documents/…/report, for people."""

    @blueprint.get("/documents/<document_id>/report")
    def report(document_id: str) -> str:
        return report_page(store, document_id)


def report_page(store: Store, document_id: str) -> str:
    """The whole report, to be printed and to be shared. Raises NoSuchDocument."""
    segments = read_segments(store, document_id, 1, ALL)
    doubts = doubts_of(segments)
    return render_template(
        "review/report.html",
        heading=read_heading(store, document_id),
        progress=progress_of(store, document_id),
        strip=strip(read_tiles(store, document_id)),
        claims=judged_claims(store, document_id),
        doubts=doubts,
        # Whoever signed a sentence off has seen what was flagged in it.
        settled=sum(len(_issues(each)) for each in segments if each.state == "signed_off"),
        lost=[flag for flag in flags_of(store, document_id) if _is_open(flag) and not flag.span],
        shares=shares_of(segments),
        agreements=agreement(store, document_id),
        exports=EXPORTS,
        address=url_for("review.report", document_id=document_id, _external=True),
        written=now(),
    )


def judged_claims(store: Store, document_id: str) -> list[Judged]:
    """The claims that were marked, and the sentences that somebody judged, in order of the text."""
    verdicts: Mapping[str, list[PersonalVerdict]] = defaultdict(list)
    for each in judgements_of(store, document_id):
        verdicts[each.claim].append(each)
    claims = {claim.id: claim for claim in marked_claims(store, document_id)}
    claims |= {each: read_claim(store, each) for each in verdicts if each not in claims}
    standing = [claim for claim in claims.values() if claim.status != "withdrawn"]
    standing.sort(key=lambda claim: (claim.side, claim.span))
    return [Judged(claim, tuple(verdicts.get(claim.id, ()))) for claim in standing]


def doubts_of(segments: Iterable[ReviewedSegment]) -> list[Doubt]:
    """What is still to look at: issues of what is not signed off yet, flags that are open."""
    found = (
        Doubt(
            each,
            _issues(each) if each.state != "signed_off" else (),
            tuple(flag for flag in each.flags if _is_open(flag) and flag.span),
        )
        for each in segments
    )
    return [doubt for doubt in found if doubt.issues or doubt.flags]


def shares_of(segments: Sequence[ReviewedSegment]) -> list[Share]:
    """Who did how much, by name; somebody without a name is nobody."""
    edited = Counter(each.edited_by for each in segments if each.edited_by)
    reviewed = Counter(each.reviewed_by for each in segments if each.reviewed_by)
    signed = Counter(each.signed_by for each in segments if each.signed_by)
    names = sorted({*edited, *reviewed, *signed})
    return [Share(name, edited[name], reviewed[name], signed[name]) for name in names]


def _issues(segment: ReviewedSegment) -> tuple[Issue, ...]:
    return tuple(issue for issue in segment.segment.issues if issue.severity != "none")


def _is_open(flag: Flag) -> bool:
    return not flag.resolved
