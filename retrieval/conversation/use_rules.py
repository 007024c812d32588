"""Rules for what people want to know of a quote before they use it: whose it is, for whom, where it stands, which is best.

Their examples: question before / message → question, sentence or wish that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re

from retrieval.conversation.answer_rules import choose, chosen, of_it_alone, show, speech_meant
from retrieval.conversation.beside_rules import shortened
from retrieval.conversation.topic_rules import asked_before
from retrieval.conversation.utterance import NOTHING, Turn, Utterance, again, said
from retrieval.conversation.wish_rules import wish_kept
from retrieval.speeches.quotes import first_paragraph

EARLY, LATE = 0.25, 0.75  # parts of a speech before and behind which a quote is said to stand at its beginning or end, chosen


def place_in_speech(utterance: Utterance) -> Turn | None:
    """在开头还是结尾: in which part of the speech the quote stands, and where.

    怎么宣传劳模 / 在开头还是结尾 → in_middle   榜样的力量有多大 / 这个在讲话里靠前还是靠后 → in_middle
    ✗ 怎么宣传劳模 / 开头   ✗ — / 在开头还是结尾   ✗ 怎么宣传劳模 / 在哪
    """
    index, _ = chosen(utterance)
    if not utterance.card or not _EARLY_OR_LATE.fullmatch(utterance.said):
        return None
    source = utterance.card[index].source
    start, end = utterance.engine.corpus.speech(source.speech).speech.span
    part = (source.span.start - start) / (end - start)
    shown, kept = utterance.card[index], choose(utterance, index)
    if part < EARLY:
        return said("in_opening", shown, then=kept)
    return said("in_closing", shown, then=kept) if part > LATE else said("in_middle", shown, then=kept)


# e.g. 在开头还是结尾  这句是放在讲话的前面还是后面  靠前还是靠后  这是不是结尾  ✗在哪
_EARLY_OR_LATE = re.compile(
    r"(?:它|这|那)?(?:个|句|段)?(?:话)?(?:是)?(?:在|放在|属于|出现在)?(?:整?篇|[这那]一?篇|讲话|文章|全文|稿子)?(?:讲话|"
    r"稿子)?(?:的|里|中)*(?:开头|前面|前半|靠前|前头|中间|前)(?:部分)?"
    r"(?:还是|或者?)(?:在|靠)?(?:结尾|后面|末尾|最后|靠后|后半|后头|中间|收尾|后)(?:部分)?(?:呢|啊|说|讲|的)*|"
    r"(?:这|那|它)?(?:个|句|段)?(?:话)?(?:是不是|是)(?:在)?(?:讲话|全文|这篇)?的?(?:开头|结尾|末尾|最后|"
    r"中间)(?:部分)?(?:的)?(?:话|句子|一句|那句|一段)?(?:了)?(?:吗|吧|么|不)?(?<!结尾的)"
)


def name_asked(utterance: Utterance) -> Turn | None:
    """叫啥名字, 这人姓什么: who speaks, not what the bot is called.

    怎么宣传劳模 / 叫啥名字 → who   怎么宣传劳模 / 她叫什么 → who   怎么宣传劳模 / 名字有没 → who   第一篇 / 名字写了没 → who
    ✗ 怎么宣传劳模 / 你叫什么名字啊   ✗ — / 叫啥名字
    """
    index, _ = chosen(utterance)
    if not _NAME.fullmatch(utterance.said):
        return None
    number = speech_meant(utterance) if utterance.before.lookup else 0
    if number:
        return said("who", first_paragraph(utterance.engine.corpus, number))
    if not utterance.card or utterance.before.lookup:
        return None
    return said("who", utterance.card[index], then=choose(utterance, index))


# e.g. 叫啥名字  讲话人的姓名写明了吗  这领导姓什么  讲话的人叫什么来着  ✗你叫什么
_NAME = re.compile(
    r"(?:那|他|她|这|个|位|的|讲话|说话|讲|说|人|领导|书记|[市区县]长)*(?:(?:(?:叫|姓)(?:什么|啥|甚|嘛)(?:名字?|名儿)?){1,2}(?:[,，]?(?:写|印)了?(?:没有?|吗))?|(?:姓名|名字|大名|"
    r"贵姓)(?:是|叫)?(?:什么|啥|呢)?(?:(?:有没有|是否)?(?:写|印|注|标|交代|公布|透露)(?:明|出来?)?了?(?:吗|没有?)?)?|"
    r"(?:姓名|名字|大名|名儿)(?:[写印留说提]|有没|有|没|吗|么|出来|了|呢|啊|到|过|不){1,4}|"
    r"(?:有没有|有|[写印留]没[写印留]|写了?)(?:他|她)?的?(?:姓名|名字|大名|名儿)(?:吗|么|没有?)?)(?:呢|呀|啊|来着)?"
)


def hearers_asked(utterance: Utterance) -> Turn | None:
    """说给谁听的: the occasion of the speech.

    怎么宣传劳模 / 这话是说给谁听的 → facts   怎么宣传劳模 / 这话是对哪个部门说的 → facts   ✗ 怎么宣传劳模 / 谁说的   ✗ — / 说给谁听的
    """
    shown = utterance.spoken_of
    if shown is None or not _TO_WHOM.fullmatch(utterance.said):
        return None
    corpus, number = utterance.engine.corpus, shown.source.speech
    beginning = first_paragraph(corpus, number)
    return said("facts", beginning, then=of_it_alone(utterance, shown))


# e.g. 这话是说给谁听的  对谁讲的  跟哪些人说的  对哪个部门说的  这句针对谁  ✗谁说的
_TO_WHOM = re.compile(
    r"(?:这|那|它)?(?:句|篇|段|个)?(?:话)?(?:是|都|主要)*(?:对|说给|讲给|给|向|写给|跟|针对)(?:谁|哪些人|什么人|啥人|"
    r"哪(?:个|些)(?:部门|单位|人|机关)?)(?:们)?(?:听|看|说|讲|提|要求)*的?(?:呢|啊)?"
)


def citing_asked(utterance: Utterance) -> Turn | None:
    """可以引用吗, 能当口号吗, 有版权吗: how it may be cited.

    怎么宣传劳模 / 这句可以直接引用吗 → citing   怎么宣传劳模 / 能写进稿子里吗 → citing   怎么宣传劳模 / 有版权吗 → citing
    ✗ 怎么宣传劳模 / 怎么引用   ✗ 怎么宣传劳模 / 能做成图片吗
    """
    return said("citing", *utterance.card[:1]) if _MAY_BE_CITED.fullmatch(utterance.said) else None


_IN_WHAT = (
    # e.g. 到稿子里  |工
    r"(?:到|进|在|于|作|成|为|我|我们|咱们?|的|里|上|中|去|自己|正式|学生|一篇)*(?:稿子?|讲话稿?|发言稿?|材料|文章|论文|作文|"
    r"报告|标题|口号|标语|题目|开头|结尾|横幅|板报|海报|通知|公告|倡议书|简报|讲稿|"
    r"墙报)?(?:里面?|上面?|中)?(?:去|用)?"
)
# e.g. 这句可以直接引用吗  能不能写进我的发言稿  有版权吗  ✗能做成图片吗
_MAY_BE_CITED = re.compile(
    rf"(?:那|这|它)?(?:个|句|段|些)?(?:话)?(?:我|我们)?(?:是不是|是否)?(?:能|可以|可否|能否|能不能|可不可以|"
    rf"允许)(?:让我)?(?:直接|随便|拿来|拿去|被)*"
    rf"(?:(?:引用|引|摘抄|摘录|写|用|放|抄)(?=[到进在于作成里上吗么不嘛]|$)|当成?|当作|作为|做(?=标|口|题|开|结)){_IN_WHAT}(?:吗|"
    rf"么|不|嘛|吧)?|"
    r"(?:有|会|算|要)?(?:没有|不会|不要)?(?:版权|侵权|授权)(?:问题|保护)?(?:吗|么|不|呢)?|(?:引用|用它?|摘抄)(?:要不要|需要|"
    r"会不会|要|有)(?:授权|侵权|版权)(?:问题)?(?:吗|么|不)?"
)


def best_asked(utterance: Utterance) -> Turn | None:
    """哪句最好, 有适合当标题的吗: the quote that answers best, in short.

    怎么宣传劳模 / 哪句最合适 → quotes   怎么宣传劳模 / 有没有适合当标题的 → quotes
    ✗ 怎么宣传劳模 / 哪篇最好   ✗ — / 哪句最合适   ✗ 怎么宣传劳模 / 哪句最短
    """
    if not utterance.card or utterance.before.lookup:
        return None
    return shortened(utterance, 0) if _BEST.fullmatch(utterance.said) or _FOR_USE.fullmatch(utterance.said) else None


# e.g. 哪句最好  你觉得哪一句更合适  挑一句最有力的  ✗哪篇最好
_BEST = re.compile(
    r"(?:你|您)(?:自己)?(?:最|更)?喜欢哪一?[句条个](?:话)?(?:呢|啊)?|"
    r"(?:你|您|那|帮我|请)*(?:觉得|推荐|说|看|认为)?(?:一下)?(?:里面|其中|这些里)?(?:哪|挑|选|推荐|选出)(?:出)?一?(?:句|条|"
    r"个)(?:话)?(?:是)?"
    r"(?:最|更|比较)?(?:好|合适|适合|贴切|有力|精彩|重要|经典|有用|好用|推荐|打动人|值得用|能用)(?:的|一点|些|用)?(?:[^,，。?？篇]{0,6})?"
)
_FOR_USE = re.compile(
    r"(?:那|有没有|有|来|要|找|给|我)*(?:一?[句条个])?(?:适合|能|可以|好)(?:做|当|作|用作|写成|放)(?:成|个|在)?(?:标题|口号|"
    r"标语|开头|结尾|题目|横幅|板报)(?:上|"
    r"里)?的(?:句子|话)?(?:吗|呢|没有?|么)?"
)  # 适合当标题的  ✗当标题


def example_wanted(utterance: Utterance) -> Turn | None:
    """比如呢, 举个例子: further quotes.

    怎么宣传劳模 / 比如呢 → 怎么宣传劳模   怎么宣传劳模 / 能举个例子吗 → 怎么宣传劳模   ✗ — / 举个例子
    """
    if not utterance.card or utterance.before.lookup or not _EXAMPLE.fullmatch(utterance.said):
        return None
    return Turn("more", utterance.before)


# e.g. 比如呢  能举个例子吗  有具体的例子没有  ✗榜样
_EXAMPLE = re.compile(
    r"(?:那|能|能不能|可以|请|给我|帮我|再)*(?:举|来|给|说|有|有没有|讲)?(?:一|个|几|些|点)*(?:具体的?|实际的?)?(?:例子?|事例|"
    r"实例|案例)(?:吗|呢|说明|来说|看看|没有?|么|一下)*|"
    r"(?:那)?(?:比如|例如|比方|譬如)(?:说|讲|有)?(?:呢|啥|什么|哪些)?"
)


def in_time(utterance: Utterance) -> Turn | None:
    """比这更早的呢, 哪个更早: the speeches with their years.

    怎么宣传劳模 / 比这更早的呢 → list   怎么宣传劳模 / 哪个更早 → list   怎么宣传劳模 / 之后的讲话有哪些 → list
    ✗ 怎么宣传劳模 / 最早的那篇呢   ✗ 怎么宣传劳模 / 之后呢   ✗ — / 早上好
    """
    if not utterance.card or not _IN_TIME.fullmatch(utterance.said):
        return None
    return Turn("wish", NOTHING, say="list", about=utterance.message, then=wish_kept(utterance, "list"))


_ONE = r"(?:这一?篇|那篇|这个|这次|[它他她这那])"  # 它  这篇  ✗工
# e.g. 比这更早的呢  比他晚的有哪些  哪个更早  在它之后的讲话有哪些  ✗早
_IN_TIME = re.compile(
    rf"(?:那|还|有没有|有)*(?:比{_ONE}(?:更|还|要|再)?|更|再)(?:早|晚|新|近)(?:一点|一些|些)?的?(?:讲话|篇)?(?:呢|吗|有吗|有哪些|"
    rf"是哪些|是哪篇|还有吗|有没有|都有啥)?|"
    r"(?:那|这|它们?)?(?:两)?(?:篇|个)?哪(?:个|一?篇)(?:讲话)?(?:更|要)?(?:早|晚|新|近|在前|在后)(?:一点|些|的)?(?:呢|啊|讲的)?|"
    rf"(?:那|在|还)*(?:{_ONE}的?)?(?:之后|之前|以后|以前)的?(?:讲话|几?篇)(?:呢|有哪些|有吗|是哪些|还有哪些)?"
)


def said_by_all(utterance: Utterance) -> Turn | None:
    """是不是都这么讲: what each speech says.

    怎么宣传劳模 / 是不是都这么讲 → 各篇讲话 怎么宣传劳模   怎么宣传劳模 / 别的地方也这么说吗 → 各篇讲话 怎么宣传劳模
    ✗ 怎么宣传劳模 / 怎么都这么长   ✗ — / 是不是都这么讲
    """
    if not utterance.previous or utterance.before.lookup or not _ALL_SAY.fullmatch(utterance.said):
        return None
    return again(utterance, f"{utterance.words.each[0]} {asked_before(utterance)}")


# e.g. 是不是都这么讲  别的地方也这么说吗  大家都是这样说的吗  ✗怎么都这么长
_ALL_SAY = re.compile(
    r"(?:那|是不是|是否)*(?:(?:别的?|其[他它余]|各|每|六)(?:的)?(?:几)?(?:篇|地方|处|个|位|讲话|领导)+|大家|领导们?|几篇|他们|"
    r"别人|别处)?(?:里)?(?:讲话)?(?:是不是|是否)?"
    r"(?:都|也|全)是?(?:这么|这样|如此)(?:说|讲|提|认为|写)的?过?(?:吗|么|吧|不|没有?)?"
)


def back_to_answer(utterance: Utterance) -> Turn | None:
    """上一个答案, 回到上一个问题: the answer before the last; the last where there is none.

    怎么宣传劳模 // 劳模的螺丝钉精神 / 回到上一个问题 → 怎么宣传劳模   怎么宣传劳模 / 上一个答案 → 怎么宣传劳模
    ✗ 3.2 / 返回   ✗ — / 上一个问题   ✗ 怎么宣传劳模 / 上一个
    """
    if not utterance.previous or utterance.before.lookup or not _BACK_TO.fullmatch(utterance.said):
        return None
    asked = utterance.conversation.asked
    return again(utterance, asked[1] if len(asked) > 1 else utterance.previous)


# e.g. 上一个答案  回到上一个问题  返回上一条回答  返回  ✗上一个
_BACK_TO = re.compile(
    r"(?:那|再|先|我)*(?:想)?(?:看|看看|回到?|返回到?|退回到?|翻回到?|回看)?(?:上|前)(?:面)?(?:那)?一?(?:个|条|次)?的?(?:问题|"
    r"答案|回答|结果)(?:呢|吧|看看|发我|再看看)?|"
    r"(?:返回|退回|回去|倒回|退)(?:去|上一步|上一个|看看|一下|吧)*"
)


def content_asked(utterance: Utterance) -> Turn | None:
    """这是讲什么的: nothing is explained; where it stands.

    怎么宣传劳模 / 这是讲什么的 → no_explaining
    怎么宣传劳模 / 这句话在说啥 → no_explaining   ✗ 怎么宣传劳模 / 这篇讲什么   ✗ — / 这是讲什么的
    """
    index, _ = chosen(utterance)
    if not utterance.card or utterance.before.lookup or not _ABOUT_WHAT.fullmatch(utterance.said):
        return None
    return said("no_explaining", utterance.card[index], then=choose(utterance, index))


# e.g. 这是讲什么的  这句话在说啥  ✗这篇讲什么  ✗讲什么
_ABOUT_WHAT = re.compile(
    r"(?:这|那)(?:句|段|个|些)?(?:话)?(?:都|主要|大概|到底|究竟)*(?:是|在)(?:讲|说|谈)(?:的)?(?:是)?(?:什么|啥|些什么|"
    r"些啥)(?:的|呀|啊|呢|东西|意思)*"
)


def found_counted(utterance: Utterance) -> Turn | None:
    """一共找到几句: further quotes, whose head counts all.

    怎么宣传劳模 / 一共找到几句 → 怎么宣传劳模   怎么宣传劳模 / 有几句是讲这个的 → 怎么宣传劳模
    ✗ 怎么宣传劳模 / 几句工会   ✗ — / 一共找到几句
    """
    if not utterance.card or utterance.before.lookup or not _HOW_MANY.fullmatch(utterance.said):
        return None
    return Turn("more", utterance.before)


# e.g. 一共找到几句  有几句是讲这个的  多少条  总共用了几次  ✗几点
_HOW_MANY = re.compile(
    r"(?:那|你|这样|像这样|一共|总共|全部|统共)*(?:找到|查到|搜到|找出|有|是|用|出现|提到)?了?(?:几|多少)(?:句|条|处|"
    r"次)(?:话)?(?:是)?(?:讲|说|提|谈)?(?:到)?(?:这个|这|它)?的?(?:呢|啊|呀)?"
)


def parts_counted(utterance: Utterance) -> Turn | None:
    """这篇一共几段: the speech with its parts.

    怎么宣传劳模 / 这篇一共几段 → 4   ✗ 怎么宣传劳模 / 这段几句   ✗ — / 这篇一共几段
    """
    shown = utterance.spoken_of
    return again(utterance, str(shown.source.speech)) if shown and _HOW_LONG.fullmatch(utterance.said) else None


# e.g. 这篇一共几段  它所在那篇有多少部分  ✗几点
_HOW_LONG = re.compile(
    r"(?:它|这句)?(?:所在|在)?(?:的)?(?:[这那]一?篇|第[1-9一二三四五六七八九]篇)(?:讲话|稿子)?(?:里|全文)?(?:一共|总共|共|"
    r"总)*(?:有|是|分)?(?:几|"
    r"多少)(?:个)?(?:自然)?(?:段|部分|节|大点)(?:落)?(?:呢|啊)?"
)


def sentence_handed(utterance: Utterance) -> Turn | None:
    """那句给我, 那把提到他的那一段念给我听: the quote that was shown, or its paragraph.

    怎么宣传劳模 / 发我那句 → quotes   怎么宣传劳模 / 提到他的那句给我 → quotes   怎么宣传劳模 / 刚才那句再给我 → quotes
    ✗ — / 发我那句   ✗ 怎么宣传劳模 / 讲工会的那句给我
    """
    index, text = chosen(utterance)
    if not utterance.card or utterance.before.lookup or not utterance.is_only(text, _HANDED, _CALLED_BEFORE):
        return None
    return show(utterance, (utterance.card[index],), index)


# e.g. 发我那句  那句给我  把|那句再发来|  ✗那句
_HANDED = re.compile(
    r"[那这]一?[句条](?:话|的?原话|的?原文)?(?:也|再|都|就|原样|整句|整个|整条|全部|全文|全|完整|一字不[漏差落改]|原封不动)*地?的?(?:给|发|贴|念|抄|拿|看)(?:我|来|出来|给我|一下|一?[遍眼])+|"
    r"(?:给|发|贴|念|抄)(?:我|来|给我)?(?:看看|"
    r"一下)?[那这]一?[句条](?:话)?|再看一[眼遍下]"
)
_CALLED_BEFORE = re.compile("刚才|刚刚|方才|上面|之前")  # 刚才  ✗工会
