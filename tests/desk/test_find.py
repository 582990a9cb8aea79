"""What the desk finds of events that are told several times."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import rmtree

import pytest

from dateline.dataset import Dataset
from dateline.desk.filters import EventFilter, Paging, Voice
from dateline.desk.find import events, mapped
from dateline.desk.rows import VoiceRow
from dateline.records import OWN_VOICE, AccordingTo, Coded, Telling, Words

SORN, SORN_AGAIN = (AccordingTo(outlet=False, statement=one) for one in ("s2", "s3"))
Store = Callable[..., Dataset]


@pytest.fixture
def store(tmp_path: Path, coded: Coded) -> Store:
    """A dataset in which the first event is told again by each of these."""

    def make(*voices: AccordingTo) -> Dataset:
        also = tuple(Telling(Words((at, at + 5), "words"), (0, 20), voice) for at, voice in enumerate(voices))
        dataset = Dataset.create(tmp_path / "ds")
        dataset.add([replace(coded, events=(replace(coded.events[0], also=also), *coded.events[1:]))])
        return dataset

    return make


def ids(dataset: Dataset, voice: Voice) -> set[str]:
    found = events(dataset, EventFilter(voice=voice), Paging())
    assert found.count == len(found.events) == mapped(dataset, EventFilter(voice=voice)).count
    return {event.id for event in found.events}


@pytest.mark.parametrize(
    ("voices", "also"),
    [
        ((), ()),
        ((OWN_VOICE, OWN_VOICE), ()),
        ((OWN_VOICE, SORN, SORN_AGAIN), (VoiceRow(outlet=False, statement="s2", speaker="Ida Sorn"),)),
    ],
)
def test_how_often_an_event_is_told_and_by_whom(
    store: Store, voices: tuple[AccordingTo, ...], also: tuple[VoiceRow, ...]
) -> None:
    found = {event.id: event for event in events(store(*voices), EventFilter(), Paging()).events}
    assert (found["e1"].tellings, found["e1"].also_according_to) == (1 + len(voices), also)
    assert (found["e2"].tellings, found["e2"].also_according_to) == (1, ())


def test_an_event_is_found_by_the_source_of_any_of_its_tellings(store: Store) -> None:
    dataset = store(SORN)
    assert ids(dataset, "own") == {"e1"}
    assert ids(dataset, "quoted") == {"e1", "e2"}


def test_a_dataset_from_before_tellings_has_every_event_once(store: Store) -> None:
    dataset = store(SORN)
    rmtree(dataset.path / "tellings")
    older = Dataset.open(dataset.path)
    assert [event.tellings for event in events(older, EventFilter(), Paging()).events] == [1, 1]
    assert ids(older, "quoted") == {"e2"}
