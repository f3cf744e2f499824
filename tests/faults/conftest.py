import random
from contextlib import ExitStack

import pytest

from tests.faults.servers import RABBIT, postgresql, rabbitmq
from tests.faults.stage import Stage
from tests.store.conftest import missing
from tests.store.postgres import find_programs


@pytest.fixture(scope="session")
def stage(tmp_path_factory):
    """RabbitMQ and PostgreSQL for every test of this folder."""
    if not RABBIT.exists():
        missing("no RabbitMQ here (Debian: apt-get install rabbitmq-server)")
    if find_programs() is None:
        missing("no PostgreSQL here (Debian: apt-get install postgresql)")
    try:
        import celery  # noqa: F401
        import psycopg  # noqa: F401
    except ImportError as error:
        missing(f"no {error.name} here (pip install 'vis-a-vis[workers,postgres]')")
    with ExitStack() as stack:
        yield Stage(
            postgres=stack.enter_context(postgresql()),
            rabbit=stack.enter_context(rabbitmq()),
            folder=tmp_path_factory.mktemp("faults"),
            chance=random.Random(7),
        )
