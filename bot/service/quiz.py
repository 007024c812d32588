"""The quiz: which year, or which place, said it; as a poll, with scores of a chat and week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.contract.reply import Quiz, Reply
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.contract.theme_actions import QuizNext, QuizScores
from bot.service.context import Context, Declined
from bot.service.quote_text import full_source
from bot.state import bags, quizzes
from retrieval import Entry, Quote, by_id

POOL = "quiz"  # the name of a chat's bag
QUOTED = 240  # characters of a quote in a question, chosen: 60 of Telegram's 300 are for what is asked
EXPLAINED = 200  # characters of an explanation, Telegram's
OPTION = 100  # characters of an option, Telegram's
MOST = 500  # quotes looked at, chosen: each is looked up in all speeches, .3 ms in a million characters
OPTIONS = 10  # as many as older clients show
KINDS = {"y": "quiz.which_year", "p": "quiz.which_place"}
SCORES = ("成绩", "得分", "排名", "score", "scores")


def command(context: Context, argument: str) -> Response:
    """`/quiz`: a question that the chat has not had before; `/quiz 成绩`: the scores."""
    if argument.strip().lower() in SCORES:
        return Response((scores_card(context),))
    return Response((question(context),))


def another(context: Context, _action: QuizNext) -> Response:
    """Another question, as a message of its own."""
    return Response((question(context),))


def scores(context: Context, _action: QuizScores) -> Response:
    """The scores, as a message of their own."""
    return Response((scores_card(context),))


def question(context: Context) -> Reply:
    """A question from the chat's bag. Raises Declined where no poll can be, or there is nothing to ask."""
    if not context.in_chat:
        raise Declined("tap.only_in_chat")
    pool = _pool(context)
    if not pool:
        raise Declined("quiz.none")
    with context.store.quick() as memory:
        item = bags.take(memory, context.asker.chat_id, POOL, pool, context.choose, context.now)
    quote = by_id(context.library.corpus, item[1:])
    options, right = _options(context, item[0], quote)
    explanation = full_source(quote.source, context.say)
    asked = context.say(KINDS[item[0]], quote=context.style.shown(quote.text))
    quiz = Quiz(asked, options, right, explanation[:EXPLAINED])
    text = TextBuilder().line(asked).line(" / ".join(options)).line().line(context.say("quiz.no_polls", answer=options[right]))
    return text.reply([context.button("button.quiz_next", QuizNext()), context.button("button.quiz_scores", QuizScores())], quiz=quiz)


def scores_card(context: Context) -> Reply:
    """Who got how many of this week's questions right in this chat."""
    with context.store.reading() as memory:
        found = quizzes.scores(memory, context.asker.chat_id, _monday(context))
    text = TextBuilder().line(context.say("quiz.scores" if found else "quiz.no_scores"), "bold" if found else "italic")
    for place, score in enumerate(found, 1):
        text.line(context.say("quiz.score", place=place, name=score.name, right=score.right, answered=score.answered))
    return text.reply([context.button("button.quiz_next", QuizNext())])


def _pool(context: Context) -> list[str]:
    """What can be asked: letter of the kind and id of a quote that does not give the answer away, and stands in one speech only."""
    corpus = context.library.corpus
    kinds = [kind for kind in KINDS if len({_answer(kind, numbered.entry) for numbered in corpus.speeches} - {""}) > 1]
    return [
        kind + quote.id
        for quote in context.library.shareable[:MOST]
        if len(quote.text) <= QUOTED and _said_once(context, quote)
        for kind in kinds
        if (answer := _answer(kind, corpus.speech(quote.source.speech).entry)) and answer.rstrip("年") not in quote.text
    ]


def _said_once(context: Context, quote: Quote) -> bool:
    places = context.library.engine.exact.concordance.find(quote.text)
    return {place.speech for place in places} == {quote.source.speech}


def _answer(kind: str, entry: Entry) -> str:
    """What is asked for of a speech; "" when it is not known."""
    return (f"{entry.year}年" if entry.year else "") if kind == "y" else entry.place[:OPTION]


def _options(context: Context, kind: str, quote: Quote) -> tuple[tuple[str, ...], int]:
    """The options in a fixed order, at most OPTIONS around the right one; which is right, from 0."""
    answers = [_answer(kind, numbered.entry) for numbered in context.library.corpus.speeches]
    known = list(dict.fromkeys(filter(None, answers)))
    known = sorted(known) if kind == "y" else known
    right = known.index(_answer(kind, context.library.corpus.speech(quote.source.speech).entry))
    return _around(known, right)


def _around(known: Sequence[str], right: int) -> tuple[tuple[str, ...], int]:
    first = max(0, min(right - OPTIONS // 2, len(known) - OPTIONS))
    return tuple(known[first : first + OPTIONS]), right - first


def _monday(context: Context) -> float:
    """When this week began where the bot is at home, seconds UTC."""
    today = datetime.fromtimestamp(context.now, UTC).astimezone(ZoneInfo(context.behaviour.zone))
    monday = (today - timedelta(days=today.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    return monday.timestamp()
