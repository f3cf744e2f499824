"""Real processes that review one document at once, and a store that an older version wrote."""

import subprocess
import sys
from contextlib import closing

from sqlalchemy import text

from alignment.span import Span
from service.store.claims import add_claim
from service.store.documents import read_document, save_document
from service.store.marked import marked_claims
from service.store.opening import open_store
from service.store.reviews.changes import change_state
from service.store.reviews.reading import read_segment, read_segments
from service.store.reviews.records import Beginning
from tests.store import earlier
from tests.store.articles import article
from tests.store.test_durability import ROOT
from tests.store.test_reviews import history_of

DOCUMENT = article()


def reviewer(place, document, number, name, count):
    command = [sys.executable, "-m", "tests.store.reviewer", place, document]
    return subprocess.Popen(
        [*command, str(number), name, str(count)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )


def finished(processes):
    said = [process.communicate()[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes)
    return [int(done) for done, _ in said]


def test_two_reviewers_of_one_segment_lose_no_change(place):
    with closing(open_store(place)) as store:
        saved = save_document(store, DOCUMENT)
        processes = [reviewer(place, saved, 2, name, 25) for name in ("zoé", "max")]
        assert finished(processes) == [25, 25]
        assert read_segment(store, saved, 2).revision == 50
        states = [after["state"] for _, _, _, after in history_of(store, saved, 2)]
        assert states == ["reviewed", "draft"] * 25


def test_editors_of_two_segments_leave_each_others_words_alone(place):
    with closing(open_store(place)) as store:
        saved = save_document(store, DOCUMENT)
        behind = add_claim(store, saved, "target", Span(68, 74))
        processes = [reviewer(place, saved, number, f"N{number}", 15) for number in (1, 2)]
        assert finished(processes) == [15, 15]
        document = read_document(store, saved).document
        ends = "times" + "!" * 14
        assert [segment.target.of(document.target) for segment in document.segments] == [
            f"N1 said it 14 {ends}",
            f"N2 said it 14 {ends}",
            "DEMAIN, ZOÉ REVIENDRA\u00a0!",
        ]
        (claim,) = marked_claims(store, saved)
        assert (claim.id, claim.status) == (behind.id, "active")
        assert claim.span.of(document.target) == "DEMAIN"


def test_an_older_store_is_reviewed_once_it_is_up_to_date(new_place):
    with closing(open_store(new_place, "0001")) as store, store.writing() as connection:
        for statement in earlier.statements("0001", store.engine.dialect.name):
            connection.execute(text(statement))
    with closing(open_store(new_place)) as store:
        (found,) = read_segments(store, earlier.ID)
        assert (found.severity, found.state, found.revision) == ("major", "draft", 0)
        assert (found.edited_by, found.reviewed_by, found.signed_by) == (None, "", "")
        assert found.source_begins == Beginning(0, 0, 0)
        assert change_state(store, earlier.ID, 1, 0, "reviewed", "Zoé").revision == 1


def test_the_migration_reads_the_worst_severity_and_not_the_words_of_an_explanation(new_place):
    spans = ",[[0,2]],[]]"
    details = {
        0: f'[[],[],[["a","minor","critical"{spans},["b","critical","x"{spans}]]',
        1: f'[[],[],[["critical","minor","says \\\\",\\\\"major\\\\",\\\\"more"{spans}]]',
        2: f'[[],[],[["repaired","none",""{spans}]]',
        3: "[[],[],[]]",
    }
    with closing(open_store(new_place, "0004")) as store, store.writing() as connection:
        for statement in earlier.statements("0001", store.engine.dialect.name):
            connection.execute(text(statement))
        connection.execute(text("DELETE FROM segments"))
        for number, written in details.items():
            connection.execute(
                text(
                    "INSERT INTO segments (document, number, name, paragraph, source_start,"
                    " source_end, target_start, target_end, state, details)"
                    " VALUES (3, :number, 's', 0, 0, 7, 0, 6, 'draft', :written)"
                ),
                {"number": number, "written": written},
            )
    with closing(open_store(new_place)) as store, store.reading() as connection:
        found = connection.execute(text("SELECT severity FROM segments ORDER BY number"))
        assert list(found.scalars()) == ["critical", "minor", "none", "none"]
