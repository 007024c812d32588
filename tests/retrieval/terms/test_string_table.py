"""Strings in arrays are found like those of a dict."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.terms.string_table import StringList, StringMap, StringTable, string_list, string_map, string_table

words = st.text(st.sampled_from([*"wbc劳动模范精神3", "\ud800"]), max_size=6)


def bytes_of(arrays: dict[str, memoryview]) -> dict[str, memoryview]:
    """As a file has them."""
    return {name: memoryview(array.tobytes()) for name, array in arrays.items()}


@given(st.lists(words, unique=True), words)
def test_a_table_numbers_its_strings_and_knows_no_others(strings: list[str], other: str) -> None:
    built = string_table(strings)
    for table in (built, StringTable.of_arrays(bytes_of(dict(built.arrays)))):
        numbers = {string: number for number, string in enumerate(strings)}
        assert dict(table) == numbers
        assert len(table) == len(strings)
        assert table.get(other) == numbers.get(other)
        assert (other in table) == (other in numbers)
        assert table.get(other, -1) == numbers.get(other, -1)


@given(st.lists(words))
def test_a_list_comes_back_as_it_was(strings: list[str]) -> None:
    built = string_list(strings)
    for found in (built, StringList.of_arrays(bytes_of(dict(built.arrays)))):
        assert list(found) == strings
        assert list(found[1:]) == strings[1:]
        with pytest.raises(IndexError):
            found[len(strings)]


@given(st.dictionaries(words, words))
def test_a_map_comes_back_as_it_was(mapping: dict[str, str]) -> None:
    assert dict(StringMap.of_arrays(bytes_of(dict(string_map(mapping).arrays)))) == mapping


def test_what_is_no_string_is_in_no_table() -> None:
    table = string_table(["劳模"])
    assert 3 not in table
    with pytest.raises(KeyError):
        table["工会"]
