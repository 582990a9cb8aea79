"""Every route of the desk: what it holds, what it refuses, and that nothing of an article is ever markup."""

import http.client
import json
import re
from urllib.parse import urlsplit

import httpx
import pytest

from dateline.dataset import Dataset
from dateline.desk.app import SECURITY_HEADERS
from dateline.records import Coded

PAGES = [
    "/",
    "/events",
    "/map",
    "/outlets",
    "/?q=brell",
    "/nothing",
    "/events?status=maybe",
    "/static/desk.css",
    "/api/version",
]
HOSTILE_NAME = "&lt;/script&gt;&lt;script&gt;window.hacked = 1&lt;/script&gt;"


def plain(page: str) -> str:
    """What a reader sees: the page without its tags, white space as one."""
    return " ".join(re.sub(r"<[^>]*>", "", page).split())


def test_the_list_of_articles(desk: httpx.Client) -> None:
    page = desk.get("/").text
    assert "Brell shelled; “nobody fired,” says mayor" in page
    assert "2 events · 3 statements · 1 claim" in plain(page)
    assert "Shells fell on Brell" not in page  # superseded
    assert "1 article with “mortars BRELL”" in plain(desk.get("/?q=mortars+BRELL").text)
    assert "<mark>mortars</mark>" in desk.get("/?q=mortars").text
    assert "0 articles with “zebra”" in plain(desk.get("/?q=zebra").text)
    assert "1 article by Gate" in plain(desk.get("/?outlet=Gate").text)


def test_an_article(desk: httpx.Client, coded: Coded) -> None:
    page = desk.get(f"/articles/{coded.article.id}").text
    text = plain(page)
    for words in (
        "Government of Xandia → people", "Assault · heavy weapons", "according to Ida Sorn", "4 September 2018",
        "Only in the headline: the text never says “nobody fired,”", "Brell Brigade holds Brell", "regime for government",
        "This text replaced an earlier one.",
    ):  # fmt: skip
        assert words in text
    body = page[page.index('id="body"') : page.index("</article>")]
    assert re.search(r'data-r="e1"[^>]*><span class="l-events q4 first last">shelled</span>', body)
    assert '<a href="https://courier.example/brell" rel="noopener noreferrer nofollow">' in page


def test_an_older_text_says_so(desk: httpx.Client, dataset: Dataset, coded: Coded) -> None:
    (early,) = dataset.query("select id from all_articles where revision = 1 and url like '%courier%'")
    page = desk.get(f"/articles/{early['id']}").text
    assert f'<a href="/articles/{coded.article.id}">Read the newest text</a>' in page
    assert "No records: nothing was coded in this text." in page


def test_a_right_to_left_text(desk: httpx.Client, dataset: Dataset) -> None:
    (row,) = dataset.query("select id from articles where language = 'ar'")
    page = desk.get(f"/articles/{row['id']}").text
    assert '<p dir="auto">' in page
    assert "Without a headline" in page
    assert "Not found in the gazetteer" in page


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", {"e1 occurred", "e2 planned", "e1 denied"}),
        ("place=brell", {"e1 occurred"}),
        ("place=SYR", {"e1 occurred", "e2 planned", "e1 denied"}),
        ("place=North", {"e1 occurred"}),
        ("geonameid=8", {"e2 planned"}),
        ("from=2018-09-05", {"e2 planned"}),
        ("to=2018-09-05", {"e1 occurred"}),
        ("from=2018-09&to=2018-09", {"e1 occurred", "e2 planned"}),
        ("actor=ÖSTmark", {"e2 planned"}),
        ("actor=xxk-gov", {"e1 occurred"}),
        ("actor=people", {"e1 occurred"}),
        ("type=AGREE&type=ASSAULT&status=planned", {"e2 planned"}),
        ("status=denied&status=planned", {"e2 planned", "e1 denied"}),
        ("outlet=The+Courier", {"e1 occurred", "e2 planned"}),
        ("voice=own", {"e1 occurred"}),
        ("voice=quoted", {"e2 planned", "e1 denied"}),
        ("place=%25", set()),
        ("place='+or+1=1--", set()),
        ("actor=%00", set()),
    ],
)
def test_filters_of_events(desk: httpx.Client, query: str, kept: set[str]) -> None:
    found = desk.get(f"/api/events?{query}").json()
    assert {f"{event['id']} {event['status']}" for event in found["events"]} == kept
    assert found["count"] == len(kept)
    shown = plain(desk.get(f"/events?{query}").text)
    assert f"{len(kept)} event{'' if len(kept) == 1 else 's'} " in shown
    assert sum(place["count"] for place in desk.get(f"/api/map?{query}").json()["places"]) == len(kept)


