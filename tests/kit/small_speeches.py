"""Settings with one short bundled speech, whose index is built in no time."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from bot.settings.config import Settings
from tests.kit.prepared import with_models_of

SPEECH = """安全生产会上的讲话

同志们：

一、安全生产。安全生产要抓好责任落实，责任落实要到每一个班组。

二、节约用水。节约用水从每一个人做起。
"""


def small_settings(settings: Settings, folder: Path) -> Settings:
    """With seeds, configuration and state in a folder."""
    seeds, configured = folder / "seeds", folder / "config"
    (seeds / "speeches").mkdir(parents=True)
    configured.mkdir()
    for name in ("words.yaml", "bot.yaml", "spoken.yaml"):
        shutil.copy(settings.config / name, configured)
    shutil.copytree(settings.config / "wording", configured / "wording")
    (configured / "speeches.yaml").write_text("- {number: 1, file: a.txt, title: 安全生产会上的讲话}\n", encoding="utf-8")
    (configured / "synonyms.yaml").write_text("[]\n", encoding="utf-8")
    (seeds / "speeches" / "a.txt").write_text(SPEECH, encoding="utf-8")
    (seeds / "asks.jsonl").write_text("", encoding="utf-8")
    (seeds / "unanswered.jsonl").write_text('{"kind": "far", "asks": ["蛋炒饭怎么炒", "明天下雨吗"]}\n', encoding="utf-8")
    (seeds / "shareable.jsonl").write_text("", encoding="utf-8")
    (seeds / "SHA256SUMS").write_text(f"{hashlib.sha256(SPEECH.encode()).hexdigest()}  speeches/a.txt\n", encoding="utf-8")
    cache = with_models_of(settings, folder / "state" / "cache")
    return replace(settings, seeds=seeds, config=configured, data_dir=folder / "state", cache_dir=cache)


def written(folder: Path, texts: Mapping[str, str]) -> Path:
    """The folder, with texts by the names of their files."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
