"""dateline turns news of conflict into records you can check: who did what to whom, where and when, and according to whom."""

from typing import TYPE_CHECKING, Any

from dateline._version import __version__
from dateline.errors import (
    ArticleError,
    ChainError,
    CodebookError,
    DatasetError,
    DatelineError,
    InputError,
    NoArticleError,
    SettingsError,
    StopError,
    UnreadableError,
)
from dateline.records import Article, Coded, json_schema
from dateline.settings import Settings

if TYPE_CHECKING:
    from dateline.coder import Coder

__all__ = [
    "Article",
    "ArticleError",
    "ChainError",
    "CodebookError",
    "Coded",
    "Coder",
    "DatasetError",
    "DatelineError",
    "InputError",
    "NoArticleError",
    "Settings",
    "SettingsError",
    "StopError",
    "UnreadableError",
    "__version__",
    "json_schema",
]


def __getattr__(name: str) -> Any:
    """``Coder`` is imported when it is asked for: it brings spaCy, which takes a second and is not needed to read records."""
    if name == "Coder":
        from dateline.coder import Coder

        return Coder
    raise AttributeError(f"module 'dateline' has no attribute {name!r}")
