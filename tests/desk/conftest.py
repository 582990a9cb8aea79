"""A small dataset, built by hand on sentences of our own, and the desk over it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import httpx
import pytest
import uvicorn

from dateline.dataset import Dataset
from dateline.desk import make_app
from dateline.desk.server import address_of, listen
from dateline.records import (
    OWN_VOICE,
    AccordingTo,
    Actor,
    Article,
    Claim,
    ClaimObject,
    Coded,
    CoderInfo,
    Content,
    DateExpression,
    Equipment,
    Event,
    EventDate,
    Figure,
    LoadedTerm,
    Mention,
    Party,
    Place,
    Problem,
    Span,
    Speaker,
    Statement,
    Words,
)

CODER = CoderInfo("0.0.0", {"parser": "sha256:00"})
IDLIB = (35.9306, 36.6339)


def words_at(text: str, words: str, nth: int = 0) -> Span:
    """The span of the nth occurrence of some words."""
    begin = -1
    for _ in range(nth + 1):
        begin = text.index(words, begin + 1)
    return begin, begin + len(words)


def event(text: str, trigger: str, evidence: str, **fields: object) -> Event:
    """An event on these words; fields not given are empty."""
    plain: dict[str, object] = {
        "id": "e1", "type": "ASSAULT", "mode": None, "contexts": (), "act": None, "quad": 4, "score": None,
        "trigger": Words(words_at(text, trigger), trigger), "evidence": words_at(text, evidence), "actors": (),
        "recipients": (), "place": None, "date": None, "status": "occurred", "according_to": OWN_VOICE, "figures": (),
        "equipment": (), "confidence": None,
    }  # fmt: skip
    return Event(**(plain | fields))  # type: ignore[arg-type]


def place(text: str, words: str, **fields: object) -> Place:
    """A place in Idlib province with the coordinates of its town."""
    plain: dict[str, object] = {
        "id": "p1", "span": words_at(text, words), "text": words, "form": "name", "name": "Idlib",
        "geonameid": 169389, "level": "settlement", "country": "SYR", "admin1": "Idlib", "lat": IDLIB[0],
        "lon": IDLIB[1], "confidence": 0.9,
    }  # fmt: skip
    return Place(**(plain | fields))  # type: ignore[arg-type]


SHELLING = (
    "“Nobody fired,” says mayor\n\n"
    "On Tuesday the regime shelled Idlib with mortars, killing at least 4 people, the mayor, Ida Sorn, said.\n\n"
    "The Brell Brigade has held the town since May."
)


def shelling() -> Coded:
    """One of every record: a quoted assault, a headline nobody said, a claim, a loaded word, a problem."""

    def at(words: str) -> Span:
        return words_at(SHELLING, words)

    said = "On Tuesday the regime shelled Idlib with mortars, killing at least 4 people"
    quoted = AccordingTo(outlet=False, statement="s2")
    assault = event(
        SHELLING,
        "shelled",
        SHELLING.splitlines()[2],
        mode="heavy-weapons",
        contexts=("military",),
        score=-9.5,
        actors=(Party("a1", at("the regime")),),
        recipients=(Party(None, at("at least 4 people")),),
        place="p1",
        date=EventDate("t1", "2018-09-04", "2018-09-04", "text"),
        according_to=quoted,
        figures=("q1",),
        equipment=("w1",),
        confidence=0.75,
    )
    return Coded(
        coder=CODER,
        article=Article.make(
            SHELLING,
            headline=at(SHELLING.splitlines()[0]),
            outlet="Northern Courier",
            published="2018-09-05",
            url="https://courier.example/1",
            language="en",
        ),
        actors=(
            Actor(
                "a1",
                "Government of Syria",
                "syr-gov",
                "government",
                "SYR",
                ("GOV",),
                None,
                (),
                (Mention(at("the regime"), "the regime", "nominal"),),
            ),
            Actor(
                "a2", "Ida Sorn", None, "person", None, (), "mayor", (), (Mention(at("Ida Sorn"), "Ida Sorn", "name"),)
            ),
            Actor(
                "a3",
                "Brell Brigade",
                None,
                "armed_group",
                None,
                ("REB",),
                None,
                (),
                (Mention(at("The Brell Brigade"), "The Brell Brigade", "name"),),
            ),
        ),
        places=(place(SHELLING, "Idlib"),),
        dates=(
            DateExpression(
                "t1", at("On Tuesday"), "On Tuesday", "DATE", "2018-09-04", None, "2018-09-04", "2018-09-04"
            ),
        ),
        statements=(
            Statement(
                "s1",
                Speaker("a2", at("mayor"), "mayor"),
                Words(at("says"), "says"),
                Content((at("“Nobody fired,”"),), "“Nobody fired,”"),
                "direct",
                None,
                verbatim=False,
            ),
            Statement(
                "s2",
                Speaker("a2", at("the mayor, Ida Sorn"), "the mayor, Ida Sorn"),
                Words(at("said"), "said"),
                Content((at(said),), said),
                "indirect",
                None,
            ),
        ),
        events=(assault,),
        claims=(
            Claim(
                "c1",
                "control",
                Party("a3", at("The Brell Brigade")),
                ClaimObject(None, "p1", at("the town")),
                "2018-05",
                None,
                "current",
                at(SHELLING.splitlines()[4]),
                OWN_VOICE,
                0.5,
            ),
        ),
        figures=(Figure("q1", at("at least 4 people"), "at least 4 people", 4.0, None, "people", "killed"),),
        equipment=(Equipment("w1", at("mortars"), "mortars", "weapon"),),
        wording=(LoadedTerm("x1", at("regime"), "regime", "a1", "delegitimising", "government", quoted),),
        problems=(Problem("where", "one name has no coordinates"),),
    )


TALKS = "Ministers to meet in Ankara\n\nThe ministers of Turkey and Germany will meet in Ankara in October."


def talks() -> Coded:
    """A planned meeting in the outlet's own voice, in another place and month."""
    body = TALKS.splitlines()[2]
    meeting = event(
        TALKS,
        "will meet",
        body,
        type="CONSULT",
        quad=1,
        status="planned",
        place="p1",
        actors=(Party("a1", words_at(TALKS, "The ministers")),),
        date=EventDate(None, "2018-10-01", "2018-10-31", "text"),
    )
    return Coded(
        coder=CODER,
        article=Article.make(
            TALKS,
            headline=(0, TALKS.index("\n")),
            outlet="Levant Post",
            published="2018-09-20",
            url="https://post.example/2",
        ),
        actors=(
            Actor(
                "a1",
                "ministers of Turkey",
                None,
                "government",
                "TUR",
                ("GOV",),
                None,
                (),
                (Mention(words_at(TALKS, "The ministers"), "The ministers", "nominal"),),
            ),
        ),
        places=(
            place(
                TALKS,
                "Ankara",
                span=words_at(TALKS, "Ankara", 1),
                name="Ankara",
                geonameid=323786,
                country="TUR",
                admin1="Ankara",
                lat=39.92,
                lon=32.85,
            ),
        ),
        events=(meeting,),
    )


