"""A real Milvus server beside the index of one machine: the same passages with the same scores, and every way in which it can be away."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from bot.milvus.milvus_candidates import SECONDS, MilvusCandidates
from bot.milvus.milvus_server import MilvusServer
from bot.milvus.passage_table import BOTH, NOTHING, PassageRow, current_version, table_of
from retrieval import CandidateScope, IndexUnavailable, Segmenter, read
from retrieval.index.search import best
from tests.kit.milvus import Milvus
from tests.kit.milvus_rows import Recombined, publish, recombined, sentences_of
from tests.kit.stalling_proxy import stalling
from tests.retrieval.conftest import SPEECHES

pytestmark = pytest.mark.slow

PASSAGES = 400  # a tenth of a second of search here, where every weight is a number of Python's
TOLD_SECONDS = 2.0  # in which whoever asks must have heard that it is away
BACK_SECONDS = 20.0  # in which it is found to be back, on a machine with much else to do
QUESTIONS = ("劳模有哪三个作用", "工会怎么服务职工", "创新是什么", "劳动竞赛 安全生产 技能", "谢谢大家", "怎样培养技术工人", "的")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Recombined:
    return recombined(sentences_of(read(SPEECHES)), PASSAGES, tmp_path_factory.mktemp("texts"), Segmenter())


@pytest.fixture(scope="module")
def written(milvus: Milvus, many: Recombined) -> str:
    """The version under which they are kept."""
    server = MilvusServer(milvus.uri)
    publish(server, "first", many.rows(), len(many.passages))
    server.close()
    return "first"


@pytest.fixture
def candidates(server: MilvusServer, many: Recombined, written: str) -> MilvusCandidates:
    found = MilvusCandidates(server, written, many.space, len(many.passages), BACK_SECONDS)  # what it finds is looked at, not how soon
    found.readiness.look()
    assert found.readiness.trouble == ""
    return found


def terms_of(question: str) -> dict[str, float]:
    return {term.text: 1.0 for term in Segmenter().terms(question)}


def eventually(condition: Callable[[], bool]) -> None:
    """Return when it holds: another process, which no event tells of."""
    deadline = time.monotonic() + BACK_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def says(candidates: MilvusCandidates) -> str:
    """Why it cannot be asked, told in time; "" when it answers."""
    began = time.monotonic()
    try:
        candidates.search({"w劳动": 1.0, "w精神": 2.0}, 10)
    except IndexUnavailable as error:
        assert time.monotonic() - began < TOLD_SECONDS
        return error.why
    return ""


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("k", [1, 12, 300])
def test_numbers_scores_and_order_are_those_of_the_index(candidates: MilvusCandidates, many: Recombined, question: str, k: int) -> None:
    scores = many.index.search(terms_of(question))
    numbers, found = candidates.search(many.space.weighed(terms_of(question)), k)
    expected = best(scores, None, k)
    assert len(numbers) == len(expected)
    assert found == pytest.approx(scores[[*expected]], rel=1e-5)
    assert found == pytest.approx(scores[numbers], rel=1e-5)
    swapped = np.flatnonzero(numbers != expected)
    assert scores[numbers[swapped]] == pytest.approx(scores[np.array(expected)[swapped]], rel=1e-6), "others than equal ones changed places"


@pytest.mark.parametrize(
    "within",
    [
        CandidateScope(passages=(40, 61)),
        CandidateScope("other"),
        CandidateScope(part="opening"),
        CandidateScope(part="closing"),
        CandidateScope("own", (2, 400), "opening"),
    ],
)
def test_only_what_is_asked_for_is_searched(candidates: MilvusCandidates, many: Recombined, within: CandidateScope) -> None:
    first, end = within.passages or (0, len(many.passages))
    rows = [*many.rows()]
    here = [first <= row.number < end and within.collection in ("", row.collection) for row in rows]
    allowed = np.array(here) & np.array([not within.part or row.part in (within.part, BOTH) for row in rows])
    scores = many.index.search(terms_of("劳动精神"))
    numbers, _ = candidates.search(many.space.weighed(terms_of("劳动精神")), 300, within)
    assert allowed.any()
    assert sorted(numbers.tolist()) == sorted(best(scores, allowed, 300))


def test_what_no_passage_says_is_not_asked_of_the_server(candidates: MilvusCandidates) -> None:
    assert [len(part) for part in candidates.search({"w没有的词": 1.0}, 10)] == [0, 0]
    assert [len(part) for part in candidates.search({}, 10)] == [0, 0]


def small(version: str, server: MilvusServer, corpus: Recombined, passages: int = 40, seconds: float = 1.5) -> MilvusCandidates:
    """A version of its own with the first passages."""
    rows = [row for row, _ in zip(corpus.rows(), range(passages), strict=False)]
    publish(server, version, rows, passages)
    return MilvusCandidates(server, version, corpus.space, passages, seconds)


def test_a_passage_without_words_is_kept_and_never_found(server: MilvusServer) -> None:
    rows = [PassageRow(0, "own", 1, "", {}), PassageRow(1, 31 * "青", 1, "", {5: 1.0})]  # the longest name of a collection
    publish(server, "empty", rows, 2)
    assert server.call(lambda client: client.get("speeches_empty", [0], output_fields=["terms"])[0]["terms"], 5.0) == {NOTHING: 1.0}


def test_a_version_is_written_beside_the_one_in_use_and_goes_on_where_it_was(server: MilvusServer, many: Recombined) -> None:
    before = small("one", server, many)
    before.readiness.look()
    rows = [PassageRow(number, "own", 1, "", {number % 9: 1.0}) for number in range(600)]

    def broken_off() -> Iterator[PassageRow]:
        yield from rows[:550]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(server, "two", broken_off(), 600)
    assert current_version(server, 5.0) == "one"
    assert says(before) == ""
    told: list[int] = []
    publish(server, "two", rows, 600, told.append)
    assert told == [500, 600]
    assert current_version(server, 5.0) == "two"
    assert says(before) == "", "whoever has the version before can go on"
    small("three", server, many)
    assert server.call(lambda client: client.has_collection(table_of("one")), 5.0) is False
    assert "speeches_one" in says(before)


def test_what_is_not_loaded_or_not_whole_answers_nothing(server: MilvusServer, many: Recombined) -> None:
    found = small("half", server, many)
    found.readiness.look()
    server.call(lambda client: client.release_collection("speeches_half", timeout=5.0), 5.0)
    assert says(found) != ""
    found.readiness.look()
    assert says(found) == ""
    server.call(lambda client: client.delete("speeches_half", ids=[3, 4], timeout=5.0), 5.0)
    found.readiness.failed("restarted")
    found.readiness.look()
    assert says(found) == "speeches_half has 38 passages of 40; run python -m bot index"


def test_a_killed_server_is_told_of_and_found_again(tmp_path: Path, many: Recombined) -> None:
    milvus = Milvus(tmp_path)
    milvus.start()
    server = MilvusServer(milvus.uri)
    try:
        found = small("killed", server, many, seconds=SECONDS)
        found.readiness.watch()
        eventually(lambda: not found.readiness.trouble)
        milvus.stop()
        assert says(found) != ""
        eventually(lambda: bool(found.readiness.trouble))
        milvus.start()
        eventually(lambda: says(found) == "")
    finally:
        milvus.stop()
        server.close()


def test_a_server_that_stands_still_is_told_of_at_once(milvus: Milvus, many: Recombined) -> None:
    with stalling(milvus.port) as wire:
        server = MilvusServer(f"http://127.0.0.1:{wire.port}")
        found = small("still", server, many, seconds=SECONDS)
        found.readiness.watch()
        eventually(lambda: not found.readiness.trouble)
        wire.stall()
        assert says(found) != ""
        assert all(says(found) for _ in range(100)), "others are told too"
        wire.stall(False)
        eventually(lambda: says(found) == "")
        server.close()


def test_whatever_goes_wrong_it_is_no_answer(server: MilvusServer) -> None:
    for wrong in (AttributeError("no channel"), ValueError("Cannot invoke RPC on closed channel!"), OSError("reset"), TimeoutError()):

        def fails(_: object, wrong: Exception = wrong) -> None:
            raise wrong

        with pytest.raises(IndexUnavailable) as caught:
            server.call(fails, 5.0)
        assert caught.value.where == server.name
        assert caught.value.why


def test_a_server_that_was_never_there_is_told_of(many: Recombined) -> None:
    server = MilvusServer("http://127.0.0.1:9")
    found = MilvusCandidates(server, "none", many.space, 1)
    assert says(found) == "not asked yet"
    found.readiness.look()
    assert says(found) not in ("", "not asked yet")
    with pytest.raises(IndexUnavailable):
        current_version(server, 1.0)
    server.close()
