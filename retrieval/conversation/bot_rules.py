"""Rules for messages about the bot and the chat, for wishes, and for wishes that are too vague to be answered.

Their examples: question before / message → sentence or wish that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.conversation.bot_kinds import KINDS, MEANINGLESS, SMALL_TALK, Kind
from retrieval.conversation.navigation import counts_in, leads_on
from retrieval.conversation.utterance import Turn, Utterance, again, said
from retrieval.conversation.wishes import OPENING, SENTENCE_WISHED, WRITE
from retrieval.question.literal import BY_ITSELF
from retrieval.question.wordlists import any_of
from retrieval.terms.segment import is_han

_WORD = re.compile(r"[^\W_]")  # 劳  a  3  ✗？  ✗😂
# e.g. 你  小助手  机器人|在吗  ✗你们  ✗用机器人代替
_ADDRESSED = re.compile(
    r"(?<![感谢帮给为向])[你您](?!们|身上|单位|好)|^(?:喂|嗨|嘿|这个?)?机器人(?!代替|取代|干活|[和与跟抢]|.{0,4}把)|小助手"
)
_WISHED = re.compile(r"^(?:请|麻烦|能不能|能否|可以)?(?:帮|给|替)(?:我|忙|咱)")  # 帮我  请给我|看  ✗给劳模
_MOST = 24  # characters up to which a message may be about the bot, chosen: the longest of 75 developed on has 19
_WEAK = ("identity", "human", "noted", "ability", "doubt", "privacy", "praise", "greeting")  # kinds whose words the speeches have, too
_PLAIN = 5  # characters up to which a message about the bot needs no second look, chosen


def no_words(utterance: Utterance) -> Turn | None:
    """Signs, pictures and rows of letters say nothing.

    — / ？ → noise   — / 😂😂 → noise   — / asdfghjkl → noise   ✗ — / GDP
    """
    text = utterance.spoken
    return said("noise") if not _WORD.search(text) or MEANINGLESS.fullmatch(text) else None


def writes_not(utterance: Utterance) -> Turn | None:
    """帮我写一篇讲话: nothing is written; quotes are there to be cited, and how the speeches begin.

    — / 替我起草一份发言稿 → no_writing   — / 给我写个开头 → no_opening
    ✗ — / 写稿子要用，改革怎么说的   ✗ — / 讲话是怎么写的
    """
    if not WRITE.search(utterance.said) or SENTENCE_WISHED.search(utterance.said):
        return None
    return said("no_opening") if OPENING.search(utterance.said) else said("no_writing")


def about_the_bot(utterance: Utterance) -> Turn | None:
    """多谢师傅, 你是谁, 早上好: said to the bot.

    — / 你真聪明 → praise   ✗ — / 谢谢劳模   ✗ — / 好人好事
    """
    text = utterance.spoken
    goes_on = utterance.previous and utterance.bare in utterance.words.continuing  # 怎么做
    if not text or len(text) > _MOST or goes_on or (utterance.card and _THEY.match(text)):
        return None
    address = any_of(utterance.words.address)
    patterns = [kind.pattern for kind in KINDS]
    found = [kind for kind in KINDS if kind.pattern.search(text)]
    if not found:
        return None
    alone = next((kind for kind in found if not _beside(utterance, kind, text, address)), None)
    together = alone or (_told(found) if len(found) > 1 and not utterance.left(text, *patterns, address) else None)
    if together is None or asks_for_words(utterance):
        return None
    if together.name == "identity" and _SPOKEN_OF.search(text) and not _ADDRESSED.search(text):
        return None  # 人工智能怎么说的
    weak = alone is None or alone.name in _WEAK or utterance.about_chat < RATHER_CHAT
    doubtful = weak and len(text) > _PLAIN and not _ADDRESSED.search(text)
    asks = doubtful and (utterance.on_subject or utterance.alone.confidence == "sure")
    return None if asks else said(together.name)


_THEY = re.compile("[那都]?(?:他|她|它)们|.*[说提讲](?:他|她|他们)是(?:做|干)")  # 他们|是做什么的  有没有说他是干|啥的  ✗你们


def _told(found: list[Kind]) -> Kind:
    """What is answered of several: more than courtesies, if there is more."""
    return next((kind for kind in found if kind.name not in _COURTESIES), found[0])


_COURTESIES = ("thanks", "praise", "noted", "greeting", "apology")
_SPOKEN_OF = re.compile(
    r"怎么[说讲看提]|[提说讲谈][到了]|[提说讲]过|[提说讲]没[提说讲]|有没有[提说讲]|关于|有(?:没有)?[说提讲]"
)  # 怎么说  提到  ✗你是


def thanked(utterance: Utterance) -> Turn | None:
    """够用了，谢谢: thanks at an end of what asks nothing and tells what the sender has or does now.

    怎么宣传劳模 / 行，够我用了，谢啦 → thanks   怎么宣传劳模 / 谢谢，黑板报写好了 → thanks
    ✗ — / 工会的作用，谢谢   ✗ — / 谢谢，找一句讲创新的   ✗ 怎么宣传劳模 / 随便给我看一句吧，谢谢
    """
    spoken = _SEE_YOU.sub("", utterance.spoken)
    found = _THANKS_AT_LAST.search(spoken) or _THANKS_AT_FIRST.match(spoken)
    rest = spoken.replace(found[0], "") if found else ""
    asks = _ASKS.search(rest) or _WISHES.search(rest) or utterance.understood.references
    return said("thanks") if rest and _TELLS_OF_HIM.search(rest) and not asks else None


_THANKS = r"(?:多|感)?谢(?:谢|你|您|了|啦|咯|哈|啊|呀){0,12}"  # 谢谢你  多谢  感谢您  ✗请
# e.g. 就用这几句，|谢谢!|  ✗谢谢劳模
_THANKS_AT_LAST = re.compile(rf"{_THANKS}[,，]?(?:小助手|助手|机器人|老师|师傅|同志|亲|大哥|大姐|哈)*[。!！~ ]*$")
_THANKS_AT_FIRST = re.compile(rf"^{_THANKS}[,，。!！~ ]+")  # 谢谢，|写好了  ✗谢谢劳模
# e.g. 下回再来找你  ✗找你
_SEE_YOU = re.compile(r"[,，]?(?:下回|下次|回头|改天|有事|以后)我?再?来?(?:找|问|请教|麻烦)(?:你|您)?(?:了|啊|哈)?")
# e.g. 给我|看一句  念一遍|  ✗写好了  ✗念给大家听了
_WISHES = re.compile(r"(?:(?:给|帮|替|让|请)(?:我|俺|咱)(?!们?家|很|太)|[来看念读发换挑选说][一1两几下](?:句|条|个|遍|段)?)(?!.*了$)")
_TELLS_OF_HIM = re.compile(
    r"了|我|行|够|成|对|懂|明白|高兴|开心|暖|喜欢(?:$|[,。!])|肯定|真[快好棒行准]|清楚|哈哈|不错|好[,，。]|^好|就用|就这|收工|下班|完事|齐活"
)  # 够|了  就用|这几句  ✗工会的作用


def of_the_texts(utterance: Utterance) -> Turn | None:
    """为什么有xxxx, 这些稿子从哪个网站来的: what is known of the texts themselves.

    — / 名字怎么都打叉叉 → masked   怎么宣传劳模 / 这几篇稿子是从哪个网站下载的 → provenance   ✗ 怎么宣传劳模 / 出处   ✗ — / 财富从哪里来
    """
    if _MASKED.search(utterance.said) and not utterance.understood.references:
        return said("masked")
    if _SPEAKERS.search(utterance.said) and not utterance.understood.references:
        return said("speakers")
    return said("provenance") if _PROVENANCE.search(utterance.said) else None


# e.g. 这些讲话都是谁讲的  讲话人分别是谁  是同一个人讲的|吗  六篇讲话是谁作的  领导名字有没有  有没有他的姓名  ✗这句是谁讲的
_SPEAKERS = re.compile(
    r"(?:讲话|发言|主讲)(?:的)?人(?:们)?(?:分别|都|各)(?:是|叫)谁|(?:都)?是同一?个?(?:人|领导|讲话人)(?:讲|说|作|写)的|"
    r"(?:这些|那些|(?:这|那)?[几六6]篇)(?:讲话|稿子|发言)?(?:都|分别|各)*(?:是|由)?(?:谁|哪些?人|什么人|哪位领导)(?:讲|说|作|做|写)?的?|"
    r"(?:^|有没有|有无)(?:领导|讲话的?人|发言人|[他她])的?(?:姓名|名字|大名)(?:有没有?|有吗|有不)?[?？]?$|^(?:领导|讲话的?人|发言人)(?:叫|姓)(?:什么|啥)"
)
# e.g. 名字都|打叉|叉  为什么有xxxx  那些|星号是什么意思|  xx是你打码|吧  ✗xx区
_MASKED = re.compile(
    r"打(?:了)?(?:叉|码|星号|马赛克)|(?:星号|叉叉|x{2,}|[*×]+|某(?=[市区县]))[^,。?!]{0,6}(?:什么|啥|咋|哪(?:个|一个)?|怎么|为什么|打码|隐|遮|代表|意思)|"
    r"(?:为什么|为啥|怎么|咋)[^,。?!]{0,8}(?:星号|叉叉|x{2,}|[*×]{1,})|马赛克"
)
# e.g. 稿子哪来|的  从|哪个网站|下载的  这些|文本谁整理|的  ✗财富从哪里来
_PROVENANCE = re.compile(
    r"(?:稿子?|讲话稿?|文本|原稿|资料|材料|数据|语料|[这六6几]篇(?:稿子?|讲话)?|这些(?:稿子?|讲话|文章|话)?)(?:都|是|到底|究竟)*(?:从|打|在)?"
    r"(?:哪(?:里|儿)?(?:来|弄|找|搞|收集|下载|抄|得)|谁(?:整理|收集|提供|录入|弄|给)|哪个网站|什么(?:渠道|途径|网站))|"
    r"^(?:这些|这几篇|[六6]篇)(?:讲话|稿子?|文章)(?:你们?|您)?(?:都|是|到底)*(?:从|打|在)哪(?:里|儿)?(?:来|弄|找|搞|收集|下载|抄|得|扒)|(?:原始|原文)(?:链接|网址|出处链接)|"
    r"^(?:这些|这几篇|[六6]篇)(?:讲话|稿子?|文章)[^,，。?]{0,4}(?:真的|假的)[^,，。?]{0,3}[,，。?？ ]*(?:哪|从哪|是?从?什么地方)|"
    r"(?:哪个|什么)网站|哪(?:里|儿)?下载(?:来)?的|"
    r"(?:这些|那些|这几篇|[六6]篇)(?:讲话)?(?:稿子?|文本|文章)?[^,。?!]{0,5}(?:来源|登在|发表在|刊登|可靠|靠谱|可信)"
)


def asks_for_words(utterance: Utterance) -> bool:
    """Whether it asks if the speeches have a wording."""
    asked = utterance.engine.literal_reader.read(utterance.message)
    if asked is None or asked.because == BY_ITSELF:
        return False
    if asked.because in ("whether it is spoken of", "which speeches have it") and _SUBJECT.search(utterance.said):
        return True
    return asked.strict or asked.because == "whether it is there" or _of_own_words(utterance, asked.wordings)


# e.g. 人工智能|的内容|  有没有讲|人工智能的  科技|总有|吧  哪篇讲|人工智能了  ✗有依据
_SUBJECT = re.compile("的(?:内容|事儿?|话题|方面|说法|话)|有(?:没有)?(?:直接)?(?:讲|说|提|谈|写|涉及)|总该?有|哪几?篇[讲说写提]")


def _of_own_words(utterance: Utterance, wordings: tuple[str, ...]) -> bool:
    """Whether wordings are what no known message about the chat has: 有屠呦呦不."""
    return bool(utterance.own_words) and all(word in "".join(wordings) for word in utterance.own_words)


def _beside(utterance: Utterance, kind: Kind, text: str, address: re.Pattern[str]) -> str:
    """What a message says beside being of a kind; of 好 and 知道了 nothing may stand there, not even small words."""
    if kind.name == "noted":
        return "".join(_WORD.findall(address.sub("", kind.pattern.sub("", text))))
    return utterance.left(text, kind.pattern, address)


def only_spoken_to(utterance: Utterance) -> Turn | None:
    """老师, 那个: nothing but an address or small words.

    — / 师傅 → vague   — / 有没有 → vague   ✗ — / 师傅带徒弟   ✗ — / 有老师吗   ✗ — / 有没有讲到成都
    """
    spoken_of = _IS_THERE.fullmatch(utterance.spoken)
    if spoken_of and any_of(utterance.words.address).fullmatch(spoken_of[1]):
        return None
    if utterance.engine.literal_reader.read(utterance.message):
        return None  # 有没有讲成都, of small words alone
    if utterance.card and _WHAT_KIND.search(utterance.said):
        return None  # 用什么平台
    if len(utterance.said) > LONGEST_ADDRESS and utterance.engine.exact.look_up(utterance.said).places:
        return None  # 最可爱的人
    counts = utterance.bare in utterance.words.continuing or leads_on(utterance.bare) or counts_in(utterance)[0]
    goes_on = utterance.before.lookup or (utterance.previous and counts)
    if goes_on or utterance.understood.references or utterance.left(utterance.spoken, any_of(utterance.words.address)):
        return None
    surely = len(utterance.said) > _PLAIN and utterance.alone.confidence == "sure"
    return None if surely else said("vague")


_WHAT_KIND = re.compile(r"什么[\u4e00-\u9fff]{2}|啥[\u4e00-\u9fff]{2}")  # 用|什么平台|  ✗什么呢
LONGEST_ADDRESS = 4  # characters up to which what the speeches have, too, is an address, chosen: 各位同志
_IS_THERE = re.compile("(?:.{0,3}里)?有(?:没有)?(?:说|讲|提)?到?([\u4e00-\u9fff]{2,4}?)(?:吗|没有?|不)?[?？]?")  # 有老师吗  ✗有吗


def theme_wanted(utterance: Utterance) -> Turn | None:
    """讲稿要用: on which theme?

    — / 讲稿要用 → which_theme   ✗ — / 讲改革的素材
    """
    wanted = any_of(utterance.words.subjectless)
    text = utterance.said
    if leads_on(utterance.bare) or leads_on(utterance.left_out) or counts_in(utterance)[0] or utterance.understood.place:
        return None
    if not wanted.search(text) or utterance.understood.references or utterance.left(text, wanted):
        return None
    return said("which_theme") if utterance.alone.confidence != "sure" else None


def small_talk(utterance: Utterance) -> Turn | None:
    """天气, 笑话, 我好累: only the speeches are known here.

    — / 讲个故事听听 → small_talk   — / 今天天气怎么样 → small_talk   ✗ — / 劳模压力大怎么办   ✗ — / 哪篇提了明星
    """
    found = (
        None
        if (utterance.conversation.asked and utterance.said.endswith("呢"))
        or utterance.said.endswith(("有不", "有吗", "有没有", "有没", "提没", "讲没"))
        else SMALL_TALK.search(utterance.said)
    )
    if not found or utterance.on_subject or utterance.engine.exact.look_up(found[0]).places or _SPOKEN_OF.search(utterance.said):
        return None
    return said("small_talk") if utterance.alone.confidence != "sure" else None


def spoken_to(utterance: Utterance) -> Turn | None:
    """What is said to 你 and has no word of what the speeches are about, nor a sure answer, is said to the bot.

    — / 你会修车不 → about_me   ✗ — / 你觉得劳模重要吗
    """
    if not _ADDRESSED.search(utterance.said) or utterance.on_subject or _TELL_ME.search(utterance.said):
        return None
    if utterance.is_surely_chat:
        return None  # it is told what is wished
    return said("about_me") if len(utterance.said) <= _MOST and utterance.alone.confidence != "sure" else None


_TELL_ME = re.compile(r"你(?:给我|来|再)?(?:说说|讲讲|聊聊|谈谈|找找|查查)(?=.{2})")  # 你说说|加班的事  ✗你说呢


def help_wished(utterance: Utterance) -> Turn | None:
    """帮我订个外卖: a wish that has nothing to do with the speeches.

    — / 帮我订张机票 → cannot   ✗ — / 帮我找讲改革的
    """
    if not _WISHED.search(utterance.said) or utterance.on_subject:
        return None
    return said("cannot") if utterance.alone.confidence == "none" else None


def unclear(utterance: Utterance) -> Turn | None:
    """What asks nothing, has no word of what the speeches are about, and is like nothing in them: not understood, which is no claim.

    — / 锄禾日当午 → unclear   ✗ — / 火星上有水吗   ✗ — / 劳模   ✗ — / 今晚吃什么
    """
    if utterance.on_subject or len(utterance.said) > _MOST or _ASKS.search(utterance.said):
        return None
    if not any(map(is_han, utterance.said)) or (utterance.previous and _STEPS.search(utterance.said)):
        return None
    understood = utterance.understood
    if understood.each or understood.place or utterance.alone.confidence != "none" or (utterance.previous and counts_in(utterance)[0]):
        return None
    return _nowhere(utterance) or said("unclear", about=utterance.message)


def _nowhere(utterance: Utterance) -> Turn | None:
    """A word by itself that no speech has is looked up, to be told so: 钢铁."""
    word = utterance.said
    if not NAME <= len(word) <= LONGEST_NAME or not all(map(is_han, word)) or utterance.about_chat >= RATHER_CHAT or _ASKS.search(word):
        return None
    return None if utterance.engine.exact.look_up(word).places else replace(again(utterance, f"“{word}”"), kind="new")


NAME, LONGEST_NAME = 2, 8  # characters of a word that somebody looks for by itself, chosen: 钢铁  空谈误国实干兴邦 is two
RATHER_CHAT = 0.3  # from which it is rather said to the bot: 钢铁 .24, 女职工 .1, 白日依山尽 .03; 在不 .9
_STEPS = re.compile(r"[上下前后回退]")  # 上  回  ✗这
# e.g. 什么  呢  提|到  ✗你好
_ASKS = re.compile(r"什么|啥|干嘛|怎|咋|如何|哪|谁|几|多少|为何|吗|呢|么|没|有无|(\w)不\1|是否|提|讲|说|谈|查|找|关于|引|\?|第|篇|段|那")
