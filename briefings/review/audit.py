"""The arithmetic of a document's own tables, recomputed without any source.

A growth column is recomputed from the two columns of years before it, a row of totals from the rows
above it, a share from its row and the total. What rounding of the printed numbers allows, holds.
Cells that are no number, mixed units and impossible ranges are named. A column is only judged where
its head says what it is: an audit that guesses raises false alarms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from briefings.documents.model import Block, Cell, Document
from sources.numbers import plain

Kind = Literal["growth", "difference", "total", "share", "unit", "range", "words"]

RECOMPUTED: tuple[Kind, ...] = ("growth", "difference", "total", "share")
"""Findings that come of doing a table's own arithmetic again."""


class Number(NamedTuple):
    """A number as a cell prints it: `half` is half a unit of its last digit; `unit` may be empty."""

    value: float
    half: float
    unit: str


class Audited(NamedTuple):
    """What recomputing a cell came to: `row` and `column` name it as the table does.

    Of growth, totals and shares those that hold are found too: a check that passes is worth showing.
    """

    kind: Kind
    row: str
    column: str
    holds: bool
    stated: str
    words: str
    line: int = 0

    @property
    def cell(self) -> str:
        """`row "Software", column "Growth"`."""
        return f'row "{self.row}", column "{self.column}"'

    def __str__(self) -> str:
        return f"{self.cell}: {self.words}"


class _Span(NamedTuple):
    """All values that a number may have had before it was rounded."""

    low: float
    high: float


_NUMBER = re.compile(
    r"(?P<sign>[-+−]?)\s*(?:US\$|[$€£¥])?\s*(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?\s*"
    r"(?P<unit>%|pp|bps?|ppt|bn|mn|tn|billion|million|trillion|[a-z]{1,6})?\s*\*?"
)
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)\s*(%|pp)?")
_YEAR = re.compile(r"\b((?:19|20)\d\d)(?:\s*Q([1-4])|-(\d\d))?\b")
_GROWTH = re.compile(r"(?i)\bgrowth\b|\byoy\b|\bincrease\b|增长|增速|同比")
_DIFFERENCE = re.compile(r"(?i)\bdifference\b|\bchange\b|变化|差额")
_SHARE = re.compile(r"(?i)\bshare\b|% of\b|占比|份额|比重")
_TOTAL = re.compile(r"(?i)(?:grand )?totals?|sum|all|合计|总计|总和")
_TREND = re.compile(r"(?i)\btrend\b|趋势")
_UNIT = re.compile(r"(?i)%|\b(?:ppt?|bps?|bn|mn|tn|billion|million|trillion)\b")
_MISSING = frozenset({"", "-", "–", "—", "n/a", "na", "none", "..."})


def audit(document: Document) -> list[Audited]:
    """What all tables of a document come to, in reading order."""
    return [found for block in document.blocks if block.kind == "table" for found in audit_table(block)]


def audit_table(table: Block) -> list[Audited]:
    """What the cells of one table come to, with the line of the table."""
    if not table.headed or len(table.rows) < 2:
        return []
    grid = _Grid(table)
    found = [*grid.growth(), *grid.totals(), *grid.shares(), *grid.units(), *grid.ranges(), *grid.words()]
    return [each._replace(line=table.line) for each in found]


def recomputed(table: Block) -> list[Audited]:
    """Those findings of one table that repeat its author's arithmetic, whether it holds or not."""
    return [found for found in audit_table(table) if found.kind in RECOMPUTED]


def number_in(text: str) -> Number | None:
    """The number that a cell holds and nothing else; None for words, ranges and empty cells."""
    match = _NUMBER.fullmatch(text.strip())
    if not match:
        return None
    decimals = match["decimals"] or ""
    value = float(match["digits"].replace(",", "") + decimals)
    half = 0.5 * 10.0 ** -max(len(decimals) - 1, 0)
    return Number(-value if match["sign"] in ("-", "−") else value, half, match["unit"] or "")


