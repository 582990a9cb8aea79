"""The cue lexicon loads, is large enough, and refuses bad lines by name."""

from __future__ import annotations

import pytest

from dateline.according.lexicon import load_lexicon, read_lexicon
from dateline.errors import CodebookError

HEAD = "words,kind,class,frames,hearer"


def test_ships_at_least_300_cues() -> None:
    assert len(load_lexicon()) >= 300


@pytest.mark.parametrize("word", ["say", "tell", "add", "warn", "accuse", "claim", "believe", "hope", "fear", "deny"])
def test_knows_the_common_verbs(word: str) -> None:
    assert word in load_lexicon().verbs


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("say,verb,speech,clause,\nsay,verb,speech,quote,", "line 3: verb 'say' is listed twice"),
        ("say,adverb,speech,clause,", "line 2: unknown kind 'adverb'"),
        ("say,verb,gossip,clause,", "line 2: unknown class 'gossip'"),
        ("say,verb,speech,clauses,", "line 2: unknown frame 'clauses'"),
        ("say,verb,speech,clause,subject", "line 2: unknown hearer 'subject'"),
        ("say,verb,speech,,", "line 2: a cue needs words"),
        (",verb,speech,clause,", "line 2: a cue needs words"),
    ],
)
def test_bad_lines_are_refused(line: str, message: str) -> None:
    with pytest.raises(CodebookError, match=message):
        read_lexicon(f"{HEAD}\n{line}\n".splitlines())


def test_longer_phrase_is_tried_first() -> None:
    lexicon = read_lexicon([HEAD, "point,verb,speech,to,", "point out,verb,speech,clause,"])
    assert [cue.words for cue in lexicon.verbs["point"]] == ["point out", "point"]


@pytest.mark.parametrize(
    ("form", "cls"),
    [
        ("said", "speech"),
        ("condemning", "stance"),
        ("denied", "speech"),
        ("plans", "intent"),
        ("vowed", "speech"),
        ("table", None),
    ],
)
def test_class_of_inflected_forms(form: str, cls: str | None) -> None:
    assert load_lexicon().class_of_form(form) == cls
