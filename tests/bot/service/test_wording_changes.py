"""A theme side by side, and how a formula changed, as a card and as a picture."""

from __future__ import annotations

from bot.contract.reply import Reply
from bot.contract.response import Asker
from bot.service import SpeechService
from bot.settings.library import Library
from tests.kit.pixels import opened
from tests.kit.seen import Inspector, buttons, data, only, quoted


def said_now(card: Reply, version: str) -> str:
    """A line of the card without what is struck out."""
    at = card.text.index(version)
    end = card.text.find("\n", at)
    line = card.text[at : end if end >= 0 else len(card.text)]
    for struck in (card.text[e.start : e.end] for e in card.entities if e.kind == "strikethrough"):
        line = line.replace(f"〔{struck}〕", "", 1)
    return line


def test_all_speeches_of_a_theme_stand_on_one_card_in_time_order(service: SpeechService, library: Library, asker: Asker) -> None:
    card = only(service.command(asker, "compare", "工会"))
    Inspector(library).check(card)
    assert len(quoted(card)) == 6
    years = [card.text.index(f"\n{year}年（推断）\n") for year in (2006, 2011, 2014, 2015, 2022)]
    assert years == sorted(years)
    assert {"一句话怎么变的", "写稿素材", "劳模精神"} <= {button.label for button in buttons(card)}


def test_the_same_wording_stands_once_with_all_places_and_the_silent_ones_are_named(service: SpeechService, asker: Asker) -> None:
    card = only(service.command(asker, "compare", "节日愉快"))
    assert card.text.count("祝大家节日愉快，工作顺利，身体健康！") == 1
    assert "2014年（推断）、2022年（推断）" in card.text
    assert "/s4" in card.text
    assert "/s6" in card.text
    assert "没有讲到的：第2篇、第3篇、第5篇" in card.text


def test_the_changes_of_a_formula_are_marked_and_what_is_left_is_verbatim(service: SpeechService, library: Library, asker: Asker) -> None:
    compared = only(service.command(asker, "compare", "工会"))
    card = only(service.tap(asker, data(compared, "怎么变")))
    Inspector(library).check(card)
    marked = {(e.kind, card.text[e.start : e.end]) for e in card.entities if e.kind in ("underline", "strikethrough")}
    assert marked == {
        ("strikethrough", "充分发挥党"), ("underline", "是党和政府"), ("strikethrough", "作用"),
        ("strikethrough", "是党和政府"), ("underline", "工会是党"), ("underline", "和"),
    }  # fmt: skip
    assert quoted(card) == ["充分发挥党联系职工群众的桥梁纽带作用"]
    assert said_now(card, "〔是党和政府〕工会") == "工会是党联系职工群众的桥梁和纽带"
    assert [line[:5] for line in card.text.splitlines() if "推断" in line] == ["2006年", "2014年", "2015年"]


def test_the_formulas_of_a_theme_are_turned_over_and_lead_back(service: SpeechService, asker: Asker) -> None:
    compared = only(service.command(asker, "compare", "工会"))
    first = only(service.tap(asker, data(compared, "怎么变")))
    second = only(service.tap(asker, data(first, "下一页")))
    assert "（2/2）" in second.text
    assert only(service.tap(asker, data(second, "上一页"))) == first
    assert only(service.tap(asker, data(second, "返回"))) == compared


def test_a_formula_is_drawn_with_its_places_below(service: SpeechService, library: Library, asker: Asker) -> None:
    compared = only(service.command(asker, "compare", "工会"))
    answer = service.tap(asker, data(only(service.tap(asker, data(compared, "怎么变"))), "图片"))
    assert answer.later
    drawn = only(answer.later())
    Inspector(library).check(drawn)
    assert drawn.file
    assert opened(drawn.file.content).width == 1080
    assert "2015年（推断） 咸阳 · 第11段 · /s5" in drawn.text


def test_a_theme_without_a_shared_formula_has_no_button_that_leads_nowhere(service: SpeechService, asker: Asker) -> None:
    card = only(service.command(asker, "compare", "瘦肉精"))
    assert "一句话怎么变的" not in [button.label for button in buttons(card)]
