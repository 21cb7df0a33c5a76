"""The one meaning of every expression: its tree walked over observations that the caller looks up.

Nothing is fetched, guessed or rounded. The same expression, observations and day give the same result.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from sources.expressions import ranking, transforms, units
from sources.expressions.arithmetic import Combine, aligned
from sources.expressions.comparison import margin, margin_step
from sources.expressions.functions import Outcome, growth, over_period
from sources.expressions.grammar import Expression
from sources.expressions.results import Margin, Result
from sources.expressions.scalars import Point, Scalar, require_one_definition
from sources.expressions.tracks import Drawn, Run, Track, Unanswered, source
from sources.expressions.tree import Call, Comparison, Negative, Node, Number, Product, Reference, Sum, Test
from sources.expressions.units import Unit, UnitMismatch
from sources.expressions.wording import plain, rounded
from sources.model import Series

Look = Callable[[str, str], Series | None]
"""The series of an id as it is known, in the definition named, or with `""` in the newest of each period."""


_WITHOUT_LEVEL = ("percentile", "count")
"""Functions whose numbers say nothing of how high a series stands."""


def evaluate(
    expression: Expression,
    look: Look,
    *,
    until: date | None = None,
    unit: str = "",
    explains: bool = True,
) -> Result:
    """What an expression gives for the series that `look` knows; a result says why where it cannot.

    `until` is the day of the evaluation: what starts later is left out, a period that is not over has
    no daily mean, and a step series holds its value until then (without it, until its newest change).
    `unit` is the one that a derived entry states: products of any units are allowed then, and bp and
    pp are converted to it. Without `explains` the steps are left out, which is sooner done.
    """
    subject = {"test": "claim", "value": "figure", "series": "series"}[expression.kind]
    walk = _Evaluation(look, Run(until, subject, explains), bool(unit))
    try:
        if isinstance(expression.tree, Test):
            return walk.test(expression.tree)
        return walk.stated(expression.tree, unit)
    except Unanswered as reason:
        return walk.unanswered(expression, reason)
    except UnitMismatch as fault:
        return walk.unanswered(expression, Unanswered("unit mismatch", str(fault)))
    except (OverflowError, ValueError):  # a day before year 1 or after year 9999
        return walk.unanswered(expression, Unanswered("undefined", f"the {subject} leaves the calendar"))


class _Evaluation:
    """Walks one tree, and keeps the steps, periods and observations of its results."""

    def __init__(self, look: Look, run: Run, lenient: bool) -> None:
        self.look = look
        self.run = run
        self.lenient = lenient
        self.sources: dict[tuple[str, str], Track] = {}
        self.steps: list[str] = []
        self.periods: dict[str, None] = {}
        self.drawn: Drawn = {}

    def stated(self, tree: Node, unit: str) -> Result:
        """The result of a figure or a derived series, in the unit that its entry states, if it does."""
        found = self.node(tree)
        scale = units.stated(found.unit, unit) if unit else 1.0
        if isinstance(found, Track):
            return self._series(found, scale, unit)
        return self._result(Result("value", found.value * scale, unit or found.unit or ""))

    def test(self, tree: Test) -> Result:
        """Whether all comparisons hold: one that fails decides, whatever cannot be said of others."""
        margins: list[Margin] = []
        reasons: list[Unanswered] = []
        for comparison in tree.comparisons:
            try:
                margins.append(self._comparison(comparison))
            except Unanswered as reason:
                reasons.append(reason)
        failed = [each for each in margins if not each.holds]
        first = next(iter([*failed, *margins]), None)
        holds = False if failed else None if reasons else True
        problem, detail = ("", "") if holds is not None else (reasons[0].problem, str(reasons[0]))
        value, unit = (first.measured, first.unit) if first and not problem else (None, "")
        return self._result(Result("test", value, unit, holds, tuple(margins), problem, detail))

    def unanswered(self, expression: Expression, reason: Unanswered) -> Result:
        """The result that says why there is none."""
        return self._result(Result(expression.kind, problem=reason.problem, detail=str(reason)))

    def node(self, node: Node) -> Scalar | Track:
        """The number or series of a part of the tree. Raises Unanswered and UnitMismatch."""
        match node:
            case Number():
                return Scalar(node.value, node.unit, literal=True)
            case Reference():
                return self._source(node)
            case Negative():
                return self._negative(node)
            case Sum():
                return self._sum(node)
            case Product():
                return self._product(node)
        return self._call(node)

    def _comparison(self, comparison: Comparison) -> Margin:
        left, right = self._scalar(comparison.left), self._scalar(comparison.right)
        require_one_definition((left, right), self.sources, self.run)
        sides = (left.value, left.unit), (right.value, right.unit)
        made = margin(*sides, comparison.sign, comparison.tolerance, swap=left.literal and not right.literal)
        if self.run.explains:
            self.steps.append(margin_step(made))
        return made

    def _source(self, reference: Reference) -> Track:
        key = (reference.id, reference.definition)
        if key not in self.sources:
            series = self.look(*key)
            if series is None or not series.observations:
                raise Unanswered("no data", f"{reference} has no figures yet")
            named = series if series.id == reference.id else replace(series, id=reference.id)
            self.sources[key] = source(named, reference.definition, self.run.until)
        return self.sources[key]

    def _negative(self, node: Negative) -> Scalar | Track:
        operand = self.node(node.operand)
        if isinstance(operand, Scalar):
            return operand._replace(value=-operand.value)
        return aligned(str(node), operand.unit, [operand], lambda values: -values[0], self.run)

    def _sum(self, node: Sum) -> Scalar | Track:
        signs = [sign for sign, _ in node.terms]
        parts = [self.node(term) for _, term in node.terms]
        unit = parts[0].unit
        for sign, part in zip(signs[1:], parts[1:], strict=True):
            unit = units.added(unit, part.unit, sign)
        scales = [
            units.factor(part.unit, unit) * (-1 if sign == "-" else 1)
            for sign, part in zip(signs, parts, strict=True)
        ]
        return self._combined(node, unit, signs, parts, lambda values: _add(scales, values))

    def _product(self, node: Product) -> Scalar | Track:
        signs = [sign for sign, _ in node.factors]
        parts = [self.node(factor) for _, factor in node.factors]
        unit, scale = parts[0].unit, 1.0
        for sign, part in zip(signs[1:], parts[1:], strict=True):
            if sign == "/":
                scale *= units.factor(unit, "pp") / units.factor(part.unit, "pp")
            unit = units.multiplied(unit, part.unit, sign, self.lenient)
        made = self._combined(node, unit, signs, parts, lambda values: _multiply(signs, values, scale))
        several = sum(isinstance(part, Track) for part in parts) > 1
        if isinstance(made, Track) and several and made.aggregate == "sum":
            return made._replace(aggregate=None)
        return made

    def _combined(
        self,
        node: Sum | Product,
        unit: Unit,
        signs: Sequence[str],
        parts: Sequence[Scalar | Track],
        combine: Combine,
    ) -> Scalar | Track:
        """Parts made one: a number of numbers, else a series in whose periods the numbers stay the same."""
        tracks = [part for part in parts if isinstance(part, Track)]
        if tracks:
            return aligned(str(node), unit, tracks, _filled(parts, combine), self.run)
        numbers = [part for part in parts if isinstance(part, Scalar)]
        points = require_one_definition(numbers, self.sources, self.run)
        try:
            value = combine([number.value for number in numbers])
        except (ZeroDivisionError, OverflowError):
            value = math.nan
        if not math.isfinite(value):
            raise Unanswered("undefined", f"{node} has no value: a division by zero, or numbers too large")
        literal = all(number.literal for number in numbers)
        if not literal and self.run.explains:
            words = [f"{sign} {plain(each.value)}" for sign, each in zip(signs, numbers, strict=True)]
            self.steps.append(f"{' '.join(words)[2:]} {rounded(value)}")
        return Scalar(value, unit, literal, points)

    def _call(self, call: Call) -> Scalar | Track:
        if len(call.operands) == 2:
            return self._growth(call)
        track = self._track(call.operands[0])
        unit = units.of_function(call.name, track.unit or "")
        match call.name:
            case "rolling":
                return transforms.rolling(call.over, track, call.length, self.run)
            case "yoy":
                return transforms.yoy(track, self.run)
            case "drawdown":
                return transforms.drawdown(track, self.run)
            case "rebase":
                return transforms.rebase(track, call.windows[0], self.run)
            case "monthly" | "quarterly":
                return transforms.converted(call.name, track, self.run)
            case "percentile":
                window, history = call.windows
                outcome = ranking.percentile(call.over, track, window, history, self.run)
            case _:
                outcome = over_period(call.name, track, call.windows[0] if call.windows else None, self.run)
        made = self._taken(track, outcome, unit)
        return made._replace(points=()) if call.name in _WITHOUT_LEVEL else made

    def _growth(self, call: Call) -> Scalar:
        old, new = (self._scalar(operand) for operand in call.operands)
        points = require_one_definition((old, new), self.sources, self.run)
        unit = units.common(old.unit, new.unit)
        before, after = (each.value * units.factor(each.unit, unit) for each in (old, new))
        value = growth(before, after)
        if not math.isfinite(value):
            raise Unanswered("undefined", "growth has no meaning here: it needs a first value above zero")
        if self.run.explains:
            self.steps.append(f"{plain(after)} / {plain(before)} - 1, in % {rounded(value)}")
        return Scalar(value, "%", points=points)

    def _taken(self, track: Track, outcome: Outcome, unit: str) -> Scalar:
        self.steps += outcome.steps
        self.periods[outcome.period] = None
        self.run.spend(len(outcome.indices))
        track.trace(outcome.indices, self.drawn)
        return Scalar(outcome.value, unit, points=(Point(track, outcome.indices[-1]),))

    def _scalar(self, node: Node) -> Scalar:
        found = self.node(node)
        if isinstance(found, Track):
            raise Unanswered("undefined", f"{found.name} is a series; expected a number")
        return found

    def _track(self, node: Node) -> Track:
        found = self.node(node)
        if isinstance(found, Scalar):
            raise Unanswered("undefined", f"{node} is a number; expected a series")
        return found

    def _series(self, track: Track, scale: float, unit: str) -> Result:
        if scale != 1.0:
            track = aligned(track.name, unit, [track], lambda values: values[0] * scale, self.run)
        observations = tuple(track.observations)
        if not observations:
            raise Unanswered("no data", f"{track.name} has no period in which all its parts are known")
        made = Series(
            track.name, unit or track.unit or "", track.frequency, observations, track.aggregate or "last"
        )
        used = tuple((name, each) for (name, _), part in self.sources.items() for each in part.observations)
        first, last = observations[0].period, observations[-1].period
        period = str(first) if first == last else f"{first}..{last}"
        return Result(
            "series", unit=made.unit, period=period, used=used, series=made, steps=tuple(self.steps)
        )

    def _result(self, result: Result) -> Result:
        period = ", ".join(period for period in self.periods if period)
        used = [
            (key[0], self.sources[key].observations[index])
            for key, indices in self.drawn.items()
            for index in sorted(indices)
        ]
        return replace(result, period=period, steps=tuple(self.steps), used=tuple(used))


def _add(scales: Sequence[float], values: Sequence[float]) -> float:
    return math.fsum(map(operator.mul, scales, values))


def _multiply(signs: Sequence[str], values: Sequence[float], scale: float) -> float:
    result = 1.0
    for sign, value in zip(signs, values, strict=True):
        result = result / value if sign == "/" else result * value
    return result * scale


def _filled(parts: Sequence[Scalar | Track], combine: Combine) -> Combine:
    """`combine` for the values of the series alone: the numbers are put among them, in their places."""
    places = [index for index, part in enumerate(parts) if isinstance(part, Track)]
    if len(places) == len(parts):
        return combine
    constants = [part.value if isinstance(part, Scalar) else 0.0 for part in parts]

    def filled(values: Sequence[float]) -> float:
        row = constants.copy()
        for place, value in zip(places, values, strict=True):
            row[place] = value
        return combine(row)

    return filled
