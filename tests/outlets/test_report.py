"""The report on an outlet: what is counted, against what, and every instance behind a number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.dataset import Dataset
from dateline.errors import InputError
from dateline.outlets import Share, difference, instances, outlets_of, report, report_json, report_lines
from dateline.records import (
    OWN_VOICE,
    AccordingTo,
    Actor,
    Article,
    Coded,
    CoderInfo,
    Content,
    LoadedTerm,
    Mention,
    Statement,
)


def story(number: int, outlet: str | None, army: str, *, said: str | None = None) -> Coded:
    """An article in which the outlet calls the brigade ``army``, and a speaker calls it ``said``."""
    text = f"Story {number}. The Brell Brigade marched. Later {army} slept."
    spans = [(text.index(words), text.index(words) + len(words)) for words in ("Brell Brigade", army)]
    statements: tuple[Statement, ...] = ()
    terms = [LoadedTerm("x1", spans[1], army, "a1", "delegitimising", "army", OWN_VOICE)] if "thugs" in army else []
    if said is not None:
        begin = len(text) + 1
        text += f" “See {said}”, a man said."
        own = text.index(said, begin), text.index(said, begin) + len(said)
        spans.append(own)
        statements = (
            Statement("s1", None, None, Content(((begin, begin + len(said) + 6),), f"“See {said}”"), "direct", None),
        )
        voice = AccordingTo(outlet=False, statement="s1")
        terms += [LoadedTerm("x2", own, said, "a1", "delegitimising", "army", voice)] if "thugs" in said else []
    mentions = tuple(Mention(span, text[slice(*span)], "name" if n == 0 else "nominal") for n, span in enumerate(spans))
    actor = Actor("a1", "Brell Brigade", None, "armed_group", None, (), None, (), mentions)
    return Coded(
        CoderInfo("0.0.0", {}), Article.make(text, outlet=outlet, published="2018-09-05"),
        actors=(actor,), statements=statements, wording=tuple(terms),
    )  # fmt: skip


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    out = Dataset.create(tmp_path_factory.mktemp("outlets") / "d")
    loud = [story(n, "Loud", "the thugs") for n in range(8)] + [story(8, "Loud", "the soldiers")]
    calm = [story(n, "Calm", "the soldiers", said="the thugs" if n < 15 else None) for n in range(10, 20)]
    out.add([*loud, *calm, story(30, None, "the thugs")])
    return out


def test_outlets_are_listed_by_articles(dataset: Dataset) -> None:
    assert outlets_of(dataset) == ["Calm", "Loud"]


def test_namings_are_shares_of_the_articles_that_name_the_party(dataset: Dataset) -> None:
    found = report(dataset, "Loud")
    assert (found.articles, found.other_articles, found.other_outlets) == (9, 10, 1)
    ((name, named),) = found.of("name")
    lines = {line.words: line for line in named}
    assert (lines["thugs"].here, lines["thugs"].elsewhere) == (Share(8, 9), Share(0, 10))
    assert (name, lines["thugs"].tone, lines["thugs"].plain) == (
        "Brell Brigade",
        "delegitimising",
        "army",
    )
    assert lines["thugs"].apart == "more"
    assert lines["soldiers"].apart == "less"
    assert lines["Brell Brigade"].apart is None


def test_the_outlets_own_voice_counts_alone_unless_asked_otherwise(dataset: Dataset) -> None:
    assert "thugs" not in {line.words for line in report(dataset, "Calm").lines}
    quoted = {(line.kind, line.words): line for line in report(dataset, "Calm", quoted=True).lines}
    assert quoted["name", "thugs"].here == Share(5, 10)
    assert quoted["loaded", "the thugs"].here == Share(5, 10)


def test_every_instance_is_there(dataset: Dataset) -> None:
    line = ("name", "Brell Brigade", "thugs")
    here = instances(dataset, line, outlet="Loud")
    assert len(here) == 8
    assert {one.text for one in here} == {"the thugs"}
    assert here[0].before.endswith("Later ")
    assert len(instances(dataset, line, outlet=None, quoted=True)) == 13
    assert instances(dataset, line, outlet="Calm") == []


def test_an_unknown_outlet_is_refused(dataset: Dataset) -> None:
    with pytest.raises(InputError, match=r"no article by .Nobody..*Calm, Loud"):
        report(dataset, "Nobody")


def test_lines_and_json_say_the_same(dataset: Dataset) -> None:
    found = report(dataset, "Loud")
    text = "\n".join(report_lines(found))
    assert "thugs [delegitimising: army]: 8 of 9, 57–98 %; others 0 of 10, 0–28 %  more than others" in text
    (line,) = (
        one for one in json.loads(report_json(found))["lines"] if one["words"] == "thugs" and one["kind"] == "name"
    )
    assert line["here"]["count"] == 8
    assert line["apart"] == "more"


def test_a_dataset_without_outlets_lists_none(tmp_path: Path) -> None:
    dataset = Dataset.create(tmp_path / "d")
    dataset.add([story(1, None, "the soldiers")])
    assert outlets_of(dataset) == []


# Wilson and Newcombe as printed in Newcombe 1998 (Statistics in Medicine 17:873-890), table II, 56/70 against 48/80.
def test_intervals_agree_with_the_literature() -> None:
    low, high = difference(Share(56, 70), Share(48, 80)) or (0, 0)
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


def test_an_unknown_share_has_no_interval() -> None:
    assert Share(0, 0).value is None
    assert difference(Share(1, 2), Share(0, 0)) is None
