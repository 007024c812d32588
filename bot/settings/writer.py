"""Who writes asks: a server that speaks OpenAI's chat completions. There is none unless somebody names it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.settings.yaml_file import ConfigError

_URL = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")  # https://writer.example/v1  ✗ftp://x


@dataclass(frozen=True, slots=True)
class Writer:
    """url: without /chat/completions. key: "" where none is needed; never shown."""

    url: str
    model: str
    key: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        """Where the texts go."""
        return urlsplit(self.url).netloc.rpartition("@")[2]


def read_writer(environ: Mapping[str, str]) -> Writer:
    """The server of the environment. Raises ConfigError with every problem, and where there is none."""
    url, model = environ.get("BOT_WRITER_URL", ""), environ.get("BOT_WRITER_MODEL", "")
    problems = []
    if not _URL.fullmatch(url):
        problems.append(f"BOT_WRITER_URL is {url!r}; expected an address such as https://host/v1, of a server that speaks chat completions")
    if not model:
        problems.append("BOT_WRITER_MODEL is missing; expected the name of a model of that server")
    key = environ.get("BOT_WRITER_KEY", "")
    if not key.isascii() or any(sign.isspace() for sign in key):
        problems.append("BOT_WRITER_KEY has blanks or signs that no header holds; copy it again")
    if problems:
        raise ConfigError(problems)
    return Writer(url, model, key)
