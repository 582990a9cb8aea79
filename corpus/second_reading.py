"""A second reading of the corpus: sentences drawn for a reader who has not seen their annotation, and how far the two agree.

    python -m corpus.second_reading draw            # numbered sentences without annotation
    python -m corpus.second_reading compare         # second_reading.txt against the corpus

A line of ``second_reading.txt`` is ``NUMBER: word=CODE status, word=CODE status`` (``none`` where there is no event); ``word`` is any word
of the trigger. Read are events with type, mode and status, not participants.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.markup import MarkedEvent, Sentence, read_file

HERE = Path(__file__).resolve().parent
READING = HERE / "second_reading.txt"
# The files whose writers did not take part in the second reading.
FILES = (
    "agree_consult_support_concede.txt", "assault.txt", "coerce_mobilize_retreat.txt", "headlines_statements_background.txt",
    "request_reject_threaten.txt",
)  # fmt: skip
SAMPLE, SEED = 300, 4


@dataclass(frozen=True)
class Read:
    """One event as the second reader has it."""

    word: str
    type: str
    mode: str | None
    status: str


def drawn() -> list[Sentence]:
    """The sentences of the sample."""
    sentences = [s for name in FILES for s in read_file(HERE / "sentences" / name)]
    return random.Random(SEED).sample(sentences, SAMPLE)


def read_second(path: Path) -> dict[int, list[Read]]:
    """The second reading by number."""
    out: dict[int, list[Read]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        number, _, rest = line.partition(":")
        if not number.strip().isdigit():
            continue
        events = []
        for part in () if rest.strip() == "none" else rest.split(","):
            found = re.fullmatch(r"\s*(\S+)=([A-Z]+)(?:-([a-z-]+))?(?: ([a-z]+))?\s*", part)
            if found is None:
                raise SystemExit(f"{path}: {line!r}: write word=CODE status, or none")
            events.append(Read(found[1], found[2], found[3], found[4] or "occurred"))
        out[int(number)] = events
    return out


def pairs(sentence: Sentence, reading: Sequence[Read]) -> Iterator[tuple[MarkedEvent | None, Read | None]]:
    """First and second reader's events, matched by the word; what one has alone stands beside None."""
    left = list(reading)
    for event in sentence.events:
        span = sentence.span(event.trigger)
        words = re.findall(r"[\w'-]+", sentence.text[span.begin : span.end].lower())
        twin = next((r for r in left if r.word.lower() in words), None)
        if twin is not None:
            left.remove(twin)
        yield event, twin
    yield from ((None, other) for other in left)


def compare(reading: dict[int, list[Read]]) -> Iterator[str]:
    """The agreement in lines."""
    sample = drawn()
    both: list[tuple[MarkedEvent, Read]] = []
    first = second = 0
    some = Counter[tuple[bool, bool]]()
    for number, sentence in enumerate(sample, 1):
        if number not in reading:
            continue
        some[bool(sentence.events), bool(reading[number])] += 1
        for one, other in pairs(sentence, reading[number]):
            first, second = first + (one is not None), second + (other is not None)
            if one is not None and other is not None:
                both.append((one, other))
    yield f"{len(reading)} sentences; events: {first} and {second}, {len(both)} at the same word"
    yield f"any event in the sentence: {_share(some[True, True] + some[False, False], sum(some.values()))} of sentences"
    yield f"triggers: F1 {2 * len(both) / max(1, first + second):.3f}"
    typed = [(a.type, b.type) for a, b in both]
    yield f"type at the same word: {_share(sum(a == b for a, b in typed), len(typed))}, kappa {_kappa(typed):.3f}"
    alike = [(a, b) for a, b in both if a.type == b.type]
    yield f"triggers with type: F1 {2 * len(alike) / max(1, first + second):.3f}"
    yield f"mode at the same type: {_share(sum((b.mode in a.modes) or (not a.modes and b.mode is None) for a, b in alike), len(alike))}"
    status = [(a.status, b.status) for a, b in alike]
    yield f"status at the same type: {_share(sum(a == b for a, b in status), len(status))}, kappa {_kappa(status):.3f}"
    wrong = Counter(f"{a} / {b}" for a, b in typed if a != b)
    yield "commonest differences: " + ", ".join(f"{name} {n}" for name, n in wrong.most_common(8))


def _share(part: int, whole: int) -> str:
    return f"{part / max(1, whole):.3f}"


def _kappa(answers: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa."""
    total = max(1, len(answers))
    seen = sum(a == b for a, b in answers) / total
    one, other = Counter(a for a, _ in answers), Counter(b for _, b in answers)
    chance = sum(one[name] * other[name] for name in one) / total**2
    return (seen - chance) / (1 - chance) if chance < 1 else 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=["draw", "compare"])
    if parser.parse_args().task == "draw":
        for number, sentence in enumerate(drawn(), 1):
            print(f"{number}: {sentence.text}")
    else:
        print("\n".join(compare(read_second(READING))))


if __name__ == "__main__":
    main()
