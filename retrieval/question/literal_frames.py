"""The frame of a message: what it says around the wordings in quotation marks, without courtesies and without 在这几篇讲话里."""

from __future__ import annotations

import re

from retrieval.speeches.tree import Span
from retrieval.terms.fold import fold, fold_question
from retrieval.terms.quoted import MARK, quoted

# of private use: stands for a wording in quotation marks
QUOTED = "\ue000"  # ✗“  ✗劳动
# What says that a wording, not its subject, is meant.
CALLED = (
    # e.g. 这句话  这个词  二字  这几句  字样  几个字|出现几次  ✗这篇  ✗个字  ✗有|几个字|
    r"(?:[这那𠮶]一?(?:[几两]?句话?|个词儿?|种词|词|话|[个种]?(?:说法|提法|表述)|个名字|[几两俩三仨四五六2-9]个?字)|一词|一句话?|"
    r"[二两三四五俩仨]个?字|(?<!有)几个字(?=[里出在有一总])|字样|的原话)"
)
# All that a clause may have beside its cue when it asks of the wording itself. Not: 评选, 重要.
_BESIDE = {
    "people": "领导 领导们 书记 市长 主席 毛主席 总书记 作者 人家 他 他们 她 您 你 你们 我 我们 俺 咱 咱们 侬 大家 人",
    "places": (
        "讲话 讲话稿 文章 文稿 稿 稿子 讲稿 原文 全文 材料 文中 文 篇 篇目 段 段落 章 章节 节 页 句 句子 部分 "
        "里面 里头 里边 当中 之中 入面 里 中 内 上 上面 头 结尾 开头 末尾 引号 "
        "出处 出自 语出 来自 来源 源自 见于 位置 地方 哪 何 位 边度 疙瘩 在 搁 摆 放 喺 打 从 于 到 出 来 去"
    ),
    "saying": (
        "出现 提 提及 说 说法 讲 谈 写 用 使用 引用 引述 引文 引 涉及 包含 含 含有 具有 听 见 看 念 喊 叫 记 记得 带 言 所 "
        "词 词语 成语 名言 口号 关键词 字 话 提法 表述 表达 内容 找 查 查询 搜 搜索 列 列举 统计 数 核实 核对 校对 查对 比对 对照 确认 "
        "定位 标 圈 给出 次数 频次 频率 词频"
    ),
    "judging": "准确 一致 接近 相近 逐字 字字 一样 相同 原话 原句 原 错 正确 真 真的 假 确实 确定 对 一字不差 是不是 对不对 有没有 在不在",
    "counting": (
        "谁 多少 另外 仅 只 几 几多 最先 最早 最晚 最近 最后 首先 "
        "首次 最 较 更 多 少 频繁 常 第 一 二 三 四 五 六 两 俩 每 各 分别 一共 总共 合起来 加起来 "
        "拢共 合计 总 共 所有 全部 全 "
        "次 回 遍 处 个 些 种 样 儿 下 年 都 也 还 就 又 再 曾经 曾 可曾 到底 究竟 应该 好像 似乎 来着"
    ),
    "beside": "爱 喜欢 偏爱 年份 年头 别的 其他 其它 后来 以后 往后 刚才 刚刚 上次 听说 据说 格式 一行 写成 数字",
    "particles": (
        "这 那 𠮶 此 其 有 没 无 冇 否 木 得 伐 不 未 是 会 该 可 能 可以 把 给 让 与 和 跟 同 及 或 被 将 为 请 帮 忙 要 想 知道 问 求 "
        "告诉 的 地 了 过 着 咗 嘞 吗 呢 吧 啊 呀 嘛 么 哈 哦 咧 捏 喂 嗯 系 乎"
    ),
}
_WORDS = " ".join(_BESIDE.values()).split()
# e.g. 这句话  领导们  什么|地方  有没有|工会  出现|了  3  ✗什么  ✗评选  ✗重要
FRAME = re.compile(
    rf"{QUOTED}|{CALLED}|什么(?=地方|位置)|啥(?=地方)|[^{QUOTED}]{{1,6}}[说讲]过?的那一?句(?={QUOTED})|"  # 高尔基说的那句“…”
    + "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True))
    + r"|[\W0-9]"
)
# What asks of the content.
# e.g. 为什么|说“劳动最光荣”  “三严三实”是|什么|意思  下一句  哪些|困难  ✗什么地方  ✗哪些讲话  ✗哪个词
CONTENT = re.compile(
    "为什么|为啥|为何|怎[么样]|咋|如何|(?:什么|啥)(?!地方|位置)|意思|含义|解释|理解|体会|认识|看法|谈谈|关系|区别|[下上]一?句|"
    "[前后]面|之[前后]|接着|具体|指(?:的|哪)|包括|关于|[对冲替给向]谁|举例|启示|"
    "哪[一二两三四五六七八九十几]?[个点条项种方](?!地方|词|字|位置|领导|人|讲|说|提)|哪些(?!篇|讲话|段|地方|句|词|章|位置|次|页|部分)"
)
# What only says which wording is meant, or of which times it is asked; none of it asks of the content.
# e.g. |毒豆芽后面那句|是原话吗  |刚才核对的那句|的出处  那桥梁作用,|后面几年的讲话|还提不提  ✗后面那句说什么
LED_TO = re.compile(
    rf"[^{QUOTED},。?!]{{0,8}}[那这]一?[句处](?:话)?(?=[^,。?!]{{0,2}}{QUOTED})|(?:往|以)?后(?:面|来)?(?:的|这|那)?几年的?(?:讲话|里)?|"
    rf"前(?:面)?(?:的|这|那)?几年的?(?:讲话|里)?|(?<={QUOTED}的出处)写成一行"
)
_TITLES = re.compile("《([^《》]{2,60})》|【([^【】]{2,60})】")  # 《劳动法》  【劳模】|里  ✗《劳》
_INNER = "(?:当中|之中|里面|里头|里边|入面|里|中|内)"  # 里面  当中  ✗外面
# Where it is looked for, when that is everywhere.
# e.g. 在这六篇讲话里  文中  喺篇文入面  这几篇里|有工会吗  六篇|提到  ✗哪篇讲话里  ✗六篇都
_EVERYWHERE = re.compile(
    rf"(?:在|喺|从|咱)*(?:(?:这|那)?(?:几|六|6|两|些)?篇)?(?:领导|的)*(?:讲话稿?|文章|讲稿|稿子|文|全文|原文|材料|书){_INNER}|"
    rf"(?:在|咱)*(?:这|那)(?:几|六|6|两|些)篇(?:讲话|文章)?{_INNER}?|[六6]篇(?:讲话|文章)?(?!都|是不是|是否){_INNER}?(?=.)"
)
_CERTAIN = re.compile("(?:哪|每|各|第几|有几|几)一?[篇个些次]?$")  # 哪篇  每个  第几次  ✗这篇  ✗哪篇讲话
_COURTESIES = (
    # e.g. 请问|工会  不好意思  我想知道  帮我看看  查一下  书记|提到  ✗书记好  ✗工会
    r"您好|你好|老师|同志们?|大佬们?|亲|嗨|哈喽|不好意思|打扰(?:一?下|了)?|麻烦(?:您|你|问|帮忙)?(?:一?下)?|劳驾|烦请|"
    r"请(?:问|教)?(?:一?下)?|(?:我|俺|咱|侬)?(?:就?想|要)(?:请问|请教|问问|问一?下|问|知道|核实|确认|了解|查|看看)(?:一?下)?|"
    r"(?:侬|你|您)?帮(?:我|俺|忙|着)*(?:看看|看一?下|查查|查一?下|找找|找一?下|确认一?下|数数|数一?数|数一?下|统计(?:一?下)?)?|确认(?:一?下)?|查(?:一?下|一?查)|"
    r"(?:我|俺|咱)?就想(?:瞅瞅|看看|问问|知道|晓得)|(?:我)?(?:爷爷|奶奶|爸爸?|妈妈?|孩子|儿子|女儿|老伴|同事|领导|老板|学生)(?:想|要|让我|叫我)?(?:问|知道)(?:问|一?下)?|"
    r"布置作业|作业|问|到底|究竟|切|o+k+a?y?|所以|6{1,4}(?=那)|谁(?:能)?(?:知道|晓得|告诉我)|哦++|噢|喔|咦|诶|行吧|好吧|那么|那(?![个些里边位种次时年天样])|(?:现在|如今|当下)的?|其实|好像|我?记得|那个啥?|话说|对了|嗯|哎|统计(?:一?下)?|"
    r"(?:书记|领导们?|作者|人家|它|[这那]篇|他们?|她|您|你们?|上面)(?=[提说讲谈是有写用])|全文|原文|讲话|里面|里头|里边|文(?=有)"
)
_LEAD = re.compile(rf"^(?:(?:{_COURTESIES})[,。!?~:]*){{1,6}}")  # 老师您好,请问|工会  嗯  ✗工会
_TAIL = re.compile(
    r"(?:(?<=..)(?<![说讲提了是到写])(?:啥|什么|之类)的|(?<=的)尼|[?。!~,.]|[呀呢哈吧哦咧捏啊]|嘛$|谢谢[你您啦了]?|(?<=[次回处篇]),?(?:都|全部?)?(?:列|给|念|发)(?:出来|一下|给我|我))+$"
)  # ?  呢。  啊,谢谢你  奖金|啥的|  ✗吗  ✗?工会  ✗说了什么的
_BLANKS = re.compile(r"\s+")  # 劳| |模  ✗劳
# what is left of 第三篇里
_INSIDE = re.compile("^(?:那么?)?(?:就|只|光|单)?(?:里面|里头|里边|里|中|当中|的)+")  # 里|有工会  里面的|工会  那就里|几次  ✗有工会


