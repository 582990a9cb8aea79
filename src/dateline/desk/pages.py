"""The desk's pages, from Jinja templates with escaping on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.templating import Jinja2Templates

from dateline._version import __version__
from dateline.codebook import load_codebook
from dateline.dataset import Dataset
from dateline.desk import find, words
from dateline.desk.api import pairs_of, stored
from dateline.desk.filters import EventFilter, Paging, read_filter, read_names, read_paging
from dateline.desk.markup import evidence, marked
from dateline.desk.shapes import shapes_of
from dateline.desk.view import view

# Articles on a page of the list.
_ARTICLES = 30


class Pages:
    """Renders the pages of one dataset."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._templates = Jinja2Templates(env=_environment(dataset.path.resolve().name))

    def articles(self, request: Request) -> Response:
        """The list of articles, and how much the dataset holds."""
        pairs = pairs_of(request)
        names = read_names(pairs, ("q", "outlet", "page"))
        paging = Paging(read_paging(pairs).page, _ARTICLES)
        found = find.articles(self._dataset, paging, search=names.get("q"), outlet=names.get("outlet"))
        asked = {name: names[name] for name in ("q", "outlet") if name in names}
        return self._page(
            request,
            "articles.html",
            totals=find.totals(self._dataset),
            found=found,
            asked=asked,
            address=lambda page: "/?" + urlencode([*asked.items(), ("page", str(page))]),
            outlets=find.choices(self._dataset).outlets,
        )

    def article(self, request: Request, article_id: str) -> Response:
        """One article with its records beside the words."""
        coded = stored(self._dataset, article_id)
        earlier, newest = find.other_texts(self._dataset, article_id)
        return self._page(request, "article.html", article=view(coded), earlier=earlier, newest=newest)

    def events(self, request: Request) -> Response:
        """The events a filter keeps."""
        pairs = pairs_of(request)
        kept = read_filter(pairs)
        found = find.events(self._dataset, kept, Paging(read_paging(pairs).page))
        return self._page(request, "events.html", kept=kept, found=found, **self._filters(kept))

    def map(self, request: Request) -> Response:
        """The events a filter keeps, on a map."""
        kept = read_filter(pairs_of(request))
        found = find.mapped(self._dataset, kept)
        drawn = [asdict(place) for place in found.places]
        filters = self._filters(kept)
        return self._page(request, "map.html", kept=kept, found=found, drawn=drawn, shapes=shapes_of(found), **filters)

    def error(self, request: Request, status: int, message: str) -> Response:
        """A page that says in one line what is wrong."""
        return self._page(request, "error.html", status=status, message=message)

    def _filters(self, kept: EventFilter) -> dict[str, Any]:
        """What the form of filters offers, and in what words it names those in use."""
        book = load_codebook()
        types = [(quad.code, [book.events[name] for name in quad.types]) for quad in book.quads]
        at = find.place_name(self._dataset, kept.geonameid) if kept.geonameid else None
        return {"choices": find.choices(self._dataset), "types": types, "at": at}

    def _page(self, request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
        context = {"here": request.url.path, "status": status, **values}
        return self._templates.TemplateResponse(request, template, context, status_code=status)


def page_routes(pages: Pages) -> APIRouter:
    """The routes of the pages."""
    routes = APIRouter(include_in_schema=False)
    plain: dict[str, Callable[[Request], Response]] = {"/": pages.articles, "/events": pages.events, "/map": pages.map}
    for path, page in plain.items():
        routes.add_api_route(path, page, methods=["GET", "HEAD"], response_model=None)
    routes.add_api_route("/articles/{article_id}", pages.article, methods=["GET", "HEAD"], response_model=None)
    return routes


def _environment(dataset_name: str) -> Environment:
    """Templates with everything they may call. A name that is missing is a fault, never an empty string."""
    environment = Environment(
        loader=PackageLoader("dateline.desk", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        dataset_name=dataset_name,
        version=__version__,
        quads=words.QUADS,
        statuses=words.STATUSES,
        everything=EventFilter(),
    )
    environment.filters.update(
        counted=words.counted,
        evidence=evidence,
        joined=words.joined,
        marked=marked,
        period=lambda days: words.dates(*days),
        plain=words.plain,
        type_label=words.type_label,
    )
    return environment
