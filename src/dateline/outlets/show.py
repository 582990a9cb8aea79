"""A report on an outlet as lines of text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from dateline.outlets.report import KINDS, Kind, Line, Report
from dateline.outlets.shares import Share

TITLES: dict[Kind, str] = {"name": "What parties are called", "loaded": "Loaded words"}


def report_lines(found: Report) -> Iterator[str]:
    """What is counted, then a line for each naming and loaded word, those that set the outlet apart marked."""
    voice = "its own voice and its speakers'" if found.quoted else "its own voice"
    yield f"{found.outlet}: {found.articles} articles, in {voice}, beside {found.other_articles} of {found.other_outlets} other outlets"
    for kind in KINDS:
        yield ""
        yield f"{TITLES[kind]} (articles; 95 % intervals)"
        for name, lines in found.of(kind):
            yield f"  {name or 'about no party'}"
            yield from (_text(line) for line in lines)


def report_json(found: Report) -> str:
    """The whole report; unknown shares are null."""
    return json.dumps(as_object(found), ensure_ascii=False, indent=2)


def as_object(found: Report) -> dict[str, object]:
    """The same as an object for JSON."""
    return {
        "outlet": found.outlet, "quoted": found.quoted, "articles": found.articles,
        "other_articles": found.other_articles, "other_outlets": found.other_outlets,
        "lines": [_object(line) for line in found.lines],
    }  # fmt: skip


def _text(line: Line) -> str:
    loaded = f" [{line.tone}{f': {line.plain}' if line.plain else ''}]" if line.tone else ""
    apart = f"  {line.apart} than others" if line.apart else ""
    return f"    {line.words}{loaded}: {_share(line.here)}; others {_share(line.elsewhere)}{apart}"


def _share(share: Share) -> str:
    if share.value is None or share.interval is None:
        return "never name it"
    low, high = (round(100 * end) for end in share.interval)
    return f"{share.count} of {share.total}, {low}–{high} %"


def _object(line: Line) -> dict[str, object]:
    return {
        "kind": line.kind, "party": line.party, "name": line.name, "words": line.words, "tone": line.tone, "plain": line.plain,
        "here": _numbers(line.here), "elsewhere": _numbers(line.elsewhere), "difference": line.difference, "apart": line.apart,
    }  # fmt: skip


def _numbers(share: Share) -> dict[str, object]:
    return {"count": share.count, "total": share.total, "share": share.value, "interval": share.interval}
