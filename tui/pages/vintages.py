"""What was published when: the values of a period in their order, and first prints against the latest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from briefings.charts.readout import number
from briefings.desk import Desk
from briefings.documents.model import Block, Link, Mark, Span
from briefings.figures.vintages import BASES, History, Pair, Print, Revised, told_since
from sources.expressions.tracks import called
from sources.numbers import signed, told_apart
from tui.pages import parts
from tui.pages.page import Address, Heading, Page


def vintages_page(desk: Desk, name: str, briefing: str) -> Page | None:
    """The page of an indicator's vintages, or of those of one period; None for an unknown one."""
    found = desk.origins.vintages(name)
    if found is None:
        return None
    period = found.place.period
    blocks = list(_of_period(found) if period else _of_series(found))
    outline = tuple(
        Heading("".join(span.text for span in block.spans), 1, number)
        for number, block in enumerate(blocks)
        if block.kind == "heading" and block.level > 1
    )
    return Page(
        Address("vintages", briefing, str(found.place)),
        path=(found.title, *((period,) if period else ()), "vintages"),
        reading=blocks,
        up=Address("vintages" if period else "indicator", briefing, found.place.series),
        outline=outline,
        reference=_reference(found),
        source=_page_of(desk, found),
        refreshed=(found.place.series,),
    )


def _page_of(desk: Desk, found: History) -> str:
    card = desk.indicator(found.place.series)
    return card.page if card else ""


def _title(found: History, note: str) -> Block:
    period = f", {found.place.period}" if found.place.period else ""
    return parts.title(f"{found.title} {found.title_zh}".rstrip() + period, note)


def _reference(found: History) -> str:
    if not found.place.period:
        return f"{found.title} ({found.place.series}), vintages"
    if not found.prints:
        return ""
    values = (
        f"{number(each.value, found.decimals)} ({BASES[each.basis]} {each.vintage.date()}"
        f"{_of(each.definition)})"
        for each in found.prints
    )
    return f"{found.title}, {found.place.period}, {found.unit}: {', '.join(values)}"


def _of(definition: str) -> str:
    return "" if definition == "1" else f", definition {called(definition)}"


# ---------------------------------------------------------------------- one period


def _of_period(found: History) -> Iterator[Block]:
    yield _title(found, "vintages")
    if not found.prints:
        yield parts.quiet(f"Nothing is known of {found.place.period}.")
        return
    head = ("known from", "", f"value, {found.unit}", "changed by", "definition")
    lines = [_line_of(found, each) for each in found.prints]
    yield _table(head, lines, ("", "", "right", "right", ""))
    for pair in found.pairs:
        yield parts.paragraph(Span(_compared(found, pair)))
    yield from _notes(found)
    lines_of = f"{found.place.series}@{found.place.period}"
    yield parts.paragraph(Span("where the newest comes from", link=Link("provenance", lines_of)))


def _compared(found: History, pair: Pair) -> str:
    """`In definition 2025 it is 2.6 pp lower than in old.`"""
    before, after = found.names
    unit = "pp" if found.unit == "%" else found.unit
    amount = f"{number(abs(pair.difference), found.decimals)} {unit}".rstrip()
    higher = "higher" if pair.difference > 0 else "lower"
    return f"In definition {after} it is {amount} {higher} than in {before}."


def _line_of(found: History, each: Print) -> tuple[Span, ...]:
    decimals = told_apart(each.value, each.value - (each.change or 0.0), found.decimals)
    changed = "" if each.change is None else signed(number(each.change, decimals))
    return (
        Span(f"{each.vintage.date()}"),
        Span(BASES[each.basis], Mark.QUIET),
        Span(number(each.value, decimals)),
        Span(changed),
        Span("" if each.definition == "1" else called(each.definition)),
    )


# ---------------------------------------------------------------------- all periods


def _of_series(found: History) -> Iterator[Block]:
    yield _title(found, "vintages")
    revised = [each for each in found.revised if each.prints > 1]
    if found.prints:
        yield parts.paragraph(Span(_counted(found, revised)))
    if found.parts:
        yield from _of_parts(found)
    if revised:
        yield parts.heading("Revised: first print and latest")
        yield _revised_table(found, revised)
    if found.pairs:
        yield parts.heading("In two definitions")
        yield _pair_table(found)
    yield from _notes(found)
    if found.prints:
        yield parts.heading("All periods")
        yield _revised_table(found, found.revised)


def _counted(found: History, revised: Sequence[Revised]) -> str:
    periods = len({each.first.period for each in found.revised})
    counted = ((len(found.prints), "value"), (periods, "period"))
    words = " of ".join(f"{count:,} {name}{'s' if count > 1 else ''}" for count, name in counted)
    return f"{words}, {len(revised):,} revised." if revised else f"{words}, none revised that was seen."


def _of_parts(found: History) -> Iterator[Block]:
    yield parts.quiet("Computed: its history is that of what it is computed from.")
    yield from parts.entries((Span(title, link=Link("vintages", part)),) for part, title in found.parts)


def _revised_table(found: History, rows: Sequence[Revised]) -> Block:
    several = len({each.first.definition for each in found.revised}) > 1
    head = ("period", *(("definition",) if several else ()))
    head = (*head, f"first, {found.unit}", "known from", "latest", "known from", "revised by")
    lines = []
    for each in rows:
        target = f"{found.place.series}@{each.first.period}"
        named = Span(each.first.period, link=Link("vintages", target))
        definition = (Span(called(each.first.definition)),) if several else ()
        lines.append((named, *definition, *_ends(found, each)))
    align = ("", *(("",) if several else ()), "right", "", "right", "", "right")
    return _table(head, lines, align)


def _ends(found: History, each: Revised) -> tuple[Span, ...]:
    changed = each.prints > 1
    decimals = told_apart(each.first.value, each.latest.value, found.decimals)
    return (
        Span(number(each.first.value, decimals)),
        Span(_known(each.first)),
        Span(number(each.latest.value, decimals) if changed else ""),
        Span(_known(each.latest) if changed else ""),
        Span(signed(number(each.by, decimals)) if changed else ""),
    )


def _known(each: Print) -> str:
    """The day; `<` says that it is an upper bound."""
    return f"{'<' if each.basis == 'calendar' else ' '}{each.vintage.date()}"


def _pair_table(found: History) -> Block:
    before, after = found.names
    head = ("period", f"{before}, {found.unit}", f"{after}, {found.unit}", "difference")
    lines = [
        (
            Span(pair.period, link=Link("vintages", f"{found.place.series}@{pair.period}")),
            Span(number(pair.before, found.decimals)),
            Span(number(pair.after, found.decimals)),
            Span(signed(number(pair.difference, found.decimals))),
        )
        for pair in found.pairs
    ]
    return _table(head, lines, ("", "right", "right", "right"))


def _notes(found: History) -> Iterator[Block]:
    """What each definition counts, and how far back the history goes."""
    if found.definitions:
        yield parts.rows(found.definitions)
    if words := told_since(found):
        yield parts.quiet(words)


def _table(head: Iterable[str], lines: Iterable[tuple[Span, ...]], align: tuple[str, ...]) -> Block:
    """A table without the columns that are empty throughout."""
    first = tuple(parts.cell(Span(word)) for word in head)
    rows = [tuple(parts.cell(span) for span in line) for line in lines]
    kept = [at for at in range(len(first)) if any(row[at][0].text for row in rows)]
    drawn = tuple(tuple(row[at] for at in kept) for row in (first, *rows))
    return Block("table", rows=drawn, align=tuple(align[at] for at in kept))
