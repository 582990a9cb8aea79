"""Load every data file the rooms read, so that a wrong one fails here with file and key, and check that each is declared.

A data file is anything under ``src/dateline`` that is not Python, a template or a page asset. ``docs/data.md`` must name it,
or its folder, with source and licence.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from dateline.codebook import load_codebook
from dateline.coder import make_rooms
from dateline.demo import demo_articles
from dateline.errors import DatelineError
from dateline.reading import find_leftovers
from dateline.rooms import check_chain
from dateline.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "dateline"
# Megabytes; a larger file belongs in a release, not in the repository.
LARGEST = 25
# Weights of a trained model may be larger, but there are few versions of them ever.
LARGEST_WEIGHTS, WEIGHTS = 75, {".onnx"}
_NOT_DATA = {".py", ".pyc", ".html", ".js", ".css", ".svg"}


def load_all() -> Iterator[str]:
    """One line per file that does not load."""
    try:
        load_codebook()
        check_chain(make_rooms(Settings()))
        find_leftovers("x")
        list(demo_articles())
    except DatelineError as error:
        yield str(error)


def undeclared() -> Iterator[str]:
    """One line per data file that docs/data.md does not name, or that is too large."""
    page = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    declared = re.findall(r"`(src/dateline/[^`]+)`", page)
    for path in sorted(PACKAGE.rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        if not path.is_file() or "__pycache__" in name or (path.suffix in _NOT_DATA and "dispatches" not in name):
            continue
        largest = LARGEST_WEIGHTS if path.suffix in WEIGHTS else LARGEST
        if path.stat().st_size > largest * 1_000_000:
            yield f"{name}: over {largest} MB"
        if not any(name == entry or (entry.endswith("/") and name.startswith(entry)) for entry in declared):
            yield f"docs/data.md: {name} is missing (source, licence)"


def main() -> int:
    faults = [*load_all(), *undeclared()]
    for fault in faults:
        print(fault)
    print(f"data: {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
