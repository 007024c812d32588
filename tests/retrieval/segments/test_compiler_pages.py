"""What the compiler was read for goes back to the system, and only that."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from retrieval.segments.compiler_pages import CompilerPages, as_in_the_file
from retrieval.segments.compiling import IS_COMPILED

pytestmark = pytest.mark.slow


SMAPS = """\
7f0000000000-7f0000002000 r-xp 00000000 fe:00 31                         /usr/lib/libllvmlite.so
Rss:                   8 kB
Anonymous:             0 kB
7f0000002000-7f0000003000 r--p 00002000 fe:00 31                         /usr/lib/libllvmlite.so
Rss:                   4 kB
Anonymous:             4 kB
7f0000003000-7f0000004000 r-xp 00000000 fe:00 32                         /usr/lib/libc.so.6
Rss:                   4 kB
Anonymous:             0 kB
7f0000004000-7f0000005000 rw-p 00000000 00:00 0
Anonymous:             0 kB
"""

COMPILED = """
from pathlib import Path
import re
from numba import njit
from retrieval.segments.compiler_pages import CompilerPages

@njit
def doubled(number):
    return 2 * number

def held():
    rows = re.findall(r"libllvmlite[^\\n]*\\n(?:[A-Z].*\\n)*?Rss: +(\\d+) kB", Path("/proc/self/smaps").read_text())
    return sum(map(int, rows))

pages = CompilerPages([doubled])
assert doubled(3) == 6
before = held()
pages.give_back()
after = held()
assert doubled(4) == 8 and held() < after + 100
assert doubled(1.5) == 3.0
again = held()
pages.give_back()
print(before, after, again, held())
"""


def test_only_ranges_of_the_compiler_that_are_as_in_its_file_are_given_back() -> None:
    assert as_in_the_file(SMAPS) == [(0x7F0000000000, 0x2000)]


def test_without_functions_nothing_is_given_back() -> None:
    CompilerPages(()).give_back()


@pytest.mark.skipif(not IS_COMPILED or not Path("/proc/self/smaps").exists(), reason="needs numba, and Linux")
def test_what_was_compiled_runs_on_and_more_can_be_compiled() -> None:
    found = subprocess.run([sys.executable, "-c", COMPILED], check=True, capture_output=True, text=True).stdout
    before, after, again, last = map(int, re.findall(r"\d+", found))
    assert after < before / 4
    assert again > after > last / 2
