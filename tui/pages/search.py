"""The page of a search: what a query finds in everything, by kind, each with a sentence around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from briefings.desk import Desk
from briefings.documents.model import Block, Link, Mark, Span
from briefings.search.excerpts import Pieces
from briefings.search.fulltext import Place
from briefings.search.query import MEANINGS, VALUES, Query, QueryError, parse
from briefings.search.search import Found, Hits
from tui.layout.linked import after, named, other_title, which
from tui.pages import parts, verdicts
from tui.pages.library import kept_lines
from tui.pages.page import Address, Heading, Page
from tui.pages.pieces import Joined, Listing
from tui.pages.sections import around

_TITLES = {
    "entity": "Entities", "instrument": "Instruments", "event": "Events", "indicator": "Indicators",
    "claim": "Claims", "prediction": "Predictions", "briefing": "Briefings", "section": "Sections",
    "note": "Notes",
}  # fmt: skip

_INDENT = "\u00a0\u00a0"
"""Blanks that stay where a line begins with them."""

_DATED = ("briefing", "note", "event")
_BLOCKS_OF_HIT = 2
_AT_ONCE = 8
"""Blocks of hits that are made together: some rows at the top, and the last ones, are looked at."""

_EXAMPLES = (
    ("huawei -sanctions", "both must hold; - takes away"),
    ('"exact words" OR 制裁', "one of them"),
)


def search_page(desk: Desk, briefing: str, words: str, ascii: bool = False) -> Page:  # noqa: A002
    """What a query finds; for an empty one how queries are written."""
    groups = list(_parts(desk, words, ascii))
    blocks = Joined(*(lines for _, lines in groups))
    begun = zip(groups, blocks.firsts, strict=True)
    name = next((kept.name for kept in desk.kept_searches() if kept.query == words.strip()), "")
    return Page(
        Address("search", briefing, words),
        path=("Search", name) if name else ("Search",),
        reading=blocks,
        up=Address("library", briefing),
        listing=True,
        outline=tuple(Heading(heading, 1, first) for (heading, _), first in begun if heading),
        reference=words,
    )


def trouble_of(words: str) -> str:
    """Why a query means nothing; empty where it does."""
    try:
        parse(words)
    except QueryError as error:
        return str(error)
    return ""


def count_of(desk: Desk, words: str) -> str:
    """How many items a query finds, in words; empty for an empty one."""
    query = parse(words)
    if not query.groups:
        return ""
    found = desk.searching().find(query)
    return f"{'over ' * found.more}{found.total:,} found"


def _parts(desk: Desk, words: str, ascii: bool) -> Iterator[tuple[str, Sequence[Block]]]:  # noqa: A002
    """Groups of blocks with their names in the outline."""
    try:
        query = parse(words)
    except QueryError as error:
        yield "", (parts.paragraph(Span(f"Not searched: {error}", Mark.DOUBT)),)
        return
    if not query.groups:
        if kept := kept_lines(desk):
            yield "Kept searches", (parts.heading("Kept searches"), *parts.entries(kept))
        yield "", _help()
        return
    if not desk.searching().is_possible:
        yield (
            "",
            (parts.quiet("Nothing to search in yet: the index is being made, or SQLite here has no FTS5."),),
        )
        return
    found = desk.searching().find(query)
    for group in found.groups:
        yield _TITLES.get(group.kind, group.kind), _group(desk, group, found, ascii)
    if not found.groups:
        yield "", _nothing(words, query, found)
    if found.left_out:
        lines = [_kinded(desk, place, ascii) for place in found.left_out]
        yield "Left out by the filters", (parts.heading("Left out by the filters"), *parts.dated(lines))
    if found.more:
        yield "", (parts.quiet("There are more: only the first that were found are taken. Add a word."),)


def _group(desk: Desk, group: Hits, found: Found, ascii: bool) -> Sequence[Block]:  # noqa: A002
    heading = parts.heading(_TITLES.get(group.kind, group.kind), str(len(group.places)))
    fetch = partial(_hits, desk, group.places, found, ascii)
    return Joined((heading,), Listing(_BLOCKS_OF_HIT * len(group.places), fetch, _AT_ONCE))


def _hits(
    desk: Desk,
    places: Sequence[Place],
    found: Found,
    ascii: bool,  # noqa: A002
    first: int,
    most: int,
) -> list[Block]:
    """Two lines for each of some hits: what it is, and the sentence."""
    begin = first // _BLOCKS_OF_HIT
    blocks: list[Block] = []
    for place in places[begin : begin + most // _BLOCKS_OF_HIT]:
        excerpt = desk.searching().excerpt(place, found)
        blocks += parts.dated([_named(desk, place, excerpt.block, ascii)])
        blocks += parts.entries([_sentence(excerpt.pieces)])
    return blocks


def _sentence(pieces: Pieces) -> tuple[Span, ...]:
    return (Span(_INDENT), *(Span(text, Mark.HIT if marked else Mark.QUIET) for text, marked in pieces))


def _named(desk: Desk, place: Place, block: int, ascii: bool) -> tuple[tuple[Span, ...], str]:  # noqa: A002
    """An item under its name, leading to the block in which the words stand; and its date."""
    document = place.item.partition("#")[0]
    item = desk.item(place.item)
    if item is None:
        indicator = next((each for each in desk.catalogued() if each.id == place.item), None)
        title = f"{indicator.title} {indicator.title_zh}".rstrip() if indicator else place.item
        return (Span(title, link=Link("item", place.item)), Span(f"  {place.item}", Mark.QUIET)), ""
    if item.kind in ("claim", "prediction"):
        mark = verdicts.mark_of(desk, item)
        before = (verdicts.glyph(mark, ascii),) if mark else ()
        return (*before, parts.link(item)), ""
    if item.kind == "section":
        owner = desk.item(document)
        target = f"{document}#^{block if block >= 0 else place.block}"
        whole = desk.document(document)
        other = after(around(whole, item) if whole else "", other_title(owner, item))
        return (Span(named(item), link=Link("item", target)), Span(other, Mark.QUIET)), ""
    target = f"{document}#^{block}" if block >= 0 else item.id
    date = place.date if item.kind in _DATED else ""
    return (Span(named(item), link=Link("item", target)), Span(after(which(item)), Mark.QUIET)), date


def _kinded(desk: Desk, place: Place, ascii: bool) -> tuple[tuple[Span, ...], str]:  # noqa: A002
    spans, date = _named(desk, place, -1, ascii)
    return (Span(f"{place.kind.capitalize():<12}", Mark.QUIET), *spans), date


def _nothing(words: str, query: Query, found: Found) -> Sequence[Block]:
    asked = words.strip()
    said = Span(f"No hits for {asked}." if '"' in asked else f'No hits for "{asked}".')
    if not found.near:
        return (parts.paragraph(said),)
    near = Span(found.near, link=Link("search", found.near))
    return (parts.paragraph(said, Span(" Nearest word: "), near, Span(".")),)


def _help() -> Sequence[Block]:
    """How queries are written."""
    keys = [(f"{key}:", (Span(MEANINGS[key] + _offered(key)),)) for key in VALUES]
    examples = [(example, (Span(meaning, Mark.QUIET),)) for example, meaning in _EXAMPLES]
    return (
        parts.quiet(
            "Type words: documents, claims, predictions and indicators that have them all are listed."
        ),
        parts.rows([*examples, *keys]),
    )


def _offered(key: str) -> str:
    return f": {', '.join(VALUES[key])}" if VALUES[key] else ""
