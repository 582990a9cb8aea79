"""Furniture of web pages is found and the article's own lines are not."""

import pytest

from dateline.reading import blank_leftovers, find_leftovers
from dateline.reading.leftovers import cut_leftovers

FURNITURE = [
    "- Advertisement -",
    "ADVERTISEMENT",
    "Story continues below advertisement",
    "Sign up for our weekly newsletter",
    "Get the morning's news delivered straight to your inbox.",
    "Read also: Ten years of the border wall",
    "READ MORE: Ferry service to the islands resumes",
    "Share on Facebook | Tweet | Print",
    "Follow us on Telegram",
    "You may also like",
    "Copyright 2021 Northern Courier. All rights reserved.",
    "★ Win a weekend for two: see our competition page ★",
    "12 comments",
]
ARTICLE = [
    "The army said it had taken the ridge.",
    "Advertisement of the post had closed in May, the ministry said, and 40 people applied.",
    "Follow-up talks are planned for Thursday in Geneva.",
    "Share prices fell after the strike on the refinery.",
    "“Read the agreement before you sign it,” the mayor told us.",
    "Subscribers to the state network lost power for six hours after shelling.",
    "Three villages north of the river were hit",
    "Print shops in the old town reopened after two years of siege.",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_found(line: str) -> None:
    text = f"The army said it had taken the ridge.\n\n{line}\n\nResidents fled to the valley."
    begin = text.index(line)
    assert (begin, begin + len(line)) in find_leftovers(text)


@pytest.mark.parametrize("line", ARTICLE)
def test_the_articles_own_lines_stay(line: str) -> None:
    assert find_leftovers(f"Residents fled.\n\n{line}\n\nThe road is shut.") == ()


def test_an_opened_box_takes_its_next_short_line() -> None:
    text = "The road is shut.\n\nSubscribe to our newsletter\nEvery Friday in your inbox, no spam.\n\nResidents fled."
    assert cut_leftovers(text) == "The road is shut.\n\nResidents fled."


def test_blanking_keeps_every_offset() -> None:
    text = "A fire.\n\nAdvertisement\n\nThe end of it."
    blanked = blank_leftovers(text)
    assert len(blanked) == len(text)
    assert blanked.index("The end") == text.index("The end")
    assert "Advert" not in blanked
