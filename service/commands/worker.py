"""`visavis worker`: run jobs on this machine, beside others that do."""

from __future__ import annotations

import click

from service.config import Settings
from service.logs import configure_logs

# RabbitMQ takes a message back after half an hour.
LONGEST = 1700


@click.command()
@click.option(
    "--processes",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="How many chunks at once; each has the models in memory and VISAVIS_THREADS threads.",
)
@click.option(
    "--limit",
    type=click.IntRange(10, LONGEST),
    default=1500,
    show_default=True,
    help="Seconds after which a process that is still at one chunk is killed.",
)
def worker(processes: int, limit: int) -> None:
    """Run jobs that the service took in, until interrupted.

    Start it on as many machines as you like, each with the same
    VISAVIS_BROKER and VISAVIS_DATABASE as the service, and the same models:
    see docs/many-machines.md.
    """
    settings = Settings.from_environ()
    if not settings.broker:
        raise click.ClickException(
            "VISAVIS_BROKER is not set: give the URL of RabbitMQ, amqp://user:password@host//"
        )
    _check_database(settings.database)
    try:
        from service.worker import run_worker
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f"{error.name} is not installed: pip install 'vis-a-vis[workers,postgres]'"
        ) from error
    from service.engine.loading import InstalledEngines

    pairs = InstalledEngines(settings).pairs()
    if not pairs:
        raise click.ClickException(f"there is no model in {settings.models}")
    configure_logs()
    click.echo(f"This worker translates {', '.join(map(str, pairs))}. Ctrl-C stops it.", err=True)
    raise SystemExit(run_worker(settings, processes, limit))


def _check_database(place: str) -> None:
    """Refuse a database that one machine alone can use; raise a StoreError for one out of order."""
    from service.store.database import database_url
    from service.store.opening import open_store

    if database_url(place).get_backend_name() == "sqlite":
        raise click.ClickException(
            f"VISAVIS_DATABASE={place} is a file of SQLite, which one machine alone can use:"
            " give the URL of a PostgreSQL database"
        )
    # Closed again before the first fork.
    open_store(place).close()
