"""Names of the public face are loaded when they are used; what types see is what runs."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import retrieval

FACE = Path(retrieval.__file__)


def test_every_name_is_there_for_types_and_at_run_time() -> None:
    (typed,) = (node for node in ast.parse(FACE.read_text(encoding="utf-8")).body if isinstance(node, ast.If) and node.orelse == [] and
                ast.unparse(node.test) == "TYPE_CHECKING")  # fmt: skip
    declared = {}
    for node in typed.body:
        assert isinstance(node, ast.ImportFrom)
        declared |= {alias.asname: (node.module, alias.name) for alias in node.names}
    assert declared == {name: (f"retrieval.{module}", name) for name, module in retrieval._MODULES.items()}
    for name in retrieval.__all__:
        assert getattr(retrieval, name) is not None


def test_another_name_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        retrieval.nonsense  # noqa: B018


def test_a_name_loads_no_more_than_it_needs() -> None:
    code = "import sys; from retrieval import to_int, Corpus; print(sorted(m for m in sys.modules if m in ('numpy', 'rank_bm25', 're')))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=FACE.parent.parent).stdout
    assert "numpy" not in said
