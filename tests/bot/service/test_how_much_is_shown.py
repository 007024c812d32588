"""How many quotes a card shows, and that none ends where it only leads on."""

from __future__ import annotations

import pytest

from bot.contract.response import Asker
from bot.service import SpeechService
from tests.kit.seen import only, quoted


@pytest.mark.parametrize(("asked", "many"), [("来三句讲创新的", 3), ("给我找两句关于创新的金句", 2), ("给我一句讲创新的", 1)])
def test_so_many_quotes_are_shown_as_are_wished(service: SpeechService, asker: Asker, asked: str, many: int) -> None:
    assert len(quoted(only(service.question(asker, asked)))) == many


def test_what_leads_into_points_is_led_into_them(service: SpeechService, asker: Asker) -> None:
    assert all(not words.rstrip().endswith("：") for words in quoted(only(service.question(asker, "第1篇怎么说工会"))))


def test_a_list_is_whole_among_several_answers(service: SpeechService, asker: Asker) -> None:
    text = only(service.question(asker, "第3篇的四点希望是哪四点？第5篇要求争当哪四种人？")).text
    assert all(point in text for point in ("埋头苦干", "改革创新", "崇尚劳动", "做好表率", "弘扬正气的榜样"))


def test_headings_of_another_list_are_no_further_quotes(service: SpeechService, asker: Asker) -> None:
    service.question(asker, "几篇讲话对工会工作有什么要求？")
    assert "标题" not in only(service.question(asker, "还有吗")).text
