# typographic marks are what is tested
"""Statements: every order of source, cue and content; spans exact. The sentences are our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.according import make_room
from dateline.records import Actor, DateExpression, Mention, Place, Statement
from dateline.rooms import Draft

MakeDraft = Callable[..., Draft]


def statements(draft: Draft) -> tuple[Statement, ...]:
    return make_room().run(draft).statements


def parts(draft: Draft, statement: Statement) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Source, cue and content as the article's text has them at their spans."""
    text = draft.article.text
    speaker, cue = statement.speaker, statement.cue
    return (
        None if speaker is None else text[slice(*speaker.span)],
        None if cue is None else text[slice(*cue.span)],
        tuple(text[b:e] for b, e in statement.content.spans),
    )


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        pytest.param(
            "The governor said that the army had entered the town.",
            "The governor",
            "said",
            ("that the army had entered the town",),
            id="source cue content",
        ),
        pytest.param(
            "The army has entered the town, the governor said on Monday.",
            "the governor",
            "said",
            ("The army has entered the town",),
            id="content source cue",
        ),
        pytest.param(
            "“The bridge is gone,” said Colonel Idris Mansour, the commander of the garrison.",
            "Colonel Idris Mansour, the commander of the garrison",
            "said",
            ("“The bridge is gone,”",),
            id="inverted, apposition",
        ),
        pytest.param(
            "The ceasefire, officials say, will not hold.",
            "officials",
            "say",
            ("The ceasefire", "will not hold"),
            id="cue in the middle of an indirect content",
        ),
        pytest.param(
            '"We will hold the bridge," the mayor said, "until the last family has left."',
            "the mayor",
            "said",
            ('"We will hold the bridge,"', '"until the last family has left."'),
            id="split quotation",
        ),
        pytest.param(
            "“They came at night,” the teacher said. “They burned the whole street.”",
            "the teacher",
            "said",
            ("“They came at night,”", "“They burned the whole street.”"),
            id="free-standing quotation of the last speaker",
        ),
        pytest.param(
            "According to the harbour master, two ships were sunk.",
            "the harbour master",
            "According to",
            ("two ships were sunk",),
            id="according to, first",
        ),
        pytest.param(
            "The valley is empty, according to two aid workers.",
            "two aid workers",
            "according to",
            ("The valley is empty",),
            id="according to, last",
        ),
        pytest.param(
            "The statement read: “All prisoners will be released within a week.”",
            "The statement",
            "read:",
            ("“All prisoners will be released within a week.”",),
            id="colon",
        ),
        pytest.param(
            "“Did you see the smoke?” asked the driver.",
            "the driver",
            "asked",
            ("“Did you see the smoke?”",),
            id="question",
        ),
        pytest.param(
            "'We have nothing left to eat,' said the teacher.",
            "the teacher",
            "said",
            ("'We have nothing left to eat,'",),
            id="single quotation marks",
        ),
        pytest.param(
            "‘We have nothing left to eat,’ said the teacher.",
            "the teacher",
            "said",
            ("‘We have nothing left to eat,’",),
            id="curly single quotation marks",
        ),
        pytest.param(
            "«We will be back by winter», the captain said.",
            "the captain",
            "said",
            ("«We will be back by winter»",),
            id="guillemets",
        ),
        pytest.param(
            '“We will be back by winter," the captain said.',
            "the captain",
            "said",
            ('“We will be back by winter,"',),
            id="curly and straight marks mixed",
        ),
        pytest.param(
            "Activists say the prison was shelled overnight.",
            "Activists",
            "say",
            ("the prison was shelled overnight",),
            id="collective source",
        ),
        pytest.param(
            "State media reported that the convoy had turned back.",
            "State media",
            "reported",
            ("that the convoy had turned back",),
            id="hedged source",
        ),
        pytest.param(
            "The ministry has repeatedly denied shelling the market.",
            "The ministry",
            "has repeatedly denied",
            ("shelling the market",),
            id="gerund; cue with auxiliary and adverb",
        ),
        pytest.param(
            "The rebels vowed to retake the town.", "The rebels", "vowed", ("to retake the town",), id="infinitive"
        ),
        pytest.param(
            "The council urged both sides to stop.",
            "The council",
            "urged",
            ("to stop",),
            id="the one urged is no content",
        ),
        pytest.param(
            "Farouk accused the government of bombing the market.",
            "Farouk",
            "accused",
            ("the government of bombing the market",),
            id="accusation",
        ),
        pytest.param(
            "Aid groups are calling for a truce.",
            "Aid groups",
            "are calling for",
            ("a truce",),
            id="preposition in the cue",
        ),
        pytest.param(
            "It was announced on Tuesday that the border would close.",
            None,
            "was announced",
            ("that the border would close",),
            id="nobody named",
        ),
        pytest.param(
            "The raid was condemned by the bishop.", "the bishop", "was condemned by", ("The raid",), id="passive"
        ),
        pytest.param("Villagers fear a new assault.", "Villagers", "fear", ("a new assault",), id="fear"),
        pytest.param("Moscow wants guarantees.", "Moscow", "wants", ("guarantees",), id="want"),
        pytest.param(
            "The envoy believes that both armies are exhausted.",
            "The envoy",
            "believes",
            ("that both armies are exhausted",),
            id="belief",
        ),
        pytest.param(
            "Doctors who say the clinic was hit left the city.",
            "who",
            "say",
            ("the clinic was hit",),
            id="relative pronoun",
        ),
        pytest.param(
            "The army's claim that it had taken the hill surprised nobody.",
            "The army's",
            "claim",
            ("that it had taken the hill",),
            id="noun",
        ),
    ],
)
def test_orders(draft: MakeDraft, text: str, source: str | None, cue: str, content: tuple[str, ...]) -> None:
    made = draft(text)
    assert [parts(made, s) for s in statements(made)] == [(source, cue, content)]


