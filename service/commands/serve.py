"""`visavis serve`: the service, its pages, and the jobs that it runs."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import click
from flask import Flask
from waitress.server import BaseWSGIServer, create_server

from service.config import Settings
from service.engine import Engines
from service.errors import ServiceError
from service.logs import configure_logs
from service.store.database import Store

# Requests wait for the engine, not for the processor: more of them than cores share its batches.
REQUEST_THREADS = 16
# Bytes of the largest job; each route has a limit of its own besides.
LARGEST_BODY = 2 * 2**30


@click.command()
@click.option("--host", help="Address; beyond loopback with accounts only.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65_535), help="0 is any free one.  [default: 8000]")
def serve(host: str | None, port: int | None) -> None:
    """Serve the pages and the API, and run jobs, until interrupted.

    The address is printed once it listens; /readyz tells when the model is
    loaded. To be reached from other machines it needs accounts: visavis users
    add. VISAVIS_HOST, VISAVIS_PORT and the other settings are read from the
    environment: see docs/operations.md.
    """
    from service.access.listening import listening_address
    from service.access.provider import check_provider
    from service.app import create_app
    from service.engine.loading import InstalledEngines
    from service.jobs.precedence import Precedence, background, interactive
    from service.metrics import Metrics, measured
    from service.store.opening import open_store

    configure_logs()
    settings = Settings.from_environ()
    settings = replace(
        settings,
        host=settings.host if host is None else host,
        port=settings.port if port is None else port,
    )
    check_provider(settings)
    with closing(open_store(settings.database)) as store:
        host = listening_address(settings.host, store)
        metrics, precedence = Metrics(), Precedence()
        engines = InstalledEngines(settings)
        app = create_app(settings, interactive(engines, precedence), store, metrics)
        server = listening(app, host, settings)
        signal.signal(signal.SIGTERM, stop)
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"Vis-à-vis listens on http://{shown}:{server.effective_port}")
        click.echo(f"What it keeps is in {store.place.removeprefix('sqlite:///')}", err=True)
        click.echo("Ctrl-C stops it.", err=True)
        runner_engines = background(measured(engines, metrics), precedence)
        with jobs_run(settings, runner_engines, store), warming_up(engines):
            server.run()


@contextmanager
def jobs_run(settings: Settings, engines: Engines, store: Store) -> Iterator[None]:
    """Run jobs and report on them, unless that is left to others.

    Refuses where another process runs those of this store.
    """
    from service.jobs.reporter import reporter
    from service.jobs.runner import embedded_runner
    from service.store.jobs.errors import RunnerElsewhere

    if settings.runner == "none" or settings.broker:
        yield
        return
    try:
        with embedded_runner(settings, engines, store), reporter(settings, store):
            yield
    except RunnerElsewhere as error:
        raise click.ClickException(
            f"{error}. With VISAVIS_RUNNER=none this one serves and leaves the jobs to it"
        ) from error


def listening(app: Flask, host: str, settings: Settings) -> BaseWSGIServer:
    """A server that listens; the error where it can't names the port."""
    try:
        return create_server(
            app,
            host=host,
            port=settings.port,
            threads=REQUEST_THREADS,
            ident="Vis-a-vis",
            max_request_body_size=LARGEST_BODY,
            # What proxies say of a request is believed, or not, by `access.control`.
            clear_untrusted_proxy_headers=not settings.proxies,
        )
    except OSError as error:
        raise click.ClickException(
            f"can't listen on {host} port {settings.port}: {error.strerror}"
        ) from error


@contextmanager
def warming_up(engines: Engines) -> Iterator[None]:
    """Load the default pair's model in a thread, so that the first article need not wait for it."""
    thread = threading.Thread(target=warm_up, args=(engines,), name="loading")
    thread.start()
    try:
        yield
    finally:
        # An interpreter that ends while a library loads takes the process down with SIGABRT.
        thread.join()


def warm_up(engines: Engines) -> None:
    """Load the default pair's model; where that fails, the service goes on and says why."""
    try:
        for languages in engines.pairs()[:1]:
            engines.engine(languages)
    except ServiceError as error:
        # /readyz says that no model is loaded, and the answer to each request why.
        click.echo(f"the default model can't be loaded: {error}", err=True)


def stop(signal_number: int, frame: object) -> None:
    """End as Ctrl-C does: waitress lets the requests in hand finish."""
    raise SystemExit(0)
