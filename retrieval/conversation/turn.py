"""What a message means inside a conversation."""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.answer.engine import Engine
from retrieval.conversation import answer_rules, item_rules, lifting_rules, more_rules, scope_rules, topic_rules, word_rules
from retrieval.conversation.asides import without_asides
from retrieval.conversation.exclusion import QUOTED, others
from retrieval.conversation.memory import Conversation
from retrieval.conversation.navigation import counts_in
from retrieval.conversation.opened import NOT_UNDERSTOOD, as_quoted, of_it
from retrieval.conversation.questions import clauses
from retrieval.conversation.remarks import asked_and_told
from retrieval.conversation.rule_table import RULES
from retrieval.conversation.speech_names import spelled
from retrieval.conversation.stepping import beside
from retrieval.conversation.utterance import Shown, Turn, Utterance, again
from retrieval.terms.fold import fold_question
from retrieval.terms.segment import is_han


def turn(engine: Engine, message: str, before: Conversation | str, shown: Shown | None = None) -> Turn:
    """How `message` goes on with the conversation, or with the question before ("" if there was none). A clear new question does not.

    shown: how an answer is made that is shown, after so many of its quotes; without it the engine's three quotes.
    """
    conversation = Conversation(question=before) if isinstance(before, str) else before
    shown = _shown_by(engine, shown)
    of_a_word = word_rules.said_first(Utterance(engine, message, conversation, shown))  # no speech is named so
    message = without_asides(message if of_a_word else spelled(message, engine.corpus, engine.reader))
    lifting = lifting_rules.LIFTED_FIRST.match(message)
    if lifting and len(lifting[1]) >= A_WORD and not lifting_rules.lifts(lifting[1]):
        return _lifted_first(engine, message, lifting[1], conversation, shown)
    utterance = Utterance(engine, message, conversation, shown)
    message, index = item_rules.one_of_card(utterance)
    if index >= 0:
        conversation = replace(conversation, card=tuple(quote.id for quote in utterance.card), chosen=index, window="")
        utterance = Utterance(engine, message, conversation, shown)
    here = _speech_here(utterance, message)
    if here:
        message = _OF_THIS_SPEECH.sub(f"第{here}篇", message)
        utterance = Utterance(engine, message, conversation, shown)
    if (named := scope_rules.with_these_named(utterance)) != message:
        message = named
        utterance = Utterance(engine, message, conversation, shown)
    found = _of_what_was_opened(utterance, _of_last_clause(utterance, _first(utterance)))
    if found.kind == "new" and (both := _both_here(utterance)):
        return turn(engine, _THESE_TWO.sub(both, message), before, shown)
    meant = _I_MEANT.match(message)
    if meant:
        asked = Utterance(engine, message[meant.end() :], conversation, shown)
        denies = bool(_DENIED.search(message[: meant.end()]))
        of_other = scope_rules.of_other_speech(utterance, asked.said) if denies else None
        about_it = replace(of_other, because="corrected") if of_other else _first(asked)
        denied = denies and found.kind == "say" and about_it.kind in ("new", "again")
        if found.say == "complaint" or denied or counts_in(asked)[0] or (about_it.is_talk and about_it.say not in NOT_UNDERSTOOD):
            utterance, found = asked, about_it
    asking, told = asked_and_told(message)
    if told and (worth := _worth(utterance, found)) <= DOUBTFUL:
        rather = turn(engine, asking, conversation, shown)
        of_it = _worth(replace(utterance, message=asking), rather)
        about_nothing = replace(utterance, message=told).alone.confidence == "none"
        if of_it > worth or (worth == DOUBTFUL == of_it and about_nothing):
            return rather
    return more_rules.as_many(utterance, answer_rules.with_a_word(utterance, scope_rules.inside_the_limit(utterance, found)))


LOST_HERE, DOUBTFUL, KNOWN, SURE_OF_IT = range(4)  # how well a message is understood


