"""What the keys of the footer can do at a moment: nothing is offered that would do nothing."""

from __future__ import annotations

from itertools import islice
from typing import Literal

from tui.commands.table import BY_ID, Command
from tui.layout.blocks import targets
from tui.pages.page import Page

Layer = Literal[
    "page", "outline", "find", "search", "beside", "going", "source", "noting", "asked", "choosing"
]  # fmt: skip
"""What lies on top and takes the keys."""

CLOSED_BY_ESCAPE = (
    "help", "library", "sources", "ledger", "scoreboard", "search", "neighbours", "path", "history",
    "checks", "compare", "provenance", "vintages",
)  # fmt: skip
"""Pages that are left by escape: what was asked for, and lies on top."""

_LISTS: dict[str, tuple[str, ...]] = {
    "ledger": ("list.open", "list.group", "table.filter", "doc.find", "app.close"),
    "scoreboard": ("list.open", "prediction.resolve", "doc.find", "app.close"),
    "library": ("list.open", "table.filter", "list.sort", "doc.find", "app.close"),
    "sources": ("list.open", "refresh.this", "refresh.all", "app.close"),
}
"""What the footer of lists begins with."""

_FIRST = {
    "indicator": (
        "chart.back",
        "chart.shorter",
        "chart.longer",
        "chart.add",
        "chart.switch",
        "go.vintages",
        "go.provenance",
        "page.export",
    ),
    "item": ("chart.switch", "go.vintages", "go.provenance"),
    "table": ("list.open", "table.filter", "list.group", "chart.switch", "page.export"),
    "compare": (
        "chart.back",
        "chart.shorter",
        "chart.longer",
        "link.follow",
        "go.provenance",
        "go.vintages",
        "chart.switch",
    ),
}
"""What the footer of pages with figures begins with: the keys that these pages are for."""

_TITLES = {
    ("indicator", "chart.switch"): "table",
    ("compare", "chart.switch"): "back",
    ("table", "list.group"): "order",
    **{(kind, "link.beside"): "beside" for kind in (*_LISTS, "search")},
    **{("sources", f"refresh.{which}"): which for which in ("this", "all")},
    ("neighbours", "link.beside"): "beside",
    ("path", "link.beside"): "beside",
    ("neighbours", "go.neighbours"): "way to",
    ("path", "go.neighbours"): "way to",
    ("indicator", "chart.back"): "crosshair",
    ("compare", "chart.back"): "crosshair",
    ("compare", "link.next"): "next chart",
    ("compare", "link.follow"): "open",
    ("indicator", "chart.shorter"): "shorter",
    ("indicator", "chart.longer"): "longer",
    ("compare", "chart.shorter"): "shorter",
    ("compare", "chart.longer"): "longer",
}
"""What some keys are called on a page where they lead elsewhere than their name says."""

_CARDS = ("item", "indicator")
_READ = ("overview", "topic", "gathered", "item")
_DATED = (*_READ, "indicator", "ledger", "scoreboard")
_LOOKED_AT = 64

_OF_LAYERS = {
    "outline": ("list.open", "app.close"),
    "find": ("find.accept", "app.close"),
    "going": ("bar.go", "bar.complete", "bar.move", "app.close"),
    "source": ("link.follow", "link.next", "link.source", "go.vintages", "link.copy", "app.close"),
    "noting": ("app.close",),
    "beside": ("link.follow", "link.next", "hint.show", "app.close"),
    "search": ("search.open", "search.complete", "search.keep", "app.close"),
    "asked": ("answer.give", "app.close"),
    "choosing": ("answer.give", "answer.other", "app.close"),
}


def has_links(page: Page) -> bool:
    """Whether a page has a link to go to; of a long text only the beginning is looked at."""
    if len(page.reading) > _LOOKED_AT:
        return True
    return any(targets(block) for blocks in (page.side, page.reading) for block in islice(blocks, _LOOKED_AT))


