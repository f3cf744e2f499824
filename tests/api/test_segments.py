from contextlib import closing
from dataclasses import replace as changed

import pytest

from service.access.permissions import PERMISSIONS
from service.api import claims
from service.api.segment_schemas import (
    Agreements,
    ChangedProblem,
    Comment,
    Comments,
    Flag,
    ReviewedSegment,
    SegmentHistory,
    Segments,
)
from service.api.stored_schemas import Claim
from service.app import create_app
from service.store.opening import open_store
from tests.fakes import FakeEngines

TEXT = "Le 😀 chat. Le maire ne dort pas. Fini."
NEW = "The mayor does not sleep."


@pytest.fixture
def store(tmp_path):
    with closing(open_store(tmp_path / "visavis.db")) as store:
        yield store


@pytest.fixture
def client(settings, store):
    return create_app(settings, FakeEngines(), store).test_client()


@pytest.fixture
def document(client):
    return client.post("/v1/translations", json={"text": TEXT, "store": True}).json["id"]


@pytest.fixture
def path(document):
    return f"/v1/documents/{document}/segments/2"


def claim(client, document, start, end):
    marked = client.post(
        f"/v1/documents/{document}/claims", json={"target": {"start": start, "end": end}}
    )
    return marked.json["id"]


def test_segments_come_a_few_at_a_time(client, document):
    response = client.get(f"/v1/documents/{document}/segments?from=1&limit=2")
    Segments.model_validate_json(response.data)
    assert [each["number"] for each in response.json["segments"]] == [1, 2]
    assert response.json["next"] == 3
    rest = client.get(f"/v1/documents/{document}/segments?from=3").json
    assert ([each["number"] for each in rest["segments"]], rest["next"]) == ([3], None)
    beyond = client.get(f"/v1/documents/{document}/segments?from=4").json
    assert beyond == {"segments": [], "next": None}


@pytest.mark.parametrize(("unit", "start"), [("codepoint", 11), ("utf16", 12), ("utf8", 14)])
def test_offsets_count_what_the_caller_counts_in_the_whole_text(client, path, unit, start):
    response = client.get(f"{path}?offset_unit={unit}")
    ReviewedSegment.model_validate_json(response.data)
    found = response.json
    assert found["source"] == {"start": start, "end": start + 21, "text": "Le maire ne dort pas."}
    assert found["links"][0]["source"] == [start, start + 2]
    assert found["links"][0]["target"] == [start, start + 2]
    assert found["nulls"][0]["target"] == [start, start + 2]
    assert found["issues"][0]["source_spans"][0] == [start + 9, start + 11]
    assert (found["offset_unit"], found["document"]) == (unit, path.split("/")[3])


def test_a_segment_agrees_with_its_document(client, document):
    whole = client.get(f"/v1/documents/{document}?offset_unit=utf8").json["segments"]
    found = client.get(f"/v1/documents/{document}/segments?offset_unit=utf8").json["segments"]
    for one, other in zip(whole, found, strict=True):
        for name in ("links", "nulls", "issues", "score", "paragraph"):
            assert one[name] == other[name]
        for side in ("source", "target"):
            assert one[side] == {name: other[side][name] for name in ("start", "end")}


def test_a_state_is_changed_one_revision_at_a_time(client, path):
    response = client.patch(path, json={"revision": 0, "state": "reviewed"})
    assert response.status_code == 200
    assert (response.json["state"], response.json["revision"]) == ("reviewed", 1)
    assert client.get(path).json == response.json


@pytest.mark.parametrize("unit", ["codepoint", "utf16"])
def test_who_comes_second_is_told_what_it_is_now_and_changes_nothing(client, path, unit):
    client.patch(path, json={"revision": 0, "target": NEW})
    present = client.get(f"{path}?offset_unit={unit}").json
    for sent in (
        {"revision": 0, "state": "reviewed"},
        {"revision": 0, "target": "Other words."},
        {"revision": 0, "target": "Other words.", "state": "reviewed"},
    ):
        response = client.patch(path, json={**sent, "offset_unit": unit})
        ChangedProblem.model_validate_json(response.data)
        assert (response.status_code, response.mimetype) == (409, "application/problem+json")
        assert (response.json["field"], response.json["value"]) == ("revision", "0")
        assert response.json["current"] == present
    undone = client.post(f"{path}/undo", json={"revision": 0, "offset_unit": unit})
    assert (undone.status_code, undone.json["current"]) == (409, present)
    assert client.get(f"{path}?offset_unit={unit}").json == present


