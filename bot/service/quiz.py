"""The quiz: which year, or which place, said it; as a poll, with scores of a chat and week."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.contract.reply import Quiz, Reply
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.contract.theme_actions import QuizNext, QuizScores
from bot.service.context import Context, Declined
from bot.service.quiz_questions import KINDS, quiz_options, quiz_pool
from bot.service.quote_text import full_source
from bot.state import bags, quizzes
from retrieval import by_id

POOL = "quiz"  # the name of a chat's bag
EXPLAINED = 200  # characters of an explanation, Telegram's
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
    pool = quiz_pool(context.library)
    if not pool:
        raise Declined("quiz.none")
    with context.store.quick() as memory:
        item = bags.take(memory, context.asker.chat_id, POOL, pool, context.choose, context.now)
    quote = by_id(context.library.corpus, item[1:])
    options, right = quiz_options(context.library, item[0], quote)
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


def _monday(context: Context) -> float:
    """When this week began where the bot is at home, seconds UTC."""
    today = datetime.fromtimestamp(context.now, UTC).astimezone(ZoneInfo(context.behaviour.zone))
    monday = (today - timedelta(days=today.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    return monday.timestamp()
