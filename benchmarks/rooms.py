"""Time of each room as a multiple of plain spaCy's on the same texts, in one process.

    python benchmarks/rooms.py             # prints the table
    python benchmarks/rooms.py --write     # also writes it into docs/scores.md

Plain spaCy is its small English pipeline, whole. Each room is timed on every article of ``news_200.jsonl`` in the order in which the
coder runs them; the median of three rounds counts.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

import spacy
from scores import SCORES_PAGE, put_between

from dateline import Coder
from dateline.language import parseable, pipeline_package
from dateline.records import Article
from dateline.rooms import Draft

HERE = Path(__file__).resolve().parent
ROUNDS = 3
BATCH = 32
# Rooms whose times the design bounds together, and the bound.
TOGETHER, BOUND = ("who", "where", "when"), 0.35


def times(texts: list[str], coder: Coder, plain: spacy.language.Language) -> dict[str, float]:
    """Seconds of plain spaCy ("spaCy"), of the coder's own parse ("parse") and of each room."""
    spent: defaultdict[str, float] = defaultdict(float)
    for start in range(0, len(texts), BATCH):
        part = texts[start : start + BATCH]
        begun = time.perf_counter()
        for _ in plain.pipe(part, batch_size=BATCH):
            pass
        spent["spaCy"] += time.perf_counter() - begun
        begun = time.perf_counter()
        docs = list(coder.parser.pipe([parseable(text) for text in part], batch_size=BATCH))
        spent["parse"] += time.perf_counter() - begun
        for text, doc in zip(part, docs, strict=True):
            draft = Draft(Article.make(text), doc)
            for room in coder.rooms:
                begun = time.perf_counter()
                draft = room.run(draft)
                spent[room.name] += time.perf_counter() - begun
    return dict(spent)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--write", action="store_true", help="write docs/scores.md")
    chosen = parser.parse_args()
    lines = (chosen.shared / "gold" / "news_200.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    coder, plain = Coder(), spacy.load(pipeline_package())
    times(texts[:BATCH], coder, plain)
    rounds = [times(texts, coder, plain) for _ in range(ROUNDS)]
    ratio = {name: median(spent[name] / spent["spaCy"] for spent in rounds) for name in rounds[0] if name != "spaCy"}
    rows = [
        "| part | times plain spaCy |",
        "|---|---|",
        *(f"| {name} | {share:.3f} |" for name, share in ratio.items()),
    ]
    together = sum(ratio[name] for name in TOGETHER)
    rows += [
        f"| {', '.join(TOGETHER)} together (bound {BOUND}) | {together:.3f} |",
        f"| all | {sum(ratio.values()):.3f} |",
    ]
    print(*rows, sep="\n")
    if chosen.write:
        put_between(SCORES_PAGE, "rooms", rows)


if __name__ == "__main__":
    main()
