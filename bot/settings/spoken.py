"""What people say to the bot itself (config/spoken.yaml): a command in plain words (目录, 随便来一句), or a courtesy (谢谢)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from retrieval import fold_question

COURTESIES = ("complaint", "farewell", "thanks", "greeting", "noted")  # of several in one message the first counts
_CONTENT = re.compile(r"[^\W_]")  # 谢  a  ✗！  ✗_
_PARTICLES = "吧呀啊呢啦嘛哦"
_AROUND = " /,，.。!！?？~～…"


@dataclass(frozen=True, slots=True)
class Spoken:
    """commands: phrase → command. courtesies: kind → its words; a message of nothing but these is one."""

    commands: Mapping[str, str] = field(default_factory=dict)
    courtesies: Mapping[str, re.Pattern[str]] = field(default_factory=dict)

    def command(self, message: str) -> str:
        """The command that the whole message means; "" for none."""
        said = fold_question(message).strip(_AROUND)
        return self.commands.get(said) or self.commands.get(said.rstrip(_PARTICLES)) or ""

    def courtesy(self, message: str) -> str:
        """The kind of courtesy that the whole message is; "" for none."""
        folded = rest = fold_question(message)
        for pattern in self.courtesies.values():
            rest = pattern.sub("", rest)
        if _CONTENT.search(rest) or not _CONTENT.search(folded):
            return ""
        return next(kind for kind in COURTESIES if kind in self.courtesies and self.courtesies[kind].search(folded))


def spoken(commands: Mapping[str, Sequence[str]], courtesies: Mapping[str, Sequence[str]]) -> Spoken:
    """From lists of phrases."""
    phrases = {fold_question(phrase): command for command, listed in commands.items() for phrase in listed}
    return Spoken(phrases, {kind: _any_of(listed) for kind, listed in courtesies.items() if listed})


def _any_of(listed: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(map(fold_question, listed), key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(w)}\b" if w.isascii() else re.escape(w) for w in longest_first))
