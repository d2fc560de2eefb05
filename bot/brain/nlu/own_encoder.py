"""Encode with a sentence transformer of one's own: the folder that ``optimum`` or ``sentence-transformers`` exports as ONNX.

It holds ``tokenizer.json`` and ``model.onnx`` (or ``onnx/model.onnx``). Both are read from disk, and nothing is ever fetched.
Needs the extra ``embeddings``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from bot.brain.nlu.encoders import Array

_MODEL: Final = ("model.onnx", "onnx/model.onnx")
_BATCH: Final = 32
_LONGEST: Final = 256
"""How many pieces of words of a text are read."""


class OwnEncoder:
    """Take the mean of what the model says of a text's pieces, at length 1."""

    def __init__(self, folder: Path) -> None:
        """Load the folder. Raises ``ValueError`` where a file or the extra ``embeddings`` is missing."""
        try:
            from onnxruntime import InferenceSession, SessionOptions
            from tokenizers import Tokenizer
        except ImportError as missing:
            raise ValueError("an encoder of one's own needs the extra: uv sync --extra embeddings") from missing
        model = next((folder / name for name in _MODEL if (folder / name).is_file()), None)
        if model is None or not (folder / "tokenizer.json").is_file():
            raise ValueError(f"{folder} holds no tokenizer.json and model.onnx")
        self.name = str(folder)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_LONGEST)
        self._tokenizer.enable_padding()
        options = SessionOptions()
        options.intra_op_num_threads = 1
        self._session = InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._asked_for = {one.name for one in self._session.get_inputs()}
        self.dimensions = int(self.encode(["a"]).shape[1])

    def encode(self, texts: Sequence[str]) -> Array:
        """Return one row of length 1 per text."""
        return np.vstack([self._encoded(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)])

    def _encoded(self, texts: Sequence[str]) -> Array:
        pieces = self._tokenizer.encode_batch(list(texts))
        mask = np.array([one.attention_mask for one in pieces], dtype=np.int64)
        inputs: dict[str, Any] = {
            "input_ids": np.array([one.ids for one in pieces], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        told = self._session.run(None, {name: inputs[name] for name in self._asked_for})[0]
        means = (told * mask[:, :, None]).sum(axis=1) / np.maximum(mask.sum(axis=1, keepdims=True), 1)
        rows: Array = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
        return rows.astype(np.float32)