def pieces(message: str) -> list[tuple[Span, Span]]:
    """What stands in quotation marks, in 《》 or 【】, as ranges with and without the marks; not what is half open or has no letters."""
    closed = [(q.outer, q.inner) for q in quoted(message) if q.outer.end > q.inner.end]
    for match in _TITLES.finditer(message):
        if not any(outer.start <= match.start() < outer.end for outer, _ in closed):
            closed.append((Span(*match.span()), Span(match.start() + 1, match.end() - 1)))
    return sorted(piece for piece in closed if any(map(str.isalnum, message[slice(*piece[1])])))


def framed(message: str, marked: list[tuple[Span, Span]]) -> str:
    """The folded message with QUOTED in place of its pieces, without stray marks.

    >>> message = "請問「勞動最光榮」出自“哪裡"
    >>> framed(message, pieces(message)[:1]).replace(QUOTED, "□")
    '请问□出自哪里'
    """
    frame, at = [], 0
    for outer, _ in marked:
        frame += [MARK.sub("", message[at : outer.start]), QUOTED]
        at = outer.end
    return fold_question("".join([*frame, MARK.sub("", message[at:])]))


def bared(frame: str, *, scoped: bool) -> str:
    """A frame without blanks, courtesies at its beginning, particles at its end, and what names everything as the place.

    scoped: the name of a speech was taken out of it.

    >>> bared("老师您好,请问这六篇讲话里提到工会了吗?谢谢", scoped=False), bared("哪篇讲话里有?", scoped=False)
    ('提到工会了吗', '哪篇讲话里有')
    """
    bare = _BLANKS.sub("", frame)
    bare = _INSIDE.sub("", bare) if scoped else bare
    while True:
        shorter = _LEAD.sub("", _EVERYWHERE.sub(_unless_certain, _TAIL.sub("", bare))).strip(",。、")
        if shorter == bare:
            return bare
        bare = shorter


def typed(message: str, words: str) -> str:
    """The characters of a message that folded words without blanks came from; the words themselves if they are not found.

    >>> typed("勞 模出現了幾次", "劳模")
    '勞 模'
    """
    folded = fold(message)
    kept = [i for i, sign in enumerate(folded.text) if not sign.isspace()]
    at = "".join(folded.text[i] for i in kept).rfind(words)
    return message[slice(*folded.back(kept[at], kept[at + len(words) - 1] + 1))] if at >= 0 else words


def _unless_certain(match: re.Match[str]) -> str:
    return match[0] if _CERTAIN.search(match.string[: match.start()]) else ""
