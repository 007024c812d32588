"""The command line by its contracts."""

from __future__ import annotations

import inspect
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from bot.cli.ask import HOW
from bot.cli.commands import COMMANDS, WITHOUT_COMMAND, Subcommand, main, parser
from bot.cli.measure import evaluate
from bot.settings import config
from bot.settings.config import Settings
from bot.settings.library import Library
from retrieval.evaluate import Accepted, Question, unfounded
from tests.kit.small_seeds import QUOTE, small_seeds


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[None]:
    for name in ("TELEGRAM_BOT_TOKEN", "BOT_CONFIG", "BOT_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BOT_DATA_DIR", str(settings.data_dir))
    return


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def texts() -> dict[str, str]:
    folder = config.HERE / "seeds" / "speeches"
    return {path.name: path.read_bytes().decode("utf-8") for path in folder.glob("*.txt")}


def test_ask_prints_a_json_line_of_verbatim_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--json", "--top", "2", "劳模有哪三个作用？"]) == 0
    (row,) = lines(capsys)
    assert list(row) == ["question", "answered", "confidence", "exact", "quotes"]
    assert (row["question"], row["answered"], row["confidence"]) == ("劳模有哪三个作用？", True, "sure")
    quotes = row["quotes"]
    assert isinstance(quotes, list)
    assert 1 <= len(quotes) <= 2
    for quote in quotes:
        assert set(quote) == {"id", "speech", "title", "path", "file", "start", "end", "text", "marks", "score", "also", "shown"}
        text = texts()[quote["file"]]
        assert text[quote["start"] : quote["end"]] == quote["text"]
        assert all(quote["start"] <= a < b <= quote["end"] for a, b in quote["marks"])


def test_json_has_as_many_quotes_as_wanted_and_tells_which_a_card_shows(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--json", "--top", "5", "一线工人占多少"]) == 0
    (row,) = lines(capsys)
    quotes = row["quotes"]
    assert isinstance(quotes, list)
    assert [quote["shown"] for quote in quotes] == [True, False, False, False, False]
    assert [quote["score"] for quote in quotes] == sorted((quote["score"] for quote in quotes), reverse=True)


@pytest.mark.slow
def test_every_line_of_standard_input_gets_its_line_at_once() -> None:
    """Asks the next question only after the answer to the one before has come."""
    command = [sys.executable, "-m", "bot", "ask", "--json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=config.HERE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for question in ("劳模精神是什么", "", "今晚吃什么", "第三篇第二部分讲了什么"):
            process.stdin.write(question.encode() + b"\n")
            process.stdin.flush()
            row = json.loads(process.stdout.readline())
            assert row["question"] == question
            assert row["answered"] == bool(row["quotes"]) == (question not in ("", "今晚吃什么"))
        process.stdin.close()
        assert process.wait() == 0


HEAVY = ("PIL", "aiohttp", "jieba", "numpy", "opencc", "prometheus_client", "pypinyin", "rank_bm25", "sqlalchemy", "telegram")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["ask", "--json", "劳模"], ["numpy"]),
        (["speech", "3.2"], []),
        (["speech", "第三篇"], []),
        (["random", "5"], []),
        (["outline"], []),
    ],
    ids=" ".join,
)
def test_a_later_start_loads_nothing_heavy_that_it_does_not_need(arguments: list[str], needed: list[str]) -> None:
    code = f"import sys; from bot.cli.commands import main; main({arguments}); print([m for m in {HEAVY} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=config.HERE, check=True)
    assert found.stdout.splitlines()[-1] == str(needed)


def test_a_chat_on_a_terminal_goes_on_with_the_question_before(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    typed = "你好\n劳模有哪三个作用？\n还有吗\n3.2\n第五篇\n第二点\n第九篇\n退出\n榜样的力量有多大\n"
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    assert main(["ask"]) == 0
    out = capsys.readouterr().out
    assert "劳模有三个作用" in out
    assert "5.2 第二，围绕中心" in out
    assert "第二，围绕中心、服务大局，争当推动发展的标兵。当前" in out
    assert "没有「9」，这里有：1 2 3 4 5 6" in out
    assert "榜样的力量是无穷的" not in out
    assert "二要改革创新" in out
    assert out.count("第1篇") >= 1


def test_material_and_beginnings_are_shown_on_a_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal("素材 工会\n素材 幼儿园\n帮我写个开头\n"))
    assert main(["ask"]) == 0
    out = capsys.readouterr().out
    assert "是什么\n│ 工会组织是党领导下的工人阶级群众组织" in out
    assert "结尾祝愿（不限话题）" in out
    assert "各篇都没有讲到「幼儿园」" in out
    assert "│ 大家好！" not in out
    assert out.rpartition("我不写稿子")[2].count("│ ") == 6


