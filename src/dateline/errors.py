"""Every exception dateline raises on purpose.

DatelineError                 anything below; its message is one line: the thing, what was allowed, the remedy
├── ArticleError              skip this article, the run goes on
│   ├── UnreadableError       the bytes are not readable text (binary, wrong encoding, empty, too long)
│   └── NoArticleError        a page that holds no article
└── StopError                 the run cannot go on
    ├── InputError            a file, line or option the user gave is wrong
    ├── DatasetError          a folder that is not a dataset, or a dataset that cannot be written
    ├── CodebookError         a codebook, registry, lexicon or gazetteer file is wrong; names file and key
    ├── SettingsError         a setting has an unknown name or a bad value
    └── ChainError            a room needs a field that no earlier room gives
"""

__all__ = [
    "ArticleError",
    "ChainError",
    "CodebookError",
    "DatasetError",
    "DatelineError",
    "InputError",
    "NoArticleError",
    "SettingsError",
    "StopError",
    "UnreadableError",
]


class DatelineError(Exception):
    """Anything dateline raises on purpose."""


class ArticleError(DatelineError):
    """This article cannot be coded; others can."""


class UnreadableError(ArticleError):
    """The bytes are not readable text."""


class NoArticleError(ArticleError):
    """The page holds no article."""


class StopError(DatelineError):
    """The run cannot go on."""


class InputError(StopError):
    """A file, line or option the user gave is wrong."""


class DatasetError(StopError):
    """A folder is not a dataset, or a dataset cannot be written."""


class CodebookError(StopError):
    """A codebook, registry, lexicon or gazetteer file is wrong."""


class SettingsError(StopError):
    """A setting has an unknown name or a bad value."""


class ChainError(StopError):
    """A room needs a field that no earlier room gives."""
