"""HTML pages → article text with headline, date, outlet and address. trafilatura and htmldate do the work.

Both are the extra ``dateline[html]`` and are imported only when a page is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from dateline.errors import InputError, NoArticleError

# A page whose text is shorter than this is a menu, an error page or a cookie wall. In characters.
MIN_ARTICLE = 150


@dataclass(frozen=True, slots=True)
class Page:
    text: str
    title: str | None
    published: str | None  # YYYY-MM-DD
    outlet: str | None
    url: str | None


def read_page(html: str, *, url: str | None = None) -> Page:
    """The article of a page; paragraphs are separated by a blank line.

    Raises:
        NoArticleError: nothing on the page reads like an article.
        InputError: the extra ``html`` is not installed.
    """
    try:
        from htmldate import find_date
        from trafilatura import bare_extraction
    except ImportError as error:
        raise InputError("HTML needs trafilatura; install dateline[html]") from error
    found = bare_extraction(html, url=url, include_comments=False, include_tables=False, with_metadata=True)
    text = "" if found is None or isinstance(found, dict) else (found.text or "")
    if found is None or isinstance(found, dict) or len(text) < MIN_ARTICLE:
        raise NoArticleError(
            f"no article on this page ({len(text)} characters of text); save the article itself as text"
        )
    published = find_date(html, url=url, original_date=True, extensive_search=False)
    return Page(_paragraphs(text), found.title, published, _outlet(found.sitename), _web_address(url or found.url))


def _paragraphs(text: str) -> str:
    return re.sub(r"\n+", "\n\n", text.strip())


def _outlet(sitename: str | None) -> str | None:
    return sitename.strip() or None if sitename else None


def _web_address(url: str | None) -> str | None:
    return url if url and urlsplit(url).scheme in {"http", "https"} else None
