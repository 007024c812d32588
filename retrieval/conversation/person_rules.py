"""Rules for the words of persons whom the speeches cite: a sentence of theirs, whether a wording is among them, everybody who is cited.

Their examples: question before / message → question or sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from retrieval.conversation.answer_rules import of_it_alone
from retrieval.conversation.utterance import Turn, Utterance, again
from retrieval.speeches.citations import citations
from retrieval.speeches.quotes import Quote
from retrieval.speeches.quotes import quote as quote_at
from retrieval.speeches.tree import Span

MOST_READ = 60  # speeches that are looked through, chosen: some ten milliseconds
MOST_CITED = 6  # persons, chosen: a sentence of each fills a screen
MOST_OF_ONE = 3  # sentences of one person that are shown, chosen: as many as a card lets choose among
SURNAMED = 2  # characters that tell one from another: 习近平总书记, 习近平
SHORTEST = 4  # characters of a wording that somebody may have said, chosen


def words_of_person(utterance: Utterance) -> Turn | None:
    """有没有毛主席说的, 高尔基的话也引了吧: the sentences that cite this person, those first that share a word with what was asked before.

    怎么宣传劳模 / 有没有毛主席说的 → quotes   — / 高尔基的话引了吧 → quotes   — / 来一句毛主席的话 → quotes
    — / 毛主席和习总书记的话各来一句 → quotes   怎么宣传劳模 / 再来一条总书记的 → quotes
    ✗ 怎么宣传劳模 / 有没有书记员说的   ✗ — / 总书记怎么说劳动   ✗ 怎么宣传劳模 / 有没有这么说的
    """
    found = _OF_PERSONS.fullmatch(utterance.said)
    names = [name for name in found.groups() if name] if found else []
    if len(names) == 1 and (found := _OF_PERSON.fullmatch(utterance.said)):
        names = [name for name in found.groups() if name]
    words = [word.text for word in utterance.engine.reader.segmenter.words(utterance.previous) if len(word.text) > 1]
    of_each = [
        sorted(_cited(utterance, name), key=lambda quote: -sum(word in quote.text for word in words))
        for name in names
        if len(name) >= SURNAMED
    ]
    if not of_each or not all(of_each):
        return None
    several = len(of_each) > 1
    shown = (
        tuple(quotes[0] for quotes in of_each)
        if several
        else _not_shown(utterance, of_each[0])[
            : MOST_CITED if _HOW_MANY.search(utterance.said) else 1 if _ONE.search(utterance.said) else MOST_OF_ONE
        ]
    )
    return _shown(utterance, shown)


def _cited(utterance: Utterance, name: str) -> list[Quote]:
    """The sentences that cite whoever is called so."""
    return [quote for author, quote in _all(utterance) if _is_called(name, author)]


def _is_called(name: str, author: str) -> bool:
    """Whether a person is meant: 总书记, 习总书记 or 习近平 is 习近平总书记.

    >>> _is_called("习总书记", "习近平总书记"), _is_called("书记员", "习近平总书记")
    (True, False)
    """
    return name in author or (name[0] == author[0] and len(name) > SURNAMED and name[1:] in author)


def _not_shown(utterance: Utterance, quotes: list[Quote]) -> tuple[Quote, ...]:
    """Those that are not in view come first."""
    return tuple(sorted(quotes, key=lambda quote: quote.id in utterance.conversation.card))


def _all(utterance: Utterance) -> Iterator[tuple[str, Quote]]:
    """Who is cited, and the sentence, speech by speech."""
    corpus = utterance.engine.corpus
    for number in corpus.numbers[:MOST_READ]:
        text = corpus.texts[corpus.speech(number).speech.file]
        for one in citations(corpus, number):
            yield one.author, quote_at(corpus, number, whole(text, one.span))


def whole(text: str, span: Span) -> Span:
    """With the stop behind a closing quotation mark."""
    return Span(span.start, span.end + 1) if text[span.end : span.end + 1] in "。！；" else span


def _shown(utterance: Utterance, quotes: tuple[Quote, ...]) -> Turn:
    kept = replace(of_it_alone(utterance, quotes[0]), card=tuple(quote.id for quote in quotes))
    return Turn("quotes", utterance.before, quotes=quotes, then=kept)


_HOW_MANY = re.compile("(?:引(?:用)?了?|有)(?:几|多少)[句处次]")  # 一共|引了几处|  ✗引了吧
_ONE = re.compile("[一1]?[句条个](?!们)")  # 再来|一条|总书记的  ✗有没有毛主席说的
_NAME = "([\u4e00-\u9fff]{2,7}?)"  # 总书|记  高尔|基  ✗我
_WANTED = r"(?:那|请|帮我|给我|再)*(?:有没有|有无|来|要|换|找|给)(?:一?[句条个]|点)?"  # 有没有  再来一句  ✗谁
_SAID = r"(?:(?:自己|本人)?(?:说|讲|指出)(?:过)?的(?:话)?|的(?:原?话|名言|语录))"  # 说的  的话  ✗怎么说
# e.g. 有没有毛主席说的  高尔基的话也引了吧  来一句毛主席的话  有没有毛主席讲过的,要短的  毛主席的没有啊  再来一条总书记的
# e.g. ✗总书记怎么说劳动
_OF_PERSON = re.compile(
    rf"{_WANTED}{_NAME}{_SAID}(?:吗|没|呗|吧)?(?:[,，].{{0,8}})?|{_NAME}的(?:原?话|名言)(?:也|都)?引(?:用)?了(?:吧|吗|没)?"
    rf"(?:[,，]?(?:随便|来|给|发).{{0,6}})?|(?:引用的)?{_NAME}的(?:原?话)?(?:一共|总共|都)?(?:引(?:用)?了?|有)(?:几|多少)[处次句](?:[?,，]*(?:都)?(?:列|发|给)(?:出来|一下|我)*)?|{_NAME}的(?:话)?(?:有没有|没有|有)(?:吗|啊|呀|呢)*|{_WANTED}{_NAME}的"
)
# e.g. 毛主席和习总书记的话各来一句  有没有毛主席说的  ✗总书记怎么说劳动
_OF_PERSONS = re.compile(rf"{_NAME}[和跟与、]{_NAME}的(?:原?话|名言)?(?:各|分别|都)(?:来|给|找|要)?(?:我)?一?[句条]|{_OF_PERSON.pattern}")


def said_by_person(utterance: Utterance) -> Turn | None:
    """习近平说过劳动最光荣吗: where the words stand, and whether they are among those that cite the person.

    — / 习近平说过劳动最光荣吗 → “劳动最光荣”在哪   — / 总书记有没有讲过空谈误国 → “空谈误国”在哪
    — / “劳动最光荣”是不是总书记说的 → “劳动最光荣”在哪
    ✗ — / 领导说过劳动最光荣吗   ✗ — / 总书记说过什么   ✗ — / 总书记讲过工会吗
    """
    found = _SAID_SO.fullmatch(utterance.said)
    name, wording = (found["a"] or found["b"], found["x"] or found["y"]) if found else ("", "")
    if not name or len(wording) < SHORTEST:
        return None
    known = [(author, quote) for author, quote in _all(utterance) if _is_called(name, author)]
    if not known:
        return None
    places = utterance.engine.exact.look_up(wording).places
    his = any(place.speech == quote.source.speech and quote.source.span.covers(place.span) for place in places for _, quote in known)
    told = f"引{known[0][0]}的话里{'有' if his else '没有'}「{wording}」" if places else ""
    return replace(again(utterance, f"“{wording}”在哪", say="not_there" if told else "", about=told), kind="new")


# e.g. 习近平说过劳动最光荣吗  总书记有没有讲过空谈误国  “劳动最光荣”是不是总书记说的  ✗总书记说过什么
_SAID_SO = re.compile(
    r"(?P<a>[\u4e00-\u9fff]{2,7}?)(?:(?:有没有|是不是|到底)?(?:说|讲|提|引用)过|(?:有没有|是不是)(?:说|讲|提)(?:到)?)(?!什么|啥|哪|谁|几)[“\"「]?(?P<x>[^“”\"「」,，?？]{4,24}?)"
    r"[”\"」]?(?:这(?:一)?[句个](?:话|词)?)?(?:吗|没有?|么)?$|"
    r"[“\"「](?P<y>[^“”\"「」]{4,40})[”\"」](?:这(?:一)?句(?:话)?)?(?:到底)?(?:是不是|是)(?P<b>[\u4e00-\u9fff]{2,7}?)(?:说|讲)(?:过)?的(?:话)?(?:吗|吧)?$"
)


def all_cited(utterance: Utterance) -> Turn | None:
    """还引过谁, 除了高尔基还引用了谁的名言: one sentence of everybody whom a speech cites.

    怎么宣传劳模 / 还引过谁 → quotes   — / 六篇里都引用过谁的话 → quotes   — / 除了高尔基还引用了谁的名人名言 → quotes
    ✗ — / 引的是谁   ✗ — / 第3篇引谁了   ✗ — / 引领谁
    """
    found = None if utterance.understood.references else _ALL_CITED.fullmatch(utterance.said)
    if found is None:
        return None
    of_each = dict[str, Quote]()
    for author, quote in _all(utterance):
        if not ((but := found["but"] or found["beyond"]) and _is_called(but, author)):
            of_each.setdefault(author[:SURNAMED], quote)
    return _shown(utterance, tuple(of_each.values())[:MOST_CITED]) if of_each else None


# e.g. 还引过谁  六篇里都引用过谁的话  引过谁没  还引用了哪些人  除了高尔基还引用了谁的名人名言  ✗引的是谁
_ALL_CITED = re.compile(
    r"(?:除了?(?P<but>[\u4e00-\u9fff]{2,7}?)(?:以外|之外)?[,，]?(?=还|都|有没有)|(?P<beyond>[\u4e00-\u9fff]{2,7}?)(?:以外|"
    r"之外)[,，]?)?(?:那|外国人呢|[六几这]篇|讲话|稿子|里面?|中|,| )*"
    r"(?:(?:还|都|一共|总共|有没有)+引(?:用|述)?(?:过|了)?|引(?:用|述)?过)(?:谁|哪些人|什么人|哪些名人|哪几个人?|别的名人|别人)"
    r"(?:的?(?:原?话|名人名言|名言))?(?:没|没有|吗|呢|啊)*"
)
