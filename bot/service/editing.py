"""`/edit`: what an administrator corrects about a speech that was brought in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.contract.actions import Outline
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.library.corrected_entry import PARTICULARS, Particular, told
from bot.library.shelf import NoSuchSpeech, NotKept
from bot.service import admin
from bot.service.context import Context, Declined
from bot.settings.yaml_file import ConfigError
from retrieval import Entry

_EDIT = re.compile(r"(\d{1,4})(?:\s+(\S+?)(?:[\s:：]+(.*))?)?")  # 7  7 日期 2019-05-01  7 地点：  ✗日期
_CLEARED = ("-", "—", "无", "没有")
NAMES: Mapping[str, Particular] = {
    **{name: name for name in PARTICULARS},
    "标题": "title",
    "题目": "title",
    "日期": "date",
    "时间": "date",
    "地点": "place",
    "讲话人": "author",
    "作者": "author",
    "别名": "aliases",
}


def command(context: Context, argument: str) -> Response:
    """`7`: what is known of speech 7; `7 日期 2019-05-01`: corrected, and taken up by the running bot."""
    admin.require_admin(context)
    found = _EDIT.fullmatch(argument.strip())
    if context.intake is None or found is None or (found[2] and found[2] not in NAMES):
        return _said(context.say("edit.how"))
    number = int(found[1])
    try:
        if not found[2] or found[3] is None:
            return _known(context, context.intake.shelf.speech(number).entry)
    except NoSuchSpeech as missing:
        return _missing(context, missing)
    return Response(later=lambda: _corrected(context, number, NAMES[found[2]], "" if found[3].strip() in _CLEARED else found[3]))


def _corrected(context: Context, number: int, particular: Particular, words: str) -> Response:
    """The slow part: written down, and the index opened anew; as it was if the new state does not read."""
    intake = context.intake
    if intake is None:
        raise Declined("command.unknown")
    try:
        before = intake.shelf.speech(number).entry
        entry = intake.shelf.correct(number, particular, words)
    except NoSuchSpeech as missing:
        return _missing(context, missing)
    except NotKept:
        return _said(context.say("edit.no_date" if particular == "date" else "edit.again"))
    try:
        library = intake.renew()
    except ConfigError as error:
        intake.shelf.correct(number, particular, told(before, particular))
        return admin.problems(context, error)
    return _known(replace(context, library=library), entry)


def _known(context: Context, entry: Entry) -> Response:
    """Everything that is known, and how it is corrected."""
    text = TextBuilder().line(context.say("edit.speech", number=entry.number), "bold")
    unknown = context.say("edit.unknown")
    for particular in PARTICULARS:
        text.line(f"{context.say(f'edit.{particular}')}　{told(entry, particular) or unknown}")
    text.line().line(context.say("edit.example", number=entry.number))
    has_it = entry.number in {numbered.number for numbered in context.library.corpus.speeches}
    return Response((text.reply([context.button("button.contents_of", Outline(entry.number), number=entry.number)] if has_it else []),))


def _missing(context: Context, missing: NoSuchSpeech) -> Response:
    choices = "、".join(map(str, missing.choices)) or context.say("edit.none")
    return _said(context.say("edit.missing", number=missing.number, choices=choices))


def _said(words: str) -> Response:
    return Response((TextBuilder().line(words).reply(),))
