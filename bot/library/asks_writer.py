"""Has asks written by a server that speaks OpenAI's chat completions: the only place from which texts leave the machine, when told to."""

from __future__ import annotations

import http.client
import json
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.library.ask_prompts import EXAMPLE, GUIDE, PEOPLE
from bot.library.ask_rules import why_no_ask
from bot.settings.writer import Writer

TRIES = 5  # of a request; with pauses of 1, 2, 4, 8 seconds
SECONDS = 120.0  # that an answer may take
LARGEST = 1_000_000  # bytes of an answer; ten asks have some 500
MOST_TOKENS = 1200  # of an answer: 30 asks of 15 characters, twice
ASKS = 12  # wanted of a passage
TOKENS_OF_CHARACTER = 1.0  # of Chinese text, about: .6 to 1.1 by tokenizer
_LONGEST_PAUSE = 60.0  # seconds that a server may ask us to wait
_AGAIN = (408, 409, 425, 429, 500, 502, 503, 504)
Sleep = Callable[[float], None]


class WriterRefused(Exception):
    """The server does not write: what it said, without the key."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Of what will be sent: requests, characters that leave the machine, tokens in and out, about."""

    requests: int
    characters: int
    tokens_in: int
    tokens_out: int


def estimate(passages: Sequence[Mapping[str, Any]]) -> Estimate:
    """What it will take to have asks written of them."""
    characters = sum(len(_wish(passage)) + len(_instructions()) for passage in passages)
    return Estimate(len(passages), characters, int(characters * TOKENS_OF_CHARACTER), len(passages) * MOST_TOKENS // 4)


def written(passages: Sequence[Mapping[str, Any]], writer: Writer, sleep: Sleep = time.sleep) -> Iterator[dict[str, Any]]:
    """A row for `asks import` of each passage, as soon as it is written. Raises WriterRefused when the server does not write."""
    for passage in passages:
        said = _asked(writer, _request(passage, writer.model), sleep)
        asks = [ask for ask in _questions(said) if not why_no_ask(ask, passage["quote"])]
        yield {key: passage[key] for key in ("file", "start", "end", "quote")} | {"asks": list(dict.fromkeys(asks))}


def _request(passage: Mapping[str, Any], model: str) -> dict[str, Any]:
    messages = [{"role": "system", "content": _instructions()}, {"role": "user", "content": _wish(passage)}]
    return {"model": model, "messages": messages, "max_tokens": MOST_TOKENS, "temperature": 0.9}


def _instructions() -> str:
    good = json.dumps(EXAMPLE["good"], ensure_ascii=False)
    example = f"例子。原话：{EXAMPLE['quote']}\n好的问题：{good}"
    return "\n".join((*GUIDE, f"问的人：{'、'.join(PEOPLE)}。", example, f"写{ASKS}个。只回一个 JSON 数组，里面是问题，别的什么都不写。"))


def _wish(passage: Mapping[str, Any]) -> str:
    told = {"讲话": passage["speech"]["title"], "标题": passage["headings"], "前文": passage["before"], "原话": passage["quote"]}
    return json.dumps(told | {"后文": passage["after"], "不要问这些": passage["not_about"]}, ensure_ascii=False)


def _asked(writer: Writer, request: Mapping[str, Any], sleep: Sleep) -> str:
    """What the server wrote; asked again where that may help."""
    body = json.dumps(request).encode("utf-8")
    problem = ""
    for turn in range(TRIES):
        try:
            status, pause, answer = _posted(writer, body)
        except (OSError, http.client.HTTPException) as error:
            status, pause, answer, problem = 0, 0.0, b"", f"{type(error).__name__}: {error}"
        if status == 200:
            try:
                return str(json.loads(answer)["choices"][0]["message"]["content"] or "")
            except (ValueError, LookupError, TypeError):
                problem = "its answer is no chat completion"
        elif status:
            problem = f"status {status}: {answer[:200].decode('utf-8', 'replace')}".replace(writer.key or "\0", "…")
        if status not in (0, 200, *_AGAIN):
            break
        if turn + 1 < TRIES:
            sleep(min(max(pause, 2.0**turn), _LONGEST_PAUSE))
    raise WriterRefused(f"{writer.host}: {problem}")


def _posted(writer: Writer, body: bytes) -> tuple[int, float, bytes]:
    """Status, the pause that the server asks for, and its answer. It is not followed to another address: the key would go there."""
    parts = urlsplit(f"{writer.url.rstrip('/')}/chat/completions")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = (
        http.client.HTTPSConnection(parts.hostname or "", port, timeout=SECONDS, context=ssl.create_default_context())
        if parts.scheme == "https"
        else http.client.HTTPConnection(parts.hostname or "", port, timeout=SECONDS)
    )
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    headers |= {"Authorization": f"Bearer {writer.key}"} if writer.key else {}
    try:
        connection.request("POST", parts.path, body, headers)
        response = connection.getresponse()
        pause = response.getheader("Retry-After", "")
        return response.status, float(pause) if pause.isdecimal() else 0.0, response.read(LARGEST)
    finally:
        connection.close()


def _questions(said: str) -> list[str]:
    """The texts of the array in an answer, whatever stands around it; none if there is no array."""
    begun, ended = said.find("["), said.rfind("]")
    try:
        found = json.loads(said[begun : ended + 1]) if 0 <= begun < ended else []
    except (ValueError, RecursionError):
        return []
    return [" ".join(one.split()) for one in found if isinstance(one, str)]
