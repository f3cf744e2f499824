"""`visavis serve` as a process of its own, on a free loopback port."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing

import pytest

from alignment.document import Languages
from service.commands.serve import warming_up
from service.store.documents import read_document
from service.store.opening import open_store

START_S = 60


def environment(folder):
    database = str(folder / "data" / "visavis.db")
    return {**os.environ, "PYTHONUNBUFFERED": "1", "VISAVIS_DATABASE": database}


@pytest.fixture
def service(tmp_path):
    """A running service's process and address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "service.cli", "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(tmp_path),
    )
    try:
        line = process.stdout.readline()
        yield process, re.search(r"http://127\.0\.0\.1:\d+", line).group()
    finally:
        process.kill()
        process.communicate()


def get(url):
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def until_ready(url):
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        if get(f"{url}/readyz")[0] == 200:
            return
        time.sleep(0.1)
    pytest.fail(f"not ready within {START_S} s")


def test_it_answers_at_once_is_ready_soon_keeps_what_it_is_told_to_and_stops(service, tmp_path):
    process, url = service
    assert get(f"{url}/healthz")[0] == 200
    until_ready(url)
    request = urllib.request.Request(
        f"{url}/v1/translations",
        json.dumps({"text": "Elle reste à Paris.", "store": True}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        document = json.load(response)
    assert document["source"] == "Elle reste à Paris."
    assert "Paris" in document["target"]
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0
    errors = process.stderr.read()
    assert "Traceback" not in errors
    assert f"What it keeps is in {tmp_path}/data/visavis.db\n" in errors
    with closing(open_store(tmp_path / "data" / "visavis.db")) as store:
        assert read_document(store, document["id"]).document.source == "Elle reste à Paris."


def test_a_store_that_cannot_be_opened_is_named(tmp_path):
    (tmp_path / "data").write_text("a file, where a folder has to be")
    run = subprocess.run(
        [sys.executable, "-m", "service.cli", "serve", "--port", "0"],
        capture_output=True,
        text=True,
        timeout=START_S,
        env=environment(tmp_path),
        check=False,
    )
    assert run.returncode == 1
    assert f"{tmp_path}/data/visavis.db" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_port_in_use_is_named(service, tmp_path):
    _, url = service
    port = url.rpartition(":")[2]
    second = subprocess.run(
        [sys.executable, "-m", "service.cli", "serve", "--port", port],
        capture_output=True,
        text=True,
        timeout=START_S,
        env=environment(tmp_path),
        check=False,
    )
    assert second.returncode == 1
    assert f"port {port}" in second.stderr
    assert "Traceback" not in second.stderr


def test_a_second_one_on_the_same_store_is_refused_and_told_how_to_go_on(service, tmp_path):
    second = subprocess.run(
        [sys.executable, "-m", "service.cli", "serve", "--port", "0"],
        capture_output=True,
        text=True,
        timeout=START_S,
        env=environment(tmp_path),
        check=False,
    )
    assert second.returncode == 1
    assert f"process {service[0].pid}" in second.stderr
    assert "VISAVIS_RUNNER=none" in second.stderr
    assert "Traceback" not in second.stderr


@pytest.mark.parametrize("seconds", [0.0, 0.3])
def test_stopped_while_the_model_loads_it_still_ends_well(service, seconds):
    process, _ = service
    time.sleep(seconds)
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=START_S)
    assert (process.returncode, "Traceback" in errors, "terminate" in errors) == (0, False, False)


def test_loading_is_waited_for():
    class Slow:
        loaded = False

        def pairs(self):
            return [Languages("fr", "en")]

        def engine(self, languages):
            time.sleep(0.1)
            self.loaded = True

    engines = Slow()
    with warming_up(engines):
        assert not engines.loaded
    assert engines.loaded
