"""The built-in demo: dispatches by invented outlets on the Idlib crisis of 2018, written for this project."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file, files

import yaml

from dateline.errors import CodebookError
from dateline.reading import Given, Unread, read_path
from dateline.records import Article

_FOLDER = "dispatches"


def demo_articles() -> Iterator[Article]:
    """The demo's articles by day of publication, then by number.

    Raises:
        CodebookError: a dispatch is missing or cannot be read.
    """
    with as_file(files("dateline.demo").joinpath(_FOLDER)) as folder:
        entries = yaml.safe_load((folder / "index.yaml").read_text(encoding="utf-8"))
        for entry in sorted(entries, key=lambda entry: (str(entry["published"]), entry["file"])):
            given = Given(published=str(entry["published"]), outlet=entry["outlet"], url=entry["url"])
            for item in read_path(folder / entry["file"], given):
                if isinstance(item, Unread):
                    raise CodebookError(f"demo dispatch {item}")
                yield item
