"""Reading the data files that ship inside the package. Any room may use it; it knows none of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import yaml


def read_rows(package: str, path: str) -> Iterator[tuple[str, dict[str, str]]]:
    """("file, line N", row) for every row of a CSV file with a header."""
    reader = csv.DictReader(io.StringIO(files(package).joinpath(path).read_text(encoding="utf-8"), newline=""))
    for row in reader:
        yield f"{path}, line {reader.line_num}", row


def read_yaml(package: str, path: str) -> Any:
    """The content of a YAML file, as YAML types.

    Raises:
        yaml.YAMLError: the file is not YAML.
    """
    return load_yaml(files(package).joinpath(path).read_text(encoding="utf-8"))


def load_yaml(text: str) -> Any:
    """The content of a YAML text, by libyaml where it is there: ten times as fast, and start-up reads hundreds of files.

    Raises:
        yaml.YAMLError: the text is not YAML.
    """
    return yaml.load(text, Loader=_LOADER)


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
