"""Quote cards: sizes, margins, refusals, sameness."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures import PictureError, TooLong, quote_card
from bot.pictures.canvas import FAINT, PAPER, SEAL
from bot.pictures.card import LIMIT, plan
from bot.pictures.picture_error import Empty
from tests.kit.pixels import count, opened, pixels_of
from tests.kit.table import each_row

SHORT = "劳动改变世界，劳动创造未来。"
LONG = "劳动模范是民族的精英、国家的脊梁、社会的中坚、人民的楷模。" * 12
SOURCE = "第1篇《五一劳模座谈会领导讲话稿》· 一、当前新形势下广泛选树劳模典型"


@pytest.mark.parametrize(
    ("text", "pixels", "alignment", "line_count", "height"),
    [
        (SHORT, 92, "ragged", 2, 1080),
        ("劳动模范是民族的精英、国家的脊梁、社会的中坚、人民的楷模。", 72, "ragged", 3, 1080),
        (LONG[:120], 50, "justified", 8, 1230),
        (LONG[:200], 45, "justified", 12, 1473),
        (LONG[:348], 40, "justified", 18, 1771),
    ],
)
def test_short_quotes_are_set_large_and_long_ones_small(text: str, pixels: int, alignment: str, line_count: int, height: int) -> None:
    laid = plan(text)
    assert (laid.style.pixels, laid.alignment, len(laid.broken.lines)) == (pixels, alignment, line_count)
    assert opened(quote_card(text, SOURCE, "/s1_2")).size == (1080, height)


def test_type_never_grows_with_the_text() -> None:
    sizes = [plan(LONG[:length]).style.pixels for length in range(30, LIMIT, 30)]
    assert all(a >= b for a, b in pairwise(sizes))


# Text and source are drawn apart: every text with some source, every source under a short text and a long one.
TEXTS = [SHORT, LONG[:348], "W" * LIMIT, "—" * 99, "“" * 200, "，" * 360, "劳" * LIMIT]
SOURCES = [SOURCE, "", "出处" * 500, "word " * 500]


@pytest.mark.slow
@each_row("text, source", [*product(TEXTS[:2], SOURCES), *zip(TEXTS[2:], cycle(SOURCES))])
def test_all_ink_is_inside_the_frame(text: str, source: str) -> None:
    image = opened(quote_card(text, source, "c" * 500, "en"))
    dark = np.asarray(image.convert("L")) < 200
    rows, columns = np.nonzero(dark)
    assert columns.min() >= 124 - 2
    assert columns.max() <= 1080 - 124 + 2
    assert rows.min() > 60
    assert rows.max() < image.height - 60


def test_the_card_carries_its_rule_its_seal_and_paper() -> None:
    image = opened(quote_card(SHORT, SOURCE, "/s1_2"))
    assert count(image, PAPER) > 0.9 * 1080 * 1080
    rows, columns = pixels_of(image, SEAL)
    assert len(rows) > 2000
    assert columns.min() > 880
    assert rows.min() > 834
    assert count(image.crop((124, 820, 956, 850)), FAINT) >= 2 * 830


@pytest.mark.parametrize("text", ["", " \n　", "\u200b\u202e\x00", "😀😀", "\ud800"])
def test_a_quote_of_which_nothing_can_be_shown_is_refused(text: str) -> None:
    with pytest.raises(Empty):
        quote_card(text, SOURCE, "")


@pytest.mark.parametrize("length", [LIMIT + 1, 10_000_000])
def test_a_quote_over_the_limit_is_refused_at_once_with_the_limit(length: int) -> None:
    with pytest.raises(TooLong) as refused:
        quote_card("劳" * length, SOURCE, "")
    assert (refused.value.limit, refused.value.length) == (LIMIT, length)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.text(max_size=500), st.text(max_size=100), st.text(max_size=60), st.sampled_from(["zh", "en", "??"]))
def test_any_text_gives_a_card_or_a_typed_refusal(text: str, source: str, code: str, language: str) -> None:
    try:
        assert opened(quote_card(text, source, code, language)).width == 1080
    except PictureError:
        return


@pytest.mark.slow
def test_threads_draw_the_same_bytes() -> None:
    texts = [LONG[:n] for n in (10, 40, 80, 160)] * 2
    alone = [quote_card(t, SOURCE, "x") for t in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda t: quote_card(t, SOURCE, "x"), texts)) == alone


def test_words_of_a_cutter_stay_whole() -> None:
    def cut(text: str) -> list[str]:
        return ["伟大", "的", "时代", "需要", "伟大", "的", "精神", "！"] if text.startswith("伟") else [text]

    assert quote_card("伟大的时代需要伟大的精神！", "", "", cut=cut) != quote_card("伟大的时代需要伟大的精神！", "", "")


def test_chinese_and_english_sources_have_their_own_dash() -> None:
    assert quote_card(SHORT, "Speech 1", "") != quote_card(SHORT, "Speech 1", "", "en")
