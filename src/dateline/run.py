"""The main job: files in, coded records out, or into a dataset. Faults are reported one by one and the rest goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.reading import Given, Unread, read_path, read_stream
from dateline.records import Article, Coded

if TYPE_CHECKING:
    from dateline.coder import Coder
    from dateline.dataset import Added, Dataset

# Takes one line for the user: what is wrong with which article, and the remedy.
Report = Callable[[str], None]


def read_all(paths: Sequence[Path], given: Given, *, report: Report) -> Iterator[Article]:
    """Every article of the files, in order; ``-`` is standard input. What cannot be read is reported, one line each."""
    for path in paths:
        standard = str(path) == "-"
        for item in (
            read_stream(sys.stdin.buffer, name="standard input", given=given) if standard else read_path(path, given)
        ):
            if isinstance(item, Unread):
                report(str(item))
            else:
                yield item


def code_all(articles: Iterable[Article], coder: Coder, *, report: Report, workers: int = 1) -> Iterator[Coded]:
    """The coded records in order; what a room could not do is reported as well as recorded."""
    for coded in coder.code_many(articles, workers=workers):
        for problem in coded.problems:
            report(f"{_name(coded.article)}: {problem.message}")
        yield coded


def code_into(
    dataset: Dataset,
    articles: Iterable[Article],
    make_coder: Callable[[], Coder],
    *,
    report: Report,
    progress: Callable[[int], None],
    workers: int = 1,
    batch: int = 200,
) -> Added:
    """Code what the dataset does not hold yet and store it, ``batch`` articles a write.

    ``make_coder`` is called only when there is something to code. ``progress`` is told of every article passed.
    What was written before a fault stays written.
    """
    from dateline.dataset import Added

    known = set(dataset.article_ids())
    skipped = 0

    def unknown() -> Iterator[Article]:
        nonlocal skipped
        for article in articles:
            if article.id in known:
                skipped += 1
                progress(1)
            else:
                yield article

    total = Added(new=0, known=0, revised=0)
    fresh = unknown()
    first = next(fresh, None)
    if first is not None:
        coded = code_all(_chain(first, fresh), make_coder(), report=report, workers=workers)
        while some := list(islice(_counted(coded, progress), batch)):
            added = dataset.add(some)
            total = Added(total.new + added.new, total.known + added.known, total.revised + added.revised)
    return Added(total.new, total.known + skipped, total.revised)


def _chain(first: Article, rest: Iterator[Article]) -> Iterator[Article]:
    yield first
    yield from rest


def _counted(coded: Iterator[Coded], progress: Callable[[int], None]) -> Iterator[Coded]:
    for one in coded:
        progress(1)
        yield one


def _name(article: Article) -> str:
    """The words by which a user knows an article: its address, its own id, or how it begins."""
    return article.url or article.source_id or f"article {article.id} ({' '.join(article.text[:60].split())!r})"
