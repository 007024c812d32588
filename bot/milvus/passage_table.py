"""The passages of one version of the speeches as rows of a Milvus collection, and the name by which the current version is found.

A version is written beside the one in use, counted, loaded, and then named current in one step; the version before stays until the
next one, for bots that have not taken the new one up.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.milvus.milvus_server import MilvusServer
from retrieval import IndexUnavailable, Vector

if TYPE_CHECKING:
    from pymilvus import MilvusClient

BOTH = "both"
CURRENT = "speeches"  # the alias of the version in use
AT_ONCE = 500  # rows of a request: 2 MB with 500 terms each, where grpc refuses 64
SECONDS = 120.0  # of a request of the ingest, which nobody waits for; loading ten million passages takes minutes, and is looked at again
FLAT = 20_000  # vectors of meaning up to which all are looked at: 10 million multiplications, a few milliseconds
NOTHING = 2**31 - 1  # the only term of a passage without any, which would be refused; no question has it
NAMES = 128  # bytes of a collection's name: 31 characters of three


RowsTold = Callable[[int], None]  # how many rows are there


@dataclass(frozen=True, slots=True)
class PassageRow:
    """What is kept of a passage. number: its place among all. part: see `part_of`.

    meaning: less the mean of all, in length one; length: what that was. () without a model, or for a passage that is found by asks.
    """

    number: int
    collection: str
    speech: int
    part: str
    terms: Vector
    meaning: Sequence[float] = ()
    length: float = 0.0


def part_of(opening: bool, closing: bool) -> str:
    """Of a passage that stands in the opening or the closing of its speech, of a short one in both.

    >>> [part_of(*of) for of in ((True, False), (False, True), (True, True), (False, False))]
    ['opening', 'closing', 'both', '']
    """
    return BOTH if opening and closing else "opening" if opening else "closing" if closing else ""


def table_of(version: str) -> str:
    """The collection's name of a version, which is of letters and digits.

    >>> table_of("1f2e3d")
    'speeches_1f2e3d'
    """
    return f"{CURRENT}_{version}"


def current_version(server: MilvusServer, seconds: float) -> str:
    """The version in use. Raises IndexUnavailable, also when there is none."""
    found = server.call(lambda client: _target(client, seconds), seconds)
    if not found:
        raise IndexUnavailable(server.name, "it has no index yet; run python -m bot index")
    return found.removeprefix(f"{CURRENT}_")


def write_version(server: MilvusServer, version: str, rows: Iterable[PassageRow], count: int, width: int, told: RowsTold) -> None:
    """Writes the `count` rows, in the order of their numbers, unless they are there, so that they can be asked.

    What an earlier run left unfinished is gone on with. width: of the vectors of meaning, 0 without. Raises IndexUnavailable.
    """
    name = table_of(version)
    done = server.call(lambda client: _begun(client, name, width, count), SECONDS)
    told(done)
    for portion in _portions(itertools.islice(rows, done, None), width):
        server.call(lambda client, portion=portion: client.upsert(name, portion, timeout=SECONDS), SECONDS)  # type: ignore[misc]
        done += len(portion)
        told(done)
    server.call(lambda client: client.flush(name, timeout=SECONDS), SECONDS)
    server.call(lambda client: client.load_collection(name, timeout=SECONDS), SECONDS)
    there = server.call(lambda client: rows_in(client, name, SECONDS), SECONDS)
    if there != count:
        raise IndexUnavailable(server.name, f"{name} has {there} rows of {count}; drop it and run python -m bot index again")


def make_current(server: MilvusServer, version: str) -> None:
    """The version is what the alias names, in one step; of the others the one that was until now stays. Raises IndexUnavailable."""
    server.call(lambda client: _made_current(client, table_of(version)), SECONDS)


def rows_in(client: MilvusClient, name: str, seconds: float) -> int:
    """How many rows a loaded collection has."""
    found = client.query(name, filter="", output_fields=["count(*)"], consistency_level="Strong", timeout=seconds)
    return int(found[0]["count(*)"])


def _begun(client: MilvusClient, name: str, width: int, count: int) -> int:
    """The collection is there; how many of the first rows it has."""
    if not client.has_collection(name, timeout=SECONDS):
        client.create_collection(name, schema=_schema(client, width), index_params=_indexes(client, width, count), timeout=SECONDS)
        return 0
    client.load_collection(name, timeout=SECONDS)
    return rows_in(client, name, SECONDS)


def _schema(client: MilvusClient, width: int) -> Any:
    from pymilvus import DataType

    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("number", DataType.INT64, is_primary=True)
    schema.add_field("collection", DataType.VARCHAR, max_length=NAMES)
    schema.add_field("speech", DataType.INT64)
    schema.add_field("part", DataType.VARCHAR, max_length=NAMES)
    schema.add_field("terms", DataType.SPARSE_FLOAT_VECTOR)
    if width:
        schema.add_field("meaning", DataType.FLOAT_VECTOR, dim=width)
        schema.add_field("length", DataType.FLOAT)
    return schema


def _indexes(client: MilvusClient, width: int, count: int) -> Any:
    indexes = client.prepare_index_params()
    indexes.add_index("terms", index_type="SPARSE_INVERTED_INDEX", metric_type="IP", params={"inverted_index_algo": "DAAT_MAXSCORE"})
    if width:
        graph = {"index_type": "HNSW", "params": {"M": 16, "efConstruction": 200}}  # Milvus' own middle way
        indexes.add_index("meaning", metric_type="IP", **(graph if count > FLAT else {"index_type": "FLAT"}))
    return indexes


def _portions(rows: Iterable[PassageRow], width: int) -> Iterator[list[Mapping[str, Any]]]:
    every = iter(rows)
    while portion := [_row(row, width) for row in itertools.islice(every, AT_ONCE)]:
        yield portion


def _row(row: PassageRow, width: int) -> Mapping[str, Any]:
    found = {"number": row.number, "collection": row.collection, "speech": row.speech, "part": row.part}
    meant = {"meaning": list(row.meaning) or [0.0] * width, "length": row.length} if width else {}
    return found | {"terms": row.terms or {NOTHING: 1.0}} | meant


def _target(client: MilvusClient, seconds: float) -> str:
    """The collection that is the current one, "" for none; to ask for an alias that is not there is an error without a code of its own."""
    for name in _versions(client, seconds):
        if CURRENT in client.list_aliases(name, timeout=seconds)["aliases"]:
            return name
    return ""


def _versions(client: MilvusClient, seconds: float) -> list[str]:
    return [name for name in client.list_collections(timeout=seconds) if name.startswith(f"{CURRENT}_")]


def _made_current(client: MilvusClient, name: str) -> None:
    before = _target(client, SECONDS)
    if before != name:
        (client.alter_alias if before else client.create_alias)(name, CURRENT, timeout=SECONDS)
    for other in _versions(client, SECONDS):
        if other not in (name, before):
            client.drop_collection(other, timeout=SECONDS)
