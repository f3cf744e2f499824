"""The Flask application."""

from __future__ import annotations

from flask import Flask

from service.access.control import control_access
from service.api import api_blueprint, health_blueprint
from service.api.claims import claims_blueprint
from service.api.documents import documents_blueprint
from service.api.guard import guard
from service.api.jobs import jobs_blueprint
from service.api.metrics import metrics_blueprint
from service.api.problems import report_problems
from service.api.segments import segments_blueprint
from service.article import largest_body
from service.config import Settings
from service.engine import Engines
from service.logs import log_requests
from service.metrics import Metrics, measured
from service.review import review_blueprint
from service.review.languages import speak
from service.store.database import Store


def create_app(
    settings: Settings, engines: Engines, store: Store, metrics: Metrics | None = None
) -> Flask:
    """The service over the given engines and store: its API, its pages, its health.

    `metrics` are what it counts in; without them, it has its own.
    """
    app = Flask(__name__, static_folder=None)
    # Without this, "/v1//models" is redirected by a page of HTML.
    app.url_map.merge_slashes = False
    app.config["MAX_CONTENT_LENGTH"] = largest_body(settings.max_characters)
    app.config["MAX_FORM_MEMORY_SIZE"] = largest_body(settings.max_characters)
    metrics = metrics or Metrics()
    engines = measured(engines, metrics)
    log_requests(app)
    guard(app, settings)
    control_access(app, settings, store)
    report_problems(app)
    speak(app)
    app.register_blueprint(health_blueprint(engines))
    app.register_blueprint(api_blueprint(settings, engines, store))
    app.register_blueprint(documents_blueprint(store))
    app.register_blueprint(claims_blueprint(settings, store))
    app.register_blueprint(segments_blueprint(settings, engines, store))
    app.register_blueprint(jobs_blueprint(settings, store, engines))
    app.register_blueprint(metrics_blueprint(store, metrics))
    app.register_blueprint(review_blueprint(settings, engines, store))
    return app
