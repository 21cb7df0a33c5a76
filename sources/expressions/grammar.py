"""From the text of an expression to its tree: one hand-written parser, which only ever reads.

    test    = sum "~" sum "+-" number [unit] | sum ("<"|"<="|"|">"|">=") sum | test "and" test
    sum     = product {("+"|"-") product}      product = atom {("*"|"/") atom}
    atom    = number [unit] | "-" atom | "(" sum ")" | series | function "(" arguments ")"
    period  = point | point ".." point | point ".." | ".." point | "last" integer

Tokens are taken where they are expected, since `2025-06` is a month after a series and a difference
of numbers elsewhere.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NoReturn

from sources import limits
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
    references,
    windows_of,
)
from sources.likeness import nearest
from sources.model import Period
from sources.text import shorten

_BLANKS = re.compile(r"[ \t\r\n]*")
_TOKEN = re.compile(
    r"""(?P<number>[0-9]+(?:\.[0-9]+)?)
      | (?P<series>[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+(?::[a-z0-9_]+)?)
      | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<sign>\+-|±|<=|>=|\.\.|[-+*/()<>~,%])""",
    re.VERBOSE,
)
_POINT = re.compile(r"[0-9]{4}(?:Q[1-4]|-[0-9]{2}(?:-[0-9]{2})?)?(?![0-9A-Za-z_]|\.[0-9]|-[0-9])")
_INTEGER = re.compile(r"[0-9]{1,6}(?![0-9A-Za-z_.])")
_UNIT = re.compile(r"[A-Za-z]+(?![0-9_.:(])")
_COMPARED = ("~", "<=", ">=", "<", ">")
_ATOM = "a number, a series such as cn.m2_yoy, a function or a bracket"


class ExpressionError(ValueError):
    """Text that is no expression: `str()` says what, and what was expected, `column` where (from 1)."""

    def __init__(self, words: str, column: int) -> None:
        super().__init__(words)
        self.column = column


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


class _Parser:
    """Reads one text from left to right; `at` is where it stands, always past blanks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0
        self._move(0)

    def whole(self) -> Node | Test:
        """The tree of all of the text."""
        tree = self._statement()
        if self.at < len(self.text):
            self._fail("an operator or the end")
        return tree

    def _statement(self) -> Node | Test:
        left = self._sum()
        if self._sign() not in _COMPARED:
            return left
        comparisons = [self._comparison(left)]
        while self._word() == "and":
            self._move(3)
            comparisons.append(self._comparison(self._sum()))
        return Test(tuple(comparisons))

    def _comparison(self, left: Node) -> Comparison:
        column = self.at + 1
        sign = self._sign()
        if sign not in _COMPARED:
            self._fail("~ < <= > or >=")
        self._move(len(sign))
        right = self._sum()
        for side in (left, right):
            self._need("value", side, column)
        return Comparison(left, sign, right, self._tolerance() if sign == "~" else None, column)

    def _tolerance(self) -> Number:
        sign = self._sign()
        if sign not in ("+-", "±"):
            self._fail("+- and a tolerance")
        self._move(len(sign))
        return self._number()

    def _sum(self) -> Node:
        column = self.at + 1
        terms = [("+", self._product())]
        while (sign := self._sign()) in ("+", "-"):
            self._move(1)
            terms.append((sign, self._product()))
        return Sum(tuple(terms), column) if len(terms) > 1 else terms[0][1]

    def _product(self) -> Node:
        column = self.at + 1
        factors = [("*", self._atom())]
        while (sign := self._sign()) in ("*", "/"):
            self._move(1)
            factors.append((sign, self._atom()))
        return Product(tuple(factors), column) if len(factors) > 1 else factors[0][1]

    def _atom(self) -> Node:
        match = _TOKEN.match(self.text, self.at)
        if match is None:
            self._fail(_ATOM)
        match match.lastgroup:
            case "number":
                return self._number()
            case "series":
                return self._reference(match[0])
            case "word":
                return self._call(match[0])
        return self._nested(match[0])

    def _nested(self, sign: str) -> Node:
        column = self.at + 1
        if sign not in ("-", "("):
            self._fail(_ATOM)
        self._enter()
        self._move(1)
        node = Negative(self._atom(), column) if sign == "-" else self._sum()
        if sign == "(":
            self._take(")")
        self.depth -= 1
        return node

    def _number(self) -> Number:
        match = _TOKEN.match(self.text, self.at)
        if match is None or match.lastgroup != "number":
            self._fail("a number")
        if not math.isfinite(float(match[0])):
            self._fail("a number below 1e308")
        self._move(len(match[0]))
        return Number(match[0], self._unit())

    def _unit(self) -> str | None:
        """The unit at this place: `%`, or words up to an operator (`bn CNY`); None if there is none."""
        if self._sign() == "%":
            self._move(1)
            return "%"
        words: list[str] = []
        while (word := self._word()) not in ("", "and"):
            if not _UNIT.fullmatch(word):
                self._fail("a unit in letters, or an operator")
            words.append(word)
            self._move(len(word))
        return " ".join(words) or None

    def _reference(self, name: str) -> Reference:
        column = self.at + 1
        self._move(len(name))
        series, _, definition = name.partition(":")
        return Reference(series, definition, column)

    def _call(self, name: str) -> Call:
        column = self.at + 1
        if name not in FUNCTIONS:
            self._no_function(name)
        self._enter()
        self._move(len(name))
        self._take("(")
        call = self._arguments(name, column)
        self._take(")")
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
        operand_column = self.at + 1
        operand = self._sum()
        if name == "growth" and operand.kind == "value":
            self._take(",", "a comma and the new number")
            new_column = self.at + 1
            new = self._sum()
            self._need("value", new, new_column)
            return Call(name, (operand, new), column=column)
        self._need("series", operand, operand_column)
        if name == "value":
            window = self._next_window("the one period of the value")
            if not window.is_point:
                raise ExpressionError(f"{window} is more than one period; expected one", window.column)
            return Call(name, (operand,), (window,), column=column)
        if self._sign() != ",":
            return Call(name, (operand,), column=column)
        return Call(name, (operand,), (self._next_window("a period"),), column=column)

    def _over(self, name: str) -> str:
        over = self._word()
        if over not in WINDOW_FUNCTIONS:
            self._fail(f"one of {' '.join(WINDOW_FUNCTIONS)}, which {name} applies")
        self._move(len(over))
        self._take(",")
        return over

    def _series(self) -> Node:
        column = self.at + 1
        operand = self._sum()
        self._need("series", operand, column)
        return operand

    def _next_window(self, expected: str) -> Window:
        self._take(",", f"a comma and {expected}")
        return self._window(expected)

    def _length(self, least: int) -> int:
        self._take(",", "a comma and a count")
        return self._integer(least)

    def _integer(self, least: int) -> int:
        match = _INTEGER.match(self.text, self.at)
        if match is None or int(match[0]) < least:
            self._fail(f"a whole number from {least} to 999999")
        self._move(len(match[0]))
        return int(match[0])

    def _window(self, expected: str) -> Window:
        column = self.at + 1
        if self._word() == "last":
            self._move(4)
            return Window(count=self._integer(1), column=column)
        start = self._point()
        end = start
        if self._sign() == "..":
            self._move(2)
            end = self._point()
        if start is None and end is None:
            self._fail(f"{expected}, such as 2023, 2024Q1, 2025-06..2026-02 or last 10")
        if start and end and start.first > end.last:
            raise ExpressionError(f"{start}..{end} ends before it starts; expected the earlier first", column)
        if start and end and (start.first, start.last) == (end.first, end.last):
            end = start
        return Window(start, end, column=column)

    def _point(self) -> Period | None:
        match = _POINT.match(self.text, self.at)
        if match is None:
            return None
        try:
            point = Period.parse(match[0])
        except ValueError:
            self._fail("a date that exists")
        self._move(len(match[0]))
        return point

    def _sign(self) -> str:
        match = _TOKEN.match(self.text, self.at)
        return match[0] if match and match.lastgroup == "sign" else ""

    def _word(self) -> str:
        match = _TOKEN.match(self.text, self.at)
        return match[0] if match and match.lastgroup == "word" else ""

    def _take(self, sign: str, expected: str = "") -> None:
        if self._sign() != sign:
            self._fail(expected or {",": "a comma", "(": "( and arguments", ")": ") or a comma"}[sign])
        self._move(len(sign))

    def _move(self, count: int) -> None:
        blanks = _BLANKS.match(self.text, self.at + count)
        self.at = blanks.end() if blanks else len(self.text)

    def _enter(self) -> None:
        self.depth += 1
        if self.depth > limits.EXPRESSION_NESTING:
            words = f"nested more than {limits.EXPRESSION_NESTING} deep; expected fewer brackets"
            raise ExpressionError(words, self.at + 1)

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
        raise ExpressionError(f'no function "{shorten(name, 40)}"; expected {hint}', self.at + 1)

    def _fail(self, expected: str) -> NoReturn:
        match = _TOKEN.match(self.text, self.at)
        found = match[0] if match else self.text[self.at : self.at + 1]
        if found and not found.isprintable():
            found = f"U+{ord(found):04X}"
        what = f'unexpected "{shorten(found, 40)}"' if found else "it ends here"
        raise ExpressionError(f"{what}; expected {expected}", self.at + 1)
