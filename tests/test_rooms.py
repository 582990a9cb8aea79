"""The chain of rooms is checked before any text is read."""

import pytest

from dateline.errors import ChainError
from dateline.rooms import Draft, Room, check_chain


def room(name: str, needs: tuple[str, ...], gives: tuple[str, ...]) -> Room:
    def run(draft: Draft) -> Draft:
        return draft

    return Room(name=name, needs=needs, gives=gives, scores=(), run=run)


def test_a_chain_that_holds() -> None:
    check_chain([room("who", ("doc",), ("actors",)), room("what", ("actors",), ("events",))])


def test_a_need_nobody_meets_is_named() -> None:
    with pytest.raises(ChainError, match="'what' needs actors"):
        check_chain([room("what", ("actors",), ("events",)), room("who", (), ("actors",))])


def test_a_field_no_draft_has() -> None:
    with pytest.raises(ChainError, match="'deeds'"):
        check_chain([room("what", (), ("deeds",))])


def test_the_coders_own_chain_holds(coder) -> None:  # type: ignore[no-untyped-def]
    names = [room.name for room in coder.rooms]
    assert names == ["who", "where", "when", "what", "according", "standing", "wording"]
    check_chain(coder.rooms)
