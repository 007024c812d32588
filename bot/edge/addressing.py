"""Which messages are for the bot, and what they say once its name is taken out. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from telegram import Message

# the argument may follow without a blank
# e.g. /speech@quotes_bot 3.2  /s3_2  /speech三  ✗speech 3.2  ✗//
COMMAND = re.compile(r"/([0-9A-Za-z_]{1,32})(?:@([0-9A-Za-z_]{1,64}))?\s*(.*)", re.DOTALL)
LOOK_UP = re.compile(r"s\d[0-9_]*(?:p\d+)?")  # s3_2  s6  s2p5  ✗start  ✗s_3
_BEFORE_NAME = r"(?<![0-9A-Za-z_.])@"  # 问|@|bot  ✗me|@|bot  ✗a.|@|bot
_BEHIND_NAME = r"(?![0-9A-Za-z_])"  # @bot||，  ✗@bot||2  ✗@bot||_zh
LEADING = " \t\r\n\u3000,，:：、;；"  # what people put between the name and the question


@dataclass(frozen=True, slots=True)
class Command:
    """`/name argument`, in lower case and without the bot's name."""

    name: str
    argument: str


def command_in(message: Message, username: str, known: frozenset[str]) -> Command | None:
    """The command for this bot that the text is; in groups an unaddressed one must be among `known`."""
    match = COMMAND.fullmatch(message.text or "")
    if match is None:
        return None
    name, addressee, argument = match[1].lower(), match[2], match[3].strip()
    if addressee is not None and addressee.lower() != username.lower():
        return None
    ours = addressee or message.chat.type == "private" or name in known or LOOK_UP.fullmatch(name)
    return Command(name, argument) if ours else None


def question_in(message: Message, bot_id: int, username: str) -> str | None:
    """What the text asks: any text in private; in groups with a mention or in reply to the bot; else None."""
    text = message.text or ""
    asked, mentions = without_mention(text, username)
    if message.chat.type == "private":
        return asked
    if text.startswith("/"):
        return None  # another bot's command
    answered = message.reply_to_message
    writer = answered.from_user if answered else None
    to_us = writer is not None and writer.id == bot_id
    return asked if mentions or to_us else None


def without_mention(text: str, username: str) -> tuple[str, int]:
    """The text without `@username` and what set it apart, and how often it was there.

    >>> without_mention("@Quotes_Bot，劳模精神是什么", "quotes_bot")
    ('劳模精神是什么', 1)
    """
    asked, mentions = _mention(username).subn(" ", text)
    return (asked.strip().lstrip(LEADING), mentions) if mentions else (text, 0)


def written_by_a_person(message: Message, bot_id: int) -> bool:
    """Not by a bot (an anonymous administrator counts as a person) and not through our own inline mode."""
    if message.via_bot is not None and message.via_bot.id == bot_id:
        return False
    writer = message.from_user
    return writer is not None and (not writer.is_bot or message.sender_chat is not None)


@lru_cache(maxsize=4)
def _mention(username: str) -> re.Pattern[str]:
    """`@name` in any case, but not inside an e-mail address or a longer name."""
    return re.compile(_BEFORE_NAME + re.escape(username) + _BEHIND_NAME, re.IGNORECASE)
