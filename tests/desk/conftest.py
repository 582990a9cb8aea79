"""A small dataset of hand-built records on sentences of our own, a desk that serves it, and a browser to look at it."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

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
    MentionForm,
    Party,
    Place,
    Problem,
    Span,
    Speaker,
    Statement,
    Telling,
    Words,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser

INFO = CoderInfo("0.0.0", {})
HEADLINE = "Brell shelled; “nobody fired,” says mayor"
BODY = (
    "On Tuesday the regime shelled Brell with mortars, killing at least 4 people.\n"
    "The Brell Brigade has held the town since May, the mayor, Ida Sorn, said. "
    "Sorn said that envoys of Ostmark would meet in the capital, Veth, on 7 September."
)
TEXT = f"{HEADLINE}\n\n{BODY}"
HOSTILE = "</script><script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>"


class Spans:
    """Spans of words in a text, by the words; ``after`` says from which words on to look."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __call__(self, words: str, after: str = "") -> Span:
        begin = self.text.index(words, self.text.index(after))
        return begin, begin + len(words)

    def mention(self, words: str, form: MentionForm = "name", after: str = "") -> Mention:
        return Mention(self(words, after), words, form)

    def words(self, words: str, after: str = "") -> Words:
        return Words(self(words, after), words)

    def speaker(self, actor: str, words: str, after: str = "") -> Speaker:
        return Speaker(actor, self(words, after), words)

    def content(self, words: str) -> Content:
        return Content((self(words),), words)


def shelling() -> Coded:
    """One of every record, two events of two kinds, a headline quotation the body does not hold."""
    at = Spans(TEXT)
    first, last = at(BODY.split("\n")[0]), at(BODY[BODY.index("Sorn said") :])
    claim = at("The Brell Brigade has held the town since May, the mayor, Ida Sorn, said.")
    body, sorn = (
        "On Tuesday",
        (at.mention("mayor", "title"), at.mention("Ida Sorn"), at.mention("Sorn", after="Sorn said")),
    )
    days = "2018-09-04", "2018-09-07"
    return Coded(
        INFO,
        Article.make(
            TEXT, headline=at(HEADLINE), url="https://courier.example/brell", outlet="The Courier",
            published="2018-09-05", language="en",
        ),
        actors=(
            Actor("a1", "Government of Xandia", "xxk-gov", "government", "XXK", ("GOV",), None, (),
                  (at.mention("the regime", "nominal"),)),
            Actor("a2", "Ida Sorn", None, "person", "XXK", ("GOV",), "mayor of Brell", ("xxk-brell",), sorn),
            Actor("a3", "Brell Brigade", None, "armed_group", None, ("REB",), None, (), (at.mention("The Brell Brigade"),)),
            Actor("a4", "Ostmark", "ost", "state", "OST", ("GOV",), None, (), (at.mention("Ostmark"),)),
        ),
        places=(
            Place("p1", at("Brell", body), "Brell", "name", "Brell", 7, "settlement", "SYR", "North", 35.9, 36.6, 0.9),
            Place("p2", at("Veth"), "Veth", "name", "Veth", 8, "settlement", "SYR", "South", 33.5, 36.3, 0.9, 20.0),
        ),
        dates=(
            DateExpression("t1", at("On Tuesday"), "On Tuesday", "DATE", days[0], None, days[0], days[0]),
            DateExpression("t2", at("7 September"), "7 September", "DATE", days[1], None, days[1], days[1]),
        ),
        statements=(
            Statement("s1", at.speaker("a2", "mayor"), at.words("says"), at.content("“nobody fired,”"), "direct", None,
                      verbatim=False),
            Statement("s2", at.speaker("a2", "the mayor, Ida Sorn"), at.words("said", "Ida Sorn"),
                      at.content("The Brell Brigade has held the town since May"), "indirect", None),
            Statement("s3", at.speaker("a2", "Sorn", "Sorn said"), at.words("said", "Sorn said"),
                      at.content("that envoys of Ostmark would meet in the capital, Veth, on 7 September"), "indirect",
                      None, ("a4",), "news conference", "p2", "t2"),
        ),
        events=(
            Event("e1", "ASSAULT", "heavy-weapons", ("military",), None, 4, -9.5, at.words("shelled", body), first,
                  (Party("a1", at("the regime")),), (Party(None, at("people")),), "p1",
                  EventDate("t1", days[0], days[0], "text"), "occurred", OWN_VOICE, ("q1",), ("w1",), 0.75),
            Event("e2", "AGREE", None, ("diplomatic",), "CONSULT", 1, 3.0, at.words("meet"), last,
                  (Party("a4", at("Ostmark")),), (), "p2", EventDate("t2", days[1], days[1], "text"), "planned",
                  AccordingTo(outlet=False, statement="s3"), (), (), 0.6),
        ),
        claims=(
            Claim("c1", "control", Party("a3", at("The Brell Brigade")), ClaimObject(None, "p1", at("the town")),
                  "2018-05", None, "current", claim, AccordingTo(outlet=False, statement="s2"), 0.5),
        ),
        figures=(Figure("q1", at("at least 4 people"), "at least 4 people", 4.0, None, "people", "killed"),),
        equipment=(Equipment("w1", at("mortars"), "mortars", "weapon"),),
        wording=(LoadedTerm("x1", at("regime"), "regime", "a1", "delegitimising", "government", OWN_VOICE),),
    )  # fmt: skip


