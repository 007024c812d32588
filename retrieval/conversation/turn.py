"""What a message means inside a conversation: the rules in their order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from retrieval.answer.engine import Engine
from retrieval.conversation import (
    answer_rules,
    around_rules,
    beside_rules,
    bot_rules,
    count_rules,
    doubt_rules,
    earlier_rules,
    facts_rules,
    label_rules,
    likely_rules,
    more_rules,
    opening_rules,
    place_rules,
    point_rules,
    premise_rules,
    remark_rules,
    scope_rules,
    speech_rules,
    topic_rules,
    use_rules,
    where_else_rules,
    wish_rules,
)
from retrieval.conversation.asides import without_asides
from retrieval.conversation.memory import Conversation
from retrieval.conversation.navigation import counts_in
from retrieval.conversation.opened import NOT_UNDERSTOOD, as_quoted, of_it
from retrieval.conversation.questions import clauses
from retrieval.conversation.speech_names import spelled
from retrieval.conversation.utterance import Shown, Turn, Utterance, again

Rule = Callable[[Utterance], Turn | None]
# The first that answers wins. What a message is about comes first: the chat's limits, the answer before, a wish, the bot. Then fixed
# phrases stand before names of speeches, names before counts, counts before what is only guessed from a short message. What is asked
# of a wording in quotation marks is asked of nothing else. The last answers always.
RULES: tuple[Rule, ...] = (
    bot_rules.no_words,
    label_rules.called_by_label,
    label_rules.counted_behind,
    premise_rules.wording_wanted,
    where_else_rules.word_elsewhere,
    more_rules.sentence_of_others,
    where_else_rules.asked_of_others,
    premise_rules.asked_literally,
    point_rules.place_of_wording,
    count_rules.places_asked,
    count_rules.how_often,
    count_rules.counted_in,
    count_rules.one_of_them,
    count_rules.word_counted,
    count_rules.counts_compared,
    count_rules.most_of_it,
    doubt_rules.right_words_asked,
    doubt_rules.asked_anew,
    use_rules.in_time,
    count_rules.counted_too,
    premise_rules.stands_where,
    premise_rules.either_wording,
    count_rules.not_there_at_all,
    count_rules.which_have_it,
    bot_rules.thanked,
    wish_rules.quiz_answer_asked,
    wish_rules.wish_goes_on,
    doubt_rules.answer_doubted,
    doubt_rules.another_meant,
    doubt_rules.taken,
    doubt_rules.better_wished,
    facts_rules.speaks_for,
    facts_rules.office_asked,
    facts_rules.year_supposed,
    remark_rules.speaker_guessed,
    remark_rules.worth_asked,
    remark_rules.question_recalled,
    remark_rules.done_told,
    remark_rules.duration_asked,
    remark_rules.letters_counted,
    remark_rules.updates_asked,
    remark_rules.others_told,
    remark_rules.handling_asked,
    use_rules.place_in_speech,
    use_rules.name_asked,
    use_rules.hearers_asked,
    use_rules.citing_asked,
    use_rules.best_asked,
    use_rules.example_wanted,
    use_rules.said_by_all,
    use_rules.back_to_answer,
    use_rules.content_asked,
    use_rules.found_counted,
    use_rules.parts_counted,
    use_rules.sentence_handed,
    opening_rules.closing_wish,
    scope_rules.limited,
    scope_rules.lifted,
    bot_rules.writes_not,
    place_rules.next_part,
    more_rules.as_before_it_was_short,
    more_rules.of_one_question,
    where_else_rules.said_nowhere_else,
    place_rules.further_quotes,
    where_else_rules.asked_everywhere,
    bot_rules.of_the_texts,
    answer_rules.speaker_of_speech,
    answer_rules.year_doubted,
    answer_rules.place_doubted,
    wish_rules.copying_asked,
    point_rules.speech_doubted,
    point_rules.point_in_full,
    point_rules.points_of_opened,
    point_rules.paragraph_about,
    earlier_rules.earlier_quote,
    earlier_rules.shown_quote_called,
    earlier_rules.wording_of_speech,
    around_rules.reason_asked,
    answer_rules.doer_asked,
    answer_rules.with_its_source,
    answer_rules.source_asked,
    beside_rules.whole_paragraph,
    beside_rules.whole_section,
    answer_rules.word_for_word,
    beside_rules.part_repeated,
    answer_rules.repeated,
    answer_rules.explained_not,
    answer_rules.keywords_of_part,
    label_rules.beside_counted,
    place_rules.quotes_counted,
    place_rules.quote_by_number,
    place_rules.quote_beside,
    around_rules.both_beside,
    around_rules.some_beside,
    beside_rules.sentence_beside,
    earlier_rules.beside_called,
    around_rules.remedy_asked,
    around_rules.edge_of_paragraph,
    beside_rules.longer,
    beside_rules.shorter,
    speech_rules.facts_of_speech,
    wish_rules.contents_of_opened,
    wish_rules.wished,
    topic_rules.praise_wished,
    topic_rules.any_sentence_wished,
    topic_rules.sentence_wished,
    likely_rules.surely,
    bot_rules.about_the_bot,
    scope_rules.corrected,
    scope_rules.speeches_left_out,
    scope_rules.words_left_out,
    scope_rules.speech_wanted,
    bot_rules.theme_wanted,
    speech_rules.compared,
    beside_rules.sentence_with,
    earlier_rules.sentence_called,
    speech_rules.sentence_of_speech,
    where_else_rules.not_in_that_speech,
    speech_rules.number_of_speech,
    speech_rules.speech_named,
    speech_rules.speech_next,
    speech_rules.speech_called,
    speech_rules.every_speech,
    place_rules.number_counted,
    place_rules.paragraph_counted,
    opening_rules.edge_sentence,
    place_rules.part_wished,
    opening_rules.opening_wished,
    bot_rules.no_such_speech,
    remark_rules.nothing_pointed_at,
    bot_rules.only_spoken_to,
    bot_rules.small_talk,
    bot_rules.spoken_to,
    bot_rules.help_wished,
    speech_rules.in_same_speech,
    likely_rules.likely,
    bot_rules.unclear,
    premise_rules.said_in_another,
    premise_rules.matter_nowhere,
    topic_rules.nothing_before,
    place_rules.neighbour,
    place_rules.counted_by_the_answer,
    label_rules.piece_counted,
    place_rules.part_counted,
    place_rules.counts_nothing,
    topic_rules.of_what_was_opened,
    topic_rules.word_nowhere,
    topic_rules.topic_exchanged,
    topic_rules.asks_further,
    speech_rules.speech_asked,
    topic_rules.both_answered,
    topic_rules.short_alone,
    topic_rules.new_question,
)


def turn(engine: Engine, message: str, before: Conversation | str, shown: Shown | None = None) -> Turn:
    """How `message` goes on with the conversation, or with the question before ("" if there was none). A clear new question does not.

    shown: how an answer is made that is shown, after so many of its quotes; without it the engine's three quotes.
    """
    conversation = Conversation(question=before) if isinstance(before, str) else before
    message = without_asides(spelled(message, engine.corpus, engine.reader))
    lifting = scope_rules.LIFTED_FIRST.match(message)
    if lifting and len(lifting[1]) >= REMARK and not scope_rules.lifts(lifting[1]):
        return _lifted_first(engine, message, lifting[1], conversation, shown)
    shown = _shown_by(engine, shown)
    utterance = Utterance(engine, message, conversation, shown)
    if _OF_THIS_SPEECH.search(message) and utterance.spoken_of and not utterance.before.lookup:
        message = _OF_THIS_SPEECH.sub(f"第{utterance.spoken_of.source.speech}篇", message)
        utterance = Utterance(engine, message, conversation, shown)
    if (named := scope_rules.with_these_named(utterance)) != message:
        message = named
        utterance = Utterance(engine, message, conversation, shown)
    found = _of_what_was_opened(utterance, _of_last_clause(utterance, _first(utterance)))
    meant = _I_MEANT.match(message)
    if meant:
        asked = Utterance(engine, message[meant.end() :], conversation, shown)
        about_it = _first(asked)
        if found.say == "complaint" or counts_in(asked)[0] or (about_it.is_talk and about_it.say not in NOT_UNDERSTOOD):
            utterance, found = asked, about_it
    return answer_rules.with_a_word(utterance, scope_rules.inside_the_limit(utterance, found))


def _lifted_first(engine: Engine, message: str, asked: str, before: Conversation, shown: Shown | None) -> Turn:
    """What is asked behind 不限了, and that no speech stays; of 再来一句 what was asked of some."""
    free = replace(before, speeches=())
    found = turn(engine, asked, free, shown)
    if found.kind == "more" and before.question:
        utterance = Utterance(engine, message, free, _shown_by(engine, shown))
        found = again(utterance, topic_rules.asked_before(utterance))
    return replace(found, then=replace(found.then or before, speeches=()), because="lifted_first")


def _shown_by(engine: Engine, shown: Shown | None) -> Shown:
    return shown or (lambda understood, skip: engine.answer(understood, skip=skip))


def _first(utterance: Utterance) -> Turn:
    """What the first rule says that answers."""
    return next(replace(found, because=rule.__name__) for rule in RULES if (found := rule(utterance)))


def _of_last_clause(utterance: Utterance, found: Turn) -> Turn:
    """Of 看得我都想哭了，是哪一篇啊, which no rule knows as a whole, what its last clause asks of the answer; else what was found."""
    lost = found.because in ("new_question", "unclear", "small_talk", "spoken_to") or found.say == "unclear"
    doubt = _of_the_bot(utterance) if found.because == "likely" and utterance.guess.right < OF_ITS_KIND else None
    if doubt:
        return doubt
    parted = _LAST_CLAUSE.fullmatch(utterance.message.rstrip("。!！?？ ")) if lost and utterance.card else None
    if not parted or (found.kind == "new" and utterance.alone.confidence == "sure"):
        return found
    for asking, other in ((parted[2], parted[1]), (parted[1], parted[2])):
        asked = _first(replace(utterance, message=asking)) if len(other) >= REMARK and not _ASKS.search(other) else found
        remark = replace(utterance, message=other)
        remarked = asked.because in IN_ANY_CLAUSE and not remark.on_subject and remark.alone.confidence == "none"
        if asked.because == "sentence_beside" or remarked or (asked.because in OF_THE_ANSWER and asking == parted[2]):
            return asked
    return found


def _of_what_was_opened(utterance: Utterance, found: Turn) -> Turn:
    """Of 什么意思 after a part was opened, which no rule knows, what it means of that part's first sentence; else what was found."""
    here = as_quoted(utterance, found)
    return (of_it(utterance, here, _of_last_clause(here, _first(here))) if here else None) or found


