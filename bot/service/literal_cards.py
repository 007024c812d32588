"""What stands in the speeches word for word: said with all places, counted, compared with a draft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from bot.contract.actions import AtPlace
from bot.contract.place_actions import Counted, CountPicture, Walk
from bot.contract.reply import Button, Reply
from bot.contract.response import Response
from bot.contract.text_builder import LIMIT, TextBuilder
from bot.service import place_walk
from bot.service.cards import ways_on
from bot.service.context import Context, Declined
from bot.service.kept_texts import keep_text, kept_text
from retrieval import (
    Answer,
    Literal,
    Lookup,
    Numbered,
    Occurrence,
    Reference,
    by_speech,
    cited_at,
    lengths,
)

# Which speech is at the end that a question asks for.
FOREMOST = {"most": "literal.most", "fewest": "literal.fewest", "earliest": "literal.earliest", "latest": "literal.latest"}
COUNTED = ("count", "most", "which")  # questions that a bar for each speech answers
BARS = 60  # speeches of a count, chosen: of more those that have it most, so that they fit a message
MOST_LENGTHS = 100  # speeches of which the length is told, chosen: below the 4096 of a message
WIDEST = 12  # signs of the longest bar: with name and number on one line of a phone


def told(context: Context, answer: Answer, card: Reply) -> Reply:
    """The card of an answer with what was found word for word above it; in place of its words where nothing comes close."""
    literal = answer.literal
    if literal is None or not (literal.decides or literal.absent):
        return card
    words = told_words(context, answer)
    told_card = prefixed(card, words) if answer.quotes or not literal.decides else replace(card, text=words, entities=())
    walks = tuple(place_walk.buttons(context, literal, answer.question)) if literal.decides else ()
    return replace(told_card, buttons=(walks, *told_card.buttons)) if walks else told_card


def told_words(context: Context, answer: Answer) -> str:
    """What was found word for word; "" where nothing was looked up that has to be told."""
    literal = answer.literal
    if literal is None or not (literal.decides or literal.absent):
        return ""
    if literal.question.wants == "closest" and literal.question.references:
        named = [reference.number for reference in literal.question.references]
        return "\n".join(_closest(context, number, lookup) for number, lookup in zip(named, literal.lookups, strict=False))
    lines = [line for lookup in literal.lookups for line in _lines(context, literal, lookup)]
    end, numbers = literal.foremost(context.library.corpus, answer.question)
    names = "、".join(dated_name(context, context.library.corpus.speech(number)) for number in numbers)
    return "\n".join([lines[0], context.say(FOREMOST[end], names=names), *lines[1:]] if end else lines)


def _closest(context: Context, number: int, lookup: Lookup) -> str:
    """That a speech has a wording, or what differs in what comes closest there, in all for number 0, or that nothing does."""
    wording, changed = place_walk.short_wording(lookup.text), lookup.near.changed if lookup.near else ()
    if number and not changed:
        return context.say("literal.has" if lookup.places else "literal.lacks", number=number, wording=wording)
    differing = "；".join(_difference(context, lookup.text, (change.start, change.end), change.words) for change in changed)
    total = len(context.library.corpus.speeches)
    said = context.say("literal.closest" if number else "literal.near", number=number, total=total, wording=wording)
    return "\n".join((said, context.say("literal.changed", changes=differing)))


def shown(answer: Answer) -> Answer:
    """The answer as its card is to show it: of a wording that decides nothing is only near, and below counts one quote is enough."""
    literal = answer.literal
    if literal is None or not literal.decides or not answer.quotes:
        return answer
    at_once = 1 if literal.question.wants in ("count", "most") else answer.shown
    if literal.question.wants == "closest":
        at_once = len(answer.quotes)  # one of each speech that was named
    return replace(answer, verdict=replace(answer.verdict, state="sure"), shown=at_once)


def prefixed(card: Reply, words: str) -> Reply:
    """A card with a line of ours above it."""
    head = f"{words}\n\n"
    if len(head) + len(card.text) > LIMIT:
        return card
    entities = tuple(replace(entity, start=entity.start + len(head), end=entity.end + len(head)) for entity in card.entities)
    return replace(card, text=head + card.text, entities=entities)


def _lines(context: Context, literal: Literal, lookup: Lookup) -> list[str]:
    """What is to be said of one wording."""
    wording = place_walk.short_wording(lookup.text)
    if lookup.places:
        asked = literal.question.references
        lines = [_found(context, lookup, asked)]
        lines += headings_line(context, lookup.places)
        lines += _speaker(context, lookup.places) if literal.question.wants == "who" else []
        drawn = literal.question.wants in COUNTED and len(asked) != 1
        return lines + (bars(context, lookup.places, {reference.number for reference in asked}) if drawn else [])
    if lookup.elsewhere:
        scope = _scope(context, [reference.number for reference in literal.question.references])
        return [context.say("literal.elsewhere", scope=scope, wording=wording, where=_where(context, lookup.elsewhere))]
    if lookup.near:
        here = {lookup.near.place.speech} == {reference.number for reference in literal.question.references}
        return [_closest(context, lookup.near.place.speech if here else 0, lookup)]
    return [context.say("literal.absent", total=len(context.library.corpus.speeches), wording=wording)]


def _found(context: Context, lookup: Lookup, scope: Sequence[Reference]) -> str:
    """How many places there are and in which speeches; of one speech or part how many it has, and how many there are outside it.

    一共1处 alone is taken for all there are.
    """
    wording, count = place_walk.short_wording(lookup.text), len(lookup.places)
    if len(scope) != 1:
        return context.say("literal.found", wording=wording, count=count, where=_where(context, lookup.places))
    others = len(context.library.engine.exact.look_up(lookup.text).places) - count
    told = context.say("literal.found_beside", count=others) if others else ""
    part = scope[0].path or scope[0].paragraph
    where = str(scope[0]) if part else context.say("source.brief", number=scope[0].number)
    return context.say("literal.found_in", where=where, wording=wording, count=count, others=told)


def _speaker(context: Context, places: Sequence[Occurrence]) -> list[str]:
    """Whose words they are, if they are the same one's at every place: whom they cite, else who speaks, if that is printed."""
    corpus = context.library.corpus
    cited = {cited_at(corpus, place.speech, place.span) or "" for place in places}
    authors = {corpus.speech(place.speech).entry.author or "" for place in places}
    if len(cited) > 1 or len(authors) > 1:
        return []
    words, author = max(cited), max(authors)
    key = "literal.who_cited" if words else "literal.who_known" if author else "literal.who_unprinted"
    return [context.say(key, author=context.style.shown(words or author))]


