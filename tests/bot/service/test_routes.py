"""Every button and every command of the menu leads somewhere."""

from __future__ import annotations

from bot.contract.actions import Action
from bot.service.routes import COMMANDS, TAPS
from bot.settings.wording import Wording


def test_every_kind_of_button_has_a_function() -> None:
    assert set(TAPS) == set(Action.kinds.values())


def test_every_command_of_the_menu_has_a_function(phrases: Wording) -> None:
    assert {name for name, _ in phrases.zh.below("commands")} <= set(COMMANDS)
