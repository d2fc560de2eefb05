from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from bot.brain.nlu.encoders import NONE, UNIVERSAL, encode_many, encoder_of

pytestmark = pytest.mark.brain

WORDS = ["[UNK]", "[PAD]", "tea", "coffee", "parcel", "late"]
VECTORS = np.array([[0, 0, 1], [9, 9, 9], [1, 0, 0], [1, 0.1, 0], [0, 1, 0], [0, 1, 0.1]], dtype=np.float32)


def near(one: np.ndarray, other: np.ndarray) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Export a sentence encoder of six words, in the form in which real ones are exported."""
    from onnx import TensorProto, helper, numpy_helper, save
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    tokenizer = Tokenizer(WordLevel({word: number for number, word in enumerate(WORDS)}, unk_token=WORDS[0]))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    look_up = helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])
    graph = helper.make_graph(
        [look_up],
        "words",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "pieces"])],
        [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["texts", "pieces", 3])],
        [numpy_helper.from_array(VECTORS, "table")],
    )
    save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), tmp_path / "model.onnx")
    return tmp_path


def test_a_model_of_ones_own_is_read_from_its_folder(folder: Path) -> None:
    encoder = encoder_of(str(folder))
    tea, coffee, late = encoder.encode(["tea", "coffee", "late late parcel"])
    assert encoder.dimensions == 3
    assert near(tea, coffee) > 0.9 > near(tea, late)
    assert np.linalg.norm(late) == pytest.approx(1)


def test_what_fills_a_short_text_up_to_the_length_of_a_long_one_does_not_count(folder: Path) -> None:
    encoder = encoder_of(str(folder))
    assert np.allclose(encoder.encode(["tea", "tea tea tea tea"])[0], encoder.encode(["tea"])[0])


@pytest.mark.parametrize("left_out", ["model.onnx", "tokenizer.json"])
def test_a_folder_without_a_model_is_refused_by_name(folder: Path, left_out: str) -> None:
    (folder / left_out).unlink()
    with pytest.raises(ValueError, match=folder.name):
        encoder_of(str(folder))


def test_an_unknown_encoder_is_refused() -> None:
    with pytest.raises(ValueError, match="no encoder"):
        encoder_of("no-such-encoder")


def test_no_encoder_knows_no_meanings() -> None:
    assert encoder_of(NONE).encode(["tea", "茶"]).shape == (2, 0)


def test_the_universal_encoder_hears_one_meaning_in_three_writings() -> None:
    traditional, simplified, english, other = encoder_of(UNIVERSAL).encode(
        ["我的包裹什麼時候到", "我的包裹什么时候到", "when will my parcel arrive", "I love dark chocolate"]
    )
    assert near(traditional, simplified) == pytest.approx(1, abs=1e-4)
    assert near(english, simplified) > near(english, other) + 0.1


def test_helpers_return_the_same_rows_in_the_same_order() -> None:
    texts = [f"parcel {number}" for number in range(2_100)]
    rows = encode_many(UNIVERSAL, texts)
    some: Iterable[int] = (0, 1, 255, 256, 2_099)
    assert np.allclose(rows[list(some)], encoder_of(UNIVERSAL).encode([texts[at] for at in some]), atol=1e-4)
