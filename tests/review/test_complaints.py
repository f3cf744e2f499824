import io

import pytest
from flask import Flask

from service.review.complaints import SHAPES, said
from service.review.languages import speak
from tests.review.test_pages import complaints

FRENCH = {"Accept-Language": "fr"}


@pytest.fixture
def french():
    app = Flask(__name__)
    speak(app)
    with app.test_request_context(headers=FRENCH):
        yield


@pytest.mark.parametrize(
    ("form", "field", "expected"),
    [
        ({"text": " \n"}, "text", "il n’y a rien à traduire que des blancs"),
        ({"text": "a\0"}, "text", "le caractère au point de code 1 est NUL"),
        ({"text": "é" * 2001}, "text", "2001 caractères dépassent la limite de 2000"),
        (
            {"text": "Il dort.", "pair": "fr-xx"},
            "pair",
            "aucun modèle ne traduit fr-xx\u202f; il y a ces paires\u202f: fr-en",
        ),
        ({"text": "Il dort.", "quality": "superb"}, "quality", "choisissez parmi best, fast"),
        (
            {"text": "Il dort.", "file": (io.BytesIO(b"x"), "a.txt")},
            "file",
            "envoyez un texte ou un fichier, non les deux",
        ),
    ],
)
def test_what_is_wrong_is_said_in_the_language_of_the_page(client, form, field, expected):
    response = client.post("/", data=form, headers=FRENCH)
    assert complaints(response) == {field: expected}


def test_a_body_beyond_all_limits_is_complained_of_in_french_too(client):
    response = client.post("/", data={"text": "x" * 500_000}, headers=FRENCH)
    assert complaints(response) == {"text": "c’est bien plus long que la limite de 2000 caractères"}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_known_complaint_is_found_by_its_own_shape(french, shape):
    assert said(shape) != shape


def test_the_field_that_an_error_names_first_is_left_out(french):
    assert said("title: the file is empty") == "le fichier est vide"


@pytest.mark.parametrize("message", ["", "the cat is out", "{0.__class__}", "choose one of"])
def test_what_nobody_knows_stays_as_it_is(french, message):
    assert said(message) == message


def test_what_a_complaint_quotes_is_not_read_as_a_place(french):
    assert said("choose one of {limit.__class__}") == "choisissez parmi {limit.__class__}"
