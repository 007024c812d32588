"""Commands in plain words (config/spoken.yaml): 目录, 随便来一句."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from retrieval import fold_question

_PARTICLES = "吧呀啊呢啦嘛哦"
_AROUND = " /,，.。!！?？~～…"


@dataclass(frozen=True, slots=True)
class Spoken:
    """commands: phrase → command."""

    commands: Mapping[str, str] = field(default_factory=dict)

    def command(self, message: str) -> str:
        """The command that the whole message means; "" for none."""
        said = fold_question(message).strip(_AROUND)
        return self.commands.get(said) or self.commands.get(said.rstrip(_PARTICLES)) or ""


def spoken(commands: Mapping[str, Sequence[str]]) -> Spoken:
    """From lists of phrases."""
    return Spoken({fold_question(phrase): command for command, listed in commands.items() for phrase in listed})
