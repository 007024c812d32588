"""What a bot says of itself whose speeches are not the bundled ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.contract.response import Asker
from bot.service import Content, SpeechService
from bot.settings.config import Settings
from bot.settings.library import Library, open_library
from bot.settings.wording import Wording
from bot.state.store import Store
from tests.kit.seen import only
from tests.kit.small_speeches import small_settings


@pytest.mark.slow  # the engine of the other speeches is built
def test_it_promises_nothing_about_model_workers(
    settings: Settings, library: Library, phrases: Wording, store: Store, asker: Asker, tmp_path: Path
) -> None:
    others = open_library(small_settings(settings, tmp_path))
    assert (library.has_others, others.has_others) == (False, True)
    service = SpeechService(Content(others, phrases, settings.behaviour), store)
    said = [
        only(service.command(asker, "start", "")),
        only(service.question(asker, "你好厉害，会做饭吗")),
        only(service.command(asker, "random", "")),
    ]
    assert not [reply.text for reply in said if "劳模" in reply.text]
    assert said[0].text.startswith("你好！我手里有1篇讲话")
    assert service.descriptions("zh")[1] == "用收录的讲话的原话回答你的问题，一字不改，注明出处。"
