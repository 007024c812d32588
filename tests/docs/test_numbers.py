"""docs/numbers.md tells the numbers that the code has."""

from __future__ import annotations

import re

from tests.kit.documents import ROOT, page
from tests.kit.table import each_row

ROW = re.compile(r"^\| `([A-Z_0-9]+)` \| `([\w/.]+\.py)` \| ([\d.][\d. ]*)", re.MULTILINE)
ROWS = ROW.findall(page("docs/numbers.md"))


@each_row("name, path, value", ROWS)
def test_a_number_in_the_document_is_the_one_in_the_code(name: str, path: str, value: str) -> None:
    stated = re.search(rf"^{name} = ([\d._]+)", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)
    assert stated, f"{path} has no {name}"
    assert float(stated[1]) == float(value.replace(" ", ""))


def test_the_numbers_of_the_verdict_are_told() -> None:
    assert {"KEYWORD", "ELSEWHERE", "NAME", "KNOWN", "FAR", "LOST", "NEAR", "PRECISION"} <= {row[0] for row in ROWS}
