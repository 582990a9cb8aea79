"""Common nouns for actors, from ``agents.csv``: head noun → kind, PLOVER sectors, and whether it is a title."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from dateline.errors import CodebookError
from dateline.records import ActorKind
from dateline.who.registry import KINDS


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
    with files("dateline.who").joinpath("agents.csv").open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        for row in reader:
            if row["kind"] not in KINDS:
                raise CodebookError(f"agents.csv, line {reader.line_num}: kind {row['kind']!r} is unknown")
            sectors = tuple(filter(None, row["sectors"].split(";")))
            for head in row["heads"].split(";"):
                if head in out:
                    raise CodebookError(f"agents.csv, line {reader.line_num}: {head!r} is listed twice")
                out[head] = Agent(row["kind"], sectors, row["form"] == "title")
    return out
