"""Rules for messages that point to what was shown: more of it, a quote or part by its number, what stands beside it.

Their examples: question before / message → question that is then asked, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

from retrieval.conversation.navigation import NEXT, counted, counts_of, is_counted_in, leads_on, quote_number, stepped
from retrieval.conversation.utterance import Turn, Utterance, again, seen


def next_part(utterance: Utterance) -> Turn | None:
    """还有吗 after a part that was looked up: the part after it.

    3.2 / 还有吗 → 3.3   ✗ 怎么宣传劳模 / 还有吗   ✗ 3.2 / 下一节
    """
    following = stepped(utterance, NEXT) if utterance.before.lookup and utterance.is_one_of(utterance.words.more) else None
    return again(utterance, str(following)) if following else None


def further_quotes(utterance: Utterance) -> Turn | None:
    """还有吗: further quotes of the question before.

    怎么宣传劳模 / 谢谢，还有吗 → 怎么宣传劳模   ✗ 怎么宣传劳模 / 还有什么活动   ✗ 3.2 / 还有吗
    """
    return Turn("more", utterance.before) if utterance.is_one_of(utterance.words.more) else None


def shown_again(utterance: Utterance) -> Turn | None:
    """出处: the answer again, whose source line says it.

    怎么宣传劳模 / 出处呢 → 怎么宣传劳模   ✗ 怎么宣传劳模 / 出处在第几页
    """
    return Turn("again", utterance.before) if utterance.is_one_of(utterance.words.repeating) else None


def quote_by_number(utterance: Utterance) -> Turn | None:
    """② or 第二个: the answer from its second quote on.

    怎么宣传劳模 / ② → 怎么宣传劳模   ✗ 怎么宣传劳模 / 第二点   ✗ 3.2 / 第二个
    """
    return _quote(utterance, utterance.message.strip())


def neighbour(utterance: Utterance) -> Turn | None:
    """下一段, 上一点: what stands after or before what was shown.

    3.2 / 好的，下一节 → 3.3   第六篇第3段 / 上一段 → 6p2   ✗ 第六篇 / 下一篇   ✗ 3.2 / 第三点
    """
    reference = stepped(utterance, utterance.bare)
    return again(utterance, str(reference)) if reference else None


def counted_by_the_answer(utterance: Utterance) -> Turn | None:
    """第二个呢 after an answer that says 第二个 itself: the answer again.

    毛主席说劳模有什么作用 / 第二个呢 → 毛主席说劳模有什么作用   ✗ 劳模自己要做到哪三条 / 第二个呢
    """
    counts = counts_of(utterance.bare)
    quote = utterance.quote_before if counts and utterance.part_before else None
    if quote is None or not is_counted_in(quote.text, counts):
        return None
    return seen(utterance.before, utterance.answer_before)


def part_counted(utterance: Utterance) -> Turn | None:
    """第二点: the part below what was shown, or beside it.

    第六篇说了啥 / 第二部分第三点 → 6.2.3   劳模自己要做到哪三条 / 那第二个呢 → 1.2.2   ✗ 劳模自己要做到哪三条 / 第九点
    """
    counts = counts_of(utterance.bare)
    reference = counted(utterance, counts) if counts else None
    return again(utterance, str(reference)) if reference else None


def quote_counted(utterance: Utterance) -> Turn | None:
    """那第二个呢 after an answer that stands in no part: its second quote.

    最后祝福什么 / 那第二个呢 → 最后祝福什么   ✗ 劳模自己要做到哪三条 / 那第二个呢
    """
    return _quote(utterance, utterance.bare) if leads_on(utterance.bare) else None


def counts_nothing(utterance: Utterance) -> Turn | None:
    """A count or step that leads nowhere is a question of its own.

    第六篇 / 下一篇 → 下一篇   劳模自己要做到哪三条 / 第九点 → 第九点   ✗ 劳模自己要做到哪三条 / 第九点怎么说
    """
    return Turn("new", utterance.understood) if leads_on(utterance.bare) else None


def _quote(utterance: Utterance, said: str) -> Turn | None:
    """The answer before from the quote on that `said` counts; None where it has none such."""
    skip = quote_number(said)
    answer = utterance.shown(utterance.before, skip) if skip >= 0 and not utterance.before.lookup else None
    return Turn("again", utterance.before, skip, answer) if answer and answer.quotes else None
