"""Words said over and over, as people laugh, keep the bot from nothing: each such message is answered, and in order."""

from __future__ import annotations

from bot.contract.response import Asker
from bot.service import SpeechService
from bot.service.asking import OFTEN, calmed
from tests.kit.seen import only
from tests.kit.table import each_row


@each_row(
    "said, kept",
    [
        ("哈" * 60 + "工会怎么说", "哈" * OFTEN + "工会怎么说"),
        ("那个" * 60, "那个" * OFTEN),
        ("有没有有没有", "有没有有没有"),
        ("2" * 60, "2" * 60),
        ("劳动最光荣", "劳动最光荣"),
    ],
)
def test_nothing_is_kept_more_than_so_often(said: str, kept: str) -> None:
    assert calmed(said) == kept


@each_row("word", ["哈", "哦", "看看", "请问", "有没有", "谢谢", "那个", "总共", "翻回到", "一点都", "接着", "机器人", "提到"])
def test_it_is_answered(service: SpeechService, asker: Asker, word: str) -> None:
    assert only(service.question(asker, word * 50 + "工会怎么说")).text
    assert only(service.question(asker, word * 50)).text
