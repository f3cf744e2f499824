import json
import re
from contextlib import suppress

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from sqlalchemy import update

from alignment.formats.native import from_json
from alignment.span import Span
from service.api import (
    examples,
    job_examples,
    job_schemas,
    schemas,
    segment_examples,
    segment_schemas,
    stored_examples,
    stored_schemas,
)
from service.api.openapi import openapi
from service.app import create_app
from service.config import Settings
from service.store import tables
from service.store.claims import add_claim, read_claim
from service.store.documents import delete_document, save_document
from service.store.errors import NoSuchClaim, NoSuchDocument
from tests.fakes import FakeEngines, kept

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
]
SETTINGS = Settings(max_characters=1000)
OPERATIONS = {
    operation["operationId"]: (path, method, operation)
    for path, methods in openapi(SETTINGS)["paths"].items()
    for method, operation in methods.items()
}


@schemathesis.serializer("application/jsonl", "application/x-ndjson")
def as_lines(context, value):
    return str(value).encode("utf-8", "replace")


# Made at import, since schemathesis makes a test of every operation; its
# `from_fixture` does not work with pytest 9.2.
APP = create_app(SETTINGS, FakeEngines(), kept())
# What is too long may be refused for its length before anybody looks at its fields.
REFUSALS = ["400", "403", "404", "405", "406", "409", "413", "415", "422"]
CONFIG = SchemathesisConfig.from_dict(
    {"checks": {"negative_data_rejection": {"expected-statuses": REFUSALS}}}
)
schema = schemathesis.openapi.from_wsgi("/openapi.json", APP, config=CONFIG)
STORED = "^/v1/(documents|claims)"


@schema.exclude(path_regex=STORED).parametrize()
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_the_answer_is_documented(case):
    case.call_and_validate(checks=CHECKS)


@schema.include(path_regex=STORED).parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_asked_of_what_is_kept_the_answer_is_documented(case):
    keep_the_examples()
    case.call_and_validate(checks=CHECKS)


def keep_the_examples():
    """Have the document and the claim of the examples in the store, under their ids."""
    try:
        claim = read_claim(kept(), stored_examples.CLAIM)
        there = not claim.lost and claim.target[0].exact == "Brest"
    except NoSuchClaim:
        there = False
    if not there:
        # It was deleted, or its translation edited, by an earlier request.
        with suppress(NoSuchDocument):
            delete_document(kept(), stored_examples.DOCUMENT)
        made = save_document(kept(), from_json(examples.translation()))
        claim = add_claim(kept(), made, "target", Span(17, 22))
        with kept().writing() as connection:
            for table, old, new in (
                (tables.documents, made, stored_examples.DOCUMENT),
                (tables.claims, claim.id, stored_examples.CLAIM),
            ):
                connection.execute(update(table).where(table.c.id == old).values(id=new))


@pytest.mark.parametrize(
    ("operation", "status"),
    [
        ("document", 200),
        ("trace", 200),
        ("export", 200),
        ("claims", 200),
        ("mark", 201),
        ("claim", 200),
        ("judge", 200),
        ("history", 200),
        ("anchor", 200),
        ("forget", 204),
    ],
)
def test_the_example_ids_lead_to_what_is_kept(operation, status):
    keep_the_examples()
    path, method, found = OPERATIONS[operation]
    path = path.format(document_id=stored_examples.DOCUMENT, claim_id=stored_examples.CLAIM)
    query = {"start": 17, "end": 22} if operation == "trace" else {}
    content = found.get("requestBody", {}).get("content", {}).get("application/json", {})
    body = next((each["value"] for each in content.get("examples", {}).values()), None)
    response = APP.test_client().open(path, method=method, query_string=query, json=body)
    assert response.status_code == status


def test_the_description_is_valid(client):
    OpenAPIV31SpecValidator(client.get("/openapi.json").json).validate()


def test_every_route_of_the_api_is_described_and_no_other():
    routes = {
        (re.sub(r"<(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in APP.url_map.iter_rules()
        if rule.rule.startswith("/v1/") or rule.endpoint.startswith("health.")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    paths = openapi(SETTINGS)["paths"]
    assert {(path, method) for path, methods in paths.items() for method in methods} == routes


def test_schemas_have_plain_names():
    names = openapi(SETTINGS)["components"]["schemas"]
    assert all(re.fullmatch("[A-Z][A-Za-z]+", name) for name in names)


def test_the_limit_of_the_service_is_in_its_description():
    post = openapi(SETTINGS)["paths"]["/v1/translations"]["post"]
    assert post["requestBody"]["content"]["text/plain"]["schema"]["maxLength"] == 1000


@pytest.mark.parametrize("body", [examples.TRANSLATION_REQUEST, examples.PARAGRAPHS_REQUEST])
def test_the_example_requests_are_answered(client, body):
    assert client.post("/v1/translations", json=body).status_code == 200


def test_the_example_answer_links_words_that_are_translations():
    document = from_json(examples.translation())
    words = {
        (link.source.of(document.source), link.target.of(document.target))
        for segment in document.segments
        for link in segment.links
    }
    assert {("pleut", "raining"), ("Brest", "Brest")} <= words
    assert document.segments[0].source == Span(0, len(document.source))


@pytest.mark.parametrize(
    ("model", "example"),
    [
        (schemas.AlignedDocument, examples.translation),
        (schemas.Models, lambda: examples.MODELS),
        (stored_schemas.StoredDocument, stored_examples.document),
        (stored_schemas.Documents, lambda: stored_examples.DOCUMENTS),
        (stored_schemas.Trace, lambda: stored_examples.TRACE),
        (stored_schemas.Claim, lambda: stored_examples.MARKED),
        (stored_schemas.Claims, lambda: stored_examples.CLAIMS),
        (stored_schemas.History, lambda: stored_examples.HISTORY),
        (stored_schemas.Anchored, lambda: stored_examples.ANCHORED),
        (segment_schemas.ReviewedSegment, lambda: segment_examples.SEGMENT),
        (segment_schemas.Segments, lambda: segment_examples.SEGMENTS),
        (segment_schemas.SegmentHistory, lambda: segment_examples.HISTORY),
        (segment_schemas.Comments, lambda: segment_examples.COMMENTS),
        (job_schemas.Job, lambda: job_examples.RUNNING),
        (job_schemas.Jobs, lambda: job_examples.JOBS),
        (job_schemas.JobArticles, lambda: job_examples.ARTICLES),
        (segment_schemas.Agreements, lambda: segment_examples.AGREEMENTS),
    ],
)
def test_the_example_answers_are_what_their_schemas_say(model, example):
    model.model_validate_json(json.dumps(example()))
