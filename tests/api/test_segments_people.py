"""What each role may do to a segment, and in whose name."""

import shutil
from contextlib import closing
from dataclasses import replace

import pytest

from service.access.tokens import hashed, new_key
from service.app import create_app
from service.store.opening import open_store
from service.store.people.accounts import add_account
from service.store.people.keys import add_key
from service.store.people.records import GRANTED
from tests.fakes import FakeEngines

NEW = "The mayor does not sleep."


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    path = tmp_path_factory.mktemp("people") / "visavis.db"
    open_store(path).close()
    return path


@pytest.fixture
def store(empty, tmp_path):
    with closing(open_store(shutil.copy(empty, tmp_path))) as store:
        yield store


@pytest.fixture
def client(settings, store):
    return create_app(replace(settings, two_signatures=True), FakeEngines(), store).test_client()


@pytest.fixture
def people(store):
    """What each of four people sends along, by name: all may review but one."""
    sent = {}
    for name, role in {
        "Ada": "admin",
        "Zoé": "reviewer",
        "Max": "reviewer",
        "Ali": "translator",
    }.items():
        key, prefix = new_key()
        account = add_account(store, name, role, "-")
        add_key(store, account.id, "test", prefix, hashed(key), GRANTED[role])
        sent[name] = {"headers": {"Authorization": f"Bearer {key}"}}
    return sent


@pytest.fixture
def path(client, people):
    sent = {"text": "Oui. Le maire ne dort pas.", "store": True}
    document = client.post("/v1/translations", json=sent, **people["Ali"]).json["id"]
    return f"/v1/documents/{document}/segments/2"


def test_a_translator_edits_and_leaves_states_to_reviewers(client, people, path):
    for sent in ({"state": "reviewed"}, {"target": NEW, "state": "reviewed"}):
        response = client.patch(path, json={"revision": 0, **sent}, **people["Ali"])
        assert (response.status_code, response.json["type"]) == (403, "/docs#permission-missing")
    edited = client.patch(path, json={"revision": 0, "target": NEW}, **people["Ali"])
    assert (edited.status_code, edited.json["edited_by"]) == (200, "Ali")


def test_two_people_sign_and_who_they_are_is_known(client, people, path):
    client.patch(path, json={"revision": 0, "target": NEW}, **people["Zoé"])
    early = client.patch(path, json={"revision": 1, "state": "signed_off"}, **people["Max"])
    assert early.status_code == 403
    client.patch(path, json={"revision": 1, "state": "reviewed"}, **people["Max"])
    for name in ("Zoé", "Max"):
        alone = client.patch(path, json={"revision": 2, "state": "signed_off"}, **people[name])
        assert (alone.status_code, alone.json["type"]) == (403, "/docs#second-person-wanted")
    signed = client.patch(path, json={"revision": 2, "state": "signed_off"}, **people["Ada"]).json
    assert (signed["edited_by"], signed["reviewed_by"], signed["signed_by"]) == (
        "Zoé",
        "Max",
        "Ada",
    )
    history = client.get(f"{path}/history", **people["Ali"]).json["changes"]
    assert [each["by"] for each in history] == ["Zoé", "Max", "Ada"]


def test_a_translator_takes_back_texts_but_nobodys_review(client, people, path):
    client.patch(path, json={"revision": 0, "state": "reviewed"}, **people["Zoé"])
    client.patch(path, json={"revision": 1, "state": "signed_off"}, **people["Max"])
    response = client.post(f"{path}/undo", json={"revision": 2}, **people["Ali"])
    assert (response.status_code, response.json["type"]) == (403, "/docs#permission-missing")
    assert client.get(path, **people["Ali"]).json["state"] == "signed_off"
    client.patch(path, json={"revision": 2, "target": NEW}, **people["Ali"])
    undone = client.post(f"{path}/undo", json={"revision": 3}, **people["Ali"])
    assert (undone.status_code, undone.json["state"]) == (200, "signed_off")


def test_a_comment_is_its_authors_or_an_admins_to_take_back(client, people, path):
    made = [
        client.post(f"{path}/comments", json={"text": "Hm."}, **people["Ali"]).json["id"]
        for _ in range(2)
    ]
    others = client.delete(f"/v1/comments/{made[0]}", **people["Zoé"])
    assert (others.status_code, others.json["type"]) == (403, "/docs#not-yours")
    assert client.delete(f"/v1/comments/{made[0]}", **people["Ali"]).status_code == 204
    assert client.delete(f"/v1/comments/{made[1]}", **people["Ada"]).status_code == 204


def test_nobody_judges_or_marks_in_somebody_elses_name(client, people, path):
    document = path.split("/")[3]
    sent = {"verdict": "faithful", "by": "Max"}
    client.patch(f"/v1/claims/{document}-s1", json=sent, **people["Zoé"])
    client.put(
        f"/v1/claims/{document}-s1/judgements/mine", json={"verdict": "unfaithful"}, **people["Max"]
    )
    (pair,) = client.get(f"/v1/documents/{document}/agreement", **people["Ali"]).json["pairs"]
    assert (pair["first"], pair["second"], pair["observed"]) == ("Max", "Zoé", 0.0)
    marked = client.post(
        f"/v1/documents/{document}/claims",
        json={"target": {"start": 0, "end": 3}, "by": "Max"},
        **people["Ali"],
    )
    assert marked.json["by"] == "Ali"
