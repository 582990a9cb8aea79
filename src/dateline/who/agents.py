"""Common nouns for actors, from ``agents.csv``: head noun → kind, PLOVER sectors, and whether it is a title."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dateline.datafiles import read_rows
from dateline.errors import CodebookError
from dateline.records import ActorKind
from dateline.who.registry import checked_kind


@dataclass(frozen=True, slots=True)
class Agent:
    kind: ActorKind
    sectors: tuple[str, ...]
    title: bool  # "the minister" is one particular person


def load_agents() -> Mapping[str, Agent]:
    """Lower-case head noun, in the singular, → what it stands for.

    Raises:
        CodebookError: an unknown kind, or a noun listed twice.
    """
    out: dict[str, Agent] = {}
    for where, row in read_rows("dateline.who", "agents.csv"):
        sectors = tuple(filter(None, row["sectors"].split(";")))
        for head in row["heads"].split(";"):
            if head in out:
                raise CodebookError(f"{where}: {head!r} is listed twice")
            out[head] = Agent(checked_kind(row["kind"], where), sectors, row["form"] == "title")
    return out
