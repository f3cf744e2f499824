import pytest

from service.access import rates
from service.access.rates import Rates


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still unless it is told to go on."""

    class Clock:
        now = 1000.0

    monkeypatch.setattr(rates, "monotonic", lambda: Clock.now)
    return Clock


def test_a_bucket_is_emptied_and_fills_up_again(clock):
    found = Rates()
    assert [found.take("a", 2) for _ in range(4)] == [0, 0, 30, 30]
    clock.now += 30
    assert [found.take("a", 2) for _ in range(2)] == [0, 30]
    clock.now += 3600
    assert [found.take("a", 2) for _ in range(3)] == [0, 0, 30]


def test_each_has_a_bucket_of_their_own(clock):
    found = Rates()
    assert [found.take(who, 1) for who in "abab"] == [0, 0, 60, 60]


def test_buckets_that_are_full_again_are_forgotten(clock, monkeypatch):
    monkeypatch.setattr(rates, "KEPT", 2)
    found = Rates()
    for who in "abc":
        found.take(who, 1)
        clock.now += 25
    found.take("d", 1)
    assert set(found.left) == {"b", "c", "d"}
