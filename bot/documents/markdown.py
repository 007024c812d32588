"""Markdown → the words that a reader sees."""

from __future__ import annotations

import re

_FRONT = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)  # ---\ntitle: 讲话\n---\n
_IMAGE = re.compile(r"!\[([^\]\[\n]{0,200})\]\([^)\n]{0,2000}\)")  # ![图](a.png)
_LINK = re.compile(r"\[([^\]\[\n]{1,200})\]\([^)\n]{0,2000}\)")  # [讲话](a.md)
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|__|~~|`)(?=\S)(.{1,300}?)(?<=\S)\1")  # **劳动**
_STARRED = re.compile(r"(?<![*\w])\*(?=[^\s*])([^*\n]{1,300}?)(?<=[^\s*])\*(?![*\w])")  # *劳动*  ✗20**年  ✗*市
_LINE = re.compile(r"[ \t]{0,3}(?:#{1,6}[ \t]+|>[ \t]?)")  # ## |标题  > |引
_ITEM = re.compile(r"^[ \t]*[-*+][ \t]+")  # - |项
_RULE = re.compile(r"[ \t]*(?:[-*_][ \t]*){3,}|[ \t]*(?:={3,}|```\w*|~~~\w*)[ \t]*")  # ---  ***  ```
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")  # ## 标题|##
_ROW = re.compile(r"[ \t]*\|(.*)\|[ \t]*")  # | 一 | 二 |
_BETWEEN_ROWS = re.compile(r"[ \t|:-]+")  # |---|:--|
_TITLE = re.compile(r"^title:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE)  # title: 讲话
_AUTHOR = re.compile(r"^author:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE)  # author: 某人


def words_of_markdown(text: str) -> tuple[str, str, str]:
    """The words, then title and author of its front matter, "" where there are none.

    >>> words_of_markdown("# 讲话\\n\\n**劳动**最[光荣](a.md)。")[0]
    '讲话\\n\\n劳动最光荣。'
    """
    front = _FRONT.match(text)
    about = front[1] if front else ""
    body = _without_comments(text[front.end() :] if front else text)
    lines = "\n".join(line for raw in body.splitlines() if (line := _line(raw)) is not None)
    title, author = (found[1] if (found := pattern.search(about)) else "" for pattern in (_TITLE, _AUTHOR))
    return lines, title, author


def _without_comments(text: str) -> str:
    kept, position = [], 0
    while (begun := text.find("<!--", position)) >= 0 and (ended := text.find("-->", begun)) >= 0:
        kept.append(text[position:begun])
        position = ended + 3
    return "".join((*kept, text[position:]))


def _line(raw: str) -> str | None:
    if _RULE.fullmatch(raw):
        return None
    row = _ROW.fullmatch(raw)
    if row and _BETWEEN_ROWS.fullmatch(raw):
        return None
    raw = _ITEM.sub("• ", raw, count=1)
    line = "\t".join(cell.strip() for cell in row[1].split("|")) if row else _CLOSING.sub("", _LINE.sub("", raw, count=1))
    for pattern, words in ((_IMAGE, r"\1"), (_LINK, r"\1"), (_EMPHASIS, r"\2"), (_STARRED, r"\1")):
        line = pattern.sub(words, line)
    return line
