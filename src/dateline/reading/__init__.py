"""What was published? Pages, text and JSON Lines → articles: boilerplate gone, headline, date, outlet, language."""

from dateline.reading.compose import compose, parse_published
from dateline.reading.files import Given, Unread, read_path, read_stream
from dateline.reading.leftovers import blank_leftovers, find_leftovers
from dateline.reading.tongue import identify_language

__all__ = [
    "Given",
    "Unread",
    "blank_leftovers",
    "compose",
    "find_leftovers",
    "identify_language",
    "parse_published",
    "read_path",
    "read_stream",
]
