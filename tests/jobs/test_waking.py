"""Workers are woken up where there is a broker, and nobody minds where there is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from service.config import Settings
from service.jobs.waking import wake
from tests.fakes import kept
from tests.faults.servers import free_port

ROOT = Path(__file__).parent.parent.parent


def test_without_a_broker_its_library_is_not_loaded():
    code = (
        "import sys; from service.config import Settings; from service.jobs.waking import wake;"
        "wake(Settings(), None); print(*sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {"celery", "kombu"}.isdisjoint(run.stdout.split())


def test_a_broker_that_does_not_answer_is_logged_without_its_password(capsys):
    pytest.importorskip("celery")
    wake(Settings(broker=f"amqp://visavis:secret@127.0.0.1:{free_port()}//"), kept())
    logged = capsys.readouterr().out
    assert "the broker does not answer" in logged
    assert "secret" not in logged
