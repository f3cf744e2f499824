import pytest
import structlog

from service.app import create_app
from service.config import Settings
from service.logs import configure_logs
from tests.fakes import FakeEngines, kept


@pytest.fixture
def client(tmp_path):
    return create_app(Settings(models=tmp_path), FakeEngines(), kept()).test_client()


def test_a_request_is_logged_without_its_text(client):
    with structlog.testing.capture_logs() as logs:
        client.post("/v1/translations?quality=fast", json={"text": "Un secret."})
    (entry,) = logs
    assert entry.pop("milliseconds") >= 0
    assert entry == {
        "event": "request",
        "log_level": "info",
        "method": "POST",
        "path": "/v1/translations",
        "status": 200,
        "characters": 10,
    }


def test_an_answer_carries_the_id_that_its_request_gave(client):
    response = client.get("/healthz", headers={"X-Request-Id": "desk-7"})
    assert response.headers["X-Request-Id"] == "desk-7"


@pytest.mark.parametrize("given", ["", "two words", "a" * 65, "line\tbreak"])
def test_an_id_that_could_spoil_the_log_is_replaced(client, given):
    response = client.get("/healthz", headers={"X-Request-Id": given})
    assert len(response.headers["X-Request-Id"]) == 32


def test_two_services_in_one_process_keep_their_own_settings(tmp_path):
    small, large = (
        create_app(Settings(models=tmp_path, max_characters=limit), FakeEngines(), kept())
        for limit in (1, 9)
    )
    body = {"text": "Oui."}
    assert small.test_client().post("/v1/translations", json=body).status_code == 413
    assert large.test_client().post("/v1/translations", json=body).status_code == 200


def test_the_log_is_one_json_object_a_line_where_nobody_watches(client, capsys):
    configure_logs()
    try:
        client.get("/healthz", headers={"X-Request-Id": "desk-7"})
    finally:
        structlog.reset_defaults()
    line = capsys.readouterr().err
    assert client.application.json.loads(line)["request"] == "desk-7"
