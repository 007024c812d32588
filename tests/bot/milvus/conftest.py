"""A connection to the Milvus server of the tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.milvus.milvus_server import MilvusServer
from tests.kit.milvus import Milvus


@pytest.fixture
def server(milvus: Milvus) -> Iterator[MilvusServer]:
    connection = MilvusServer(milvus.uri)
    yield connection
    connection.close()
