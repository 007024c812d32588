"""A question with the speech that it is asked of before it, where people say that behind: 宣传劳模要怎么做？请先看第一篇。"""

from __future__ import annotations

import re

from retrieval.question.understand import Reader

LEAST = 4  # characters of a question before the speech that it is asked of, chosen: 工会作用，看第一篇


def speech_first(message: str, reader: Reader) -> str:
    """第1篇 and the question, of a question behind which the speech is named that is to be asked; the message of any other.

    What follows a limit is no question of its own: 怎么宣传劳模？只看第三篇。 Whose words are cited is said behind the speech:
    毛主席的话，第一篇引了哪些.
    """
    message = _SAID_BY.sub(r"\2引用\1的话", message)
    message = _LIMIT_BEHIND.sub("，", message)
    found = _SPEECH_BEHIND.fullmatch(message.strip())
    asked, behind = (found[1], found[2]) if found else ("", "")
    named = reader.understand(behind)
    if len(asked) < LEAST or not named.lookup or len(named.references) != 1 or named.references[0].path or named.references[0].paragraph:
        return message
    return (
        message if reader.understand(asked).references or not reader.understand(asked).terms else f"第{named.references[0].number}篇{asked}"
    )


# e.g. 宣传劳模要怎么做？请先看第一篇。  工会的作用，第三篇里怎么说  怎么关心劳模 在咸阳那篇里找  ✗接下来只看第三篇
_SPEECH_BEHIND = re.compile(
    r"(.{4,60}?)[,，。?？!！ ]{1,3}(?:请|麻烦|您|你|我|就|先|给我|帮我|想|要|主要|从|在|到){0,6}(?:看看?|查|找|说|翻|问)?(?:的是|一下)?"
    r"((?:第[一二三四五六七八九\d]{1,3}|[^,，。?？!！ 只光单仅哪几第除]{2,6}那一?)篇)(?:讲话)?(?:里面?|里头|中|的){0,2}(?:的|找|查|说|看|"
    r"怎么说的?|咋说的?|先|就行|就好|吧|呢){0,4}[?？。!！ ]{0,3}"
)
# e.g. 怎么宣传劳模|？|只看第三篇  ✗怎么宣传劳模|？|第三篇讲了什么
_LIMIT_BEHIND = re.compile(r"(?<=.)[?？!！。]\s*(?=[只光仅限]\w{0,4}第[一二三四五六七八九\d]{1,3}篇(?:里面?|中)?[吧的]?[。!！]?$)")
# e.g. 习近平总书记的话，第五篇引了哪些  毛主席的，第一篇引用过什么话  ✗劳模的话，第五篇怎么说
_SAID_BY = re.compile(
    r"^([^,，。?？!！ ]{2,10}?)的话?[,，:： ]+(第[一二三四五六七八九\d]{1,3}篇)(?:讲话)?(?:里面?|中)?(?:一共|总共|都|也)*引(?:用|"
    r"述)?(?:到|了|过)*"
    r"(?:哪(?:些|几[句条个]?|一?[句条])|什么|啥|多少|几[句条])(?:话)?[呢呀啊]?(?=[?？。]*$)"
)
