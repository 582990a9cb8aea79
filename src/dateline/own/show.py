"""What the commands ``codebook check`` and ``codebook train`` print."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.own.folder import OwnCodebook
from dateline.own.training import Trained

# Types under this F1 are pointed at, with the sentences that were confused.
WEAK = 0.7


def codebook_lines(book: OwnCodebook) -> Iterator[str]:
    """The types with their counts."""
    width = max(len(type_.name) for type_ in book.types)
    yield f"{'type':{width}}  examples  not"
    for type_ in book.types:
        yield f"{type_.name:{width}}  {len(type_.examples):8}  {len(type_.counter):3}"
    yield f"{len(book.types)} types, {len(book.sentences)} sentences, {len(book.background)} of them background: in order"


def training_lines(trained: Trained) -> Iterator[str]:
    """Scores by cross-validation, and what is worth mending."""
    width = max(len(score.name) for score in trained.scores)
    yield f"{trained.sentences} sentences; five-fold cross-validation:"
    yield f"{'type':{width}}  examples  precision  recall    F1"
    for score in trained.scores:
        numbers = f"{score.precision:9.2f}  {score.recall:6.2f}  {score.f1:4.2f}"
        yield f"{score.name:{width}}  {score.examples:8}  {numbers}"
    for score in trained.scores:
        if score.f1 < WEAK:
            with_ = f", most often taken for {score.confused_with}" if score.confused_with else ""
            yield f"{score.name} is weak{with_}; more examples, or a clearer line, would help:"
            yield from (f"  missed: {sentence}" for sentence in score.missed)
            yield from (f"  extra:  {sentence}" for sentence in score.extra)