def test_events_without_a_date_are_counted(desk: httpx.Client) -> None:
    assert desk.get("/api/events?from=2018-09-01").json()["undated"] == 1
    assert "and 1 without a date, left out" in plain(desk.get("/events?from=2018-09-01").text)


def test_an_event_in_the_list(desk: httpx.Client, coded: Coded) -> None:
    page = desk.get("/events?geonameid=8").text
    assert "Agree planned" in plain(page).replace("· ", "")
    assert "according to Ida Sorn" in plain(page)
    assert f'<a href="/articles/{coded.article.id}#e2">In the words</a>' in page
    assert "<mark>meet</mark>" in page
    assert "at Veth" in plain(page)


def test_an_event_told_several_times(new_desk: tuple[Dataset, httpx.Client], told: Coded) -> None:
    dataset, desk = new_desk
    dataset.add([told])
    assert "told 4 times, also according to Ida Sorn" in plain(desk.get("/events").text)
    (row,) = desk.get("/api/events").json()["events"]
    assert row["also_according_to"] == [{"outlet": False, "statement": "s1", "speaker": "Ida Sorn"}]
    page = desk.get(f"/articles/{told.article.id}").text
    places = re.findall(r'<dd><a href="#(e1\.\d)">“<bdi>(\w+)</bdi>”', page)
    assert places == [("e1.1", "raid"), ("e1.2", "assault"), ("e1.3", "raid")]
    assert all(page.count(f'<span id="{place}" data-of="e1">') == 1 for place, _ in places)
    assert "also told“raid”“assault” according to Ida Sorn“raid” according to Ida Sorn" in plain(page)


def test_an_event_told_once_says_nothing_of_it(desk: httpx.Client, coded: Coded) -> None:
    assert "told" not in plain(desk.get("/events?place=brell").text).split("In the words")[0].split("occurred")[-1]
    assert "also told" not in desk.get(f"/articles/{coded.article.id}").text


def test_events_by_pages(desk: httpx.Client) -> None:
    pages = [desk.get(f"/api/events?limit=2&page={page}").json() for page in (1, 2, 3)]
    assert [len(page["events"]) for page in pages] == [2, 1, 0]
    assert {page["pages"] for page in pages} == {2}
    assert "There is no page 9" in desk.get("/events?page=9").text


def test_the_record_of_an_article(desk: httpx.Client, coded: Coded) -> None:
    assert desk.get(f"/api/articles/{coded.article.id}").json() == coded.to_dict()


def test_articles_and_version_as_json(desk: httpx.Client, coded: Coded) -> None:
    found = desk.get("/api/articles?q=mortars").json()
    assert [row["id"] for row in found["articles"]] == [coded.article.id]
    about = desk.get("/api/version").json()
    assert (about["schema"], about["dataset_version"], about["articles"]) == ("dateline/1", 1, 4)
    assert "/api/events" in desk.get("/api/openapi.json").json()["paths"]


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/articles/zz", 404, "No article &#39;zz&#39;"),
        ("/articles/", 404, "nothing at this address"),
        ("/articles/..%2f..%2fetc%2fpasswd", 404, "nothing at this address"),
        ("/articles/%3Cscript%3E", 404, "&lt;script&gt;"),
        ("/docs", 404, "nothing at this address"),
        ("/static/nothing.css", 404, "nothing at this address"),
        ("/events?status=maybe", 400, "hypothetical"),
        ("/map?sort=day", 400, "there are place"),
        ("/?page=x", 400, "whole number"),
        ("/outlets?outlet=Nobody", 400, "The Courier"),
        ("/outlets?voice=loud", 400, "own, quoted"),
        ("/outlets/uses?kind=rude", 400, "name, loaded"),
        ("/?place=x", 400, "there are q, outlet, page"),
    ],
)
def test_a_fault_is_a_page(desk: httpx.Client, path: str, status: int, said: str) -> None:
    answer = desk.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert said in answer.text and 'class="masthead"' in answer.text


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/api/articles/zz", 404, "No article 'zz'"),
        ("/api/nothing", 404, "nothing at this address"),
        ("/api/events?status=maybe", 400, "hypothetical"),
        ("/api/events?limit=501", 400, "1 to 500"),
        ("/api/articles?sort=day", 400, "there are q, outlet, page, limit"),
        ("/api/map?from=2018-02-30", 400, "2018-09-05"),
    ],
)
def test_a_fault_of_the_api_is_one_line_of_json(desk: httpx.Client, path: str, status: int, said: str) -> None:
    answer = desk.get(path)
    assert answer.status_code == status
    (message,) = answer.json().values()
    assert said in message and "\n" not in message