class _Grid:
    """A table as texts and numbers. Cells with a figure or a link are left alone: none of the author's."""

    def __init__(self, table: Block) -> None:
        head, *body = table.rows
        self.heads = [_text(cell) for cell in head]
        self.texts = [[_text(cell) for cell in row] + [""] * (len(head) - len(row)) for row in body]
        self.own = [[not any(span.link for span in cell) for cell in row] for row in body]
        self.numbers = [
            [number_in(text) if own else None for text, own in zip(texts, owns, strict=False)]
            for texts, owns in zip(self.texts, self.own, strict=True)
        ]
        self.total = next((at for at, texts in enumerate(self.texts) if _TOTAL.fullmatch(texts[0])), None)

    def growth(self) -> Iterator[Audited]:
        """The growth cells, recomputed from the two columns of periods before them."""
        for column, head in enumerate(self.heads):
            if not (_GROWTH.search(head) or _DIFFERENCE.search(head)) or _YEAR.search(head):
                continue
            pair = self._periods_before(column)
            for row in range(len(self.texts)) if pair else ():
                yield from self._grown(row, pair, column)

    def _periods_before(self, column: int) -> tuple[int, ...]:
        """The last two columns of periods, older one first, whose heads say the same otherwise."""
        dated = [at for at in range(1, column) if _YEAR.search(self.heads[at])]
        if len(dated) < 2:
            return ()
        pair = sorted(dated[-2:], key=lambda at: _YEAR.findall(self.heads[at])[-1])
        rests = {" ".join(_YEAR.sub("", self.heads[at]).split()).casefold() for at in pair}
        return tuple(pair) if len(rests) == 1 else ()

    def _grown(self, row: int, pair: Sequence[int], column: int) -> Iterator[Audited]:
        old, new, stated = (self._number(row, at) for at in (*pair, column))
        if not (old and new and stated) or old.unit != new.unit:
            return
        head = self.heads[column]
        percent = stated.unit == "%" or "%" in head or bool(_GROWTH.search(head))
        if percent and stated.unit not in ("pp", "ppt", "bp", "bps"):
            if old.value - old.half <= 0:
                return
            made = _Span(_growth(old, new, -1), _growth(old, new, 1))
            words = f"{plain(new.value)} / {plain(old.value)} - 1 = {_rounded(_growth(old, new, 0))} %"
            yield self._finding("growth", row, column, stated, made, words)
        elif stated.unit in ("", old.unit, "pp", "ppt"):
            slack, value = old.half + new.half, new.value - old.value
            words = f"{plain(new.value)} - {plain(old.value)} = {plain(value)}"
            yield self._finding("difference", row, column, stated, _Span(value - slack, value + slack), words)

    def totals(self) -> Iterator[Audited]:
        """The cells of the row of totals, each the sum of the rows above it."""
        if self.total is None or self.total < 2:
            return
        for column in range(1, len(self.heads)):
            parts = [self._number(row, column) for row in range(self.total)]
            stated = self._number(self.total, column)
            numbers = [part for part in parts if part]
            if not stated or len(numbers) < len(parts) or not self._adds_up(column):
                continue
            value, slack = sum(part.value for part in numbers), sum(part.half for part in numbers)
            words = f"{' + '.join(plain(part.value) for part in numbers)} = {plain(value)}"
            made = _Span(value - slack, value + slack)
            yield self._finding("total", self.total, column, stated, made, words)

    def _adds_up(self, column: int) -> bool:
        """Whether a total of the column has a meaning: of growth, yields or other percentages it has none."""
        head = self.heads[column]
        if _SHARE.search(head):
            return True
        percent = "%" in head or any((number := self._number(row, column)) and number.unit in ("%", "pp")
                                     for row in range(len(self.texts)))  # fmt: skip
        return not (percent or _GROWTH.search(head) or _DIFFERENCE.search(head) or _TREND.search(head))

    def shares(self) -> Iterator[Audited]:
        """The share cells: each the part that its row has of the total, where one column holds parts."""
        columns = [at for at, head in enumerate(self.heads) if at and _SHARE.search(head)]
        amounts = [at for at in range(1, len(self.heads)) if at not in columns and self._is_amount(at)]
        for column in columns:
            if self.total is not None and len(amounts) == 1:
                for row in range(self.total):
                    yield from self._shared(row, amounts[0], column)
            elif self.total is None:
                yield from self._too_much(column)

    def _is_amount(self, column: int) -> bool:
        return self._adds_up(column) and any(self._number(row, column) for row in range(len(self.texts)))

    def _shared(self, row: int, amount: int, column: int) -> Iterator[Audited]:
        part, whole, stated = (
            self._number(row, amount), self._number(self.total or 0, amount), self._number(row, column),
        )  # fmt: skip
        if part and whole and stated and whole.value - whole.half > 0:
            low = (part.value - part.half) / (whole.value + whole.half) * 100
            high = (part.value + part.half) / (whole.value - whole.half) * 100
            words = (
                f"{plain(part.value)} / {plain(whole.value)} = {_rounded(part.value / whole.value * 100)} %"
            )
            yield self._finding("share", row, column, stated, _Span(low, high), words)

    def _too_much(self, column: int) -> Iterator[Audited]:
        """Shares without a total: together they may be less than 100 %, not more."""
        found = [number for row in range(len(self.texts)) if (number := self._number(row, column))]
        value, slack = sum(number.value for number in found), sum(number.half for number in found)
        if len(found) > 1 and value - slack > 100:
            words = f"the shares add up to {plain(value)} %"
            yield Audited("share", "all", self.heads[column], False, plain(value), words)

    def units(self) -> Iterator[Audited]:
        """Cells whose unit is not that of the other cells in their column; none where rows name units."""
        if any(_UNIT.search(texts[0]) for texts in self.texts):
            return
        for column in range(1, len(self.heads)):
            cells = [(row, number) for row in range(len(self.texts)) if (number := self._number(row, column))]
            units = [number.unit for _, number in cells]
            usual = max(units, key=units.count, default="")
            if units.count(usual) < 2 or units.count(usual) * 3 < len(units) * 2:
                continue
            for row, number in cells:
                if number.unit != usual:
                    words = f"unit {number.unit or 'missing'}; the column has {usual or 'no unit'}"
                    yield self._named("unit", row, column, words)

    def ranges(self) -> Iterator[Audited]:
        """Ranges that run backwards, and shares below 0 or above 100 %."""
        for row, texts in enumerate(self.texts):
            for column, text in enumerate(texts):
                match = _RANGE.fullmatch(text)
                if column and match and float(match[1]) > float(match[2]):
                    yield self._named("range", row, column, f"the range {text} runs backwards")
                number = self._number(row, column)
                if number and _SHARE.search(self.heads[column]) and not 0 <= number.value <= 100:
                    yield self._named("range", row, column, f"a share of {text} lies outside 0 to 100 %")

    def words(self) -> Iterator[Audited]:
        """Words where the column holds numbers, and columns of a trend without any number."""
        for column in range(1, len(self.heads)):
            kinds = [self._kind(row, column) for row in range(len(self.texts))]
            if _TREND.search(self.heads[column]) and kinds and set(kinds) == {"words"}:
                yield Audited("words", "all", self.heads[column], False, "", "words, no numbers")
            if kinds.count("number") >= 2 and kinds.count("words") == 1:
                row = kinds.index("words")
                yield self._named("words", row, column, "words in a column of numbers")

    def _kind(self, row: int, column: int) -> Literal["number", "words", "other"]:
        text = self.texts[row][column]
        if self._number(row, column):
            return "number"
        own = column < len(self.own[row]) and self.own[row][column]
        return "words" if own and text.casefold() not in _MISSING and not re.search(r"\d", text) else "other"

    def _number(self, row: int, column: int) -> Number | None:
        numbers = self.numbers[row]
        return numbers[column] if column < len(numbers) else None

    def _finding(self, kind: Kind, row: int, column: int, stated: Number, made: _Span, words: str) -> Audited:
        """Whether the stated number and the recomputed one can be the same before rounding."""
        noise = 1e-9 * max(abs(made.low), abs(made.high), 1.0)
        holds = (
            made.low - noise <= stated.value + stated.half and stated.value - stated.half <= made.high + noise
        )
        text = self.texts[row][column]
        verb = "holds" if holds else "does not hold"
        return Audited(
            kind, self.texts[row][0], self.heads[column], holds, text, f"{words}, stated {text}: {verb}"
        )

    def _named(self, kind: Kind, row: int, column: int, words: str) -> Audited:
        return Audited(kind, self.texts[row][0], self.heads[column], False, self.texts[row][column], words)


def _growth(old: Number, new: Number, rounding: int) -> float:
    """Growth in %, as printed (0), or the lowest (-1) or highest (1) that rounding allows."""
    after, before = new.value + rounding * new.half, old.value - rounding * old.half
    return (after / before - 1) * 100


def _rounded(value: float) -> str:
    return plain(round(value, 1))


def _text(cell: Cell) -> str:
    return "".join(span.text for span in cell).strip()
