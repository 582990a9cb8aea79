"""Plain text: what its first lines say of day and outlet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.errors import InputError
from dateline.reading.compose import parse_published

# How many of the first non-empty lines may hold a line that is only a date or a by-line.
_LINES = 6
_PREFIX = re.compile(r"^(?:published|posted|updated|date|on|by)\b(?: on| at)?[:\s]*", re.IGNORECASE)
_BYLINE = re.compile(r"^by (?P<who>[^|–—]{2,60}?)\s*[|–—,]\s*(?P<when>.+)$", re.IGNORECASE)
_DATE_LINE = re.compile(r"^[A-Za-z]*,?\s*[\w .,:/|+-]{6,50}$")
# "ANKARA, September 4 (Agency) —": the credit names the outlet.
_CREDIT = re.compile(
    r"^[A-Z][A-Z .,'’-]{2,40}(?:, [A-Z][a-z]+\.? \d{1,2})? \((?P<outlet>[A-Z][\w &.-]{1,30})\)\s*[-–—]"
)


@dataclass(frozen=True, slots=True)
class Plain:
    text: str
    published: str | None
    outlet: str | None


def take_dateline(text: str) -> Plain:
    """The text without a line that only dates it, with that date, and the outlet its credit line names."""
    lines = text.split("\n")
    filled = [index for index, line in enumerate(lines) if line.strip()][:_LINES]
    published = None
    for index in filled[1:]:
        published = _date_of(lines[index].strip())
        if published:
            del lines[index]
            break
    credit = next((found for line in lines[:12] if (found := _CREDIT.match(line.strip()))), None)
    return Plain("\n".join(lines).strip(), published, credit.group("outlet") if credit else None)


def _date_of(line: str) -> str | None:
    byline = _BYLINE.match(line)
    line = _PREFIX.sub("", str(byline.group("when")) if byline else line)
    if not _DATE_LINE.match(line) or len(line.split()) > 8:
        return None
    try:
        return parse_published(line.split("|")[0].strip())
    except InputError:
        return None
