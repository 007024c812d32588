"""Tables of the documents that say what the code has: settings, figures, buttons, commands, tests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from bot.metrics import Metrics
from bot.settings import config, wording
from tests.kit.documents import CODE, ROOT, inline_code, page, table


class Recording(dict[str, str]):
    """An environment that notes what is looked up."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
        self.names.add(name)
        return default


def test_the_table_of_the_environment_is_what_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    environ = Recording()
    settings = config.read(environ)
    rows = {row[0].strip("`"): row[1].strip("`") for row in table("docs/run.md", "Variable").rows}
    assert rows.keys() == environ.names
    assert rows["TELEGRAM_API_BASE"] == settings.api_base
    assert Path(rows["BOT_DATA_DIR"]).expanduser() == settings.data_dir


def flat(tree: Mapping[str, object], above: str = "") -> Iterator[tuple[str, object]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{above}{key}.")
        else:
            yield above + key, value


def test_the_table_of_bot_yaml_is_its_content() -> None:
    written = yaml.safe_load((ROOT / "config" / "bot.yaml").read_text(encoding="utf-8"))
    rows = {row[0].strip("`"): row[1] for row in table("docs/run.md", "Key").rows}
    found = {key: "" if isinstance(value, list) else str(value) for key, value in flat(written)}
    assert rows.keys() == found.keys()  # which is on its way out
    assert [(key, rows[key]) for key in rows if found[key] and found[key].lower() != rows[key].lower()] == []


def test_the_table_of_metrics_is_what_is_counted() -> None:
    rows = [row[0].strip("`") for row in table("docs/run.md", "Metric").rows]
    assert sorted(rows) == sorted(metric.name for metric in Metrics().registry.collect())


def test_every_button_and_every_command_of_the_menu_is_on_the_page_of_use() -> None:
    say = wording.read(ROOT / "config" / "wording").zh
    labels = {text for key, text in (*say.below("button"), *say.below("vote")) if key not in ("good", "bad")}
    shown = set(inline_code("docs/use.md"))
    assert {label.format(number=3, places="1–3" if label.startswith("‹") else "4–6/12") for label in labels} - shown == set()
    assert {f"/{name}" for name, _ in say.below("commands")} - {code.split()[0] for code in shown} == set()


def test_every_test_that_promises_reliability_exists() -> None:
    tests = page("tests/bot/edge/test_crashes.py")
    named = [CODE.findall(row[-1])[0] for row in table("docs/reliability.md", "Done to it").rows]
    assert [name for name in named if not re.search(rf"def {name}\(", tests)] == []