def _worth(utterance: Utterance, found: Turn) -> int:
    """How well a message is understood: not at all, as a question with a doubtful answer, by a rule, as a question with a sure one."""
    if found.kind in ("new", "again", "more"):
        understood = found.understood
        state = "sure" if understood.lookup or found.kind == "more" else utterance.best(understood).confidence
        return {"none": LOST_HERE, "near": DOUBTFUL, "sure": SURE_OF_IT}[state]
    guessed = found.because in ("likely", "surely") and found.kind == "say" and found.say not in OF_ITSELF
    return LOST_HERE if found.say in NOT_UNDERSTOOD or found.say in REMARKS or guessed else KNOWN


def read_on(engine: Engine, before: Conversation) -> Turn | None:
    """The sentence behind all that was shown around the quote spoken of; None without one, or at the end of its speech."""
    utterance = Utterance(engine, "", before, _shown_by(engine, None))
    index = min(before.chosen, len(utterance.card) - 1)
    found = beside(utterance, index, back=False) if utterance.card else None
    return found if found and found.quotes and not found.say else None


def _lifted_first(engine: Engine, message: str, asked: str, before: Conversation, shown: Shown | None) -> Turn:
    """What is asked behind 不限了, and that no speech stays; of 再来一句 what the others say that were not asked."""
    free = replace(before, speeches=())
    found = turn(engine, asked, free, shown)
    utterance = Utterance(engine, message, free, _shown_by(engine, shown))
    if found.because == "shown_quote_called":  # 说工会的, of all speeches now
        found = again(utterance, asked)
    any_one = bool(utterance.previous and not utterance.before.lookup and _ANY_ONE.fullmatch(asked))
    if any_one and not utterance.before.scope:
        found = again(utterance, utterance.previous)
    elif utterance.before.scope and (found.kind == "more" or any_one):
        question = topic_rules.asked_before(utterance)
        rest = again(utterance, f"{others(tuple(engine.corpus.numbers), utterance.before.references)} {question}")
        found = rest if rest.understood.scope and utterance.best(rest.understood).quotes else again(utterance, question)
    return replace(found, then=replace(found.then or before, speeches=()), because="lifted_first")


# e.g. 随便再来一句  随便哪篇挑个短的  ✗农民工哪篇
_ANY_ONE = re.compile(
    r"(?:那|就|你|给我|帮我|随便|就?行|再补|(?:不管)?哪一?篇(?:都行)?|再|来|挑|找|选|给|[一个句条段处点]|短|长|好|的|下|吧|呗)+"
)


def _speech_here(utterance: Utterance, message: str) -> int:
    """The speech that 这篇 in a message means: of the quote spoken of; of a wording in quotation marks also the one opened; else 0."""
    if not _OF_THIS_SPEECH.search(message):
        return 0
    if utterance.before.lookup:
        return utterance.before.references[0].number if QUOTED.search(message) else 0
    named = utterance.failed.scope
    return named[0] if len(named) == 1 else utterance.spoken_of.source.speech if utterance.spoken_of else 0


def _both_here(utterance: Utterance) -> str:
    """The two speeches that 这两篇 in a message means, those that the question before was asked of, by name; else ""."""
    named = utterance.before.scope if _THESE_TWO.search(utterance.message) and not utterance.understood.references else ()
    return "、".join(f"第{number}篇" for number in named) if len(named) == BOTH else ""


BOTH = 2
_THESE_TWO = re.compile("(?:这|那)(?:两|俩)篇(?:讲话)?(?:里|中)?")  # “改革”一词，|这两篇|哪篇用得多  ✗两篇


def _shown_by(engine: Engine, shown: Shown | None) -> Shown:
    return shown or (lambda understood, skip: engine.answer(understood, skip=skip))


def _first(utterance: Utterance) -> Turn:
    """What the first rule says that answers."""
    return next(replace(found, because=rule.__name__) for rule in RULES if (found := rule(utterance)))


