"""What is asked of a wording, as an ordered table of rules over a frame: a message without its wordings and without what names a speech.

A frame is folded and has no blanks; QUOTED stands for a wording in quotation marks. With quotation marks a rule needs only its cue, in a
clause that has no other content (FRAME takes away everything but content). Without them one of its patterns has to be the whole frame,
with the wording in the group `x`. The first rule that fits wins. The comment above a rule shows messages that it answers, and after ✗ some
that it must not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from retrieval.question.literal_frames import CALLED, FRAME, QUOTED

Wants = Literal["length", "verify", "most", "count", "who", "which", "where", "exists", "closest", "quoted", "pasted"]

# no wording without quotation marks has these
ASKING = "什么|啥|哪|谁|怎|咋|多少|为何|如何|几[个次点条篇位年]|吗"  # 什么|时候  哪|篇  几次  ✗几时
# what begins with these is no keyword but a clause
_NO_NOUN = "[要让把给对为被不我你您他她它这那此叫去来该应会能想谢做]"  # 要|坚持  你  它|是财富  ✗工
KEYWORD = rf"(?!{_NO_NOUN})(?P<x>(?:(?!{ASKING}|的|[,;:。、?!]).){{2,6}}?)"  # 工会  下岗|职工  ✗工  ✗工的  ✗要坚持
_CALLED_SO = "[这那该][个一]?[词话句]"  # 这个词  那句  ✗这篇
# e.g. 劳|模精神  ✗有|工会  ✗什么  ✗一|共几次
WORD = rf"(?P<x>(?!{_CALLED_SO}|[每各]篇|一共|总共|拢共|合起来|加起来)(?:(?!{ASKING}|{_CALLED_SO}|[,;:。?!]).){{1,12}}?)(?<!有)"
# e.g. 劳动|最光荣  这是劳|动  ✗劳?动  ✗这是|劳动
SENTENCE = r"(?P<x>(?!(?:别的?|其[他它余]的?|另外的?)[几那]?篇)(?:(?!第几|哪一?篇)[^?!:]){2,60}?)(?<![是在])"
PHRASE = r"(?P<x>(?!话)(?:(?!第几|哪一?篇)[^?!:]){4,60}?)(?<![是在])"  # 劳动最光|荣  ✗话是这么说  ✗劳动?  ✗劳是第几篇
# what asks something, and is no part of a sentence of a speech, as 什么, 如何 and 几点 are
_QUESTION = "啥|哪|谁|怎|咋|多少|为何|为什么|吗"  # 哪|里  怎|么  ✗什么  ✗如何
# a wording of several parts, which nobody says of a subject
# e.g. 劳动最光荣、劳模最美|丽  ✗劳动最光荣  ✗教育、医疗
PARTS = rf"(?P<x>(?!{ASKING})(?:(?!{_QUESTION})[^,、;:。?!]){{4,40}}[,、](?:(?!{_QUESTION})[^;:?!]){{4,60}}?)"
TOLD = rf"(?P<x>(?!{ASKING})(?:(?!{_QUESTION})[^?!:]){{4,60}}?)"  # 劳动最光|荣  ✗怎么说的  ✗什么呀呀
_SAID = "出现|点名|提到|提及|提|说到|说|讲到|讲|谈到|谈|写到|写|用到|(?<![适运利])用|涉及"  # 出现  说到|过  使|用|过  ✗适|用|于  ✗听
_REACHED = "提到|提及|说到|讲到|谈到|写到|出现|涉及|点名|点到"  # 提到  涉及|工会  ✗说
_DONE = "[了过咗嘞到]*+"  # 过|工会  到了|几次
_TIMES = "(?:几多?|多少)(?:次|回|遍|处)"  # 几次  多少遍  ✗几篇
_IN_ALL = "(?:一共|总共|合起来|加起来|拢共|合计|共|各|都|分别|又|还|再)*"  # 一共|出现  都分别
_SPEECH = r"(?:哪|第几|哪一)(?:篇(?:讲话|文章)?|个讲话|次讲话)(?:里面|里头|里边|里|中)?"  # 哪篇  第几篇讲话里|有  ✗哪里  ✗这篇
_WHO = "(?<![对冲替给向跟同为让])(?:谁|哪位(?:领导)?|何人|什么人|哪个(?:领导|人)?)"  # 谁|说的  哪位领导  ✗是对|谁|说的
_PLACE = "(?:哪里?|哪儿|何处|何地|什么地方|啥地方|哪(?:个|些)(?:地方|位置)|边度|哪疙瘩)"  # 哪里|有  哪|些地方  什么地方  ✗这里
_YES_NO = "(?:了吗|了没有?|吗|没有?|么|不|嘛|没得|伐|啊)"  # 了吗  没有  了没|提到  ✗了
_SURELY = "(?:到底|究竟|总该?|真的?|也|都|应该|可|确实)*"  # 到底  也|有  ✗工
_NAMED = f"(?![这那哪话法个几别]|人[在喺来]|领导){KEYWORD}"  # 雷锋  ✗这种人  ✗话算话
_HEARD = (
    "(?:我?(?:刚才?|刚刚|昨天|今天|以前|上次|好像)*(?:听到|听说|听见|看到|看见|记得|听人说)"  # 我刚才听到|一句  听人说|劳动  ✗劳动
    "(?:过|了)?(?:有)?(?:一?句)?(?:话)?(?:说|叫)?,?)?"
)
_SO = "(?:吗|么|吧|不|呢)?(?:,?(?:原[话文句])?(?:是不是|是)(?:这个|这样|这句|一样)?(?:吗)?)?"  # 吗  ,原话是不是这个  ✗了
_OTHERS_SAY = (
    # e.g. 别的篇|里也  其他领导  各篇  ✗别人的  ✗劳动
    "(?:那|在|是不是|是否)*(?:别的?|其[他它余]的?|另外的?|剩下的?|各|每|大家|他们)(?:几?[篇处位个]|地方|讲话|稿|领导|里|$)"
)
_WISHED = ".*(?:想|找|引|给|来一|[我你您咱]|孩子|领导)"  # 孩子想|引一句  ✗空谈误国
_NOWHERE = "(?:哪[里儿]?(?:都|也)|通篇|全文|一篇|一次|好像|应该|根本|都|也|就)*"  # 哪都|没提  好像|没讲  ✗哪里
_HOW_WELL = "清楚|明白|完|透|细|具体|全|对|好|错|出|什么|啥|这|那|别的"  # 清楚  完|整  ✗雷锋
_TAG = "了|对|是|对不对|是不是|对吗|是吗|吗|么|的"  # 对  是吗  ✗吧
_OTHERS = "一[次个回点处]|其[他它余]|别|另|更|再|还|后|前|下|上|这|那|就|完|有|没|你|我|他|她|谁|哪"  # 其他  别|的  ✗雷锋
_ELSEWHERE = "(?:别处|别地儿?|(?:别的?|其[他它]的?|另外的?)地方|哪里|哪儿|哪)"  # 别处  其他地方  哪里|还有  ✗别的篇
_OF_IT = "(?:的?(?:事儿?|问题|情况|话题|内容|方面)|这一?(?:块|方面|事儿?))?"  # 的事  这块  ✗工会


@dataclass(frozen=True, slots=True)
class LiteralRule:
    """A name, what it means, its cue beside a wording in quotation marks, its patterns for whole frames without."""

    name: str
    wants: Wants
    cue: re.Pattern[str]
    bare: tuple[re.Pattern[str], ...] = ()


def _rule(wants: Wants, name: str, cue: str, *bare: str) -> LiteralRule:
    return LiteralRule(name, wants, re.compile(cue), tuple(re.compile(pattern) for pattern in bare))


_NEVER = "(?!)"  # ✗字数  ✗多少字
RULES: tuple[LiteralRule, ...] = (
    # 每篇多少字  哪篇最长  各篇字数  ✗最长的路是什么  ✗每次讲话多长时间
    _rule("length", "how long the speeches are", _NEVER,
        r"(?:[每各]篇)?(?:讲话)?(?:全文)?(?:一共|总共|共|各|分别|大概|大约)*(?:是|有)?多少个?字",
        r"(?:[每各]篇|全文)(?:讲话)?的?(?:总?字数|长度)(?:是|有)?(?:多少|多长)?",
        r"(?:(?:这|那)(?:几|六)篇(?:里|中)?)?哪一?(?:篇|个)(?:讲话)?的?(?:(?:字数|篇幅)最[长短多少]|最[长短])",
        r"(?:(?:这|那)(?:几|六)篇(?:里|中)?)?(?:字数|篇幅)?最[长短]的(?:讲话|那?一?篇)?(?:是|在)?哪一?(?:篇|个)?",
        r"(?:那|这)?(?:讲话)?(?:一共|总共|大概)?(?:有)?多长",
        r"(?:那|这)?(?:字数|篇幅)最[长短多少]的?(?:讲话|那?一?篇)?(?:是|在)?(?:哪一?(?:篇|个))?",
    ),
    # 第三篇里最接近“劳动者最光荣”的原话  ✗最接近群众的是谁
    _rule("closest", "what comes closest in a speech", "最(?:接近|相近)"),
    # 原话是不是“劳动改变世界”  原话是不是劳模最光荣  “劳模最伟大”引用得对吗  “劳动创造未来”有没有错字  ✗原话是什么  ✗有没有“劳模最伟大”
    _rule("verify", "compared with the original",
        "原[话文句](?:是(?![什啥哪]|$)|一致|对|相同|一样)|[是与跟和].{0,8}原[话文句](?!里|中)|"
        "引[用述文号错]|准确|准不准|一字不差|错|核[对实](?!一?下,)|校对|查对|比对|对照",
        rf"{_HEARD}(?:有一?[句个]话?[,，: ]*)?{PHRASE}[, ]*(?:{CALLED})?(?:是不是|是|算)"
        "(?:[这那]?里[面头]?|讲话里?)?的?原[话文句](?:吗|么|吧|不|呢)?",
        rf"(?!{_OTHERS_SAY}){_HEARD}{PHRASE},?(?:{CALLED}|原[话文句])?(?:是不是|是)(?:这么|这样|那么)(?:[说讲写]的?|的){_SO}",
        r"(?:有没有|有无|是不是有|是否有|查查?|找找?)?[这那]一?句(?:话|原话)?(?:有没有|有吗|对吗|对不对|对不)?[:,]+(?P<x>[^?!:]{4,60}?)",
        rf"(?:(?:这|下面|以下|那)(?:一)?句(?:话)?|这话)?(?:是不是|是|算不算)(?:讲话里的?|里面的?)?原[话文句](?:吗|么)?[:：,，]+{TOLD}",
        rf"{PHRASE}(?:这一?句(?:话)?|这话|这么说|这样说)(?:说得?)?(?:对(?:吗|么|不对|不)|准(?:不准|吗|确吗)|没错[吧吗])",
        rf"原[话文句](?:是不是|应该是|应当是|是),?{TOLD}(?:,?对[吗不]|吗|么|吧|不|呢)?",
    ),
    # 哪篇提到“创新”最多  “劳动”出现最多的是哪篇  哪篇提到改革最多  改革在哪篇里出现得最多  ✗最多的是哪个行业的劳模
    _rule("most", "which speech most",
        "(?=.*(?:篇|次讲话))(?=.*(?:哪|第几))(?=.*(?:最[多少常频爱]|更多|[多少]$))|谁.{0,3}(?:更|最)[多常爱频]",
        rf"{_SPEECH}(?:{_SAID}){_DONE}(?!字数|话|得|的){WORD}(?:{_SAID})?{_DONE}[得的]?(?:次数)?最[多少]",
        rf"{WORD}(?:{CALLED})?在?{_SPEECH}(?:{_SAID}){_DONE}[得的]?(?:次数)?最[多少]",
        rf"{WORD}(?:{CALLED})?(?:出现|提到)(?:得|的)?(?:次数)?最[多少]的是?{_SPEECH}",
        rf"(?:{_REACHED}){_DONE}{WORD}(?:次数)?最[多少]的是?{_SPEECH}",
    ),
    # “创新”出现了几次  提到“党委”几次  帮我数数“奉献”有几个  劳模精神出现了多少次  提到了几次工会  ✗“劳模”评选几次  ✗讲了几次话
    _rule("count", "how many times",
        rf"(?<![哪第])(?:几多?|多少)(?:[次回遍处]|个(?!字)|{QUOTED})|[仅只就](?:这|出现|提到|提|说|讲|有)*[了过]*[一二两三四五\d]+[次回遍处]|次数|频|统计|数(?:一?数|一?下)|哪个词?.{{0,6}}[多少]",
        rf"{WORD}(?:{CALLED})?(?:在.{{0,6}})?(?:[每各]篇)?{_IN_ALL}出现{_DONE}{_IN_ALL}{_TIMES}",
        rf"{WORD}{CALLED}{_IN_ALL}(?:{_SAID}){_DONE}{_IN_ALL}{_TIMES}",
        rf"(?:[每各]篇)?(?:讲话)?{_IN_ALL}(?:{_REACHED}|说|讲|用){_DONE}{_TIMES}(?!话|课|会|座谈){WORD}",
        rf"(?:[每各]篇)?(?:讲话)?{_IN_ALL}(?:{_REACHED}){_DONE}{WORD}(?:有)?{_IN_ALL}{_TIMES}",
        rf"{WORD}{_IN_ALL}(?:提到|提及|说到|讲到|谈到){_DONE}{_IN_ALL}{_TIMES}",
        rf"有{_TIMES}(?:{_REACHED}){_DONE}{WORD}",
        rf"{WORD}(?:{CALLED}的?(?:出现)?|的?出现)的?(?:次数|频次|频率)(?:是|有)?(?:多少)?",
        rf"{WORD}的?词频(?:是|有)?(?:多少)?",
        rf"{WORD}{CALLED}(?:在.{{0,4}}|里面?)?{_IN_ALL}有?{_IN_ALL}{_TIMES}",
        rf"{WORD}{CALLED}(?:一共|总共|拢共|合计|共)(?:是)?{_TIMES}",
        rf"{WORD}(?:{CALLED}|[两三四五]个字)在?(?:[每各]篇|[六6几]篇)?(?:讲话)?(?:里|中)?(?:都|各|分别|一共)+(?:有|是|出现|提了?)?(?:{_TIMES}|多少个?)",
        rf"{WORD}在?(?:[每各]篇|[六6几]篇)?(?:讲话)?(?:里|中)?(?:各|分别)+(?:有|是|出现|提了?)?{_TIMES}",
        rf"(?!领导|书记|市长|主席|人家|他|她|你|您)(?P<x>(?:(?!{ASKING}|[的,;:。、?!]).){{2,8}}?)(?:{CALLED})?{_IN_ALL}(?:提|讲|说){_DONE}{_TIMES}",
        rf"{WORD}{_IN_ALL}被(?:引用?|提到?|点名|点到){_DONE}{_IN_ALL}{_TIMES}",
        r"(?P<x>[\u4e00-\u9fff]{2,6}?(?:和|与|跟|、)[\u4e00-\u9fff]{2,6}?)(?:这?两个词)?,?(?:哪一?个词?|谁)(?:出现|[说讲提用])?(?:得|的)?(?:次数)?(?:更|比较|最)?[多常]",
        rf"{KEYWORD}(?:一共|总共|拢共|合计|在?(?:到底|究竟))(?:是|有|出现|提|说|讲|用|写)?{_DONE}{_TIMES}",
    ),
    # “天道酬勤”是谁说的  谁说过“唯创新者强”  劳模最伟大这句话是谁讲的  ✗谁说了算  ✗谁说劳模就要加班  ✗是谁说的
    _rule("who", "who said it",
        rf"{_WHO}(?:曾经?|最先|首先|最早)?所?(?:说|讲|提|言|写)|主席说|总书记说",
        rf"{_WHO}(?:曾经?)?(?:说|讲)(?:过的?|的){PHRASE}(?:{CALLED})?",
        rf"{PHRASE}(?:{CALLED})?,?(?:是|系)?{_WHO}(?:最先|首先)?所?(?:说|讲|提|写|言)(?:出来?)?(?:的|过)?的?",
    ),
    # 哪几篇提到“工匠精神”  每篇都提到“劳模精神”了吗  哪篇没有提到“创新”  哪些讲话提到了工会  ✗有几篇讲话  ✗哪几篇最好
    _rule("which", "which speeches have it",
        rf"哪几[篇次]|哪些(?:篇|讲话)|(?<!第)几篇|[每各]篇|六篇.?都|哪一?篇(?:讲话)?(?:没有?)?(?:{_REACHED})",
        rf"(?:有)?(?:哪几篇|哪些(?:篇|讲话)|有?几篇|哪一?篇)(?:讲话)?(?:都)?(?:没有?)?(?:{_REACHED}|[说讲写用]过){_DONE}的?{KEYWORD}(?:{CALLED})?",
        rf"{KEYWORD}(?:{CALLED})?(?:还|都|也)?(?:有|在)?(?:哪几篇|哪一?篇|哪些(?:篇|讲话))(?:讲话)?(?:都|也|还)?(?:{_REACHED}|[说讲写用提]过){_DONE}",
        rf"(?:哪几篇|哪些(?:篇|讲话)|哪一?篇)(?:讲话)?(?:里)?[说讲写提]{KEYWORD}了",
        rf"{WORD}{CALLED}(?:一共|总共|到底)?(?:在)?(?:有)?(?:几|多少|哪几|哪些)篇(?:讲话)?(?:里)?(?:都)?(?:有|提|说|讲|出现)[过到了]*",
        rf"(?:是不是|是否)?(?:[每各]篇|六篇)(?:讲话)?(?:是不是|是否)?(?:全?都)?(?:有)?(?:{_REACHED}){_DONE}{KEYWORD}(?:{_YES_NO})?",
    ),
    # “榜样的力量是无穷的”出自哪一篇  找出“主力军”  哪里说过“劳动是财富的源泉”  劳动创造未来出自哪里  哪一篇里有丝绸之路这个词  ✗工会在哪里
    _rule("where", "where it stands",
        rf"出自|出处|语出|引自|见于|源自|来源|{_PLACE}|第几[篇段节页]|哪|段落|含有?{QUOTED}|位置|地方|"
        "^(?!.*(?:有无|有没有|是否)).*(?:找|查(?!对)|搜|列|定位)",
        rf"{SENTENCE}(?:{CALLED})?,?(?:最早)?是?(?:语)?(?:出自|引自|见于)于?(?:哪|何|第几|谁).{{0,8}}",
        rf"{SENTENCE}(?:{CALLED})?的?出处(?:是|在)?(?:哪里?|哪儿|哪一?篇|什么)?",
        rf"{SENTENCE}{CALLED},?是?在?(?:哪里?|哪儿|什么地方|{_SPEECH}.{{0,3}})(?:有|的|能找到)?",
        rf"{PHRASE}是?在?{_SPEECH}的?(?:说|讲|提|写)?的?话?的?",
        rf"{PHRASE},?是(?:哪里|哪儿|哪篇|何处|什么地方)的(?:话|原话|句子)",
        rf"{KEYWORD}是?{_SPEECH}(?:说|讲|提|写)到?的",
        rf"{KEYWORD}(?:是|在){_SPEECH},?(?:是?哪一?年)?",
        rf"(?:哪里|哪儿)(?:讲|说|提|谈|写|有)[到过]+的?{KEYWORD}(?:了)?",
        rf"{KEYWORD}(?:是|在|搁)?{_PLACE}(?:说|讲|提|写|出现|有)[过到了]*的?",
        rf"(?:哪一?[篇段](?:讲话|话)?|哪里|哪儿)(?:里面|里头|里|中)?(?:有|{_SAID}){_DONE}的?{WORD}{CALLED}",
        rf"(?:哪一?[篇段](?:讲话|话)?|哪里|哪儿)(?:里面|里头|里|中)?(?:说|讲)(?:过的?|的){PHRASE}",
        rf"(?:下面|以下)?这?一?句话?,?是?(?:出自|来自|在|引自)?(?:哪里|哪儿|哪一?篇|{_SPEECH})(?:里|中)?(?:的|有|说的)?[?:,]+(?P<x>[^?]{{4,60}})",
        r"(?:查找|查询|搜索|检索|查|搜)(?:一下)?:(?P<x>.{2,30})",
    ),
    # 有没有“五险一金”这个词  “机器人”提到了没有  讲没讲过“躺平”  有没有劳动最光荣这句话  有没有说过劳动最伟大、创造最光荣
    # 提到工会了吗  是不是还讲了人工智能  ✗提到工会的作用了吗  ✗有奖金吗
    _rule("exists", "whether it is there",
        rf"{QUOTED},?还是{QUOTED}|"
        "有|没|无|冇|是否|是不是|吗$|么$|伐|[^过]不$|真的|可曾|在不在|对不对",
        rf"(?:有(?:没有|木有|冇|无|没得|伐)|(?:是否|可曾|是不是)有?)(?:{_SAID})?{_DONE}(?:一句)?{SENTENCE}{CALLED}(?:{_YES_NO})?",
        rf"有(?:一句)?{SENTENCE}{CALLED},?(?:有|对|是)?{_YES_NO}",
        rf"{SENTENCE}{CALLED},?(?:里面?|里头)?(?:有没有|有吗|有没|在不在)",
        rf"{SENTENCE},?(?:{CALLED})?,?是(?:不是)?(?:在|从)?(?:这|那)?(?:几篇|些)?(?:里面|里头|讲话)里?的?(?:话|句子)?(?:{_YES_NO})",
        rf"{SENTENCE}{CALLED},?(?:总归|总该?|也|都|应该)*(?:有|用|说|提|讲|写|出现)[了过到]*(?:吧|{_YES_NO})",
        rf"{PHRASE},?有(?:没有)?(?:人|谁|领导)[说讲提]过(?:这句|这话)?(?:{_YES_NO})?",
        rf"(?!{_WISHED}){PHRASE},(?:(?:在)?(?:这|那)?(?:几篇|讲话)?里[面头边]?)?(?:有没有|有吗|有没|有不|讲没讲|提没提)",
        rf"(?!.{{0,2}}[几哪六6]篇){SENTENCE}有(?:没有)?这(?:一?句话?|个词|个说法){_YES_NO}?",
        rf"(?:有(?:没有|木有|冇|无)|可曾)(?:有)?(?:{_REACHED}|[提说讲谈写][过到]?){_DONE}{KEYWORD}(?:{_YES_NO})?",
        rf"(?:是否|是不是)(?:还|也)?(?:有)?(?:{_REACHED}|[提说讲谈写][过了]){_DONE}{KEYWORD}(?:{_YES_NO})?",
        rf"(?P<v>[提说讲谈写])没(?P=v)[到过]?{KEYWORD}",
        rf"{KEYWORD}{_OF_IT}(?P<v>[提说讲谈写])没(?P=v)[到过]?",
        rf"{SENTENCE}{CALLED},?(?:总归|总该?|应该)(?:有|用|说|提|讲|写|出现)[了过到]*",
        rf"(?:{_REACHED}|[提说讲谈写]过){_DONE}(?!做到){KEYWORD}{_YES_NO}",
        rf"(?:有没有|有无|是否|可曾)(?:引用|引述|引)[过了]?的?{KEYWORD}的?(?:话|诗|名言|句子)?",
        rf"(?!一){KEYWORD}(?:也|都)没有(?:吗|么)?",
        rf"{KEYWORD}(?:有|被|都|曾)?(?:提到|讲到|说到|谈到|提及){_DONE}{_YES_NO}",
        rf"(?:(?:有没有|有无|可曾)[说讲写][过到]?|(?:是否|是不是)[说讲写]过){PARTS}(?:{CALLED})?(?:{_YES_NO})?",
        rf"[说讲写]过{PARTS}(?:{CALLED})?{_YES_NO}",
    ),
    # 有雷锋吗  食堂的事讲了没得  没提雷锋吧  雷锋没有吧  别处提工匠了吗  ✗有没有雷锋精神的故事  ✗讲了什么  ✗领导说话算话吗  ✗没说清楚吧
    _rule("exists", "whether it is spoken of", _NEVER,
        rf"{_SURELY}(?:没有|莫得|木有|冇)?(?:[提说讲谈写聊]|涉及|提及)[到过了]*+{_NAMED}{_OF_IT}{_YES_NO}",
        rf"{_SURELY}有(?:没有?|得)?(?:直接|专门|具体)?(?:[提说讲谈写聊]|涉及|提及)[到过了]*+{_NAMED}{_OF_IT}(?:的)?(?:{_YES_NO})?",
        rf"{_SURELY}有{_NAMED}{_OF_IT}{_YES_NO}",
        rf"{_NOWHERE}(?:没有?|冇|从未|未)(?:直接|专门|具体)?(?:[提说讲谈写]|涉及|提及)[到过了]*+(?!{_HOW_WELL}){_NAMED}{_OF_IT}(?:{_TAG})?",
        rf"(?!{_OTHERS}){_NAMED}(?<!有){_OF_IT}(?:也|都|好像|应该|根本)*没有?(?:[提说讲谈写]|涉及|提及)?[到过了]*+(?:{_TAG})?",
        rf"(?:还|也)?(?:有|在)?{_ELSEWHERE}(?:还|也|都)*(?:有(?:没有)?)?(?:{_SAID}|谈){_DONE}的?{KEYWORD}{_OF_IT}(?:的)?(?:{_YES_NO})?",
        rf"(?:那么?)?{_NAMED}(?:总归|总该?|应该|肯定)有(?:吧|{_YES_NO})?",
        rf"{_NAMED}{_OF_IT}有{_YES_NO}",
        rf"{_NAMED}{_OF_IT}(?:有没有|有无|是否)(?:被|曾)?(?:提到|提及|[提说讲谈写聊]|涉及)[到过了]*+",
        rf"{_NAMED}(?:也|都|曾|有没有|有无|是否)*被(?:引用|引|提到|提|点到|点名)[了过到]*(?:吧|{_YES_NO})?",
        rf"{_NAMED}{_OF_IT}{_SURELY}(?:有|被|曾)?{_SURELY}(?:[提说讲谈写聊]|涉及|提及)[到过了]*+{_YES_NO}",
        rf"{_NAMED}{_OF_IT}(?:总该?|也|应该)有?(?:[提说讲谈写聊]|涉及|提及)[到过了]*+",
    ),
)  # fmt: skip


def matching(clauses: Sequence[str]) -> LiteralRule | None:
    """The first rule whose cue is in a clause without content; None if the wording is about something else."""
    clean = [clause for clause in clauses if not FRAME.sub("", clause)]
    return next((rule for rule in RULES if any(map(rule.cue.search, clean))), None)
