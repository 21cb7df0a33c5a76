"""The one grammar and evaluator of figures, derived series and tests.

expression = parse("mean(cn.m2_m1_gap, 2023) ~ 4.8 +- 0.2")
check(expression, known)          # faults that need no data
evaluate(expression, look)        # a Result with its steps and observations
"""

from __future__ import annotations

from sources.expressions.check import SeriesInfo, Shape, check, shape, unknown_series
from sources.expressions.evaluate import Look, evaluate
from sources.expressions.grammar import Expression, parse
from sources.expressions.results import Margin, Result
from sources.expressions.scanner import ExpressionError
from sources.expressions.tracks import Use
from sources.expressions.wording import plain, shown

__all__ = [
    "Expression", "ExpressionError", "Look", "Margin", "Result", "SeriesInfo", "Shape", "Use",
    "check", "evaluate", "parse", "plain", "shape", "shown", "unknown_series",
]  # fmt: skip
