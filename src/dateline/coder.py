"""The coder: runs the rooms in order on one article, and checks their chain at start-up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from dateline import according, own, standing, what, when, where, who, wording
from dateline._version import __version__
from dateline.errors import ArticleError, InputError
from dateline.language import encoder_digest, entities_digest, load_parser, parseable, pipeline_digest, pipeline_package
from dateline.reading import compose
from dateline.records import Article, Coded, CoderInfo, Problem, Span
from dateline.rooms import Draft, Room, check_chain
from dateline.settings import Settings
from dateline.where import load_gazetteer
from dateline.who import load_registry

if TYPE_CHECKING:
    from spacy.language import Language


def make_rooms(settings: Settings) -> tuple[Room, ...]:
    """The rooms in the order of the reporter's questions. Reading and language come before: they make the draft.

    Raises:
        CodebookError: a file of the codebook, the registry, a lexicon or the gazetteer is wrong.
    """
    registry = load_registry(Path(settings.registry) if settings.registry else None)
    gazetteer = load_gazetteer(Path(settings.gazetteer) if settings.gazetteer else None)
    return (
        who.make_room(registry, places=gazetteer),
        where.make_room(gazetteer, registry),
        when.make_room(),
        what.make_room(),
        according.make_room(),
        standing.make_room(),
        wording.make_room(),
        *((own.make_room(Path(settings.codebook)),) if settings.codebook else ()),
    )


class Coder:
    """Codes articles. Loads its models and data once, from the installed package; never asks the network."""

    def __init__(self, settings: Settings | None = None) -> None:
        """
        Raises:
            ChainError: a room needs a field that no earlier room gives.
            CodebookError: a file of the codebook, the registry, a lexicon or the gazetteer is wrong.
        """
        self._settings = settings or Settings()
        self._rooms = make_rooms(self._settings)
        check_chain(self._rooms)
        self._nlp: Language = load_parser()

    @property
    def parser(self) -> Language:
        """The parser that makes what the rooms read."""
        return self._nlp

    @property
    def rooms(self) -> tuple[Room, ...]:
        """The rooms in the order they run."""
        return self._rooms

    def code(
        self,
        text: str,
        title: str | None = None,
        published: str | None = None,
        outlet: str | None = None,
        url: str | None = None,
    ) -> Coded:
        """The coded record of one article.

        The text is kept word for word, so that spans index what was passed in (after the title, where it has to be
        put first). Leftovers of a web page stay in the text but are not coded. A text that cannot be coded
        (empty, too long, not English) gives a record whose ``problems`` say why.

        Raises:
            InputError: ``published`` is not a date.
        """
        return next(
            self.code_many([{"text": text, "title": title, "published": published, "outlet": outlet, "url": url}])
        )

    def code_many(self, articles: Iterable[Mapping[str, Any] | Article], workers: int = 1) -> Iterator[Coded]:
        """The coded records of many articles, in their order, a batch at a time.

        With ``workers`` above 1 the articles are shared out over that many processes.

        Raises:
            InputError: an article is neither an Article nor a mapping with a ``text``, or its date is none.
        """
        if workers > 1:
            from dateline.workers import code_in_processes

            yield from code_in_processes(articles, self._settings, workers=workers)
            return
        stream = iter(articles)
        while batch := list(islice(stream, self._settings.batch_articles)):
            yield from self._code_batch([self._article(article) for article in batch])

    def relation(self, text: str, source: Span, target: Span) -> str:
        """PLOVER type of what the source does to the target, both spans of ``text``, or ``NONE``."""
        draft = self._parse([Article.make(text)])[0]
        return what.relation(draft.doc, source=source, target=target)

    def _code_batch(self, articles: list[Article | Coded]) -> Iterator[Coded]:
        readable = [article for article in articles if isinstance(article, Article)]
        drafts = iter(self._parse(readable))
        for article in articles:
            yield self._furnish(next(drafts)) if isinstance(article, Article) else article

    def _parse(self, articles: list[Article]) -> list[Draft]:
        texts = [parseable(article.text) for article in articles]
        docs: Iterable[Doc] = self._nlp.pipe(texts, batch_size=self._settings.batch_articles)
        return [Draft(article, doc) for article, doc in zip(articles, docs, strict=True)]

    def _furnish(self, draft: Draft) -> Coded:
        for room in self._rooms:
            draft = room.run(draft)
        return Coded(
            coder=self.info,
            article=draft.article,
            actors=draft.actors,
            places=draft.places,
            dates=draft.dates,
            statements=draft.statements,
            events=draft.events,
            claims=draft.claims,
            figures=draft.figures,
            equipment=draft.equipment,
            wording=draft.wording,
            labels=draft.labels,
            problems=draft.problems,
        )

    def _article(self, given: Mapping[str, Any] | Article) -> Article | Coded:
        """The article if it can be coded, else the record that says why not."""
        try:
            article = given if isinstance(given, Article) else _compose(given)
        except ArticleError as error:
            return self._refused(
                Article.make(str(given.get("text") or "") if isinstance(given, Mapping) else ""), str(error)
            )
        if len(article.text) > self._settings.max_article_characters:
            limit = self._settings.max_article_characters
            return self._refused(article, f"{len(article.text):,} characters, over the limit of {limit:,}; split it")
        if article.language not in (None, "en"):
            return self._refused(
                article, f"the text is in another language ({article.language}); dateline codes English"
            )
        return article

    def _refused(self, article: Article, reason: str) -> Coded:
        return Coded(coder=self.info, article=article, problems=(Problem("reading", reason),))

    @cached_property
    def info(self) -> CoderInfo:
        """The version of the coder and of each model it uses."""
        models = {
            pipeline_package(): pipeline_digest(),
            "dateline-entities": entities_digest(),
            "dateline-events": encoder_digest(),
        }
        return CoderInfo(__version__, {name: f"sha256:{digest}" for name, digest in models.items()})


def _compose(given: Mapping[str, Any]) -> Article:
    if not isinstance(given.get("text"), str):
        raise InputError(f"an article needs a `text`, a string; got {type(given.get('text')).__name__}")
    source_id = given.get("id")
    return compose(
        given["text"],
        title=given.get("title"),
        published=given.get("published"),
        outlet=given.get("outlet"),
        url=given.get("url"),
        source_id=None if source_id is None else str(source_id),
    )
