"""The whole comparison on small cases counted by hand."""

from __future__ import annotations

import pytest

from dateline.evaluation import Evaluation, evaluate
from dateline.evaluation.evaluate import LeftOut


def evaluated(make, records: list, *lines: str) -> Evaluation:  # type: ignore[no-untyped-def,type-arg]
    return evaluate(make.records(*records), make.table(*lines))


def test_precision_recall_and_f1(make) -> None:  # type: ignore[no-untyped-def]
    """ASSAULT: dateline has one in a, b and c; the coder two in a, one in b, one in d. Matched: a, b.

    So precision 2/3, recall 2/4, F1 4/7. Alpha over four articles (1,1) (1,1) (1,0) (0,1): 2 absent, 6 present, 2
    mismatches: 1 - 7 · 2 / (2 · 6) = -1/6.
    """
    records = [make.coded(make.event(), name=name) for name in "abc"] + [make.coded(name="d")]
    found = evaluated(make, records, "article,type", "a,ASSAULT", "a,ASSAULT", "b,ASSAULT", "c,", "d,ASSAULT")
    (score,) = found.types
    assert (score.type, score.hand_coded, score.coded, score.matched) == ("ASSAULT", 4, 3, 2)
    assert (score.precision.value, score.recall.value, score.f1.value) == (2 / 3, 1 / 2, 4 / 7)
    assert score.alpha.value == pytest.approx(-1 / 6)
    assert score.alpha_humans is None
    assert (found.articles, found.units, found.by_sentence, found.coders) == (4, 4, False, ())
    assert found.kinds == {"missed": 2, "extra": 1}


def test_intervals_hold_the_estimate_and_do_not_change(make) -> None:  # type: ignore[no-untyped-def]
    names = [f"n{number}" for number in range(12)]
    records = [make.coded(*([make.event()] if i % 3 else []), name=name) for i, name in enumerate(names)]
    rows = [f"{name},{'ASSAULT' if i % 4 else ''}" for i, name in enumerate(names)]
    found = evaluated(make, records, "article,type", *rows)
    for estimate in (found.all.precision, found.all.recall, found.all.f1, found.all.alpha):
        assert estimate.value is not None and estimate.low is not None and estimate.high is not None
        assert estimate.low < estimate.value < estimate.high
    assert evaluated(make, records[::-1], "article,type", *rows[::-1]).types == found.types


def test_all_types_pool_the_counts(make) -> None:  # type: ignore[no-untyped-def]
    """ASSAULT 1 of 1, ACCUSE 0 of 1 (dateline says REJECT): precision and recall 1/2.

    Alpha over both articles: ASSAULT no mismatch where 2 · 2 / 3 are expected, ACCUSE and REJECT one each where 3 · 1 / 3
    are: 1 - 2 / (4/3 + 1 + 1) = 0.4.
    """
    records = [make.coded(make.event(), make.accusation("REJECT")), make.coded(name="b")]
    found = evaluated(make, records, "article,type", "a,ASSAULT", "a,ACCUSE", "b,")
    assert [(s.type, s.hand_coded, s.coded, s.matched) for s in [*found.types, found.all]] == [
        ("ACCUSE", 1, 0, 0), ("ASSAULT", 1, 1, 1), ("REJECT", 0, 1, 0), (None, 2, 2, 1),
    ]  # fmt: skip
    assert found.types[0].precision.value is None and found.types[0].f1.value == 0
    assert found.types[2].recall.value is None
    assert found.all.precision.value == found.all.recall.value == 0.5
    assert found.all.alpha.value == pytest.approx(0.4)


def test_several_coders(make) -> None:  # type: ignore[no-untyped-def]
    """Ana read a, b, c; Ben a and b. dateline has ASSAULT in a and c, Ana in a and b, Ben in a.

    Of five readings dateline has an event in three (a twice, c), matched two; the coders have three.
    With dateline: a (1,1,1), b (0,1,0), c (1,0): 3 absent, 5 present, mismatches 2 · 1 / 2 + 1 = 2: 1 - 7 · 2 / 15.
    Humans: a (1,1), b (1,0), c is Ana's alone: 1 absent, 3 present, 1 mismatch: 1 - 3 · 1 / 3 = 0.
    """
    records = [make.coded(make.event()), make.coded(name="b"), make.coded(make.event(), name="c")]
    rows = ["a,ASSAULT,Ana", "b,ASSAULT,Ana", "c,,Ana", "a,ASSAULT,Ben", "b,,Ben"]
    found = evaluated(make, records, "article,type,coder", *rows)
    assert found.coders == ("Ana", "Ben")
    assert (found.all.hand_coded, found.all.coded, found.all.matched) == (3, 3, 2)
    assert found.all.alpha.value == pytest.approx(1 - 14 / 15)
    assert found.all.alpha_humans is not None and found.all.alpha_humans.value == pytest.approx(0)


def test_perfect_agreement_by_sentence(make) -> None:  # type: ignore[no-untyped-def]
    records = [make.coded(make.event(), make.accusation(), name=name) for name in "ab"]
    rows = [f"{name},{rest}" for name in "ab" for rest in (",", "ASSAULT,shelled", "ACCUSE,condemned")]
    found = evaluated(make, records, "article,type,sentence", *rows)
    assert (found.units, found.by_sentence) == (10, True)
    for score in [*found.types, found.all]:
        assert score.precision.value == score.recall.value == score.f1.value == score.alpha.value == 1
    assert not found.disagreements


def test_nothing_found_by_anybody_is_undefined(make) -> None:  # type: ignore[no-untyped-def]
    found = evaluated(make, [make.coded()], "article,type", "a,")
    assert found.types == ()
    assert [found.all.precision.value, found.all.recall.value, found.all.f1.value, found.all.alpha.value] == [None] * 4


def test_details_of_matched_events(make) -> None:  # type: ignore[no-untyped-def]
    records = [make.coded(make.event(), name=name) for name in "ab"] + [make.coded(name="c")]
    rows = ["a,ASSAULT,Norland,2018-09-04", "b,ASSAULT,Sorn,", "c,ASSAULT,Norland,2018-09-04"]
    found = evaluated(make, records, "article,type,actor,date", *rows)
    assert [(one.name, one.compared, one.agreed, one.share.value) for one in found.details] == [
        ("actor", 2, 1, 0.5), ("date", 1, 1, 1.0),
    ]  # fmt: skip
    assert found.kinds == {"missed": 1, "other party": 1}


def test_what_is_left_out_is_counted(make) -> None:  # type: ignore[no-untyped-def]
    records = [make.coded(make.event(status="planned"), make.accusation()), make.coded(name="b"), make.coded(name="c")]
    found = evaluated(make, records, "article,type,sentence", f"a,,{make.rain}", "b,,Rain")
    assert found.left_out == LeftOut(articles=1, not_real=1, unread=1)
