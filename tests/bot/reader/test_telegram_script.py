"""The pages' own script for Telegram: what it reads from an address, and that it believes nothing else."""

from __future__ import annotations

import json
import re
import subprocess
from shutil import which
from typing import Any
from urllib.parse import quote

import pytest

from bot.settings.config import HERE
from bot.settings.wording import Wording
from tests.kit.opened_app import init_data

PAGE = HERE / "bot" / "reader" / "page"
SCRIPT = PAGE / "telegram.js"
needs_node = pytest.mark.skipif(which("node") is None, reason="needs node")


def test_every_word_that_the_scripts_say_is_in_the_wording(phrases: Wording) -> None:
    said = {key for file in PAGE.glob("*.js") for key in re.findall(r"\bSAY\.(\w+)", file.read_text(encoding="utf-8"))}
    assert {"star", "copied"} <= said <= {key for key, _ in phrases.zh.below("reader.script")}


def ran(expression: str) -> Any:
    """The value of an expression in a module that has imported the script, outside any browser."""
    names = "launchFields, ownFragment, themeOf, launchOf"
    code = f"const {{ {names} }} = await import({json.dumps(SCRIPT.as_uri())}); console.log(JSON.stringify({expression}));"
    return json.loads(subprocess.run(["node", "--input-type=module", "-e", code], capture_output=True, text=True, check=True).stdout)


@needs_node
def test_fields_are_found_behind_whatever_stands_before_them() -> None:
    data = "user%3D1%2526"
    fragments = [
        f"#tgWebAppData={data}",
        f"#q=7.1.2&tgWebAppData={data}",
        f"#q=7.1.2?tgWebAppData={data}",
        "#q=7.1.2",
        "",
        "#tgWebAppData=%zz",
    ]
    found = ran(f"{json.dumps(fragments)}.map((fragment) => [launchFields(fragment).tgWebAppData ?? null, ownFragment(fragment)])")
    signed = "user=1%26"
    assert found == [[signed, ""], [signed, "#q=7.1.2"], [signed, "#q=7.1.2"], [None, "#q=7.1.2"], [None, ""], ["", ""]]


@needs_node
def test_what_was_signed_is_passed_on_unchanged() -> None:
    data = init_data(start_param="q7_1_2")
    launch = ran(f'launchOf({{ tgWebAppData: {json.dumps(data)}, tgWebAppThemeParams: \'{{"bg_color":"#17212b"}}\' }})')
    assert launch == {
        "initData": data,
        "startParam": "q7_1_2",
        "language": "zh",
        "theme": {"dark": True, "colours": {"bg_color": "#17212b"}},
    }


LANGUAGES = {'{"language_code": "zh-hans"}': "zh", '{"language_code": "de"}': "en", "{}": "", "nonsense": "", '{"language_code": 5}': "en"}


@needs_node
def test_the_language_is_the_clients() -> None:
    told = [{"tgWebAppData": f"user={quote(user)}"} for user in LANGUAGES]
    found = ran(f"{json.dumps(told)}.map((fields) => launchOf(fields).language)")
    assert found == list(LANGUAGES.values())


@needs_node
def test_nobody_is_named_without_data() -> None:
    assert ran("[launchOf({}), launchOf({ tgWebAppData: '' })]") == [None, None]


THEMES = [
    ({"bg_color": "#ffffff"}, False, 1),
    ({"bg_color": "#17212b", "text_color": "#F5F5F5"}, True, 2),
    ({"bg_color": "red", "text_color": "url(//evil.example)", "link_color": "#12345"}, False, 0),
    ({"bg_color": 5, "x": None}, False, 0),
    (None, False, 0),
    ([], False, 0),
    ("#000000", False, 0),
]


@needs_node
def test_only_colours_are_colours() -> None:
    found = ran(f"{json.dumps([theme for theme, _, _ in THEMES])}.map(themeOf)")
    assert [(theme["dark"], len(theme["colours"])) for theme in found] == [(dark, count) for _, dark, count in THEMES]
