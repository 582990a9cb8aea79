"""The JSON API: the dataset's records for other programs, with the same filters as the pages."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from pydantic.dataclasses import dataclass

from dateline._version import __version__
from dateline.dataset import Dataset
from dateline.desk import find
from dateline.desk.filters import Pairs, read_filter, read_names, read_paging, read_uses
from dateline.desk.rows import ArticlePage, EventPage, MapPage
from dateline.outlets import Instance, as_object, instances, outlets_of, report
from dateline.records import SCHEMA, Coded


@dataclass(frozen=True)
class About:
    """Which dateline, which layout of the record, which state of the dataset."""

    dateline: str
    schema: str
    dataset_version: int
    articles: int


def api_routes(dataset: Dataset) -> APIRouter:
    """The routes under /api/."""
    api = APIRouter(prefix="/api")

    @api.get("/version")
    def version() -> About:
        newest = dataset.versions()[-1]
        return About(__version__, SCHEMA, newest.number, newest.articles)

    @api.get("/articles")
    def articles(request: Request) -> ArticlePage:
        pairs = pairs_of(request)
        names = read_names(pairs, ("q", "outlet", "page", "limit"))
        return find.articles(dataset, read_paging(pairs), search=names.get("q"), outlet=names.get("outlet"))

    @api.get("/articles/{article_id}")
    def article(article_id: str) -> dict[str, Any]:
        return stored(dataset, article_id).to_dict()

    @api.get("/events")
    def events(request: Request) -> EventPage:
        pairs = pairs_of(request)
        return find.events(dataset, read_filter(pairs), read_paging(pairs))

    @api.get("/map")
    def places(request: Request) -> MapPage:
        return find.mapped(dataset, read_filter(pairs_of(request)))

    @api.get("/outlets")
    def outlet(request: Request) -> dict[str, Any]:
        found = read_uses(pairs_of(request))
        if found.outlet is None:
            return {"outlets": outlets_of(dataset)}
        return as_object(report(dataset, found.outlet, quoted=found.quoted))

    @api.get("/outlets/uses")
    def uses(request: Request) -> list[Instance]:
        found = read_uses(pairs_of(request))
        return instances(dataset, found.line, outlet=found.outlet, quoted=found.quoted)

    return api


def pairs_of(request: Request) -> Pairs:
    """The names and values of the address, in order."""
    return [(name, value) for name, value in request.query_params.multi_items()]


def stored(dataset: Dataset, article_id: str) -> Coded:
    """The record of an article.

    Raises:
        HTTPException: 404 where there is none.
    """
    if not dataset.query("select 1 from all_articles where id = ?", [article_id]):
        raise HTTPException(
            404, f"No article {article_id[:80]!r} in this dataset; the list of articles has those there are."
        )
    return dataset.coded(article_id)
