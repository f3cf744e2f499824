"""The Flask application."""

from __future__ import annotations

from flask import Flask

from service.api import api_blueprint, health_blueprint
from service.api.bodies import largest_body
from service.api.claims import claims_blueprint
from service.api.documents import documents_blueprint
from service.api.guard import guard
from service.api.problems import report_problems
from service.config import Settings
from service.engine import Engines
from service.logs import log_requests
from service.review import review_blueprint
from service.store.database import Store


def create_app(settings: Settings, engines: Engines, store: Store) -> Flask:
    """The service over the given engines and store: its API, its pages, its health."""
    app = Flask(__name__, static_folder=None)
    # Without this, "/v1//models" is redirected by a page of HTML.
    app.url_map.merge_slashes = False
    app.config["MAX_CONTENT_LENGTH"] = largest_body(settings.max_characters)
    app.config["MAX_FORM_MEMORY_SIZE"] = largest_body(settings.max_characters)
    log_requests(app)
    guard(app, settings)
    report_problems(app)
    app.register_blueprint(health_blueprint(engines))
    app.register_blueprint(api_blueprint(settings, engines, store))
    app.register_blueprint(documents_blueprint(store))
    app.register_blueprint(claims_blueprint(settings, store))
    app.register_blueprint(review_blueprint(settings, engines, store))
    return app
