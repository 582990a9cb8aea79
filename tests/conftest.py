"""Fixtures shared by all tests. The parser and the coder load once a session; nothing here uses the network."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from dateline.records import Article, Coded
from dateline.rooms import Draft

if TYPE_CHECKING:
    from spacy.language import Language

    from dateline import Coder


@pytest.fixture(scope="session")
def nlp() -> Language:
    from dateline.language import load_parser

    return load_parser()


@pytest.fixture(scope="session")
def coder() -> Coder:
    from dateline import Coder

    return Coder()


@pytest.fixture
def draft(nlp: Language) -> Callable[..., Draft]:
    """A draft of a text with nothing found yet."""

    def make(text: str, **known: str | None) -> Draft:
        return Draft(article=Article.make(text, **known), doc=nlp(text))

    return make


@pytest.fixture
def code(coder: Coder) -> Callable[..., Coded]:
    """Code one text with every room."""
    return coder.code
