"""What each trained part is worth: the scores with it, and with what would stand in its place without training.

    python benchmarks/ablations.py             # prints the table; ten minutes
    python benchmarks/ablations.py --write     # also writes it into docs/scores.md

Left out in turn: the tagger of names (spaCy's own recogniser in its place, which reads every text a second time; and none at all), the
judgement whether a name is a place's (what the tagger calls a place, and every country), and the judgement which place it is (the
most populous of the name).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import spacy
from scores import SCORES_PAGE, put_between
from spacy.language import Language

from dateline import Coder
from dateline.language import load_parser, pipeline_package
from dateline.where.match import Weights, called_place, is_country, load_weights
from dateline.where.rank import Ranker, load_ranker

HERE = Path(__file__).resolve().parent

# task → (label, path into the scorer's answer)
SHOWN = {
    "entities": [("core relaxed", "core_relaxed.f1"), ("core strict", "core_strict.f1")],
    "places": [("places found", "found.f1"), ("end to end", "end_to_end_161km.f1"), ("resolved", "resolved_161km")],
    "speed": [("times spaCy", "times_spacy")],
}


def with_spacys_recogniser() -> Coder:
    """spaCy's recogniser in place of the tagger."""

    def load() -> Language:
        nlp = load_parser()
        nlp.remove_pipe("dateline_entities")
        nlp.add_pipe("ner", source=spacy.load(pipeline_package()))
        return nlp

    with patch("dateline.coder.load_parser", load):
        return Coder()


def without_recogniser() -> Coder:
    """No names but those of the registry and the gazetteer."""

    def load() -> Language:
        nlp = load_parser()
        nlp.remove_pipe("dateline_entities")
        return nlp

    with patch("dateline.coder.load_parser", load):
        return Coder()


def without_is_place() -> Coder:
    """A listed name is a place's if the tagger calls it one or a country bears it."""
    shipped = load_weights()
    weights = Weights(-1.0, ((called_place, 2.0), (is_country, 2.0)), shipped.accept)
    with patch("dateline.where.room.load_weights", lambda: weights):
        return Coder()


def without_ranker() -> Coder:
    """A name means its most populous bearer."""
    names = [feature.__name__ for feature, _ in load_ranker().features]
    ranker = Ranker({name: float(name == "size") for name in names})
    with patch("dateline.where.room.load_ranker", lambda: ranker):
        return Coder()


WAYS: dict[str, Callable[[], Coder]] = {
    "as it ships": Coder,
    "spaCy's recogniser for the tagger": with_spacys_recogniser,
    "no recogniser": without_recogniser,
    "is it a place: by label": without_is_place,
    "which place: the most populous": without_ranker,
}


def scored(way: str, shared: Path) -> list[str]:
    """The row of one way."""
    answers: dict[str, Any] = {}
    for task, gold in (("entities", "re3d.jsonl"), ("places", "geo_trnews.jsonl"), ("speed", "news_200.jsonl")):
        factory = next(name for name, function in globals().items() if function is WAYS[way] and callable(function))
        command = [
            sys.executable,
            str(shared / "score" / "score.py"),
            task,
            "--json",
            "--gold",
            str(shared / "gold" / gold),
        ]
        done = subprocess.run(
            [*command, "--system", f"ablations:{factory}"],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONPATH": str(HERE)},
        )
        answers[task] = json.loads(done.stdout.splitlines()[-1])
    cells = []
    for task, shown in SHOWN.items():
        for _, path in shown:
            value = answers[task]
            for key in path.split("."):
                value = value[key]
            cells.append(f"{value:.3f}")
    return cells


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--write", action="store_true", help="write docs/scores.md")
    chosen = parser.parse_args()
    labels = [label for shown in SHOWN.values() for label, _ in shown]
    rows = [f"| | {' | '.join(labels)} |", "|---" * (len(labels) + 1) + "|"]
    for way in WAYS:
        rows.append(f"| {way} | {' | '.join(scored(way, chosen.shared))} |")
        print(rows[-1], flush=True)
    if chosen.write:
        put_between(SCORES_PAGE, "ablations", rows)


if __name__ == "__main__":
    main()
