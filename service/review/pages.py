"""The page `/`: an article goes in, both texts come out side by side, and can be taken along.

Everything works as plain forms; `workbench.js` only spares the reader the
reloads. A download sends the document back to the service, which keeps nothing
unless it was asked to.
"""

from __future__ import annotations

import json
from hashlib import sha256
from html import escape
from importlib.resources import files

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.exceptions import RequestEntityTooLarge

from alignment.document import AlignedDocument, ModelInfo
from alignment.errors import AlignmentError
from alignment.formats import html, native
from alignment.formats.flags import flags
from service.article import check_article
from service.config import Settings
from service.engine import Engines
from service.errors import ArticleRejected, ServiceError
from service.keeping import keep_translation
from service.review.bench import add_bench_pages
from service.review.composition import Composition, read_composition
from service.review.jobs import add_job_pages
from service.review.library import add_library_pages
from service.review.people import add_people_pages
from service.review.report import add_report_pages
from service.review.stored import add_stored_pages
from service.store.database import Store
from service.store.records import Origin
from service.translate import translate_article

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
ASSETS: dict[str, tuple[html.Asset, str]] = {
    "css": ("ladder.css", "text/css"),
    "js": ("ladder.js", "text/javascript"),
}
TITLE = "Vis-à-vis"
PAGES = (add_library_pages, add_bench_pages, add_report_pages, add_job_pages, add_people_pages)
# An error names the field of the API; here is where the form has it.
FORM_FIELDS = {"target_language": "pair", "source_language": "pair", "filename": "file"}
# What the JSON of a document may take for each character of its article: where
# every character is a word, as emoji are, each brings its own links.
DOCUMENT_BYTES = 500
FORM_BYTES = 65_536


def review_blueprint(settings: Settings, engines: Engines, store: Store) -> Blueprint:
    """The workbench over the given engines, and the pages of what is kept in the store."""
    blueprint = Blueprint(
        "review",
        __name__,
        template_folder="templates",
        static_folder="static",
        static_url_path="/review",
    )

    @blueprint.get("/")
    def compose() -> str:
        text = sample() if "sample" in request.args else ""
        return workbench(settings, engines, Composition(text=text))

    @blueprint.post("/")
    def translate() -> ResponseReturnValue:
        composition = Composition()
        try:
            composition = read_composition(request.form, request.files)
            document, document_id = _translated(composition, settings, engines, store)
        except RequestEntityTooLarge:
            reason = f"this is far longer than the limit of {settings.max_characters} characters"
            return workbench(settings, engines, composition, error=("text", reason)), 413
        except ServiceError as error:
            return workbench(settings, engines, composition, error=_complaint(error)), error.status
        return workbench(settings, engines, composition, document, document_id)

    @blueprint.get("/review/ladder.<kind>")
    def ladder(kind: str) -> ResponseReturnValue:
        if kind not in ASSETS:
            return "there is no such file", 404
        name, mimetype = ASSETS[kind]
        response = Response(html.asset(name), mimetype=mimetype)
        response.add_etag()
        return response.make_conditional(request)

    _add_download(blueprint, settings, engines)
    add_stored_pages(blueprint, store)
    for add_pages in PAGES:
        add_pages(blueprint, settings, engines, store)

    @blueprint.after_request
    def keep_strict(response: Response) -> Response:
        response.headers.update(HEADERS)
        return response

    return blueprint


def workbench(
    settings: Settings,
    engines: Engines,
    composition: Composition,
    document: AlignedDocument | None = None,
    document_id: str | None = None,
    error: tuple[str, str] | None = None,
) -> str:
    """The whole page: the form as it was sent, and the translation or what is wrong.

    `document_id` is what the document is kept under, if it is.
    """
    field, complaint = error or ("", "")
    return render_template(
        "review/workbench.html",
        settings=settings,
        pairs=engines.pairs(),
        model=model_facts(engines),
        limits=html.LIMITS,
        composition=composition,
        field=field,
        complaint=complaint,
        document_id=document_id,
        document=document and Markup(escape(json.dumps(native.to_json(document)), quote=False)),
        flags=document and Markup(flags(document)),
        ladder=document and Markup(html.ladder(document)),
        facts=document and Markup(html.facts(document)),
    )


def model_facts(engines: Engines) -> ModelInfo | None:
    """The model of the default pair, None as long as it is not loaded."""
    if not engines.ready():
        return None
    return engines.engine(engines.pairs()[0]).signature("best")


def sample() -> str:
    """A short French article to try the service on."""
    path = files("service").joinpath("samples", "article.fr.txt")
    return path.read_text(encoding="utf-8")


def attachment(written: str, form: str) -> Response:
    """A document, given as our own JSON, as a file to keep. Raises ArticleRejected."""
    try:
        document = native.from_json(json.loads(written))
        stem = f"vis-a-vis-{sha256(document.source.encode()).hexdigest()[:12]}"
        content, mimetype = _content(document, form)
    except (AlignmentError, ValueError, RecursionError):
        # It has been through somebody's browser: what can't be read was tampered with.
        raise ArticleRejected("document", None, "this is no document of this service") from None
    disposition = f'attachment; filename="{stem}.{form}"'
    return Response(content, mimetype=mimetype, headers={"Content-Disposition": disposition})


def _add_download(blueprint: Blueprint, settings: Settings, engines: Engines) -> None:
    """/download, to which a whole document is sent back."""

    # Whether a form may be answered at all is looked up in it, before the view sees it.
    @blueprint.url_value_preprocessor
    def allow_whole_documents(endpoint: str | None, values: object) -> None:
        if endpoint == "review.download":
            limit = DOCUMENT_BYTES * settings.max_characters + FORM_BYTES
            request.max_content_length = request.max_form_memory_size = limit

    @blueprint.post("/download")
    def download() -> ResponseReturnValue:
        try:
            return attachment(request.form.get("document", ""), request.form.get("format", "html"))
        except ServiceError as error:
            return workbench(
                settings, engines, Composition(), error=_complaint(error)
            ), error.status


def _content(document: AlignedDocument, form: str) -> tuple[bytes, str]:
    match form:
        case "html":
            return html.page(document, TITLE).encode(), "text/html"
        case "json":
            text = json.dumps(native.to_json(document), ensure_ascii=False)
            return text.encode(), "application/json"
        case _:
            raise ArticleRejected("format", form, "choose one of html, json")


def _translated(
    composition: Composition, settings: Settings, engines: Engines, store: Store
) -> tuple[AlignedDocument, str | None]:
    """The document, and its id where it was to be kept."""
    article, field = composition.article()
    check_article(article.text, field, settings)
    quality = composition.checked_quality()
    engine = engines.engine(composition.languages(engines.pairs()))
    ignored = settings.ignored
    if composition.keep:
        plain = article.kind == "text"
        origin = Origin(filename=composition.filename, content=None if plain else composition.file)
        title = article.title or ""
        kept = keep_translation(
            store, article.text, engine, quality, article.paragraphs, ignored, title, origin
        )
        return kept.document, kept.id
    document = translate_article(article.text, engine, quality, article.paragraphs, ignored=ignored)
    return document, None


def _complaint(error: ServiceError) -> tuple[str, str]:
    """The field of the form that an error is about, and what it says without that field's name."""
    field = error.field or ""
    return FORM_FIELDS.get(field, field), str(error).removeprefix(f"{field}: ")
