"""Train the tagger of names and figures, ``src/dateline/language/entities.npz``, on what spaCy's recogniser sees.

    python -m corpus.train_entities --work build/entities            # prints the curve and the agreement on held-out texts
    python -m corpus.train_entities --work build/entities --write    # also writes the weights

The teacher is the recogniser of the parser's own pipeline, which the coder leaves out at run time for its cost: it reads the texts once
and its labels are kept in ``--work``. The pupil learns them from the vectors that the tagger and the parser make anyway. In the
sentences of our own corpus, our annotation of places, persons and bodies stands over the teacher's, which knows few names of today's
wars; each is read several times, with other names of the gazetteer and the registry put in. Nothing but the texts is read of the
development data; which texts, ``texts`` says. One file of the corpus, ``HELD_OUT_FILE``, is never trained on. Seeded; one epoch is
one checkpoint, from which the next run goes on. Needs torch (dependency group ``train``); a quarter of an hour on two cores.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import torch
from numpy.typing import NDArray

from corpus.markup import Marked, Sentence, read_corpus
from dateline.language.entities import ATTRIBUTES, FILE, REACH, VECTOR_SCALE
from dateline.language.parse import parseable, pipeline_package
from dateline.where.gazetteer import shipped_gazetteer
from dateline.who.agents import load_agents
from dateline.who.registry import load_registry
from dateline.who.vocabulary import load_words

HERE = Path(__file__).resolve().parent
WEIGHTS = HERE.parent / "src" / "dateline" / "language" / FILE

# Rows and width of the table of each attribute, in the order of ATTRIBUTES: norm, suffix, shape, prefix.
TABLES = ((16_384, 32), (4_096, 16), (1_024, 16), (512, 8))
VECTOR = 96  # width of doc.tensor in spaCy's small pipelines
WIDTH = 160  # of the layers
EPOCHS, RATE, DECAY, DROPOUT, SMOOTHING = 24, 3e-3, 1e-4, 0.15, 0.02
# Share of the words whose own row is hidden in training, so that the tagger learns to tell a name it does not know.
HIDDEN_WORDS = 0.15
# Tokens of a training step, and the longest part of a text that is read, in characters.
STEP, LONGEST = 4_000, 20_000
# The file of the corpus that is never trained on; copies of each other sentence with names changed, without and with the name of a
# person, which are fewer; the least people of a place
# that is put in; letters above which a word of a name has to be in capitals; kinds whose names are labelled ORG.
HELD_OUT_FILE = "coerce_mobilize_retreat"
COPIES, LEAST_PEOPLE, LONG_WORD = (1, 5), 15_000, 3
NAMED_BODIES = frozenset(
    {"armed_group", "military", "police", "party", "igo", "ngo", "media", "company", "organisation", "government"}
)
# One text in so many is held out.
HELD_OUT = 25
SEED = 11

Tensors = dict[str, Any]
Spans = set[tuple[int, int, str]]


@dataclass(frozen=True)
class Labelled:
    """One text as the tagger sees it, with the teacher's spans (first token, end token, label)."""

    hashes: NDArray[np.int64]  # tokens x attributes, each within its table
    vectors: NDArray[np.float32]  # tokens x VECTOR
    spans: list[tuple[int, int, str]]


def texts(shared: Path) -> Iterator[str]:
    """Texts of news, labels unread. TR-News and PolNeAR's development part are left out, so that some scores are of texts never seen."""
    gold = shared / "gold"
    for name in ("polnear_train.jsonl", "timex_timebank.jsonl", "geo_geovirus.jsonl", "plv.jsonl"):
        yield from (row["text"] for row in _rows(gold / name))
    yield from (row["text"] for row in _rows(gold / "news_200.jsonl") if row["source"] == "giveme5w1h")
    yield from (row["text"] for row in _rows(gold / "re3d.jsonl") if row["source"] != "BBC Online")
    for row in _rows(gold / "indiapolice.jsonl"):
        text = " ".join(sentence["text"] for sentence in row["sentences"])
        if text != text.lower():
            yield text


# ---------------------------------------------------------------- our own corpus
@dataclass(frozen=True)
class Known:
    """A text and the names in it of which the label is known: begin, end, label."""

    text: str
    names: list[tuple[int, int, str]]


