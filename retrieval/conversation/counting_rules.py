"""Rules for messages that count words in few words: 谁提得多, 六篇加一块多少, 它占了多少次, “工会”照此办理.

Their examples: question before / message → question that is then asked, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from retrieval.conversation.premise_rules import wording_asked
from retrieval.conversation.utterance import Turn, Utterance, again
from retrieval.conversation.where_else_rules import word_before
from retrieval.terms.quoted import quoted


def counted_of_both(utterance: Utterance) -> Turn | None:
    """第1篇和第3篇，“改革”谁多谁少; 谁提得多 after both were asked: how often each of them has the word.

    — / 换一对：第1篇和第3篇，“改革”谁多谁少 → 第1篇、第3篇 “改革”出现几次   — / 第3篇和第4篇谁提改革多 → 第3篇、第4篇 “改革”出现几次
    第3篇、第4篇 怎么说改革 / 谁提得多 数数 → 第3篇、第4篇 “改革”出现几次
    ✗ — / 谁提得多   ✗ — / 第3篇和第4篇怎么说改革   ✗ 怎么宣传劳模 / 谁提得多
    """
    named = utterance.understood.scope
    if not _WHO_MORE.search(utterance.said):
        return None
    if len(named) < 2 and utterance.previous and _WHO_MORE_ALONE.fullmatch(utterance.said):
        named, word = utterance.before.scope, _SAYS.sub("", wording_asked(utterance, utterance.previous) or utterance.before.text)
    else:
        rest = _ANOTHER.sub(" ", _WHO_MORE.sub(" ", utterance.understood.text))
        marked = next(iter(quoted(utterance.message)), None)
        word = utterance.message[slice(*marked.inner)] if marked else utterance.inner(rest).strip(" ,，、:：和跟与")
    if len(named) < 2 or len(word) < 2 or not utterance.engine.exact.look_up(word).places:
        return None
    return replace(again(utterance, "、".join(f"第{number}篇" for number in named) + f" “{word}”出现几次"), kind="new")


# e.g. 谁多谁少  谁提|改革多  哪篇说得更多  ✗谁来做
_WHO_MORE = re.compile(
    r"(?:哪一?[篇个]|谁)(?:提|说|讲|用|写|出现)?(?:到|过)?(?:得|的)?(?:次数)?(?:更|比较|最)?[多少](?:一?[点些])?(?:[,，、]?谁[多少])?|"
    r"(?:哪一?[篇个]|谁)(?:提|说|讲|用|写)(?=[^,，]{2,8}[多少]$)"
)
_WHO_MORE_ALONE = re.compile(
    rf"(?:那|两篇|它们|[它他这]俩)?(?:{_WHO_MORE.pattern})(?:呢|啊|呀|些)*[,， ]*(?:数一?[数下]|统计一?下|报个数)*"
)  # 谁提得多 数数  ✗改革
_ANOTHER = re.compile(r"(?:再)?换一?[对组][:：,， ]*|[多少]$|数一?[数下]")  # 换一对：|第1篇  ✗对比
_SAYS = re.compile(r"^(?:怎么|咋|如何)?(?:都)?[说讲谈提](?:到)?(?=.{2})")  # 怎么说|改革  ✗改革


def in_all_counted(utterance: Utterance) -> Turn | None:
    """平手啊 六篇加一块多少, 具体几次，报个数 after a wording was looked up: how often it stands there.

    “改革”哪篇讲得最多 / 平手啊 六篇加一块多少 → “改革”出现几次   “工匠精神”哪篇提得最多 / 具体几次，报个数 → “工匠精神”出现几次
    工会出现几次 / 它占了多少次 → “工会”出现几次
    ✗ 怎么宣传劳模 / 六篇加一块多少   ✗ “改革”在哪 / 多少钱
    """
    found = _IN_ALL.search(utterance.said) if utterance.previous else None
    remark = _SO_IT_IS.sub("", utterance.said[: found.start()].strip(" ,，?")) if found else ""
    if not found or _ASKS.search(remark) or len(remark) > REMARK:
        return None
    word = wording_asked(utterance, utterance.previous) or word_before(utterance)
    return again(utterance, f"“{word}”出现几次") if word and utterance.engine.exact.look_up(word).places else None


_SO_IT_IS = re.compile("^(?:所以|那)?(?:就|只)有第[一二三四五六1-9]篇有(?:对吧|是吧|吧)?$")  # 所以只有第六篇有对吧  ✗工会
REMARK = 5  # characters that are only said before, chosen: 平手啊, 哦知道了
_ASKS = re.compile('[“”「」"?？]|什么|怎|哪|呢')  # 呢  ✗平手啊
# e.g. 六篇加一块多少  具体几次，报个数  它占了多少次  加起来一共几处  ✗多少钱
_IN_ALL = re.compile(
    r"(?:那|[这那]?[六6几]篇|全部|各篇|通共|里面?)*(?:加(?:在)?一?[起块](?:儿)?|加起来|合起来|合计|拢共|总共|一共)(?:一共|总共|算|是|有)*(?:多少|几)?(?:[次处回])?(?:呢|啊)?$|"
    r"(?:具体|到底|究竟|准确)(?:是|有)?(?:几|多少)[次处回](?:[,，]?(?:报|给)个?准?数)?$|"
    r"(?:它|[这那]一?篇|那个|其中)(?:里|中)?(?:占|有|提|说)(?:了|过|到)*(?:几|多少)[次处回](?:呢|啊)?$"
)


def counted_alike(utterance: Utterance) -> Turn | None:
    """“工会”照此办理, “奉献”呢 六篇加一块 after a word was counted: the same of another one.

    “创新”六篇各出现几次 / “工会”照此办理 → “工会”出现几次   “工匠精神”出现几次 / “奉献”呢 六篇加一块 → “奉献”出现几次
    “工会”出现几次 / 工资这两个字也数数 → “工资”出现几次   “改革”哪篇提到最多 / 创新也一样查 → 哪篇提到“创新”最多
    “创新”六篇各出现几次 / 那“创业”呢 两个比一下 → “创新”、“创业”各出现几次
    ✗ — / “工会”照此办理   ✗ 怎么宣传劳模 / “工会”也一样
    """
    found = _ALIKE.fullmatch(utterance.said) if utterance.previous else None
    asked = utterance.engine.literal_reader.read(utterance.previous) if found else None
    if found is None or asked is None or asked.wants not in ("count", "most") or utterance.understood.references:
        return None
    if found["both"]:
        return again(utterance, "、".join(f"“{word}”" for word in (*asked.wordings, found["x"])) + "各出现几次")
    end = "" if asked.wants == "count" or found["all"] else "少" if _FEWEST.search(utterance.previous) else "多"
    return again(utterance, f"哪篇提到“{found['x']}”最{end}" if end else f"“{found['x']}”出现几次")


_NOT_BEGUN = "(?!那|这|再|也|还|什么|怎|哪|谁|它|前|后|上|下|全|整)"  # ||工会  ✗那工会
# e.g. “工会”照此办理  “奉献”呢 六篇加一块  工资这两个字也数数  创新也一样查  ✗照此办理
_ALIKE = re.compile(
    rf"(?:那|再|还有|换)?[“\"「]?{_NOT_BEGUN}(?P<x>(?:(?![啊呀篇哦])[\u4e00-\u9fff]){{2,8}}?)(?<![了吧呢嘛])[”\"」]?(?:[这那]?"
    rf"(?:[两三四仨]个?字|个?词))?(?:呢)?[,， ]*"
    r"(?:(?P<both>[两俩]个(?:词)?(?:比(?:一?[比下]|较)?|对比|对照)(?:一下)?)|(?P<all>(?:[六6几]篇)?(?:加(?:在)?一?[起块](?:儿)?|加起来|一共|总共|合计)(?:多少|几次|几处)?)|"
    r"(?:也|同样|一并)?(?:照此|照样|照旧|同样|一样|如法|照上面的?|这么|这样)+(?:办理|办|炮制|查|数|统计|来|一遍|一下|来一遍)*|"
    r"(?:也|同样|一并)(?:给我|帮我)?(?:数|查|统计|来|算)(?:数|查|一?下|一遍|一个)*)"
)


def most_or_least(utterance: Utterance) -> Turn | None:
    """频次最高的是？, 那篇顶多, 顶少的是谁 after a word was counted: the speech that has it most, or least.

    “创新”六篇各出现几次 / 频次最高的是？ → 哪篇提到“创新”最多   工会出现几次 / 那篇顶多 → 哪篇提到“工会”最多
    工会出现几次 / 顶少的是谁 → 哪篇提到“工会”最少   “创新”出现几次 / 谁最爱提 → 哪篇提到“创新”最多
    ✗ — / 频次最高的是   ✗ 怎么宣传劳模 / 谁最多   ✗ 第3篇 / 顶多三句
    """
    found = _MOST.fullmatch(utterance.said) if utterance.previous else None
    asked = utterance.engine.literal_reader.read(utterance.previous) if found else None
    if found is None or asked is None or asked.wants not in ("count", "most", "which", "where") or len(asked.wordings) != 1:
        return None
    return again(utterance, f"哪篇提到“{asked.wordings[0]}”最{'少' if _FEWEST.search(utterance.said) else '多'}")


def runner_up(utterance: Utterance) -> Turn | None:
    """第二多的呢 after a word was counted: which speech has it second most, above the counts.

    “改革”哪篇提到最多 / 第二多的呢 → “改革”一共几次   “创新”出现几次 / 排第二的是哪篇 → “创新”一共几次
    ✗ 怎么宣传劳模 / 第二多的呢   ✗ “创新”出现几次 / 第二个呢
    """
    word = wording_asked(utterance, utterance.previous) if utterance.previous and _SECOND.fullmatch(utterance.said) else ""
    counts = Counter(place.speech for place in utterance.engine.exact.look_up(word).places) if word else Counter[int]()
    ranks = sorted(set(counts.values()), reverse=True)
    if len(ranks) < SECOND:
        return None
    there = "、".join(f"第{number}篇" for number in sorted(counts) if counts[number] == ranks[1])
    return again(utterance, f"“{word}”一共几次", say="second", about=f"{there}，{ranks[1]}处")


SECOND = 2
# e.g. 第二多的呢  排第二的是哪篇  第二是哪篇  我要的是数字排第二的那篇  ✗第二个呢
_SECOND = re.compile(
    r"(?:那|我要的是|次数|数字|它)*(?:第二多|排(?:在|名)?第二|(?:次数|出现)?第二(?=是?哪一?篇))(?:的)?(?:那一?篇)?(?:是|在)?(?:哪一?[篇个]|谁|呢)?"
    r"(?:[,，].{0,8})?(?:呢|啊)?"
)


def of_several_words(utterance: Utterance) -> Turn | None:
    """哪一篇最多 after two words were counted, 一共几次？哪篇最多？ after one was looked up: both, and who has each most.

    创新、创业各多少次 / 哪一篇最多 → “创新”“创业”哪篇最多   “桥梁”在哪 / 一共几次？哪篇最多？ → 哪篇提到“桥梁”最多
    ✗ 怎么宣传劳模 / 哪一篇最多   ✗ “桥梁”在哪 / 哪篇最早
    """
    found = _MOST_OF_THEM.fullmatch(utterance.said) if utterance.previous else None
    asked = utterance.engine.literal_reader.read(utterance.previous) if found else None
    if asked is None or not asked.wordings or asked.wants in ("verify", "pasted", "length"):
        return None
    if len(asked.wordings) > 1:
        return again(utterance, "".join(f"“{word}”" for word in asked.wordings) + "哪篇最多")
    return again(utterance, f"哪篇提到“{asked.wordings[0]}”最多") if found and found["count"] else None


# e.g. 哪一篇最多  一共几次？哪篇最多  共几处,哪篇最多  ✗哪篇最早
_MOST_OF_THEM = re.compile(
    r"(?P<count>(?:一共|总共|共|都)?(?:出现|有|提)?(?:了)?(?:几|多少)[次处回][?？,， ]*)?(?:是|在)?哪一?[篇个](?:讲话)?(?:里)?"
    r"(?:出现|提|说|讲|用)?(?:得|的)?(?:次数)?最多(?:的)?[?？呢啊]*"
)


_FEWEST = re.compile("少|低")  # 少  ✗多
# e.g. 频次最高的是  那篇顶多  顶少的是谁  谁最爱提  哪个最多  ✗最好的
_MOST = re.compile(
    r"(?:那|其中|里面)*(?:(?:[哪那]一?[篇个]|谁)(?:提|说|讲|用|出现)?(?:得|的)?(?:次数|频次)?(?:最|顶)(?:多|少|高|低|爱[提说讲用]|常[提说讲用])|"
    r"(?:次数|频次|频率|出现|提得?|说得?)*(?:最|顶)(?:多|少|高|低)的?(?:那?一?篇)?(?:又)?(?:是|在)(?:谁|哪一?[篇个])?)(?:呢|啊)?"
)
