"""Rules for what is said of the chat itself: it was slow, it goes round in circles, nobody understands it.

Their examples: question before / message → question or sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from retrieval.conversation.answer_rules import chosen
from retrieval.conversation.beside_rules import shortened
from retrieval.conversation.utterance import NOTHING, Turn, Utterance, said
from retrieval.conversation.wishes import WISHES


def slowness_told(utterance: Utterance) -> Turn | None:
    """刚才有点慢啊, 等了好半天: an apology, and what to do.

    — / 刚才有点慢啊 → slow   怎么宣传劳模 / 等了好半天才出来 → slow   — / 怎么这么慢 卡了吗 → slow   怎么宣传劳模 / 反应有点慢 → slow
    怎么宣传劳模 / 等得太久了，下次快些 → slow
    ✗ — / 发展太慢怎么办   ✗ — / 慢工出细活   ✗ — / 办事拖拉有没有说   ✗ 怎么宣传劳模 / 慢慢说
    """
    return said("slow") if utterance.is_only(utterance.said, _SLOW, _OF_THE_BOT) else None


# e.g. 有点慢  这么慢  卡了|吗  等了好半天  转圈  没反应  ✗慢工  ✗慢慢
_SLOW = re.compile(
    r"(?:有一?点|有些|太|好|真|这么|那么|忒|挺|够|比较|越来越|可真|怎么|咋)慢(?:了|呀|啊)?(?!慢)|慢(?:吞吞|死了?|得要死|半拍|了一?点)|"
    r"(?:好|太|有点|老是|总是)?卡(?:了|住了?|死了?|顿|得很)|等(?:了)?(?:我)?(?:好|大|很|老|这么|半)+(?:久|天|一?会儿?|一阵|长时间)|等[了得](?:有点|有些|太|真|够)久|下[回次](?:能|请|要|可以)?快(?:一?点|些)|等(?:了)?(?:几|两|[一二三四五]|十几|几十)+(?:分钟|秒|分多钟)|"
    r"半天(?:才|都|也)?(?:没|不)?(?:出来|回|回复|反应|动静|答)|没(?:有)?(?:反应|动静)|转圈圈?|延迟|掉线|网速"
)
_OF_THE_BOT = re.compile("反应|响应|回复|回应|速度|网络|网|加载|出来|结果|机器人?|小助手|卡|答案")  # 反应  速度  ✗发展


def voice_wished(utterance: Utterance) -> Turn | None:
    """你能不能念给我听，我眼睛花了: that it does not speak, and how letters become large.

    怎么宣传劳模 / 你能不能念给我听，我眼睛花了 → voice   — / 会不会说话，念出声来 → voice   怎么宣传劳模 / 有语音吗 → voice
    ✗ 怎么宣传劳模 / 念给我听听   ✗ — / 领导念稿子吗
    """
    return said("voice") if _ALOUD.search(utterance.spoken) and not (utterance.understood.references or utterance.on_subject) else None


# e.g. 能不能念给我听  会不会|念出声|  有语音|吗  发语音  ✗念给我听听
_ALOUD = re.compile(
    r"(?:能不能|能否|可不可以|可以|会不会|能)(?:帮我|给我)?(?:念|读|播|说)(?:出来|给)?(?:我|咱)?(?:听|出声)|"
    r"(?:有|发|用|转)(?:没有|个|成)?语音|(?:念|读|放)出声|语音(?:播报|朗读|版)"
)


def manner_complained(utterance: Utterance) -> Turn | None:
    """说话太绕，直接点, 你这发的啥呀 看不明白: an apology, and the answer shorter; without one the apology.

    怎么宣传劳模 / 说话太绕，直接点 → quotes   怎么宣传劳模 / 不是 你这发的啥呀 看不明白 → quotes   — / 别绕弯子 直接说 → complaint
    怎么宣传劳模 / 能不能说得直接点 → quotes   — / 说话要简单，别绕弯子 → complaint
    ✗ 怎么宣传劳模 / 看不懂   ✗ 怎么宣传劳模 / 这句话在说啥   ✗ — / 直接经验是什么   ✗ 怎么宣传劳模 / 你刚才发的啥
    """
    text = utterance.spoken
    roundabout = utterance.is_only(text, _ROUNDABOUT, _WAY)
    senseless = utterance.is_only(text, _SENSELESS, _WAY, _LOST) and (_LOST.search(text) or _WHAT_NOW.search(text))
    if utterance.understood.references or not (roundabout or senseless):
        return None
    short = shortened(utterance, chosen(utterance)[0]) if utterance.card or utterance.before.lookup else None
    if short is None:
        return said("complaint")
    if short.kind != "quotes":
        return said("complaint", then=short.then)
    return Turn("quotes", short.understood, quotes=short.quotes, say="too_long", then=short.then)


# e.g. 太绕  绕来绕去  别绕弯子  直接点  直说  直奔主题  云里雾里  ✗直接经验
_ROUNDABOUT = re.compile(
    r"(?:太|好|真|有点|怎么|这么|老)+绕(?:了|人|口)?|绕来绕去|(?:别|不要|少|甭|老|净)?(?:兜|绕)(?:圈子?|弯子?|来绕去)|拐弯抹角|云里雾里|直奔主题|开门见山|单刀直入|"
    r"(?:说|讲|答|回答|来)?(?:得|的)?(?:更|再)?(?:直接|干脆|痛快|利索|爽快)(?:一?[点些])(?:说|讲|答)?|直接(?:说|讲|答)(?:重点|结果|答案|吧|呗)?$|直说"
)
# e.g. 发的啥呀  说的都是什么  什么跟什么  ✗说的啥意思
_SENSELESS = re.compile(
    r"(?:发|说|讲|给|答|写|回|弄)(?:给我|我)?(?:的|了|些|都|是|这|个)*(?:什么|啥)(?:呀|啊|玩意儿?|东西|鬼|乱七八糟的?|跟什么|跟啥)*(?!意思)|(?:什么|啥)(?:跟|和)(?:什么|啥)"
)
_LOST = re.compile(
    r"(?:完全|根本|一点都?+|都|压根|实在|我|又)*(?:看|听|读|搞|弄)?(?:不|没)(?:大|太|怎么)?(?:看|听)?(?:懂|明白|清楚)|乱七八糟|一头雾水|蒙了|晕了?"
)  # 看不明白  没看懂  ✗明白
_WHAT_NOW = re.compile(
    "(?:什么|啥)(?:跟|和)(?:什么|啥)|玩意|什么鬼|啥鬼|^(?:[^,，]{0,4})?你?这都?(?:是)?发的"
)  # 什么跟什么  你这发的|啥呀  ✗发的啥
# e.g. 说话  先立个规矩  要简单  ✗工会
_WAY = re.compile(
    "说话|讲话|回答|答案|表达|不是|重点|结果|这都|别|直接|不能|(?:先|咱|得)*(?:立|定|讲)个?规矩|[要得]?(?:简单|简短|干脆)[点些]?"
)


def tone_complained(utterance: Utterance) -> Turn | None:
    """说话怎么硬邦邦的，跟老人家客气点, 真没用: an apology.

    怎么宣传劳模 / 说话怎么硬邦邦的，跟老人家客气点 → complaint   — / 你这口气太冲了 → complaint
    怎么宣传劳模 / 真没用 → complaint   — / 一点用都没有 → complaint
    ✗ — / 对群众说话要和气有没有讲   ✗ — / 讲话的语气是怎样的   ✗ — / 干部说话要算数
    """
    of_texts = _OF_TEXTS.search(utterance.spoken) or utterance.understood.references
    told = _WORTHLESS.fullmatch(utterance.spoken) or _TONE.search(utterance.spoken)
    return said("complaint") if told and not of_texts else None


# e.g. 真没用  没劲  一点用都没有  ✗没用过
_WORTHLESS = re.compile(
    r"(?:真的?|太|好|也|可|一点都?|根本|说了)?没(?:什么|啥)?(?:劲|用处?|趣|意思)(?:的|了|啊|呀|透了)?[。.!！~ ]*(?=$)|"
    r"一点(?:用处?|意思)(?:都|也)没有[。.!！~ ]*"
)
# e.g. 说话怎么硬邦邦|的  你这口气太冲|了  你就不能说话温柔|点  ✗对群众说话要和气
_TONE = re.compile(
    r"^(?:你|您|这|那|怎么|咋|能不能|就不能|可不可以|请|人家?|机器人?+|哎|喂|[，, ])*(?:说话|语气|口气|态度|脾气)"
    r"(?:怎么|咋|能不能|可不可以|就|要|请|也|太|真|这么|那么|的|有点|可以|能|得|跟.{1,4})*"
    r"(?:硬[邦梆]邦|生硬|冷[冰淡漠]|冲|凶|死板|机械|官腔|难听|不好|差|拽|客气|和气|温柔|温和|和蔼|礼貌|亲切|好听|软和|随和)"
)
_OF_TEXTS = re.compile("有没有|[讲说提]没[讲说提]|提到|哪|什么|领导|干部")  # 有没有|讲  ✗怎么硬邦邦的


def copying_asked(utterance: Utterance) -> Turn | None:
    """这句怎么抄下来, 那复制呢: how a text is copied.

    怎么宣传劳模 / 这句怎么抄下来 → copying   怎么宣传劳模 / 那复制呢 → copying   ✗ 怎么宣传劳模 / 复制这句   ✗ — / 经验怎么复制推广
    """
    return said("copying") if _HOW_COPIED.fullmatch(utterance.said) else None


# e.g. 这句怎么抄下来  那复制呢  怎么复制到稿子里  ✗复制这句
_HOW_COPIED = re.compile(
    r"(?:[这那]?一?[句个段条]?(?:话)?)?(?:能|可以)?(?:怎么|咋|如何)(?:样)?(?:复制|抄|拷贝|粘贴|拷)(?:下来|出来|走|一下|[到进].{1,8})?(?:呢|啊|呀)?|(?:那|要是)?(?:复制|拷贝)(?:呢|怎么弄|怎么办)"
)

# What is said of a wish that needs a quote, where none was shown yet: how it is done.
HOW_IT_IS_DONE: Mapping[str, Turn] = {
    "picture": Turn("wish", NOTHING, say="picture"),
    "copy": said("copying"),
    "save": said("saving"),
    "shorter": said("shorter_how"),
}


def rather_thanked(utterance: Utterance, least: float) -> Turn | None:
    """What begins with thanks or 知道了, is rather said than asked, with the probability of being about the chat, and asks nothing."""
    found = _THANKS.match(utterance.spoken)
    if found is None or ASKS.search(utterance.spoken) or utterance.about_chat < least:
        return None
    if any(kind.pattern.search(utterance.spoken) for kind in WISHES):
        return None
    return said("thanks" if found[1] else "noted")


# e.g. 谢谢|孩子很喜欢  晓得了|回去念给老伴听  ✗感谢劳模
_THANKS = re.compile(r"(谢谢|多谢|谢了|感谢(?:您|你))|(?:我)?(?:知道|晓得|明白|懂|了解|收到)(?:了|啦)|好嘞")
ASKS = re.compile(r"[?？吗呢什怎哪谁几咋啥]|多少|有没有|再|给我|发|找|看看|来一?[句条个]")  # 吗  找|一句  ✗很喜欢
