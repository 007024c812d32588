"""How a message is written: English is answered, English and traditional characters are offered, glosses are marked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.contract.response import Asker
from bot.service import SpeechService
from bot.service.writing import writes_traditional
from bot.settings.library import Library
from bot.settings.wording import Wording
from tests.kit.seen import Inspector, buttons, data, only, quoted
from tests.kit.table import each_row

READER = Asker(9, 9, "private", "en-GB")
GROUP = Asker(7, -5, "group", "zh", manages_chat=False)


def labels(service: SpeechService, asker: Asker, message: str) -> list[str]:
    return [button.label for button in buttons(only(service.question(asker, message)))]


def test_an_english_question_is_answered_and_says_what_it_looked_for(service: SpeechService, asker: Asker, library: Library) -> None:
    card = only(service.question(asker, "What should the union do for workers?"))
    assert card.text.startswith("查的词：工会 (union), 职工 (workers)\n\n")
    assert quoted(card)[0].startswith("一要发挥好桥梁纽带作用")
    Inspector(library).check(card)


def test_what_is_not_known_is_said(service: SpeechService) -> None:
    assert only(service.question(READER, "overtime and the union")).text.startswith("Looked for: 工会 (union). Not known: overtime.")


def test_an_english_message_without_known_words_says_how_to_ask(service: SpeechService) -> None:
    assert "union" in only(service.question(READER, "bitcoin price")).text


@pytest.mark.parametrize(("first", "then", "shown"), [
    ("speech 5", "part 2", "/s5_2|5.2"),
    ("speech 6 last paragraph", "", "劳动开创未来"),
    ("union", "source", "/s3"),
    ("union", "more", "2–4"),
    ("union", "the next sentence", "最后，再次祝愿"),
    ("contents", "", "/s6"),
    ("/ask craftsmanship", "", "工匠精神"),
    ("/compare craftsmanship", "", "「工匠精神」"),
    ("/count union", "", "“工会”"),
    ("/material union", "", "工会"),
    ("/speech speech 3 part 2", "", "改革创新"),
])  # fmt: skip
def test_places_follow_ups_and_commands_in_english(service: SpeechService, first: str, then: str, shown: str) -> None:
    for message in filter(None, (first, then)):
        name, _, argument = message.removeprefix("/").partition(" ")
        answer = service.command(READER, name, argument) if message.startswith("/") else service.question(READER, message)
    text = only(answer).text
    assert any(words in text for words in shown.split("|"))


def test_english_is_offered_to_who_writes_it_and_answers_in_a_message_of_its_own(service: SpeechService, asker: Asker) -> None:
    assert "English" not in labels(service, asker, "工会")
    card = only(service.question(asker, "union"))
    answer = service.tap(asker, data(card, "English"))
    assert answer.edit is None
    assert "≈ How strong is a good example?" in only(answer).text
    assert "English" not in labels(service, asker, "union")
    assert "speeches" in only(service.command(asker, "list", "")).text


def test_pinyin_is_answered_as_before_with_english_offered(service: SpeechService, asker: Asker) -> None:
    card = only(service.question(asker, "laomo jingshen"))
    assert "劳模精神" in quoted(card)[0]
    assert not card.text.startswith("查的词")
    assert "English" in labels(service, asker, "laomo jingshen")


def test_only_who_may_choose_is_offered_anything(service: SpeechService) -> None:
    assert "English" not in labels(service, GROUP, "union")
    assert "English" in labels(service, replace(GROUP, manages_chat=True), "union")
    assert not any("臺灣" in label for label in labels(service, GROUP, "勞模精神"))


def test_traditional_characters_are_offered_once(service: SpeechService, asker: Asker) -> None:
    card = only(service.question(asker, "勞模有哪三個作用？"))
    assert "要改用繁體顯示嗎？" in card.text
    assert not any("臺灣" in label for label in labels(service, asker, "勞模有哪三個作用？"))
    answer = service.tap(asker, data(card, "香港"))
    assert answer.edit is None
    assert only(answer).text.startswith("好的，以後都用繁體顯示")
    assert "羣眾" in only(service.question(asker, "群众路线")).text


def test_who_has_chosen_is_not_asked(service: SpeechService, asker: Asker) -> None:
    service.tap(asker, data(only(service.command(asker, "settings", "")), "简体"))
    assert not any("臺灣" in label for label in labels(service, asker, "勞模精神"))


@each_row("message, traditional", [
    ("勞模精神是什麼", True), ("劳模精神是什么", False), ("工人", False), ("union", False), ("", False), ("劳模和工會", False),
    ("後", True),
])  # fmt: skip
def test_who_writes_traditional_characters(message: str, traditional: bool) -> None:
    assert writes_traditional(message) is traditional


def test_the_settings_name_the_characters_that_are_shown(service: SpeechService, asker: Asker) -> None:
    card = only(service.command(asker, "settings", ""))
    changed = only(service.tap(asker, data(card, "香港")))
    assert "✓繁體（香港）" in [button.label for button in buttons(changed)]


def test_lists_contents_and_parts_have_glosses_in_english_alone(service: SpeechService, asker: Asker, phrases: Wording) -> None:
    listed, contents, part = (
        only(service.command(READER, name, words)) for name, words in (("list", ""), ("speech", "4"), ("speech", "4.2"))
    )
    assert "≈ Choosing model workers in a central district" in listed.text
    assert "一要解放思想 /s4_1_1\n　　≈ Free the mind" in contents.text
    assert "≈ Keep pace with the times" in part.text
    for reply in (listed, contents):
        assert phrases.en("gloss.note") in reply.text
    assert not any("≈" in words for words in quoted(part))
    for name, words in (("list", ""), ("speech", "4"), ("speech", "4.2"), ("help", "")):
        assert "≈" not in only(service.command(asker, name, words)).text


def test_inline_and_guest_mode_understand_english(service: SpeechService) -> None:
    assert "工会" in service.inline(READER, "union", "").results[0].description
    guest = service.guest(Asker(9, 0, "group", "en"), "union")
    assert guest is not None
    assert guest.message.text.startswith("查的词：工会 (union)") or guest.message.text.startswith("Looked for: 工会 (union)")
