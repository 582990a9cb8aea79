"""One article as its page shows it: the text in pieces, the cards beside it, what a reader must know first."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from dateline.desk import words
from dateline.desk.cards import Cards, Group
from dateline.desk.marks import Layer, Piece, marks_of, paragraphs, pieces
from dateline.records import Coded, Problem

LAYER_NAMES: dict[Layer, tuple[str, str]] = {
    "events": ("Events", "Who did what to whom"),
    "statements": ("Statements", "Who says what"),
    "claims": ("Claims", "Who holds what, who stands with whom"),
    "wording": ("Wording", "Loaded words and plain ones"),
    "actors": ("Actors", "Who"),
    "places": ("Places", "Where"),
    "dates": ("Dates", "When"),
    "figures": ("Figures", "How many"),
    "equipment": ("Equipment", "With what"),
}
# How many of the first words stand for a headline that is missing.
_OPENING_WORDS = 10


@dataclass(frozen=True, slots=True)
class LayerView:
    """A layer of the text: its switch, its marks' style and its cards."""

    layer: Layer
    name: str
    question: str
    count: int
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    id: str
    name: str  # the headline, or how the text begins
    headline: tuple[Piece, ...]  # empty where there is no headline
    body: tuple[tuple[Piece, ...], ...]
    outlet: str | None
    published: str | None
    url: str | None  # only addresses a browser may open
    address: str | None  # as given
    coder: str
    layers: tuple[LayerView, ...]
    unsaid: tuple[tuple[str, str], ...]  # quotations of the headline that the body does not hold: (statement, words)
    problems: tuple[Problem, ...]


def view(coded: Coded) -> ArticleView:
    """The article as its page shows it."""
    article = coded.article
    marks = marks_of(coded)
    headline = pieces(article.text, [article.headline], marks)[0] if article.headline else ()
    body = pieces(article.text, paragraphs(article.text, article.headline), marks)
    return ArticleView(
        id=article.id,
        name="".join(piece.text for piece in headline) or _opening(article.text),
        headline=headline,
        body=body,
        outlet=article.outlet,
        published=words.dates(article.published, article.published),
        url=web_address(article.url),
        address=article.url,
        coder=coded.coder.version,
        layers=_layers(coded),
        unsaid=tuple((one.id, words.unquoted(one.content.text)) for one in coded.statements if one.verbatim is False),
        problems=coded.problems,
    )


def web_address(url: str | None) -> str | None:
    """The address where it is one of the web; other schemes could run code in the reader's browser."""
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme.lower() in ("http", "https") and parts.netloc else None


def _layers(coded: Coded) -> tuple[LayerView, ...]:
    found = Cards(coded).layers()
    return tuple(
        LayerView(layer, *LAYER_NAMES[layer], sum(len(group.cards) for group in groups), groups)
        for layer, groups in found.items()
    )


def _opening(text: str) -> str:
    beginning = text.split(maxsplit=_OPENING_WORDS)[:_OPENING_WORDS]
    return " ".join(beginning) + " …" if beginning else "An empty article"
