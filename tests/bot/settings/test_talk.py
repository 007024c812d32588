"""What a rule of the conversation says has a sentence in both languages, and every sentence is said by a rule."""

from __future__ import annotations

import json
import re
from pathlib import Path

import retrieval.conversation
from bot.service.talking import WISHES
from bot.settings.wording import Wording
from retrieval.conversation.bot_kinds import KINDS
from retrieval.conversation.likely_rules import OF_AN_ANSWER, OF_THE_CHAT
from retrieval.conversation.likely_rules import WISHES as LIKELY_WISHES
from retrieval.conversation.told_rules import SAID as SAID_FOR
from retrieval.conversation.wishes import WISHES as WISHED
from retrieval.index.message_kinds import QUESTION

RULES = Path(retrieval.conversation.__file__).parent
SAID = re.compile(
    r"said\(\s*\"([a-z_]+)\"|say=\"([a-z_]+)\"|say=\"[a-z_]+\" if .*? else \"([a-z_]+)\"|said\(\"[a-z_]+\" if back else \"([a-z_]+)\""
)
TOLD = re.compile(
    r"talk\.([a-z_]+)\"|_said\(context, \"([a-z_]+)\"\)|key = \"([a-z_]+)\" if [^\n]* else \"([a-z_]+)\"|\(\"([a-z_]+)\", about\."
)


def said() -> set[str]:
    rules = [path.read_text(encoding="utf-8") for path in sorted(RULES.glob("*.py"))]
    bot = [path.read_text(encoding="utf-8") for path in sorted(Path("bot").rglob("*.py"))]
    found = {key for text in rules for groups in SAID.findall(text) for key in groups if key}
    found |= {key for text in (*rules, *bot) for groups in TOLD.findall(text) for key in groups if key}
    learned = {json.loads(line)["kind"] for line in Path("seeds/messages.jsonl").read_text(encoding="utf-8").splitlines()}
    likely = learned - OF_AN_ANSWER.keys() - OF_THE_CHAT.keys() - LIKELY_WISHES - {QUESTION}
    return (found | {kind.name for kind in KINDS} | {SAID_FOR.get(kind, kind) for kind in likely}) - {"brief", *WISHES}


def test_every_sentence_about_the_chat_is_said_and_exists(phrases: Wording) -> None:
    keys = {key.removeprefix("talk.") for key in phrases.zh.keys if key.startswith("talk.")}
    assert said() - keys == set()
    assert keys - said() - set(WISHES) == set()


def test_every_wish_is_done() -> None:
    assert {kind.name for kind in WISHED} | {"picture", "save"} == set(WISHES)