def _of_the_bot(utterance: Utterance) -> Turn | None:
    """Of 你是照着稿子念的吗 我开会念错可丢人 what its first clause asks of the bot."""
    split = clauses(utterance.message)
    asked = _first(replace(utterance, message=split[0])) if len(split) > 1 else None
    return asked if asked and asked.say in DOUBTS else None


DOUBTS = frozenset({"doubt", "exact", "identity", "privacy"})  # what is asked of the bot, and not only said to it
OF_ITS_KIND = 0.5  # of a message about the chat, below which its first clause is looked at, chosen
REMARK = 3  # characters of what is only remarked before a question about the answer, chosen: 好是好，
_BESIDE_RULES = ("longer", "reason_asked", "remedy_asked", "sentence_beside", "shorter", "whole_paragraph", "whole_section")
_ANSWER_RULES = ("doer_asked", "explained_not", "repeated", "source_asked", "word_for_word")
IN_ANY_CLAUSE = {"shorter", "longer", "whole_paragraph"}  # rules whose clause may stand before a remark: 太长了 记不牢
_USE_RULES = ("answer_doubted", "better_wished", "citing_asked", "place_in_speech", "right_words_asked", "sentence_handed")
_FOUND_RULES = ("further_quotes", "how_often", "said_nowhere_else", "which_have_it")
OF_THE_ANSWER = {*_BESIDE_RULES, *_ANSWER_RULES, *_USE_RULES, *_FOUND_RULES}  # names of rules
_LAST_CLAUSE = re.compile(r"(.+)[，, ]+([^，, ]+)")  # 太长了 记不牢  ✗太长了
_ASKS = re.compile(r"什么|啥|怎|咋|如何|哪|谁|几|多少|为何|吗|呢|有没有|是不是|[\"“”「」]")  # 什么  ✗看得我想哭
# What is said of the speech that the quote shown is of: 那篇目录, 这篇第二节.
_OF_THIS_SPEECH = re.compile(
    r"(?:^|(?<=除了)|(?<=[,，。? 把看给来说念词字在]))[这那该此本]一?篇(?:讲话)?的?(?:里面?)?(?=以外|之外|[,， ](?:其|别|还有)|"
    r"第|最后|末|开头|结尾|目录|提纲|有几|分几|分了几|"
    r"(?:有没有|[提引]到?|[讲说写](?!话))(?=.{2})|"
    r"(?:一共|总共|出现|提到|说了?|讲了?|提了?|用了?)*(?:几|多少)[次处])"
)  # 那篇|目录  ✗那篇呢  ✗张家界那篇目录
# e.g. 不是，我问的是|年份咋来的  我想问的是，|谁讲的  哎不对我要的是|第一点  ✗我想问年份
_I_MEANT = re.compile(
    r"^(?:[^。！!？?]{0,12}[,，。 ])?(?:哎|不对|不是|错了)*"
    r"[我俺咱](?:刚才|本来|其实|想)*(?:要)?(?:问|说|要|找|看)的(?:不是[^,，。]{1,10}[,，])?是[,，:： ]*(?=.{2})"
)
