"""/metrics, in the text format that Prometheus reads."""

from __future__ import annotations

from time import perf_counter

from flask import Blueprint, Response, g, request
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from service.api.fields import read_nothing
from service.metrics import Metrics, exposition
from service.store.database import Store


def metrics_blueprint(store: Store, metrics: Metrics | None = None) -> Blueprint:
    """/metrics of this process and of the given store; every request is counted."""
    blueprint = Blueprint("metrics", __name__)
    counted = metrics or Metrics()

    @blueprint.before_app_request
    def begin() -> None:
        g.arrived = perf_counter()

    @blueprint.after_app_request
    def end(response: Response) -> Response:
        # Who is refused before they are let in was not timed.
        seconds = perf_counter() - g.get("arrived", g.get("began", perf_counter()))
        counted.count_request(request.endpoint, request.method, response.status_code, seconds)
        return response

    @blueprint.get("/metrics")
    def metrics_of_all() -> Response:
        read_nothing(request)
        return Response(exposition(counted, store), content_type=CONTENT_TYPE_PLAIN_0_0_4)

    return blueprint
