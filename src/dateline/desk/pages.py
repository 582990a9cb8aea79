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
from dateline.desk.filters import EventFilter, Paging, read_filter, read_names, read_paging, read_uses
from dateline.desk.markup import evidence, marked
from dateline.desk.shapes import shapes_of
from dateline.desk.view import view
from dateline.outlets import Line, Report, instances, outlets_of, report

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

    def outlets(self, request: Request) -> Response:
        """How an outlet names each party, and its loaded words; the first outlet where none is asked for."""
        asked = read_uses(pairs_of(request))
        known = outlets_of(self._dataset)
        outlet = asked.outlet or (known[0] if known else None)
        found = report(self._dataset, outlet, quoted=asked.quoted) if outlet is not None else None
        return self._page(request, "outlets.html", found=found, outlets=known, uses=_uses_address)

    def uses(self, request: Request) -> Response:
        """Every instance behind a line of that report."""
        asked = read_uses(pairs_of(request))
        found = instances(self._dataset, asked.line, outlet=asked.outlet, quoted=asked.quoted)
        return self._page(
            request, "uses.html", asked=asked, found=found, back=_outlet_address(asked.outlet, asked.quoted)
        )

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
    plain: dict[str, Callable[[Request], Response]] = {
        "/": pages.articles, "/events": pages.events, "/map": pages.map, "/outlets": pages.outlets, "/outlets/uses": pages.uses,
    }  # fmt: skip
    for path, page in plain.items():
        routes.add_api_route(path, page, methods=["GET", "HEAD"], response_model=None)
    routes.add_api_route("/articles/{article_id}", pages.article, methods=["GET", "HEAD"], response_model=None)
    return routes


def _outlet_address(outlet: str | None, quoted: bool) -> str:
    pairs = {"outlet": outlet} if outlet else {}
    return "/outlets?" + urlencode(pairs | ({"voice": "quoted"} if quoted else {}))


def _uses_address(found: Report, line: Line, *, here: bool) -> str:
    """The address of a line's instances, in the outlet or in all of them."""
    pairs = {"outlet": found.outlet} if here else {}
    pairs |= {"voice": "quoted"} if found.quoted else {}
    pairs |= {"kind": line.kind, "words": line.words} | ({"party": line.party} if line.party else {})
    return "/outlets/uses?" + urlencode(pairs)


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
