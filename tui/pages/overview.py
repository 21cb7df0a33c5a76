"""Tab 0: what stands in a briefing above its topics, and what it holds."""

from __future__ import annotations

from briefings.desk import Desk
from briefings.documents.model import TOPICS, Block, Document, Link, Mark, Span
from briefings.ledger.judged import Row
from briefings.ledger.words import METHODS, WRONG
from tui.commands.live import USUAL, Key
from tui.layout.breaks import NO_BREAK
from tui.layout.cells import width
from tui.pages import parts, verdicts
from tui.pages.checks import check_blocks
from tui.pages.page import Address, Page
from tui.pages.pieces import Pieces
from tui.pages.sections import outline_of, ranges_of, reference_to
from tui.pages.standing import standing_blocks

_NAMED = 5
"""Claims that are named before they are counted."""

_LINE = 36
"""Cells of the further lines of an entry of the side pane."""

_KINDS = (
    ("briefing", "briefing", "briefings"),
    ("entity", "entity", "entities"),
    ("instrument", "instrument", "instruments"),
    ("event", "event", "events"),
    ("note", "note", "notes"),
)


def overview(
    desk: Desk,
    document: Document,
    ascii: bool = False,  # noqa: A002  (as the setting is called)
    key: Key = USUAL,
) -> Page:
    """The overview of a briefing: its sections without a topic; beside them, what it holds."""
    reading = Pieces(document.blocks, ranges_of(document, ""))
    return Page(
        Address("overview", document.id),
        path=(document.title,),
        reading=reading if len(reading) else _elsewhere(document),
        side=(
            *_doubtful(desk, document, ascii, key),
            *_checks(desk, document, ascii),
            *_predictions(desk, document, key),
            *standing_blocks(desk, ascii, key),
            *library_blocks(desk, key),
        ),
        document=document.id,
        up=Address("library", document.id),
        outline=outline_of(document, reading),
        reference=reference_to(document),
        source=document.briefs.url if document.briefs else "",
        find_block=reading.find,
    )


def _elsewhere(document: Document) -> tuple[Block, ...]:
    """Where the text of a briefing is that has none outside its topics."""
    told = [parts.quiet(document.summary)] if document.summary else []
    topics = [topic for topic in TOPICS if any(topic in section.topics for section in document.sections)]
    tabs = ", ".join(f"{TOPICS.index(topic) + 1} {parts.TOPIC_NAMES[topic]}" for topic in topics)
    words = f"All of its text is in {tabs}." if tabs else "This briefing has no text yet."
    return (*told, parts.quiet(words))


def _checks(desk: Desk, document: Document, ascii: bool) -> list[Block]:  # noqa: A002
    """What was counted beforehand; of a past day, which is reviewed when asked for, the way to it."""
    if desk.day is None:
        return check_blocks(desk.reviewed(document.id), document.id, ascii)
    way = Span("checks as of that day", link=Link("checks", document.id))
    return [parts.heading("Look twice"), *parts.entries([(way,)])]


def nothing(desk: Desk, key: Key = USUAL) -> Page:
    """What is shown where there is no briefing at all."""
    words = "No briefing here yet. Put a Markdown file with `kind: briefing` into the library."
    return Page(
        Address("overview"), ("Overview",), (parts.paragraph(Span(words)), *library_blocks(desk, key))
    )


def _doubtful(desk: Desk, document: Document, ascii: bool, key: Key) -> list[Block]:  # noqa: A002
    """The first claims that do not hold, and how many there are of each verdict."""
    rows = desk.verdicts(document.id)
    if not rows:
        return _unjudged(desk, document, key)
    wrong = sorted((row for row in rows if row.word in WRONG), key=_how_wrong)
    lines = [_wrong(desk, row) for row in wrong[:_NAMED]]
    counted = [
        (Span(f"{label}  ", Mark.QUIET), *spans)
        for method, label in METHODS
        if (spans := verdicts.counts(rows, method, ascii))
    ]
    title = "Wrong or doubtful" if wrong else "Claims"
    return [parts.heading(title, key("go.claims")), *parts.entries([*lines, *counted])]


def _how_wrong(row: Row) -> tuple[int, int, bool]:
    return WRONG.index(row.word), row.measured is None, row.method == "judged"


def _wrong(desk: Desk, row: Row) -> tuple[Span, ...]:
    """`C10  gap over 2023 ✗   4.8, is 7.78`."""
    item = desk.item(row.id)
    name = f"{item.short.upper()}  {item.title}" if item else row.id
    found = f"   {_whole(f'{row.says}, is {row.found}')}" if row.says and row.found else ""
    return (Span(name, link=Link("item", row.id)), Span(found, Mark.QUIET))


def _whole(words: str) -> str:
    """Words that stand in a line of their own rather than at the ends of two, where one has room for them."""
    return words.replace(" ", NO_BREAK) if width(words) <= _LINE else words


def _unjudged(desk: Desk, document: Document, key: Key) -> list[Block]:
    count = len(desk.items_of(document.id, "claim"))
    words = f"{count} claim{'s' if count > 1 else ''}, not judged yet"
    head = parts.heading("Claims", key("go.claims"))
    return [head, *parts.entries([(Span(words, Mark.QUIET),)])] if count else []


def _predictions(desk: Desk, document: Document, key: Key) -> list[Block]:
    """The predictions with their states, those first on which somebody has to decide."""
    due: list[tuple[Span, ...]] = []
    others: list[tuple[Span, ...]] = []
    for item in desk.items_of(document.id, "prediction"):
        status = desk.status(item)
        is_due = status is not None and status.state == "due"
        said = Span(f"  {_whole(status.said)}" if status else "", Mark.DOUBT if is_due else Mark.QUIET)
        (due if is_due else others).append((parts.link(item), said))
    head = parts.heading("Predictions", key("go.predictions"))
    return [head, *parts.entries(due + others)] if due or others else []


def library_blocks(desk: Desk, key: Key) -> list[Block]:
    """How much the library holds, and what is wrong in it."""
    counts = desk.counts()
    words = [
        f"{counts[kind]} {one if counts[kind] == 1 else many}"
        for kind, one, many in _KINDS
        if counts.get(kind)
    ]
    shows = key("go.library")
    blocks = [parts.heading("Library", shows), parts.paragraph(Span(", ".join(words) or "nothing yet"))]
    if count := desk.fault_count():
        said = f"{count:,} faults in files: {shows} shows them"
        said = said if count > 1 else f"1 fault in files: {shows} shows it"
        blocks.append(parts.paragraph(Span(said, Mark.DOUBT)))
    return blocks
