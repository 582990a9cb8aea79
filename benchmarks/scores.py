"""Score dateline on the development data and compare with the floors in ``floors.json``.

    python benchmarks/scores.py                     # every task; compares with the floors, changes nothing
    python benchmarks/scores.py --slice             # the first articles of each file; what CI runs
    python benchmarks/scores.py --write             # also writes docs/scores.md and raises the floors
    python benchmarks/scores.py --write --lower     # also lowers floors; say why in CHANGELOG.md

The scorer and the data live beside the repository (``--shared``). Where they are not, this says so and stops with 0:
there is nothing to compare. Speed is reported, never a floor: it depends on the machine.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.json"
# Files of relations that the shipped weights were trained on: their figures are marked.
TRAINED_ON = frozenset({"plv.jsonl"})
SCORES_PAGE = HERE.parent / "docs" / "scores.md"

# Articles of each file in the slice that CI runs: a few minutes on two cores.
SLICE = 15
# A score may fall by this much before it counts as fallen: rounding, and library updates within their pins.
TOLERANCE = 0.005

# task → (label, path into the scorer's answer, target of the design, anchor)
MEASURES: dict[str, list[tuple[str, str, float | None]]] = {
    "relation": [("root macro-F1", "root_macro_f1", 0.90), ("penta macro-F1", "penta_macro_f1", 0.97)],
    "entities": [("core relaxed F1", "core_relaxed.f1", 0.82), ("core strict F1", "core_strict.f1", 0.70)],
    "claims": [("recall", "all.r", 0.60), ("F1", "all.f1", 0.50)],
    "statements": [
        ("attribution F1", "attribution.f1", 0.80),
        ("exact source F1", "exact.source.f1", 0.83),
        ("exact cue F1", "exact.cue.f1", 0.75),
        ("exact content F1", "exact.content.f1", 0.73),
    ],
    "places": [
        ("found F1", "found.f1", 0.90),
        ("within 161 km, end to end, F1", "end_to_end_161km.f1", 0.85),
        ("resolved within 161 km", "resolved_161km", 0.96),
    ],
    "dates": [("relaxed F1", "relaxed.f1", 0.95), ("strict F1", "strict.f1", 0.90), ("value F1", "value.f1", 0.85)],
    "speed": [("time as a multiple of plain spaCy's", "times_spacy", 1.0), ("words per second", "words_per_s", None)],
}


def run_scorer(shared: Path, limit: int | None, tasks: list[str]) -> list[dict[str, Any]]:
    """The scorer's answers, one per task and file."""
    answers = []
    for task in tasks:
        command = [sys.executable, str(shared / "score" / "score.py"), task, "--json"]
        command += ["--limit", str(limit * 10 if task == "relation" else limit)] if limit else []
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        answers += lines
        for line in lines:
            print(f"{task} on {line['gold']}: " + ", ".join(f"{k} {v}" for k, v in measures(line).items()), flush=True)
    return answers


def measures(answer: dict[str, Any]) -> dict[str, float]:
    """Label → value of the measures watched for this task."""
    out = {}
    for label, path, _ in MEASURES[answer["task"]]:
        value: Any = answer
        for key in path.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, int | float):
            out[label] = float(value)
    return out


def data_hashes(shared: Path, answers: list[dict[str, Any]]) -> dict[str, str]:
    """SHA-256 of every data file scored."""
    names = sorted({answer["gold"] for answer in answers})
    return {name: hashlib.sha256((shared / "gold" / name).read_bytes()).hexdigest() for name in names}


def floors_of(answers: list[dict[str, Any]]) -> dict[str, float]:
    """Key → value of everything that may become a floor."""
    return {
        f"{answer['task']} / {answer['gold']} / {label}": value
        for answer in answers
        if answer["task"] != "speed"
        for label, value in measures(answer).items()
    }


def fallen(floors: dict[str, float], now: dict[str, float]) -> list[str]:
    """One line per score below its floor."""
    return [
        f"{key}: {now[key]:.4f}, the floor is {floor:.4f}"
        for key, floor in floors.items()
        if key in now and now[key] < floor - TOLERANCE
    ]


def write_floors(part: str, hashes: dict[str, str], now: dict[str, float], *, lower: bool) -> None:
    """Raise the floors to the present scores; lower them too if asked."""
    known = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    before = known.get(part, {}).get("floors", {})
    kept = {key: value if lower else max(value, before.get(key, value)) for key, value in now.items()}
    known[part] = {"data": hashes, "floors": kept}
    FLOORS.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def write_page(answers: list[dict[str, Any]]) -> None:
    """Put the table between the marks of docs/scores.md."""
    rows = ["| task | data | measure | score | target |", "|---|---|---|---|---|"]
    for answer in answers:
        values = measures(answer)
        for label, _, target in MEASURES[answer["task"]]:
            if label in values:
                shown = f"{values[label]:.0f}" if values[label] > 50 else f"{values[label]:.3f}"
                mark = " †" if answer["gold"] in TRAINED_ON and answer["task"] == "relation" else ""
                data = f"`{answer['gold']}` (n={answer['n']})"
                rows.append(f"| {answer['task']} | {data} | {label} | {shown}{mark} | {target or ''} |")
    put_between(SCORES_PAGE, "scores", rows)


def put_between(page: Path, mark: str, rows: list[str]) -> None:
    """Put lines between the marks ``<!-- mark: begin -->`` and ``<!-- mark: end -->`` of a page."""
    begin, end = f"<!-- {mark}: begin -->", f"<!-- {mark}: end -->"
    head, found, rest = page.read_text(encoding="utf-8").partition(begin)
    if not found or end not in rest:
        raise SystemExit(f"{page}: has no marks {begin} … {end}; put them where the table goes")
    page.write_text(f"{head}{begin}\n" + "\n".join(rows) + f"\n{end}{rest.partition(end)[2]}", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--slice", action="store_true", help="the first articles only")
    parser.add_argument("--write", action="store_true", help="write docs/scores.md and raise the floors")
    parser.add_argument("--lower", action="store_true", help="with --write: lower floors too")
    parser.add_argument("--tasks", nargs="*", default=list(MEASURES), choices=list(MEASURES))
    chosen = parser.parse_args()
    if not (chosen.shared / "score" / "score.py").exists():
        print(f"scores: no development data at {chosen.shared}; nothing was scored")
        return 0
    part = "slice" if chosen.slice else "full"
    tasks = [task for task in chosen.tasks if not (chosen.slice and task == "speed")]
    answers = run_scorer(chosen.shared, SLICE if chosen.slice else None, tasks)
    hashes, now = data_hashes(chosen.shared, answers), floors_of(answers)
    if chosen.write:
        write_floors(part, hashes, now, lower=chosen.lower)
        if not chosen.slice:
            write_page(answers)
        return 0
    return compare(part, hashes, now)


def compare(part: str, hashes: dict[str, str], now: dict[str, float]) -> int:
    """Exit code 1 if a score fell below its floor or the data are not those the floors were taken on."""
    known = json.loads(FLOORS.read_text(encoding="utf-8")).get(part, {}) if FLOORS.exists() else {}
    changed = [name for name, digest in hashes.items() if known.get("data", {}).get(name, digest) != digest]
    if changed:
        print(f"scores: {', '.join(changed)} changed since the floors were taken; take them anew with --write --lower")
        return 1
    faults = fallen(known.get("floors", {}), now)
    for fault in faults:
        print(f"scores: {fault}")
    print(f"scores: {len(now)} scores, {len(faults)} below their floor")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