def test_an_edit_moves_what_follows_and_is_in_every_export(client, document, path):
    edited = client.patch(path, json={"revision": 0, "target": f"{NEW}\n"}).json
    assert edited["target"] == {"start": 11, "end": 11 + len(NEW), "text": NEW}
    assert (edited["state"], edited["edited"], edited["score"]) == ("draft", True, None)
    third = client.get(f"/v1/documents/{document}/segments/3").json
    assert third["target"] == {"start": 37, "end": 42, "text": "FINI."}
    whole = client.get(f"/v1/documents/{document}").json
    assert whole["target"] == f"LE 😀 CHAT. {NEW} FINI."
    for name in ("json", "jsonl", "text", "html", "tmx", "xliff", "annotation", "csv", "docx"):
        response = client.get(f"/v1/documents/{document}/export?format={name}")
        assert response.status_code == 200
        assert name in ("docx", "html") or NEW in response.text


def test_an_edited_article_is_translated_again_as_a_document_of_its_own(client, document, path):
    client.patch(path, json={"revision": 0, "target": NEW})
    again = client.post("/v1/translations", json={"text": TEXT, "store": True}).json
    assert again["id"] != document
    assert NEW not in again["target"]


def test_the_history_has_an_edit_word_by_word(client, path):
    client.patch(path, json={"revision": 0, "target": "LE MAIRE ne DORT pas."})
    client.patch(path, json={"revision": 1, "state": "reviewed"})
    response = client.get(f"{path}/history")
    SegmentHistory.model_validate_json(response.data)
    edit, state = response.json["changes"]
    assert edit["diff"] == [
        ["=", "LE MAIRE "],
        ["-", "NE"],
        ["+", "ne"],
        ["=", " DORT "],
        ["-", "PAS"],
        ["+", "pas"],
        ["=", "."],
    ]
    assert (edit["action"], edit["after"]) == ("edited", {"target": "LE MAIRE ne DORT pas."})
    assert (state["before"], state["diff"]) == ({"state": "draft"}, [])


def test_an_edit_is_undone_and_redone(client, path):
    before = client.get(path).json
    after = client.patch(path, json={"revision": 0, "target": NEW}).json
    assert client.post(f"{path}/undo", json={"revision": 1}).json == {**before, "revision": 2}
    assert client.post(f"{path}/undo", json={"revision": 2}).json == {**after, "revision": 3}


def test_where_nothing_was_changed_nothing_is_undone(client, path):
    response = client.post(f"{path}/undo", json={"revision": 0})
    assert (response.status_code, response.json["type"]) == (422, "/docs#nothing-to-undo")


def test_a_claim_whose_words_are_gone_has_no_span_any_more(client, document, path):
    lost, kept = claim(client, document, 14, 19), claim(client, document, 33, 37)
    client.patch(path, json={"revision": 0, "target": "So."})
    for unit in ("codepoint", "utf16"):
        found = client.get(f"/v1/claims/{lost}?offset_unit={unit}").json
        Claim.model_validate(found)
        assert (found["status"], found["span"]) == ("orphaned", None)
        assert (found["target"][0]["exact"], found["target"][0]["span"]) == ("MAIRE", None)
        assert found["source"][0]["span"] is not None
    assert client.get(f"/v1/claims/{kept}").json["span"] == {"start": 15, "end": 19}
    assert len(client.get(f"/v1/documents/{document}/claims").json["claims"]) == 5


