"""The HTTP API: /v1, its description, and what a load balancer asks."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from flask import Blueprint, Response, render_template, request

from service.api import alignments, translations
from service.api.answers import answer
from service.api.errors import NotReady
from service.api.models import list_models
from service.api.openapi import openapi, problems
from service.api.problems import anchor, problem, title
from service.config import Settings
from service.engine import Engines
from service.store.database import Store

HERE = Path(__file__).parent
DOCS_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"


def api_blueprint(settings: Settings, engines: Engines, store: Store) -> Blueprint:
    """/v1 without what is kept, and its description for machines and for people."""
    api = Blueprint(
        "api",
        __name__,
        static_folder=HERE / "static",
        static_url_path="/docs",
        template_folder=HERE / "templates",
    )

    @api.post("/v1/translations")
    def translate() -> Response:
        return translations.translate(request, settings, engines, store)

    @api.post("/v1/alignments")
    def align() -> Response:
        return alignments.align(request, settings, engines, store)

    @api.get("/v1/models")
    def models() -> Response:
        return answer(list_models(settings.models))

    @api.get("/openapi.json")
    def description() -> Response:
        return answer(openapi(settings))

    @api.get("/docs")
    def docs() -> Response:
        page = render_template(
            "api/docs.html",
            api=openapi(settings),
            errors=[(anchor(type(e)), title(type(e)), problem(e)) for e in problems(settings)],
            pretty=partial(json.dumps, ensure_ascii=False, indent=2),
        )
        return Response(page, headers={"Content-Security-Policy": DOCS_POLICY})

    return api


def health_blueprint(engines: Engines) -> Blueprint:
    """What a load balancer or an orchestrator asks."""
    health = Blueprint("health", __name__)

    @health.get("/healthz")
    def healthz() -> Response:
        return answer({"status": "alive"})

    @health.get("/readyz")
    def readyz() -> Response:
        if not engines.ready():
            raise NotReady("the model is being loaded")
        return answer({"status": "ready"})

    return health
