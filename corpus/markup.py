"""Reads the corpus's inline markup (``GUIDE.md``) into sentences with spans, events and statements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from dateline.codebook import Codebook, load_codebook
from dateline.errors import CodebookError
from dateline.records import ActorKind, EventStatus

ACTOR_KINDS = frozenset(get_args(ActorKind))
OTHER_KINDS = frozenset({"place", "date", "trigger", "cue", "content", "figure", "weapon", "other"})
STATUSES = frozenset(get_args(EventStatus))
VOICES = frozenset({"active", "passive", "nominal", "headline", "speech"})
LOOK_ALIKES = frozenset(
    {"fiction", "sport", "business", "idiom", "weather", "history", "routine", "description", "opinion"}
)
SENTENCES = Path(__file__).parent / "sentences"

_LABEL = re.compile(r"(?P<kind>[a-z_]+?)(?P<number>\d+)")
_NOTE = re.compile(r"\s+(?P<label>[a-z_]+\d*):\s*(?P<rest>.*)")
_EVENT_KEYS = frozenset({"actor", "recipient", "place", "date", "contexts", "act"})
_STATEMENT_KEYS = frozenset({"speaker", "content"})


@dataclass(frozen=True, slots=True)
class Marked:
    """A span ``[begin, end)`` of its sentence's text, with its label ("military1") and kind ("military")."""

    label: str
    kind: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class MarkedEvent:
    """An event; parties, place and dates are labels of spans of the same sentence."""

    trigger: str
    type: str
    modes: tuple[str, ...]
    status: str
    voice: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: tuple[str, ...]
    date: tuple[str, ...]
    contexts: tuple[str, ...]
    act: str | None


@dataclass(frozen=True, slots=True)
class MarkedStatement:
    """A statement; parts are labels. No speaker: the sentence names nobody."""

    cue: str
    speaker: tuple[str, ...]
    content: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without its markup. ``look_alike`` says why it holds no event, None where nobody said."""

    text: str
    spans: tuple[Marked, ...]
    events: tuple[MarkedEvent, ...]
    statements: tuple[MarkedStatement, ...]
    look_alike: str | None
    region: str | None
    origin: str  # file and line

    def span(self, label: str) -> Marked:
        """The span of a label; KeyError if there is none."""
        for span in self.spans:
            if span.label == label:
                return span
        raise KeyError(label)


def read_corpus(folder: Path = SENTENCES) -> Iterator[Sentence]:
    """All sentences of a folder's files, in order; CodebookError names file and line of the first fault."""
    for path in sorted(folder.glob("*.txt")):
        yield from read_file(path)


