"""A Milvus server of the tests' own: `milvus-lite server` as a process, its data in a folder, on loopback."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from tests.kit.crowd import free_port
from tests.kit.process import end_with_the_tests

LISTENING = "listening on"  # the server's last word before it takes calls


class Milvus:
    """One server; what it keeps stays when it is killed and started again."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self._folder = folder
        self._server: subprocess.Popen[str] | None = None
        self.port = port or free_port()

    @property
    def uri(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Return once it takes calls. From the main thread: the server ends with the thread that started it."""
        command = [sys.executable, "-u", "-m", "milvus_lite", "server", "--data-dir", str(self._folder / "milvus"), "--host", "127.0.0.1"]
        how = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "preexec_fn": end_with_the_tests}
        self._server = subprocess.Popen([*command, "--port", str(self.port)], **how)  # type: ignore[call-overload]
        assert self._server
        assert self._server.stdout
        said = []
        while not (said and LISTENING in said[-1]):
            said.append(self._server.stdout.readline())
            assert said[-1], "".join(said)

    def stop(self, number: int = signal.SIGKILL) -> None:
        """End it, by default as a power cut does."""
        assert self._server is not None
        if self._server.poll() is None:
            self._server.send_signal(number)
        self._server.wait(60)
        assert self._server.stdout
        self._server.stdout.close()

    def stand_still(self, still: bool = True) -> None:
        """It is there and answers nothing, until it goes on."""
        assert self._server is not None
        self._server.send_signal(signal.SIGSTOP if still else signal.SIGCONT)
