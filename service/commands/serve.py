"""`visavis serve`: the service and its page, on this machine only."""

from __future__ import annotations

import signal
import threading
from contextlib import closing
from dataclasses import replace
from ipaddress import ip_address

import click
from flask import Flask
from waitress.server import BaseWSGIServer, create_server

from service.config import Settings
from service.engine import Engines
from service.errors import ServiceError
from service.logs import configure_logs

# Requests wait for the engine, not for the processor: more of them than cores share its batches.
REQUEST_THREADS = 16


@click.command()
@click.option("--host", help="Address to listen on; loopback only.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65_535), help="0 is any free one.  [default: 8000]")
def serve(host: str | None, port: int | None) -> None:
    """Serve the page and the API until interrupted.

    The address is printed once it listens; /readyz tells when the model is
    loaded. VISAVIS_HOST, VISAVIS_PORT and the other settings are read from the
    environment: see docs/operations.md.
    """
    from service.app import create_app
    from service.engine.loading import InstalledEngines
    from service.store.opening import open_store

    configure_logs()
    settings = Settings.from_environ()
    settings = replace(
        settings,
        host=settings.host if host is None else host,
        port=settings.port if port is None else port,
    )
    host = loopback(settings.host)
    with closing(open_store(settings.database)) as store:
        engines = InstalledEngines(settings)
        server = listening(create_app(settings, engines, store), host, settings.port)
        threading.Thread(target=warm_up, args=(engines,), daemon=True).start()
        signal.signal(signal.SIGTERM, stop)
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"Vis-à-vis listens on http://{shown}:{server.effective_port}")
        click.echo(f"What it keeps is in {store.place.removeprefix('sqlite:///')}", err=True)
        click.echo("Ctrl-C stops it.", err=True)
        server.run()


def listening(app: Flask, host: str, port: int) -> BaseWSGIServer:
    """A server that listens; the error where it can't names the port."""
    try:
        return create_server(app, host=host, port=port, threads=REQUEST_THREADS, ident="Vis-a-vis")
    except OSError as error:
        raise click.ClickException(
            f"can't listen on {host} port {port}: {error.strerror}"
        ) from error


def loopback(host: str) -> str:
    """The address to listen on, refused where other machines could reach it."""
    try:
        address = ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        raise click.ClickException(
            f"host {host!r} is neither an IP address nor localhost"
        ) from None
    if not address.is_loopback:
        raise click.ClickException(
            f"host {host} can be reached from other machines, and there are no accounts yet to "
            "tell who may use the service: listen on 127.0.0.1, behind a proxy that signs people in"
        )
    return str(address)


def warm_up(engines: Engines) -> None:
    """Load the default pair's model, so that the first article need not wait for it."""
    try:
        for languages in engines.pairs()[:1]:
            engines.engine(languages)
    except ServiceError as error:
        # The service goes on: /readyz says that no model is loaded, and each request why.
        click.echo(f"the default model can't be loaded: {error}", err=True)


def stop(signal_number: int, frame: object) -> None:
    """End as Ctrl-C does: waitress lets the requests in hand finish."""
    raise SystemExit(0)
