"""Steps around a quote: they go on, turn round far from it, and know where the sentence stands that was shown last."""

from __future__ import annotations

from retrieval import Conversation, Engine, after, turn
from retrieval.conversation.utterance import Turn
from tests.kit.table import each_row

ASKED, HERE, FIRST, SECOND, THIRD = "高尔基说过什么", "高尔基说", "在我市经济转型升级", "要大力倡导勤奋劳动", "四要做好表率"
BEFORE = "要坚持学习和创新"  # stands in the paragraph before, its last sentence the heading that is no sentence of its own


def said_to(engine: Engine, *messages: str) -> list[Turn]:
    """What a conversation of these messages does, one after the other."""
    kept, steps = Conversation(), []
    for message in messages:
        step = turn(engine, message, kept)
        kept = step.then or after(kept, step, step.answer or engine.answer(step.understood), 0)
        steps.append(step)
    return steps


@each_row("messages, begins", [
        (("后一句",), FIRST),
        (("后一句", "后一句"), SECOND),
        (("后一句", "前一句"), BEFORE),
        (("后一句", "后一句", "前一句"), FIRST),
        (("后一句", "后一句", "后一句", "前一句"), SECOND),
        (("后一句", "后一句", "前一句", "前一句"), HERE),
        (("后一句", "后一句", "前一句", "前一句", "前一句"), BEFORE),
        (("后一句", "后一句", "前一句", "后一句"), SECOND),
        (("前一句", "前一句", "后一句"), BEFORE),
        (("后一句", "后一句", "那最开始那句的前头"), BEFORE),
        (("后一句", "后一句", "整段", "前一句"), BEFORE),
    ])  # fmt: skip
def test_where_steps_lead(judged: Engine, messages: tuple[str, ...], begins: str) -> None:
    assert said_to(judged, ASKED, *messages)[-1].quotes[0].text.startswith(begins)


def test_the_place_is_that_of_the_sentence_shown_last(judged: Engine) -> None:
    walked = said_to(judged, ASKED, "前一句", "这是第几段")[-1]
    at_once = said_to(judged, ASKED, "这是第几段")[-1]
    assert walked.quotes[0].text.startswith(BEFORE)
    assert at_once.quotes[0].text.startswith(HERE)
    assert walked.quotes[0].source.paragraph == at_once.quotes[0].source.paragraph - 1


@each_row("message, says", [("有没有“劳模最光荣，劳动最伟大”这句", "only_near"), ("“劳模是民族的精英、国家的栋梁”有没有", "near_shown")])
def test_nothing_else_is_said_to_be_near_only_where_that_is_so(judged: Engine, message: str, says: str) -> None:
    assert said_to(judged, message, "就这一处？")[-1].say == says
