import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from pyld import jsonld

from alignment.anchoring import text_sha256
from alignment.document import AlignedDocument
from alignment.formats import annotation
from alignment.formats.provenance import provenance
from alignment.span import Span
from tests.alignment.samples import BY_PEOPLE, DOCUMENT, documents

OA = "http://www.w3.org/ns/oa#"
# The terms of the W3C's context that are used here, so that nothing is fetched.
CONTEXT = {
    "@context": {
        "id": "@id",
        "type": "@type",
        "oa": OA,
        "as": "http://www.w3.org/ns/activitystreams#",
        "dc": "http://purl.org/dc/elements/1.1/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        **{
            name: f"oa:{name}"
            for name in (
                "Annotation",
                "SpecificResource",
                "TextPositionSelector",
                "TextQuoteSelector",
                "TextualBody",
                "linking",
                "highlighting",
                "assessing",
                "exact",
                "prefix",
                "suffix",
            )
        },
        "Text": "http://purl.org/dc/dcmitype/Text",
        "Software": "as:Application",
        "AnnotationCollection": "as:OrderedCollection",
        "AnnotationPage": "as:OrderedCollectionPage",
        "body": {"@id": "oa:hasBody", "@type": "@id"},
        "target": {"@id": "oa:hasTarget", "@type": "@id"},
        "source": {"@id": "oa:hasSource", "@type": "@id"},
        "selector": {"@id": "oa:hasSelector", "@type": "@id"},
        "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
        "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
        "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
        "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
        "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
        "format": "dc:format",
        "language": "dc:language",
        "label": "http://www.w3.org/2000/01/rdf-schema#label",
        "name": "http://xmlns.com/foaf/0.1/name",
        "generator": {"@id": "as:generator", "@type": "@id"},
        "total": "as:totalItems",
        "first": {"@id": "as:first", "@type": "@id"},
        "partOf": {"@id": "as:partOf", "@type": "@id"},
        "startIndex": "as:startIndex",
        "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    }
}


def items(document):
    return json.loads(annotation.write(document))["first"]["items"]


def load(url, options):
    assert url == "http://www.w3.org/ns/anno.jsonld"
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXT}


def test_a_sentence_leads_to_its_original_by_position_and_quote():
    first = items(BY_PEOPLE)[0]
    french, english = text_sha256("Oui. Non."), text_sha256("Yes. No.")
    assert first == {
        "id": f"urn:visavis:{french}:{english}:s1",
        "type": "Annotation",
        "motivation": "linking",
        "body": [
            {
                "type": "SpecificResource",
                "source": {
                    "id": f"urn:sha256:{english}",
                    "type": "Text",
                    "format": "text/plain",
                    "language": "en",
                },
                "selector": [
                    {"type": "TextPositionSelector", "start": 0, "end": 4},
                    {"type": "TextQuoteSelector", "exact": "Yes.", "prefix": "", "suffix": " No."},
                ],
            }
        ],
        "target": [
            {
                "type": "SpecificResource",
                "source": {
                    "id": f"urn:sha256:{french}",
                    "type": "Text",
                    "format": "text/plain",
                    "language": "fr",
                },
                "selector": [
                    {"type": "TextPositionSelector", "start": 0, "end": 4},
                    {"type": "TextQuoteSelector", "exact": "Oui.", "prefix": "", "suffix": " Non."},
                ],
            }
        ],
        "visavis:segment": "s1",
        "visavis:score": None,
    }


def test_an_issue_assesses_the_words_that_it_speaks_of():
    opinion = items(DOCUMENT)[1]
    assert opinion["motivation"] == "assessing"
    assert opinion["body"]["visavis:issue"] == "hedge_lost"
    assert opinion["body"]["value"] == "“aurait” is no <fact>\x00"
    assert [each["selector"][1]["exact"] for each in opinion["target"]] == ["aurait", "has"]


def test_a_sentence_without_a_counterpart_is_highlighted():
    (left_out,) = [each for each in items(DOCUMENT) if each.get("visavis:segment") == "s3"]
    assert left_out["motivation"] == "highlighting"
    assert "body" not in left_out
    assert [each["selector"][1]["exact"] for each in left_out["target"]] == ["Non."]


def test_a_finer_claim_may_have_several_originals():
    found = annotation.linking(
        BY_PEOPLE, provenance(BY_PEOPLE), [Span(0, 3), Span(5, 8)], [Span(0, 3)], "urn:claim:1"
    )
    assert [each["selector"][0] for each in found["target"]] == [
        {"type": "TextPositionSelector", "start": 0, "end": 3},
        {"type": "TextPositionSelector", "start": 5, "end": 8},
    ]
    assert found["id"] == "urn:claim:1"


def test_the_collection_says_where_it_comes_from():
    collection = json.loads(annotation.write(DOCUMENT))
    assert collection["visavis:provenance"]["@value"]["source_sha256"] == text_sha256(
        DOCUMENT.source
    )
    assert collection["generator"]["type"] == "Software"
    assert collection["total"] == len(collection["first"]["items"]) == 6


@pytest.mark.parametrize("name", ["a b/é", "\ud800"])
def test_an_id_is_a_name_that_a_web_address_may_hold(name):
    document = replace(BY_PEOPLE, segments=(replace(BY_PEOPLE.segments[0], id=name),))
    assert items(document)[0]["id"].isascii()
    assert " " not in items(document)[0]["id"]


def test_another_reader_of_json_ld_finds_the_graph():
    found = json.loads(annotation.write(DOCUMENT))
    (graph,) = jsonld.expand(found, {"documentLoader": load})
    listed = graph["http://www.w3.org/ns/activitystreams#first"][0][
        "http://www.w3.org/ns/activitystreams#items"
    ][0]["@list"]
    assert {kind for each in listed for kind in each["@type"]} == {f"{OA}Annotation"}
    assert all(f"{OA}hasTarget" in each for each in listed)
    assert listed[0][f"{OA}motivatedBy"] == [{"@id": f"{OA}linking"}]
    assert graph["urn:visavis:1.0:provenance"][0]["@type"] == "@json"


def test_every_term_is_one_of_the_standard_or_ours():
    found = json.loads(annotation.write(DOCUMENT))
    expanded = jsonld.expand(found, {"documentLoader": load})
    terms = json.dumps(jsonld.compact(expanded, {}, {"documentLoader": load}))
    assert terms.count('"urn:visavis:1.0:segment"') == 4
    assert terms.count(f'"{OA}exact"') == json.dumps(found).count('"exact"')


@settings(max_examples=40)
@given(documents())
def test_every_quote_of_any_document_stands_where_its_position_says(document: AlignedDocument):
    written = json.loads(annotation.write(document).encode("utf-8"))
    sides = {
        f"urn:sha256:{text_sha256(document.source)}": document.source,
        f"urn:sha256:{text_sha256(document.target)}": document.target,
    }
    for item in written["first"]["items"]:
        for resource in item["target"] + (item["body"] if item["motivation"] == "linking" else []):
            text = sides[resource["source"]["id"]]
            position, quote = resource["selector"]
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])
