"""Rules for messages about the answer just given: where it stands, what stands beside it, again, shorter, longer, what it means.

Their examples: question before / message → question or sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.conversation import answer_patterns as about
from retrieval.conversation.memory import Conversation
from retrieval.conversation.utterance import Turn, Utterance, said
from retrieval.speeches.numerals import to_int
from retrieval.speeches.quotes import Quote, first_paragraph, quote
from retrieval.speeches.vicinity import paragraph

ASIDE = 24  # characters of a message that asks for a source and says what for, chosen


def chosen(utterance: Utterance) -> tuple[int, str]:
    """Which quote of the card a message names, else the one spoken of; and the message without that name."""
    said_ = utterance.said
    found = about.QUOTE_COUNTED.search(said_)
    size = len(utterance.card)
    named = [n for n, shown in enumerate(utterance.card) if shown.source.speech in utterance.understood.scope]
    if named and found is None and not utterance.understood.references[0].path:
        return named[0], said_
    if found is None and size:
        called = _CALLED.match(said_)
        having = [n for n, shown in enumerate(utterance.card) if called and utterance.inner(called[1]) in shown.text]
        if called and having and len(utterance.inner(called[1])) > 1:
            return having[0], said_[called.end() :]
    if found is None or size == 0:
        return min(utterance.conversation.chosen, max(size - 1, 0)), said_
    count = to_int(found[1] or found[5] or "") or (size if found[2] or found[4] == "后" else 1)
    count = max(size + 1 - (to_int(found[6]) or 0), 1) if found[6] else (size + 1) // 2 if found[7] else count
    index = count - 1 if count <= size else utterance.conversation.chosen
    return min(index, size - 1), said_[: found.start()] + " " + said_[found.end() :]


# e.g. 高尔基那句|后头呢  把四个城市那句|存起  这传帮带那句|是谁讲的  ✗那句后头
_CALLED = re.compile(r"(?:那|这|把|要得|好|讲|说|提|关于|[ ,，]){0,6}([^,，。?! ]{2,12}?)(?:的)?[那这](?:一)?句(?:话)?(?=.)")


def source_asked(utterance: Utterance) -> Turn | None:
    """出自哪篇, 第二条是哪年的: where the quote stands.

    怎么宣传劳模 / 它属于第几篇 → place   怎么宣传劳模 / 各是哪年的 → place   劳模精神是什么 / 谁说的 → who
    ✗ 怎么宣传劳模 / 哪篇提到创新   ✗ 第三篇 / 哪一年的
    """
    index, text = chosen(utterance)
    if not utterance.card:
        return None
    text, each = _OF_EACH.subn("", text)
    if _WHO_DOES.search(text) or _OTHERS_TOO.search(text):
        return None
    named = about.SOURCE_WORD.search(text) and len(text) <= ASIDE and not utterance.on_subject
    if not named and not utterance.is_only(without_speech_names(utterance, text), about.PLACE, about.ORIGINAL):
        return None
    key = "who" if about.WHO.search(text) else "place"
    quotes = utterance.card if each else utterance.card[index : index + 1]
    return said(key, *quotes, then=with_its_year(choose(utterance, index), text))


def with_its_year(kept: Conversation, asked: str) -> Conversation:
    return replace(kept, wished=YEAR_TOLD if YEAR_ASKED.search(asked) else "")


YEAR_TOLD = "year"  # what is kept as wished, where a year was asked and told
YEAR_ASKED = re.compile("哪一?年|几几年|什么时候|年份")  # 哪年  年份  ✗今年
_WHO_DOES = re.compile(r"谁(?:来|去)?(?:做|管|办|抓|干|负责|落实)")  # 谁来做  ✗谁说的
_OTHERS_TOO = re.compile(r"还有?(?:在)?哪|哪.{0,3}还")  # 还有哪|篇  哪里还  ✗哪篇
_OF_EACH = re.compile("^(?:[这那]?[两三四几][处句个条](?:话)?)?(?:各自?|分别)(?=[是在出来属哪])")  # 各|是哪年的  这两处分别|在哪一篇  ✗各地


def doer_asked(utterance: Utterance) -> Turn | None:
    """这该谁来办: the sentence, if it names who; else its paragraph, which does more often.

    怎么宣传劳模 / 这是让哪个部门去办 → quotes   ✗ 怎么宣传劳模 / 谁说的   ✗ 怎么宣传劳模 / 谁来做   ✗ — / 这该谁来办
    """
    shown = utterance.spoken_of
    if shown is None or utterance.before.lookup or not _DOER.fullmatch(utterance.said):
        return None
    if _ORGAN.search(shown.text):
        return show(utterance, (shown,), utterance.conversation.chosen)
    corpus, source = utterance.engine.corpus, shown.source
    whole = quote(corpus, source.speech, paragraph(corpus, source.speech, source.span))
    return show(utterance, (whole,), utterance.conversation.chosen, window=whole.id)


# e.g. 这是该谁来办的  哪个单位管  这是让哪个部门去办  那归谁管  ✗谁说的
_DOER = re.compile(
    r"(?:(?:那|这|这个|这事儿?)(?:些)?(?:都)?|(?=(?:归|由|是)*哪个?(?:部门|单位)))(?:是|又)?(?:该|让|要|应该|归|由|叫|得)*(?:谁|哪(?:个|些)?(?:部门|单位|人))(?:来|去)?(?:负责|牵头)?(?:办|做|干|管|落实|抓|负责|牵头|出面)的?(?:呢|呀|啊)?|"
    r"(?:那|这|这个|这事儿?)(?:是|又是|算)(?:谁|哪(?:个|些)(?:部门|单位))的(?:事儿?|活儿?|职责|责任)(?:呢|呀|啊)?"
)
_ORGAN = re.compile("部门|工会|党委|政府|单位|企业")  # 组织|部门|  ✗大家


def with_its_source(utterance: Utterance) -> Turn | None:
    """完整的句子给我一份，连出处: the quote, which is shown with its source.

    怎么宣传劳模 / 完整的句子给我一份，连出处，稿子里要引 → quotes   ✗ 怎么宣传劳模 / 出处在哪   ✗ — / 完整的句子给我一份，连出处
    """
    if not utterance.card or not about.WITH_SOURCE.search(utterance.said) or not _GIVEN.search(utterance.said) or utterance.own_words:
        return None
    index, _ = chosen(utterance)
    return show(utterance, (utterance.card[index],), index)


_GIVEN = re.compile(r"给|发|贴|抄|复制|原[话句]|句子")  # 给  原话  ✗在哪


def speaker_of_speech(utterance: Utterance) -> Turn | None:
    """第六篇是谁讲的: who gave a speech, if that is printed; where it begins.

    — / 第六篇是谁讲的 → speaker   怎么宣传劳模 / 第三篇的讲话人是谁 → speaker   ✗ — / 第六篇说了谁   ✗ — / 谁讲的
    """
    opened = utterance.before.references if utterance.before.lookup and _THIS_SPEECH.match(utterance.said) else ()
    named = utterance.understood.references or opened
    text = _THIS_SPEECH.sub("", utterance.understood.text if utterance.understood.references else utterance.said)
    if not named or not utterance.engine.scope.exists(named[0]) or not _SPEAKER.fullmatch(text):
        return None
    if utterance.understood.references and (len(named) > 1 or named[0].path):
        return None
    corpus, number = utterance.engine.corpus, named[0].number
    beginning = first_paragraph(corpus, number)
    return said("speaker", beginning, then=of_it_alone(utterance, beginning))


_THIS_SPEECH = re.compile("^(?:这|那|该)(?:一)?篇|^它")  # 这篇|讲话人是谁  ✗第三篇
# e.g. 是谁讲的  讲话人是谁  是哪位领导作的报告  ✗说了谁
_SPEAKER = re.compile(
    "的?(?:讲话)?(?:的)?(?:是|由)?(?:谁|哪位(?:领导)?|哪个(?:领导|人)|什么人)(?:讲|说|作|做|写|发表)?的?(?:讲话|报告)?(?:[,，?？]*(?:是)?(?:哪一?[天年]|什么时候|几[月号]|在哪(?:里|儿)?)(?:讲|说|开|作)?的?)?|的?(?:讲话)?的?(?:讲话|发言|作)(?:人|者)(?:叫|是)?(?:谁|什么(?:名字)?|哪一?位(?:领导)?)?"
)


def speech_meant(utterance: Utterance) -> int:
    """The number of the speech that is named, that a question without an answer was about, that was opened or is spoken of; else 0."""
    named = (
        utterance.understood.references or utterance.failed.references or (utterance.before.references if utterance.before.lookup else ())
    )
    number = named[0].number if named else utterance.spoken_of.source.speech if utterance.spoken_of else 0
    return number if number in {numbered.number for numbered in utterance.engine.corpus.speeches} else 0


def word_for_word(utterance: Utterance) -> Turn | None:
    """真的是原话吗: that every quote is.

    怎么宣传劳模 / 确定是原话吗，没改过吧 → exact   ✗ 怎么宣传劳模 / 原话   ✗ 怎么宣传劳模 / 确定什么目标
    """
    index, text = chosen(utterance)
    if not utterance.card or not utterance.is_only(text, about.EXACT, about.ORIGINAL, about.EXPLAIN):
        return None
    if _OPINION.search(text) or _wants_original(text) or not _DOUBTS.search(text) or _TO_THE_BOT.search(utterance.spoken):
        return None
    return said("exact", utterance.card[index], then=choose(utterance, index))


def explained_not(utterance: Utterance) -> Turn | None:
    """什么意思: nothing is explained; where it stands.

    怎么宣传劳模 / 这一句怎么理解 → no_explaining   怎么宣传劳模 / 说人话 → no_explaining   ✗ 怎么宣传劳模 / 民生在勤怎么理解
    """
    index, text = chosen(utterance)
    text = without_speech_names(utterance, text)
    if _NEXT.search(text):
        return None  # 下一句怎么评价的
    for key, pattern in (("no_explaining", about.EXPLAIN), ("no_summary", about.KEYWORDS)):
        if utterance.card and utterance.is_only(text, pattern, about.SHORTER):
            return said(key, utterance.card[index], then=choose(utterance, index))
    return None


_NEXT = re.compile("[前后上下]一?句")  # 下一句  ✗这句


def keywords_of_part(utterance: Utterance) -> Turn | None:
    """总结一下 after a part that was opened: nothing is summed up.

    第三篇 / 总结一下 → no_summary   ✗ 怎么宣传劳模 / 总结一下   ✗ 第三篇 / 总结经验
    """
    if not utterance.before.lookup or not utterance.is_only(utterance.said, about.KEYWORDS, about.SHORTER):
        return None
    return said("no_summary")


def repeated(utterance: Utterance) -> Turn | None:
    """再说一遍: the quote again.

    怎么宣传劳模 / 没看清，再发一遍 → quotes   ✗ 3.2 / 再说一遍   ✗ 怎么宣传劳模 / 再说说工会
    """
    index, text = chosen(utterance)
    text = without_speech_names(utterance, text)
    if not utterance.card or not utterance.is_only(text, about.REPEAT, about.PARAGRAPH):
        return None
    return show(utterance, (utterance.card[index],) if text != utterance.said else in_view(utterance), index)


def in_view(utterance: Utterance) -> tuple[Quote, ...]:
    """The quotes of the card that a person saw: of a first page those that only a button shows were not."""
    card, chosen_ = utterance.card, utterance.conversation.chosen
    first = [q.id for q in utterance.answer_before.quotes[: len(card)]] == [q.id for q in card]
    return card[: max(1, utterance.answer_before.shown)] if first and not chosen_ else (card[chosen_],) if first else card


def without_speech_names(utterance: Utterance, text: str) -> str:
    """What is left when the speech of a quote on the card is named beside it: 咸阳那篇的再贴一遍."""
    found = utterance.understood.references
    speeches = {quote.source.speech for quote in utterance.card}
    return utterance.understood.text if found and {r.number for r in found} <= speeches and not found[0].path else text


def _wants_original(text: str) -> bool:
    """原话 alone wants it; 原话吗 doubts it."""
    return bool(_ORIGINAL_WANTED.fullmatch(text.strip()))


_OPINION = re.compile("[你您](?:觉得|认为|看|说)")  # 你觉得|领导讲得对不对  ✗没改过吧
_TO_THE_BOT = re.compile("谢|真人|活人|机器|真好")  # 真人  谢|谢  ✗真的
_DOUBTS = re.compile(r"证|看出|吗|么|吧|是不是|是否|还是|真|编|确|逐字|照录|靠|准|骗|改|动|概括|凭|依据|根据|核|错|对")  # 吗  真  ✗原文
_ORIGINAL_WANTED = re.compile(
    r"(?:给|发|看|要|把|我|的|它|那|这|句|再)*原(?:话|文|句)(?:呢|给我|发我|发来|看看|是什么|是啥|拿来)?"
)  # 原话  给我原文  ✗话


def choose(utterance: Utterance, index: int) -> Conversation:
    return replace(utterance.conversation, chosen=index, card=tuple(q.id for q in utterance.card))


def show(utterance: Utterance, quotes: tuple[Quote, ...], index: int, *, brief: bool = False, window: str = "") -> Turn:
    card = tuple(q.id for q in utterance.card) or tuple(q.id for q in quotes)
    kept = replace(utterance.conversation, card=card, chosen=index, window=window, failed="", wished=BRIEF if brief else "")
    return Turn("quotes", utterance.before, quotes=quotes, say=BRIEF if brief else "", then=kept)


BRIEF = "brief"  # how what was cut short is shown, and what is kept as wished then


def spoken_alone(utterance: Utterance, shown: Quote, window: str = "") -> Turn:
    """A quote that is not of the card, spoken of from then on. window: from which further steps go on, where it is more than the quote."""
    return Turn("quotes", utterance.before, quotes=(shown,), then=of_it_alone(utterance, shown, window))


def of_it_alone(utterance: Utterance, shown: Quote, window: str = "") -> Conversation:
    """What is kept when a quote is spoken of that is not of the card."""
    return replace(utterance.conversation, card=(shown.id,), chosen=0, window=window, failed="")


def with_a_word(utterance: Utterance, found: Turn) -> Turn:
    """What is to be shown, with a sentence above it if the message wants it explained or summed up."""
    if found.kind not in ("new", "again") or found.say:
        return found
    if about.WANTS_EXPLAINING.search(utterance.said):
        return replace(found, say="explains")
    return replace(found, say="sums_up") if found.understood.lookup and about.WANTS_SUMMARY.search(utterance.said) else found
