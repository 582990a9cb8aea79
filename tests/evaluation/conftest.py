"""Coded records and hand-coded tables built by hand, about an invented valley."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from dateline.records import (
    OWN_VOICE,
    Actor,
    Article,
    Coded,
    CoderInfo,
    Event,
    EventDate,
    Mention,
    Party,
    Place,
    Span,
    Words,
)

TEXT = (
    "Shells fall on Brell\n\n"
    "On Tuesday the Norland army shelled Brell. Mayor Ida Sorn condemned the army. "
    "Gen. Tove Hask of the Brell Brigade met Sorn on Wednesday. The rain did not stop."
)


def span(words: str) -> Span:
    begin = TEXT.index(words)
    return begin, begin + len(words)


@dataclass(frozen=True)
class Make:
    """Builds what a test compares; files go to ``folder``."""

    folder: Path
    shelled: str = "On Tuesday the Norland army shelled Brell."
    condemned: str = "Mayor Ida Sorn condemned the army."
    met: str = "Gen. Tove Hask of the Brell Brigade met Sorn on Wednesday."
    rain: str = "The rain did not stop."

    def coded(self, *events: Event, name: str = "a", url: str | None = None) -> Coded:
        """An article that a table may call ``name``, with the events given. The outlet makes its id its own."""
        army, did = (
            Mention(span("the Norland army"), "the Norland army", "nominal"),
            Mention(span("did"), "it", "pronoun"),
        )
        sorn = Mention(span("Ida Sorn"), "Ida Sorn", "name")
        brigade = Mention(span("the Brell Brigade"), "the Brell Brigade", "name")
        return Coded(
            coder=CoderInfo("0.0.0", {}),
            article=Article.make(TEXT, source_id=name, url=url, outlet=name, headline=(0, TEXT.index("\n"))),
            actors=(
                Actor("a1", "Norland armed forces", None, "military", "XXN", ("MIL",), None, (), (army, did)),
                Actor("a2", "Ida Sorn", None, "person", None, ("GOV",), "mayor", (), (sorn,)),
                Actor("a3", "Brell Brigade", None, "armed_group", None, ("REB",), None, (), (brigade,)),
            ),
            places=(
                Place("p1", span("Brell"), "Brell", "name", "Brêll", 7, "settlement", "XXK", None, 1, 2, 0.9, None),
            ),
            events=events,
        )

    def event(
        self,
        type: str = "ASSAULT",
        trigger: str = "shelled",
        evidence: str | None = None,
        *,
        id: str = "e1",
        actor: str | None = "a1",
        recipient: str | None = None,
        mode: str | None = "heavy-weapons",
        days: tuple[str | None, str | None] | None = ("2018-09-04", "2018-09-04"),
        place: str | None = "p1",
        status: str = "occurred",
    ) -> Event:
        """The shelling, unless told otherwise."""

        def party(known: str | None) -> tuple[Party, ...]:
            return (Party(known, span("Brell")),) if known else ()

        date = EventDate(None, *days, "text") if days else None
        return Event(
            id, type, mode, (), None, 4, None, Words(span(trigger), trigger), span(evidence or self.shelled),
            party(actor), party(recipient), place, date, status, OWN_VOICE, (), (), None,  # type: ignore[arg-type]
        )  # fmt: skip

    def accusation(self, type: str = "ACCUSE") -> Event:
        """The article's second event."""
        return self.event(
            type,
            "condemned",
            self.condemned,
            id="e2",
            actor="a2",
            recipient="a1",
            mode="disapprove",
            days=None,
            place=None,
        )

    def records(self, *coded: Coded) -> Path:
        """A JSON Lines file."""
        path = self.folder / "coded.jsonl"
        path.write_text("".join(json.dumps(one.to_dict()) + "\n" for one in coded), encoding="utf-8")
        return path

    def table(self, *lines: str) -> Path:
        """A CSV file, the header first."""
        path = self.folder / "hand.csv"
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        return path


@pytest.fixture
def make(tmp_path: Path) -> Make:
    return Make(tmp_path)