def test_the_desk_only_reads(desk: httpx.Client) -> None:
    for path in ("/", "/api/events"):
        assert desk.post(path, json={}).status_code == 405
    assert desk.head("/").status_code == 200


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd"]
)
def test_nothing_outside_the_static_files_is_served(address: str, path: str) -> None:
    """Sent as it stands; a browser or httpx would tidy the path first."""
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.hostname or "", where.port)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status == 404
    assert b"import" not in answer.read()
    connection.close()


@pytest.mark.parametrize("path", PAGES)
def test_headers_stand_on_every_answer(desk: httpx.Client, path: str) -> None:
    headers = desk.get(path).headers
    for name, value in SECURITY_HEADERS.items():
        assert headers[name] == value
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy and "unsafe" not in policy


def test_the_report_on_an_outlet_leads_to_every_use(desk: httpx.Client) -> None:
    page = desk.get("/outlets?outlet=The+Courier").text
    (address,) = re.findall(
        r'href="(/outlets/uses[^"]*outlet=[^"]*words=regime[^"]*kind=loaded[^"]*|/outlets/uses[^"]*kind=loaded[^"]*words=regime[^"]*)"',
        page,
    )[:1]
    uses = desk.get(address.replace("&amp;", "&"))
    assert "<mark>regime</mark> shelled Brell" in uses.text
    assert "in the outlet’s own voice" in uses.text
    answer = desk.get("/api/outlets?outlet=The+Courier").json()
    assert {"words": "regime", "tone": "delegitimising"}.items() <= next(
        x for x in answer["lines"] if x["kind"] == "loaded"
    ).items()
    assert desk.get("/api/outlets").json()["outlets"]
    (use,) = desk.get("/api/outlets/uses?outlet=The+Courier&kind=loaded&words=regime&party=xxk-gov").json()
    assert (use["text"], use["own_voice"]) == ("regime", True)


def hostile_pages(dataset: Dataset) -> list[str]:
    (row,) = dataset.query("select id from articles where url like 'javascript%'")
    return ["/", "/?q=everybody", "/events", "/map", "/outlets", "/outlets?voice=quoted", f"/articles/{row['id']}"]


def test_article_text_is_never_markup(desk: httpx.Client, dataset: Dataset) -> None:
    for path in hostile_pages(dataset):
        page = desk.get(path).text
        assert "window.hacked" in page, path
        assert "<script>" not in page and "<img" not in page, path
        assert 'href="javascript:' not in page and "onerror='" not in page.replace("&#39;", "’"), path
        for script in re.findall(r"<script[^>]*>", page):
            assert 'src="/static/' in script or 'type="application/json"' in script


def test_data_for_scripts_cannot_end_their_element(desk: httpx.Client) -> None:
    page = desk.get("/map").text
    data = page[page.index('id="places-data">') :].split(">", 1)[1].split("</script>", 1)[0]
    assert "<" not in data
    assert any("window.hacked" in place["name"] for place in json.loads(data))


def test_a_dataset_that_breaks_is_told_in_one_line(new_desk: tuple[Dataset, httpx.Client]) -> None:
    dataset, desk = new_desk
    (dataset.path / "articles" / "_delta_log").rename(dataset.path / "gone")
    page, answer = desk.get("/"), desk.get("/api/events")
    assert (page.status_code, answer.status_code) == (503, 503)
    assert "The dataset cannot be read" in page.text
    assert list(answer.json()) == ["error"]


def test_an_empty_dataset_says_what_to_do(new_desk: tuple[Dataset, httpx.Client]) -> None:
    _, desk = new_desk
    answers = [desk.get(path) for path in ("/", "/events", "/map", "/api/map", "/api/events")]
    assert {answer.status_code for answer in answers} == {200}
    assert "dateline code FILE --into ds" in answers[0].text


def test_a_page_shows_what_was_added_since(new_desk: tuple[Dataset, httpx.Client], coded: Coded) -> None:
    dataset, desk = new_desk
    assert desk.get("/api/events").json()["count"] == 0
    Dataset.open(dataset.path).add([coded])
    assert desk.get("/api/events").json()["count"] == 2
