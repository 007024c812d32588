"""`count` and `verify` by their contracts."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.cli.commands import main
from bot.cli.places import lookup_json
from bot.settings import config
from bot.settings.config import Settings
from retrieval import ExactText, read

NAMES = {path.name: path.read_bytes().decode("utf-8") for path in (config.HERE / "seeds" / "speeches").glob("*.txt")}
DRAFT = "会上说：“劳动改变世界，劳动创造未来。”\n又说“劳模是社会的脊梁、人民的楷模”。\n还说“撸起袖子加油干”。\n"


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setenv("BOT_DATA_DIR", str(settings.data_dir))


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_count_prints_one_json_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["count", "--json", "创新"]) == 0
    (row,) = lines(capsys)
    assert list(row) == ["word", "count", "by_speech", "places"]
    assert (row["word"], row["count"]) == ("创新", 32)
    assert row["by_speech"] == {"1": 1, "2": 2, "3": 5, "4": 10, "5": 11, "6": 3}
    places = row["places"]
    assert isinstance(places, list)
    assert [list(place) for place in places] == [["speech", "file", "start", "end"]] * 32
    assert {NAMES[place["file"]][place["start"] : place["end"]] for place in places} == {"创新"}


def test_count_says_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["count", "--json", "罢工"]) == 0
    assert lines(capsys) == [{"word": "罢工", "count": 0, "by_speech": dict.fromkeys("123456", 0), "places": []}]
    assert main(["count", "罢工"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "「罢工」共 0 次"
    assert [line.split()[-1] for line in said[1:]] == ["0"] * 6


def test_count_for_people_is_a_bar_a_speech_in_the_order_of_time(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["count", "创新"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "「创新」共 32 次，其中标题里 4 次"
    assert [line.split()[1] for line in said[1:]] == ["2006", "2011", "2014", "2014", "2015", "2022"]
    assert [line.count("█") for line in said[1:]] == [2, 1, 5, 10, 11, 3]


def test_count_of_nothing_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["count", "--json", "，。"]) == 2
    assert "no letter" in capsys.readouterr().err


def test_a_lookup_is_told_as_the_contract_says() -> None:
    corpus = read(config.HERE / "seeds" / "speeches")
    exact = ExactText(corpus)
    last = max(corpus.speeches, key=lambda numbered: numbered.speech.file).number
    found = lookup_json(corpus, exact.look_up("劳动改变世界"))
    assert list(found) == ["text", "count", "places", "near"]
    assert (found["count"], len(found["places"]), found["near"]) == (1, 1, None)
    near = lookup_json(corpus, exact.look_up("劳动改变中国，劳动创造未来"))["near"]
    assert list(near) == ["speech", "file", "start", "end", "text", "changed"]
    assert near["text"] == NAMES[near["file"]][near["start"] : near["end"]] == "劳动改变世界，劳动创造未来"
    assert near["changed"] == [[4, 6, "世界"]]
    elsewhere = lookup_json(corpus, exact.look_up("毒豆芽", [(last, corpus.speech(last).speech.span)]))
    assert (elsewhere["count"], elsewhere["places"]) == (0, [])
    assert (elsewhere["near"]["text"], elsewhere["near"]["changed"]) == ("毒豆芽", [])
    assert lookup_json(corpus, exact.look_up("撸起袖子加油干")) == {"text": "撸起袖子加油干", "count": 0, "places": [], "near": None}


def test_verify_prints_a_json_line_a_quotation(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_bytes(DRAFT.encode("gb18030"))
    assert main(["verify", "--json", str(draft)]) == 1
    rows = lines(capsys)
    assert [list(row) for row in rows] == [["line", "text", "state", "place", "places", "changed"]] * 3
    assert [(row["line"], row["state"]) for row in rows] == [(1, "same"), (2, "differs"), (3, "absent")]
    same, differs, absent = rows
    assert same["changed"] == absent["changed"] == absent["places"] == []
    assert absent["place"] is None
    assert differs["changed"] == [[6, 8, "中坚"]], "the range of the text, the words of the speech"
    for row in (same, differs):
        place = row["place"]
        assert isinstance(place, dict)
        assert row["places"] == [place]
        assert NAMES[place["file"]][place["start"] : place["end"]] in ("劳动改变世界，劳动创造未来。", "劳模是社会的中坚、人民的楷模")


@pytest.mark.parametrize(
    ("draft", "status"), [("“劳动改变世界，劳动创造未来。”", 0), ("劳动最光荣，劳模最伟大。", 0), ("劳动最不光荣。", 1)]
)
def test_the_exit_status_says_whether_all_is_the_same(
    draft: str, status: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(draft.encode())))
    assert main(["verify", "-"]) == status
    assert capsys.readouterr().out.splitlines()[-1].startswith("共 1 处")


def test_verify_for_people_strikes_out_and_puts_in(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(DRAFT, encoding="utf-8")
    assert main(["verify", str(draft)]) == 1
    said = capsys.readouterr().out
    assert "≈ 第2行 劳模是社会的〔-脊梁-〕〔+中坚+〕、人民的楷模" in said
    assert "✗ 第3行 撸起袖子加油干" in said
    assert said.splitlines()[-1] == "共 3 处：✓ 1　≈ 1　✗ 1"


@pytest.mark.parametrize("name", ["copy.txt", "copy.HTML"])
def test_verify_leaves_a_marked_copy(name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    draft, copy = tmp_path / "draft.txt", tmp_path / name
    draft.write_text(DRAFT, encoding="utf-8")
    assert main(["verify", str(draft), "--out", str(copy)]) == 1
    assert ("<del>脊梁</del>" in copy.read_text(encoding="utf-8")) == name.endswith("HTML")
    assert "撸起袖子加油干" in copy.read_text(encoding="utf-8")
    assert capsys.readouterr().out


def test_verify_tells_what_is_wrong_with_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    scan, old = tmp_path / "scan.pdf", tmp_path / "x.txt"
    scan.write_bytes(b"%PDF-1.7")
    old.write_text("好", encoding="utf-8")
    assert main(["verify", str(scan)]) == 1
    assert capsys.readouterr().err == "scan.pdf: is a PDF; copy its text into a .txt or .docx file\n"
    assert main(["verify", str(tmp_path / "none.txt")]) == 1
    assert "none.txt: No such file" in capsys.readouterr().err
    assert main(["verify", str(old), "--out", "copy.pdf"]) == 2
    assert ".txt or .html" in capsys.readouterr().err


@pytest.fixture
def others(tmp_path: Path) -> Path:
    """A folder with one speech that is none of the bundled ones."""
    folder = tmp_path / "speeches"
    folder.mkdir()
    text = "在春季植树动员会上的讲话\n\n同志们：\n\n种树就是种下希望。树要年年种，林要代代护。\n"
    (folder / "植树.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.slow
def test_words_are_counted_in_speeches_of_a_folder(capsys: pytest.CaptureFixture[str], others: Path) -> None:
    assert main(["count", "--json", "种", "--speeches", str(others)]) == 0
    (row,) = lines(capsys)
    assert (row["count"], row["by_speech"]) == (3, {"1": 3})
    assert main(["count", "--json", "--speeches", str(others), "创新"]) == 0
    assert lines(capsys) == [{"word": "创新", "count": 0, "by_speech": {"1": 0}, "places": []}]


@pytest.mark.slow
def test_a_draft_is_verified_against_speeches_of_a_folder(
    capsys: pytest.CaptureFixture[str], others: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for draft, state, status in (("树要年年种，林要代代护。", "same", 0), ("劳动改变世界，劳动创造未来。", "absent", 1)):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(draft.encode())))
        assert main(["verify", "--json", "-", "--speeches", str(others)]) == status
        (row,) = lines(capsys)
        assert row["state"] == state


@pytest.mark.slow
@pytest.mark.parametrize("command", [["count", "树"], ["verify", "-"]])
def test_a_folder_without_speeches_is_told(
    command: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO("种树。".encode())))
    assert main([*command, "--speeches", str(tmp_path / "none")]) == 1
    assert "none" in capsys.readouterr().err
