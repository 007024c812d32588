"""Rules for what is remarked beside an answer: who may have said it, what it is good for, what was asked or done, how to go on.

Their examples: question before / message → question or sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re

from retrieval.conversation import answer_patterns as about
from retrieval.conversation.answer_rules import choose, chosen
from retrieval.conversation.navigation import leads_on
from retrieval.conversation.utterance import Turn, Utterance, said


def speaker_guessed(utterance: Utterance) -> Turn | None:
    """书记说的吧, 是哪位市长说的, 是去年的讲话吗: who or when, as far as that is printed.

    怎么宣传劳模 / 书记说的吧 → who   怎么宣传劳模 / 总书记说过这话 → who   怎么宣传劳模 / 是今年的吗 → place
    ✗ 怎么宣传劳模 / 书记怎么说的   ✗ — / 书记说的吧   ✗ 怎么宣传劳模 / 总书记说过什么   ✗ 怎么宣传劳模 / 今年的目标
    """
    index, _ = chosen(utterance)
    key = "who" if _SAID_BY.fullmatch(utterance.said) else "place" if _OF_WHEN.fullmatch(utterance.said) else ""
    if not utterance.card or utterance.before.lookup or not key:
        return None
    return said(key, utterance.card[index], then=choose(utterance, index))


_THIS = r"(?:(?:那|可)?(?:这|那|它)(?:个|句|段|篇)?(?:话)?(?:也|就)?)?"  # 这句话  |书记
_HEAD = (
    # e.g. 总书记  市长  ✗劳模
    r"(?:习近平|习?总书记|毛主席|习主席|主席|书记|市长|省长|区长|县长|总理|部长|领导|工会主席|总工会|中央|上级)"
)
# e.g. 书记说的吧  这话是不是习近平讲的  是哪位市长说的  总书记说过这话  ✗书记怎么说
_SAID_BY = re.compile(
    rf"{_THIS}(?:是不是|是|该不会是|应该是|难道是|莫非是)?(?:哪一?(?:位|个)|什么|某个?)?{_HEAD}(?:自己|本人)?(?:说|讲|写|"
    rf"提)(?:的|过的)(?:吧|吗|么|不|呢|啊)?|"
    rf"{_HEAD}(?:是不是|有没有)?(?:说|讲|提)过?(?:这|那)(?:句|个)?(?:话)?(?:吧|吗|么|没有?)?"
)
# e.g. 是今年的吗  这是很老的讲话了吧  哪次会上说的  有页码吗  ✗今年的目标
_OF_WHEN = re.compile(
    rf"{_THIS}(?:是不是|是|不会是)(?:今年|去年|前年|最近|近几年|近年|最新|很?(?:早|老|久)以?前?|旧|哪个年代)的?(?:讲话|稿子|话|"
    rf"了)?(?:了)?(?:吗|吧|么|不)?|"
    rf"{_THIS}(?:是)?(?:在)?哪一?(?:次|场|回)(?:会议?|座谈会|讲话|活动)(?:上|里)?(?:说|讲|提)?的?(?:呢|啊)?|(?:城市|地方|地点|"
    rf"市)(?:是|在)哪(?:个|里|儿|座)?|有?(?:没有)?页码(?:吗|么|是多少|呢)?"
)


def worth_asked(utterance: Utterance) -> Turn | None:
    """这话过时了吧, 跟我有啥关系, 你怎么看: nothing is judged; where it stands.

    怎么宣传劳模 / 这话过时了吧 → no_explaining   怎么宣传劳模 / 跟我有啥关系 → no_explaining   怎么宣传劳模 / 你怎么看 → no_explaining
    ✗ 怎么宣传劳模 / 跟工会有啥关系   ✗ — / 跟我有啥关系   ✗ 怎么宣传劳模 / 创新有什么意义
    """
    index, _ = chosen(utterance)
    if not utterance.card or utterance.before.lookup or not _WORTH.fullmatch(utterance.said):
        return None
    return said("no_explaining", utterance.card[index], then=choose(utterance, index))


_US = r"(?:我们?|咱们?|俺们?|普通人|老百姓|一个?(?:普通)?(?:工人|职工|学生)|年轻人|学生)"  # 我们  年轻人  ✗工会
# e.g. 这话过时了吧  现在还适用吗  跟我有啥关系  我一个工人用得上吗  你怎么看  有争议吗  ✗有什么目标
_WORTH = re.compile(
    rf"{_THIS}(?:放到|放在)?(?:现在|今天|如今)?(?:还|是不是|会不会|早就|已经|算不算)?(?:过时|适用|有效|管用|算数|"
    rf"有用)(?:了)?(?:吗|吧|不|么|没有?)|"
    rf"{_THIS}(?:跟|和|与|对){_US}(?:来说|来讲)?(?:有)?(?:什么|啥|多大|哪些)?(?:关系|用处?|意义|启发|好处|帮助)(?:吗|呢|啊)?|"
    rf"{_US}+(?:也)?(?:用得上|用得着|能用)(?:吗|么|不)|{_THIS}(?:有(?:没有)?(?:什么|啥)?争议)(?:吗|么|不|呢)?|"
    rf"(?:那)?(?:你|您)(?:自己)?(?:怎么|咋|如何)(?:看|想|认为|理解)(?:待)?(?:的)?(?:呢|这句话?|这话)?|(?:你|您)(?:觉得|认为|"
    rf"看)?(?:同意|赞成|赞同|认同|有道理)(?:吗|么|不)?"
)


def question_recalled(utterance: Utterance) -> Turn | None:
    """我刚问的什么: the question before.

    怎么宣传劳模 / 我刚问的什么 → asked_last
    怎么宣传劳模 / 你记得我刚才问的啥吗 → asked_last   ✗ — / 我刚问的什么   ✗ 怎么宣传劳模 / 问什么好
    """
    return said("asked_last", about=utterance.previous) if utterance.previous and _WHAT_ASKED.fullmatch(utterance.said) else None


# e.g. 我刚问的什么  你记得我刚才问的啥吗  我问过啥  ✗问什么好
_WHAT_ASKED = re.compile(
    r"(?:那|你|您|还|能)*(?:记得|知道|记不记得)?(?:我|俺)(?:刚才?|刚刚|之前|前面|上次|一开始|上一个)?(?:是)?(?:问|说)(?:的|过|"
    r"了)+(?:是)?(?:什么|啥|哪些|哪个)(?:问题|来着)*(?:吗|呢|啊)?"
)


def done_told(utterance: Utterance) -> Turn | None:
    """抄好了, 好 记下了, 发出去了: that is well.

    怎么宣传劳模 / 抄好了 → noted   怎么宣传劳模 / 好 记下了 → noted   ✗ — / 抄好了   ✗ 怎么宣传劳模 / 收藏   ✗ 怎么宣传劳模 / 记下来
    """
    return said("noted") if utterance.card and _DONE.fullmatch(utterance.spoken.rstrip("。!~ ")) else None


# e.g. 抄好了  好 记下了  已经发出去了  ✗收藏  ✗记下来
_DONE = re.compile(
    r"(?:好|好的|嗯|行|ok|哦)?[,， ]{0,3}(?:我|都|已经|这就|先)*(?:已)?(?:记|抄|存|保存|复制|写|发|打印|贴|用|拿)(?:下来|下|好|完|"
    r"上|出去|进去|走|给他|过去)了(?:哈|啊|哦)?"
)


def handling_asked(utterance: Utterance) -> Turn | None:
    """怎么返回, 怎么翻页, 有网页版吗: how the chat is used.

    怎么宣传劳模 / 怎么翻页 → help   怎么宣传劳模 / 怎么只看一篇 → help   怎么宣传劳模 / 有没有网页版 → ability
    ✗ 怎么宣传劳模 / 怎么退休   ✗ 怎么宣传劳模 / 返回
    """
    if _EDITIONS.fullmatch(utterance.said):
        return said("ability")
    return said("help") if _HOW_TO.fullmatch(utterance.said) else None


_EDITIONS = re.compile(
    r"(?:你|您|这个)?有(?:没有)?(?:网页版?|网站|app|客户端|小程序|电脑版|手机版|公众号|网址)(?:吗|么|没有?|不)?"
)  # 有网页版吗  有没有app  ✗有没有
# e.g. 怎么返回  怎么只看一篇  咋看下一条  ✗怎么退休
_HOW_TO = re.compile(
    r"(?:那|我|要|想|请问)*(?:怎么|咋|如何|怎样)(?:才能|能|去|样)?(?:再)?(?:返回|退出|关掉|关闭|翻页|切换|退回去|点开|点|(?:看|"
    r"找|翻)(?:到)?(?:下|上)一?[条页个句]|(?:看)?更多|只[看搜找查](?:其中)?一篇|限定(?:一篇|范围)?|换(?:一)?篇|取消|操作|输入|"
    r"打字|发)"
    r"(?:呢|啊|呀|的)?"
)


def nothing_pointed_at(utterance: Utterance) -> Turn | None:
    """出处在哪, 前一句 where nothing was shown yet.

    — / 复制一下给我 → no_answer   — / 前一句是什么 → no_answer   ✗ 怎么宣传劳模 / 前一句   ✗ — / 出处
    """
    if utterance.card or utterance.previous or len(utterance.said) < 3:
        return None
    kinds = (about.REPEAT, about.BEFORE, about.AFTER, about.PARAGRAPH, about.PLACE, about.EXACT, about.LONGER)
    if not leads_on(utterance.left_out) and not any(utterance.is_only(utterance.said, kind) for kind in (*kinds, about.QUOTE_COUNTED)):
        return None
    return said("no_answer") if utterance.alone.confidence != "sure" else None
