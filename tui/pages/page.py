"""What a screen shows, before anything is drawn: an address, and blocks for one or two panes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from briefings.documents.items import links_in
from briefings.documents.model import Block
from briefings.documents.names import INDICATOR, is_indicator

if TYPE_CHECKING:
    from briefings.charts.plots import Plot
    from tui.pages.pieces import Numbered

PageKind = Literal[
    "overview",
    "topic",
    "gathered",
    "item",
    "indicator",
    "library",
    "help",
    "sources",
    "ledger",
    "scoreboard",
    "search",
    "neighbours",
    "path",
    "history",
    "checks",
    "table",
    "compare",
    "provenance",
    "vintages",
]

LOOKED_THROUGH = 2_000
"""Blocks of a text in which figures are looked for."""


class Address(NamedTuple):
    """Where a page is found: `briefing` for the tabs, `name` a topic (of all briefings, where it is
    `gathered`), the whole id of an item, the words of a search, or the ids of two items with a blank between.

    `block` is the block of the document to go to, -1 for the top. `beside` names what was added to its
    chart. `day` is the past day that the page is shown for, None for today.
    """

    kind: PageKind
    briefing: str = ""
    name: str = ""
    block: int = -1
    beside: tuple[str, ...] = ()
    day: date | None = None


class Heading(NamedTuple):
    """A line of the outline: `block` counts in the page, `section` is the id of a section of its document."""

    title: str
    level: int
    block: int
    section: str = ""


def _same(block: int) -> int:
    return block


class Page(NamedTuple):
    """The content of a screen. `document` is where links of `reading` are resolved from.

    `path` is the way to it, `up` the page above. A `listing` is moved through row by row; `numbered` says
    which of its entries a link is, where its tables are not all that is listed.
    `reference` is what copying gives when nothing is selected, `source` the address of the
    document that the page rests on. `refreshed` names what a refresh of this page asks for:
    indicators, topics or sources; where it is empty, the series that its text names. `plot` makes
    the chart that can stand above the text, of the series that `plotted` names; `reading_for` is the text
    for the plot as it is looked at, `panels` makes small charts that stand in its place. `abreast` says
    that the side pane stays beside the text, also where a table has to wrap for it; `previews`, that the
    side pane is for what is chosen in the list.
    """

    address: Address
    path: tuple[str, ...]
    reading: Sequence[Block]
    side: Sequence[Block] = ()
    document: str = ""
    up: Address | None = None
    listing: bool = False
    numbered: "Numbered | None" = None
    outline: Sequence[Heading] = ()
    reference: str = ""
    source: str = ""
    refreshed: tuple[str, ...] = ()
    find_block: Callable[[int], int] = _same
    plot: "Callable[[], Plot | None] | None" = None
    plotted: tuple[str, ...] = ()
    panels: "Callable[[], Sequence[Plot]] | None" = None
    reading_for: "Callable[[Plot], Sequence[Block]] | None" = None
    abreast: bool = False
    previews: bool = False

    @property
    def asks(self) -> tuple[str, ...]:
        """What a refresh of this page asks for: indicators, topics or sources; empty where it shows no
        figures."""
        return self.refreshed or self.series

    @property
    def series(self) -> tuple[str, ...]:
        """The ids of indicators that the text names, of a long one only its beginning."""
        return tuple(dict.fromkeys(_series_in(self.reading[:LOOKED_THROUGH])))


def _series_in(blocks: Iterable[Block]) -> Iterator[str]:
    """The ids of indicators that texts link to, show figures of, or test."""
    for block in blocks:
        for link in links_in(block):
            if link.kind == "figure":
                yield from INDICATOR.findall(link.target)
            elif link.kind == "item" and is_indicator(link.target):
                yield link.target
        if block.statement:
            yield from INDICATOR.findall(block.statement.test)
