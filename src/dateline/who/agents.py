"""Common nouns for actors, from ``agents.csv``: head noun → kind, PLOVER sectors and how far to trust it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from dateline.datafiles import read_rows
from dateline.errors import CodebookError
from dateline.records import ActorKind
from dateline.who.registry import KINDS, sectors_of

# nominal: a noun that always speaks of an actor; title: of the one holder of an office when definite; told: a noun
# that does so only where its phrase names somebody or some country, or points back ("the Syrian delegation").
Form = Literal["nominal", "title", "told"]


@dataclass(frozen=True, slots=True)
class Agent:
    """What a head noun stands for."""

    kind: ActorKind
    sectors: tuple[str, ...]
    form: Form
    plural: ActorKind  # what several of them are
    body: str | None  # suffix of the state's standing body it means next to a country ("Turkey's army": mil)


def load_agents() -> Mapping[str, Agent]:
    """Lower-case head noun, in the singular, → what it stands for.

    Raises:
        CodebookError: an unknown kind, form or sector, or a noun listed twice.
    """
    agents: dict[str, Agent] = {}
    for where, row in read_rows("dateline.who", "agents.csv"):
        agent = _agent(row, where)
        for head in row["heads"].split(";"):
            if head in agents:
                raise CodebookError(f"{where}: heads: {head!r} is listed already; a noun has one row")
            agents[head] = agent
    return agents


def _agent(row: Mapping[str, str], where: str) -> Agent:
    for key, known in (("kind", KINDS), ("plural", KINDS), ("form", frozenset(get_args(Form)))):
        if row[key] not in known:
            raise CodebookError(f"{where}: {key} {row[key]!r} is unknown; use one of {', '.join(sorted(known))}")
    return Agent(
        kind=cast(ActorKind, row["kind"]),
        sectors=sectors_of(row["sectors"], where),
        form=cast(Form, row["form"]),
        plural=cast(ActorKind, row["plural"]),
        body=row["body"] or None,
    )
