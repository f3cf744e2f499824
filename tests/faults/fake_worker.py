"""A worker as `visavis worker` starts it, but with an engine that misbehaves on demand.

What it does is in the environment: FAKE_PACE, the seconds that a sentence
takes, FAKE_LIMIT, those that a chunk may take, FAKE_CLOCK, those that this
process's clock is wrong by, FAKE_LOOK and FAKE_HEARTBEAT, those between two
looks around and two signs of life, and FAKE_FOLDER, where it marks what it did
once.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime, timedelta


def shift_clock(seconds: float) -> None:
    """Have every clock of this process be wrong; before anything else has taken one."""
    import service.store.records as records

    right = time.time
    time.time = lambda: right() + seconds
    records.now = lambda: datetime.now(UTC) + timedelta(seconds=seconds)


shift_clock(float(os.environ.get("FAKE_CLOCK", "0")))

from service import worker  # noqa: E402
from service.config import Settings  # noqa: E402
from service.jobs import broker  # noqa: E402
from service.logs import configure_logs  # noqa: E402
from tests.fakes import FakeEngines  # noqa: E402
from tests.faults.engine import Paced  # noqa: E402


def main() -> int:
    """Work until told to stop."""
    configure_logs()
    given = os.environ.get
    worker.LOOK_EVERY = int(given("FAKE_LOOK", worker.LOOK_EVERY))
    broker.HEARTBEAT = int(given("FAKE_HEARTBEAT", broker.HEARTBEAT))
    limit = int(given("FAKE_LIMIT", worker.HARD_LIMIT))
    settings = Settings.from_environ()
    return worker.run_worker(settings, 1, limit, lambda _: FakeEngines(Paced()))


if __name__ == "__main__":
    sys.exit(main())
