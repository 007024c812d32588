"""Rules for what the year and the place of a speech are inferred from.

Their examples: question before / message → sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.conversation.answer_rules import YEAR_ASKED, YEAR_TOLD, of_it_alone, speech_meant
from retrieval.conversation.utterance import Turn, Utterance, said
from retrieval.speeches.quotes import first_paragraph


def year_doubted(utterance: Utterance) -> Turn | None:
    """凭什么说第五篇是2015年的, 年份是推出来的吗: which year a speech is of, and what that is inferred from.

    — / 怎么知道第五篇是2015年的 → year   怎么宣传劳模 / 年份是文中写明的吗 → year   第三篇 / 年份有依据吗 → year
    — / 那年份咋知道的，稿子上印了？ → years
    ✗ — / 凭什么说劳模光荣   ✗ — / 2015年的讲话   ✗ — / 年份有哪些
    """
    last = next(iter(utterance.conversation.asked), "")
    told = utterance.conversation.wished in (YEAR_TOLD, "facts") or YEAR_ASKED.search(last)
    seen = told and _SEEN.fullmatch(utterance.said)
    if not seen and not (_YEAR.search(utterance.said) and _GROUND.search(utterance.said)):
        return None
    number = speech_meant(utterance)
    if number:
        return year_told(utterance, number)
    entries = {n: utterance.engine.corpus.speech(n).entry for n in utterance.engine.corpus.numbers[:MOST_READ]}
    inferred = next((n for n, entry in entries.items() if entry.year and entry.year_basis), 0)
    return said("years", about=str(inferred)) if inferred and not seen else None


def year_told(utterance: Utterance, number: int) -> Turn:
    """Which year a speech is of; it is spoken of from then on, the quote of it in view stays."""
    shown = utterance.quote_before
    if shown and shown.source.speech == number:
        return said("year", about=str(number), then=replace(utterance.conversation, wished=YEAR_TOLD))
    beginning = first_paragraph(utterance.engine.corpus, number)
    return said("year", about=str(number), then=replace(of_it_alone(utterance, beginning), wished=YEAR_TOLD))


MOST_READ = 60  # speeches that are looked through, chosen


def place_doubted(utterance: Utterance) -> Turn | None:
    """凭什么说第4篇是张家界的: what the place of a speech is seen from.

    — / 第4篇凭什么说是张家界 → from_where   第三篇 / 地点有依据吗 → from_where   ✗ — / 凭什么说第5篇是2015年的   ✗ — / 张家界是什么地方
    """
    number = speech_meant(utterance)
    if not number or not _GROUND.search(utterance.said) or _YEAR.search(utterance.said):
        return None
    place = utterance.engine.corpus.speech(number).entry.place
    if not (place and place in utterance.said) and not _WHERE.search(utterance.said):
        return None
    return said("from_where", about=str(number))


_WHERE = re.compile("地点|地方|哪里的|哪个(?:市|区|省|城市)|地名")  # 地方  ✗这里
_YEAR = re.compile(r"年份|[这那]一?年|哪一?年|几几年|(?:19|20)\d\d|日期|时间")  # 年份  2015  ✗今年
# e.g. 怎么看出来的  从哪看出来的  原文里凭什么看出来  根据哪句话  原文有什么依据呢  凭啥这么说  ✗怎么宣传
_SEEN = re.compile(
    r"(?:你|您|那)?(?:在|从)?(?:原文|文中|讲话|稿子)?(?:里[面头]?|上)?(?:是)?(?:(?:怎么|咋|从?哪(?:里|儿|句话?)?|凭(?:什么|啥)|根据(?:什么|啥|哪句话?)|靠(?:什么|啥))"
    r"(?:能|就|可以|这么|这样)*(?:知道|看(?:得)?出|推断?|得|断定|判断|说|定)(?:来|出来)?的?|(?:根据|凭|看)的?(?:是)?哪一?(?:句|段)话?|有?(?:什么|啥|没有?)?(?:依据|根据|凭据))(?:吗|呢|啊)?"
)
# e.g. 凭什么  怎么知道  推断  没写  ✗是哪年
_GROUND = re.compile(
    r"凭(?:什么|啥)|(?<!别)猜|依据|根据|怎么(?:知道|晓得|看出|得出|推|来)|推(?:断|测|算|出)|(?<!请)写明|(?:写|印)(?:着|了|没)|坐实|没写|有写|为(?:什么|啥)说|确定吗|准吗|是.{4,8}年的?吧"
    r"|靠(?:谱|得住)|可(?:靠|信)|(?:咋|怎么|哪儿?)(?:里)?(?:来|得)的|咋(?:知道|看出|推|算)"
)
