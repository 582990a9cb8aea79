"""The encoder: pieces, marks, and vectors that do not hang on what a sentence is read with."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from dateline.language.encoder import LONGEST, Encoder, Pieces, encoder_digest, load_encoder

TEXT = "Norland shelled the port of Brell."
WORDS = [(0, 7), (8, 15), (16, 19), (20, 24), (25, 27), (28, 33), (33, 34)]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


def pieces(encoder: Encoder, text: str = TEXT) -> Pieces:
    begin, words = 0, []
    for word in text.split():
        at = text.index(word, begin)
        words.append((at, at + len(word)))
        begin = at + len(word)
    return encoder.cutter.cut(text, words)


def test_each_word_has_its_first_piece(encoder: Encoder) -> None:
    cut = encoder.cutter.cut(TEXT, WORDS)
    assert len(cut.words) == len(WORDS)
    assert list(cut.words) == sorted(set(cut.words))
    assert cut.words[0] == 1  # after the piece that opens every sentence


def test_marks_stand_round_both_spans(encoder: Encoder) -> None:
    plain = encoder.cutter.cut(TEXT, [])
    marked = encoder.cutter.cut(TEXT, [], [(0, 7), (16, 33)])
    assert len(marked.ids) == len(plain.ids) + 4
    assert marked.marks[0] == 1
    assert marked.ids[marked.marks[0]] != marked.ids[marked.marks[1]]


def test_target_before_source(encoder: Encoder) -> None:
    forward = encoder.cutter.cut(TEXT, [], [(0, 7), (16, 33)])
    back = encoder.cutter.cut(TEXT, [], [(16, 33), (0, 7)])
    assert forward.marks == back.marks[::-1]
    assert forward.ids != back.ids


def test_vectors_do_not_hang_on_the_batch(encoder: Encoder) -> None:
    short, long = pieces(encoder), pieces(encoder, "Police arrested " + "twelve men and " * 20 + "a judge.")
    alone = encoder.read([short])[0]
    together = encoder.read([long, short])[1]
    # Eight-bit arithmetic scales each batch by its largest value, so the last digits differ.
    cosine = (alone.mean @ together.mean) / np.linalg.norm(alone.mean) / np.linalg.norm(together.mean)
    assert cosine > 0.99


def test_a_long_sentence_is_cut_and_its_last_words_are_zero(encoder: Encoder) -> None:
    cut = pieces(encoder, "guard " * 200)
    read = encoder.read([cut])[0]
    assert len(cut.ids) == LONGEST
    assert cut.words[-1] == -1
    assert not read.words[-1].any()
    assert read.words[0].any()


def test_no_sentences(encoder: Encoder) -> None:
    assert encoder.read([]) == []


def test_an_encoder_goes_to_another_process(encoder: Encoder) -> None:
    encoder.read([pieces(encoder)])
    copy = pickle.loads(pickle.dumps(encoder.__getstate__()))
    assert copy["_session"] is None


def test_digest_is_of_the_weights() -> None:
    assert len(encoder_digest()) == 64