@pytest.mark.parametrize(
    ("body", "field", "value"),
    [
        ({"revision": 0}, "state", None),
        ({"state": "reviewed"}, "revision", '{"state": "reviewed"}'),
        ({"revision": -1, "state": "reviewed"}, "revision", "-1"),
        ({"revision": 10**18, "state": "reviewed"}, "revision", str(10**18)),
        ({"revision": "0", "state": "reviewed"}, "revision", "0"),
        ({"revision": 0, "state": "final"}, "state", "final"),
        ({"revision": 0, "target": ""}, "target", ""),
        ({"revision": 0, "target": " \u00a0"}, "target", " \u00a0"),
        ({"revision": 0, "target": None}, "target", None),
        ({"revision": 0, "target": "a\0"}, "target", "U+0000"),
        ({"revision": 0, "target": "\ud800"}, "target", "\\ud800"),
        ({"revision": 0, "state": "draft", "by": "Zoé"}, "by", "Zoé"),
    ],
)
def test_a_change_that_is_none_is_refused_by_name(client, path, body, field, value):
    response = client.patch(path, json=body)
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")
    assert (response.json["field"], response.json["value"]) == (field, value)


def test_a_translation_beyond_all_measure_is_refused(client, path):
    response = client.patch(path, json={"revision": 0, "target": "x" * 10_001})
    assert (response.status_code, response.json["field"]) == (422, "target")


@pytest.mark.parametrize("number", ["0", "4", "x", "-1", "٣", "9" * 30, "1.0"])
@pytest.mark.parametrize("rest", ["", "/history", "/comments"])
def test_a_segment_that_is_not_there_is_named(client, document, number, rest):
    response = client.get(f"/v1/documents/{document}/segments/{number}{rest}")
    assert (response.status_code, response.json["type"]) == (404, "/docs#no-such-segment")


def test_a_document_that_is_not_there_has_no_segments(client):
    for path in ("segments", "segments/1", "segments/1/history", "agreement"):
        response = client.get(f"/v1/documents/tomorrow/{path}")
        assert (response.status_code, response.json["type"]) == (404, "/docs#no-such-document")


@pytest.mark.parametrize(("unit", "start"), [("codepoint", 14), ("utf16", 15), ("utf8", 17)])
def test_words_are_flagged_in_the_callers_unit(client, path, unit, start):
    sent = {"side": "target", "start": start, "end": start + 5, "offset_unit": unit}
    more = {"reason": "Quel maire ?", "severity": "major"}
    response = client.post(f"{path}/flags", json={**sent, **more})
    Flag.model_validate_json(response.data)
    assert response.status_code == 201
    flag = response.json
    assert (flag["quote"], flag["start"], flag["end"]) == ("MAIRE", start, start + 5)
    assert client.get(f"{path}?offset_unit={unit}").json["flags"] == [flag]
    settled = client.patch(f"/v1/flags/{flag['id']}", json={"resolved": True, "offset_unit": unit})
    assert settled.json == {**flag, "resolved": True}


def test_a_flag_stays_where_its_words_are_gone(client, path):
    sent = {"side": "target", "start": 14, "end": 19, "reason": "?", "severity": "minor"}
    flag = client.post(f"{path}/flags", json=sent).json
    edited = client.patch(path, json={"revision": 0, "target": NEW}).json
    assert edited["flags"] == [{**flag, "start": None, "end": None}]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"start": 10, "end": 14}, "end"),
        ({"start": 14, "end": 99}, "end"),
        ({"start": 14, "end": 14}, "end"),
        ({"start": 19, "end": 14}, "end"),
        ({"start": -1, "end": 14}, "start"),
        ({"side": "left"}, "side"),
        ({"severity": "none"}, "severity"),
        ({"reason": ""}, "reason"),
        ({"reason": " "}, "reason"),
        ({"reason": "a\0"}, "reason"),
        ({"reason": "x" * 2001}, "reason"),
        ({"quote": "CHAT"}, "end"),
    ],
)
def test_a_flag_that_is_none_is_refused_by_name(client, path, sent, field):
    flag = {"side": "target", "start": 14, "end": 19, "reason": "?", "severity": "minor"}
    response = client.post(f"{path}/flags", json={**flag, **sent})
    assert (response.status_code, response.json["field"]) == (422, field)


