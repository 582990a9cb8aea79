"""What ships: the encoder as ONNX in eight-bit integers with its pieces, and the heads' arrays."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic

from corpus.events.network import Network

# Decimals of the arrays of heads.npz: half precision.
HEADS_TYPE = np.float16
OPSET = 17


class _States(torch.nn.Module):  # type: ignore[misc]
    """The encoder alone, with arguments by name as the coder gives them."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        return self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


def write_encoder(net: Network, tokenizer: Path, model: Path, pieces: Path) -> None:
    """Write the encoder in eight bits (weights by channel, activations as they come) and its tokenizer beside it."""
    ids = torch.tensor([[0, 7, 9, 2], [0, 7, 2, 1]])
    axes = {0: "sentences", 1: "pieces"}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            _States(net.eval().encoder), (ids, (ids != 1).long()), str(full), dynamo=False, opset_version=OPSET,
            input_names=["input_ids", "attention_mask"], output_names=["states"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "states": axes},
        )  # fmt: skip
        quantize_dynamic(full, model, weight_type=QuantType.QInt8, per_channel=True)
    pieces.write_text(tokenizer.read_text(encoding="utf-8"), encoding="utf-8")


def head_arrays(net: Network) -> dict[str, NDArray[np.float32]]:
    """The heads' weights by the names of ``dateline.what.heads.shapes``."""
    return {name.replace("_", "."): value.detach().numpy().astype(np.float32) for name, value in net.arrays.items()}


def write_heads(
    path: Path, weights: Mapping[str, NDArray[np.float32]], settings: Mapping[str, float], net: Network
) -> None:
    """Write the arrays with the settings and the codes they were trained for."""
    arrays: dict[str, Any] = {name: value.astype(HEADS_TYPE) for name, value in weights.items()}
    arrays.update({f"set.{name}": np.float32(value) for name, value in settings.items()})
    arrays["codes"] = np.array([f"{name}-{mode or ''}" for name, mode in net.codes.codes])
    np.savez_compressed(path, **arrays)