def test_a_quiz_and_a_theme_with_its_formulas_on_a_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    typed = "考考我\n1\n换一道\n不知道\n/quiz\n2\n/compare 工会\n/compare\n/compare 幼儿园\n/random 奋斗\n/random 幼儿园\n目录\n/daily\n"
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    assert main(["ask"]) == 0
    out = capsys.readouterr().out
    assert len(re.findall(r"这句话是(?:哪年|在哪里)讲的？\n  1\. ", out)) == 3
    assert len(re.findall(r"[✓✗] \S+\n│ ", out)) == 3
    assert "「工会」在6篇讲话里" in out
    assert "把竭诚为职工〔增：群众〕服务作为工会〔删：一切〕工作的出发点和落脚点" in out
    assert "比较哪个话题" in out
    assert "各篇都没有讲到「幼儿园」" in out
    assert "没有适合单独展示、又带「幼儿园」的句子" in out
    assert "\n6  2022 " in out
    assert out.count(HOW) == 2


@pytest.mark.slow
def test_other_speeches_are_asked_with_speeches(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = "一、安全生产。安全生产要抓好责任落实，责任落实要到每一个班组。\n\n二、节约用水。节约用水从每一个人做起。\n"
    (tmp_path / "安全.txt").write_text(words, encoding="utf-8")
    assert main(["ask", "--json", "--speeches", str(tmp_path), "怎么抓安全生产的责任"]) == 0
    (row,) = lines(capsys)
    quotes = row["quotes"]
    assert isinstance(quotes, list)
    assert all(words[q["start"] : q["end"]] == q["text"] for q in quotes)


def test_speech_prints_parts_as_quotes_and_speeches_as_nodes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["speech", "3.2", "--json"]) == 0
    (part,) = lines(capsys)
    assert str(part["text"]).startswith("二要改革创新。")
    assert main(["speech", "第三篇", "--json"]) == 0
    assert {row["speech"] for row in lines(capsys)} == {3}
    assert main(["speech", "3"]) == 0
    assert "3.4 四要做好表率" in capsys.readouterr().out


@pytest.mark.parametrize(("reference", "words"), [("9", "there are 1, 2, 3, 4, 5, 6"), ("你好", "names no speech")])
def test_unknown_references_are_wrong_use(capsys: pytest.CaptureFixture[str], reference: str, words: str) -> None:
    assert main(["speech", reference]) == 2
    assert words in capsys.readouterr().err


def test_outline_prints_every_node(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outline", "--json"]) == 0
    rows = lines(capsys)
    kinds = [row["kind"] for row in rows]
    assert (kinds.count("section"), kinds.count("point"), kinds.count("subpoint")) == (18, 28, 6)
    assert set(kinds) == {"title", "salutation", "opening", "closing", "section", "point", "subpoint", "paragraph"}
    assert {"speech", "kind", "label", "heading", "depth", "file", "start", "end"} == set(rows[0])


def test_random_prints_reviewed_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["random", "5", "-n", "3", "--json"]) == 0
    assert {row["speech"] for row in lines(capsys)} == {5}
    assert main(["random", "恐龙"]) == 2


@pytest.mark.slow
def test_check_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert "6 speeches, 52 parts" in capsys.readouterr().out


