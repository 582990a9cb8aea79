"""The pages in a browser: records and words point at each other, filters work, the map draws, nothing leaves the machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import pytest

from dateline.dataset import Dataset
from dateline.records import Coded

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


class Seen:
    """What went wrong while a page was open."""

    def __init__(self, page: Page, host: str) -> None:
        self.errors: list[str] = []
        self.outside: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "console",
            lambda message: self.errors.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.on(
            "request",
            lambda request: self.outside.append(request.url) if urlsplit(request.url).netloc != host else None,
        )


def opened(browser: Browser, address: str, size: dict[str, int]) -> Iterator[Page]:
    context = browser.new_context(viewport=size, base_url=address, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(10_000)
    seen = Seen(page, urlsplit(address).netloc)
    yield page
    assert seen.errors == []
    assert seen.outside == []
    assert page.evaluate("window.hacked") is None
    context.close()


@pytest.fixture
def wide(browser: Browser, address: str) -> Iterator[Page]:
    yield from opened(browser, address, WIDE)


@pytest.fixture
def narrow(browser: Browser, address: str) -> Iterator[Page]:
    yield from opened(browser, address, NARROW)


def lit(page: Page) -> str:
    """The words lit as chosen, pieces that follow each other as one."""
    return "".join(page.locator(".text .m.on").all_text_contents())


def here(page: Page) -> str:
    """The words that a link to one telling led to."""
    return "".join(page.locator(".text .m.here").all_text_contents())


def expect_in_view(page: Page, selector: str) -> None:
    box = page.locator(selector).bounding_box()
    assert box is not None and 0 <= box["y"] <= WIDE["height"] - box["height"]


@pytest.fixture
def retelling(browser: Browser, new_desk: tuple[Dataset, httpx.Client], told: Coded) -> Iterator[Page]:
    """The page of an event that is told four times."""
    dataset, desk = new_desk
    dataset.add([told])
    for page in opened(browser, str(desk.base_url), WIDE):
        page.goto(f"/articles/{told.article.id}")
        yield page


def test_a_record_lights_its_words(wide: Page, coded: Coded) -> None:
    wide.goto(f"/articles/{coded.article.id}")
    wide.locator("#e1 .card-line").click()
    assert lit(wide) == "shelled"
    assert "the regime" in "".join(wide.locator(".text .part-actor").all_text_contents())
    assert wide.locator("#e1 .card-line").get_attribute("aria-pressed") == "true"
    assert wide.url.endswith("#e1")
    wide.locator("#s3 .card-line").click()
    assert lit(wide).startswith("Sorn") and lit(wide).endswith("on 7 September")
    assert wide.locator("#e1 .card-line").get_attribute("aria-pressed") == "false"
    wide.locator("#s3 .card-line").click()
    assert lit(wide) == ""
    assert "#" not in wide.url


def test_words_show_their_records(wide: Page, coded: Coded) -> None:
    wide.goto(f"/articles/{coded.article.id}")
    wide.locator(".body .l-events", has_text="meet").click()
    assert wide.locator(".card:visible").evaluate_all("cards => cards.map(card => card.id)") == ["e2", "s3"]
    assert wide.locator(".chosen-words").inner_text() == "2 records on “meet”"
    assert lit(wide) == "meet"
    wide.locator(".show-all").click()
    assert wide.locator(".card:visible").count() > 2
    assert lit(wide) == ""


def test_a_link_opens_at_the_words(wide: Page, coded: Coded) -> None:
    wide.goto("/events?geonameid=8")
    wide.get_by_role("link", name="In the words").click()
    wide.wait_for_url(f"**/articles/{coded.article.id}#e2")
    wide.locator(".text .m.on").wait_for()
    assert lit(wide) == "meet"


def test_a_fact_leads_to_its_record(wide: Page, coded: Coded) -> None:
    wide.goto(f"/articles/{coded.article.id}")
    wide.locator("#e1 .facts a", has_text="Brell").click()
    assert wide.locator("#p1").is_visible()
    assert lit(wide) == "Brell"


def test_every_telling_is_lit_and_led_to(retelling: Page) -> None:
    retelling.locator("#e1 .card-line").click()
    assert retelling.locator(".text .m.on").all_text_contents() == ["raid", "stormed", "assault", "raid"]
    assert retelling.locator(".text .m.on", has_text="stormed").is_visible()
    assert here(retelling) == ""
    assert retelling.evaluate("scrollY") == 0
    retelling.locator("#e1 .again a", has_text="assault").click()
    assert here(retelling) == "assault"
    assert retelling.locator(".text .m.on").count() == 4
    expect_in_view(retelling, ".m.here")
    assert retelling.url.endswith("#e1.2")
    retelling.locator("#e1 .again a").first.click()
    assert here(retelling) == "raid"
    assert retelling.evaluate("scrollY") == 0


def test_a_telling_has_an_address(retelling: Page) -> None:
    retelling.goto(f"{retelling.url}#e1.3")
    retelling.locator(".m.here").wait_for()
    assert here(retelling) == "raid"
    expect_in_view(retelling, ".m.here")
    retelling.goto(f"{retelling.url.split('#')[0]}#")
    retelling.goto(f"{retelling.url.split('#')[0]}#e1.9")
    assert here(retelling) == "raid"  # nothing there, nothing changed


def test_a_layer_can_be_switched_off(wide: Page, coded: Coded) -> None:
    wide.goto(f"/articles/{coded.article.id}")
    words = wide.locator(".body .l-events", has_text="shelled")
    before = words.evaluate("node => getComputedStyle(node).textDecorationLine")
    wide.get_by_role("checkbox", name="Events").uncheck()
    assert before == "underline"
    assert words.evaluate("node => getComputedStyle(node).textDecorationLine") == "none"
    assert not wide.locator("#e1").is_visible()
    words.click()
    assert lit(wide) == ""


def test_the_keyboard_reaches_words_and_records(wide: Page, coded: Coded) -> None:
    wide.goto(f"/articles/{coded.article.id}")
    wide.locator(".text .m[tabindex='0']").focus()
    for _ in range(40):
        wide.keyboard.press("ArrowRight")
        if "e1" in (wide.evaluate("document.activeElement.dataset.r") or "").split():
            break
    assert wide.evaluate("document.activeElement.getAttribute('role')") == "button"
    wide.keyboard.press("Enter")
    assert lit(wide) == "shelled"
    wide.keyboard.press("Escape")
    assert lit(wide) == ""
    wide.locator("#c1 .card-line").focus()
    wide.keyboard.press("Enter")
    assert "The Brell Brigade" in lit(wide)


def test_the_drawer_on_a_telephone(narrow: Page, coded: Coded) -> None:
    narrow.goto(f"/articles/{coded.article.id}")
    assert not narrow.locator("#e1").is_visible()
    narrow.get_by_role("button", name="Records").click()
    narrow.locator("#e1 .card-line").click()
    assert not narrow.locator("#e1").is_visible()
    assert lit(narrow) == "shelled"
    narrow.locator(".body .l-events", has_text="meet").click()
    assert narrow.locator("#e2").is_visible()
    narrow.keyboard.press("Escape")
    assert not narrow.locator("#e2").is_visible()


def test_filters_from_the_form(wide: Page) -> None:
    wide.goto("/events")
    assert wide.locator(".event").count() == 3
    wide.get_by_label("Place").fill("brell")
    wide.get_by_label("occurred").check()
    wide.get_by_role("button", name="Apply").click()
    wide.wait_for_url("**/events?place=brell&status=occurred")
    assert wide.locator(".event").count() == 1
    wide.locator(".chips a", has_text="place").click()
    wide.wait_for_url("**/events?status=occurred")
    wide.get_by_role("link", name="On the map").click()
    wide.wait_for_url("**/map?status=occurred")


def test_the_map_draws_places_and_tells_of_them(wide: Page, dataset: Dataset) -> None:
    wide.goto("/map")
    wide.locator("#map[data-ready]").wait_for()
    assert wide.locator(".dot").count() == 3
    box = wide.locator("#map").bounding_box()
    assert box is not None
    for dot in wide.locator(".dot").all():
        where = dot.bounding_box()
        assert where is not None
        assert box["x"] <= where["x"] <= box["x"] + box["width"] and box["y"] <= where["y"] <= box["y"] + box["height"]
    north = wide.locator(".dot[aria-label^=Brell]").bounding_box()
    south = wide.locator(".dot[aria-label^=Veth]").bounding_box()
    assert north is not None and south is not None and north["y"] < south["y"]
    wide.locator(".dot[aria-label^=Veth] .face").dispatch_event("click")
    wide.locator(".map-info li").wait_for()
    assert "Ostmark" in wide.locator(".map-info").inner_text()
    wide.locator(".map-info li a").click()
    wide.wait_for_url("**/articles/*#e2")


def test_the_map_moves(wide: Page) -> None:
    wide.goto("/map")
    wide.locator("#map[data-ready]").wait_for()
    dot = wide.locator(".dot[aria-label^=Brell]")
    spread = "Math.hypot(...['Brell', 'Veth'].map(n => document.querySelector(`.dot[aria-label^=${n}]`).getBoundingClientRect())"
    spread += ".reduce((a, b) => [a.x - b.x, a.y - b.y]))"
    before = wide.evaluate(spread)
    wide.get_by_role("button", name="Zoom in").click()
    assert wide.evaluate(spread) > before * 1.4
    wide.get_by_role("button", name="Show Brell on the map").click()
    frame, place = wide.locator("#map").bounding_box(), dot.bounding_box()
    assert frame is not None and place is not None
    assert abs(place["x"] + place["width"] / 2 - frame["x"] - frame["width"] / 2) < 3
    wide.locator("#map svg").focus()
    wide.keyboard.press("ArrowRight")
    moved = dot.bounding_box()
    assert moved is not None and moved["x"] < place["x"]


def test_a_map_without_outlines_still_has_its_places(wide: Page) -> None:
    wide.route(
        "**/static/shapes/*",
        lambda route: route.fulfill(status=200, json={"type": "FeatureCollection", "features": []}),
    )
    wide.goto("/map")
    wide.locator("#map[data-ready]").wait_for()
    assert wide.locator(".dot").count() == 3


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_no_page_is_wider_than_the_window(request: pytest.FixtureRequest, size: str, dataset: Dataset) -> None:
    page: Page = request.getfixturevalue(size)
    for path in [
        "/",
        "/?q=brell",
        "/events",
        "/map",
        "/outlets",
        *(f"/articles/{one}" for one in dataset.article_ids()),
    ]:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], path  # type: ignore[index]


def test_hostile_text_stays_text(wide: Page, dataset: Dataset) -> None:
    (row,) = dataset.query("select id from articles where url like 'javascript%'")
    wide.goto(f"/articles/{row['id']}#e1")
    wide.locator(".text .m.on").first.wait_for()
    wide.locator("#e1 .again a").click()
    assert "</script><script>window.hacked = 1</script>" in here(wide)
    assert "</script><script>window.hacked = 1</script>" in wide.locator("h1").inner_text()
    wide.goto("/map")
    wide.locator("#map[data-ready]").wait_for()
    wide.locator(".place-list .locate").nth(2).click()
    wide.locator(".map-info li").wait_for()


def test_lines_are_short_enough_to_read(wide: Page, coded: Coded) -> None:
    wide.goto(f"/articles/{coded.article.id}")
    width = wide.locator(".body").evaluate("node => node.getBoundingClientRect().width")
    letter = wide.locator(".body").evaluate(
        """node => { const one = document.createElement('span'); one.textContent = '0'.repeat(10);
        node.firstElementChild.append(one); return one.getBoundingClientRect().width / 10; }"""
    )
    assert 45 <= width / letter <= 70