def _of_last_clause(utterance: Utterance, found: Turn) -> Turn:
    """Of 看得我都想哭了，是哪一篇啊, which no rule knows as a whole, what its last clause asks of the answer; else what was found."""
    if (found.kind == "new" or found.because in ("spoken_to", "about_the_bot")) and (asked := _of_whoever_is_introduced(utterance)):
        return asked
    lost = found.because in ("new_question", "unclear", "small_talk", "spoken_to") or found.say == "unclear"
    unsure = found.because == "likely" and utterance.guess.right < OF_ITS_KIND
    doubt = _of_the_bot(utterance) if unsure or found.because in ("spoken_to", "unclear") else None
    if doubt:
        return doubt
    parted = _LAST_CLAUSE.fullmatch(utterance.message.rstrip("。!！?？ ")) if lost and utterance.card else None
    sure = found.kind == "new" and utterance.alone.confidence == "sure"
    if parted and not sure and not _tells_something_else(utterance, parted[1]):
        for asking, other in ((parted[2], parted[1]), (parted[1], parted[2])):
            asked = _first(replace(utterance, message=asking)) if len(other) >= REMARK and not _ASKS.search(other) else found
            remark = replace(utterance, message=other)
            remarked = asked.because in IN_ANY_CLAUSE and not remark.on_subject and remark.alone.confidence == "none"
            if asked.because == "sentence_beside" or remarked or (asked.because in OF_THE_ANSWER and asking == parted[2]):
                return asked
    chatted = found.because in ("likely", "surely") and found.say in REMARKS
    opened = found.because == "of_what_was_opened" and utterance.best(found.understood).confidence != "sure"
    return (_among_remarks(utterance) if not sure and (lost or chatted or opened) else None) or found


def _among_remarks(utterance: Utterance) -> Turn | None:
    """Of 笑死，我妈天天这么说我😂 那倒数第二点呢 what the last clause that asks something of what was shown asks; the others only tell."""
    said = [clause for clause in _REMARK_ENDS.split(utterance.message) if len(clause) > 1 and is_han(clause[0])]
    for at in range(len(said) - 1, -1, -1) if 1 < len(said) <= MOST_REMARKS else ():
        others = [clause for n, clause in enumerate(said) if n != at]
        if any(_tells_something_else(utterance, clause) or _ASKS_OF_SPEECHES.search(clause) for clause in others):
            continue
        asked = _first(replace(utterance, message=said[at]))
        if asked.because in OF_THE_ANSWER or asked.because in OF_WHAT_WAS_OPENED:
            return asked
    return None


REMARKS = frozenset({"noted", "noise", "waiting", "told", "praise", "complaint", "insult", "small_talk", "vague"})  # what answers a remark
MOST_REMARKS = 5  # clauses of a message that are looked at one by one, chosen
OF_WHAT_WAS_OPENED = frozenset(  # names of rules
    (
        *("bare_particular", "neighbour", "part_counted", "person_asked", "piece_counted", "point_in_full", "quote_by_number"),
        *("opening_wished", "several_where", "wish_goes_on", "wished"),
    )
)
_REMARK_ENDS = re.compile(r"[,，。;；!！?？…~\s\U0001f300-\U0001faff\u2600-\u27bf]+")  # ，  😂 |那  ✗、
_ASKS_OF_SPEECHES = re.compile(r"什么|啥(?!的|子)|怎么(?!办|样)|咋|如何|哪(?!怕)|几[个点条次句处]|有没有|有无")  # 哪|篇  ✗工会


def _tells_something_else(utterance: Utterance, remark: str) -> bool:
    """Whether what stands before 原句怎么说 is no remark, but claims what the quote spoken of has not: 工会要警惕躺平，原句怎么说."""
    here, told = utterance.spoken_of, replace(utterance, message=remark)
    own = told.own_words if here and told.on_subject else ()
    return bool(here and own and not any(word in fold_question(here.text) for word in own))


def _of_what_was_opened(utterance: Utterance, found: Turn) -> Turn:
    """Of 什么意思 after a part was opened, which no rule knows, what it means of that part's first sentence; else what was found."""
    here = as_quoted(utterance, found)
    return (of_it(utterance, here, _of_last_clause(here, _first(here))) if here else None) or found