def test_recorded_words_are_those_at_the_spans(draft: MakeDraft) -> None:
    made = draft("“We will hold,” the mayor said, “until the last family has left.”")
    (statement,) = statements(made)
    source, cue, content = parts(made, statement)
    assert statement.speaker is not None and statement.speaker.text == source
    assert statement.cue is not None and statement.cue.text == cue
    assert statement.content.text == " … ".join(content)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("“The dam is safe for now,” the engineer said.", "direct"),
        ("The engineer said the dam was safe.", "indirect"),
        ("The engineer said the dam was “safe, and safer than before” the war.", "mixed"),
    ],
)
def test_form(draft: MakeDraft, text: str, form: str) -> None:
    assert [s.form for s in statements(draft(text))] == [form]


def test_second_cue_of_one_subject_has_its_own_content(draft: MakeDraft) -> None:
    made = draft("He said they would fight and added that no one would be spared.")
    assert [parts(made, s) for s in statements(made)] == [
        ("He", "said", ("they would fight",)),
        ("He", "added", ("that no one would be spared",)),
    ]


def test_it_may_be_a_speaker(draft: MakeDraft) -> None:
    made = draft("The ministry said the road was open. It added that the bridge was not.")
    assert [parts(made, s)[0] for s in statements(made)] == ["The ministry", "It"]


def test_speech_over_paragraphs_is_one_statement(draft: MakeDraft) -> None:
    """Only the last paragraph closes its quotation marks."""
    made = draft(
        "The minister spoke for an hour.\n\n“We have seen this before. We know how it ends.\n\n"
        "“But we will not repeat it,” the minister told reporters."
    )
    assert [parts(made, s) for s in statements(made)] == [
        (
            "the minister",
            "told",
            ("“We have seen this before. We know how it ends.", "“But we will not repeat it,”"),
        )
    ]


def test_speech_that_goes_on_after_its_cue(draft: MakeDraft) -> None:
    made = draft("“We will not leave,” said Amira Haddad.\n\n“This is our street, and these are our graves.”")
    (statement,) = statements(made)
    assert parts(made, statement)[2] == ("“We will not leave,”", "“This is our street, and these are our graves.”")


def test_he_added_is_a_statement_of_its_own(draft: MakeDraft) -> None:
    made = draft("“We will not leave,” said Amira Haddad. “They can bomb it,” she added.")
    assert [parts(made, s)[:2] for s in statements(made)] == [("Amira Haddad", "said"), ("she", "added")]


def test_quotation_without_any_speaker(draft: MakeDraft) -> None:
    made = draft("The gate was shut at dusk.\n\n“Nobody is allowed to leave the camp.”\n\nThe guards had gone.")
    (statement,) = statements(made)
    assert (statement.speaker, statement.cue, statement.form) == (None, None, "direct")


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “safe zone” was shelled again.",
        "A 'buffer zone' runs along the river.",
        "The boys' school and the farmers' market were hit.",
        'The drone carried a 5" screen and a camera.',
    ],
)
def test_scare_quotes_and_apostrophes_are_no_statements(draft: MakeDraft, text: str) -> None:
    assert statements(draft(text)) == ()


def test_nested_statement_names_the_one_that_quotes_it(draft: MakeDraft) -> None:
    made = draft("State media reported that activists said the dam had been mined.")
    outer, inner = statements(made)
    assert (outer.inside, inner.inside) == (None, outer.id)
    assert parts(made, inner) == ("activists", "said", ("the dam had been mined",))


def test_what_the_speaker_thinks_inside_a_quotation_is_the_speakers(draft: MakeDraft) -> None:
    made = draft("“I think we can win this war,” the general said.")
    assert [parts(made, s)[1] for s in statements(made)] == ["said"]


def test_ids_follow_the_text(draft: MakeDraft) -> None:
    made = draft(
        "The mayor said the bridge was lost. The driver said the road was open. Doctors say the clinic is full."
    )
    found = statements(made)
    assert [s.id for s in found] == ["s1", "s2", "s3"]
    assert [s.content.spans[0][0] for s in found] == sorted(s.content.spans[0][0] for s in found)


