"""Tests of numbers as text."""

from __future__ import annotations

import pytest

from sources.numbers import signed


@pytest.mark.parametrize(
    ("words", "change"),
    [("0.5", "+0.5"), ("-0.2", "-0.2"), ("0.0", "0.0"), ("0", "0"), ("10", "+10"), ("1,200.0", "+1,200.0")],
)
def test_a_change_has_its_sign_and_none_has_none(words: str, change: str) -> None:
    assert signed(words) == change
