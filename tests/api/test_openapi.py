import json
import re

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from alignment.formats.native import from_json
from alignment.span import Span
from service.api import examples, schemas
from service.api.openapi import openapi
from service.app import create_app
from service.config import Settings
from tests.fakes import FakeEngines

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


# Made at import, since schemathesis makes a test of every operation; its
# `from_fixture` does not work with pytest 9.2.
schema = schemathesis.openapi.from_wsgi("/openapi.json", create_app(SETTINGS, FakeEngines()))


@schema.parametrize()
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_the_answer_is_documented(case):
    case.call_and_validate(checks=CHECKS)


def test_the_description_is_valid(client):
    OpenAPIV31SpecValidator(client.get("/openapi.json").json).validate()


def test_every_route_of_the_api_is_described_and_no_other():
    app = create_app(SETTINGS, FakeEngines())
    routes = {
        (rule.rule, method.lower())
        for rule in app.url_map.iter_rules()
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
    ],
)
def test_the_example_answers_are_what_their_schemas_say(model, example):
    model.model_validate_json(json.dumps(example()))
