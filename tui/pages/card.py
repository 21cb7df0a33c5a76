"""The card of an item: what it is, what is said of it and where, and what stands next to it."""

from __future__ import annotations

from collections.abc import Sequence

from briefings.desk import Desk
from briefings.documents.model import Block, Cell, Document, Item, Link, Mark, Section, Span, Statement
from briefings.library.links import Neighbour
from sources.text import fold
from tui.layout.breaks import NO_BREAK
from tui.layout.linked import after, named, place_of, told_from_others, which
from tui.pages import parts
from tui.pages.page import Address, Page
from tui.pages.pieces import Joined, Pieces
from tui.pages.places import told_apart, words_of
from tui.pages.sections import Headings, around, outline_of, reference_to

_STATEMENTS = ("claim", "prediction")
_DATE_WORDS = {"signed": "signed", "published": "published", "in_force": "in force", "ended": "ended"}


def card(
    desk: Desk,
    item: Item,
    ascii: bool = False,  # noqa: A002  (as the setting is called)
    beside: tuple[str, ...] = (),
) -> Page | None:
    """The card of any item; None when its document has gone. `beside` are series added to its chart."""
    document = desk.document(item.document)
    if document is None:
        return None
    if item.kind == "section":
        return _section(desk, document, item)
    if item.kind in ("claim", "prediction"):
        return _statement(desk, document, item, ascii, beside)
    return _document(desk, document, item)


def _document(desk: Desk, document: Document, item: Item) -> Page:
    head = [*_head(document), *_said(desk, item)] if document.kind != "note" else _note_head(document)
    reading = Joined(head, document.blocks)
    shift = len(head)
    return Page(
        Address("item", name=item.id),
        path=(_plural(document.kind), told_from_others(item)),
        reading=reading,
        side=(*_where(desk, item), *_next(desk, item)),
        document=document.id,
        up=Address("library"),
        outline=Headings(document.sections, shift),
        reference=reference_to(document),
        source=document.facts.official_url or (document.briefs.url if document.briefs else ""),
        find_block=lambda block: block + shift,
    )


def _section(desk: Desk, document: Document, item: Item) -> Page:
    section = next((s for s in document.sections if s.id == item.short), None)
    ranges = [(section.first, section.last)] if section else [(item.block, item.block + 1)]
    reading = Pieces(document.blocks, ranges)
    return Page(
        Address("item", name=item.id),
        path=(document.title, *_way(document, section)),
        reading=reading,
        side=(*_where(desk, item), *_next(desk, item)),
        document=document.id,
        up=Address("item", name=f"{document.id}#^{item.block}"),
        outline=outline_of(document, reading),
        reference=reference_to(document, item.short),
        find_block=reading.find,
    )


def _way(document: Document, section: Section | None) -> tuple[str, ...]:
    if section is None:
        return ()
    around = [s for s in document.sections if s.first <= section.first < s.last and s.level <= section.level]
    return tuple(s.title for s in around if fold(s.title) != fold(document.title))


def _statement(
    desk: Desk,
    document: Document,
    item: Item,
    ascii: bool,  # noqa: A002
    beside: tuple[str, ...],
) -> Page | None:
    block = document.blocks[item.block] if item.block < len(document.blocks) else None
    if block is None or block.statement is None:
        return None
    statement = block.statement
    blocks = _with_rows(_head_of(desk, document, item, block, ascii), _about(desk, document, statement))
    series = _tested(desk, item)
    names = (*series, *beside) if series else ()
    return Page(
        Address("item", name=item.id, beside=beside),
        path=(document.title, item.short.upper()),
        reading=blocks,
        side=(*_stands(desk, document, item), *_where(desk, item)),
        document=document.id,
        up=Address("item", name=f"{document.id}#^{item.block}"),
        reference=f"{item.short.upper()}: {statement.says} ({reference_to(document)})",
        plot=(lambda: desk.charts.around(item, names)) if names else None,
        plotted=names,
    )


def _tested(desk: Desk, item: Item) -> tuple[str, ...]:
    """The series that the test of a claim speaks of; none without figures."""
    row = desk.verdict(item.id)
    return row.series if row and row.method == "tested" else ()


def _head_of(desk: Desk, document: Document, item: Item, block: Block, ascii: bool) -> list[Block]:  # noqa: A002
    if block.statement and item.kind == "claim":
        from tui.pages.claim import claim_blocks

        return claim_blocks(desk, document, item, block.statement, ascii)
    if block.statement and item.kind == "prediction":
        from tui.pages.prediction import prediction_blocks

        return prediction_blocks(desk, item, block.statement, ascii)
    return [block]


def _with_rows(blocks: list[Block], rows: list[tuple[str, Cell]]) -> list[Block]:
    """Blocks with more lines of labels, in the columns of those that they end with."""
    if not rows:
        return blocks
    more, last = parts.rows(rows), blocks[-1]
    if last.kind != "table" or last.headed:
        return [*blocks, more]
    return [*blocks[:-1], last._replace(rows=(*last.rows, *more.rows))]


def _about(desk: Desk, document: Document, statement: Statement) -> list[tuple[str, Cell]]:
    rows: list[tuple[str, Cell]] = []
    for label, targets in (
        ("About", statement.about),
        ("Cause", (statement.cause,)),
        ("Effect", (statement.effect,)),
    ):
        found = [item for target in targets if target and (item := desk.resolve(target, document.id))]
        if found:
            spans: list[Span] = []
            for item in found:
                spans += [Span("   ")] if spans else []
                spans.append(parts.link(item))
            rows.append((label, tuple(spans)))
    return rows