def retold() -> Coded:
    """One event told in the headline, then in the outlet's words, then by the mayor twice, far apart."""
    filler = "\n".join(f"Stall {number} sold pears, apples and plums until noon." for number in range(40))
    text = (
        "Guards raid Brell market\n\nGuards stormed the market of Brell on Monday.\n"
        f"{filler}\nThe assault was short, Ida Sorn said. She added that the raid broke two stalls."
    )
    at = Spans(text)
    sorn = at.speaker("a1", "Ida Sorn")
    said = [AccordingTo(outlet=False, statement=one) for one in ("s1", "s2")]
    last = at("She added that the raid broke two stalls.")
    event = Event(
        "e1", "ASSAULT", None, (), None, 4, -9.0, at.words("stormed"), at("Guards stormed the market of Brell on Monday."),
        (Party(None, at("Guards", "Guards stormed")),), (), None, None, "occurred", OWN_VOICE, (), (), None,
    )  # fmt: skip
    also = (
        Telling(at.words("raid"), at("Guards raid Brell market"), OWN_VOICE),
        Telling(at.words("assault"), at("The assault was short, Ida Sorn said."), said[0]),
        Telling(at.words("raid", "She added"), last, said[1]),
    )
    return Coded(
        INFO,
        Article.make(text, headline=at("Guards raid Brell market"), outlet="The Courier", published="2018-09-05"),
        actors=(Actor("a1", "Ida Sorn", None, "person", None, (), None, (), (at.mention("Ida Sorn"),)),),
        statements=(
            Statement("s1", sorn, at.words("said"), at.content("The assault was short"), "indirect", None),
            Statement("s2", sorn, at.words("added"), at.content("that the raid broke two stalls"), "indirect", None),
        ),
        events=(replace(event, also=also),),
    )


def hostile() -> Coded:
    """Text that tries to run in the reader's browser wherever a page shows some of it."""
    text = f"{HOSTILE}\n\nBefore {HOSTILE} attacked \u202eeverybody\u202c."
    at = Spans(text)
    name = f"{HOSTILE}\"'`"
    return Coded(
        INFO,
        Article.make(text, headline=at(HOSTILE), url="javascript:window.hacked=1", outlet=name, published="2018-09-06"),
        actors=(Actor("a1", name, name, "group", None, (), name, (), (at.mention(HOSTILE),)),),
        places=(Place("p1", at("everybody"), "everybody", "name", name, 9, "settlement", "SYR", None, 35.0, 37.0, 0.5),),
        statements=(
            Statement("s1", None, None, Content((at(HOSTILE),), HOSTILE), "direct", None, verbatim=False),
            Statement("s2", at.speaker("a1", HOSTILE), None, at.content("everybody"), "indirect", None),
        ),
        events=(
            Event(
                "e1", "ASSAULT", None, (), None, 4, -9.0, Words(at("attacked"), "attacked"), (at("Before")[0], len(text)),
                (Party("a1", at(HOSTILE, "Before")),), (Party(None, at(HOSTILE)),), "p1", None, "denied",
                AccordingTo(outlet=False, statement="s1"), (), (), None,
                (Telling(at.words(HOSTILE), at(HOSTILE), AccordingTo(outlet=False, statement="s2")),),
            ),
        ),
        problems=(Problem("where", HOSTILE),),
    )  # fmt: skip


def arabic() -> Coded:
    """A right-to-left text with nothing coded but a place that no gazetteer knows."""
    text = "أعلن المجلس أن الطريق مفتوح."
    begin = text.index("المجلس")
    place = Place("p1", (begin, begin + 6), "المجلس", "name", None, None, None, None, None, None, None, None)
    return Coded(INFO, Article.make(text, published="2018-09-01", outlet="Gate", language="ar"), places=(place,))


@pytest.fixture(scope="session")
def coded() -> Coded:
    return shelling()


@pytest.fixture(scope="session")
def told() -> Coded:
    return retold()


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The three articles, and an earlier text of the first."""
    dataset = Dataset.create(tmp_path_factory.mktemp("desk") / "demo")
    early = Coded(
        INFO, Article.make("Shells fell on Brell.", url="https://courier.example/brell", published="2018-09-04")
    )
    dataset.add([early, shelling(), hostile(), arabic()])
    return dataset


@contextmanager
def serving(dataset: Dataset) -> Iterator[str]:
    """A desk of the dataset on a free port, as long as the context lasts."""
    with listen("127.0.0.1", 8700) as listener:
        server = uvicorn.Server(uvicorn.Config(make_app(dataset), log_level="critical", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        yield address_of(listener)
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(scope="session")
def address(dataset: Dataset) -> Iterator[str]:
    """Where a desk of the dataset answers."""
    with serving(dataset) as address:
        yield address


@pytest.fixture
def new_desk(tmp_path: Path) -> Iterator[tuple[Dataset, httpx.Client]]:
    """An empty dataset and its desk."""
    dataset = Dataset.create(tmp_path / "ds")
    with serving(dataset) as address, httpx.Client(base_url=address, timeout=20, trust_env=False) as client:
        yield dataset, client


@pytest.fixture
def desk(address: str) -> Iterator[httpx.Client]:
    """Asks the desk."""
    with httpx.Client(base_url=address, timeout=20, trust_env=False) as client:
        yield client


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; skips aloud where there is none."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no Chromium here; install Debian's chromium: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    quiet += ["--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=quiet)
        yield browser
        browser.close()
