"""`visavis serve`'s runner without the service, and with an engine that takes its time.

It ends when standard input does.
"""

from __future__ import annotations

import sys
from contextlib import closing

from service.config import Settings
from service.jobs.runner import embedded_runner
from service.logs import configure_logs
from service.store.opening import open_store
from tests.fakes import FakeEngines
from tests.faults.engine import Paced


def main() -> None:
    """Run the jobs of the store that the environment names."""
    configure_logs()
    settings = Settings.from_environ()
    with (
        closing(open_store(settings.database)) as store,
        embedded_runner(settings, FakeEngines(Paced()), store),
    ):
        sys.stdin.read()


if __name__ == "__main__":
    main()