class Names:
    """Finds the names in our annotation, and draws others to put in their place."""

    def __init__(self) -> None:
        registry, words, agents = load_registry(), load_words(), load_agents()
        self._no_names = {*words.honorifics, *words.ranks, *agents, "the", "a", "an"}
        self._no_names |= {adjective.lower() for state in registry.states for adjective in state.adjectives}
        self._states = {name.lower() for state in registry.states for name in (state.name, *state.metonyms)}
        self._people = [
            e.name for e in registry.entries.values() if e.kind == "person" and " " in e.name and e.name.isprintable()
        ]
        gazetteer = shipped_gazetteer()
        places = (gazetteer.place(row) for row in range(len(gazetteer)))
        self._places = [p.name for p in places if p.level == "settlement" and p.population >= LEAST_PEOPLE]

    def known(self, sentence: Sentence) -> Known:
        """The sentence with the names of its places, persons and bodies."""
        names = [name for span in sentence.spans if (name := self._name(sentence.text, span))]
        apart = [name for name in names if not any(_inside(name, other) for other in names)]
        return Known(sentence.text, sorted(set(apart)))

    def _name(self, text: str, span: Marked) -> tuple[int, int, str] | None:
        words = [
            (m.start() + span.begin, m.end() + span.begin) for m in re.finditer(r"\S+", text[span.begin : span.end])
        ]
        capital = [text[begin].isupper() and text[begin:end].lower() not in self._no_names for begin, end in words]
        if span.kind == "person":
            run = next((n for n in range(len(words)) if all(capital[n:])), len(words))
            enough = len(words) - run >= 2 or (run == 0 and len(words) == 1)
            return (words[run][0], words[-1][1], "PERSON") if enough else None
        if text[words[0][0] : words[0][1]].lower() in {"the", "a", "an"}:
            words, capital = words[1:], capital[1:]
        told = [big for big, (begin, end) in zip(capital, words, strict=True) if end - begin > LONG_WORD]
        if not words or not told or not all(told):
            return None
        whole = text[words[0][0] : words[-1][1]]
        if len(words) == 1 and words[0][0] == 0 and span.kind != "place" and not whole.isupper():
            return None  # "Fighters": no name but the first word
        if span.kind == "place" or whole.lower() in self._states:
            return words[0][0], words[-1][1], "GPE"
        return (words[0][0], words[-1][1], "ORG") if span.kind in NAMED_BODIES else None

    def changed(self, known: Known, draw: random.Random) -> Known:
        """The text with other places and persons."""
        text, names, at = "", [], 0
        for begin, end, label in known.names:
            text += known.text[at:begin]
            new = (
                draw.choice(self._places if label == "GPE" else self._people)
                if label in {"GPE", "PERSON"}
                else known.text[begin:end]
            )
            names.append((len(text), len(text) + len(new), label))
            text, at = text + new, end
        return Known(text + known.text[at:], names)


