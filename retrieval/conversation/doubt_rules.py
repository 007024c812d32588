"""Rules for messages that judge the answer just given: it is doubted, corrected, taken, or something better is wished.

Their examples: question before / message → question or sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re

from retrieval.conversation.answer_rules import choose, chosen, show
from retrieval.conversation.premise_rules import wording_asked
from retrieval.conversation.utterance import Turn, Utterance, again, said


def answer_doubted(utterance: Utterance) -> Turn | None:
    """你说得不对吧, 我记得不是这样: an apology, and where the words can be checked; after a wording was looked up what was found.

    怎么宣传劳模 / 你说得不对吧 → doubted   怎么宣传劳模 / 跟我看到的不一样啊 → doubted
    “劳模最美丽”在哪 / 好像不是这么说的吧 → “劳模最美丽”在哪
    ✗ 怎么宣传劳模 / 不对，我问的是怎么关心劳模   ✗ 怎么宣传劳模 / 说错了   ✗ — / 你说得不对吧
    """
    if not utterance.card or not _DOUBTED.fullmatch(utterance.spoken.rstrip("?。!~ ")):
        return None
    if wording_asked(utterance, utterance.previous):
        return again(utterance, utterance.previous)
    index, _ = chosen(utterance)
    return said("doubted", utterance.card[index], then=choose(utterance, index))


_SEEMS = (
    # e.g. 你说得  |工
    r"(?:你|您|这|那|它|个|句|话|答案|回答|引文|原文|好像|感觉|似乎|怕是|恐怕|我觉得|我看|可能|应该|有点|的|说|讲|答|引|找|得|"
    r"也|都|就|是)*"
)
# e.g. 你说得不对吧  好像不是这么说的  跟我看到的不一样啊  我怎么记得不是这样  ✗不对  ✗一样
_DOUBTED = re.compile(
    rf"(?:诶|哎|咦|嗯|啊|可是?|但是?|但)?[,， ]{{0,3}}(?:{_SEEMS}(?:不对|不太对|不大对|有问题|不准|错了?)(?:吧|呢|啊)|"
    rf"(?=好像|感觉|似乎|怕是|恐怕){_SEEMS}(?:不对|不太对|不大对|有问题|不准|错了)|"
    rf"{_SEEMS}不是(?:这|那)(?:么|样)(?:子)?(?:说|讲|写)?的?(?:吧|啊|呀)|(?=好像|感觉|似乎){_SEEMS}不是(?:这|那)(?:么|"
    rf"样)(?:子)?(?:说|讲|写)?的?|"
    r"(?:可)?我?(?:怎么)?(?:记得|印象[里中]|记忆[里中]|听说)的?(?:好像)?(?:不是|可不是)(?:这|那)?(?:样|么|个|句|"
    r"回事)?(?:子)?(?:说|讲|写)?的?(?:吧|啊|呀|呢)?|"
    r"(?:怎么|咋|好像)?(?:跟|和|与)?(?:我|网上|书上|报上|原文|别处|人家)?(?:看|记|听|查|搜|抄|说|写|见)?到?(?:过)?的?(?:版本|说法|原文)?"
    r"(?:跟|和|与)?(?:这|这个|你说的|它)?(?:有点|好像|怎么)?(?:不一样|对不上|不是这样|不同)(?:吧|啊|呀|呢)?)"
)


def right_words_asked(utterance: Utterance) -> Turn | None:
    """那正确的是什么, 错在哪 after a wording was looked up: what was found again; after another answer the words as they stand.

    “劳模最美丽”在哪 / 那正确的是什么 → “劳模最美丽”在哪   “劳模最美丽”在哪 / 哪里错了 → “劳模最美丽”在哪
    怎么宣传劳模 / 正确的呢 → quotes   ✗ 怎么宣传劳模 / 哪里错了   ✗ — / 正确的呢   ✗ 怎么宣传劳模 / 正确的方向是什么
    """
    right, wrong = _RIGHT_ONE.fullmatch(utterance.said), _WRONG_WHERE.fullmatch(utterance.said)
    if not utterance.card or not (right or wrong) or utterance.before.lookup:
        return None
    if wording_asked(utterance, utterance.previous):
        return again(utterance, utterance.previous)
    index, _ = chosen(utterance)
    return show(utterance, (utterance.card[index],), index) if right or _CHECKS.search(utterance.previous) else None


# e.g. 那正确的是什么  正确答案呢  请把正确的那句完整发给我  那原话后半截是啥  对的是哪句  那原文应该怎么写  ✗方向正确
_RIGHT_ONE = re.compile(
    r"(?:请|那|把|就)*(?:正确|准确|对)的(?:那)?(?:句|版本|原[话文句])?(?:再|完整|整个|请)*(?:给|发|贴|念|来|说)(?:我|给|一?遍|一下|一句|出来|来)*|"
    r"(?:哦|那|所以)?[,，]?(?:它|这句)?原[话句文]的?(?:前|后|上|下|另)(?:一|面)?半?(?:截|句|段|部分)(?:是|呢|讲|说)*(?:什么|啥|怎么[说写])?的?|"
    r"(?:那|所以|到底|究竟)*(?:(?:正确|准确|标准)的?|对的(?=是|呢|那|应))(?:说法|版本|原[话文句]|答案|句子|写法|那句|应该|该|到底)*"
    r"(?:是|呢|应该)*(?:什么|啥|哪个|哪一?句|怎么[说写讲]|咋[说写讲])?的?(?:呢|啊|呀)?|"
    r"(?:那|所以)?(?:原[文话]|它)?(?:本来|原本|到底)?应该?(?:是什么|是啥|怎么[说写讲]|咋[说写讲])的?(?:呢|啊)?"
)
# e.g. 哪里错了  错在哪儿  哪个字不对  差在哪  ✗说错了
_WRONG_WHERE = re.compile(
    r"(?:那|我|到底|是)*(?:(?:哪(?:里|儿|个字|几个字|个|处|一点)|什么地方|啥地方)(?:写|抄|记|说|引)?(?:得|的)?(?:错了?|不对|"
    r"不一样|有错|不同)|"
    r"(?:错|差|不同)在(?:哪(?:里|儿|个字|几个字)?|什么地方)|有(?:什么|啥|哪些)(?:不同|不一样|出入|差别))(?:呢|啊|呀|吗)?"
)
_CHECKS = re.compile(r"对不对|对[吗么]|是不是|写的是|记得|抄的是|引的是")  # 对不对  写的是  ✗怎么


def another_meant(utterance: Utterance) -> Turn | None:
    """不是这个意思: an apology, and how to say what was meant.

    怎么宣传劳模 / 不是这个意思 → complaint   怎么宣传劳模 / 你没懂我的意思 → complaint
    ✗ 怎么宣传劳模 / 这是什么意思   ✗ — / 没意思   ✗ 怎么宣传劳模 / 我的意思是怎么关心劳模
    """
    return said("complaint") if utterance.card and _NOT_MEANT.fullmatch(utterance.spoken.rstrip("?。!~ ")) else None


# e.g. 不是这个意思  你没懂我的意思  会错意了  听得懂人话吗  ✗什么意思
_NOT_MEANT = re.compile(
    r"(?:哎|不|你|您|我|好像|可能|完全|这|都)*[,， ]{0,3}(?:不是(?:这|那|我)(?:个|种)?的?意思|(?:没|没有|不)(?:搞|弄|听|看|"
    r"读)?(?:懂|明白|理解)我?(?:的)?(?:意思|问题|话|问的)|"
    r"(?:会|误会|误解|曲解|理解)错?(?:了)?我?的?意思?(?:错)?了|(?:你|您)?(?:到底|究竟|能)?(?:听|看)(?:得|不)?懂(?:不懂)?(?:人话|"
    r"我的话|中文|我说的|问题)(?:吗|么|不|啊)?)(?:吧|啊|呀|了)?"
)


def taken(utterance: Utterance) -> Turn | None:
    """就它了, 正合适: that is well.

    怎么宣传劳模 / 就它了 → noted   怎么宣传劳模 / 就用这句吧 → noted   怎么宣传劳模 / 够用了 → noted
    ✗ 怎么宣传劳模 / 就这句   ✗ — / 就它了   ✗ 怎么宣传劳模 / 用这个宣传吗
    """
    return said("noted") if utterance.card and _TAKEN.fullmatch(utterance.spoken.rstrip("。!~ ")) else None


# e.g. 就它了  行，就用这句吧  正合适  够用了  ✗就这句  ✗能用
_TAKEN = re.compile(
    r"(?:那|好|行|嗯|对|可以|好的|ok|中)*[,， ]{0,3}(?:(?:那|我)?(?:就|就用|用|就选|选|就是|就拿)(?:这|它)(?:个|句|条|段|一句|"
    r"几句)?(?:话)?(?:了|吧|就行了?|就好了?|挺好|正好|正合适)|"
    r"(?:我)?(?:就)?(?:用|选)(?:这|它)(?:个|句|条|段)?|(?:这|它)(?:个|句|条|段)?(?:话)?(?:正合适|刚好|正好|就行|就可以了?|"
    r"可以了|够了|够用了)|"
    r"可以(?:了|的)?|正合适|正好|刚刚?好|(?:已经)?(?:够|够用|足够)了)"
)


def beside_the_point(utterance: Utterance) -> Turn | None:
    """你答错了吧，这跟中国梦没关系: an apology, and how it is asked anew.

    怎么宣传劳模 / 你答错了吧，这跟宣传没关系 → complaint   怎么宣传劳模 / 这句和我问的不沾边 → complaint
    ✗ — / 这跟我没关系   ✗ 怎么宣传劳模 / 宣传跟党建有什么关系
    """
    return said("complaint") if utterance.card and _BESIDE_THE_POINT.fullmatch(utterance.spoken) else None


# e.g. 你答错了吧，这跟中国梦没关系  这句和我问的不沾边  答的跟问题不搭  ✗宣传跟党建有什么关系
_BESIDE_THE_POINT = re.compile(
    r"(?:[你您](?:说|答|找|弄|搞|引)?(?:得|的)?(?:不对|错)了?[吧啊呀]?[,，。!！ ]*)?"
    r"(?:[这那它](?:句|段|条|个|些)?(?:话)?|你?(?:答|说|找|给|引)的)?"
    r"(?:根本|完全|好像|跟本|压根|也|都){0,2}(?:跟|和|与|同).{1,12}?(?:没(?:有|什么|啥|半点)*关系|无关|不相干|不沾边|不搭(?:界|边)?)"
    r"(?:吧|啊|呀|呢|了|嘛)?[。!！? ]*"
)


def better_wished(utterance: Utterance) -> Turn | None:
    """有没有更贴切的, 不够有力: further quotes.

    怎么宣传劳模 / 有没有更贴切的 → 怎么宣传劳模   怎么宣传劳模 / 不够有力 → 怎么宣传劳模
    怎么宣传劳模 / 来个温柔点的 → 怎么宣传劳模   怎么宣传劳模 / 没新意 → 怎么宣传劳模
    怎么宣传劳模 / 说错了再来 → 怎么宣传劳模
    ✗ 怎么宣传劳模 / 有没有更短的   ✗ — / 有没有更好的   ✗ 怎么宣传劳模 / 怎样更好地宣传
    """
    if not utterance.card or utterance.before.lookup or not (_BETTER.fullmatch(utterance.said) or _WRONG_ANEW.fullmatch(utterance.spoken)):
        return None
    return Turn("more", utterance.before)


# e.g. 说错了再来  不对，换一个  答得不好 重来  ✗说错了  ✗再来
_WRONG_ANEW = re.compile(
    r"(?:你|您|这|好像)*(?:(?:说|答|找|引|弄|搞|念)?(?:得|的)?(?:错|不对|不好|不行|不太行)(?:了|啦)?)[,，。 ]*(?:再|重新?|另|换)(?:来|"
    r"找|答|说|选|换|给)?(?:一?[个句条次遍])?(?:吧|呗)?[。!！ ]*"
)
_FIT = (
    # e.g. 贴切  ✗短
    r"(?:好|合适|贴切|有力|有力量|准确|直接|精彩|相关|对题|切题|像样|正式|生动|大气|响亮|接地气|给力|打动人|新鲜|好听|顺口|好用|"
    r"有气势|贴近|亮眼|出彩|经典)"
)
# e.g. 有没有更好的  更贴切的有吗  这句不够有力  不太合适啊  来个温柔点的  没新意  都听过了  有别的角度吗  ✗更短的
_BETTER = re.compile(
    rf"(?:那|还|我)*(?:想)?(?:有|来|找|给|换|要)?(?:没有)?(?:我)?(?:一?[句条个点些])?(?:比(?:这|它)(?:个|句)?)?(?:更|"
    rf"再){_FIT}(?:一?[点些])?的?(?:话|句子|"
    rf"一?[句条个])?(?:有)?(?:吗|么|没有?|不|有没有|呢|吧)*|"
    rf"(?:这|它|那)?(?:个|句|条|些)?(?:话)?(?:还是|好像|有点|也|都|感觉)*(?:不够|不太|不大|不怎么|没那么|不是很|欠){_FIT}(?:啊|吧|了|呢)?|"
    r"(?:来|要|换|给|有没有|找)?(?:我)?一?[句个条些]?(?:更)?(?!短|长|简|少|多|早|晚|近|细|快|慢|小|"
    r"精)[\u4e00-\u9fff]{1,3}(?<![一早晚多少短长讲说提谈关于])一?点的(?:吧|有吗|呢)?|"
    r"(?:这|那)?(?:个|句|些|种)?(?:话)?(?:(?:都|早|早就|全)(?:听|看|用|说)(?:过|烂|腻)了?|老掉牙了?|没(?:什么|啥)?新意|(?:太|"
    r"有点|真|好|也)+(?:普通|老套|一般|俗|土|旧|空洞?|虚|平淡?|生硬|官腔|官方|笼统|老)了?)(?:吧|啊|呀)?|"
    r"(?:还)?(?:有没有|有|换)?(?:个)?(?:别的|其他|另外的|不同的)(?:角度|说法|表达|讲法|话)?(?:有)?(?:吗|么|"
    r"没有?)?(?<!别的)(?<!其他)(?<!另外的)"
)


def asked_anew(utterance: Utterance) -> Turn | None:
    """换个问题, 我问个别的: what, then?

    怎么宣传劳模 / 换个问题问问 → vague   怎么宣传劳模 / 我问个别的 → vague   ✗ 怎么宣传劳模 / 换一个   ✗ 怎么宣传劳模 / 问别的篇
    """
    return said("vague") if _ANEW.fullmatch(utterance.spoken.rstrip("。!~ ")) else None


# e.g. 换个问题问问  我问个别的  那换个问法  重新开始吧  ✗换一个
_ANEW = re.compile(
    r"(?:那|我|好|行|算了|嗯)*[,， ]{0,3}(?:想|要|再|来|就)*(?:换(?:一)?(?:个|种)(?:问题|话题|问法|别的问题|事)|问(?:点|个|"
    r"些)?(?:别的|其他的?)(?:问题|事儿?)?|"
    r"再问(?:你|您)?(?:一)?(?:个|件)(?:问题|事儿?|别的)|"
    r"(?:问|请教|打听)(?:你|您)?(?:一)?(?:个|件)(?:问题|事儿?)|重新(?:开始|来过|问)|从头(?:再)?(?:来|开始|问)(?:过|起)?)(?:问问|"
    r"问|吧|哈|啊|了|你|您)*"
)
