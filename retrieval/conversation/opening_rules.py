"""Rules for messages that ask how speeches begin and end.

Their examples: question before / message → question that is then asked, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.conversation.answer_rules import of_it_alone, speech_meant, spoken_alone
from retrieval.conversation.navigation import counts_in, leads_on
from retrieval.conversation.place_rules import PART_WORDS
from retrieval.conversation.speech_rules import OF_A_SPEECH
from retrieval.conversation.utterance import Turn, Utterance, again
from retrieval.question.references import Reference
from retrieval.question.wordlists import any_of
from retrieval.speeches.numerals import to_int
from retrieval.speeches.quotes import Quote
from retrieval.speeches.quotes import quote as quote_at
from retrieval.speeches.tree import Span
from retrieval.speeches.vicinity import sentences_of


def opening_wished(utterance: Utterance) -> Turn | None:
    """结尾也念一下, 找个开场白: how the speeches begin or end; of the one that is spoken of, if one was opened.

    第五篇 / 结尾也念一下 → 第5篇结尾
    — / 第1篇第三部分开头 → quotes   — / 找个开场白参考参考 → 开头   ✗ — / 开头难怎么办   ✗ — / 最后祝福什么
    """
    understood = utterance.understood
    if (
        not understood.place
        or counts_in(utterance)[0]
        or leads_on(utterance.left_out)
        or utterance.left(_PLACES.sub(" ", understood.text), PART_WORDS, any_of(utterance.words.subjectless), _TO_BEGIN)
    ):
        return None
    place = {"opening": "开头", "closing": "结尾"}[understood.place]
    before = utterance.before
    opened = before.references[:1] if before.lookup or before.place or len(before.scope) == 1 else ()
    here = utterance.spoken_of if utterance.conversation.wished == OF_A_SPEECH else None  # its place and year were told
    named = understood.references[:1] or opened or ((Reference(here.source.speech),) if here else ())
    if understood.references and named[0].path and utterance.engine.scope.exists(named[0]):
        return _edge_of_part(utterance, named[0], first=understood.place == "opening")
    return again(utterance, "".join(f"第{r.number}篇" for r in named) + place)


def _edge_of_part(utterance: Utterance, part: Reference, *, first: bool) -> Turn | None:
    """The first two sentences of a part, or its last two."""
    corpus = utterance.engine.corpus
    inside = sentences_of(corpus, part.number, utterance.engine.range_of(part))
    edge = inside[:2] if first else inside[-2:]
    return spoken_alone(utterance, quote_at(corpus, part.number, Span(edge[0].start, edge[-1].end))) if edge else None


# e.g. 怎么称呼大家  给我几句|能用的话  可以照搬的  五一座谈会|的  ✗工会
_TO_BEGIN = re.compile(
    "(?:怎么|咋|如何)?(?:称呼|问候|问好|致意)(?:大家|各位|劳模|听众)?|(?:给|找|来|要)我?(?:几|两|三|一|点)?[句段条个]?|(?:能|可以|好)?(?:直接)?(?:用|照搬|套用|抄)的?|"
    "话|句子|原话|讲话|发言|大家|(?:五一|劳模|劳动节|的)*座谈会|会上|五一|拿|样板|现成"
)


def closing_wish(utterance: Utterance) -> Turn | None:
    """第三篇最后祝什么: the sentences at the end that wish something; of the speech that is named or spoken of, else of all.

    — / 第三篇最后祝大家什么 → quotes   第六篇结尾的祝愿 / 第三篇的结尾呢 → quotes   — / 结尾都是怎么祝福的 → quotes
    — / 结尾祝福语 2条 → quotes
    第六篇 / 他的祝福语是怎么说的 → quotes
    ✗ — / 第三篇结尾   ✗ — / 祝福语怎么写   ✗ — / 祝各位劳模节日愉快是哪篇的
    """
    understood = utterance.understood
    wishes = _WISH.search(utterance.said) or (understood.place == "closing" and _WISH.search(utterance.previous))
    of_it = speech_meant(utterance) if _OF_IT.match(utterance.said) else 0
    named = bool(understood.references or of_it) and _WISH_NOUN.search(utterance.said)
    rest = utterance.left(understood.text, _WISH_NOUN, _WISHED, _PLACES, PART_WORDS)
    if rest or not (named or (understood.place == "closing" and wishes)):
        return None
    asked = tuple(r.number for r in understood.references if utterance.engine.scope.exists(r))
    numbers = asked or ((of_it,) if of_it else utterance.engine.corpus.numbers)
    counted = _SO_MANY.search(utterance.said)
    many = (to_int(counted[1]) or MOST_WISHES) if counted else MOST_WISHES
    found = tuple(quote for number in numbers[:MOST_READ] for quote in _wishes(utterance, number)[-1:])[:many]
    if not found:
        return None
    kept = replace(of_it_alone(utterance, found[0]), card=tuple(quote.id for quote in found), question=utterance.message)
    return Turn("quotes", understood, quotes=found, then=kept)


_OF_IT = re.compile("(?:那|好)?[,，]?(?:[他她它]|[这那该]一?篇)(?:讲话)?的?")  # 他的|祝福语  这篇|最后祝什么  ✗六篇
MOST_READ = 60  # speeches that are looked at, chosen: a few milliseconds
MOST_WISHES = 6  # sentences of as many speeches, chosen: as many as are bundled
LAST = 3  # paragraphs of a speech in which its wishes stand, chosen
_SO_MANY = re.compile("(?<![第几])([1-9一二两三四五])[条句]")  # 祝福语 |2条|  ✗第2条  ✗几句
_WISH = re.compile("祝")  # 祝|福  ✗结尾
_WISH_NOUN = re.compile("祝(?:福[语词]|[词福语愿])|贺词")  # 祝词  祝福语  ✗祝大家
_WISHED = re.compile(
    r"(?:来|给|要)?(?:我)?(?<!第)[1一2二两3三几][条句个]|祝(?:福|愿|贺|词|语|的)*|大家|各位|怎么(?:祝|说|写)的?"
)  # 祝福  大家  ✗结尾


def _wishes(utterance: Utterance, number: int) -> list[Quote]:
    """The sentences of the last paragraphs of a speech that wish something."""
    corpus = utterance.engine.corpus
    inside = (span for last in corpus.speech(number).speech.paragraphs[-LAST:] for span in sentences_of(corpus, number, last))
    return [quote for quote in (quote_at(corpus, number, span) for span in inside) if "祝" in quote.text]


def edge_sentence(utterance: Utterance) -> Turn | None:
    """第五篇最后一句: the last or first sentence of a speech that is named, or was opened.

    — / 第五篇最后一句 → quotes   第三篇 / 第一句话是什么 → quotes
    怎么宣传劳模 // 第五篇最后一句 / 第一句呢 → quotes   ✗ — / 最后一句   ✗ 怎么宣传劳模 / 第一句   ✗ — / 第五篇最后一段
    """
    spoken_of = utterance.before.references if utterance.before.lookup or len(utterance.before.scope) == 1 else ()
    of_an_edge = utterance.spoken_of if utterance.conversation.wished == EDGE else None
    references = utterance.understood.references or ((Reference(of_an_edge.source.speech),) if of_an_edge else spoken_of)
    rest = utterance.understood.text if utterance.understood.references else utterance.said
    found = _EDGE.search(utterance.said)
    if (
        found is None
        or len(references) != 1
        or (utterance.card and not found[1] and not of_an_edge)
        or utterance.left(_EDGE.sub(" ", rest), _PLACES, PART_WORDS)
    ):
        return None
    if not utterance.engine.scope.exists(references[0]):
        return None
    corpus, number = utterance.engine.corpus, references[0].number
    at = -1 if found[1] else 0
    sentences = sentences_of(corpus, number, corpus.speech(number).speech.paragraphs[at])
    shown = quote_at(corpus, number, sentences[at])
    return replace(spoken_alone(utterance, shown), then=replace(of_it_alone(utterance, shown), wished=EDGE))


EDGE = "edge"  # what is kept as wished, where the first or last sentence of a speech was shown
_EDGE = re.compile(r"(?:(最后|最末|末尾|末了|结尾)|第|头|开头第?)(?:的|那)*[一1]句(?:话)?")  # 最后一句  头一句  ✗最后一段


_PLACES = re.compile(r"开头|开场白?|开篇|结尾|结束语|收尾|末尾|最后|祝福的?话?|类似|的话|参考|现成|别家|换|[段句个篇]")  # 开头  ✗工会
