"""Recognises what a message asks literally: which wordings are to be looked up, what about them, and in which speeches."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from retrieval.question.literal_frames import CONTENT, LED_TO, QUOTED, bared, framed, pieces, typed
from retrieval.question.literal_rules import ASKING, RULES, Wants, matching
from retrieval.question.names import in_year
from retrieval.question.references import Mentions, Reference, References
from retrieval.question.wording_edges import trimmed
from retrieval.speeches.corpus import Corpus
from retrieval.terms.fold import fold_question
from retrieval.terms.quoted import quoted

PASTED = 60  # characters of a message without a question from which it is a pasted text; half the sentences of the speeches have 34-63
LONGEST = 1000  # characters of a question, as `understand` reads them; longer ones are pasted texts
REMEMBERED = 64  # messages, chosen: one in hand is read three times, beside it the question before
OUTSIDE = 4  # letters of a wording outside the quotation marks in it, from which these do not stand around the wording
QUOTED_ALONE = 2  # letters of a wording in quotation marks that nothing is asked of literally: 他说“好” has one
# What is asked without quotation marks that is strict: of 210 of the bundled questions in which 谁说的 and 出自哪里 match 141 tell a
# sentence in the asker's own words (不学就落后是谁说的).
STRICT = frozenset({"count", "most", "length", "verify"})
# e.g. 核对一下：劳动光荣  帮我核对原文：劳动光荣  核对 劳动者最可爱  核一句：劳动光荣  核3处：劳动光荣  ✗怎么核对工资：多少  ✗核对工资
_CHECK = re.compile(
    r"^\W*(?:请|帮我?|麻烦)*(?:原文)?(?:核对|核实|校对|查对|比对|对照|核(?=[一两三四五几\d])(?!.*[?？]\W*$))(?:一?下)?(?:这|下面|以下)?(?:的)?(?:[一二两三四五六七八九十几\d]+)?"
    r"(?:原文|原话|引文|引用|[句段处条](?:话)?)?(?:看看|看一?下)?"
    r"(?:\s*[:：\n]\s*|[ 　]+(?!原文|讲话|里面|有没有|是不是|这|那|第)(?=[^,，。\s]{4}))(?P<x>.+)",
    re.DOTALL,
)
# e.g. ？  ?”  请问|工会  想知道|工会  谁说过工会  ✗谁说过。工会  ✗劳动光荣
_ASKS = re.compile(r"[?？]\W*$|请问|想问|想知道|(?:吗|呢|什么|怎么|如何|哪里?|谁|多少|是不是|有没有)[^。！!；;\n]*$")
_CLAUSE = re.compile("[,;:。?!]+")  # ,  。?|工会  ✗、
# e.g. 是讲话里的吗| |我瞎记的  劳动改变世界| |对吧  说的| |劳动改变世界 有没  ✗我 瞎记的  ✗对 吧
_SPEAKS_ON = re.compile(
    "(?<=[吗呢没不吧])[ 　](?=[我俺咱])|(?<=[\u4e00-\u9fff]{4})[ 　]+(?=(?:(?:对|没错|是)吧|对吗|对不对|有没有?|也?是这里面的吧)[?？]*$)|"
    "(?<=[说讲]的)[ 　]+(?=[\u4e00-\u9fff]{6,} (?:对|有没|是吧))"
)
_AND_THAT = re.compile("^那[ 　]+(?=.{6})")  # 那 |美好的未来需要奋斗 有没  ✗那 有没有
BY_ITSELF = "a sentence by itself"
CLAIMED = "whether it was said so"  # a rule's name; people ask it of wordings and of matters alike
SPOKEN_OF = "whether it is spoken of"  # a rule's name
RETOLD = "in the asker's own words"  # 有没有说工人要学技术的话
SENTENCE = 10  # letters of a sentence that is looked up although nothing is asked of it
# e.g. 怎|么办  是不是  帮|我找  素材  ✗劳动最光荣，劳模最美丽
_NO_SENTENCE = re.compile(
    r"[?？]|什么|啥|哪|谁|怎|咋|多少|为何|为什么|如何|几|吗|呢|吧$|是否|是不是|对不对|有没有|没有?$|[我你您咱俺]|帮|找|查|想|求|请|素材|句子|原话|讲话|这篇"
)
_SEVERAL_CLAUSES = re.compile(r"\w{4,}[,，;；、]\s*\w{4,}")  # 劳动最光荣，劳模最美丽  ✗爱岗敬业
# e.g. 我们在争  领导问我  ✗工会
_TELLS_OF_THE_ASKER = re.compile("^(?:我|俺|咱|我们|咱们|同事|领导|老师|老板|孩子|朋友|单位|厂里|科室|班组|有人|听说|记得)[^,]{0,14}$")
_NAMED_AS_WORD = re.compile(
    r"^\s*(?:那么?)?([\u4e00-\u9fff]{2,6}?)(?=[这那](?:个词|[两三四几]个字))"
)  # 张家界|这个词出现几次  ✗这个词出现几次
# e.g. 敬业精神，|哪几位用过这个词  螺丝钉 |有没有人用过这个说法  ✗工会，怎么服务职工
_USED_AS_WORD = re.compile(
    r"^\s*(?:那么?)?([\u4e00-\u9fff]{2,8})[,，、 ]+(?=[^。?？]{0,6}(?:谁|哪|有没有|有人|几)[^。]{0,8}[这那]个?(?:词|说法|提法|叫法))"
)
_SAID_OF_IT = re.compile(r"(?:[说讲提写发引问]过?到?了?|听说|有句|句话?)[:：]?[“\"「『]")  # 讲过“|劳模  ✗在“五一”前夕
_AS_SPOKEN = re.compile("帮我|给我|找找|[啊呀呢吧嘛呗咯](?=.)|有没有|(?:哪个|谁)更")  # 下岗的|啊|,下岗职工  ✗下岗职工
_POINTED_AT = re.compile(r"(?<=..)(?:的|在里?|[那这]一?[句个条段]话?|这些|那些|这类|之类)+$")  # 毛主席|的|  医保房子|这些|  ✗那个
# e.g. 对的表述|,对照给  这|两篇说的地方|,对照一下  ✗对照
_SAID_BY_SEVERAL = re.compile(f"(?:对|关于){QUOTED}的?(?:表述|说法|提法|讲法|看法)|[两几三]篇[^,，]{{0,4}}{QUOTED}的(?:地方|话|句子)")
_EXCEPTS = re.compile("除外|除了|[以之]外")  # 除外  ✗排除
_OF_THE_ORIGINAL = re.compile("真的|假的|原[文话句]|那个数")  # 真的|假的  ✗真心
_POINTS_OR_SAYS = re.compile("(?:[这那]一?[句段条个](?:话)?|[说讲提谈写][到过了]+$)")  # 这句|是习近平  讲到  ✗讲到位
_MATTER = re.compile(
    "(?<=..)(?:[这那](?:件|档子?|回|个|种)?(?:事儿?|问题|情况)|的(?:事儿?|问题|情况))$"
)  # 待遇|这档子事|  拆迁|的事|  ✗这事
_TOLD = re.compile("(?<=.{5})的(?:话|句子|意思|内容)$")  # 工人要学技术|的话|  ✗他的话
_POINTED = re.compile(
    r"(?<=..)(?:[, ]?[那这](?:一?[句个条段]话?|话)(?:写|说|讲)?|[, ]+(?:是)?(?:谁[说讲]的|哪来的)|"
    r"[, ]*这个(?:方针|说法|提法|口号|比喻|典故|成语|名词|概念|原则)|[又也还]|"
    r"[,， ]+(?:请|麻烦)?(?:给|发|贴|念|找)(?:我|出|一下)?[^,，]{0,6}|(?<=..)了)$"
)  # 职工信得过|这个|  吃苦者吃香|,谁说的|  切实维权|,这个方针|  ✗那个
CLAUSES = 4  # of a message in which one asks and the others tell, chosen
_CLAUSE_END = re.compile(r"[,，。;；?？!！\s]+")  # ，  。|  ✗、
_ASKING = re.compile(rf"{ASKING}|有没有|是不是|是否|呢|怎么")  # 什么  有没有  ✗劳模
SHORT_WORDING = 8  # characters of what is called by its first words, chosen
_SPLIT = re.compile(r"、|和|与|跟|还有|以及")  # 、|劳模  和  还有  ✗或
_SEVERAL = re.compile("分别|各|哪一?个词?[^,]{0,4}[多常]")  # 分别  各|几次  哪个词更多  ✗分


@dataclass(frozen=True, slots=True)
class LiteralQuestion:
    """What is to be looked up. wordings: as typed, without quotation marks; none for "length".

    wants: exists, where, who (said it), count, which (speeches have it), most (which speech has it most), verify (is it quoted rightly),
    length (of the speeches), pasted (a long text without a question), quoted (a wording in quotation marks inside a question about
    something else: 为什么说“劳动最光荣”).
    references: the speeches or parts it is asked of, () for all.
    strict: the very words are meant. If not (谁说过…, …出自哪里 without quotation marks, where people often use their own words), what is
    neither found nor close to an original is an ordinary question.
    because: the name of the rule that recognised it.
    """

    wants: Wants
    wordings: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    strict: bool = True
    because: str = ""


class LiteralReader:
    """Reads messages to the speeches of one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._register = corpus.register
        self._references = References(corpus, register=self._register)
        self._remembered = lru_cache(REMEMBERED)(self._read)

    def read(self, message: str) -> LiteralQuestion | None:
        """What a message asks literally; None for an ordinary question."""
        return self._remembered(message)

    def _read(self, message: str) -> LiteralQuestion | None:
        if not any(map(str.isalnum, message)):
            return None
        check = _CHECK.match(message)
        if check and any(map(str.isalnum, check["x"])):
            return LiteralQuestion("verify", (_unmarked(check["x"].strip()),), because="told to compare")
        text = message.strip()
        asked = self._asked(message) if len(text) <= LONGEST else None
        about_a_quotation = asked is not None and asked.wants != "quoted" and bool(pieces(message))
        if len(text) >= PASTED and not (about_a_quotation or _ASKS.search(text)):
            return LiteralQuestion("pasted", (_unmarked(text),), because="long and no question")
        return asked

    def _asked(self, message: str) -> LiteralQuestion | None:
        named = _NAMED_AS_WORD.match(message)
        if named and self._scope(f"{named[1]}那篇").references:  # the name of a speech is meant as a word
            message = f"“{named[1]}”{message[named.end() :]}"
        used = _USED_AS_WORD.match(message)
        if used:
            message = f"“{used[1]}”{message[used.end() :]}"
        message = _SPEAKS_ON.sub("，", _AND_THAT.sub("", message))
        marked = pieces(message)
        mentions = self._scope(framed(message, marked))
        frame = bared(mentions.rest, scoped=bool(mentions.references))
        wordings = tuple(message[slice(*inner)] for _, inner in marked)
        if marked and (whole := self._with_marks_inside(message, wordings)):
            return whole
        if not marked:
            told, _, last = frame.rpartition(",")
            of_the_asker = bool(_TELLS_OF_THE_ASKER.match(told))
            bare = (
                _listed(message, mentions)
                or _bare(message, frame, mentions.references)
                or (_retold(_bare(message, last, mentions.references), last) if of_the_asker else None)
            )
            bare = bare or _half_open(message, mentions.references) or self._in_one_clause(message)
            return bare or _sentence(message, mentions.references)
        frame = LED_TO.sub("", frame)
        rule = None if CONTENT.search(frame) or _SAID_BY_SEVERAL.search(mentions.rest) else matching(_CLAUSE.split(frame))
        if rule:
            return LiteralQuestion(rule.wants, wordings, mentions.references, because=rule.name)
        return _mentioned(frame, wordings, mentions.references)

    def _in_one_clause(self, message: str) -> LiteralQuestion | None:
        """What the one clause that asks counts, where the others only tell: 哪篇最长，写笔记用."""
        clauses = [clause for clause in _CLAUSE_END.split(message) if clause]
        if not 1 < len(clauses) <= CLAUSES:
            return None
        asking = [clause for clause in clauses if _ASKING.search(clause)]
        if len(asking) != 1:
            return None
        mentions = self._scope(framed(asking[0], []))
        found = _bare(asking[0], bared(mentions.rest, scoped=bool(mentions.references)), mentions.references)
        if found and found.wants == "exists":
            return replace(found, because=RETOLD)  # 守旧的企业没前途，有名言支持吗
        return found if found and found.wants in ("length", "most", "count", "which") else None

    def _with_marks_inside(self, message: str, marked: tuple[str, ...]) -> LiteralQuestion | None:
        """A wording that is not in quotation marks itself, but has some inside: 有没有说过在“五一”前夕，大家欢聚一堂."""
        if _SAID_OF_IT.search(message):
            return None
        mentions = self._scope(framed(message, []))
        asked = _bare(message, bared(mentions.rest, scoped=bool(mentions.references)), mentions.references)
        if asked is None or asked.wants not in ("exists", "verify") or len(asked.wordings) != 1:
            return None
        return asked if _letters(asked.wordings[0]) >= sum(map(_letters, marked)) + OUTSIDE else None

    def _scope(self, frame: str) -> Mentions:
        found = self._references.find(frame)
        if found.references:
            return found
        numbers, rest = in_year(found.rest, self._register.years, self._register.prints)
        there = tuple(n for n in numbers if fold_question(self._register.place_of(n) or "") in rest and self._register.place_of(n))
        return Mentions(tuple(map(Reference, there if len(numbers) > 1 and there else numbers)), rest)


