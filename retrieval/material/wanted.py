"""Whether a message asks for material, and on what: 素材 工会."""

from __future__ import annotations

import re

from retrieval.question.understand import Words
from retrieval.question.wordlists import any_of

LONGEST_THEME = 30  # characters of a theme, chosen; the longest of bot.yaml has four

# A theme beside the word 素材
_ASKED = r"(?>(?:请|麻烦|帮我|帮忙|给我|我想要|我要|想要|来|找|查|搜|弄|再|提供|挑|选|正文|文里|稿子里)*)"  # 帮我找|一些  给我|工会
_SOME = r"(?>(?:一?[点些下份段]|几[句条])?)(?:关于|有关|讲(?![话稿])|写|谈|说)?"  # 一些关于|工会  点|工会  讲|改革  |讲话
_BEFORE = re.compile(r"(?:写稿|讲稿|写作)?素材[\s:：,，、]+(.+)|(?:写稿|讲稿|写作)素材(.+)")  # 素材 工会  写稿素材工会  ✗素材
_AFTER = re.compile(
    rf"(?!(?:写稿|讲稿|写作)素材){_ASKED}{_SOME}(.+?)(?:方面|相关)?的?(?:写稿|讲稿|写作)?素材"
)  # 工会素材  来点工会方面的素材  ✗素材  ✗写稿素材
# What it is written for, and who wants it: 我要写五一通知，给我些.
# e.g. 我要写|五一通知  五一|通知，给我些|  写一份|工会  工会|发言稿用的|  ✗工会  ✗写作
_ABOUT_IT = re.compile(
    r"^(?:我|俺|咱们?)?(?:们|明天|下周|这周|正|在|要|想|得|准备)*(?:写|出|办|做|搞)(?:一?[份个篇期])?(?=.{2})|"
    r"(?:通知|发言稿?|讲话稿?|稿子?|材料|报告|总结|简报|黑?板报|倡议书|公众号)?(?:用的|要用)?"
    r"[,，。 ]+(?:请|麻烦|帮我|给我|来|找|要)*(?:一?[些点份])?$|"
    r"(?<=.{2})(?:通知|发言稿?|讲话稿?|稿子?|简报|黑?板报|倡议书)(?:用的?|要用的?)?$"
)
_WHO = re.compile(r"^(?:我们?|俺们?|咱们?|这边)是[^,，。]{2,12}[,，。]\s*")  # |我们是县总工会，|请提供  ✗我们要写通知，
_HOW = re.compile(r"(?<=素材)[,，、 ]+(?:最好|要能|能|方便|可以|直接|多|短)[^,，]{0,12}$")  # 工会的素材|，最好方便复制|  ✗素材，工会
_ENDS = " \t\r\n。．.！!？?~～"


_NAMED = re.compile("(?<=[,，。 ])([\u4e00-\u9fff]{2,6}?)(?:主题|题材)(?=[,，。 ]|$)")  # 推文开头，|劳模主题|，给  ✗工会
_NAMED_FIRST = re.compile(
    "(?:主题|题目)(?:是|为|叫|就是)?[:： ]*([\u4e00-\u9fff]{2,8})(?=[,，。 ]|$)"
)  # 推文，|主题工会服务职工|，给点  ✗主题
_GIVES = re.compile("[,，。 ]+(?:给|来|要|找)(?:我)?(?:一?[点些份])?$")  # 工会|，给点|  ✗给点
_LAST_WISH = re.compile(r"^[^,，。 ]{2,8}[,，。 ]+(?:我)?(?:需要|想要|要|找|缺)(?=.{2})")  # |发言材料 需要|关心劳模生活  ✗劳模 工会
_SO_MANY = re.compile(r"(?<=[^第])[,， ]*(?:来|给我|要)?[一二两三四五几\d]{1,2}[条句段](?:就行|就好|吧)?$")  # 素材：关心劳模| 3条|  ✗第三段
_MARKED = re.compile('[“"「『]([^”"」』]{2,20})[”"」』]')  # 汇报要一组|“工会维权”|的素材  ✗工会


def material_theme(message: str, words: Words) -> str | None:
    """The theme of 素材 工会 or 来点工会方面的素材; None for every other message, also for one that names no theme.

    >>> [material_theme(message, Words()) for message in ("素材 工会", "来点工会方面的素材。", "素材", "工会的素材多吗")]
    ['工会', '工会', None, None]
    >>> material_theme("我们是县总工会，请再提供一段关于工会的素材，最好方便复制。", Words())
    '工会'
    >>> material_theme("我要写五一通知，给我些素材", Words()), material_theme("课堂汇报要一组“工会维权”的素材", Words())
    ('五一', '工会维权')
    >>> material_theme("素材：关心劳模 3条", Words())
    '关心劳模'
    >>> material_theme("公众号推文，主题工会服务职工，给点素材", Words())
    '工会服务职工'
    """
    said = _HOW.sub("", _WHO.sub("", _SO_MANY.sub("", message.strip(_ENDS)).strip(_ENDS)))
    if len(said) > 2 * LONGEST_THEME or "\n" in said:
        return None
    before = _BEFORE.fullmatch(said)
    found = before or _AFTER.fullmatch(said)
    theme = next((group for group in found.groups() if group), "").strip(_ENDS) if found else ""
    marked = _MARKED.search(theme) or _NAMED.search(theme) or _NAMED_FIRST.search(theme)
    theme = marked[1] if marked else theme if before else _ABOUT_IT.sub("", theme).strip(" ,，")
    theme = _LAST_WISH.sub("", _GIVES.sub("", theme))
    about = theme if before else any_of((*words.subjectless, *words.small)).sub("", theme)  # 发言稿要用的素材 names none
    return theme if len(theme) <= LONGEST_THEME and any(map(str.isalnum, about)) else None