def _scope(context: Context, numbers: Sequence[int]) -> str:
    """第1篇、第4篇; of many the first, and how many more there are."""
    told = "、".join(context.say("source.brief", number=number) for number in numbers[:BARS])
    return told + (context.say("bring.more_speeches", count=len(numbers) - BARS) if len(numbers) > BARS else "")


def _difference(context: Context, wording: str, span: tuple[int, int], words: str) -> str:
    typed = wording[slice(*span)]
    key = "literal.instead" if typed and words else "literal.missing" if words else "literal.extra"
    return context.say(key, typed=typed, words=words)


def _where(context: Context, places: Iterable[Occurrence]) -> str:
    """第1篇 2处、第4篇 3处."""
    counts = by_speech(context.library.corpus, places)
    having = [(number, count) for number, count in counts.items() if count]
    if len(having) > BARS:
        having = sorted(having, key=lambda row: -row[1])[:BARS]
    told = "、".join(context.say("literal.in_speech", number=number, count=count) for number, count in having)
    others = sum(1 for count in counts.values() if count) - len(having)
    return told + context.say("bring.more_speeches", count=others) if others else told


def bars(context: Context, places: Sequence[Occurrence], scope: Container[int] = ()) -> list[str]:
    """A bar for each speech that was asked of, in time order; of all without a scope. Speeches without the wording have 0.

    Of many speeches those that have it most.
    """
    counts = {n: count for n, count in by_speech(context.library.corpus, places).items() if not scope or n in scope}
    most = max([*counts.values(), WIDEST])
    in_order = _in_time(map(context.library.corpus.speech, counts)) if len(counts) <= BARS else None
    shown = in_order or [context.library.corpus.speech(n) for n, _ in Counter(counts).most_common(BARS)]
    lines = [f"{dated_name(context, n)} {'▇' * round(counts[n.number] * WIDEST / most)} {counts[n.number]}" for n in shown]
    return lines + ([context.say("bring.more_speeches", count=len(counts) - BARS)] if len(counts) > BARS else [])


def in_time(context: Context) -> list[Numbered]:
    """The speeches by their years; those without one come last."""
    return _in_time(context.library.corpus.speeches)


def _in_time(speeches: Iterable[Numbered]) -> list[Numbered]:
    return sorted(speeches, key=lambda numbered: (numbered.entry.year or 9999, numbered.number))


def dated_name(context: Context, numbered: Numbered) -> str:
    """第2篇 2006, or 第2篇 without a year."""
    head = context.say("source.brief", number=numbered.number)
    return f"{head} {numbered.entry.year}" if numbered.entry.year else head


def length_list(context: Context, told: Sequence[tuple[str, int]]) -> Reply:
    """How long each speech is, in time order; above them some, each in the words of a line of the wording: the longest, say."""
    found = lengths(context.library.corpus)
    text = TextBuilder()
    for line, number in told:
        text.line(context.say(line, name=dated_name(context, context.library.corpus.speech(number)), count=found[number]))
    if told:
        text.line()
    text.line(context.say("literal.lengths"), "bold")
    for numbered in in_time(context)[:MOST_LENGTHS]:
        text.line(context.say("literal.length", name=dated_name(context, numbered), count=found[numbered.number]))
    return text.reply(ways_on(context))


def count(context: Context, word: str) -> Response:
    """`/count WORD`: how often, where, with bars. Raises Declined without a word."""
    if not any(map(str.isalnum, word)):
        raise Declined("literal.which_word")
    keep_text(context, word)
    return Response((count_card(context, word),))


def counted(context: Context, action: Counted) -> Response:
    """Back on the card that counts."""
    return Response(edit=count_card(context, kept_text(context, action.wording)))


def count_card(context: Context, word: str) -> Reply:
    """How often a kept word stands in each speech; all its places, and the counts as a picture, behind buttons."""
    places, key = context.library.engine.exact.look_up(word).places, context.key_of(word)
    text = TextBuilder().line(context.say("literal.count", wording=place_walk.short_wording(word), count=len(places)), "bold")
    for line in [*headings_line(context, places), *bars(context, places)]:
        text.line(line)
    further: list[Button | None] = [
        context.button("walk.all", Walk(AtPlace(key, 0)), count=len(places)) if places else None,
        context.button("walk.picture", CountPicture(key)) if places and context.in_chat else None,
    ]
    return text.reply(further, ways_on(context))


def headings_line(context: Context, places: Sequence[Occurrence]) -> list[str]:
    """How many of the places are in headings, if any is."""
    headings = sum(place.heading for place in places)
    return [context.say("literal.headings", count=headings)] if headings else []