def _bare(message: str, frame: str, references: tuple[Reference, ...]) -> LiteralQuestion | None:
    """A message without quotation marks."""
    for rule in RULES:
        if match := next(filter(None, (pattern.fullmatch(frame) for pattern in rule.bare)), None):
            words = match.groupdict().get("x") or ""
            words = trimmed(_MATTER.sub("", _POINTED.sub("", words.rstrip(",、 "))), frame)
            told = _TOLD.sub("", words)
            words, retold = told, told != words or (rule.name == SPOKEN_OF and _is_a_clause(words, frame))
            words = _POINTED_AT.sub("", words) if len(words) <= SHORT_WORDING else words
            several = _SPLIT.split(words) if _SEVERAL.search(frame.replace(words, "", 1)) else [words]
            if _AS_SPOKEN.search(words):
                return None
            if _POINTS_OR_SAYS.match(words) or _EXCEPTS.search(words) or (rule.wants == "verify" and _OF_THE_ORIGINAL.search(words)):
                return None
            wordings = tuple(typed(message, word) for word in (each.strip(",、;。") for each in several) if any(map(str.isalnum, word)))
            if wordings or rule.wants == "length":
                return LiteralQuestion(rule.wants, wordings, references, rule.wants in STRICT, RETOLD if retold else rule.name)
    return None


