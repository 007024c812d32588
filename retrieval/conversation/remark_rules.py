"""Rules for what is remarked beside an answer: who may have said it, what it is good for, what was asked or done, how to go on.

Their examples: question before / message → question or sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re

from retrieval.conversation import answer_patterns as about
from retrieval.conversation.answer_rules import choose, chosen
from retrieval.conversation.navigation import leads_on
from retrieval.conversation.utterance import Turn, Utterance, said
from retrieval.exact.concordance import length_of


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
    r"(?:那)?(?:你|您)(?:觉得|认为|看|说)(?:他|她|领导|书记|这话|这句|这篇)?(?:们)?(?:讲|说|做|写)得?(?:对不对|对吗|好不好|好吗|怎么样|咋样)|"
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


def duration_asked(utterance: Utterance) -> Turn | None:
    """讲了多久: that it is not printed, which the length of the text is.

    怎么宣传劳模 / 讲了多久 → duration   怎么宣传劳模 / 多长时间讲完的 → duration   ✗ 怎么宣传劳模 / 多久评一次   ✗ — / 讲了多久
    """
    index, _ = chosen(utterance)
    if not utterance.card or not _DURATION.fullmatch(utterance.said):
        return None
    return said("duration", utterance.card[index], then=choose(utterance, index))


# e.g. 讲了多久  多长时间讲完的  这个讲话用了几分钟  多久  ✗|多久评一次|
_DURATION = re.compile(
    r"(?:那|他|她|这|个|篇|次|领导|一共|总共|大概|讲话|发言)*(?:讲|说|念|发言|用|花|开)*(?:了|过)?(?:有)?(?:多久|多长时间|多少(?:时间|分钟|小时)|"
    r"几(?:分钟|个?小时|个?钟头))(?:讲|说|念|开)*(?:完|了|的)*(?:讲话|会|话)?(?:呢|啊|呀)?"
)


def letters_counted(utterance: Utterance) -> Turn | None:
    """这句几个字, 这篇多少字: how many characters the quote, or its speech, has.

    怎么宣传劳模 / 一共几个字 → letters   怎么宣传劳模 / 这句话多少字 → letters   怎么宣传劳模 / 这篇有多少字 → letters_of_speech
    ✗ — / 一共几个字   ✗ 怎么宣传劳模 / 几个字的口号
    """
    index, text = chosen(utterance)
    if not utterance.card or utterance.before.lookup or not _LETTERS.fullmatch(text.strip()):
        return None
    shown = utterance.card[index]
    corpus, kept = utterance.engine.corpus, choose(utterance, index)
    if "篇" in text or "全文" in text:
        count = length_of(corpus, corpus.speech(shown.source.speech))
        return said("letters_of_speech", shown, about=str(count), then=kept)
    return said("letters", shown, about=str(sum(not sign.isspace() for sign in shown.text)), then=kept)


# e.g. 一共几个字  这句话多少字  这篇有多少字  字数呢  ✗|几个字的口号|
_LETTERS = re.compile(
    r"(?:那|这|它)?(?:一)?(?:句|段|条|个|篇)?(?:话|讲话)?(?:全文)?(?>里|大概|大约|一共|总共|共|总|有|是)*(?:几|多少)个?(?:汉)?字(?:呢|啊|呀|来着)?|"
    r"(?:那|这|它)?(?:句|段|条|篇)?(?:话|讲话)?的?(?:总)?字数(?:是)?(?:多少|呢)?"
)


def inferred_asked(utterance: Utterance) -> Turn | None:
    """出处里的“推断”是什么意思: what is meant by it.

    怎么宣传劳模 / 出处里的“推断”是什么意思 → inferred   — / 为什么写据内容推断 → inferred   ✗ 怎么宣传劳模 / 怎么判断好坏
    """
    return said("inferred") if _INFERRED.search(utterance.said) else None


_INFERRED = re.compile(
    "推断[^,，。?]{0,8}(?:什么|啥)意思|(?:怎么|为什么|为啥|凭什么|咋)(?:是|写|叫|说)?[^,，。?]{0,6}推断"
)  # 推断”是什么意思  为什么写据内容推断  ✗推断


def pages_asked(utterance: Utterance) -> Turn | None:
    """这句有页码吗, 在第几页: that the texts have none, and where the quote stands.

    怎么宣传劳模 / 这句有页码吗 → no_pages   怎么宣传劳模 / 在第几页 → no_pages   — / 有页码吗 → no_pages
    ✗ 怎么宣传劳模 / 下一页   ✗ 怎么宣传劳模 / 第二页
    """
    if not utterance.is_only(utterance.said, _PAGE, _OF_PAGES):
        return None
    shown = utterance.card[min(utterance.conversation.chosen, len(utterance.card) - 1) :][:1]
    return said("no_pages", *shown)


_PAGE = re.compile("页码|第几页|哪一?页|几页|页数")  # 页码  第几页  ✗第二页
_OF_PAGES = re.compile("出处|原文|书|论文|标注|注明|引用|引文|写|要求|纸质|多少|原稿")  # 出处  ✗工会


def updates_asked(utterance: Utterance) -> Turn | None:
    """什么时候更新, 会加新的讲话吗: when there are more speeches.

    — / 什么时候更新 → updates   怎么宣传劳模 / 还会加新讲话吗 → updates   ✗ — / 知识更新   ✗ — / 什么时候更新知识
    """
    return said("updates") if _UPDATES.fullmatch(utterance.said) else None


# e.g. 什么时候更新  多久更新一次  还会加新的讲话吗  会更新不  ✗知识更新
_UPDATES = re.compile(
    r"(?:你|您|这|个|里|那|讲话|内容|资料|稿子|机器人|东西|数据|库|都|平时|一般|最近){0,4}(?:(?:什么时候|啥时候|几时|何时|多久|多长时间|哪天)(?:会|能|再)?(?:更新|上新)(?:一?次|一下)?|"
    r"(?:会不会|会|能|有没有|有|还){0,3}(?:更新|上新)(?:过|了|吗|么|不|没有?|内容|讲话){0,3}|"
    r"(?:会|能|还|什么时候|啥时候|以后){1,3}(?:再)?(?:加|增加|补充|收录|上|放)(?:点|些|几篇|进)?(?:新)?的?(?:讲话|稿子|内容|篇)?)(?:吗|么|不|呢|啊|的)?(?<!加)(?<!上)(?<!放)"
)


def others_told(utterance: Utterance) -> Turn | None:
    """领导夸了, 大家都说好: that others liked it.

    怎么宣传劳模 / 领导夸了 → praise   怎么宣传劳模 / 同事都说好用 → praise
    ✗ 怎么宣传劳模 / 领导怎么夸的   ✗ — / 领导夸了   ✗ 怎么宣传劳模 / 领导夸了谁
    """
    return said("praise") if utterance.card and _LIKED.fullmatch(utterance.said) else None


# e.g. 领导夸了  同事都说好用  老师表扬我了  ✗|领导夸了谁|
_LIKED = re.compile(
    r"(?:我们?|俺们?|咱们?|昨天|今天|刚才|后来|的|个)*(?:领导|老板|主任|科长|书记|同事|同学|老师|大家|孩子|朋友|群里|老伴|家里人|他们|她们)们?(?:都|也|还|刚|可)*"
    r"(?:夸|表扬|称赞|点赞|满意|喜欢|高兴|说(?:写得|讲得|挺|很|真|太)*(?:好|不错|棒|行|有水平)(?:用|听|看)?)(?:得很|极了|坏了|过|了|我|你|呢|啊)*"
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