def test_half_a_character_is_not_flagged(client, document):
    sent = {"side": "source", "start": 4, "end": 5, "reason": "?", "severity": "minor"}
    response = client.post(
        f"/v1/documents/{document}/segments/1/flags", json={**sent, "offset_unit": "utf16"}
    )
    assert (response.status_code, response.json["field"]) == (422, "end")


def test_comments_are_made_read_and_taken_back(client, path):
    response = client.post(f"{path}/comments", json={"text": "Ça va ? 😀\nOui."})
    Comment.model_validate_json(response.data)
    assert response.status_code == 201
    found = client.get(f"{path}/comments")
    Comments.model_validate_json(found.data)
    assert found.json == {"comments": [response.json]}
    assert client.get(path).json["comments"] == 1
    assert client.delete(f"/v1/comments/{response.json['id']}").status_code == 204
    assert client.get(f"{path}/comments").json == {"comments": []}
    gone = client.delete(f"/v1/comments/{response.json['id']}")
    assert (gone.status_code, gone.json["field"]) == (404, "comment")


@pytest.mark.parametrize("text", ["", " ", "a\0", "x" * 5001])
def test_a_comment_that_is_none_is_refused(client, path, text):
    response = client.post(f"{path}/comments", json={"text": text})
    assert (response.status_code, response.json["field"]) == (422, "text")


def test_one_says_what_one_finds_of_a_claim(client, document):
    name = f"{document}-s1"
    response = client.put(f"/v1/claims/{name}/judgements/mine", json={"verdict": "faithful"})
    Claim.model_validate_json(response.data)
    assert response.json["verdict"] == "faithful"
    assert client.get(f"/v1/claims/{name}").json == response.json
    unknown = client.put("/v1/claims/x/judgements/mine", json={"verdict": "faithful"})
    assert unknown.status_code == 404
    wrong = client.put(f"/v1/claims/{name}/judgements/mine", json={"verdict": "so-so"})
    assert (wrong.status_code, wrong.json["field"]) == (422, "verdict")


def test_two_who_judge_the_same_are_compared(client, document):
    for by, verdicts in {"Max": ("faithful", "unfaithful"), "Zoé": ("faithful",) * 2}.items():
        for number, verdict in enumerate(verdicts, start=1):
            path = f"/v1/claims/{document}-s{number}"
            client.patch(path, json={"verdict": verdict, "by": by})
    response = client.get(f"/v1/documents/{document}/agreement")
    Agreements.model_validate_json(response.data)
    assert response.json["pairs"] == [
        {"first": "Max", "second": "Zoé", "claims": 2, "observed": 0.5, "kappa": 0.0}
    ]


def test_without_accounts_no_second_person_signs_off(settings, store, document):
    two = changed(settings, two_signatures=True)
    client = create_app(two, FakeEngines(), store).test_client()
    path = f"/v1/documents/{document}/segments/2"
    client.patch(path, json={"revision": 0, "state": "reviewed"})
    response = client.patch(path, json={"revision": 1, "state": "signed_off"})
    assert (response.status_code, response.json["type"]) == (403, "/docs#second-person-wanted")


def test_every_route_of_a_review_asks_for_a_permission(settings, store):
    app = create_app(settings, FakeEngines(), store)
    routes = {rule.endpoint for rule in app.url_map.iter_rules()}
    reviewing = {each for each in routes if each.startswith(("segments.", "claims."))}
    assert reviewing <= set(PERMISSIONS)


def test_claims_are_told_in_the_text_that_they_are_of(client, document, path, monkeypatch):
    read = claims.read_texts

    def edited_just_after(store, document_id):
        texts = read(store, document_id)
        client.patch(path, json={"revision": 0, "target": "So."})
        return texts

    behind = claim(client, document, 33, 37)
    monkeypatch.setattr(claims, "read_texts", edited_just_after)
    found = client.get(f"/v1/documents/{document}/claims").json["claims"]
    assert (found[3]["id"], found[3]["span"]) == (behind, {"start": 15, "end": 19})
