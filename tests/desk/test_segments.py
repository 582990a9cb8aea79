"""The cutting of a text at its marks, for any text and any marks: nothing is lost, nothing is marked that should not be."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.desk.marks import Mark, marks_of, paragraphs, pieces
from dateline.records import OWN_VOICE, Article, Coded, CoderInfo, Event, Span, Words

spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: (min(pair), max(pair) + 1))


@settings(deadline=None)
@given(st.text(min_size=1, max_size=40), st.lists(spans, max_size=8))
def test_every_letter_has_the_records_of_the_marks_over_it(text: str, found: list[Span]) -> None:
    marks = [Mark(span, f"e{at}", "events") for at, span in enumerate(found)]
    (cut,) = pieces(text, [(0, len(text))], marks)
    assert "".join(piece.text for piece in cut) == text
    letters = [set(piece.records) for piece in cut for _ in piece.text]
    for at, records in enumerate(letters):
        assert records == {mark.record for mark in marks if mark.span[0] <= at < mark.span[1]}


@settings(deadline=None)
@given(st.text(min_size=1, max_size=40), st.lists(spans, max_size=8))
def test_pieces_are_as_long_as_the_marks_allow(text: str, found: list[Span]) -> None:
    marks = [Mark(span, f"e{at}", "events") for at, span in enumerate(found)]
    (cut,) = pieces(text, [(0, len(text))], marks)
    assert all(piece.text for piece in cut)
    assert len(cut) <= len({at for span in found for at in span if 0 < at < len(text)}) + 1


@settings(deadline=None)
@given(st.text(alphabet="ab .\n\r\t🜂", max_size=300))
def test_paragraphs_hold_every_word_in_order(text: str) -> None:
    found = paragraphs(text, None)
    assert all(begin < end for begin, end in found)
    assert sorted(found) == list(found)
    assert " ".join(text[begin:end] for begin, end in found).split() == text.split()


def test_spans_count_code_points() -> None:
    """Letters beyond the basic plane are two units in JavaScript; they are one here, since the server cuts the text."""
    text = "🜂🜂 قال الجيش\n\n𐌰 crowd 🜂 protested quietly."
    begin = text.index("protested")
    trigger = Words((begin, begin + 9), "protested")
    event = Event(
        "e1", "PROTEST", "demo", (), None, 4, None, trigger, (15, len(text)), (), (), None, None, "occurred", OWN_VOICE,
        (), (), None,
    )  # fmt: skip
    coded = Coded(CoderInfo("0", {}), Article.make(text), events=(event,))
    cut = pieces(text, paragraphs(text, None), marks_of(coded))
    assert [piece.text for found in cut for piece in found if piece.records == ("e1",)] == ["protested"]
