"""What unit a result has. Percent and percentage points are told apart; nothing else is converted
than basis points: 1 bp = 0.01 pp.

A unit is a word of the catalogue, `""` for a pure number, or `None` for a bare number of the text,
which takes the unit of the other side. `UNKNOWN` stands for that of a series nobody knows: no fault
follows from it.
"""

from __future__ import annotations

Unit = str | None

UNKNOWN = "?"
_POINTS = {"pp", "bp"}


class UnitMismatch(ValueError):  # noqa: N818  (names what happened)
    """Two units that do not go together; `str()` says which, and what was expected."""


def added(left: Unit, right: Unit, sign: str) -> Unit:
    """The unit of a sum, or of a difference where the sign is `-`. Raises UnitMismatch."""
    if left is None and right is None:
        return None
    unit = common(left, right)
    return difference(unit) if sign == "-" else unit


def common(left: Unit, right: Unit) -> str:
    """The one unit in which two sides are compared or added. Raises UnitMismatch."""
    left, right = left if left is not None else right, right if right is not None else left
    if left is None or right is None:
        return ""
    if UNKNOWN in (left, right):
        return UNKNOWN
    if left == right:
        return left
    if {left, right} == _POINTS:
        return "pp"
    raise UnitMismatch(f"{words(left)} against {words(right)}; expected one unit on both sides")


def difference(unit: str) -> str:
    """The unit of the difference of two values: percentage points where they are percent."""
    return "pp" if unit == "%" else unit


def multiplied(left: Unit, right: Unit, sign: str, lenient: bool = False) -> Unit:
    """The unit of a product, or of a quotient where the sign is `/`.

    One side must be a pure number, in a quotient the divisor, or both units equal. `lenient`, for an
    entry that states its unit: whatever else they are, the result is bare. Raises UnitMismatch.
    """
    if UNKNOWN in (left, right):
        return UNKNOWN
    if sign == "/" and left and (left == right or {left, right} == _POINTS):
        return ""
    if _is_pure(left) and _is_pure(right):
        return _pure(left, right, sign)
    if _is_pure(right):
        return left
    if sign == "*" and _is_pure(left):
        return right
    if lenient:
        return None
    verb, expected = "times", "a pure number on one side"
    if sign == "/":
        verb, expected = "by", "a pure number or the same unit below"
    words_of_both = f"{words(left)} {verb} {words(right)}"
    raise UnitMismatch(f"{words_of_both}; expected {expected}, or an entry that states its unit")


def of_function(name: str, unit: str) -> str:
    """The unit of a function over a period, or of a series function, of values of a unit."""
    if unit == UNKNOWN and name in ("range", "stdev", "change", "trend"):
        return UNKNOWN
    match name:
        case "range" | "stdev" | "change":
            return difference(unit)
        case "trend":
            return f"{difference(unit)} per year".strip()
        case "growth" | "yoy" | "drawdown" | "percentile":
            return "%"
        case "count":
            return "count"
        case "rebase":
            return "index"
    return unit


def factor(unit: Unit, target: Unit) -> float:
    """What a value of a unit is multiplied by to stand in the target unit."""
    if (unit, target) == ("bp", "pp"):
        return 0.01
    return 100.0 if (unit, target) == ("pp", "bp") else 1.0


def check_tolerance(tolerance: Unit, sides: str) -> None:
    """A tolerance is a difference: of sides in percent it is in pp. Raises UnitMismatch."""
    wanted = difference(sides)
    if tolerance == "%" and wanted == "pp":
        raise UnitMismatch("a tolerance in % says too little; expected percentage points: +- ... pp")
    common(tolerance, wanted)


def stated(computed: Unit, entry: str) -> float:
    """What a result is multiplied by to stand in the unit that an entry states. Raises UnitMismatch."""
    if not computed or computed in (UNKNOWN, entry):
        return 1.0
    if {computed, entry} == _POINTS:
        return factor(computed, entry)
    raise UnitMismatch(f"it computes {words(computed)}, the entry states {words(entry)}; expected one unit")


def words(unit: Unit) -> str:
    """A unit as it is called in a sentence."""
    return unit or "a pure number"


def _is_pure(unit: Unit) -> bool:
    return unit in (None, "", "count")


def _pure(left: Unit, right: Unit, sign: str) -> Unit:
    if left is None and right is None:
        return None
    return "count" if left == "count" or (sign == "*" and right == "count") else ""