def _of_the_bot(utterance: Utterance) -> Turn | None:
    """Of 你是照着稿子念的吗 我开会念错可丢人 what its first clause asks of the bot."""
    split = clauses(utterance.message)
    asked = _first(replace(utterance, message=split[0])) if len(split) > 1 else None
    return asked if asked and asked.say in DOUBTS else None


def _of_whoever_is_introduced(utterance: Utterance) -> Turn | None:
    """Of 你好，我是县档案馆的，要复信，你能查什么 what its last clause asks of the bot."""
    split = clauses(utterance.message)
    if len(split) < 2 or not _INTRODUCED.match(utterance.message) or not _OF_YOU.search(split[-1]):
        return None
    asked = _first(replace(utterance, message=split[-1]))
    return asked if asked.say in OF_ITSELF else None


_INTRODUCED = re.compile(
    "(?:[你您]好|老师|同志|请问|打扰一?下|[,，。!！ ])*(?:我|俺|咱)们?(?:是|在|要|想|刚|正|也是)(?!说|问)"
)  # 你好，我是|工会的  我在|写稿子  ✗我想问
_OF_YOU = re.compile("[你您]")  # 你|能查什么  ✗工会
OF_ITSELF = frozenset({"ability", "help", "identity", "doubt", "exact", "privacy"})  # what is told of the bot

DOUBTS = frozenset({"doubt", "exact", "identity", "privacy"})  # what is asked of the bot, and not only said to it
OF_ITS_KIND = 0.5  # of a message about the chat, below which its first clause is looked at, chosen
A_WORD = 2  # characters of what is asked behind 不限了
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
    r"(?:(?<=除)|(?<=除[了去掉]))[这那该此本]一?篇(?:讲话)?(?=$|[外,， 别其呢])|"
    r"^(?:那)?它(?=(?:是)?(?:怎么|咋|如何)(?:说|讲|谈|写|提).{2})|"
    r"(?:^|(?<=除了)|(?<=[,，。? 把看给来说念词字在就]))(?:[这那该此本]一?|同一?)篇(?:讲话)?的?(?:里面?|中)?"
    r"(?=以外|之外|[,， ](?:其|别|还有)|是?[省市区县](?:里|级)?的?还是|里?[^,，。?？]{2,8}(?:出现|提了?|说了?)?(?:几|多少)[次处]|"
    r"[“\"「]|[^,，。?？]{2,8}那[句段]|(?:是)?(?:怎么|咋|如何)(?:说|讲|谈|写)(?=.{2})|有哪|还[讲说提写](?=.{2})|"
    r"(?:给|对)[^,，。?？]{2,8}(?:提|讲|说)|第|最后|末|开头|结尾|目录|提纲|有几|分几|分了几|"
    r"(?:有没有|[提引]到?|[讲说写](?!话))(?=.{2})|[^,，。?？ ]{2,8}(?:是)?(?:怎么|咋|如何)(?:说|讲|谈|写|提)的?$|"
    r"有[^,，。?？ 几哪多]{2,6}(?:不|没|没有|吗)$|"
    r"(?:一共|总共|出现|提到|说了?|讲了?|提了?|用了?)*(?:几|多少)[次处])"
)  # 那篇|目录  ✗那篇呢  ✗张家界那篇目录
_DENIED = re.compile("不对|不是|错|岔")  # 不对|不对，我说岔了  ✗我问的是
# e.g. 不是，我问的是|年份咋来的  哎不对，我是要|这一点的标题  我想问的是，|谁讲的  哎不对我要的是|第一点  ✗我想问年份
_I_MEANT = re.compile(
    r"^(?:[^。！!？?]{0,12}[,，。 ])?(?:哎|不对|不是|错了)*"
    r"(?:[我俺咱](?:刚才|本来|其实|想)*(?:要)?(?:问|说|要|找|看)的(?:不是[^,，。]{1,10}[,，])?是|(?<=[,，。 ])[我俺咱]是(?:想)?"
    r"(?:要|问|找|看))[,，:： ]*(?=.{2})"
)
