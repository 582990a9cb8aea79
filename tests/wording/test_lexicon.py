"""The lexicon: what ships loads whole; a bad line is refused with its place."""

from __future__ import annotations

import pytest

from dateline.errors import CodebookError
from dateline.wording.lexicon import load_lexicon, pieces, read_lexicon

HEADER = "term,pos,kind,tone,direction,of,about,needs,plain,exceptions,unless_near,note,origin,example,source"
GOOD = "thug,noun,party,dysphemism,lowers,standing,self,,man,thug life,,,en,Thugs came.,dateline"

# The lexicon is to cover at least this many terms.
FEWEST_TERMS = 400


def test_shipped_lexicon_loads() -> None:
    terms = [entry for entries in load_lexicon().values() for entry in entries if entry.term is not None]
    assert len(terms) >= FEWEST_TERMS


def test_longest_run_comes_first() -> None:
    entries = read_lexicon([HEADER, GOOD])["thug"]
    assert [entry.words for entry in entries] == [("thug", "life"), ("thug",)]
    assert entries[0].term is None


def test_hyphens_are_words() -> None:
    assert pieces("Self-proclaimed state") == ("self", "-", "proclaimed", "state")


def test_the_genitive_is_a_word() -> None:
    assert pieces("People’s war") == pieces("people 's war") == ("people", "'s", "war")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (GOOD.replace("dysphemism", "rude"), "unknown tone 'rude'"),
        (GOOD.replace("noun", "thing"), "unknown pos 'thing'"),
        (GOOD.replace(",self,", ",him,"), "unknown about 'him'"),
        (GOOD.replace("thug life", "life"), "no longer than its term"),
        (GOOD.removesuffix("dateline"), "needs its words, an example and a source"),
        (GOOD.replace("Thugs came.", ""), "needs its words, an example and a source"),
        (GOOD.replace(",en,", ",English,"), "origin 'English' is no language"),
        (f"{GOOD}\n{GOOD}", "listed twice"),
    ],
)
def test_bad_line_is_refused_with_its_number(line: str, message: str) -> None:
    with pytest.raises(CodebookError, match=rf"lexicon.csv, line [23]: .*{message}"):
        read_lexicon([HEADER, *line.split("\n")])
