"""What is wrong with an expression before there is any data: unknown series, units, frequencies."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sources.expressions import units
from sources.expressions.arithmetic import common_frequency
from sources.expressions.grammar import Expression
from sources.expressions.transforms import conversion_fault
from sources.expressions.tree import (
    SERIES_FUNCTIONS,
    Call,
    Comparison,
    Negative,
    Node,
    Number,
    Product,
    Reference,
    Sum,
    Test,
)
from sources.expressions.units import UNKNOWN, Unit, UnitMismatch
from sources.expressions.windows import grain_fault
from sources.likeness import nearest
from sources.model import Aggregate, Frequency


@dataclass(frozen=True, slots=True)
class SeriesInfo:
    """What the catalogue says of a series. `definitions` may be empty where it names none."""

    id: str
    unit: str
    frequency: Frequency
    aggregate: Aggregate = "last"
    definitions: tuple[str, ...] = ()


Known = Callable[[str], SeriesInfo | None]


class Shape(NamedTuple):
    """What is known of a part before there is data: its unit, and of a series its frequency and aggregate.

    The unit is None for bare numbers, and `units.UNKNOWN` where it cannot be told. The aggregate is None
    where sums over a coarser period would not be those of the parts.
    """

    unit: Unit
    frequency: Frequency | None = None
    aggregate: Aggregate | None = None


_ANYTHING = Shape(UNKNOWN)


def check(
    expression: Expression, known: Known, *, names: Iterable[str] | None = (), unit: str = ""
) -> tuple[str, ...]:
    """The faults of an expression, each a sentence with its column, in the order of the text.

    `known` tells what the catalogue says of an id, or None; of `names` the nearest is offered for an
    unknown one, and with None unknown ones are left to the caller; `unit` is that of a derived entry
    that states one.
    """
    checker = _Checker(known, None if names is None else tuple(names), bool(unit))
    tree = expression.tree
    if isinstance(tree, Test):
        for comparison in tree.comparisons:
            checker.compare(comparison)
        return tuple(checker.faults)
    shape = checker.shape(tree)
    if unit:
        checker.guard(1, lambda: units.stated(shape.unit, unit))
    return tuple(checker.faults)


def shape(expression: Expression, known: Known, *, unit: str = "") -> Shape:
    """The unit, frequency and aggregate of an expression that is no test, as they follow from its series.

    `unit` is that of a derived entry that states one. What `check` finds fault with is left open.
    """
    tree = expression.tree
    if isinstance(tree, Test):
        return Shape("")
    found = _Checker(known, (), bool(unit)).shape(tree)
    return found._replace(unit=unit) if unit else found


def unknown_series(id_: str, names: Iterable[str]) -> str:
    """What is said of a series that nobody knows: the nearest of these names is offered."""
    best = nearest(id_, names)
    hint = f"nearest: {best}" if best else "expected an indicator of the catalogue"
    return f'no series "{id_}"; {hint}'


class _Checker:
    """Walks a tree and collects faults; a part with a fault is taken for anything, so it gives one only."""

    def __init__(self, known: Known, names: tuple[str, ...] | None, lenient: bool) -> None:
        self.known = known
        self.names = names
        self.lenient = lenient
        self.faults: list[str] = []

    def compare(self, comparison: Comparison) -> None:
        """The faults of a comparison."""
        left, right = self.shape(comparison.left).unit, self.shape(comparison.right).unit
        tolerance = comparison.tolerance

        def together() -> None:
            unit = units.common(left, right)
            if tolerance:
                units.check_tolerance(tolerance.unit, unit)

        self.guard(comparison.column, together)

    def guard(self, column: int, rule: Callable[[], object]) -> bool:
        """Whether a rule of units is kept; else it is a fault."""
        try:
            rule()
        except UnitMismatch as mismatch:
            self._fault(str(mismatch), column)
            return False
        return True

    def shape(self, node: Node) -> Shape:
        """What is known of a part of the tree."""
        match node:
            case Number():
                return Shape(node.unit)
            case Reference():
                return self._reference(node)
            case Negative():
                return self.shape(node.operand)
            case Sum():
                return self._folded(node.terms, node.column, product=False)
            case Product():
                return self._folded(node.factors, node.column, product=True)
        return self._call(node)

    def _folded(self, parts: tuple[tuple[str, Node], ...], column: int, *, product: bool) -> Shape:
        shapes = [self.shape(part) for _, part in parts]
        unit = shapes[0].unit
        try:
            for (sign, _), shape in zip(parts[1:], shapes[1:], strict=True):
                if product:
                    unit = units.multiplied(unit, shape.unit, sign, self.lenient)
                else:
                    unit = units.added(unit, shape.unit, sign)
        except UnitMismatch as mismatch:
            self._fault(str(mismatch), column)
            unit = UNKNOWN
        series = [shape for shape in shapes if shape.frequency]
        return self._together(unit, series, column, product)

    def _together(self, unit: Unit, series: list[Shape], column: int, product: bool) -> Shape:
        if not series:
            return Shape(unit)
        frequencies = [shape.frequency for shape in series if shape.frequency]
        frequency = common_frequency(frequencies)
        if frequency is None:
            words = " and ".join(dict.fromkeys(frequencies))
            expected = "expected monthly(...) or quarterly(...) around them"
            self._fault(f"series of frequency {words}; {expected}", column)
            return Shape(unit)
        aggregates = {shape.aggregate for shape in series}
        aggregate = aggregates.pop() if len(aggregates) == 1 else None
        summed = product and len(series) > 1 and aggregate == "sum"
        return Shape(unit, frequency, None if summed else aggregate)

    def _reference(self, reference: Reference) -> Shape:
        info = self.known(reference.id)
        if info is None:
            if self.names is not None:
                self._fault(unknown_series(reference.id, self.names), reference.column)
            return _ANYTHING
        if reference.definition and info.definitions and reference.definition not in info.definitions:
            words = f'{info.id} has no definition "{reference.definition}"'
            self._fault(f"{words}; expected {' or '.join(info.definitions)}", reference.column)
        return Shape(info.unit, info.frequency, info.aggregate)

    def _call(self, call: Call) -> Shape:
        shapes = [self.shape(operand) for operand in call.operands]
        if len(shapes) == 2:
            self.guard(call.column, lambda: units.common(shapes[0].unit, shapes[1].unit))
            return Shape("%")
        shape = shapes[0]
        self._windows(call, shape.frequency)
        unit = units.of_function(call.over if call.name == "rolling" else call.name, shape.unit or "")
        if call.name not in SERIES_FUNCTIONS:
            return Shape(unit)
        if call.name in ("monthly", "quarterly"):
            return self._converted(call, shape)
        return Shape(unit, shape.frequency, None if shape.aggregate == "sum" else shape.aggregate)

    def _windows(self, call: Call, frequency: Frequency | None) -> None:
        if frequency is None:
            return
        for window in call.windows:
            if fault := grain_fault(frequency, window):
                self._fault(fault, window.column)
        if frequency == "step" and (call.name in ("rolling", "percentile") or call.over == "sum"):
            self._fault(f"{call.name} of a step series; expected monthly(...) around it", call.column)
        if frequency == "step" and call.name == "sum":
            self._fault("sum of a step series; expected mean or last", call.column)

    def _converted(self, call: Call, shape: Shape) -> Shape:
        if shape.frequency is None:
            return shape
        frequency: Frequency = "M" if call.name == "monthly" else "Q"
        fault = conversion_fault(call.name, shape.frequency, shape.aggregate)
        if fault and shape.frequency != frequency:
            self._fault(fault, call.column)
        return Shape(shape.unit, frequency, shape.aggregate)

    def _fault(self, words: str, column: int) -> None:
        self.faults.append(f"{words} (column {column})")
