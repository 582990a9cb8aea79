"""A codebook of a researcher's own: one YAML file a type, with sentences that are of it. Every fault is told, not only the first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from dateline.datafiles import load_yaml
from dateline.errors import CodebookError

# Sentences of none of the types.
BACKGROUND = "background.yaml"
# Fewer examples than this cannot be split for cross-validation.
FEWEST = 8
# Two sentences that share this much of their runs of three words are one sentence twice.
ALIKE = 0.8
_KEYS = {"name", "description", "examples", "not"}
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class OwnType:
    """One type. ``examples`` are sentences that are of it, ``counter`` sentences that look so and are not."""

    name: str
    description: str
    examples: tuple[str, ...]
    counter: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnCodebook:
    """The types in the order of their names, and sentences of none of them."""

    folder: Path
    types: tuple[OwnType, ...]
    background: tuple[str, ...]

    @property
    def sentences(self) -> dict[str, tuple[bool, ...]]:
        """Every sentence once, with whether it is of each type. What is an example of one type is none of the others
        unless it is named there too."""
        out: dict[str, list[bool]] = {}
        for n, type_ in enumerate(self.types):
            for sentence in (*type_.examples, *type_.counter):
                out.setdefault(sentence, [False] * len(self.types))
            for sentence in type_.examples:
                out[sentence][n] = True
        for sentence in self.background:
            out.setdefault(sentence, [False] * len(self.types))
        return {sentence: tuple(marks) for sentence, marks in out.items()}


class FolderFaultsError(CodebookError):
    """The folder's faults, each one line: file, thing and remedy."""

    def __init__(self, folder: Path, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        more = f" (and {len(self.faults) - 1} more; dateline codebook check {folder})" if len(self.faults) > 1 else ""
        super().__init__(f"{self.faults[0]}{more}")


def read_folder(folder: Path) -> OwnCodebook:
    """The codebook of a folder.

    Raises:
        CodebookError: the folder is none, or something in it is wrong; ``faults`` has each.
    """
    files = sorted(folder.glob("*.y*ml")) if folder.is_dir() else []
    if not files:
        raise CodebookError(f"{folder}: no folder with YAML files; give one file for each type, with name and examples")
    faults: list[str] = []
    types: list[OwnType] = []
    background: tuple[str, ...] = ()
    for path in files:
        data = _read(path, faults)
        if data is None:
            continue
        if path.name == BACKGROUND:
            background = _sentences(path, "background", data.get("examples", data.get("sentences")), faults)
        else:
            types += _type(path, data, faults)
    book = OwnCodebook(folder, tuple(sorted(types, key=lambda t: t.name)), background)
    faults += _across(book)
    if faults:
        raise FolderFaultsError(folder, faults)
    return book


def _read(path: Path, faults: list[str]) -> Mapping[str, Any] | None:
    try:
        data = load_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        faults.append(f"{path}: cannot be read ({type(error).__name__}); save it as UTF-8 text")
        return None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = f", line {mark.line + 1}" if mark is not None else ""
        faults.append(f"{path}{at}: not YAML; quote sentences that hold a colon or begin with a sign")
        return None
    if not isinstance(data, dict):
        faults.append(f"{path}: expected `name:`, `description:` and `examples:`, got {type(data).__name__}")
        return None
    return data


def _type(path: Path, data: Mapping[str, Any], faults: list[str]) -> Iterator[OwnType]:
    faults += [f"{path}: unknown key {key!r}; known are {', '.join(sorted(_KEYS))}" for key in data if key not in _KEYS]
    name = data.get("name")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        faults.append(f"{path}: name is {name!r}; give letters, digits, - or _, a letter first, 40 at most")
        return
    examples = _sentences(path, "examples", data.get("examples"), faults)
    if len(examples) < FEWEST:
        faults.append(f"{path}: {len(examples)} examples of {name}; give at least {FEWEST}, better 40")
    counter = _sentences(path, "not", data.get("not", []), faults)
    faults += [
        f"{path}: {_short(s)} stands under examples and under not; take one out" for s in {*examples} & {*counter}
    ]
    yield OwnType(name, str(data.get("description") or ""), examples, counter)


def _sentences(path: Path, key: str, given: Any, faults: list[str]) -> tuple[str, ...]:
    if not isinstance(given, list):
        faults.append(f"{path}: {key} is no list; put each sentence on a line of its own after `- `")
        return ()
    kept: dict[str, int] = {}
    for n, sentence in enumerate(given, 1):
        if not isinstance(sentence, str) or len(sentence.split()) < 2:
            faults.append(f"{path}: {key}, entry {n}: {sentence!r} is no sentence; quote it, or take it out")
            continue
        plain = " ".join(sentence.split())
        if plain in kept:
            faults.append(f"{path}: {key}, entries {kept[plain]} and {n} are the same sentence; take one out")
        kept.setdefault(plain, n)
    return tuple(kept)


def _across(book: OwnCodebook) -> Iterator[str]:
    """Faults between files: two types of one name, background that is an example, near-duplicates within a type."""
    names = [type_.name for type_ in book.types]
    yield from (
        f"{book.folder}: two files name the type {n}; rename one" for n in {n for n in names if names.count(n) > 1}
    )
    for type_ in book.types:
        for sentence in {*type_.examples} & {*book.background}:
            yield f"{book.folder / BACKGROUND}: {_short(sentence)} is an example of {type_.name}; take one out"
        runs = [(sentence, _runs(sentence)) for sentence in type_.examples]
        for n, (sentence, own) in enumerate(runs):
            twin = next((s for s, other in runs[:n] if len(own & other) >= ALIKE * len(own | other)), None)
            if twin is not None:
                yield f"{book.folder}: {type_.name}: {_short(sentence)} is nearly {_short(twin)}; take one out"


def _runs(sentence: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", sentence.lower())
    return frozenset(tuple(words[n : n + 3]) for n in range(max(1, len(words) - 2)))


def _short(sentence: str) -> str:
    return f"“{sentence[:50]}…”" if len(sentence) > 51 else f"“{sentence}”"
