"""An evaluation as lines of text, as JSON, and its disagreements as a CSV file."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from dateline.describe import flat, parties, place_name
from dateline.errors import InputError
from dateline.evaluation.evaluate import Evaluation, LeftOut, Score
from dateline.evaluation.matching import KINDS, Disagreement
from dateline.evaluation.measures import CONFIDENCE, RESAMPLES, SEED, Estimate
from dateline.evaluation.table import DETAILS, Row
from dateline.records import Coded, Event, EventDate

UNDEFINED = "–"
_GAP = "  "
# Columns of whole numbers, set to the right.
_COUNTS = frozenset({"hand", "coded", "given", "agreed"})

COLUMNS = (
    "kind", "coder", "article", "sentence", "line",
    *(f"hand_{name}" for name in ("type", *DETAILS, "sentence")),
    *(f"dateline_{name}" for name in ("event", "trigger", "type", *DETAILS)),
)  # fmt: skip


def evaluation_lines(evaluation: Evaluation) -> Iterator[str]:
    """What was compared, the scores by type, the agreement by type, the details, and what was left out."""
    yield from _opening(evaluation)
    scores = [*evaluation.types, evaluation.all]
    yield ""
    head = ["type", "hand", "coded", "precision", "recall", "F1"]
    yield from _table(head, [_score_cells(score) for score in scores])
    yield ""
    head = ["Krippendorff's alpha", "with dateline", *(["humans alone"] if evaluation.all.alpha_humans else [])]
    yield from _table(head, [_alpha_cells(score) for score in scores])
    if evaluation.details:
        yield ""
        rows = [[one.name, str(one.compared), str(one.agreed), _shown(one.share)] for one in evaluation.details]
        yield from _table(["matched events", "given", "agreed", "share"], rows)
    yield ""
    yield "disagreements: " + ", ".join(f"{evaluation.kinds.get(kind, 0)} {kind}" for kind in KINDS)
    yield from _left_out_lines(evaluation.left_out)


def evaluation_json(evaluation: Evaluation) -> str:
    """All numbers of an evaluation; what is undefined or unknown is null."""
    out = {
        "articles": evaluation.articles,
        "units": evaluation.units,
        "unit": "sentence" if evaluation.by_sentence else "article",
        "coders": list(evaluation.coders),
        "confidence": CONFIDENCE / 100,
        "resamples": RESAMPLES,
        "seed": SEED,
        "types": [_score_json(score) for score in evaluation.types],
        "all": _score_json(evaluation.all),
        "details": [
            {"name": one.name, "compared": one.compared, "agreed": one.agreed, "share": _estimate_json(one.share)}
            for one in evaluation.details
        ],
        "disagreements": {kind: evaluation.kinds.get(kind, 0) for kind in KINDS},
        "left_out": {field.name: getattr(evaluation.left_out, field.name) for field in fields(LeftOut)},
    }
    return json.dumps(out, indent=2, ensure_ascii=False)


def write_disagreements(path: Path, evaluation: Evaluation, *, inputs: Sequence[Path] = ()) -> None:
    """A CSV file (UTF-8) of the disagreements, hand-coded and dateline's columns side by side.

    Raises:
        InputError: the file cannot be written, or is one of ``inputs``.
    """
    if any(path.resolve() == other.resolve() for other in inputs):
        raise InputError(f"--out: {path} is what is evaluated; name another file")
    try:
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, COLUMNS, restval="")
            writer.writeheader()
            writer.writerows(_disagreement_row(evaluation, one) for one in evaluation.disagreements)
    except OSError as error:
        raise InputError(f"--out: {path} cannot be written ({error.strerror or error}); name another file") from error


def _opening(evaluation: Evaluation) -> Iterator[str]:
    units = [_counted(evaluation.articles, "article")]
    units += [_counted(evaluation.units, "sentence")] if evaluation.by_sentence else []
    coders = f"{_counted(len(evaluation.coders), 'human coder')}: {', '.join(evaluation.coders)}"
    yield ", ".join([*units, coders if evaluation.coders else "human coder not named"])
    yield f"in brackets: {CONFIDENCE}% of {RESAMPLES:,} bootstrap samples of the articles; {UNDEFINED}: undefined"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _score_cells(score: Score) -> list[str]:
    counts = [str(score.hand_coded), str(score.coded)]
    return [_type(score), *counts, *map(_shown, (score.precision, score.recall, score.f1))]


def _alpha_cells(score: Score) -> list[str]:
    return [_type(score), _shown(score.alpha), *([_shown(score.alpha_humans)] if score.alpha_humans else [])]


def _type(score: Score) -> str:
    return score.type or "all types"


def _shown(estimate: Estimate) -> str:
    """ "0.67 [0.41, 0.88]"; without the brackets where there is no interval."""
    if estimate.value is None:
        return UNDEFINED
    if estimate.low is None or estimate.high is None:
        return _number(estimate.value)
    return f"{_number(estimate.value)} [{_number(estimate.low)}, {_number(estimate.high)}]"


def _number(value: float) -> str:
    return f"{round(value, 2) + 0.0:.2f}"  # adding nothing turns a minus nought into nought


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns as wide as their widest cell; counts to the right, the rest to the left."""
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    for row in [head, *rows]:
        cells = [
            cell.rjust(width) if head[column] in _COUNTS else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield _GAP.join(cells).rstrip()


def _left_out_lines(left_out: LeftOut) -> Iterator[str]:
    said = [
        (left_out.articles, "article", "coded but not in the table"),
        (
            left_out.not_real,
            "event",
            "of dateline's that did not happen (planned, denied …), since the table has no status",
        ),
        (left_out.unread, "event", "of dateline's in sentences that no row of the table covers"),
    ]
    yield from (f"not compared: {_counted(number, what)} {why}" for number, what, why in said if number)


def _score_json(score: Score) -> dict[str, Any]:
    return {
        "type": score.type,
        "hand_coded": score.hand_coded,
        "coded": score.coded,
        "matched": score.matched,
        "precision": _estimate_json(score.precision),
        "recall": _estimate_json(score.recall),
        "f1": _estimate_json(score.f1),
        "alpha": _estimate_json(score.alpha),
        "alpha_humans": _estimate_json(score.alpha_humans) if score.alpha_humans else None,
    }


def _estimate_json(estimate: Estimate) -> dict[str, float | None]:
    return {"value": estimate.value, "low": estimate.low, "high": estimate.high}


def _disagreement_row(evaluation: Evaluation, one: Disagreement) -> dict[str, object]:
    coded = one.unit.coded
    sentence = one.unit.text
    if sentence is None and one.event:
        sentence = coded.article.text[slice(*one.event.evidence)]
    row: dict[str, object] = {
        "kind": one.kind,
        "coder": one.coder,
        "article": one.row.article if one.row else _article_name(evaluation, one),
        "sentence": flat(sentence or ""),
    }
    return row | (_hand_cells(one.row) if one.row else {}) | (_our_cells(coded, one.event) if one.event else {})


def _article_name(evaluation: Evaluation, one: Disagreement) -> str:
    return evaluation.names[one.unit.coded.article.id, one.coder]


def _hand_cells(row: Row) -> dict[str, object]:
    return {"line": row.line} | {f"hand_{name}": getattr(row, name) for name in ("type", *DETAILS, "sentence")}


def _our_cells(coded: Coded, event: Event) -> dict[str, object]:
    place = next((place for place in coded.places if place.id == event.place), None)
    cells = {
        "event": event.id,
        "trigger": flat(event.trigger.text),
        "type": event.type,
        "actor": parties(coded, event.actors),
        "recipient": parties(coded, event.recipients),
        "mode": event.mode,
        "place": place_name(place),
        "date": _days(event.date),
        "status": event.status,
    }
    return {f"dateline_{name}": cell for name, cell in cells.items()}


def _days(date: EventDate | None) -> str | None:
    """A day, or the first and last as ISO 8601 writes an interval: "2018-09-01/2018-09-04", ".." where not known."""
    if date is None or (date.from_ is None and date.to is None):
        return None
    return date.from_ if date.from_ == date.to else f"{date.from_ or '..'}/{date.to or '..'}"
