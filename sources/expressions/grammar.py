"""From the text of an expression to its tree: one hand-written parser, which only ever reads.

test    = sum "~" sum "+-" number [unit] | sum ("<"|"<="|"|">"|">=") sum | test "and" test
sum     = product {("+"|"-") product}      product = atom {("*"|"/") atom}
atom    = number [unit] | "-" atom | "(" sum ")" | series | function "(" arguments ")"
period  = point | point ".." point | point ".." | ".." point | "last" integer
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NoReturn

from sources import limits
from sources.expressions.scanner import ExpressionError, Scanner
from sources.expressions.tree import (
    FUNCTIONS,
    PERIOD_FUNCTIONS,
    WINDOW_FUNCTIONS,
    Call,
    Comparison,
    Kind,
    Negative,
    Node,
    Number,
    Product,
    Reference,
    Sum,
    Test,
    Window,
    quantity,
    references,
    windows_of,
)
from sources.likeness import nearest
from sources.model import Period
from sources.text import shorten

_POINT = re.compile(r"[0-9]{4}(?:Q[1-4]|-[0-9]{2}(?:-[0-9]{2})?)?(?![0-9A-Za-z_]|\.[0-9]|-[0-9])")
_INTEGER = re.compile(r"[0-9]{1,6}(?![0-9A-Za-z_.])")
_UNIT = re.compile(r"[A-Za-z]+(?![0-9_.:(])")
_COMPARED = ("~", "<=", ">=", "<", ">")
_ATOM = "a number, a series such as cn.m2_yoy, a function or a bracket"


@dataclass(frozen=True)
class Expression:
    """An expression that was read: its tree, and the ids of the series it needs, without doubles."""

    tree: Node | Test
    text: str = field(default="", compare=False)
    series: tuple[str, ...] = field(default=(), compare=False)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """The series that it names, in the order of the text."""
        return tuple(references(self.tree))

    @cached_property
    def windows(self) -> tuple[Window | None, ...]:
        """The windows that its functions take; None where one takes the whole series."""
        return tuple(windows_of(self.tree))

    @cached_property
    def quantity(self) -> str:
        """What a test compares with a number of its text; empty where it is more than one comparison, or
        compares two measured things."""
        return str(quantity(self.tree) or "")

    @property
    def kind(self) -> Kind:
        """What it evaluates to: `value`, `series` or `test`."""
        return self.tree.kind

    def __str__(self) -> str:
        return str(self.tree)


def parse(text: str) -> Expression:
    """The expression written in `text`. Raises ExpressionError."""
    if len(text) > limits.EXPRESSION_CHARACTERS:
        words = f"more than {limits.EXPRESSION_CHARACTERS:,} characters; expected a shorter expression"
        raise ExpressionError(words, limits.EXPRESSION_CHARACTERS + 1)
    return _parsed(text)


@lru_cache(maxsize=2048)
def _parsed(text: str) -> Expression:
    tree = _Parser(text).whole()
    return Expression(tree, text, tuple(dict.fromkeys(reference.id for reference in references(tree))))


class _Parser(Scanner):
    """Reads one text, rule by rule; `depth` counts the brackets that are open."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.depth = 0

    def whole(self) -> Node | Test:
        """The tree of all of the text."""
        tree = self._statement()
        if not self.is_done:
            self.fail("an operator or the end")
        return tree

    def _statement(self) -> Node | Test:
        left = self._sum()
        if self.sign() not in _COMPARED:
            return left
        comparisons = [self._comparison(left)]
        while self.word() == "and":
            self.move(3)
            comparisons.append(self._comparison(self._sum()))
        return Test(tuple(comparisons))

    def _comparison(self, left: Node) -> Comparison:
        column = self.column
        sign = self.sign()
        if sign not in _COMPARED:
            self.fail("~ < <= > or >=")
        self.move(len(sign))
        right = self._sum()
        for side in (left, right):
            self._need("value", side, column)
        return Comparison(left, sign, right, self._tolerance() if sign == "~" else None, column)

    def _tolerance(self) -> Number:
        sign = self.sign()
        if sign not in ("+-", "±"):
            self.fail("+- and a tolerance")
        self.move(len(sign))
        return self._number()

    def _sum(self) -> Node:
        column = self.column
        terms = [("+", self._product())]
        while (sign := self.sign()) in ("+", "-"):
            self.move(1)
            terms.append((sign, self._product()))
        return Sum(tuple(terms), column) if len(terms) > 1 else terms[0][1]

    def _product(self) -> Node:
        column = self.column
        factors = [("*", self._atom())]
        while (sign := self.sign()) in ("*", "/"):
            self.move(1)
            factors.append((sign, self._atom()))
        return Product(tuple(factors), column) if len(factors) > 1 else factors[0][1]

    def _atom(self) -> Node:
        match self.token():
            case "number", _:
                return self._number()
            case "series", name:
                return self._reference(name)
            case "word", name:
                return self._call(name)
            case _, sign:
                return self._nested(sign)

    def _nested(self, sign: str) -> Node:
        column = self.column
        if sign not in ("-", "("):
            self.fail(_ATOM)
        self._enter()
        self.move(1)
        node = Negative(self._atom(), column) if sign == "-" else self._sum()
        if sign == "(":
            self.take(")")
        self.depth -= 1
        return node

    def _number(self) -> Number:
        kind, text = self.token()
        if kind != "number":
            self.fail("a number")
        if not math.isfinite(float(text)):
            self.fail("a number below 1e308")
        self.move(len(text))
        return Number(text, self._unit())

    def _unit(self) -> str | None:
        """The unit at this place: `%`, or words up to an operator (`bn CNY`); None if there is none."""
        if self.sign() == "%":
            self.move(1)
            return "%"
        words: list[str] = []
        while (word := self.word()) not in ("", "and"):
            if not _UNIT.fullmatch(word):
                self.fail("a unit in letters, or an operator")
            words.append(word)
            self.move(len(word))
        return " ".join(words) or None

    def _reference(self, name: str) -> Reference:
        column = self.column
        self.move(len(name))
        series, _, definition = name.partition(":")
        return Reference(series, definition, column)

    def _call(self, name: str) -> Call:
        column = self.column
        if name not in FUNCTIONS:
            self._no_function(name)
        self._enter()
        self.move(len(name))
        self.take("(")
        call = self._arguments(name, column)
        self.take(")")
        self.depth -= 1
        return call

    def _arguments(self, name: str, column: int) -> Call:
        if name in PERIOD_FUNCTIONS:
            return self._over_period(name, column)
        over = self._over(name) if name in ("rolling", "percentile") else ""
        series = (self._series(),)
        match name:
            case "rolling":
                return Call(name, series, over=over, length=self._length(2), column=column)
            case "percentile":
                window = self._next_window("a period, or last and a number")
                if not window.count and (window.start is None or window.end is None):
                    raise ExpressionError(f"{window} is open; expected a closed period", window.column)
                return Call(name, series, (window, self._next_window("a history")), over, column=column)
            case "rebase":
                window = self._next_window("a period")
                if window.start is None or window.end is None:
                    raise ExpressionError(f"{window} is open; expected a closed period", window.column)
                return Call(name, series, (window,), column=column)
        return Call(name, series, column=column)

    def _over_period(self, name: str, column: int) -> Call:
        operand_column = self.column
        operand = self._sum()
        if name == "growth" and operand.kind == "value":
            self.take(",", "a comma and the new number")
            new_column = self.column
            new = self._sum()
            self._need("value", new, new_column)
            return Call(name, (operand, new), column=column)
        self._need("series", operand, operand_column)
        if name == "value":
            window = self._next_window("the one period of the value")
            if not window.is_point:
                raise ExpressionError(f"{window} is more than one period; expected one", window.column)
            return Call(name, (operand,), (window,), column=column)
        if self.sign() != ",":
            return Call(name, (operand,), column=column)
        return Call(name, (operand,), (self._next_window("a period"),), column=column)

    def _over(self, name: str) -> str:
        over = self.word()
        if over not in WINDOW_FUNCTIONS:
            self.fail(f"one of {' '.join(WINDOW_FUNCTIONS)}, which {name} applies")
        self.move(len(over))
        self.take(",")
        return over

    def _series(self) -> Node:
        column = self.column
        operand = self._sum()
        self._need("series", operand, column)
        return operand

    def _next_window(self, expected: str) -> Window:
        self.take(",", f"a comma and {expected}")
        return self._window(expected)

    def _length(self, least: int) -> int:
        self.take(",", "a comma and a count")
        return self._integer(least)

    def _integer(self, least: int) -> int:
        digits = self.matching(_INTEGER)
        if not digits or int(digits) < least:
            self.fail(f"a whole number from {least} to 999999")
        self.move(len(digits))
        return int(digits)

    def _window(self, expected: str) -> Window:
        column = self.column
        if self.word() == "last":
            self.move(4)
            return Window(count=self._integer(1), column=column)
        start = self._point()
        end = start
        if self.sign() == "..":
            self.move(2)
            end = self._point()
        if start is None and end is None:
            self.fail(f"{expected}, such as 2023, 2024Q1, 2025-06..2026-02 or last 10")
        if start and end and start.first > end.last:
            raise ExpressionError(f"{start}..{end} ends before it starts; expected the earlier first", column)
        if start and end and (start.first, start.last) == (end.first, end.last):
            end = start
        return Window(start, end, column=column)

    def _point(self) -> Period | None:
        text = self.matching(_POINT)
        if not text:
            return None
        try:
            point = Period.parse(text)
        except ValueError:
            self.fail("a date that exists")
        self.move(len(text))
        return point

    def _enter(self) -> None:
        self.depth += 1
        if self.depth > limits.EXPRESSION_NESTING:
            words = f"nested more than {limits.EXPRESSION_NESTING} deep; expected fewer brackets"
            raise ExpressionError(words, self.column)

    def _need(self, kind: Kind, node: Node, column: int) -> None:
        if node.kind == kind:
            return
        part = shorten(str(node), 60)
        if kind == "series":
            raise ExpressionError(f"{part} is a number; expected a series", column)
        raise ExpressionError(f"{part} is a series; expected a number, such as last({part})", column)

    def _no_function(self, name: str) -> NoReturn:
        best = nearest(name, FUNCTIONS)
        hint = f"nearest: {best}" if best else _ATOM
        raise ExpressionError(f'no function "{shorten(name, 40)}"; expected {hint}', self.column)
