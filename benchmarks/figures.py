"""What is measured, what it is held against, and how far it may go."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Judged = Literal["measured", "ratio", "rest"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the table. The budgets `must` and `reach` limit what was measured itself, its ratio to
    the floor, or the rest that it has over the floor. Without budgets the row only informs."""

    name: str
    words: str
    unit: str = "ms"
    judged: Judged = "measured"
    must: float | None = None
    reach: float | None = None

    def of(self, measured: float, floor: float | None = None, **details: float) -> Result:
        """What came of measuring it."""
        return Result(self, measured, floor, details)

    def skipped(self, why: str) -> Result:
        """A row that could not be measured."""
        return Result(self, note=why)


@dataclass(frozen=True, slots=True)
class Result:
    """A measured figure, in its unit, beside the floor of the same run."""

    figure: Figure
    measured: float | None = None
    floor: float | None = None
    details: dict[str, float] = field(default_factory=dict)
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the floor."""
        return self.measured / self.floor if self.measured is not None and self.floor else None

    @property
    def judged(self) -> float | None:
        """The number that the budgets limit."""
        if self.measured is None or self.figure.judged == "measured":
            return self.measured
        return self.ratio if self.figure.judged == "ratio" else self.measured - (self.floor or 0.0)

    @property
    def verdict(self) -> str:
        """`reach`, `must` or `MISSED`; empty without a budget, `skipped` without a figure."""
        if self.judged is None:
            return "skipped"
        if self.figure.reach is not None and self.judged <= self.figure.reach:
            return "reach"
        if self.figure.must is not None:
            return "must" if self.judged <= self.figure.must else "MISSED"
        return ""

    def plain(self) -> dict[str, Any]:
        """All of it as JSON takes it."""
        numbers = {"measured": self.measured, "floor": self.floor, "ratio": self.ratio}
        details = {name: round(value, 3) for name, value in self.details.items()}
        return {
            **asdict(self.figure),
            **{name: None if value is None else round(value, 3) for name, value in numbers.items()},
            "verdict": self.verdict,
            "details": details,
            "note": self.note,
        }


def percentile(values: Iterable[float], percent: int = 95) -> float:
    """The least value that so many per cent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-percent * len(ordered) // 100) - 1)]


def spread(values: Sequence[float]) -> dict[str, float]:
    """How values are spread, for those who look closer than the table."""
    return {
        "count": len(values),
        "least": min(values),
        "median": statistics.median(values),
        "p95": percentile(values),
        "most": max(values),
    }


def table(results: Iterable[Result]) -> str:
    """The results for a person: words, measured, floor, ratio, budgets, verdict."""
    rows: list[tuple[str, ...]] = [("figure", "measured", "floor", "ratio", "must", "reach", "holds")]
    rows += [_row(result) for result in results]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, tuple("-" * width for width in widths))
    return "\n".join(_joined(row, widths) for row in rows)


def _joined(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *middle, last = row
    numbers = (cell.rjust(width) for cell, width in zip(middle, widths[1:-1], strict=True))
    return "  ".join([first.ljust(widths[0]), *numbers, last]).rstrip()


def _row(result: Result) -> tuple[str, ...]:
    figure = result.figure
    return (
        figure.words,
        _amount(result.measured, figure.unit),
        _amount(result.floor, figure.unit),
        f"{result.ratio:.2f}" if result.ratio is not None else "",
        _budget(figure, figure.must),
        _budget(figure, figure.reach),
        result.note or result.verdict,
    )


def _amount(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    return f"{value:.{0 if value >= 100 or unit == 'B' else 1 if value >= 10 else 2}f} {unit}"


def _budget(figure: Figure, limit: float | None) -> str:
    if limit is None:
        return ""
    if figure.judged == "ratio":
        return f"{limit:g} x"
    return f"{'+ ' if figure.judged == 'rest' else ''}{limit:g} {figure.unit}"
