"""The syntax tree of an expression: frozen, comparable, and printed back as the text it came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from sources.model import Period

Kind = Literal["value", "series", "test"]
"""A number; a series of them; a statement that holds or not."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written, with its unit; `None` where none is written."""

    text: str
    unit: str | None = None

    kind: ClassVar[Kind] = "value"

    @property
    def value(self) -> float:
        """The number, without its unit."""
        return float(self.text)

    def __str__(self) -> str:
        return f"{self.text} {self.unit}" if self.unit else self.text


@dataclass(frozen=True, slots=True)
class Reference:
    """A series by its id; `definition` is empty where the newest one of each period is meant."""

    id: str
    definition: str = ""
    column: int = field(default=0, compare=False)

    kind: ClassVar[Kind] = "series"

    def __str__(self) -> str:
        return f"{self.id}:{self.definition}" if self.definition else self.id


@dataclass(frozen=True, slots=True)
class Negative:
    """The other sign of what follows."""

    operand: Node
    column: int = field(default=0, compare=False)

    @property
    def kind(self) -> Kind:
        """That of the operand."""
        return self.operand.kind

    def __str__(self) -> str:
        return f"-{_bracketed(self.operand, (Sum, Product))}"


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms with the sign before each, at least two; that of the first is `+` and not written."""

    terms: tuple[tuple[str, Node], ...]
    column: int = field(default=0, compare=False)

    @property
    def kind(self) -> Kind:
        """A series if any term is one."""
        return _common_kind(term for _, term in self.terms)

    def __str__(self) -> str:
        return _chain(self.terms, (Sum,))


@dataclass(frozen=True, slots=True)
class Product:
    """Factors with `*` or `/` before each, at least two; that of the first is `*` and not written."""

    factors: tuple[tuple[str, Node], ...]
    column: int = field(default=0, compare=False)

    @property
    def kind(self) -> Kind:
        """A series if any factor is one."""
        return _common_kind(factor for _, factor in self.factors)

    def __str__(self) -> str:
        return _chain(self.factors, (Sum, Product))


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time: from `start` to the end of `end`, open where one is None, or the last `count`."""

    start: Period | None = None
    end: Period | None = None
    count: int = 0
    column: int = field(default=0, compare=False)

    @property
    def is_point(self) -> bool:
        """Whether it is one period, as `2023` or `2025-06`."""
        return self.start is not None and self.start == self.end

    def __str__(self) -> str:
        if self.count:
            return f"last {self.count}"
        if self.is_point:
            return str(self.start)
        return f"{self.start or ''}..{self.end or ''}"


@dataclass(frozen=True, slots=True)
class Call:
    """A function of a series, or of two numbers (`growth`).

    `operands` are its series or numbers, `windows` its periods; `over` is the function that `rolling`
    and `percentile` apply, `length` the observations in a window of `rolling`.
    """

    name: str
    operands: tuple[Node, ...]
    windows: tuple[Window, ...] = ()
    over: str = ""
    length: int = 0
    column: int = field(default=0, compare=False)

    @property
    def kind(self) -> Kind:
        """A series where the function makes one of a series."""
        return "series" if self.name in SERIES_FUNCTIONS else "value"

    def __str__(self) -> str:
        arguments = [self.over] if self.over else []
        arguments += [str(argument) for argument in (*self.operands, *self.windows)]
        if self.length:
            arguments.append(str(self.length))
        return f"{self.name}({', '.join(arguments)})"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two numbers and how they should stand; `tolerance` belongs to `~` only."""

    left: Node
    sign: str
    right: Node
    tolerance: Number | None = None
    column: int = field(default=0, compare=False)

    def __str__(self) -> str:
        text = f"{self.left} {self.sign} {self.right}"
        return f"{text} +- {self.tolerance}" if self.tolerance else text


@dataclass(frozen=True, slots=True)
class Test:
    """Comparisons that must all hold."""

    comparisons: tuple[Comparison, ...]

    kind: ClassVar[Kind] = "test"
    __test__ = False  # no test case, whatever pytest makes of the name

    def __str__(self) -> str:
        return " and ".join(map(str, self.comparisons))


Node = Number | Reference | Negative | Sum | Product | Call

PERIOD_FUNCTIONS = (
    "mean", "min", "max", "sum", "count", "first", "last",
    "range", "stdev", "change", "growth", "trend", "value",
)  # fmt: skip
"""Functions of a series over a period, to a number."""

WINDOW_FUNCTIONS = ("mean", "min", "max", "sum", "range", "stdev", "change", "growth", "trend")
"""Those of them that `rolling` and `percentile` can apply to each window."""

SERIES_FUNCTIONS = ("rolling", "yoy", "drawdown", "rebase", "monthly", "quarterly")
"""Functions that make a series of a series."""

FUNCTIONS = (*PERIOD_FUNCTIONS, *SERIES_FUNCTIONS, "percentile")


def references(tree: Node | Test) -> Iterator[Reference]:
    """The series that a tree names, in the order of the text."""
    match tree:
        case Reference():
            yield tree
        case Negative(operand):
            yield from references(operand)
        case Sum(parts) | Product(parts):
            for _, part in parts:
                yield from references(part)
        case Call():
            for operand in tree.operands:
                yield from references(operand)
        case Test(comparisons):
            for comparison in comparisons:
                yield from references(comparison.left)
                yield from references(comparison.right)


def quantity(tree: Node | Test) -> Node | None:
    """What a test compares with a number of its text; None where it is more than one comparison, or
    compares two measured things."""
    match tree:
        case Test((Comparison(left, _, right),)):
            measured = [side for side in (left, right) if any(references(side))]
            return measured[0] if len(measured) == 1 else None
    return None


def is_closed(window: Window | None) -> bool:
    """Whether a window has an end of its own: neither the whole series, nor up to the newest or `last 10`."""
    return window is not None and window.end is not None


def windows_of(tree: Node | Test) -> Iterator[Window | None]:
    """The windows that functions of a tree take; None where one takes the whole series."""
    match tree:
        case Test(comparisons):
            for comparison in comparisons:
                yield from windows_of(comparison.left)
                yield from windows_of(comparison.right)
        case Negative(operand):
            yield from windows_of(operand)
        case Sum(parts) | Product(parts):
            for _, part in parts:
                yield from windows_of(part)
        case Call():
            yield from tree.windows
            if tree.kind == "value" and not tree.windows and len(tree.operands) == 1:
                yield None
            for operand in tree.operands:
                yield from windows_of(operand)


def _common_kind(parts: Iterator[Node]) -> Kind:
    return "series" if any(part.kind == "series" for part in parts) else "value"


def _bracketed(node: Node, weaker: tuple[type, ...]) -> str:
    return f"({node})" if isinstance(node, weaker) else str(node)


def _chain(parts: tuple[tuple[str, Node], ...], weaker: tuple[type, ...]) -> str:
    (_, first), *others = parts
    words = [_bracketed(first, weaker)]
    words += [f" {sign} {_bracketed(part, weaker)}" for sign, part in others]
    return "".join(words)