def read_file(path: Path) -> Iterator[Sentence]:
    """The sentences of one file."""
    codebook = load_codebook()
    region = None
    for number, lines in _blocks(path.read_text(encoding="utf-8")):
        origin = f"{path.name}:{number}"
        if lines[0].startswith("#"):
            told = re.fullmatch(r"#\s*region:\s*(.+?)\s*", lines[0])
            region = told[1] if told else region
            continue
        yield read_sentence(lines[0], lines[1:], codebook=codebook, region=region, origin=origin)


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines with the number of their first: a comment, or a sentence with its notes."""
    block: list[str] = []
    start = 0
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if block and (not line.strip() or not line.startswith((" ", "\t"))):
            yield start, block
            block = []
        if line.strip():
            start = start if block else number
            block.append(line.rstrip())


def read_sentence(
    line: str, notes: list[str], *, codebook: Codebook, region: str | None = None, origin: str = "?"
) -> Sentence:
    """One sentence from its line and its notes; CodebookError says what is wrong and where."""
    text, spans = _unmark(line, origin)
    labels = {span.label for span in spans}
    events: list[MarkedEvent] = []
    statements: list[MarkedStatement] = []
    look_alike = None
    for note in notes:
        found = _NOTE.fullmatch(note)
        if not found:
            raise CodebookError(f"{origin}: a note reads '  label: …', this one {note.strip()[:60]!r}")
        label, words = found["label"], found["rest"].split()
        if label == "none":
            look_alike = _one_of(" ".join(words), LOOK_ALIKES, origin)
        elif label not in labels:
            raise CodebookError(f"{origin}: a note on {label}, which the sentence does not mark")
        elif label.startswith("trigger"):
            events.append(_event(label, words, labels, codebook, origin))
        elif label.startswith("cue"):
            statements.append(_statement(label, words, labels, origin))
        else:
            raise CodebookError(f"{origin}: notes are on triggers and cues, this one on {label}")
    noted = {event.trigger for event in events} | {statement.cue for statement in statements}
    bare = sorted(span.label for span in spans if span.kind in {"trigger", "cue"} and span.label not in noted)
    if bare:
        raise CodebookError(f"{origin}: no note on {', '.join(bare)}")
    if not events and look_alike is None:
        raise CodebookError(f"{origin}: no event; say why with '  none: …' ({', '.join(sorted(LOOK_ALIKES))})")
    if events and look_alike:
        raise CodebookError(f"{origin}: 'none' and an event in one sentence")
    return Sentence(text, spans, tuple(events), tuple(statements), look_alike, region, origin)


def _unmark(line: str, origin: str) -> tuple[str, tuple[Marked, ...]]:
    out: list[str] = []
    opened: list[int] = []
    spans: list[Marked] = []
    at = length = 0
    while at < len(line):
        if line[at] == "{":
            opened.append(length)
        elif line[at] == "|" and opened:
            close = line.find("}", at)
            label = line[at + 1 : close] if close > 0 else ""
            spans.append(_marked(label, opened.pop(), length, "".join(out), origin))
            at = close
        elif line[at] == "}" or line[at] == "|":
            raise CodebookError(f"{origin}: {line[at]!r} without its '{{' at {line[max(0, at - 20) : at + 1]!r}")
        else:
            out.append(line[at])
            length += 1
        at += 1
    if opened:
        raise CodebookError(f"{origin}: a '{{' is never closed")
    labels = [span.label for span in spans]
    twice = {label for label in labels if labels.count(label) > 1}
    if twice:
        raise CodebookError(f"{origin}: {', '.join(sorted(twice))} marked twice; number spans apart")
    return "".join(out), tuple(sorted(spans, key=lambda span: (span.begin, -span.end)))


def _marked(label: str, begin: int, end: int, text: str, origin: str) -> Marked:
    found = _LABEL.fullmatch(label)
    if not found or found["kind"] not in ACTOR_KINDS | OTHER_KINDS:
        known = ", ".join(sorted(ACTOR_KINDS | OTHER_KINDS))
        raise CodebookError(f"{origin}: a label is a kind and a number, not {label!r}; kinds: {known}")
    words = text[begin:end]
    if not words or words != words.strip():
        raise CodebookError(f"{origin}: {label} is empty or has a space at its edge: {words!r}")
    return Marked(label, found["kind"], begin, end)


def _one_of(value: str, allowed: frozenset[str], origin: str) -> str:
    if value not in allowed:
        raise CodebookError(f"{origin}: {value!r} is none of {', '.join(sorted(allowed))}")
    return value


def _keys(words: list[str], allowed: frozenset[str], origin: str) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for word in words:
        key, mark, value = word.partition("=")
        if not mark or not value:
            raise CodebookError(f"{origin}: {word!r} is no key=value")
        out[_one_of(key, allowed, origin)] = tuple(value.split(","))
    return out


def _held(keys: dict[str, tuple[str, ...]], names: tuple[str, ...], labels: set[str], origin: str) -> None:
    for name in names:
        for label in keys.get(name, ()):
            if label not in labels:
                raise CodebookError(f"{origin}: {name}={label} is not marked in the sentence")


def _event(label: str, words: list[str], labels: set[str], codebook: Codebook, origin: str) -> MarkedEvent:
    if len(words) < 3:
        raise CodebookError(f"{origin}: {label} needs TYPE, status and voice")
    code, status, voice, *rest = words
    type_, _, modes = code.partition("-")
    keys = _keys(rest, _EVENT_KEYS, origin)
    _held(keys, ("actor", "recipient", "place", "date"), labels, origin)
    told = tuple(modes.split("+")) if modes else ()
    _check_codes(codebook, type_, told, keys, origin)
    return MarkedEvent(
        trigger=label,
        type=type_,
        modes=told,
        status=_one_of(status, STATUSES, origin),
        voice=_one_of(voice, VOICES, origin),
        actors=keys.get("actor", ()),
        recipients=keys.get("recipient", ()),
        place=keys.get("place", ()),
        date=keys.get("date", ()),
        contexts=keys.get("contexts", ()),
        act=keys["act"][0] if "act" in keys else None,
    )


def _check_codes(
    codebook: Codebook, type_: str, modes: tuple[str, ...], keys: dict[str, tuple[str, ...]], origin: str
) -> None:
    _one_of(type_, frozenset(codebook.events), origin)
    allowed = frozenset(mode.name for mode in codebook.events[type_].modes)
    for mode in modes:
        _one_of(mode, allowed, origin)
    for context in keys.get("contexts", ()):
        _one_of(context, frozenset(codebook.contexts), origin)
    for act in keys.get("act", ()):
        _one_of(act, frozenset(codebook.events), origin)


def _statement(label: str, words: list[str], labels: set[str], origin: str) -> MarkedStatement:
    keys = _keys(words, _STATEMENT_KEYS, origin)
    _held(keys, ("speaker", "content"), labels, origin)
    return MarkedStatement(label, keys.get("speaker", ()), keys.get("content", ()))
