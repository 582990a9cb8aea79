"""The same coder in several local processes, order kept, memory bounded."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from dateline.records import Article, Coded
from dateline.settings import Settings

if TYPE_CHECKING:
    from dateline.coder import Coder

Given = Mapping[str, Any] | Article

# One coder per process, made by _start: a pool's workers have no other place to keep it.
_coder: Coder | None = None


def code_in_processes(articles: Iterable[Given], settings: Settings, *, workers: int) -> Iterator[Coded]:
    """The coded records in the order of the articles; at most two batches a worker wait at any time."""
    stream = iter(articles)
    waiting: deque[Future[list[Coded]]] = deque()
    # spawn, not fork: the parent's parser threads do not survive a fork.
    with ProcessPoolExecutor(workers, get_context("spawn"), _start, (settings,)) as pool:
        while True:
            while len(waiting) < 2 * workers and (batch := list(islice(stream, settings.batch_articles))):
                waiting.append(pool.submit(_code, batch))
            if not waiting:
                return
            yield from waiting.popleft().result()


def _start(settings: Settings) -> None:
    global _coder  # noqa: PLW0603 - set once per process, before any work
    from dateline.coder import Coder

    _coder = Coder(settings)


def _code(batch: list[Given]) -> list[Coded]:
    if _coder is None:
        raise RuntimeError("the worker process was not started by code_in_processes")
    return list(_coder.code_many(batch))
