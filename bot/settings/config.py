"""Settings from the environment and config/: checked values, frozen, all problems at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.settings.folders import cache_folder, data_folder
from bot.settings.spoken import Spoken, spoken
from bot.settings.yaml_file import ConfigError, YamlFields, load
from retrieval import to_int

HERE = Path(__file__).resolve().parent.parent.parent  # config/ and seeds/ lie beside the packages
API_BASE = "https://api.telegram.org/bot"
THEMES = 40  # rows of a map, as many as heat_map takes
WORKERS = 16  # thirty messages a second that take half a second each; 200 a second at 50 ms
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")  # 8:05  08:30  23:59  ✗24:00  ✗8:5
_PART_OF_DAY = "(早上|上午|中午|下午|傍晚|晚上)"  # 晚上|八点  ✗夜里
_HOUR = r"(\d{1,2}|[一二两三四五六七八九十]{1,3})点"  # 八点|半  12点  两点  ✗八时
_MINUTES = r"(?:钟|整|(半|\d{1,2}|[零一二三四五六七八九十]{1,3})分?)"  # 半  05分  二十五  整  ✗分
_CLOCK = re.compile(f"{_PART_OF_DAY}?{_HOUR}{_MINUTES}?")  # 晚上八点半  7点|左右  早上六点零五分  ✗晚上  ✗8:05
_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{3,100}")  # 12:Ab_-3  ✗12:  ✗bot12:Ab_-3; today 35 signs after the colon
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # Ab3-_|.  ✗密
_API_BASE = re.compile(r"https?://[^\s/]+/(?:.*/)?bot")  # https://api.telegram.org/bot  http://127.0.0.1:8081/a/bot  ✗https://bot
_USER_ID = re.compile(r"[1-9]\d{0,18}")  # 42  ✗042  ✗@me
# e.g. http://10.0.0.5:19530  https://user:word@milvus.example.org:443/speeches  ✗milvus:19530
_INDEX_URI = re.compile(r"https?://(?:[^\s/@]+@)?[^\s/@]+(?:/[A-Za-z0-9_]*)?")
# e.g. https://read.example.org  https://a.org:8443/  ✗http://a.org
_PUBLIC_URL = re.compile(r"https://[a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?(?::[0-9]{1,5})?/?")
_PORT = re.compile(r"\d{1,5}")  # 8080  ✗-1


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How the bot behaves (config/bot.yaml).

    quotes: on a card. page: characters of a part of a speech on a card. questions_a_minute: of one
    person. questions_days: how long the question of a card is kept. minute: of the day, zone: its IANA name,
    for daily quotes; zones: offered as buttons. themes: rows of the map. spoken: commands in
    plain words (config/spoken.yaml). bundled: whether it answers from the speeches of seeds/. collections: those of the speeches
    brought in that it answers from, () for all.
    """

    quotes: int
    page: int
    questions_a_minute: int
    questions_days: int
    minute: int
    zone: str
    zones: tuple[str, ...]
    themes: tuple[str, ...]
    meaning: tuple[str, ...]
    spoken: Spoken
    bundled: bool = True
    collections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set.

    web_port None: no web server. health_port None: on web_port. public_url: of the reader, "" without one. token "": there is none.
    cache_dir: of what can be built anew. index_uri: of the index of a large collection, or of a Milvus server that finds passages; "" for
    the index built here.
    """

    token: str
    api_base: str
    data_dir: Path
    cache_dir: Path
    database_url: str
    admins: tuple[int, ...]
    webhook_url: str
    webhook_secret: str
    web_port: int | None
    health_port: int | None
    public_url: str
    index_uri: str
    workers: int
    log_level: str
    config: Path
    seeds: Path
    behaviour: Behaviour

    @property
    def is_served(self) -> bool:
        """Whether a server finds the passages."""
        return "://" in self.index_uri

    @property
    def is_shared(self) -> bool:
        """Whether the speeches themselves are in the database, for bots that have no disk in common."""
        return self.is_served and self.database_url.startswith("postgresql")


def read(environ: Mapping[str, str]) -> Settings:
    """The settings; raises ConfigError with every problem of the environment, bot.yaml and spoken.yaml."""
    problems: list[str] = []
    config = Path(environ.get("BOT_CONFIG") or HERE / "config")
    data_dir = data_folder(environ)
    fields = YamlFields(load(config / "bot.yaml", problems), "bot.yaml", problems)
    edge = fields.section("edge")
    settings = Settings(
        token=_token(environ, problems),
        api_base=_api_base(environ, problems),
        data_dir=data_dir,
        cache_dir=cache_folder(environ),
        database_url=environ.get("BOT_DATABASE_URL") or f"sqlite:///{data_dir / 'bot.db'}",
        admins=_admins(environ, problems),
        webhook_url=_webhook(environ, problems),
        webhook_secret=_secret(environ, problems),
        web_port=_port("BOT_WEB_PORT", environ, problems),
        health_port=_port("BOT_HEALTH_PORT", environ, problems),
        public_url=_public_url(environ, problems),
        index_uri=_index_uri(environ, problems),
        workers=edge.whole("workers", WORKERS, 1, 256),
        log_level=_log_level(edge),
        config=config,
        seeds=HERE / "seeds",
        behaviour=_behaviour(fields, _spoken(YamlFields(load(config / "spoken.yaml", problems, optional=True), "spoken.yaml", problems))),
    )
    edge.end()
    fields.end()
    if problems:
        raise ConfigError(problems)
    return settings


def minute_of(text: str) -> int | None:
    """Minutes since midnight of a time such as 8:05 or 晚上八点半; None if it is none.

    >>> minute_of("08:30"), minute_of("晚上八点半"), minute_of("7点"), minute_of("24:00")
    (510, 1230, 420, None)
    """
    match = _TIME.fullmatch(text.strip())
    if match:
        return int(match[1]) * 60 + int(match[2])
    clock = _CLOCK.fullmatch(text.strip())
    hour, minutes = (to_int(clock[2]), 30 if clock[3] == "半" else to_int(clock[3] or "0")) if clock else (None, None)
    if clock is None or hour is None or minutes is None:
        return None
    hour += 12 if clock[1] in ("下午", "傍晚", "晚上") and hour < 12 else 0
    return hour * 60 + minutes if hour < 24 and minutes < 60 else None


def zone_of(name: str) -> ZoneInfo | None:
    """The IANA time zone of that name; None when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


