"""The text in pieces: every word once, every record where its words are, however they overlap."""

from dateline.desk.marks import Inside, Mark, marks_of, paragraphs, pieces
from dateline.records import OWN_VOICE, Article, Coded, CoderInfo, Equipment, Event, Telling, Words

TEXT = "The army shelled the town."


def test_overlapping_records_are_cut_at_every_border() -> None:
    marks = [Mark((4, 16), "s1", "statements", style="content"), Mark((9, 21), "e1", "events", style="q4")]
    (found,) = pieces(TEXT, [(0, len(TEXT))], marks)
    assert [(piece.text, piece.records) for piece in found] == [
        ("The ", ()), ("army ", ("s1",)), ("shelled", ("s1", "e1")), (" the ", ("e1",)), ("town.", ()),
    ]  # fmt: skip


def test_a_piece_knows_where_a_mark_begins_and_ends() -> None:
    marks = [Mark((4, 16), "s1", "statements", style="content"), Mark((9, 16), "e1", "events", style="q4")]
    (found,) = pieces(TEXT, [(0, len(TEXT))], marks)
    assert found[1].inside == (Inside("statements", "content", first=True, last=False),)
    assert found[2].inside == (
        Inside("statements", "content", first=False, last=True), Inside("events", "q4", first=True, last=True),
    )  # fmt: skip


def test_two_records_on_the_same_words() -> None:
    marks = [
        Mark((9, 16), "e1", "events", style="q4"),
        Mark((9, 16), "e2", "events", style="q1"),
        Mark((9, 16), "e1", "events", "actor"),
    ]
    (found,) = pieces(TEXT, [(0, len(TEXT))], marks)
    assert found[1].records == ("e1", "e2")
    assert found[1].parts == ("e1.actor",)
    assert [one.style for one in found[1].inside] == ["q4", "q1"]


def test_every_telling_of_an_event_is_marked() -> None:
    article = Article.make("Guns fired. The attack ended.")
    event = Event(
        "e1", "ASSAULT", None, (), None, 4, -9.0, Words((5, 10), "fired"), (0, 11), (), (), None, None, "occurred", OWN_VOICE,
        (), (), None, (Telling(Words((16, 22), "attack"), (12, 29), OWN_VOICE),),
    )  # fmt: skip
    marks = marks_of(Coded(coder=CoderInfo("0", {}), article=article, events=(event,)))
    (found,) = pieces(article.text, [(0, len(article.text))], marks)
    assert [(piece.text, piece.places) for piece in found if piece.places] == [
        ("fired", (("e1.0", "e1"),)), ("attack", (("e1.1", "e1"),)),
    ]  # fmt: skip
    assert {mark.span for mark in marks if mark.part is None} == {(5, 10), (16, 22)}
    assert {mark.span for mark in marks if mark.part == "evidence"} == {(0, 11), (12, 29)}


def test_a_mark_over_two_paragraphs_is_in_both() -> None:
    text = "He said one thing.\nAnd another."
    spans = paragraphs(text, None)
    first, second = pieces(text, spans, [Mark((8, len(text)), "s1", "statements")])
    assert [piece.records for piece in first] == [(), ("s1",)]
    assert [piece.records for piece in second] == [("s1",)]
    assert second[0].inside[0].first is False


def test_every_word_comes_out_once(coded: Coded) -> None:
    text = coded.article.text
    spans = paragraphs(text, coded.article.headline)
    for span, found in zip(spans, pieces(text, spans, marks_of(coded)), strict=True):
        assert "".join(piece.text for piece in found) == text[span[0] : span[1]]


def test_marks_without_text_are_left_out() -> None:
    spans = [(len(TEXT), 99), (5, 5), (-3, 4), (20, 99)]
    items = tuple(Equipment(f"w{at}", span, "", "weapon") for at, span in enumerate(spans))
    coded = Coded(CoderInfo("0", {}), Article.make(TEXT), equipment=items)
    assert [mark.record for mark in marks_of(coded)] == ["w3"]
    (found,) = pieces(TEXT, [(0, len(TEXT))], marks_of(coded))
    assert (found[-1].text, found[-1].records) == (" town.", ("w3",))


def test_paragraphs() -> None:
    wrapped = "A line that an editor broke after some seventy characters, as they did\nfor terminals."
    assert [wrapped[b:e] for b, e in paragraphs(wrapped, None)] == [wrapped]
    text = "Headline\n\n  One. \n\n\nTwo.\nThree.\n"
    assert [text[b:e] for b, e in paragraphs(text, (0, 8))] == ["One.", "Two.", "Three."]
    assert paragraphs("", None) == ()
