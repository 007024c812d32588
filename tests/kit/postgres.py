"""A PostgreSQL server of the tests' own: its cluster in a temporary folder, on loopback, ended with the tests."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg

from tests.kit.crowd import PR_SET_PDEATHSIG, free_port

MISSING = "no PostgreSQL server on this machine; `.ci/run` installs Debian's"
USER = "bot"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",  # processes are killed here, not machines
    "max_connections": "60",
    "autovacuum": "off",
}


def binaries() -> Path | None:
    """The folder of the server's programs; Debian keeps them out of the path."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((folder for folder in reversed(folders) if (folder / "postgres").exists()), None)


def _unprivileged() -> dict[str, str]:
    """The server refuses to run as root."""
    if os.getuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    return {"user": "postgres" if "postgres" in names else "nobody"}


def _end_with_the_tests() -> None:
    import ctypes

    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


class Cluster:
    """One server with as many databases as are asked for."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._who: dict[str, Any] = _unprivileged()
        self._folder = Path(tempfile.mkdtemp(prefix="postgres-"))
        self._password = secrets.token_hex(8)
        self._server: subprocess.Popen[bytes] | None = None
        self._names = 0
        self.port = free_port()
        self._initialize()

    def _initialize(self) -> None:
        password = self._folder / "password"
        password.write_text(self._password)
        if self._who:
            for path in (self._folder, password):
                shutil.chown(path, self._who["user"])
        command = (
            self._programs / "initdb",
            "-D",
            self._folder / "data",
            "-U",
            USER,
            "--auth=scram-sha-256",
            f"--pwfile={password}",
            "--no-sync",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
        )
        subprocess.run(command, check=True, capture_output=True, cwd="/", **self._who)

    def url(self, name: str = "postgres") -> str:
        """The address of a database."""
        return f"postgresql://{USER}:{self._password}@127.0.0.1:{self.port}/{name}"

    def create(self) -> str:
        """A fresh database; its address."""
        self._names += 1
        name = f"bot_{self._names}"
        self.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def execute(self, command: str, database: str = "postgres") -> Sequence[tuple[Any, ...]]:
        """One command of the superuser, by itself; its rows."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(command)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []

    def disconnect(self) -> None:
        """Drop the connection of every client, as a proxy or a firewall does."""
        self.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )

    def start(self) -> None:
        """Return once it answers; after a kill it waits for what is left of the one before.

        From the main thread: the server ends with the thread that started it.
        """
        settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        command = (self._programs / "postgres", "-D", self._folder / "data", "-p", str(self.port), *settings)
        deadline = time.monotonic() + 60
        while True:
            with (self._folder / "log").open("ab") as log:
                how: dict[str, Any] = {"stdout": log, "stderr": log, "cwd": "/", "start_new_session": True}
                self._server = subprocess.Popen(command, preexec_fn=_end_with_the_tests, **how, **self._who)
            while self._server.poll() is None:
                with suppress(psycopg.OperationalError):
                    self.execute("SELECT 1")
                    return
                time.sleep(0.02)
            assert time.monotonic() < deadline, (self._folder / "log").read_text()

    def stop(self, number: int = signal.SIGINT) -> None:
        """End it: SIGINT as an administrator does, SIGQUIT without a last word, SIGKILL as a power cut."""
        assert self._server is not None
        if self._server.poll() is None:
            self._server.send_signal(number)
        self._server.wait(60)

    def remove(self) -> None:
        """End it for good, with all of its processes: nothing of it is needed any more."""
        if self._server is not None and self._server.poll() is None:
            os.killpg(self._server.pid, signal.SIGKILL)
            self._server.wait(60)
        shutil.rmtree(self._folder, ignore_errors=True)
