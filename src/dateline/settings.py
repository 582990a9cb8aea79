"""One table of settings: name, default, help. Read once at the entry point and passed down.

A user's file (YAML) overrides only the keys it sets; ``DATELINE_<NAME>`` in the environment overrides both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import yaml

from dateline.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may change. Every field is listed with its help in ``HELP``."""

    max_article_characters: int = 1_000_000
    batch_articles: int = 32
    commit_articles: int = 200
    desk_host: str = "127.0.0.1"
    desk_port: int = 8000
    registry: str = ""
    gazetteer: str = ""
    codebook: str = ""


HELP: Mapping[str, str] = {
    "max_article_characters": "a longer text is refused, in code points; a 5 MB text is a book or a log, not an article",
    "batch_articles": "how many articles are parsed at a time",
    "commit_articles": "how many coded articles go into one write to a dataset",
    "desk_host": "the address the desk listens on",
    "desk_port": "the first port the desk tries; the next free one is taken",
    "registry": "a CSV file or folder of actors laid over the registry that ships; empty for none",
    "gazetteer": "a file made by `dateline gazetteer build`, read in place of the one that ships; empty for that one",
    "codebook": "a folder of types of your own, trained by `dateline codebook train`; empty for none",
}


def load_settings(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings from defaults, a file and the environment, in this order.

    Raises:
        SettingsError: an unknown key, or a value of the wrong type; names the key and where it was set.
    """
    settings = Settings()
    if path is not None:
        settings = _override(settings, _read(path), origin=str(path))
    known = {f"DATELINE_{field.name.upper()}": field.name for field in fields(Settings)}
    from_environment = {known[name]: value for name, value in environ.items() if name in known}
    return _override(settings, from_environment, origin="the environment")


def _read(path: Path) -> Mapping[str, object]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsError(
            f"{path}: not a readable YAML file; give one line per setting, as in `desk_port: 8000`"
        ) from error
    if not isinstance(data, dict):
        raise SettingsError(f"{path}: expected `name: value` lines, got {type(data).__name__}")
    return data


def _override(settings: Settings, values: Mapping[str, object], *, origin: str) -> Settings:
    types = {field.name: type(getattr(settings, field.name)) for field in fields(Settings)}
    for name, value in values.items():
        if name not in types:
            raise SettingsError(f"{origin}: unknown setting {name!r}; known are {', '.join(types)}")
        changed: dict[str, Any] = {name: _convert(name, value, types[name], origin)}
        settings = replace(settings, **changed)
    return settings


def _convert(name: str, value: object, kind: type, origin: str) -> object:
    try:
        converted = kind(value) if isinstance(value, str | kind) else None
    except (TypeError, ValueError) as error:
        raise SettingsError(f"{origin}: {name} is {value!r}; expected {kind.__name__}") from error
    if converted is None or (isinstance(converted, int) and converted < 1):
        raise SettingsError(f"{origin}: {name} is {value!r}; expected {kind.__name__}, above 0 if a number")
    return converted
