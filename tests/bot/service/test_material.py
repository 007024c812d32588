"""Material for a speech of one's own: as a message, as a .docx, and how the speeches begin."""

from __future__ import annotations

import pytest

from bot.contract.response import Asker
from bot.documents.docx import paragraphs
from bot.service import SpeechService
from bot.service.quote_text import full_source
from bot.settings.library import Library
from bot.settings.wording import Wording
from retrieval import excerpts, source
from tests.kit.seen import Inspector, buttons, data, only, quoted

CITED = {
    "劳动最光荣，劳模最伟大。": "某区（区级）《五一劳模座谈会领导讲话稿》，2011年（据内容推断），"
    "三、党委、政府如何进一步地加强劳模工作，第11段",
    "工会是党联系职工群众的桥梁和纽带。": "咸阳（市级）《五一劳模座谈会领导讲话稿》，2015年（据内容推断），第11段",
    "劳动开创未来，奋斗谱写辉煌。": "*市（市级）在“五一”劳模座谈会上的讲话（原文无标题），2022年（据内容推断），第9段",
}


@pytest.mark.parametrize("words", CITED)
def test_a_source_can_be_cited_without_numbers_and_files_of_ours(library: Library, phrases: Wording, words: str) -> None:
    (place, *_) = library.engine.exact.concordance.find(words)
    assert full_source(source(library.corpus, place.speech, place.span), phrases.zh) == CITED[words]


def test_material_comes_by_kind_each_sentence_verbatim_with_its_source(service: SpeechService, library: Library, asker: Asker) -> None:
    card = only(service.command(asker, "material", "工会"))
    Inspector(library).check(card)
    assert "工会是党联系职工群众的桥梁和纽带。" in quoted(card)
    heads = [card.text.index(f"\n{head}\n") for head in ("开头", "是什么", "怎么要求", "结尾祝愿（不限话题）")]
    assert heads == sorted(heads)
    assert card.text.count("据内容推断") == len(quoted(card)) >= 12
    assert "第5篇" not in card.text
    assert ".txt" not in card.text


@pytest.mark.parametrize(
    "message",
    ["素材 工会", "素材：工会", "写稿素材 工会", "工会素材", "来点工会方面的素材", "帮我找一些关于工会的写稿素材。", "給我工會的素材"],
)
def test_material_is_asked_for_in_plain_words(service: SpeechService, asker: Asker, message: str) -> None:
    assert "工会是党联系职工群众的桥梁和纽带。" in quoted(only(service.question(asker, message)))


@pytest.mark.parametrize("message", ["素材", "给我来点素材", "发言稿要用点素材", "工会应该为职工做什么", "劳动是写作的素材吗"])
def test_other_messages_are_not_about_material(service: SpeechService, asker: Asker, message: str) -> None:
    assert not only(service.question(asker, message)).text.startswith("「")


def test_without_a_theme_three_are_offered_and_lead_to_their_material(service: SpeechService, asker: Asker) -> None:
    for asked in (service.command(asker, "material", ""), service.question(asker, "素材")):
        card = only(asked)
        assert len(card.buttons[0]) == 3
        first = card.buttons[0][0]
        assert first.data
        assert f"「{first.label}」的写稿素材" in only(service.tap(asker, first.data)).text


def test_a_theme_of_which_nothing_is_said_gets_themes_that_have_material(service: SpeechService, asker: Asker) -> None:
    card = only(service.command(asker, "material", "幼儿园"))
    assert card.text == "各篇都没有讲到「幼儿园」。"
    assert "劳模精神" in [button.label for button in buttons(card)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_file_holds_every_sentence_with_its_source_and_nothing_else(
    service: SpeechService, library: Library, phrases: Wording, language: str
) -> None:
    person, say = Asker(7, 7, "private", language), phrases.of(language)
    card = only(service.command(person, "material", "工会"))
    answer = service.tap(person, data(card, say("button.material_file")))
    assert answer.later
    reply = only(answer.later())
    Inspector(library).check(reply)
    assert reply.file
    assert reply.file.name == "工会.docx"
    found = excerpts(library.engine, "工会", library.worthy)
    heads = {say(f"material.{e.kind}") + ("" if e.on_theme else say("material.on_anything")) for e in found}
    expected = {line for e in found for line in (e.quote.text, f"—— {full_source(e.quote.source, say)}")}
    written = paragraphs(reply.file.content)
    assert set(written) == expected | heads | {say("material.file_title", theme="工会")}
    assert sum(line.startswith("—— ") for line in written) == len(found)


def test_who_wants_a_beginning_written_gets_how_the_six_begin(service: SpeechService, library: Library, asker: Asker) -> None:
    card = only(service.question(asker, "帮我写个开头"))
    Inspector(library).check(card)
    assert card.text.startswith("我不写稿子")
    assert len(quoted(card)) == 6
    offered = only(service.command(asker, "material", ""))
    assert quoted(only(service.tap(asker, data(offered, "开头")))) == quoted(card)
