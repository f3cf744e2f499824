"""A job survives what happens to machines; `make faults` does all of it at length."""

import os

import pytest

from tests.faults.faults import FAULTS, FOR_ROOT
from tests.store.conftest import missing


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Workers that notice sooner what happened; those of `make faults` are as they are."""
    monkeypatch.setenv("FAKE_LOOK", "4")
    monkeypatch.setenv("FAKE_HEARTBEAT", "5")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "-"))
def test_no_article_is_lost_or_there_twice_or_wrong_after(fault, stage):
    if fault.happen in FOR_ROOT and os.geteuid():
        missing(f"{fault.name}: needs root")
    assert fault.happen(stage, fault.short) == fault.expected(fault.short)
