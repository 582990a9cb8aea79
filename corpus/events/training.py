"""Training: batches of like length, a schedule, a checkpoint after each epoch from which the next run goes on."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from corpus.events.examples import Example, Pair
from corpus.events.network import (
    WEIGHTS,
    Network,
    loss_of_pairs,
    loss_of_sentences,
    read_pairs,
    read_sentences,
)

Tensor = Any
Item = Example | Pair | tuple[int, ...]  # the last: pieces of a text without labels

# Items of a step; learning rates of the encoder and of the heads; share of the steps in which they rise.
STEP = 16
RATES = (8e-5, 1e-3)
WARM = 0.1
DECAY = 0.01
# Of so many items each, batches of like length are made.
BUCKET = 640


@dataclass(frozen=True)
class Course:
    """What a network is trained on, how long, and whose vectors it copies."""

    name: str
    sentences: Sequence[Example] = ()
    pairs: Sequence[Pair] = ()
    plain: Sequence[tuple[int, ...]] = ()
    epochs: int = 3
    rates: tuple[float, float] = RATES
    seed: int = 11
    copied: dict[tuple[int, ...], Tensor] = field(default_factory=dict)  # pieces → the teacher's vectors of them


def fit(net: Network, course: Course, work: Path, told: Callable[[int, float, float], None]) -> Network:
    """The network after the course. ``told`` hears of each epoch its number, mean loss and seconds."""
    torch.set_flush_denormal(True)  # else steps near the end, whose values are tiny, take ten times as long
    work.mkdir(parents=True, exist_ok=True)
    kept = work / f"{course.name}.pt"
    encoder = [p for p in net.encoder.parameters() if p.requires_grad]
    groups = [{"params": encoder, "lr": course.rates[0]}, {"params": list(net.arrays.values()), "lr": course.rates[1]}]
    optimiser = torch.optim.AdamW(groups, weight_decay=DECAY, fused=True)
    steps = course.epochs * len(list(_batches(course, 0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min((n + 1) / max(1, WARM * steps), max(0.0, (steps - n) / max(1, (1 - WARM) * steps)))
    )
    done = 0
    if kept.exists():
        state = torch.load(kept, weights_only=False)
        done = state["epoch"]
        net.load_state_dict(state["net"])
        if done < course.epochs:
            optimiser.load_state_dict(state["optimiser"])
            schedule.load_state_dict(state["schedule"])
    for epoch in range(done + 1, course.epochs + 1):
        begun = time.monotonic()
        torch.manual_seed(course.seed + epoch)
        net.train()
        losses = [_step(net, batch, course, optimiser, schedule) for batch in _batches(course, epoch)]
        more = {"optimiser": optimiser.state_dict(), "schedule": schedule.state_dict()} if epoch < course.epochs else {}
        torch.save({"epoch": epoch, "net": net.state_dict(), **more}, kept)
        told(epoch, sum(losses) / max(1, len(losses)), time.monotonic() - begun)
    net.eval()
    return net


def _batches(course: Course, epoch: int) -> Iterator[list[Item]]:
    """Batches of one kind of item and of like length, in a drawn order."""
    draw = random.Random(course.seed * 1000 + epoch)
    out: list[list[Item]] = []
    kinds: tuple[Sequence[Item], ...] = (course.sentences, course.pairs, course.plain)
    for items in kinds:
        order = list(items)
        draw.shuffle(order)
        for start in range(0, len(order), BUCKET):
            bucket = sorted(order[start : start + BUCKET], key=lambda item: len(_pieces(item)))
            out += [bucket[n : n + STEP] for n in range(0, len(bucket), STEP)]
    draw.shuffle(out)
    yield from out


def _pieces(item: Item) -> tuple[int, ...]:
    return item if isinstance(item, tuple) else item.pieces.ids


def _step(net: Network, batch: list[Item], course: Course, optimiser: Any, schedule: Any) -> float:
    optimiser.zero_grad()
    loss, states = _loss(net, batch)
    if course.copied:
        loss = loss + WEIGHTS["copy"] * _apart(states, [course.copied.get(_pieces(item)) for item in batch])
    loss.backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimiser.step()
    schedule.step()
    return float(loss.detach())


def _loss(net: Network, batch: list[Item]) -> tuple[Tensor, Tensor]:
    if isinstance(batch[0], Example):
        told, states, _ = read_sentences(net, batch)  # type: ignore[arg-type]
        return loss_of_sentences(net, told), states
    if isinstance(batch[0], Pair):
        scores, states, _ = read_pairs(net, batch)  # type: ignore[arg-type]
        return loss_of_pairs(scores, batch), states  # type: ignore[arg-type]
    states, _ = net.states(batch)  # type: ignore[arg-type]
    return torch.zeros(()), states


def _apart(states: Tensor, wanted: Sequence[Tensor | None]) -> Tensor:
    """How far the vectors are from the teacher's: mean square, as a share of the teacher's own."""
    parts = []
    for row, teacher in zip(states, wanted, strict=True):
        if teacher is not None:
            aim = teacher.float()
            parts.append((row[: len(aim)] - aim).pow(2).mean() / aim.pow(2).mean())
    return torch.stack(parts).mean() if parts else torch.zeros(())


def copy_from(teacher: Network, items: Sequence[Item]) -> dict[tuple[int, ...], Tensor]:
    """The teacher's vectors of the pieces of each item, in half precision."""
    out: dict[tuple[int, ...], Tensor] = {}
    order = sorted({_pieces(item) for item in items}, key=len)
    teacher.eval()
    with torch.no_grad():
        for start in range(0, len(order), STEP):
            part = order[start : start + STEP]
            states, _ = teacher.states(part)
            out.update({pieces: row[: len(pieces)].bfloat16() for pieces, row in zip(part, states, strict=True)})
    return out
