"""The observations of an indicator, line by line: ordered, filtered, and each a way into the chart."""

from __future__ import annotations

from collections.abc import Sequence

from briefings.charts.readout import number
from briefings.desk import Desk
from briefings.documents.model import Block, Link, Mark, Span
from briefings.figures.tabled import ORDERS, Entry, Table, chosen, ordered, told_apart
from sources.numbers import signed
from tui.commands.live import USUAL, Key
from tui.layout.cells import fit
from tui.pages import parts
from tui.pages.indicator import before_history
from tui.pages.page import Address, Page
from tui.pages.pieces import Joined, Listing
from tui.pages.whom import Whom

_ORDER_WORDS = {
    "newest": "newest first",
    "oldest": "oldest first",
    "largest": "largest value first",
    "smallest": "smallest value first",
    "rise": "greatest rise first",
    "fall": "greatest fall first",
}
_BASES = {"published": "published", "seen": "seen", "calendar": "by calendar"}
_BETWEEN = 3
_DEFINITION = "definition"


def table_page(desk: Desk, briefing: str, name: str, whom: Whom, key: Key = USUAL) -> Page | None:
    """The table of an indicator; None for an unknown one. `name` is its id, an order and a filter:
    `cn.m2_yoy largest > 5`."""
    id_, order, words = parts_of(name)
    table = desk.charts.table(id_)
    if table is None:
        return None
    entries = rows_of(table, order, words)
    lines = _Lines(table, entries)
    shown = f"{_ORDER_WORDS[order]}{f', where {words}' if words else ''}"
    head = [
        parts.title(f"{table.title} {table.title_zh}".rstrip(), _counted(len(entries), len(table.entries))),
        Block("line", spans=(Span(shown, Mark.QUIET),)),
        Block("line", spans=(Span(lines.head, Mark.QUIET),)),
    ]
    if not entries:
        changes = f"{key('table.filter')} changes that."
        nothing = f"No row where {words}. {changes}" if table.entries else _nothing(desk, id_, whom)
        head.append(parts.quiet(nothing))
    return Page(
        Address("table", briefing, name_of(id_, order, words)),
        path=("Indicators", table.title, "table"),
        reading=Joined(head, Listing(len(entries), lines.fetch)),
        up=Address("indicator", briefing, id_.partition(":")[0]),
        listing=bool(entries),
        reference=f"{table.title} ({id_}), {len(entries)} of {len(table.entries)} observations",
        refreshed=(id_.partition(":")[0],),
        plotted=(id_,) if table.entries else (),
    )


def _nothing(desk: Desk, name: str, whom: Whom) -> str:
    """Why a table has no rows at all."""
    series = name.partition(":")[0]
    if desk.day:
        return before_history(desk, series)
    card = desk.indicator(series)
    return f"No figures yet. {whom.way(card.providers if card else ())}"


def rows_of(table: Table, order: str, words: str) -> list[Entry]:
    """The rows that a table shows; words that nobody understands choose all."""
    try:
        return chosen(ordered(table.entries, order), words)
    except ValueError:
        return ordered(table.entries, order)


def parts_of(name: str) -> tuple[str, str, str]:
    """The id, the order and the filter that a page's name holds."""
    id_, _, rest = name.partition(" ")
    order, _, words = rest.partition(" ")
    return id_, order if order in ORDERS else ORDERS[0], words


def name_of(id: str, order: str, words: str) -> str:  # noqa: A002
    """The name of the page that shows a table in an order, filtered."""
    return " ".join(filter(None, (id, order, words)))


def next_order(name: str) -> str:
    """The name of the page that shows the same rows in the next order."""
    id_, order, words = parts_of(name)
    return name_of(id_, ORDERS[(ORDERS.index(order) + 1) % len(ORDERS)], words)


def _counted(shown: int, whole: int) -> str:
    return f"{whole:,} observations" if shown == whole else f"{shown:,} of {whole:,} observations"


class _Lines:
    """Rows as lines of columns as wide as the widest of all rows, made when they are looked at."""

    def __init__(self, table: Table, entries: Sequence[Entry]) -> None:
        self._table, self._entries = table, entries
        values = [each.value for each in table.entries] or [0.0]
        changes = [each.change for each in table.entries if each.change is not None] or [0.0]
        self._value = max(5, *(len(number(each, table.decimals)) for each in (min(values), max(values))))
        self._change = max(6, *(len(_changed(each, table)) for each in (min(changes), max(changes))))
        self._period = max((len(str(each.period)) for each in table.entries[-1:]), default=6)
        self._definitions = told_apart(each.definition for each in table.entries)
        widest = max(map(len, self._definitions.values()), default=0)
        self._definition = max(len(_DEFINITION), widest) if len(self._definitions) > 1 else 0

    @property
    def head(self) -> str:
        """The names of the columns, the unit beside the value."""
        unit = f"  {self._table.unit}" if self._table.unit else ""
        known = [fit(_DEFINITION, self._definition)] if self._definition else []
        known += ["known since"] if any(each.vintage for each in self._table.entries) else []
        return (" " * _BETWEEN).join(
            (
                fit("period", self._period),
                fit("value", self._value, "right") + unit,
                fit("change", self._change, "right"),
                *known,
            )
        )

    def fetch(self, first: int, most: int) -> Sequence[Block]:
        """Some of the lines."""
        return [self._line(each) for each in self._entries[first : first + most]]

    def _line(self, each: Entry) -> Block:
        table, between = self._table, " " * _BETWEEN
        period = fit(str(each.period), self._period)
        value = fit(number(each.value, table.decimals), self._value, "right")
        change = fit("" if each.change is None else _changed(each.change, table), self._change, "right")
        known = [fit(self._definitions[each.definition], self._definition)] if self._definition else []
        known += [f"{each.vintage} {_BASES[each.basis]}"] if each.vintage else []
        unit = " " * (len(table.unit) + 2) if table.unit else ""
        spans = [
            Span(period, link=Link("period", str(each.period))),
            Span(f"{between}{value}{unit}{between}{change}"),
            Span("".join(between + words for words in known), Mark.QUIET),
        ]
        return Block("line", spans=tuple(span for span in spans if span.text))


def _changed(change: float, table: Table) -> str:
    return signed(number(change, table.decimals))
