import re

import pytest


@pytest.fixture
def page(client):
    return client.get("/docs").text


def test_the_page_needs_nothing_from_elsewhere(page):
    links = re.findall(r'(?:src|href)="([^#"][^"]*)"', page)
    assert links == ["/docs/api.css", "/openapi.json"]


def test_the_page_holds_nothing_that_a_strict_policy_blocks(page):
    assert not re.findall(r"<script|<style|\bstyle=|\bon\w+=", page)


def test_the_page_shows_every_operation_and_every_schema(client, page):
    api = client.get("/openapi.json").json
    shown = set(re.findall(r'id="([^"]+)"', page))
    operations = {each["operationId"] for path in api["paths"].values() for each in path.values()}
    assert operations | {f"schema-{name}" for name in api["components"]["schemas"]} <= shown


@pytest.mark.parametrize("body", [{"text": ""}, {"txt": ""}, {"text": "x" * 2000}])
def test_the_type_of_a_problem_leads_to_its_explanation(client, page, body):
    kind = client.post("/v1/translations", json=body).json["type"]
    path, _, anchor = kind.partition("#")
    assert path == "/docs"
    assert f'id="{anchor}"' in page


def test_inner_links_lead_somewhere(page):
    anchors = set(re.findall(r'href="#([^"]+)"', page))
    assert anchors <= set(re.findall(r'id="([^"]+)"', page))


def test_the_style_sheet_is_served(client):
    with client.get("/docs/api.css") as response:
        assert (response.status_code, response.mimetype) == (200, "text/css")
