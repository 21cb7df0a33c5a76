"""Who says what about an item, what stands around it, and the way from it to another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from briefings.desk import Desk
from briefings.documents.model import Block, Item, Link, Mark, Span
from briefings.documents.names import is_indicator
from briefings.library.paths import LONGEST, Around, Step
from briefings.library.sayings import Saying
from briefings.search.excerpts import Pieces
from tui.commands.live import USUAL, Key
from tui.layout.linked import after, named, place_of, told_from_others, which
from tui.pages import parts, verdicts
from tui.pages.page import Address, Heading, Page
from tui.pages.places import told_apart, words_of

_INDENT = "\u00a0\u00a0"
"""Blanks that stay where a line begins with them."""

_NEXT = 12
_NEXT_AGAIN = 5
"""Items of the tree at the first step, and at the second of each."""

_GROUPS = (
    ("claim", "Claims"),
    ("prediction", "Predictions"),
    ("briefing", ""),
    ("entity", "Entities"),
    ("instrument", "Instruments"),
    ("event", "Events"),
    ("note", "Notes"),
)
"""Kinds of what speaks, in their order; those of briefings stand under the title of each."""


def neighbours_page(
    desk: Desk,
    briefing: str,
    name: str,
    ascii: bool = False,  # noqa: A002
    key: Key = USUAL,
) -> Page | None:
    """All that is said of an item or an indicator, by kind and document; None when it has gone."""
    item = desk.item(name)
    if item is None and not is_indicator(name):
        return None
    title = named(item) if item else desk.title_of(name)
    found = desk.graph().sayings(item) if item else desk.graph().sayings_on(name)
    blocks: list[Block] = [parts.title(title, "said where")]
    where = told_from_others(item) if item else title
    outline: list[Heading] = []
    for heading, sayings in _grouped(found):
        outline.append(Heading(heading, 1, len(blocks)))
        blocks += [parts.heading(heading, str(len(sayings)))]
        blocks += _all_said(desk, sayings, ascii)
    if not found:
        blocks.append(parts.quiet("Nothing links here."))
    return Page(
        Address("neighbours", briefing, name),
        path=(where, "Said where"),
        reading=blocks,
        side=_around(desk, item, key("go.neighbours")) if item else (),
        up=Address("item", name=name) if item else Address("indicator", briefing, name),
        listing=bool(found),
        outline=tuple(outline),
    )


def path_page(desk: Desk, briefing: str, name: str) -> Page | None:
    """The way between the two items that are named; None when one has gone."""
    start, end = (desk.item(each) for each in name.split(" ", 1))
    if start is None or end is None:
        return None
    graph = desk.graph()
    edges = graph.way(start.id, end.id)
    steps = graph.shown(edges or ())
    count = "the same place" if edges == [] else f"{len(steps)} step{'s' if len(steps) != 1 else ''}"
    blocks = [parts.title(f"{named(start)} to {named(end)}", count if edges is not None else "no way")]
    if edges is None:
        blocks.append(parts.quiet(f"They do not hang together: no way over links in {LONGEST} steps."))
    blocks += parts.entries(((parts.link(start),), *_lines(steps)))
    return Page(
        Address("path", briefing, name),
        path=(named(start), f"Way to {named(end)}"),
        reading=blocks,
        up=Address("neighbours", briefing, start.id),
        listing=True,
    )


def _lines(steps: Sequence[Step]) -> Iterator[tuple[Span, ...]]:
    """Each step: the sentence that links, and the item that it leads to."""
    for step in steps:
        if step.link is None:
            yield (Span(f"{_INDENT}is one whole with", Mark.QUIET),)
        else:
            place = Link("item", f"{step.link.document}#^{step.link.block}")
            speaker = Span("says here" if step.forward else "is named by the next", link=place)
            yield (Span(_INDENT), speaker, Span(": ", Mark.QUIET), *_sentence(step.pieces))
        yield (parts.link(step.item), Span(f"  {step.item.kind}", Mark.QUIET))


def _grouped(found: Sequence[Saying]) -> Iterator[tuple[str, list[Saying]]]:
    for kind, title in _GROUPS:
        mine = [saying for saying in found if _kind_of(saying) == kind]
        if title and mine:
            yield title, mine
        elif mine:
            documents = {saying.document.id: saying.document for saying in mine}
            titles = Counter(document.title for document in documents.values())
            for name, document in documents.items():
                other = after(name) if titles[document.title] > 1 else ""
                yield document.title + other, [saying for saying in mine if saying.document.id == name]


def _kind_of(saying: Saying) -> str:
    return saying.source.kind if saying.source.kind in ("claim", "prediction") else saying.document.kind


def _all_said(desk: Desk, sayings: Sequence[Saying], ascii: bool) -> list[Block]:  # noqa: A002
    """What speaks, what tells it from others, and its sentence below."""
    speakers = [_speaker(desk, saying, ascii) for saying in sayings]
    shown = {saying.source.id: words_of(spans) for saying, spans in zip(sayings, speakers, strict=True)}
    apart = told_apart(desk, [saying.source for saying in sayings], lambda item: shown[item.id])
    lines: list[tuple[Span, ...]] = []
    for saying, spans in zip(sayings, speakers, strict=True):
        other = Span(apart.get(saying.source.id, ""), Mark.QUIET)
        lines += [(*spans, other), (Span(_INDENT), *_sentence(saying.pieces))]
    return parts.entries(lines)


def _speaker(desk: Desk, saying: Saying, ascii: bool) -> tuple[Span, ...]:  # noqa: A002
    """What speaks, leading to where it does."""
    if saying.source.kind in ("claim", "prediction"):
        mark = verdicts.mark_of(desk, saying.source)
        before = (verdicts.glyph(mark, ascii),) if mark else ()
        return (*before, parts.link(saying.source))
    link = Link("item", f"{saying.document.id}#^{saying.block}")
    if saying.document.kind == "briefing" or saying.source.id == saying.document.id:
        return (Span(named(saying.source), link=link), Span(after(which(saying.source)), Mark.QUIET))
    return place_of(saying.document, saying.source, link)


def _sentence(pieces: Pieces) -> Iterator[Span]:
    return (Span(text, Mark.HIT if marked else Mark.QUIET) for text, marked in pieces)


def _around(desk: Desk, item: Item, key: str) -> list[Block]:
    """Two steps out as a tree, and how a way is asked for."""
    tree = desk.graph().around(item, (_NEXT, _NEXT_AGAIN))
    names = Counter(named(item) for item in {near.id: near for near in _items(tree)}.values())
    lines = list(_branches(tree, 0, names))
    blocks = [parts.heading("Two steps out"), *parts.entries(lines)] if lines else []
    return [*blocks, parts.heading("Way to another item", key), parts.quiet(f"{key} asks for the other end.")]


def _items(tree: Around) -> Iterator[Item]:
    for near in tree.around:
        yield near.item
        yield from _items(near)


def _branches(tree: Around, depth: int, names: Mapping[str, int]) -> Iterator[tuple[Span, ...]]:
    """The items of a tree, the first with their kinds; those with one name between them with their ids."""
    for near in tree.around:
        kind = "" if depth else f"  {near.item.kind}"
        which = f"  {near.item.id}" if names[named(near.item)] > 1 else ""
        yield (Span(_INDENT * depth), parts.link(near.item), Span(kind + which, Mark.QUIET))
        yield from _branches(near, depth + 1, names)
