"""The quiz: questions whose answer is right and not given away, no repeats, scores of a week."""

from __future__ import annotations

from bot.contract.response import Asker
from bot.service import SpeechService
from bot.settings.library import Library
from bot.state import quizzes
from bot.state.store import Store
from retrieval import Entry
from tests.kit.seen import Clock, Inspector, data, only

GROUP = Asker(8, -100, "group", "zh", manages_chat=False)
DAY = 86400.0


def said_by(library: Library, question: str) -> Entry:
    """The speech that a question quotes."""
    quote = question[1 : question.index("」\n")]
    (number,) = {place.speech for place in library.engine.exact.concordance.find(quote)}
    return library.corpus.speech(number).entry


def test_every_question_has_its_right_answer_and_does_not_give_it_away(service: SpeechService, library: Library) -> None:
    inspector, asked = Inspector(library), []
    for _ in range(60):
        card = only(service.command(GROUP, "quiz", ""))
        inspector.check(card)
        quiz = card.quiz
        assert quiz
        entry = said_by(library, quiz.question)
        right = quiz.options[quiz.right]
        assert right == (f"{entry.year}年" if "哪年" in quiz.question else entry.place)
        assert right.rstrip("年") not in quiz.question
        assert f"{entry.year}年（据内容推断）" in quiz.explanation
        asked.append(quiz.question)
    first_round = asked.index(asked[0], 1) if asked[0] in asked[1:] else len(asked)
    assert first_round >= 40
    assert len(set(asked[:first_round])) == first_round
    assert {"哪年" in question for question in asked} == {True, False}


def test_another_chat_has_a_round_of_its_own(service: SpeechService, asker: Asker) -> None:
    assert only(service.command(GROUP, "quiz", "")).quiz == only(service.command(asker, "quiz", "")).quiz


def test_the_buttons_below_a_question_lead_on(service: SpeechService) -> None:
    first = only(service.command(GROUP, "quiz", ""))
    second = only(service.tap(GROUP, data(first, "再来一题")))
    assert second.quiz
    assert second.quiz != first.quiz
    assert only(service.tap(GROUP, data(first, "本周得分"))).text == "这周还没有人答题。"


def test_scores_are_of_the_chat_and_of_this_week(service: SpeechService, store: Store, clock: Clock) -> None:
    for poll, at in (("a", clock.now), ("b", clock.now), ("old", clock.now - 8 * DAY)):
        with store.quick() as memory:
            memory.execute(*quizzes.sent_write(poll, GROUP.chat_id, 1, at))
        service.guessed(poll, 7, "安", 1)
        service.guessed(poll, 8, "波", 0 if poll == "a" else 1)
    scores = only(service.command(GROUP, "quiz", "成绩")).text
    assert scores == "本周得分（周一起）\n1. 安　2/2\n2. 波　1/2"
    assert only(service.command(Asker(9, -5, "group"), "quiz", "得分")).text == "这周还没有人答题。"
    clock.now += 7 * DAY
    assert only(service.command(GROUP, "quiz", "成绩")).text == "这周还没有人答题。"


def test_quiz_answers_are_told_and_forgotten(service: SpeechService, asker: Asker) -> None:
    service.guessed("a", asker.user_id, "安", 1)
    card = only(service.command(asker, "forget", ""))
    assert "答题的记录 1 条" in card.text
    service.tap(asker, data(card, "全部删除"))
    assert only(service.command(asker, "forget", "")).text == "没有关于你的记录。"


def test_a_card_sent_through_inline_mode_has_no_quiz(service: SpeechService) -> None:
    answer = service.tap(Asker(8, 0, "private", "zh"), data(only(service.command(GROUP, "quiz", "")), "再来一题"))
    assert answer.alert
    assert not answer.replies
