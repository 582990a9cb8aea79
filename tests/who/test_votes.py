"""How the mentions of a name vote on what it stands for; labels are set by hand, so that the tagger plays no part."""

import pytest
from spacy.language import Language
from spacy.tokens import Span

from dateline.who.agents import load_agents
from dateline.who.vocabulary import load_words
from dateline.who.votes import Votes


class Towns:
    """A gazetteer of two towns."""

    def is_town(self, name: str) -> bool:
        return name == "Arvik"

    def knows(self, name: str) -> bool:
        return name in {"Arvik", "Port Selm"}


def kind(nlp: Language, text: str, name: str, label: str, places: Towns | None) -> str | None:
    doc = nlp(text)
    first = next(token.i for token in doc if token.text == name.split()[0])
    doc.ents = [Span(doc, first, first + len(name.split()), label=label)]
    return Votes(doc, load_words(), load_agents(), places).kind(name)


@pytest.mark.parametrize(
    ("text", "name", "label", "wanted"),
    [
        ("Arvik was quiet on Monday.", "Arvik", "ORG", "place"),
        ("Arvik was quiet on Monday.", "Arvik", "PERSON", "place"),
        ("Novarin was quiet on Monday.", "Novarin", "ORG", "body"),
        ("Farida Mensah met the villagers.", "Farida Mensah", "GPE", "person"),
        ("Port Selm met the deadline.", "Port Selm", "GPE", "place"),
        ("Farida Mensah, a nurse, was hurt.", "Farida Mensah", "ORG", "person"),
    ],
)
def test_the_gazetteer_and_the_words_overrule_a_label(
    nlp: Language, text: str, name: str, label: str, wanted: str
) -> None:
    assert kind(nlp, text, name, label, Towns()) == wanted


def test_without_a_gazetteer_the_label_stands(nlp: Language) -> None:
    assert kind(nlp, "Arvik was quiet on Monday.", "Arvik", "ORG", None) == "body"
