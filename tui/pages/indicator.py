"""An indicator: its newest figures in a row of a topic, and its card."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from briefings.desk import Desk
from briefings.documents.model import Block, Cell, Link, Mark, Span
from briefings.figures.rows import FigureRow, IndicatorCard
from tui.layout.breaks import NO_BREAK
from tui.pages import parts
from tui.pages.freshness import glyph
from tui.pages.page import Address, Page
from tui.pages.whom import Whom

if TYPE_CHECKING:
    from briefings.charts.plots import Plot

_HEAD = ("value", "unit", "period", "state", "change", "last 24")
"""Where it is narrow, columns go from the right: the sparkline first, then the change, then the state."""

_ALIGN = ("name", "right", "", "", "", "right", "")
_DIFFERS = ("✗", "x")
_ANYBODY = Whom()


def figure_table(
    title: str,
    rows: Sequence[FigureRow],
    whom: Whom = _ANYBODY,
    ascii: bool = False,  # noqa: A002  (as the setting is called)
) -> list[Block]:
    """Figures in a table; those without any are named below, with the source that would bring the first.

    In ASCII there are no sparklines.
    """
    held = [row for row in rows if row.value]
    blocks: list[Block] = []
    if held:
        columns = len(_HEAD) - ascii
        head = tuple(parts.cell(Span(word)) for word in (f"  {title}", *_HEAD[:columns]))
        lines = tuple(_line(row, ascii)[: columns + 1] for row in held)
        blocks.append(Block("table", rows=(head, *lines), align=_ALIGN))
    return [*blocks, *without_figures(rows, whom)]


def without_figures(rows: Sequence[FigureRow], whom: Whom = _ANYBODY) -> list[Block]:
    """The rows that have none yet, with the source that would bring the first; nothing where all have."""
    missing = [row for row in rows if not row.value]
    return [parts.paragraph(*_missing(missing, whom))] if missing else []


def counted_without_figures(rows: Sequence[FigureRow], topic: str, whom: Whom = _ANYBODY) -> list[Block]:
    """How many rows of a topic have none yet, with a way to all of its indicators; nothing where all have."""
    missing = [row for row in rows if not row.value]
    if not missing:
        return []
    count = f"{len(missing)} {'other ' if len(missing) < len(rows) else ''}"
    noun, have = ("indicator", "has") if len(missing) == 1 else ("indicators", "have")
    listed = Span(f"{noun} of this topic", link=Link("search", f"kind:indicator topic:{topic}"))
    told = f" {have} no figures yet{_asked([row.provider for row in missing], whom)}"
    return [parts.paragraph(Span(count, Mark.QUIET), listed, Span(told, Mark.QUIET))]


def _line(row: FigureRow, ascii: bool) -> tuple[Cell, ...]:  # noqa: A002
    named = Span(row.title, link=Link("item", row.id))
    word = ", ".join(part.replace(" ", NO_BREAK) for part in row.word.split(", "))
    state = (Span(word), Span(f" {_DIFFERS[ascii]}", Mark.DOUBT)) if row.differs else (Span(word),)
    return (
        parts.cell(glyph(row.state, ascii), named),
        *(parts.cell(Span(word)) for word in (row.value, row.unit, row.period)),
        state,
        parts.cell(Span(row.change)),
        parts.cell(Span(row.spark, Mark.QUIET)),
    )


def _missing(rows: Sequence[FigureRow], whom: Whom) -> Iterator[Span]:
    """`No figures yet: Rules naming China, Notices naming China (Federal Register). r asks.`"""
    by_provider: dict[str, list[FigureRow]] = {}
    for row in rows:
        by_provider.setdefault(row.provider, []).append(row)
    before = "No figures yet: "
    for provider, group in sorted(by_provider.items(), key=lambda each: not each[0]):
        for row in group:
            yield Span(before, Mark.QUIET)
            yield Span(row.title, link=Link("item", row.id))
            before = ", "
        yield Span(f" ({whom.named(provider)})" if provider else "", Mark.QUIET)
        before = "; "
    yield Span(_asked(by_provider, whom), Mark.QUIET)


def _asked(providers: Iterable[str], whom: Whom) -> str:
    """The end of a sentence on figures that are missing: what brings some of them, if anything does."""
    can_ask = whom.asks and any(provider and whom.can_ask(provider) for provider in providers)
    return f". {whom.told}" if can_ask else "."


def indicator_page(
    desk: Desk,
    name: str,
    briefing: str,
    whom: Whom = _ANYBODY,
    ascii: bool = False,  # noqa: A002
    beside: tuple[str, ...] = (),
) -> Page | None:
    """The card of an indicator under its chart; None for an unknown one. `beside` are series added to it."""
    card = desk.indicator(name)
    if card is None:
        return None
    names = (name, *beside)
    plot = desk.charts.plot(names, briefing)
    is_drawn = plot is not None and not plot.is_empty
    nothing = before_history(desk, name) if desk.day else "no figures yet"
    reading = _below(desk, card, plot, briefing, _blocks(card, whom, nothing, ascii), ascii)
    return Page(
        Address("indicator", briefing, name, beside=beside),
        path=("Indicators", card.row.title),
        reading=reading(plot),
        up=Address("overview", briefing),
        reference=card.citation,
        source=card.page,
        refreshed=tuple(dict.fromkeys(each.partition(":")[0] for each in names)),
        plot=(lambda: plot) if is_drawn else None,
        plotted=names if is_drawn else (),
        reading_for=reading if is_drawn else None,
    )


def _below(
    desk: Desk,
    card: IndicatorCard,
    plot: Plot | None,
    briefing: str,
    blocks: Iterable[Block],
    ascii: bool,  # noqa: A002
) -> Callable[[Plot | None], list[Block]]:
    """What stands below a chart, by how the plot is looked at: the legend after the first two of `blocks`."""
    from tui.pages.card import said_of_series
    from tui.pages.legend import Legend, meanwhile

    head, newest, *facts = blocks
    observed = [_observations(card)] if card.observations else []
    legend = Legend(desk, plot, briefing, ascii) if plot else None
    rest = (*facts, *said_of_series(desk, card.row.id), *observed, *(meanwhile(plot) if plot else []))

    def reading(looked: Plot | None) -> list[Block]:
        return [head, newest, *(legend.blocks(looked) if legend and looked else ()), *rest]

    return reading


def before_history(desk: Desk, name: str) -> str:
    """From when on something of an indicator is known, for a day on which nothing was."""
    begins = desk.history_begins(name)
    return f"No history before {begins}." if begins else "Nothing was known of it."


def _blocks(card: IndicatorCard, whom: Whom, nothing: str, ascii: bool) -> Iterator[Block]:  # noqa: A002
    row = card.row
    yield parts.title(f"{row.title} {row.title_zh}".rstrip(), ", ".join(("indicator", *card.tags)))
    yield parts.paragraph(*_newest(row, nothing, ascii))
    yield parts.rows((label, _words(label, words, row)) for label, words in _facts(card, whom))
    if card.parts:
        yield parts.heading("Computed from")
        yield from parts.entries((Span(title, link=Link("item", part)),) for part, title in card.parts)
    if card.differing:
        yield parts.heading("Where its check differs")
        yield _side_by_side(card, ascii)


def _newest(row: FigureRow, nothing: str, ascii: bool) -> Iterator[Span]:  # noqa: A002
    if row.value:
        yield Span(f"{row.value} {row.unit}   {row.period}   {row.change}".rstrip(), Mark.STRONG)
    else:
        yield Span(nothing, Mark.STRONG)
    if row.state:
        yield Span("   ")
        yield glyph(row.state, ascii)
        yield Span(row.word)
    if row.spark and not ascii:
        yield Span(f"   {row.spark}", Mark.QUIET)


def _facts(card: IndicatorCard, whom: Whom) -> Iterator[tuple[str, str]]:
    for label, words in card.facts:
        is_late = label == "State" and card.row.state != "fresh"
        yield label, f"{words} {whom.way(card.providers)}" if is_late else words
    if card.checked:
        yield "Checked", card.checked


def _words(label: str, words: str, row: FigureRow) -> Cell:
    """The source leads to what is known of it."""
    link = Link("source", row.provider) if label == "Source" and row.provider else None
    return (Span(words, link=link),)


def _side_by_side(card: IndicatorCard, ascii: bool) -> Block:  # noqa: A002
    head = tuple(parts.cell(Span(word)) for word in ("period", "shown", "check", ""))
    mark = parts.cell(Span(_DIFFERS[ascii], Mark.DOUBT))
    rows = ((*(parts.cell(Span(word)) for word in line), mark) for line in card.differing)
    return Block("table", rows=(head, *rows), align=("", "right", "right", ""))


def _observations(card: IndicatorCard) -> Block:
    """The last observations; each period leads to where its figure comes from."""
    head = tuple(parts.cell(Span(word)) for word in ("period", f"value, {card.row.unit}", "change"))
    lines = (
        (
            parts.cell(Span(period, link=Link("provenance", f"{card.row.id}@{period}"))),
            *(parts.cell(Span(word)) for word in rest),
        )
        for period, *rest in card.observations
    )
    return Block("table", rows=(head, *lines), align=("", "right", "right"))