def _is_a_clause(words: str, frame: str) -> bool:
    """Whether a matter is told rather than named, and nothing asks whether it was said: 成绩能自满 of 有成绩能自满吗."""
    return bool(_TOLD_OF_IT.search(words)) and not _SAYING.search(frame.replace(words, "", 1))


def _retold(found: LiteralQuestion | None, clause: str) -> LiteralQuestion | None:
    """What a clause beside what the asker tells looks up, strictly where it asks whether that was said: 我在私企上班，有资格吗 does not."""
    return found if found is None or found.wants != "exists" or _SAYING.search(clause) else replace(found, because=RETOLD)


_TOLD_OF_IT = re.compile("[能会要该可被把都也了得不]|[涨变开半使时上喜升降快少多慢]$|^(?:祝|有人|村|市里)")  # 成绩|能|自满  财政|涨|  ✗雷锋
_SAYING = re.compile("[提说讲谈写]|涉及|出现")  # 说|过  ✗有


def _listed(message: str, mentions: Mentions) -> LiteralQuestion | None:
    """Several words that are asked for at once, each of which is looked up: 有没有提到加班、欠薪或者创新."""
    listed = _LISTED.fullmatch(mentions.rest.strip(" ?？。!！"))
    words = _OF_A_LIST.split(listed["x"]) if listed else []
    if listed is None or len(words) < 2 or not (_ONE_OF.search(listed["x"]) or max(map(len, words)) <= WORD):
        return None  # 劳动光荣、知识崇高 may be one wording
    return LiteralQuestion(
        "exists", tuple(typed(message, word) for word in words), mentions.references, because="whether each is spoken of"
    )