def _stands(desk: Desk, document: Document, item: Item) -> list[Block]:
    section = desk.section_at(document.id, item.block)
    name = section.title if section else document.title
    link = Link("item", f"{document.id}#^{item.block}")
    place = after(around(document, section)) if section else ""
    return [parts.heading("Stands in"), *parts.entries([(Span(name, link=link), Span(place, Mark.QUIET))])]


def _head(document: Document) -> list[Block]:
    facts = document.facts
    note = ", ".join(word for word in (document.kind, facts.type or facts.status) if word)
    name = f"{document.title} {document.title_zh}".rstrip()
    blocks = [parts.title(name, note)]
    if document.summary:
        blocks.append(parts.paragraph(Span(document.summary)))
    rows = _fact_rows(document)
    return [*blocks, parts.rows(rows)] if rows else blocks


def _note_head(document: Document) -> list[Block]:
    first = document.blocks[0] if len(document.blocks) else None
    titled = first is not None and first.kind == "heading" and first.text == document.title
    return [] if titled else [parts.title(document.title, "note")]


def _fact_rows(document: Document) -> list[tuple[str, tuple[Span, ...]]]:
    facts = document.facts
    called = [
        name
        for name in (facts.name, *document.aliases)
        if name and name not in (document.title, document.title_zh)
    ]
    dates = [f"{_DATE_WORDS[name]} {value}".replace(" ", NO_BREAK) for name, value in facts.dates]
    rows = [
        ("Dates", (Span("   ".join(dates)),) if dates else ()),
        ("Number", (Span(facts.number),) if facts.number else ()),
        ("Issued by", (Span(facts.issuer, link=Link("item", facts.issuer)),) if facts.issuer else ()),
        ("Replaces", _joined([Span(name, link=Link("item", name)) for name in facts.replaces])),
        ("Also called", (Span(", ".join(dict.fromkeys(called))),) if called else ()),
        ("Identifiers", _joined([Span(f"{name} {value}") for name, value in facts.identifiers])),
        ("Official text", _official(document)),
    ]
    return [(label, spans) for label, spans in rows if spans]


def _official(document: Document) -> tuple[Span, ...]:
    facts = document.facts
    if not facts.official_title and not facts.official_url:
        return ()
    link = Link("url", facts.official_url) if facts.official_url else None
    return (Span(facts.official_title or facts.official_url, link=link),)


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in spans:
        joined += [Span("   "), span] if joined else [span]
    return tuple(joined)


def _said(desk: Desk, item: Item) -> list[Block]:
    return said_by(desk.back_links(item))


def said_by(found: Sequence[Neighbour]) -> list[Block]:
    """The claims and predictions among what speaks of something."""
    lines = [(parts.link(n.item),) for n in found if n.item.kind in _STATEMENTS]
    return [parts.heading("What is said of it"), *parts.entries(lines)] if lines else []


def _where(desk: Desk, item: Item) -> list[Block]:
    """Where the item is spoken of; claims are listed in the card of a document itself."""
    listed = _STATEMENTS if item.id == item.document else ()
    return said_in(desk, [n for n in desk.back_links(item) if n.item.kind not in listed])


def said_in(desk: Desk, found: Sequence[Neighbour]) -> list[Block]:
    """The places that speak of something, those of briefings first."""
    ordered = sorted(found, key=lambda n: not _is_in_briefing(desk, n))
    places = {neighbour.item.id: _place(desk, neighbour) for neighbour in ordered}
    apart = told_apart(desk, [n.item for n in ordered], lambda item: words_of(places[item.id]))
    lines = [(*spans, Span(apart.get(name, ""), Mark.QUIET)) for name, spans in places.items()]
    return [parts.heading("Said where"), *parts.entries(lines)] if lines else []


def said_of_series(desk: Desk, series: str) -> list[Block]:
    """The statements that test an indicator or speak of it, and the places that do."""
    found = desk.back_links_on(series)
    places = [n for n in found if n.item.kind not in _STATEMENTS]
    return [*said_by(found), *said_in(desk, places)]


def _is_in_briefing(desk: Desk, neighbour: Neighbour) -> bool:
    owner = desk.item(neighbour.item.document)
    return owner is not None and owner.kind == "briefing"


def _place(desk: Desk, neighbour: Neighbour) -> tuple[Span, ...]:
    """Where something is said: sections of briefings by their own names, others by their document's."""
    item, owner = neighbour.item, desk.item(neighbour.item.document)
    link = Link("item", f"{item.document}#^{neighbour.block}")
    if owner is None or owner.id == item.id or owner.kind == "briefing":
        return (Span(named(item), link=link), Span(after(which(item)), Mark.QUIET))
    return place_of(owner, item, link)


def _next(desk: Desk, item: Item) -> list[Block]:
    """What the item speaks of, documents only, each once."""
    found: dict[str, Item] = {}
    for neighbour in desk.forward_links(item):
        if neighbour.item.document != item.document and neighbour.item.kind not in (
            "claim",
            "prediction",
            "section",
        ):
            found.setdefault(neighbour.item.id, neighbour.item)
    lines = [(parts.link(other), Span(f"  {other.kind}", Mark.QUIET)) for other in found.values()]
    return [parts.heading("Next to it"), *parts.entries(lines)] if lines else []


def _plural(kind: str) -> str:
    return {"entity": "Entities"}.get(kind, f"{kind.capitalize()}s")
