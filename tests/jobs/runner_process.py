"""A process that runs the jobs of a store with a slow engine that shouts, until it is killed."""

from __future__ import annotations

import sys
import time

from service.config import Settings
from service.jobs.runner import embedded_runner
from service.store.opening import open_store
from tests.fakes import FakeEngines
from tests.jobs.engines import Counting


def main(place: str, seconds: float) -> None:
    """Say "running" once the runner is, then wait for the end."""
    store = open_store(place)
    settings = Settings(batch_tokens=20, threads=1)
    with embedded_runner(settings, FakeEngines(Counting(seconds)), store):
        print("running", flush=True)
        time.sleep(600)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
