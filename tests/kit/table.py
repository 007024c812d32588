"""A table of cases as one test: pytest takes 4 ms of the processor for each test of its own, and there are thousands of rows."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any

Check = Callable[..., None]


def each_row(names: str, table: Iterable[Any]) -> Callable[[Check], Check]:
    """As `pytest.mark.parametrize`, but in one test, which tries all rows and names each that fails with what was wrong.

    names: the arguments that a row gives, with commas between them; of one alone a row is its value. Only for checks that leave nothing
    behind.
    """
    arguments, every = names.split(", "), list(table)

    def decorated(check: Check) -> Check:
        signature = inspect.signature(check)
        fixtures = [parameter for name, parameter in signature.parameters.items() if name not in arguments]

        @functools.wraps(check)
        def test(**given: Any) -> None:
            assert every, "a table without rows"
            wrong = []
            for row in every:
                values = dict(zip(arguments, row if len(arguments) > 1 else (row,), strict=True))
                try:
                    check(**values, **given)
                except Exception as error:
                    wrong.append(f"{row!r}: {type(error).__name__} {error}")
            assert not wrong, "\n".join(wrong)

        test.__signature__ = signature.replace(parameters=fixtures)  # type: ignore[attr-defined]  # what pytest looks at
        return test

    return decorated
