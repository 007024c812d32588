"""One short speech with a few asks as the bundled data, where those of this repository take long to build."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path

from bot.settings.config import Settings

SPEECH = """篇1：安全生产会上的讲话

同志们：

一、安全生产。安全生产要抓好责任落实，责任落实要到每一个班组。

二、节约用水。节约用水从每一个人做起。
"""
QUOTE = "责任落实要到每一个班组。"


def of_folder(settings: Settings, folder: Path) -> Settings:
    """Settings whose seeds, words and state are in the folder."""
    state = folder / "state"
    return replace(settings, seeds=folder / "seeds", config=folder / "config", data_dir=state, cache_dir=state / "cache")


def small_seeds(settings: Settings, folder: Path, *, writers: int = 1) -> Settings:
    """Puts the data into the folder; the settings for it. Each writer has asked the same."""
    small = of_folder(settings, folder)
    seeds, configured = small.seeds, small.config
    (seeds / "speeches").mkdir(parents=True)
    configured.mkdir()
    shutil.copy(settings.config / "words.yaml", configured)
    (configured / "speeches.yaml").write_text("[]\n", encoding="utf-8")
    (configured / "synonyms.yaml").write_text("- everyday: [省水]\n  official: [节约用水]\n", encoding="utf-8")
    (seeds / "speeches" / "a.txt").write_text(SPEECH, encoding="utf-8")
    start = SPEECH.index(QUOTE)
    ask = {"file": "a.txt", "start": start, "end": start + len(QUOTE), "quote": QUOTE, "asks": ["责任要落实到哪里", "谁来落实责任"]}
    rows = [json.dumps({**ask, "pass": writer}) for writer in range(1, writers + 1)]
    (seeds / "asks.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (seeds / "unanswered.jsonl").write_text('{"kind": "far", "asks": ["蛋炒饭怎么炒", "明天下雨吗"]}\n', encoding="utf-8")
    (seeds / "shareable.jsonl").write_text("", encoding="utf-8")
    (seeds / "SHA256SUMS").write_text(f"{hashlib.sha256(SPEECH.encode()).hexdigest()}  speeches/a.txt\n", encoding="utf-8")
    return small