def offered(
    page: Page,
    layer: Layer,
    *,
    links: bool,
    focused: bool,
    way_back: bool,
    found: bool = False,
    asking: bool = False,
) -> tuple[Command, ...]:
    """The commands of the footer in their order. `focused` says that a link has the focus, `way_back`
    that there is a page to go back to, `found` that words stand in what is shown, `asking` that a refresh
    runs, which escape on the sources stops."""
    stops = asking and page.address.kind == "sources" and layer == "page" and not found
    names = _OF_LAYERS.get(layer) or _of_page(page, links, focused, way_back or stops)
    if found and layer == "page":
        names = ("doc.find_next", "app.close", *(name for name in names if name != "app.close"))
    first = (*(("app.close",) if stops else ()), "doc.find_next", *_first_of(page, layer))
    order = {name: number for number, name in reversed([*enumerate(first)])}
    commands = (_titled(BY_ID[name], page, stops) for name in names)
    return tuple(sorted(commands, key=lambda each: (order.get(each.id, len(first)), each.footer)))


def _first_of(page: Page, layer: Layer) -> tuple[str, ...]:
    if layer != "page":
        return ()
    kind = page.address.kind
    return _LISTS.get(kind) or (_FIRST.get(kind, ()) if page.plotted else ())


def _titled(command: Command, page: Page, stops: bool) -> Command:
    if stops and command.id == "app.close":
        return command._replace(title="stop")
    if command.id == "search.keep" and len(page.path) > 1:  # the search has a name: it is kept
        return command._replace(title="drop")
    return command._replace(title=_TITLES.get((page.address.kind, command.id), command.title))


def _of_page(page: Page, links: bool, focused: bool, way_back: bool) -> tuple[str, ...]:
    kind = page.address.kind
    closes = kind in CLOSED_BY_ESCAPE and way_back
    charted = (kind == "compare" and bool(page.plotted)) or (kind == "item" and page.plot is not None)
    can = {
        "link.follow": focused and not page.listing,
        "list.open": focused and page.listing,
        "link.next": links and not page.listing,
        "hint.show": links,
        "link.beside": focused,
        "go.bar": kind not in (*_CARDS, "search", "neighbours", "path"),
        "app.close": closes,
        "go.neighbours": kind in (*_CARDS, "neighbours", "path"),
        "go.back": way_back and not closes,
        "go.up": kind in _CARDS and page.up is not None,
        "chart.switch": page.plot is not None or kind in ("topic", "gathered", "table", "compare"),
        "chart.add": page.plot is not None and kind == "indicator",
        "chart.back": kind in ("indicator", "compare") and bool(page.plotted),
        "chart.shorter": kind in ("indicator", "compare") and bool(page.plotted),
        "chart.longer": kind in ("indicator", "compare") and bool(page.plotted),
        "table.filter": kind in ("table", "library", "ledger"),
        "page.export": bool(page.plotted),
        "go.provenance": kind == "indicator" or charted,
        "go.vintages": kind in ("indicator", "provenance") or charted,
        "link.source": kind in ("provenance", "vintages") and bool(page.source),
        "go.search": kind not in _CARDS,
        "search.keep": kind == "search",
        "doc.find": len(page.reading) > 0,
        "doc.outline": bool(page.outline),
        "refresh.this": kind == "sources",
        "refresh.all": kind == "sources",
        "go.library": kind != "library",
        "go.claims": kind in ("overview", "topic"),
        "go.predictions": kind == "overview",
        "prediction.resolve": kind == "scoreboard" and focused,
        "list.all": kind in ("topic", "gathered"),
        "go.unread": kind in _READ and bool(page.outline),
        "text.mentions": kind in _READ,
        "go.as_of": kind in _DATED,
        "list.group": kind in ("ledger", "table"),
        "list.sort": kind in ("ledger", "library"),
        "note.write": kind in _CARDS,
        "link.copy": bool(page.reference) or kind == "compare",
        "app.help": kind != "help",
    }
    return tuple(name for name, holds in can.items() if holds)