# Defaults are those of config/bot.yaml; the limits keep a slip of the hand from harm and are chosen.
def _behaviour(fields: YamlFields, spoken: Spoken) -> Behaviour:
    answer, limits, keep, daily, speeches = map(fields.section, ("answer", "limits", "keep", "daily", "speeches"))
    zone = daily.text("zone", "Asia/Shanghai")
    zones = daily.texts("zones", (zone,))
    for name in dict.fromkeys((zone, *zones)):
        if zone_of(name) is None:
            daily.problem("zones", name, "an IANA time zone such as Asia/Shanghai")
    behaviour = Behaviour(
        quotes=answer.whole("quotes", 1, 1, 5),
        page=answer.whole("page", 1200, 200, 3400),
        questions_a_minute=limits.whole("questions_a_minute", 60, 1, 1000),
        questions_days=keep.whole("questions_days", 90, 1, 3650),
        minute=_minute(daily),
        zone=zone,
        zones=zones,
        themes=fields.texts("themes")[:THEMES],
        meaning=answer.texts("meaning", ("use", "e5")),
        spoken=spoken,
        bundled=speeches.flag("bundled", True),
        collections=speeches.texts("collections"),
    )
    for section in (answer, limits, keep, daily, speeches):
        section.end()
    return behaviour


def _spoken(fields: YamlFields) -> Spoken:
    commands = fields.section("commands")
    found = spoken({key: commands.texts(key) for key in commands})
    fields.end()
    return found


def _minute(daily: YamlFields) -> int:
    text = daily.text("time", "08:00")
    minute = minute_of(text)
    if minute is None:
        daily.problem("time", text, 'a time in quotes such as "08:00"')
    return minute or 0