def _inside(name: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return other[0] <= name[0] and name[1] <= other[1] and other[1] - other[0] > name[1] - name[0]


def corpus_texts() -> Iterator[Known]:
    """The corpus without the file held out, several times over."""
    names, draw = Names(), random.Random(SEED)
    for sentence in read_corpus():
        if not sentence.origin.startswith(HELD_OUT_FILE):
            known = names.known(sentence)
            yield known
            persons = any(label == "PERSON" for _, _, label in known.names)
            yield from (names.changed(known, draw) for _ in range(COPIES[persons] if known.names else 0))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def taught(shared: Path, work: Path) -> list[Labelled]:
    """The texts with the teacher's labels, read once and kept in the work folder."""
    kept = work / "labelled.pt"
    if not kept.exists():
        nlp = spacy.load(pipeline_package())
        parts: Iterator[tuple[str, list[tuple[int, int, str]]]] = (
            (parseable(text)[start : start + LONGEST], [])
            for text in texts(shared)
            for start in range(0, len(text), LONGEST)
        )
        own = ((parseable(known.text), known.names) for known in corpus_texts())
        docs = nlp.pipe(chain(parts, own), as_tuples=True, batch_size=32)
        torch.save([vars(_labelled(doc, names)) for doc, names in docs], kept)
    return [Labelled(**fields) for fields in torch.load(kept, weights_only=False)]


def _labelled(doc: Any, names: list[tuple[int, int, str]]) -> Labelled:
    """The teacher's labels, but for names that are known."""
    hashes = doc.to_array(list(ATTRIBUTES))
    columns = [hashes[:, n] % rows for n, (rows, _) in enumerate(TABLES)]
    sure = [
        (span.start, span.end, label) for b, e, label in names if (span := doc.char_span(b, e, alignment_mode="expand"))
    ]
    taken = {i for first, end, _ in sure for i in range(first, end)}
    others = [(ent.start, ent.end, ent.label_) for ent in doc.ents if taken.isdisjoint(range(ent.start, ent.end))]
    return Labelled(np.stack(columns, axis=1).astype(np.int64), np.asarray(doc.tensor, np.float32), [*others, *sure])


# ---------------------------------------------------------------- the network
def fresh(tags: int) -> Tensors:
    """Parameters before training, in the order the tagger reads them."""
    sizes = [VECTOR + sum(width for _, width in TABLES), *(WIDTH * (2 * reach + 1) for reach in REACH), WIDTH]
    out: Tensors = {f"table{n}": torch.randn(rows, width) * 0.1 for n, (rows, width) in enumerate(TABLES)}
    for n, size in enumerate(sizes):
        to = tags if n == len(sizes) - 1 else WIDTH
        out[f"w{n}"] = (torch.rand(size, to) * 2 - 1) / size**0.5
        out[f"b{n}"] = torch.zeros(to)
    return {name: tensor.requires_grad_() for name, tensor in out.items()}


def scores(net: Tensors, hashes: Any, vectors: Any, real: Any, *, training: bool) -> Any:
    """Score of each tag for each token. ``real`` is 0 in the gaps between texts, so that none sees its neighbour."""
    drop = torch.nn.functional.dropout
    if training:
        hashes = hashes.clone()
        hashes[torch.rand(len(hashes)) < HIDDEN_WORDS, 0] = 0
    looked_up = [net[f"table{n}"][hashes[:, n]] for n in range(len(TABLES))]
    state = torch.relu(torch.cat([vectors / VECTOR_SCALE, *looked_up], 1) @ net["w0"] + net["b0"])
    state = drop(state, DROPOUT, training) * real
    for n, reach in enumerate(REACH, 1):
        layer = torch.relu(_windows(state, reach) @ net[f"w{n}"] + net[f"b{n}"])
        state = (drop(layer, DROPOUT, training) if n == 1 else state + layer) * real
    last = len(REACH) + 1
    return drop(state, DROPOUT, training) @ net[f"w{last}"] + net[f"b{last}"]


def _windows(rows: Any, reach: int) -> Any:
    padded = torch.nn.functional.pad(rows, (0, 0, reach, reach))
    return torch.cat([padded[start : start + len(rows)] for start in range(2 * reach + 1)], 1)


# ---------------------------------------------------------------- training
@dataclass(frozen=True)
class Packed:
    """Many texts in one row of tokens, with gaps between them."""

    hashes: Any
    vectors: Any
    real: Any  # tokens x 1
    tags: Any

    def part(self, start: int, size: int) -> Packed:
        """A stretch of the tokens."""
        cut = slice(start, start + size)
        return Packed(self.hashes[cut], self.vectors[cut], self.real[cut], self.tags[cut])


def pack(docs: Sequence[Labelled], tags: Sequence[str]) -> Packed:
    """The texts one after another, each followed by a gap as wide as the tagger sees."""
    gap = max(REACH)
    number = {tag: n for n, tag in enumerate(tags)}
    columns: tuple[list[Any], ...] = ([], [], [], [])
    for doc in docs:
        told = np.zeros(len(doc.hashes) + gap, np.int64)
        for first, end, label in doc.spans:
            told[first:end] = number[f"I-{label}"]
            told[first] = number[f"B-{label}"]
        real = np.ones((len(told), 1), np.float32)
        real[len(doc.hashes) :] = 0
        for column, values in zip(
            columns, (_gapped(doc.hashes, gap), _gapped(doc.vectors, gap), real, told), strict=True
        ):
            column.append(values)
    return Packed(*(torch.from_numpy(np.concatenate(column)) for column in columns))


def _gapped(rows: NDArray[Any], gap: int) -> NDArray[Any]:
    return np.concatenate([rows, np.zeros((gap, rows.shape[1]), rows.dtype)])


def train(
    packed: Packed, tags: int, work: Path, *, epochs: int, told: Callable[[int, float, Tensors], None]
) -> Tensors:
    """Parameters after all epochs; goes on from the last checkpoint in the work folder. ``told`` hears of each epoch's loss."""
    net = fresh(tags)
    optimiser = torch.optim.AdamW(list(net.values()), lr=RATE, weight_decay=DECAY)
    count = len(packed.tags)
    steps = max(1, count // STEP)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=epochs * (steps + 1))
    kept, done = work / "checkpoint.pt", 0
    if kept.exists():
        state = torch.load(kept, weights_only=False)
        done = state["epoch"]
        for name, tensor in net.items():
            tensor.data.copy_(state["net"][name])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
    for epoch in range(done + 1, epochs + 1):
        torch.manual_seed(SEED + epoch)
        order = random.Random(SEED + epoch)
        starts = list(range(order.randrange(STEP) if count > 2 * STEP else 0, max(1, count - STEP), STEP))
        order.shuffle(starts)
        losses = [_step(packed.part(start, STEP), net, optimiser, schedule) for start in starts]
        told(epoch, sum(losses) / len(losses), net)
        state = {"epoch": epoch, "net": net, "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict()}
        torch.save(state, kept)
    return net


def _step(part: Packed, net: Tensors, optimiser: Any, schedule: Any) -> float:
    given = scores(net, part.hashes, part.vectors, part.real, training=True)
    loss = torch.nn.functional.cross_entropy(given, part.tags, label_smoothing=SMOOTHING)
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    schedule.step()
    return float(loss)


# ---------------------------------------------------------------- how good?
def spans_of(tags: Sequence[str]) -> Spans:
    """Spans of tags ``B-X I-X``, as the tagger reads them."""
    out: Spans = set()
    first, label = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        if label and tag != f"I-{label}":
            out.add((first, index, label))
            label = ""
        if tag != "O" and not label:
            first, label = index, tag[2:]
    return out


def agreement(net: Tensors, packed: Packed, tags: Sequence[str]) -> dict[str, float]:
    """F1 of spans against the teacher's, for all labels together ("all") and each."""
    with torch.no_grad():
        told = scores(net, packed.hashes, packed.vectors, packed.real, training=False).argmax(1)
    mine = spans_of([tags[int(tag)] if real else "O" for tag, real in zip(told, packed.real[:, 0], strict=True)])
    theirs = spans_of([tags[int(tag)] for tag in packed.tags])
    counts = [Counter(label for _, _, label in spans) for spans in (mine, theirs, mine & theirs)]
    by_label = {label: 2 * counts[2][label] / (counts[0][label] + counts[1][label]) for label in sorted(counts[1])}
    return {"all": 2 * len(mine & theirs) / (len(mine) + len(theirs)), **by_label}


def write(net: Tensors, tags: Sequence[str], path: Path) -> None:
    """The weights as the tagger reads them: tables and layers in half precision."""
    arrays = {name: tensor.detach().numpy() for name, tensor in net.items()}
    halves = {name: values.astype(np.float16) for name, values in arrays.items() if not name.startswith("b")}
    np.savez_compressed(path, tags=np.array(tags), **{**arrays, **halves})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument(
        "--work", type=Path, required=True, help="a folder for labels and checkpoints; made where there is none"
    )
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS.name}")
    chosen = parser.parse_args()
    chosen.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    docs = taught(chosen.shared, chosen.work)
    random.Random(SEED).shuffle(docs)
    labels = sorted({label for doc in docs for _, _, label in doc.spans})
    tags = ["O", *(f"{mark}-{label}" for label in labels for mark in "BI")]
    held, rest = docs[::HELD_OUT], [doc for n, doc in enumerate(docs) if n % HELD_OUT]
    test = pack(held, tags)
    begun = time.monotonic()

    def told(epoch: int, loss: float, net: Tensors) -> None:
        print(
            f"epoch {epoch}: loss {loss:.4f}, agreement {agreement(net, test, tags)['all']:.4f}, {time.monotonic() - begun:.0f} s",
            flush=True,
        )

    net = train(pack(rest, tags), len(tags), chosen.work, epochs=chosen.epochs, told=told)
    print(f"{len(rest)} texts, {sum(len(doc.hashes) for doc in rest):,} tokens; held out {len(held)}")
    print(", ".join(f"{label} {value:.3f}" for label, value in agreement(net, test, tags).items()))
    if chosen.write:
        write(net, tags, WEIGHTS)


if __name__ == "__main__":
    main()
