"""One Milvus server for the tests of a process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.milvus.milvus_server import MilvusServer
from tests.kit.milvus import Milvus


@pytest.fixture(scope="session")
def milvus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Milvus]:
    server = Milvus(tmp_path_factory.mktemp("milvus"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server(milvus: Milvus) -> Iterator[MilvusServer]:
    connection = MilvusServer(milvus.uri)
    yield connection
    connection.close()
