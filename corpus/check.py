"""Refuses faults in the corpus: broken markup, unknown codes, stubs and near-duplicates. ``python -m corpus.check [FILE…]``"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.markup import SENTENCES, Sentence, read_file
from dateline.codebook import load_codebook
from dateline.errors import CodebookError

# Two sentences are near-duplicates if they share this part of the word triples of the shorter; names count like other words.
ALIKE = 0.5
FEWEST_WORDS = 4


def faults(paths: Iterable[Path]) -> Iterator[str]:
    """One line per fault of these files, the first of each file's markup only."""
    sentences: list[Sentence] = []
    for path in paths:
        try:
            sentences += read_file(path)
        except CodebookError as error:
            yield str(error)
    for sentence in sentences:
        if len(sentence.text.split()) < FEWEST_WORDS:
            yield f"{sentence.origin}: fewer than {FEWEST_WORDS} words"
    yield from near_duplicates(sentences)


def near_duplicates(sentences: Iterable[Sentence]) -> Iterator[str]:
    """Pairs of sentences that share most of their word triples."""
    seen: dict[tuple[str, ...], list[int]] = {}
    kept: list[tuple[Sentence, int]] = []
    for sentence in sentences:
        triples = _triples(sentence.text)
        shared = Counter(index for triple in triples for index in seen.get(triple, ()))
        for index, count in shared.items():
            other, size = kept[index]
            if count >= ALIKE * min(size, len(triples)):
                yield f"{sentence.origin}: too like {other.origin}: {other.text[:60]!r}"
        for triple in triples:
            seen.setdefault(triple, []).append(len(kept))
        kept.append((sentence, len(triples)))


def _triples(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(words, words[1:], words[2:], strict=False)) or {tuple(words)}


def counts(sentences: Iterable[Sentence]) -> str:
    """How many sentences there are of each type, status and voice, and which modes are missing."""
    sentences = list(sentences)
    events = [event for sentence in sentences for event in sentence.events]
    lines = [
        f"{len(sentences)} sentences, {len(events)} events, {sum(not s.events for s in sentences)} without an event"
    ]
    for name, values in (
        ("type", Counter(event.type for event in events)),
        ("status", Counter(event.status for event in events)),
        ("voice", Counter(event.voice for event in events)),
        ("region", Counter(sentence.region or "?" for sentence in sentences)),
    ):
        lines.append(f"{name}: " + ", ".join(f"{value} {count}" for value, count in values.most_common()))
    modes = Counter(f"{event.type}-{mode}" for event in events for mode in event.modes)
    lines.append("modes: " + ", ".join(f"{mode} {count}" for mode, count in modes.most_common()))
    known = {f"{type_}-{mode.name}" for type_, event in load_codebook().events.items() for mode in event.modes}
    lines.append("modes missing: " + (", ".join(sorted(known - set(modes))) or "none"))
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Print faults, or counts where there are none."""
    paths = [Path(argument) for argument in arguments] or sorted(SENTENCES.glob("*.txt"))
    if not paths:
        print(f"corpus: no sentences in {SENTENCES.name}/ yet; nothing to check")
        return 0
    found = list(faults(paths))
    if found:
        print(*found, f"corpus: {len(found)} faults", sep="\n")
        return 1
    print(counts(sentence for path in paths for sentence in read_file(path)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