def _log_level(edge: YamlFields) -> str:
    level = edge.text("log", "info")
    if level not in ("debug", "info", "warning", "error"):
        edge.problem("log", level, "debug, info, warning or error")
    return level


def _token(environ: Mapping[str, str], problems: list[str]) -> str:
    """The token, which no problem ever quotes."""
    token = environ.get("TELEGRAM_BOT_TOKEN", "").strip()
    if token and not _TOKEN.fullmatch(token):
        problems.append(
            "TELEGRAM_BOT_TOKEN has not the form of a token, digits, a colon and letters, digits, _ or -; copy it again from @BotFather"
        )
    return token


def _api_base(environ: Mapping[str, str], problems: list[str]) -> str:
    base = environ.get("TELEGRAM_API_BASE") or API_BASE
    if not _API_BASE.fullmatch(base):
        problems.append(f"TELEGRAM_API_BASE is {base!r}; expected an address that ends in /bot")
    return base


def _admins(environ: Mapping[str, str], problems: list[str]) -> tuple[int, ...]:
    words = environ.get("BOT_ADMINS", "").replace(",", " ").split()
    wrong = [word for word in words if not _USER_ID.fullmatch(word)]
    if wrong:
        problems.append(f"BOT_ADMINS holds {wrong[0]!r}; expected numeric user ids, separated by commas")
    return tuple(int(word) for word in words if word not in wrong)


def _webhook(environ: Mapping[str, str], problems: list[str]) -> str:
    url = environ.get("BOT_WEBHOOK_URL", "")
    if url and not url.startswith("https://") and not url.startswith("http://127.0.0.1"):
        problems.append(f"BOT_WEBHOOK_URL is {url!r}; expected an address that begins with https://")
    return url


def _secret(environ: Mapping[str, str], problems: list[str]) -> str:
    secret = environ.get("BOT_WEBHOOK_SECRET", "")
    if secret and not _SECRET.fullmatch(secret):
        problems.append("BOT_WEBHOOK_SECRET has other signs than A-Z a-z 0-9 _ - or is longer than 256")
    if environ.get("BOT_WEBHOOK_URL") and not secret:
        problems.append("BOT_WEBHOOK_SECRET is missing; BOT_WEBHOOK_URL needs 1-256 of A-Z a-z 0-9 _ -")
    return secret


def _public_url(environ: Mapping[str, str], problems: list[str]) -> str:
    """Where the reader is reached from outside, without a slash at its end; "" without one."""
    url = environ.get("BOT_PUBLIC_URL", "").strip()
    if url and not _PUBLIC_URL.fullmatch(url.lower()):
        problems.append(f"BOT_PUBLIC_URL is {url!r}; expected https:// and a host without a path, such as https://read.example.org")
    if url and not environ.get("BOT_WEB_PORT"):
        problems.append("BOT_WEB_PORT is missing; BOT_PUBLIC_URL needs the port that the proxy forwards /read to")
    return url.lower().removesuffix("/")


def _index_uri(environ: Mapping[str, str], problems: list[str]) -> str:
    """A folder, or the address of a server, which no problem quotes: a password may be in it."""
    uri = environ.get("BOT_INDEX_URI", "").strip()
    if "://" not in uri:
        return uri
    if not _INDEX_URI.fullmatch(uri):
        problems.append("BOT_INDEX_URI is no address of a Milvus server; expected http(s)://[user:password@]host:port[/database]")
    elif not find_spec("pymilvus"):
        problems.append('BOT_INDEX_URI needs pymilvus; pip install "speech-quotes-bot[milvus]", or unset it')
    return uri


def _port(name: str, environ: Mapping[str, str], problems: list[str]) -> int | None:
    text = environ.get(name, "")
    if not text:
        return None
    if not _PORT.fullmatch(text) or int(text) > 65535:
        problems.append(f"{name} is {text!r}; expected a port from 0 to 65535")
        return None
    return int(text)
