"""A codebook of one's own on a public task: police action in Indian news (IndiaPoliceEvents), half of the documents against the other.

    python benchmarks/own_codebook.py --shared ../shared

Prints precision and recall per label for documents and for sentences. The half is drawn by the document's id; nothing is chosen on
the tested half. A document has a label where one of its sentences has it.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from dateline.language import load_encoder
from dateline.own import OwnCodebook, OwnType, train
from dateline.own.head import OwnHead, features_of

LABELS = ("KILL", "ARREST", "FORCE", "FAIL", "ANY_ACTION")
# Of the sentences without a label, so many are background.
BACKGROUND = 3_000
# Recall and precision for documents of a large commercial model asked without training, as issue and paper name them.
ANCHORS = {"KILL": ".90/.98", "ARREST": ".88/.92", "FORCE": ".83/.85", "FAIL": ".59/.71", "ANY_ACTION": ".84/.90"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    shared = parser.parse_args().shared
    lines = (shared / "gold" / "indiapolice.jsonl").read_text(encoding="utf-8").splitlines()
    documents = [json.loads(line) for line in lines]
    seen = [d for d in documents if crc32(str(d["id"]).encode()) % 2 == 0]
    unseen = [d for d in documents if crc32(str(d["id"]).encode()) % 2 == 1]
    encoder = load_encoder()
    begun = time.monotonic()
    trained = train(_book(seen), encoder)
    print(f"trained on {trained.sentences} sentences of {len(seen)} documents in {time.monotonic() - begun:.0f} s")
    print("| label | documents: recall / precision | large model, untrained | sentences: recall / precision |")
    print("|---|---|---|---|")
    said = [_said(trained.head, features_of(encoder, [s["text"] for s in d["sentences"]])) for d in unseen]
    for name in LABELS:
        n = trained.head.names.index(name)
        whole = [(bool(rows[:, n].any()), _has(d["doc_labels"], name)) for rows, d in zip(said, unseen, strict=True)]
        each = [
            (bool(row[n]), _has(s["labels"], name))
            for rows, d in zip(said, unseen, strict=True)
            for row, s in zip(rows, d["sentences"], strict=True)
        ]
        print(f"| {name} | {_figures(whole)} | {ANCHORS[name]} | {_figures(each)} |")


def _book(documents: Sequence[dict[str, Any]]) -> OwnCodebook:
    sentences = [s for d in documents for s in d["sentences"] if len(s["text"].split()) > 1]
    types = tuple(
        OwnType(name, "", tuple(dict.fromkeys(s["text"] for s in sentences if _has(s["labels"], name))), ())
        for name in sorted(LABELS)
    )
    empty = sorted((s["text"] for s in sentences if not s["labels"]), key=lambda text: crc32(text.encode()))
    return OwnCodebook(Path(), types, tuple(empty[:BACKGROUND]))


def _has(labels: Sequence[str], name: str) -> bool:
    return name in labels


def _said(head: OwnHead, features: np.ndarray[Any, np.dtype[np.float32]]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return head.chances(features) >= head.limits


def _figures(pairs: Sequence[tuple[bool, bool]]) -> str:
    both = sum(s and g for s, g in pairs)
    said, gold = sum(s for s, _ in pairs), sum(g for _, g in pairs)
    return f"{both / max(1, gold):.2f} / {both / max(1, said):.2f} (n = {gold})"


if __name__ == "__main__":
    main()
