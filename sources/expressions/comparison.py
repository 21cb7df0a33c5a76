"""Two numbers compared: whether they stand as stated, and by how much."""

from __future__ import annotations

from sources.expressions import units
from sources.expressions.results import NOISE, Margin
from sources.expressions.tree import Number
from sources.expressions.units import Unit
from sources.expressions.wording import plain

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "~": "~"}


def margin(
    left: tuple[float, Unit], right: tuple[float, Unit], sign: str, tolerance: Number | None, *, swap: bool
) -> Margin:
    """The comparison of two values with their units; `swap` where the right one is measured.

    Raises UnitMismatch.
    """
    unit = units.common(left[1], right[1])
    measured, stated = (value * units.factor(own, unit) for value, own in (left, right))
    if swap:
        measured, stated, sign = stated, measured, _MIRRORED[sign]
    difference = abs(measured - stated)
    allowed = _allowed(tolerance, unit)
    noise = NOISE * max(abs(measured), abs(stated))
    holds = _holds(sign, measured - stated, allowed, noise)
    return Margin(measured, sign, stated, difference, unit, holds, allowed)


def margin_step(margin: Margin) -> str:
    """The arithmetic of a comparison in one line."""
    measured, stated, difference = map(plain, (margin.measured, margin.stated, margin.difference))
    if margin.tolerance is None:
        verb = "holds" if margin.holds else "does not hold"
        return f"{measured} {margin.sign} {stated}   {verb}, by {difference}"
    excess = "within it" if margin.holds else f"misses it by {plain(margin.difference - margin.tolerance)}"
    return f"|{measured} - {stated}| = {difference}   tolerance {plain(margin.tolerance)}   {excess}"


def _allowed(tolerance: Number | None, unit: str) -> float | None:
    if tolerance is None:
        return None
    units.check_tolerance(tolerance.unit, unit)
    return tolerance.value * units.factor(tolerance.unit, units.difference(unit))


def _holds(sign: str, difference: float, allowed: float | None, noise: float) -> bool:
    match sign:
        case "~":
            return abs(difference) <= (allowed or 0.0) + noise
        case "<":
            return difference < -noise
        case "<=":
            return difference <= noise
        case ">":
            return difference > noise
    return difference >= -noise
