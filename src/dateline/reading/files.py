"""Files and streams → articles, one bad line or file at a time reported and the rest read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from dateline.errors import ArticleError, InputError, UnreadableError
from dateline.reading.compose import compose, parse_published
from dateline.reading.decode import decode, unify_newlines
from dateline.reading.leftovers import cut_leftovers
from dateline.reading.page import read_page
from dateline.reading.plain import take_dateline
from dateline.records import Article

Kind = Literal["text", "html", "lines"]

_SUFFIXES: dict[str, Kind] = {
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "lines",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".text": "text",
    ".md": "text",
}
_HTML_START = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|\?xml|!--|article|div)\b", re.IGNORECASE
)
_FIELDS = ("text", "title", "published", "outlet", "url", "id")


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read: the file (with its line, for JSON Lines) and one sentence with the remedy."""

    name: str
    message: str

    def __str__(self) -> str:
        return f"{self.name}: {self.message}"


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says about an article; it wins over what the file says."""

    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    encoding: str | None = None
    max_characters: int = 1_000_000


def read_path(path: Path, given: Given) -> Iterator[Article | Unread]:
    """The articles of a file, by its ending, else by its first bytes.

    Raises:
        InputError: what the user gave (not the file) is wrong.
    """
    if path.is_dir():
        yield Unread(str(path), "a folder; name the files in it, as in folder/*.txt")
        return
    try:
        with path.open("rb") as stream:
            yield from read_stream(stream, name=str(path), kind=_SUFFIXES.get(path.suffix.lower()), given=given)
    except FileNotFoundError:
        yield Unread(str(path), "no such file; check the name")
    except OSError as error:
        yield Unread(str(path), f"cannot be read ({error.strerror or error}); check its permissions")


def read_stream(stream: BinaryIO, *, name: str, kind: Kind | None = None, given: Given) -> Iterator[Article | Unread]:
    """The articles of an open file; JSON Lines are read line by line."""
    parse_published(given.published)
    lead = stream.readline()
    kind = kind or _sniff(lead)
    if kind == "lines":
        yield from _read_lines(lead, stream, name=name, given=given)
        return
    try:
        data = _read_limited(lead, stream, given)
        yield _read_page(data, given) if kind == "html" else _read_text(data, given)
    except ArticleError as error:
        yield Unread(name, str(error))


def _read_limited(lead: bytes, stream: BinaryIO, given: Given) -> bytes:
    # A page carries much that is not text, and a character has up to four bytes.
    limit = given.max_characters * 8
    data = lead + stream.read(limit + 1)
    if len(data) > limit:
        raise UnreadableError(f"over {limit // 1_000_000} MB, too long for one article; split it, one article a file")
    return data


def _sniff(lead: bytes) -> Kind:
    if _HTML_START.match(lead[:512]):
        return "html"
    return "lines" if lead.lstrip(b"\xef\xbb\xbf \t").startswith(b'{"') else "text"


def _read_page(data: bytes, given: Given) -> Article:
    page = read_page(decode(data, encoding=given.encoding, html=True), url=given.url)
    return compose(
        _checked(cut_leftovers(page.text), given),
        title=page.title,
        published=given.published or page.published,
        outlet=given.outlet or page.outlet,
        url=page.url,
    )


def _read_text(data: bytes, given: Given) -> Article:
    text = unify_newlines(decode(data, encoding=given.encoding))
    plain = take_dateline(_checked(cut_leftovers(text), given))
    return compose(
        plain.text,
        published=given.published or plain.published,
        outlet=given.outlet or plain.outlet,
        url=given.url,
    )


def _checked(text: str, given: Given) -> str:
    if not text.strip():
        raise UnreadableError("nothing left once advertisements and the like are taken out; nothing to code")
    if len(text) > given.max_characters:
        raise UnreadableError(
            f"{len(text):,} characters, too long for one article (at most {given.max_characters:,}); split it"
        )
    return text


def _read_lines(lead: bytes, stream: BinaryIO, *, name: str, given: Given) -> Iterator[Article | Unread]:
    number, seen = 0, False
    line = lead
    while line:
        number += 1
        if line.strip():
            seen = True
            try:
                yield _read_line(line, given)
            except (ArticleError, InputError) as error:
                yield Unread(f"{name}, line {number}", str(error))
        line = stream.readline()
    if not seen:
        yield Unread(name, "empty; nothing to code")


def _read_line(line: bytes, given: Given) -> Article:
    try:
        row = json.loads(decode(line, encoding=given.encoding))
    except json.JSONDecodeError as error:
        raise UnreadableError(f"not JSON ({error.msg} at character {error.pos + 1}); one JSON object a line") from error
    except RecursionError as error:
        raise UnreadableError("not an article: nested too deeply; one flat JSON object a line") from error
    if not isinstance(row, dict) or "text" not in row:
        raise UnreadableError('not an article: a JSON object with the field "text" is needed')
    for field in _FIELDS:
        if row.get(field) is not None and not isinstance(row[field], str | int if field == "id" else str):
            raise UnreadableError(f"{field!r} is {type(row[field]).__name__}; it must be a string")
    return compose(
        _checked(cut_leftovers(unify_newlines(row["text"] or "")), given),
        title=row.get("title"),
        published=given.published or row.get("published"),
        outlet=given.outlet or row.get("outlet"),
        url=given.url or row.get("url"),
        source_id=None if row.get("id") is None else str(row["id"]),
    )
