"""Walking through all places of a wording: each sentence with the wording bold, one after the other, and back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from bot.contract.actions import AtPlace, Key
from bot.contract.callback import encode
from bot.contract.place_actions import Counted, CountPicture, Walk
from bot.contract.reply import Reply
from bot.contract.response import Asker
from bot.service import SpeechService
from bot.settings.library import Library
from tests.kit.pixels import opened
from tests.kit.seen import Inspector, buttons, data, only, quoted

UNKNOWN = Key("Ab3dE_-9")


def bold(reply: Reply) -> list[str]:
    """What is bold inside the quoted words."""
    blocks = [entity for entity in reply.entities if entity.kind == "blockquote"]
    return [reply.text[e.start : e.end] for e in reply.entities if e.kind == "bold" and any(b.start <= e.start < b.end for b in blocks)]


def walked(service: SpeechService, asker: Asker, first: Reply, label: str = "›") -> list[Reply]:
    """Every card on the way until the first one comes again."""
    found = [first]
    while (card := only(service.tap(asker, data(found[-1], label)))) != first:
        found.append(card)
    return found


def test_all_places_of_a_counted_word_are_walked_through(service: SpeechService, asker: Asker, library: Library) -> None:
    counted = only(service.command(asker, "count", "创新"))
    found = walked(service, asker, only(service.tap(asker, data(counted, "逐处看（32处）"))))
    assert [card.text.partition("\n")[0] for card in found] == [f"「创新」 {n} / 32" for n in range(1, 33)]
    inspector = Inspector(library)
    for card in found:
        inspector.check(card)
        (words,) = quoted(card)
        assert bold(card) == ["创新"]
        assert "创新" in words
        assert card.text.splitlines()[-1].startswith("— 第"), "the source is one line, and the last"
    assert sum("在标题里" in card.text for card in found) == 4
    assert "其中4处在标题里" in counted.text
    assert walked(service, asker, found[0], "‹") == [found[0], *reversed(found[1:])]
    assert only(service.tap(asker, data(found[5], "返回"))) == counted


def test_a_sentence_with_the_word_three_times_comes_three_times_with_another_one_bold(service: SpeechService, asker: Asker) -> None:
    counted = only(service.command(asker, "count", "改革"))
    found = walked(service, asker, only(service.tap(asker, data(counted, "逐处看"))))
    places = {(quoted(card)[0], next(e.start for e in card.entities[1:] if e.kind == "bold") - card.text.index("\n")) for card in found}
    assert len(places) == len(found) == 42
    assert max(sum(words == other for other, _ in places) for words, _ in places) >= 3


@pytest.mark.parametrize(
    ("asked", "button", "first"),
    [
        ("「工匠精神」出自哪里", "逐处看（3处）", "「工匠精神」 1 / 3"),
        ("第三篇有没有提到工匠精神", "逐处看（3处）", "「工匠精神」 1 / 3"),
        ("第五篇里创新出现几次", "逐处看（11处）", "「创新」 19 / 32"),
        ("“创新”和“改革”出现几次", "「改革」42处", "「改革」 1 / 42"),
    ],
)
def test_a_card_that_found_a_wording_in_several_places_leads_to_them_and_back(
    service: SpeechService, asker: Asker, asked: str, button: str, first: str
) -> None:
    card = only(service.question(asker, asked))
    place = only(service.tap(asker, data(card, button)))
    assert place.text.startswith(first)
    onward = only(service.tap(asker, data(place, "›")))
    back = only(service.tap(asker, data(onward, "返回")))
    assert quoted(back) == quoted(card)


@pytest.mark.parametrize(
    "asked", ["「榜样的力量是无穷的」出自哪里", "“春江水暖鸭先知”在哪篇", "工会应该为职工做什么？", "为什么说劳模“人定胜天”"]
)
def test_where_there_is_nothing_to_walk_through_there_is_no_button(service: SpeechService, asker: Asker, asked: str) -> None:
    assert not [button.label for button in buttons(only(service.question(asker, asked))) if (button.data or "")[:1] == "h"]


def test_a_word_that_stands_nowhere_or_once(service: SpeechService, asker: Asker) -> None:
    nowhere = only(service.command(asker, "count", "区块链"))
    assert [button.label for button in buttons(nowhere)] == ["随便看一句", "讲话目录"]
    once = only(service.tap(asker, data(only(service.command(asker, "count", "榜样的力量是无穷的")), "逐处看（1处）")))
    assert once.text.startswith("「榜样的力量是无穷的」 1 / 1")
    assert not [button.label for button in buttons(once) if button.label in "‹›"]


@pytest.mark.parametrize("label", ["上下文", "其他 …"])
def test_from_what_is_done_with_a_place_the_way_leads_back_to_it(service: SpeechService, asker: Asker, label: str) -> None:
    place = only(service.tap(asker, data(only(service.command(asker, "count", "创新")), "逐处看")))
    place = only(service.tap(asker, data(place, "›")))
    assert only(service.tap(asker, data(only(service.tap(asker, data(place, label))), "返回"))) == place


def test_in_traditional_characters_the_word_stays_bold_and_the_original_is_a_tap_away(service: SpeechService, asker: Asker) -> None:
    service.tap(asker, data(only(service.command(asker, "settings", "")), "臺灣"))
    place = only(service.tap(asker, data(only(service.command(asker, "count", "劳动")), "逐處看")))
    assert bold(place) == ["勞動"]
    verbatim = only(service.tap(asker, data(place, "原文")))
    assert bold(verbatim) == ["劳动"]
    assert bold(only(service.tap(asker, data(verbatim, "›")))) == ["劳动"]


def test_the_counts_as_a_picture(service: SpeechService, asker: Asker) -> None:
    counted = only(service.command(asker, "count", "创新"))
    answer = service.tap(asker, data(counted, "画成图"))
    assert answer.toast
    assert answer.later is not None
    (reply,) = answer.later().replies
    assert reply.file is not None
    assert opened(reply.file.content).width == 1080
    assert reply.text.splitlines() == ["「创新」在各篇里的次数，共32次", "其中4处在标题里。"]
    assert "第5篇 2015" in reply.file.instead


def test_everybody_in_a_group_may_walk_through_anybodys_places(service: SpeechService) -> None:
    asker = Asker(7, -100, "group", "zh", manages_chat=False)
    counted = only(service.command(asker, "count", "创新"))
    assert "1 / 32" in only(service.tap(replace(asker, user_id=8, started_by=7), data(counted, "逐处看"))).text


@effort(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, 36**6 - 1), st.booleans(), st.sampled_from(["", str(UNKNOWN)]))
def test_forged_places_lead_to_a_card(service: SpeechService, library: Library, asker: Asker, at: int, plain: bool, question: str) -> None:
    service.command(asker, "count", "创新")
    key = next(b.data for b in buttons(only(service.command(asker, "count", "创新"))) if b.data and b.data[0] == "h").split(":")[1][:8]
    (card,) = [only(service.tap(asker, encode(Walk(AtPlace(Key(key), at, question), plain), library.fingerprint)))]
    assert card.text.startswith(f"「创新」 {at % 32 + 1} / 32")
    Inspector(library).check(card)


@pytest.mark.parametrize("action", [Walk(AtPlace(UNKNOWN, 0)), Counted(UNKNOWN), CountPicture(UNKNOWN)])
def test_a_wording_that_is_not_kept_is_forgotten(service: SpeechService, library: Library, asker: Asker, action: Walk) -> None:
    assert service.tap(asker, encode(action, library.fingerprint)).toast.startswith("这张卡片太久了")
