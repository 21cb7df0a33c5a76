"""Numbers as text. Values stay unrounded; only text is rounded."""

from __future__ import annotations

import math

_DIGITS = 10
_GROUP = 3
_UNSEEN = 3
"""Decimals behind those shown, from which on nothing may be added."""


def plain(value: float) -> str:
    """A number in as few digits as say it, at most ten: `7.775`, `-0.2`, `313532.23`."""
    text = f"{value:.{_DIGITS}g}"
    if "e" in text and 1e-6 <= abs(value) < 1e15:
        text = f"{value:.0f}" if abs(value) >= 1 else f"{value:.{_DIGITS + 5}f}".rstrip("0")
    return "0" if text == "-0" else text


def shown(value: float, decimals: int = 2) -> str:
    """A number with a fixed count of decimals, halves away from zero: 7.775 is shown 7.78.

    What floating point adds in the last digits (7.774999999999999) makes no difference.
    """
    exponent = math.floor(math.log10(abs(value))) if value else 0
    nudge = math.copysign(10.0 ** min(exponent - _DIGITS - 1, -decimals - _UNSEEN), value)
    text = f"{value + nudge:.{decimals}f}"
    return text.removeprefix("-") if not text.strip("-0.") else text


def told_apart(one: float, other: float, decimals: int) -> int:
    """The decimals, `decimals` at least, with which two values that differ look different."""
    more = range(decimals, _DIGITS)
    return next((count for count in more if shown(one, count) != shown(other, count)), decimals)


def with_thousands(number: str) -> str:
    """A number as people read it, whatever its sign and decimals: `4,829` for `4829`."""
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, point, decimals = digits.partition(".")
    return f"{sign}{int(whole):,}{point}{decimals}" if len(whole) > _GROUP and whole.isdigit() else number


def signed(words: str) -> str:
    """A change as text with its sign; none has no sign: `-0.2`, `+0.5`, `0.0`."""
    return words if words.startswith("-") or not words.strip("0.") else f"+{words}"


def measured_beside(measured: float, stated: float | None) -> str:
    """A measured number with a decimal more than is stated, at most two: 7.775 beside 4.8 is 7.78."""
    _, _, decimals = (plain(stated) if stated is not None else "0.0").partition(".")
    return shown(measured, min(2, len(decimals) + 1))