def test_explain_shows_how_each_answer_came_about(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--explain", "劳模有哪三个作用？", "员工", "3.2", "结尾"]) == 0
    searched, keyword, part, place = capsys.readouterr().out.split("? ")[1:]
    assert "sure，因为 answered" in searched
    assert "有答案" in searched
    assert "near，因为 keyword often asked" in keyword
    assert "只看模型 none：" in keyword
    assert "只查段落：3.2" in part
    assert "sure，因为 place named" in place


@pytest.mark.parametrize(
    ("content", "says"), [(b"", "empty"), (b"\xff\xfe", "cannot be read"), (b"{}", "expected id"), (b"[1]\n", "expected id")]
)
def test_a_set_that_cannot_be_read_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes(content)
    assert main(["eval", str(path)]) == 1
    said = capsys.readouterr().err
    assert path.name in said
    assert says in said


def test_accepted_quotes_that_stand_nowhere_are_named(library: Library) -> None:
    rows = [("a", "劳模有三个作用"), ("b", "劳模有四个作用"), ("c", "")]
    asked = [Question(name, "all", "?", (Accepted(1, words),) if words else ()) for name, words in rows]
    assert unfounded(library.corpus, asked) == ["b"]
    assert unfounded(library.corpus, [Question("d", "all", "?", (Accepted(7, "劳模"),))]) == ["d"]


@pytest.mark.parametrize("port", ["99999", "-1", "x"])
def test_a_port_that_is_none_is_wrong_use(capsys: pytest.CaptureFixture[str], port: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["demo", "--port", port])
    assert ended.value.code == 2
    assert "no port" in capsys.readouterr().err


@pytest.mark.slow
def test_eval_measures_a_set(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    accepted = [{"speech": 1, "quote": "劳模有三个作用，第一个，带头作用"}]
    rows = [{"id": "1", "kind": "factoid", "q": "劳模有哪三个作用", "answers": accepted},
            {"id": "2", "kind": "far", "q": "今晚吃什么", "answers": []}]  # fmt: skip
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    assert main(["eval", str(path), "--json"]) == 0
    (row,) = lines(capsys)
    assert row["kinds"]["all"]["hit1"] == 1.0  # type: ignore[index]
    assert row["checks"]["answered"]["decided"] == 1  # type: ignore[index]


@pytest.mark.slow
def test_eval_measures_what_an_index_has_not_seen(capsys: pytest.CaptureFixture[str], settings: Settings, tmp_path: Path) -> None:
    """Each of fifteen writers on an index that knows nothing of theirs."""
    path = tmp_path / "set.jsonl"
    row = {"id": "1", "kind": "factoid", "q": "责任落实到哪里", "answers": [{"speech": 1, "quote": QUOTE}]}
    path.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    small = small_seeds(settings, tmp_path, writers=15)
    assert evaluate(small, [path], compare=False, ablation=False, unseen=2, as_json=False, chart=None, shown=0) == 0
    out = capsys.readouterr().out
    assert out.count("hit@1") == out.count("last word") == 2
    assert re.search(r"^written 15 +2 +1\.000", out, re.MULTILINE)
    assert "far sure 0" in out


def test_review_lists_what_there_is_to_learn_from(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", f"sqlite:///{tmp_path}/bot.db")
    assert main(["review"]) == 0
    assert "nothing to learn from yet" in capsys.readouterr().out
    assert main(["review", "1"]) == 2


@pytest.mark.parametrize("command", [Subcommand("", WITHOUT_COMMAND, ""), *COMMANDS], ids=lambda command: command.name or "none")
def test_every_command_names_a_function_that_takes_its_arguments(command: Subcommand, settings: Settings) -> None:
    needed = [
        argument.options.get("choices", ("1" if argument.options.get("type") not in (None, Path) else argument.name,))[0]
        for argument in command.arguments
        if not argument.name.startswith("-") and argument.options.get("nargs") in (None, "+")
    ]
    values = vars(parser().parse_args([*filter(None, [command.name]), *needed]))
    module, _, name = values.pop("work").partition(":")
    function = getattr(import_module(f"bot.cli.{module}"), name)
    assert inspect.signature(function).bind(settings, **values)


@pytest.mark.parametrize("wrong", [["ask", "--top", "0"], ["ask", "--top", "x"], ["speech"], ["nonsense"]])
def test_wrong_use_is_status_2(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(wrong)
    assert caught.value.code == 2


def test_faulty_configuration_is_status_1_with_all_problems(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BOT_CONFIG", str(tmp_path))
    monkeypatch.setenv("BOT_ADMINS", "x")
    assert main(["ask", "劳模"]) == 1
    err = capsys.readouterr().err
    assert "bot.yaml: missing" in err
    assert "BOT_ADMINS" in err
    monkeypatch.setenv("BOT_ADMINS", "")
    assert main(["ask", "--speeches", str(tmp_path), "劳模"]) == 1
