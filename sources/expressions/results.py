"""What an evaluation gives: a number, a series or whether a test holds, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from sources.expressions.tracks import Use
from sources.expressions.tree import Kind
from sources.model import Series

NOISE = 1e-9
"""Relative difference below which two numbers are the same: 0.1 + 0.2 is not above 0.3."""


@dataclass(frozen=True, slots=True)
class Margin:
    """One comparison of a test, with the measured side on the left.

    `difference` is the distance between the sides, `unit` that of both sides; `tolerance` is None
    unless the sign is `~`, and stands in percentage points where the unit is percent.
    """

    measured: float
    sign: str
    stated: float
    difference: float
    unit: str
    holds: bool
    tolerance: float | None = None

    @property
    def is_close(self) -> bool:
        """Whether it misses the tolerance, but by less than the tolerance again."""
        if self.holds or self.tolerance is None:
            return False
        noise = NOISE * max(abs(self.measured), abs(self.stated))
        return self.difference < 2 * self.tolerance - noise


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of an evaluation.

    `kind` is `value`, `series` or `test`. A problem is `data ends`, `definition changed`, `no data`,
    `unit mismatch`, `frequency mismatch`, `undefined` or `too long`; `detail` says it in a sentence,
    and there is no value then. A test has `holds` (None: cannot be said), its `margins`, and as value
    and unit what was measured. `period` names the windows that were used; `steps` show the arithmetic;
    `used` are the observations it rests on: of a series, all observations of its parts.
    """

    kind: Kind
    value: float | None = None
    unit: str = ""
    holds: bool | None = None
    margins: tuple[Margin, ...] = ()
    problem: str = ""
    detail: str = ""
    period: str = ""
    steps: tuple[str, ...] = ()
    used: tuple[Use, ...] = ()
    series: Series | None = None

    @property
    def is_close(self) -> bool:
        """Whether a test fails only by `~` comparisons that miss by less than the tolerance again."""
        failed = [margin for margin in self.margins if not margin.holds]
        return self.holds is False and all(margin.is_close for margin in failed)
