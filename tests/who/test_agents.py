"""The agent nouns and word lists load whole; a wrong row is refused with file, line and key."""

import pytest

from dateline.errors import CodebookError
from dateline.who.agents import _agent, load_agents
from dateline.who.vocabulary import load_words

ROW = {"kind": "person", "sectors": "GOV", "form": "title", "plural": "government", "body": ""}


def test_what_ships() -> None:
    agents = load_agents()
    assert len(agents) >= 250
    assert (agents["rebel"].kind, agents["rebel"].plural, agents["rebel"].sectors) == (
        "person",
        "armed_group",
        ("REB",),
    )


@pytest.mark.parametrize(
    ("key", "value"), [("kind", "robot"), ("plural", "robots"), ("form", "rank"), ("sectors", "GOV;XYZ")]
)
def test_wrong_rows_are_refused(key: str, value: str) -> None:
    with pytest.raises(CodebookError, match=f"agents.csv, line 9: .*{value.split(';')[-1]!r}"):
        _agent({**ROW, key: value}, "agents.csv, line 9")


def test_nouns_that_point_back_are_agent_nouns() -> None:
    agents = load_agents()
    assert not {noun for noun in load_words().bodies if noun not in agents}


def test_gender_is_told_only_where_the_words_agree() -> None:
    words = load_words()
    assert [words.gender(told) for told in ({"mr", "x"}, {"queen"}, {"mr", "mrs"}, {"doctor"})] == [
        "male",
        "female",
        None,
        None,
    ]
