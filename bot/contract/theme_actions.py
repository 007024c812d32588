"""What buttons about a theme or a question mean: asked, its material, its formulas as they changed; and those of the quiz."""

from __future__ import annotations

from bot.contract.actions import Action, AskedWords, Key


class Propose(Action, letter="g"):
    """Propose what stands on the button, as if it had been typed."""

    question: AskedWords


class Versions(Action, letter="V"):
    """How a formula on a theme changed from speech to speech, formula by formula."""

    theme: Key
    page: int = 0


class VersionsPicture(Action, letter="I"):
    """The same as a picture."""

    theme: Key
    page: int = 0


class Material(Action, letter="Q"):
    """What a speech of one's own on a theme can be written from."""

    theme: Key


class MaterialFile(Action, letter="F"):
    """The same as a document."""

    theme: Key


class Openings(Action, letter="O"):
    """How each speech begins."""


class QuizNext(Action, letter="K"):
    """Another question of the quiz."""


class QuizScores(Action, letter="G"):
    """How many of this week's questions of the chat everybody got right."""