HOSTILE = "<script>alert('headline')</script>\n\nA man <b onclick=alert(1)>attacked</b> </script><script>alert(2)</script> a \"guard\"."


def hostile() -> Coded:
    """Markup wherever an outlet can put it."""
    body = HOSTILE.splitlines()[2]
    name = "</script><img src=x onerror=alert(3)>"
    attack = event(
        HOSTILE,
        "<b onclick=alert(1)>attacked</b>",
        body,
        place="p1",
        actors=(Party("a1", words_at(HOSTILE, "A man")),),
    )
    return Coded(
        coder=CODER,
        article=Article.make(
            HOSTILE,
            headline=(0, HOSTILE.index("\n")),
            outlet='"><script>alert("outlet")</script>',
            url="javascript:alert('url')",
        ),
        actors=(Actor("a1", name, None, "person", None, (), None, (), ()),),
        places=(place(HOSTILE, "guard", name=name, geonameid=None),),
        events=(attack,),
    )


WIDE = "🜂🜂 قال الجيش\n\n𐌰 crowd 🜂 protested quietly."


def wide() -> Coded:
    """Letters beyond the basic plane before the words: spans count code points, not UTF-16 units."""
    protest = event(WIDE, "protested", WIDE.splitlines()[2], type="PROTEST", mode="demo")
    return Coded(CODER, Article.make(WIDE, headline=(0, WIDE.index("\n"))), events=(protest,))


@pytest.fixture(scope="session")
def articles() -> dict[str, Coded]:
    """The articles of the dataset by what they are."""
    return {"shelling": shelling(), "talks": talks(), "hostile": hostile(), "wide": wide()}


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory, articles: dict[str, Coded]) -> Dataset:
    made = Dataset.create(tmp_path_factory.mktemp("desk") / "four")
    made.add(articles.values())
    return made


@contextmanager
def serving(dataset: Dataset) -> Iterator[str]:
    """The desk of a dataset on a free port, as long as the context lasts."""
    with listen("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(make_app(dataset), log_level="warning", ws="none"))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield address_of(listener).rstrip("/")
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(scope="session")
def address(dataset: Dataset) -> Iterator[str]:
    """Where the desk of the dataset listens."""
    with serving(dataset) as found:
        yield found


@pytest.fixture(scope="session")
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, trust_env=False, timeout=30) as found:
        yield found


@pytest.fixture
def empty_client(tmp_path: Path) -> Iterator[httpx.Client]:
    """The desk of a dataset without articles."""
    with serving(Dataset.create(tmp_path / "empty")) as found, httpx.Client(base_url=found, trust_env=False) as client:
        yield client
