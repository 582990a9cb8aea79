"""The desk as a web application: routes, headers, and what an error looks like. Every page is read-only."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from dateline._version import __version__
from dateline.dataset import Dataset
from dateline.desk.api import api_routes
from dateline.desk.pages import Pages, page_routes
from dateline.errors import DatasetError, InputError

_log = logging.getLogger(__name__)

# Article text is hostile: nothing runs but our own files, nothing is fetched from elsewhere, nobody may frame us.
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def make_app(dataset: Dataset) -> FastAPI:
    """The desk of a dataset."""
    # The interactive documentation of FastAPI loads scripts from a CDN; the description itself is ours to serve.
    app = FastAPI(title="dateline", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    pages = Pages(dataset)
    app.include_router(api_routes(dataset))
    app.include_router(page_routes(pages))
    app.mount("/static", StaticFiles(packages=[("dateline.desk", "static")]), name="static")
    app.middleware("http")(_with_headers)
    _answer_errors(app, pages)
    return app


async def _with_headers(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await answer(request)
    response.headers.update(SECURITY_HEADERS)
    # Browsers ask whether their copy is still good: the dataset and the desk change between two visits.
    response.headers.setdefault("Cache-Control", "no-cache")
    return response


def _answer_errors(app: FastAPI, pages: Pages) -> None:
    """Every fault is one line: JSON under /api/, a page elsewhere."""

    def answer(request: Request, status: int, message: str) -> Response:
        line = " ".join(message.split())
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": line}, status)
        return pages.error(request, status, line)

    def on_http(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        detail = error.detail if isinstance(error, HTTPException) else ""
        known = {404: "There is nothing at this address.", 405: "The desk only reads; use GET."}
        unnamed = detail in ("Not Found", "Method Not Allowed", "")
        return answer(request, status, known.get(status, detail) if unnamed else detail)

    def on_input(request: Request, error: Exception) -> Response:
        return answer(request, 400, str(error))

    def on_dataset(request: Request, error: Exception) -> Response:
        _log.error("%s: %s", request.url.path, error)
        return answer(request, 503, f"The dataset cannot be read: {error}")

    def on_fault(request: Request, error: Exception) -> Response:
        response = answer(request, 500, "The desk failed at this; its log says how.")
        response.headers.update(SECURITY_HEADERS)
        return response

    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(InputError, on_input)
    app.add_exception_handler(DatasetError, on_dataset)
    app.add_exception_handler(Exception, on_fault)
