"""What the desk finds of events that are told several times."""

from dataclasses import replace
from pathlib import Path

from dateline.dataset import Dataset
from dateline.desk.filters import EventFilter, Paging
from dateline.desk.find import events
from dateline.records import OWN_VOICE, Coded, Telling, Words


def test_how_often_an_event_is_told(tmp_path: Path, coded: Coded) -> None:
    first, *others = coded.events
    again = Telling(Words((0, 5), "Brell"), (0, 10), OWN_VOICE)
    dataset = Dataset.create(tmp_path / "ds")
    dataset.add([replace(coded, events=(replace(first, also=(again, again)), *others))])
    found = {event.id: event.tellings for event in events(dataset, EventFilter(), Paging()).events}
    assert found == {first.id: 3} | dict.fromkeys((event.id for event in others), 1)