WORD = 3  # characters of a word, chosen; of several that are said together they often have four
_ONE_OF = re.compile("或|还是")  # 或|者  ✗和
_OF_A_LIST = re.compile(r"、|或者|或是|还是|或|以及|和|跟|与")  # 、  或者  ✗而
# e.g. 有没有提到加班、欠薪或者创新  这六篇里有提到加班、欠薪吗  有没有加班或者欠薪  ✗有没有提到加班  ✗有没有工会和职工的关系
_LISTED = re.compile(
    rf"(?:[这那])?(?:[几六6]篇)?(?:讲话)?(?:里面?|中)?(?:(?:有没有|有无|是否|是不是|有)?(?:提|说|讲|谈|写)(?:到|及|过)(?:过|了)?|有没有[讲说提谈]?)"
    rf"(?P<x>(?:(?!{ASKING}|提到)[\u4e00-\u9fff]){{2,6}}?(?:(?:、|或者|或是|还是|或|以及)(?:(?!{ASKING}|的)[\u4e00-\u9fff]){{2,6}}?)+)(?:吗|么|没有?)?"
)


def _sentence(message: str, references: tuple[Reference, ...]) -> LiteralQuestion | None:
    """A sentence of several clauses by itself, which asks nothing: it may be one of the speeches, or nearly."""
    text = message.strip(" \n。.!！")
    if references or _letters(text) < SENTENCE or _NO_SENTENCE.search(text) or not _SEVERAL_CLAUSES.search(text):
        return None
    return LiteralQuestion("exists", (text,), (), strict=False, because=BY_ITSELF)


