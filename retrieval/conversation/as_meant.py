"""A message in the words that were meant: what voice input writes, and how people of several regions and pupils say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from retrieval.conversation.loose_turns import TURNS
from retrieval.conversation.loose_words import LOOSE
from retrieval.conversation.official_words import as_said_every_day
from retrieval.index.message_kinds import read_messages

REMEMBERED = 64  # messages, chosen: one in hand is looked at several times, and so are its clauses


@lru_cache(maxsize=REMEMBERED)
def as_meant(message: str) -> str:
    """What was heard or typed for words that sound the same, where it makes no sense as it stands, and regional words by common ones.

    >>> as_meant("在发一遍"), as_meant("它属于那一篇的第几点"), as_meant("那一篇在发一遍")
    ('再发一遍', '它属于哪一篇的第几点', '那一篇再发一遍')
    """
    for pattern, meant in (*_HEARD, *_SAID_ELSEWHERE, *TURNS, *LOOSE):
        message = pattern.sub(meant, message)
    return as_said_every_day(message)


class KnownMessages(Mapping[str, tuple[str, ...]]):
    """The messages of each kind as people wrote them and in the words that were meant.

    The latter are looked for when a kind is: half a second for all of them.
    """

    def __init__(self, written: Mapping[str, tuple[str, ...]]) -> None:
        self._written = written

    def __getitem__(self, kind: str) -> tuple[str, ...]:
        says = self._written[kind]
        return (*says, *(meant for said in says if (meant := as_meant(said)) != said))

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)


def known_messages(path: Path) -> KnownMessages:
    """Those of a file: rules see messages in the words that were meant. Raises CorpusError."""
    return KnownMessages(read_messages(path))


# e.g. 第六|片|里面  第四|片|咋讲工会的  第二|编|  那一|片|里面  ✗第一|遍|没听清  ✗第一|片|叶子  ✗那|片|土地
_SPEECH = re.compile(
    r"(?<=第[一二三四五六七八九1-9])[片编偏](?![叶土云区药儿林海])|(?<=第[一二三四五六七八九1-9])遍(?=$|"
    r"[的呢里讲说是也有怎咋提,，。?？ ])|"
    r"(?:(?<=[那这哪]一)|(?<=[那这哪]))[片编偏](?=$|[的呢里讲说是也有怎咋提,，。?？ ])"
)
_UNION = re.compile("公会")  # 公会  ✗工会
# e.g. 在|来一句  第一个|在|发一遍  在|上面那个  ✗在|讲话里
_AGAIN = re.compile(
    r"^在(?=[上下前后]面?(?:那|一)?一?[个点条句段](?:呢)?$)|"
    r"(?:^|(?<=[个句条段篇点]))在(?=来一?[句条个段点]|(?:给我)?[发说念看讲读贴](?:我)?一?[遍次下回])"
)
# e.g. 它属于|那|一篇的第几点  都在|那|一篇里面  代表|那|个讲的  ✗我要的是|那|一篇
_WHICH = re.compile(r"(?:(?<=属于)|(?<=[个句]是)|(?<=都在)|(?<=代表))那(?=一?篇(?:里面?)?(?:的第几[点部段条个]|[?？]?$)|个讲的)")
_WHICH_ONE = re.compile(r"(?<=最[长短早晚新老多少]的是)那(?=一?[篇个][呀啊呢]?[?？]?$)")  # 最短的是|那|篇呀
_WHO_ARE_YOU = re.compile(r"(?<=[您你]是)那(?=位[呀啊呢]?[?？]?$)")  # 请问您是|那|位  ✗您是|那|位书记
# e.g. |那|一年讲的  那是|那|一年开的会  ✗|那|一年  ✗我|那|一年说的
_WHICH_YEAR = re.compile(r"(?:^|(?<=[这那]是))那(?=一年(?:讲|说|开|作)的?(?:讲话|会)?[呢啊呀]?[?？]?$)")
_WELL = re.compile(r"(?<=.{3})(?<![拿揉])捏(?=[?？。!！~ ]*$)")  # 最新的|捏|  ✗拿捏
_WELL_THEN = re.compile(r"(?<=.{2})(?<![好行中得对成妥是])[嘞咧哩](?=[?？。!！~ ]*$)")  # 加班费|嘞|  第三条|咧|  ✗好|嘞|
_ME = re.compile("俺(?=.)")  # 俺|问的是第四篇  ✗俺|
_ISNT_IT = re.compile(r"(?<=.{3})(?<![步砍讨采北征杀盗滥挞攻])伐(?=[?？。!！~ ]*$)")  # 有讲工匠精神的|伐|  ✗坚定步伐
_ORIGINAL = re.compile(
    r"(?:原[画化划华滑]|[元源圆远]话)(?=$|[给发念贴抄呢吧吗是怎咋在也,，。?？！!])"
)  # 那句|原画|给我  那句|元话|  ✗原化工厂
# e.g. 那一整|断|都念给我  第几|断|  上一|断|  ✗一|断|定
_PASSAGE = re.compile(r"(?<=[整这那几一上下全])断(?=$|[的都也话呢吧吗是念给发,，。?？])")
_SENTENCE = re.compile(r"(?<=[这那哪整几一上下])[剧具巨锯](?=$|[的都也话呢吧吗是念给发,，。?？])")  # 下一|剧|  那|具|话  ✗一|剧|场
_SOURCE = re.compile(r"出[触初除楚](?=$|[呢吧吗是在给发,，。?？])")  # 出触  出初|呢  ✗出除法
_FROM_THE_END = re.compile(r"[到道](?=数(?:第)?[一二两三四五]|数第)")  # |到|数第二个  ✗|到|处
_SHORT = re.compile(r"(?<![^,，。 ])段(?=(?:一?[点些])(?:$|[吧呢啊,，。!！?？]))")  # 太长了 |段|一点  ✗一|段|一点
_HEARD = (
    (_FROM_THE_END, "倒"),
    (_SHORT, "短"),
    (_SPEECH, "篇"),
    (_UNION, "工会"),
    (_AGAIN, "再"),
    (_WHICH, "哪"),
    (_WHICH_YEAR, "哪"),
    (_WHICH_ONE, "哪"),
    (_WHO_ARE_YOU, "哪"),
    (_WELL, "呢"),
    (_WELL_THEN, "呢"),
    (_ME, "我"),
    (_ISNT_IT, "吗"),
    (_ORIGINAL, "原话"),
    (_PASSAGE, "段"),
    (_SENTENCE, "句"),
    (_SOURCE, "出处"),
)
_WHAT = re.compile("(?<![什那这怎多要])么(?:子|个(?=意思|场合|时候|讲))|啥子|咩(?=[?？]?$|意思)")  # 讲|么子|  |啥子|意思  ✗什么
_HOW = re.compile("啷个|咋个|哪么(?=[说讲写办])")  # |啷个|讲的  咋个  ✗怎么
_HAS_NOT = re.compile("冇得")  # |冇得|别的  ✗没得
_OR_NOT = re.compile(r"(?<=(.))冇(?=\1)")  # 讲|冇|讲  ✗冇讲
_WHETHER = re.compile("有没得")  # |有没得|说营业员
_NOT_THERE = re.compile("没得(?=$|[?？,，。呢啊嘛]|[提讲说])")  # 名字|没得|  ✗没得办法
_INSIDE = re.compile("(?<=讲话|稿子|文章)头(?=[有讲说提里]|$)")  # 讲话|头|有没有
_HOW_MUCH = re.compile("(?<=.)好多(?=[嘛哦呢钱]|$)")  # 工资涨|好多|嘛  ✗好多劳模
_WHO = re.compile("(?<=[是由])哪个(?=[讲说作写])")  # 第五篇是|哪个|讲的  ✗哪个市
_SO_WHAT = re.compile(r"(?<=.{2})喃(?=[?？。!！~ ]*$)")  # 第三条|喃|  ✗呢喃
_NONE = re.compile("冇(?=$|[?？,，。呢啊咯哦])")  # 还有|冇|  ✗冇看清
_NOT = re.compile("冇(?=.)")  # 我|冇|看清
_HOW_MANY = re.compile("好多(?=[回次处](?:$|[?？,，。呢啊咯]))|几多(?=[回次处个句条篇])")  # 出现|好多|回  |几多|次  ✗好多次机会
_A_LITTLE = re.compile("(?<=[看讲找说发念查瞧])哈(?=$|[,，。?？!！ 咯嘛])")  # 给我看|哈|  ✗哈哈|
_OVER = re.compile("(?<=.{2})哒(?=[?？。!！~ ]*$)")  # 冇得别的|哒|  ✗好|哒|
_ASKING = re.compile("(?<=.{2})啵(?=[?？。!！~ ]*$)")  # 有工会的|啵|
_LAST_SOUND = re.compile("(?<=.{3})(?:咯|啰|噻|撒|鸭|丫|嘎|哟|哩)+(?=[?？。!！~ ]*$)")  # 哪一条|咯|  第几部分|鸭|  ✗好|咯|
_THANKS = re.compile("蟹蟹|3q|thx", re.IGNORECASE)  # 蟹蟹  3Q
_COPY = re.compile(r"(?<![a-z])copy(?![a-z])", re.IGNORECASE)  # 咋|copy|这句  ✗copyright
_TITLE = re.compile(r"(?<=[一-鿿？?，,])title(?![a-z])", re.IGNORECASE)  # 啥|title|  ✗title
_YEAR = re.compile(r"^(?:which |what )?year(?=[?？]?$)", re.IGNORECASE)  # |year|？  ✗years
_PART = re.compile("部份")  # 第二|部份|
_AGAIN_THE_SAME = re.compile("重[覆付]")  # 别|重覆|
_HAS_MORE = re.compile(r"(?<=还有)木有(?=$|[?？。!！~ ])")  # 还有|木有|  ✗有木有
_CHECKED_AGAIN = re.compile("^在(?=核)")  # |在|核一句：  ✗在讲话里
_LEADER = re.compile("习[进金近]平")  # 习进平  ✗习主席
_FROM_WHERE = re.compile("打哪(?=一?篇|儿|里|来|年)")  # |打哪|篇来的  ✗打哪个
_FIND = re.compile("踅摸|捞(?=(?:出|来|一|几|个|两)*[条句个段])")  # 踅摸|一个  捞|一条  ✗打捞队
_ERHUA = re.compile("(?<=[篇句条段块头样年])儿(?![子童女歌时])")  # 别的篇|儿|里头  ✗条件
_NEXT_ONE = re.compile(r"(?<=[上下])一样儿?(?=$|[呢吧呗的,，。])")  # 再说下|一样儿|  ✗一样
_ORDINAL = re.compile(r"(?<![\da-z])([1-9])(?:st|nd|rd|th)(?![a-z])", re.IGNORECASE)  # |2nd|展开说说  ✗12th
_WHERE = re.compile(r"哪(?:个)?(?:旮旯|旮沓|疙瘩|嘎达|块儿|场儿|哈儿?(?=$|的))")  # 第四篇是|哪旮旯|的  ✗旮旯
_WHICH_TIME = re.compile(r"(?:啥|什么)年(?:头|月)(?=$|[的讲说开,，?？])")  # |啥年头|的  ✗年头
_THE_END = re.compile(r"末了(?=[那这一]?[条段句点个处]|[讲说提]|$)")  # |末了|那条  ✗末了，
_SAID_ELSEWHERE = (
    (_WHERE, "哪里"),
    (_WHICH_TIME, "哪年"),
    (_THE_END, "最后"),
    (_WHAT, "什么"),
    (_HOW, "怎么"),
    (_HAS_NOT, "没有"),
    (_OR_NOT, "没"),
    (_WHETHER, "有没有"),
    (_NOT_THERE, "没有"),
    (_INSIDE, "里头"),
    (_HOW_MUCH, "多少"),
    (_WHO, "谁"),
    (_SO_WHAT, "呢"),
    (_NONE, "没有"),
    (_NOT, "没"),
    (_HOW_MANY, "几"),
    (_A_LITTLE, "一下"),
    (_OVER, "了"),
    (_ASKING, "吗"),
    (_LAST_SOUND, ""),
    (_THANKS, "谢谢"),
    (_COPY, "复制"),
    (_TITLE, "标题"),
    (_YEAR, "哪年"),
    (_ERHUA, ""),
    (_NEXT_ONE, "一个"),
    (_PART, "部分"),
    (_AGAIN_THE_SAME, "重复"),
    (_HAS_MORE, "没有"),
    (_CHECKED_AGAIN, "再"),
    (_LEADER, "习近平"),
    (_FROM_WHERE, "从哪"),
    (_FIND, "找"),
    (_ORDINAL, r"第\1个"),
)
