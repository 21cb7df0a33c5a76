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
    "item": (
        "chart.back",
        "chart.shorter",
        "chart.longer",
        "chart.add",
        "chart.switch",
        "go.vintages",
        "go.provenance",
    ),
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

_CARDS = ("item", "indicator")
_CHARTED = ("indicator", "compare")
_AROUND = ("neighbours", "path")
_READ = ("overview", "topic", "gathered", "item")
_DATED = (*_READ, "indicator", "ledger", "scoreboard")
_LOOKED_AT = 64

_TITLES = {
    ("indicator", "chart.switch"): "table",
    ("compare", "chart.switch"): "back",
    ("compare", "link.next"): "next chart",
    ("compare", "link.follow"): "open",
    ("table", "list.group"): "order",
    **{(kind, "chart.back"): "crosshair" for kind in (*_CHARTED, "item")},
    **{(kind, f"chart.{way}"): way for kind in (*_CHARTED, "item") for way in ("shorter", "longer")},
    **{(kind, "link.beside"): "beside" for kind in (*_LISTS, *_AROUND, "search")},
    **{(kind, "go.neighbours"): "way to" for kind in _AROUND},
    **{("sources", f"refresh.{which}"): which for which in ("this", "all")},
}
"""What some keys are called on a page where they lead elsewhere than their name says."""

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
    drawn: bool = False,
) -> tuple[Command, ...]:
    """The commands of the footer in their order. `focused` says that a link has the focus, `way_back`
    that there is a page to go back to, `found` that words stand in what is shown, `asking` that a refresh
    runs, which escape on the sources stops, `drawn` that the chart of the page stands above it."""
    stops = asking and page.address.kind == "sources" and layer == "page" and not found
    names = _OF_LAYERS.get(layer) or _of_page(page, links, focused, way_back or stops, drawn)
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


def _of_page(page: Page, links: bool, focused: bool, way_back: bool, drawn: bool) -> tuple[str, ...]:
    can = {
        **_of_links(page, links, focused),
        **_of_ways(page, way_back),
        **_of_figures(page, drawn),
        **_of_lists(page, focused),
        **_of_texts(page),
        "app.help": page.address.kind != "help",
    }
    return tuple(name for name, holds in can.items() if holds)


def _of_links(page: Page, links: bool, focused: bool) -> dict[str, bool]:
    return {
        "link.follow": focused and not page.listing,
        "list.open": focused and page.listing,
        "link.next": links and not page.listing,
        "hint.show": links,
        "link.beside": focused,
        "link.source": page.address.kind in ("provenance", "vintages") and bool(page.source),
        "link.copy": bool(page.reference) or page.address.kind == "compare",
    }


def _of_ways(page: Page, way_back: bool) -> dict[str, bool]:
    kind = page.address.kind
    closes = kind in CLOSED_BY_ESCAPE and way_back
    return {
        "app.close": closes,
        "go.back": way_back and not closes,
        "go.up": kind in _CARDS and page.up is not None,
        "go.bar": kind not in (*_CARDS, *_AROUND, "search"),
        "go.neighbours": kind in (*_CARDS, *_AROUND),
        "go.search": kind not in _CARDS,
        "go.library": kind != "library",
        "go.claims": kind in ("overview", "topic"),
        "go.predictions": kind == "overview",
        "go.as_of": kind in _DATED,
    }


def _of_figures(page: Page, drawn: bool) -> dict[str, bool]:
    kind, has_plot, is_plotted = page.address.kind, page.plot is not None, bool(page.plotted)
    has_crosshair = drawn or (kind in _CHARTED and is_plotted)
    points = kind == "indicator" or (kind == "compare" and is_plotted) or (kind == "item" and has_plot)
    return {
        "chart.switch": has_plot or kind in ("topic", "gathered", "table", "compare"),
        "chart.add": drawn or (has_plot and kind == "indicator"),
        **dict.fromkeys(("chart.back", "chart.shorter", "chart.longer"), has_crosshair),
        "page.export": is_plotted,
        "go.provenance": points,
        "go.vintages": points or kind == "provenance",
        **dict.fromkeys(("refresh.this", "refresh.all"), kind == "sources"),
    }


def _of_lists(page: Page, focused: bool) -> dict[str, bool]:
    kind = page.address.kind
    return {
        "table.filter": kind in ("table", "library", "ledger"),
        "list.group": kind in ("ledger", "table"),
        "list.sort": kind in ("ledger", "library"),
        "list.all": kind in ("topic", "gathered"),
        "search.keep": kind == "search",
        "prediction.resolve": kind == "scoreboard" and focused,
    }


def _of_texts(page: Page) -> dict[str, bool]:
    kind = page.address.kind
    return {
        "doc.find": len(page.reading) > 0,
        "doc.outline": bool(page.outline),
        "go.unread": kind in _READ and bool(page.outline),
        "text.mentions": kind in _READ,
        "note.write": kind in _CARDS,
    }
