"""Where a figure comes from, as a page: what is known of its source, and what it was computed from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefings.desk import Desk
from briefings.documents.model import Block, Link, Mark, Span
from briefings.figures.provenance import Behind, Provenance
from tui.pages import parts
from tui.pages.freshness import glyph
from tui.pages.page import Address, Page

_HEAD = ("period", "value", "unit", "known", "definition", "from")
"""Where it is narrow, columns go from the right."""

_ALIGN = ("name", "", "right", "", "", "", "")


def provenance_page(
    desk: Desk,
    name: str,
    briefing: str,
    ascii: bool = False,  # noqa: A002  (as the setting is called)
) -> Page | None:
    """The page of a figure by its name; None where there is no such figure."""
    found = desk.origins.provenance(name)
    if found is None:
        return None
    return Page(
        Address("provenance", briefing, found.name),
        path=(found.title, "source"),
        reading=list(_blocks(found, ascii)),
        up=_up(found, briefing),
        reference=found.citation,
        source=found.page,
        refreshed=found.series,
    )


def _up(found: Provenance, briefing: str) -> Address:
    """The card of what it is a figure of."""
    if "#" in found.name:
        return Address("item", name=found.name)
    return Address("indicator", briefing, found.series[0]) if found.series else Address("overview", briefing)


def _blocks(found: Provenance, ascii: bool) -> Iterator[Block]:  # noqa: A002
    yield parts.title(f"{found.title} {found.title_zh}".rstrip(), "source")
    figure = [Span(found.figure, Mark.STRONG)]
    if found.state:
        figure += [Span("   "), glyph(found.state, ascii), Span(found.word)]
    yield parts.paragraph(*figure)
    yield parts.rows(found.facts)
    if found.behind:
        yield parts.heading(f"Made of {len(found.behind):,} figure{'s' if len(found.behind) > 1 else ''}")
        yield _table(found.behind)


def _table(behind: Sequence[Behind]) -> Block:
    """The figures that it was made of, each the way to its own provenance."""
    head = tuple(parts.cell(Span(word)) for word in ("", *_HEAD))
    rows = tuple(
        (
            parts.cell(Span(each.title, link=Link("provenance", each.name))),
            *(
                parts.cell(Span(word))
                for word in (each.period, each.value, each.unit, each.known, each.definition, each.source)
            ),
        )
        for each in behind
    )
    kept = [at for at in range(len(head)) if at < 3 or any(row[at][0].text for row in rows)]
    return Block(
        "table",
        rows=tuple(tuple(row[at] for at in kept) for row in (head, *rows)),
        align=tuple(_ALIGN[at] for at in kept),
    )
