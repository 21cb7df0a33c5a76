"""The last digits of floating point decide no test and no shown figure."""

from __future__ import annotations

import pytest

from sources.expressions import evaluate, parse, shown


@pytest.mark.parametrize(
    ("test", "holds", "close"),
    [
        ("1.0 ~ 0.8 +- 0.2", True, False),
        ("5.0 ~ 4.8 +- 0.2", True, False),
        ("0.1 + 0.2 <= 0.3", True, False),
        ("0.1 + 0.2 > 0.3", False, False),
        ("3 < 3", False, False),
        ("3 >= 3", True, False),
        ("5.1 ~ 4.8 +- 0.2", False, True),
        ("5.2 ~ 4.8 +- 0.2", False, False),
        ("5.1 ~ 4.8 +- 0.2 and 1 > 2", False, False),
    ],
)
def test_what_floating_point_adds_decides_nothing(test: str, holds: bool, close: bool) -> None:
    found = evaluate(parse(test), lambda name, definition: None)
    assert (found.holds, found.is_close) == (holds, close)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (7.775, 2, "7.78"),
        (7.774999999999999, 2, "7.78"),
        (2.675, 2, "2.68"),
        (-0.125, 2, "-0.13"),
        (-0.001, 2, "0.00"),
        (0.0, 1, "0.0"),
        (313532.25, 1, "313532.3"),
        (1e-7, 2, "0.00"),
    ],
)
def test_a_shown_number_rounds_halves_away_from_zero(value: float, decimals: int, text: str) -> None:
    assert shown(value, decimals) == text
