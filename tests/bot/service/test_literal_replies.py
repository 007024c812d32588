"""What is answered by looking at the texts alone: lengths, comparisons, several wordings in one message."""

from __future__ import annotations

from bot.contract.response import Asker
from bot.service import SpeechService
from bot.settings.library import Library
from retrieval import lengths
from tests.kit.seen import only, quoted


def test_the_longest_is_named_first_and_spoken_of(service: SpeechService, asker: Asker, library: Library) -> None:
    found = lengths(library.corpus)
    longest, shortest = max(found, key=found.__getitem__), min(found, key=found.__getitem__)
    assert only(service.question(asker, "六篇里哪篇最长")).text.startswith(f"最长的是第{longest}篇")
    assert only(service.question(asker, "最短的呢")).text.startswith(f"最短的是第{shortest}篇")
    assert f"第{shortest}篇" in only(service.question(asker, "它第一部分讲什么")).text


def test_without_lengths_before_shorter_is_a_shorter_quote(service: SpeechService, asker: Asker) -> None:
    service.question(asker, "怎么宣传劳模")
    assert "最短的是" not in only(service.question(asker, "最短的呢")).text


def test_of_all_lengths_none_is_named_first(service: SpeechService, asker: Asker) -> None:
    assert only(service.question(asker, "每篇多少字")).text.startswith("每篇多少字")


def test_every_question_of_a_message_has_its_count(service: SpeechService, asker: Asker) -> None:
    text = only(service.question(asker, "“劳动最光荣”有几处？“工匠精神”出现几次？")).text
    assert "「劳动最光荣」一共" in text
    assert "「工匠精神」一共" in text


def test_the_original_stands_in_plain_below_what_differs(service: SpeechService, asker: Asker) -> None:
    text = only(service.question(asker, "核对一下：劳动改变世界，劳动成就未来")).text
    assert "原文：劳动改变世界，劳动创造未来" in text


def test_wishes_of_all_speeches_are_quoted(service: SpeechService, asker: Asker) -> None:
    reply = only(service.question(asker, "结尾都是怎么祝福的"))
    assert len(quoted(reply)) > 1
    assert all("祝" in quote for quote in quoted(reply))


def test_each_word_of_a_list_is_looked_up(service: SpeechService, asker: Asker) -> None:
    text = only(service.question(asker, "有没有提到加班、欠薪或者创新")).text
    assert "6篇里没有「加班」" in text
    assert "6篇里没有「欠薪」" in text
    assert "没有「创新」" not in text
