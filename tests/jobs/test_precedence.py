"""Requests that somebody waits for go before jobs, and jobs get their turn too."""

import threading

from alignment.document import FRENCH_ENGLISH
from service.jobs.precedence import Precedence, background, interactive
from tests.fakes import FakeEngines, WordByWord
from tests.jobs.engines import Counting

# Seconds that a test waits for what has to happen.
PATIENCE = 10


class Slow(WordByWord):
    """An engine that is in the middle of its work until it is let go on."""

    def __init__(self):
        self.begun, self.may_end = threading.Event(), threading.Event()

    def translate(self, sentences, *rest):
        self.begun.set()
        assert self.may_end.wait(PATIENCE)
        return super().translate(sentences, *rest)


def both(engine, precedence):
    engines = FakeEngines(engine)
    return tuple(
        side(engines, precedence).engine(FRENCH_ENGLISH) for side in (interactive, background)
    )


def ask(engine, done):
    def work():
        engine.translate(["Un thé."])
        done.set()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_a_job_waits_while_somebody_does():
    precedence = Precedence(longest_wait=PATIENCE)
    slow, quick = Slow(), Counting()
    ahead, behind = both(slow, precedence)[0], both(quick, precedence)[1]
    answered, worked = threading.Event(), threading.Event()
    threads = [ask(ahead, answered)]
    assert slow.begun.wait(PATIENCE)
    threads.append(ask(behind, worked))
    assert not worked.wait(0.1)
    assert quick.calls == []
    slow.may_end.set()
    assert worked.wait(PATIENCE)
    assert answered.is_set()
    for thread in threads:
        thread.join()


def test_nobody_waits_for_a_job():
    precedence = Precedence()
    slow, quick = Slow(), Counting()
    behind, ahead = both(slow, precedence)[1], both(quick, precedence)[0]
    worked = threading.Event()
    thread = ask(behind, worked)
    assert slow.begun.wait(PATIENCE)
    assert ahead.translate(["Un thé."])[0].text == "UN THÉ."
    assert not worked.is_set()
    slow.may_end.set()
    thread.join()


def test_a_job_goes_on_after_the_longest_wait():
    precedence = Precedence(longest_wait=0.05)
    behind = both(Counting(), precedence)[1]
    with precedence.ahead():
        assert behind.translate(["Un thé."])[0].text == "UN THÉ."
        assert len(behind.align([("Un thé.", "A tea.")])) == 1


def test_a_job_waits_a_moment_after_somebody_was_answered():
    now = [0.0]
    waited = []
    precedence = Precedence(quiet=5, longest_wait=60, clock=lambda: now[0])

    class Changed(threading.Condition):
        def wait(self, timeout=None):
            waited.append(timeout)
            now[0] += timeout

    precedence._changed = Changed()
    precedence.give_way()
    with precedence.ahead():
        pass
    precedence.give_way()
    assert waited == [5]


def test_the_engines_are_those_that_were_there():
    engines = FakeEngines(ready=False)
    for side in (interactive(engines, Precedence()), background(engines, Precedence())):
        assert (side.pairs(), side.ready()) == (engines.pairs(), False)
        engine = side.engine(FRENCH_ENGLISH)
        assert engine.languages == FRENCH_ENGLISH
        assert engine.signature("fast") == WordByWord().signature("fast")
        assert engine.align([("Un", "A")]) == WordByWord().align([("Un", "A")])
