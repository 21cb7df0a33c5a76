"""Numbers as steps show them. Values stay unrounded; only text is rounded."""

from __future__ import annotations

from collections.abc import Sequence

from sources.numbers import plain, shown

__all__ = ["plain", "rounded", "row", "shown"]

_MANY = 24


def rounded(value: float) -> str:
    """`= 7.775, shown 7.78`, or `= 3.4` where two decimals say all."""
    exact, short = plain(value), shown(value)
    return f"= {exact}" if float(exact) == float(short) else f"= {exact}, shown {short}"


def row(values: Sequence[float]) -> str:
    """Values side by side; of many, the first and the last ones."""
    if len(values) <= _MANY:
        return " ".join(map(plain, values))
    ends = [*map(plain, values[:3]), "⋯", *map(plain, values[-3:])]
    return f"{' '.join(ends)} ({len(values)} values)"
