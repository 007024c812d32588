"""The page's words: each in English and in traditional characters; people's clients speak the reader's language."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from shutil import which

import aiohttp
import pytest
from opencc import OpenCC

from bot.demo import FIRST_USER, LocalApi
from bot.demo.api import control

PAGE = control.PAGE
SAID = re.compile(r'say\(\s*"([^"]+)"')  # say("图片 {}", …)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
KEY = re.compile(r'^  "([^"]+)": "([^"]+)",$', re.M)


def words_of(page: Path) -> set[str]:
    """Chinese words in a document: texts, labels, placeholders."""
    text = page.read_text(encoding="utf-8").partition("<noscript>")[0]
    found = re.findall(r'>([^<>]+)<|(?:aria-label|placeholder)="([^"]+)"', text)
    return {words.strip() for pair in found for words in pair if CHINESE.search(words)}


def test_every_word_of_the_page_is_in_the_table_and_every_row_is_said() -> None:
    rows = dict(KEY.findall((PAGE / "words.js").read_text(encoding="utf-8")))
    said = {words for file in PAGE.glob("*.js") for words in SAID.findall(file.read_text(encoding="utf-8"))}
    assert said | words_of(PAGE / "index.html") == rows.keys()
    assert [words for words, english in rows.items() if words.count("{}") != english.count("{}") or CHINESE.search(english)] == []


def test_no_other_file_of_the_page_has_chinese_words_of_its_own() -> None:
    for file in PAGE.glob("*.js"):
        if file.name == "words.js":
            continue
        left = SAID.sub("", re.sub(r"/\*\*.*?\*/|//.*", "", file.read_text(encoding="utf-8"), flags=re.S))
        assert not CHINESE.search(left), file.name


@pytest.mark.skipif(which("node") is None, reason="needs node")
def test_languages_and_traditional_words() -> None:
    keys = [words for words, _ in KEY.findall((PAGE / "words.js").read_text(encoding="utf-8"))]
    script = f"""
        Object.defineProperty(globalThis, "navigator", {{ value: {{ languages: ["zh-TW"] }}, configurable: true }});
        const {{ say, languageOf }} = await import({json.dumps((PAGE / "words.js").as_uri())});
        const asked = [["zh-CN"], ["zh-HK", "en"], ["en-GB"], ["de", "zh"], ["fr"], ["zh-Hant-TW"], []];
        console.log(JSON.stringify([asked.map(languageOf), {json.dumps(keys)}.map((words) => say(words)), say("{{}} 条未读", "$&")]));
    """
    ran = subprocess.run(["node", "--input-type=module", "-e", script], capture_output=True, text=True, check=True)
    languages, traditional, filled = json.loads(ran.stdout)
    assert languages == ["zh-CN", "zh-Hant", "en", "zh-CN", "en", "zh-Hant", "en"]
    assert traditional == [*map(OpenCC("s2tw").convert, keys)]
    assert filled == "$& 條未讀"


@pytest.mark.parametrize(("accepted", "code"), [
    ("en-US,en;q=0.9", "en"), ("zh-CN,zh;q=0.9", "zh-hans"), ("zh-TW", "zh-hant"), ("zh-Hant-HK;q=0.8", "zh-hant"), ("fr", "fr"),
    ("*", "zh-hans"), ("", "zh-hans"), ("<script>", "zh-hans"),
])  # fmt: skip
async def test_who_reads_the_page_has_a_client_in_their_language(
    api: LocalApi, session: aiohttp.ClientSession, accepted: str, code: str
) -> None:
    async with session.get(f"{api.page_url}people/state?user={FIRST_USER}", headers={"Accept-Language": accepted}) as response:
        assert (await response.json())["user"]["language_code"] == code