def _half_open(message: str, references: tuple[Reference, ...]) -> LiteralQuestion | None:
    """What stands behind a quotation mark that is never closed, if no rule found its end."""
    piece = next(iter(quoted(message)), None)
    if piece is None:
        return None
    return _mentioned(message[: piece.outer.start].strip(), (message[slice(*piece.inner)].rstrip("?？。!！ "),), references)


def _mentioned(frame: str, wordings: tuple[str, ...], references: tuple[Reference, ...]) -> LiteralQuestion | None:
    """Wordings that nothing is asked of literally; one alone wants to be found."""
    telling = tuple(word for word in wordings if _letters(word) >= QUOTED_ALONE)
    if not telling:
        return None
    if not frame.replace(QUOTED, ""):
        return LiteralQuestion("where", telling, references, because="nothing but a wording")
    wants: Wants = "which" if _EACH_SAYS.search(frame) else "quoted"
    return LiteralQuestion(wants, telling, references, because="quoted in a question")


_EACH_SAYS = re.compile("[每各]篇(?:讲话)?(?:里面?)?(?:都|各|分别|是)*(?:怎么|如何|咋)(?:说|讲|提|谈|写)")  # 各篇都怎么说  ✗怎么说


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _unmarked(text: str) -> str:
    """A text without the quotation marks around all of it."""
    inner = quoted(text)
    return text[slice(*inner[0].inner)] if len(inner) == 1 and inner[0].outer == (0, len(text)) else text