@pytest.mark.parametrize(
    "before",
    [
        "قال القائد: الطريق مغلق. ",
        "Zoe\u0308 A\u030angstro\u0308m came late. ",
        "🚁🚁 flew over. ",
        "\u200fעברית\u200e here. ",
    ],
)
def test_characters_before_do_not_shift_offsets(draft: MakeDraft, before: str) -> None:
    """Right-to-left text, combining characters, characters outside the basic plane."""
    made = draft(before + "\n\nThe mayor said that the bridge was lost.")
    last = statements(made)[-1]
    assert parts(made, last) == ("The mayor", "said", ("that the bridge was lost",))


# ---------------------------------------------------------------- who, to whom, on what occasion


def actor(text: str, *mentions: tuple[str, str], id: str = "a1", kind: str = "person") -> Actor:
    """An actor with a mention at the first place of each of the words."""
    spans = tuple(
        Mention((text.index(words), text.index(words) + len(words)), words, form)  # type: ignore[arg-type]
        for words, form in mentions
    )
    return Actor(id, mentions[0][0], None, kind, None, (), None, (), spans)  # type: ignore[arg-type]


def with_fields(draft: Draft, **fields: object) -> Draft:
    from dataclasses import replace

    return replace(draft, **fields)  # type: ignore[arg-type]


def test_speaker_is_the_actor_of_the_source(draft: MakeDraft) -> None:
    text = "Governor Salim Qadri said that the army had left."
    made = with_fields(draft(text), actors=(actor(text, ("Salim Qadri", "name")),))
    (statement,) = statements(made)
    assert statement.speaker is not None
    assert (statement.speaker.actor, statement.speaker.text) == ("a1", "Governor Salim Qadri")


def test_pronoun_keeps_its_span_and_gets_the_actor(draft: MakeDraft) -> None:
    text = "Salim Qadri left early. “The army is gone,” he said."
    made = with_fields(draft(text), actors=(actor(text, ("Salim Qadri", "name"), ("he said", "pronoun")),))
    fixed = made.actors[0].mentions[1].span[0]
    he = Mention((fixed, fixed + 2), "he", "pronoun")
    who = actor(text, ("Salim Qadri", "name"))
    made = with_fields(
        made, actors=(Actor(*(who.id, who.name, None, "person", None, (), None, (), (*who.mentions, he))),)
    )
    (statement,) = statements(made)
    assert statement.speaker is not None
    assert (statement.speaker.actor, statement.speaker.text) == ("a1", "he")


def test_relative_pronoun_stands_for_its_noun(draft: MakeDraft) -> None:
    text = "Salim Qadri, who said that the army had left, is the governor."
    made = with_fields(draft(text), actors=(actor(text, ("Salim Qadri", "name")),))
    speaker = statements(made)[0].speaker
    assert speaker is not None
    assert (speaker.actor, speaker.text) == ("a1", "who")


@pytest.mark.parametrize(
    "text",
    [
        "The mayor told the Red Cross that the clinic was full.",
        "“The clinic is full,” the mayor told the Red Cross.",
        "The mayor urged the Red Cross to come back.",
        "The mayor complained to the Red Cross that the clinic was full.",
    ],
)
def test_addressee(draft: MakeDraft, text: str) -> None:
    made = with_fields(draft(text), actors=(actor(text, ("Red Cross", "name"), id="a4", kind="ngo"),))
    assert [s.to for s in statements(made)] == [("a4",)]


@pytest.mark.parametrize(
    ("text", "occasion"),
    [
        ("The president told reporters at a joint news conference that talks would resume.", "joint news conference"),
        ("The president told a joint news conference that talks would resume.", "joint news conference"),
        ("In an interview with the radio, the bishop said that the siege was a crime.", "interview"),
        ("“The siege is a crime,” the bishop said in his written statement.", "written statement"),
        ("“The siege is a crime,” the bishop said.", None),
    ],
)
def test_occasion(draft: MakeDraft, text: str, occasion: str | None) -> None:
    assert [s.occasion for s in statements(draft(text))] == [occasion]


def test_place_and_date_of_the_cue_not_of_the_content(draft: MakeDraft) -> None:
    text = "Officials in Aleppo said on Monday that Homs had been shelled on Sunday."

    def place(name: str, id: str) -> Place:
        begin = text.index(name)
        return Place(id, (begin, begin + len(name)), name, "name", name, None, None, None, None, None, None, None)

    def day(name: str, id: str) -> DateExpression:
        begin = text.index(name)
        return DateExpression(id, (begin, begin + len(name)), name, "DATE", None, None, None, None)

    made = with_fields(draft(text), places=(place("Homs", "p1"),), dates=(day("Monday", "t1"), day("Sunday", "t2")))
    (statement,) = statements(made)
    assert (statement.place, statement.date) == (None, "t1")


def test_place_of_speaking(draft: MakeDraft) -> None:
    text = "The envoy said in Geneva that the talks had failed."
    begin = text.index("Geneva")
    geneva = Place("p1", (begin, begin + 6), "Geneva", "name", "Geneva", None, None, None, None, None, None, None)
    (statement,) = statements(with_fields(draft(text), places=(geneva,)))
    assert statement.place == "p1"
