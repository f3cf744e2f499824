from service.app import create_app
from tests.fakes import FakeEngines, kept


def test_a_service_that_answers_is_alive(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json) == (200, {"status": "alive"})


def test_a_service_with_its_model_loaded_is_ready(client):
    response = client.get("/readyz")
    assert (response.status_code, response.json) == (200, {"status": "ready"})


def test_a_service_without_its_model_is_alive_and_not_ready(settings):
    client = create_app(settings, FakeEngines(ready=False), kept()).test_client()
    assert client.get("/healthz").status_code == 200
    response = client.get("/readyz")
    assert (response.status_code, response.mimetype) == (503, "application/problem+json")
    assert response.json["type"] == "/docs#not-ready"
    assert response.headers["Retry-After"] == "2"
