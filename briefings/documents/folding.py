"""A document as it was known on a day: what says that it is known only later is one line that says so.

Sections, blocks, list entries, claims and predictions may say `since`; what stands under them is folded
with them, and so are footnotes to which nothing else leads. An event is known from the first of its
dates on, a law from its signature. A judgement or an outcome that came later is taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from briefings.documents.dates import interval
from briefings.documents.items import links_in
from briefings.documents.model import Block, Document, Mark, Section, Span


class Folded(NamedTuple):
    """A document on a day. `later` are the anchors of what was folded, with the first day of each."""

    document: Document
    later: dict[str, date]


class _Fold(NamedTuple):
    """Blocks from `first` to before `last`, known from `day` on."""

    first: int
    last: int
    day: date


def sinces_of(document: Document) -> set[date]:
    """The days from which on something of a document is known, or all of it."""
    written = {day for block in document.blocks for day in (block.since, *_days_said(block)) if day}
    own = known_from(document)
    return {interval(day).last for day in written} | ({own} if own else set())


def known_from(document: Document) -> date | None:
    """The day before which nobody can have known of an event or a law; None where no date says so."""
    dates = dict(document.facts.dates)
    if document.kind == "event":
        return min((interval(each).last for each in dates.values()), default=None)
    if document.kind == "instrument" and dates.get("signed"):
        return interval(dates["signed"]).last
    return None


def folded(document: Document, day: date) -> Folded:
    """The document as it was known at the end of a day."""
    blocks = tuple(_said_by(block, day) for block in document.blocks)
    folds = list(_folds(document, blocks, day))
    folds += _footnotes(blocks, folds)
    if not folds:
        return Folded(document._replace(blocks=blocks), {})
    kept, places = _without(blocks, folds)
    sections = tuple(_moved(section, places, folds) for section in _left(document.sections, folds))
    later = {block.anchor: fold.day for fold in folds for block in blocks[fold.first : fold.last]}
    later.pop("", None)
    return Folded(document._replace(blocks=kept, sections=sections), later)


# ---------------------------------------------------------------------- what is folded


def _days_said(block: Block) -> Iterator[str]:
    """The days of what a statement records beside itself: its judgement, its outcome."""
    if block.statement:
        yield dict(block.statement.judged).get("on", "")
        yield dict(block.statement.outcome).get("date", "")


def _said_by(block: Block, day: date) -> Block:
    """A block without the judgement or outcome that came after a day."""
    statement = block.statement
    if statement is None:
        return block
    judged, resolved = (said and interval(said).last > day for said in _days_said(block))
    if judged:
        statement = statement._replace(judged=(), evidence=())
    if resolved:
        statement = statement._replace(outcome=())
    return block._replace(statement=statement) if judged or resolved else block


def _folds(document: Document, blocks: Sequence[Block], day: date) -> Iterator[_Fold]:
    """What is known only after a day, in reading order; of what stands in each other the outer one."""
    ends = {section.first: section.last for section in document.sections}
    at = 0
    while at < len(blocks):
        since = blocks[at].since
        first_day = interval(since).last if since else day
        last = (ends.get(at) or _entry_end(blocks, at)) if first_day > day else at + 1
        if first_day > day:
            yield _Fold(at, last, first_day)
        at = last


def _entry_end(blocks: Sequence[Block], at: int) -> int:
    """Where a list entry ends: its further paragraphs and what is listed under it belong to it."""
    entry = blocks[at]
    end = at + 1
    if entry.kind != "item" or entry.anchor.startswith("fn-"):
        return end
    while end < len(blocks) and blocks[end].kind == "item" and _is_under(blocks[end], entry):
        end += 1
    return end


def _is_under(block: Block, entry: Block) -> bool:
    return block.level > entry.level or (block.level == entry.level and not block.marker.strip())


def _footnotes(blocks: Sequence[Block], folds: Sequence[_Fold]) -> Iterator[_Fold]:
    """The footnotes that only folded blocks lead to: each is known from the first of them on."""
    days: dict[str, date] = {}
    for fold in folds:
        for target in _notes_in(blocks[fold.first : fold.last]):
            days[target] = min(days.get(target, fold.day), fold.day)
    if not days:
        return
    hidden = {at for fold in folds for at in range(fold.first, fold.last)}
    shown = set(_notes_in(block for at, block in enumerate(blocks) if at not in hidden))
    for at, block in enumerate(blocks):
        if at not in hidden and block.anchor in days and block.anchor not in shown:
            yield _Fold(at, _note_end(blocks, at), days[block.anchor])


def _note_end(blocks: Sequence[Block], at: int) -> int:
    end = at + 1
    while end < len(blocks) and not blocks[end].anchor and blocks[end].kind == "item":
        end += 1
    return end


def _notes_in(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from (link.target[1:] for link in links_in(block) if link.target.startswith("#fn-"))


# ---------------------------------------------------------------------- what is left


def _without(blocks: Sequence[Block], folds: Sequence[_Fold]) -> tuple[tuple[Block, ...], list[int]]:
    """The blocks with a line for each fold, and where each block stands then."""
    starts = {fold.first: fold for fold in folds}
    kept: list[Block] = []
    places: list[int] = []
    at = 0
    while at < len(blocks):
        fold = starts.get(at)
        places += [len(kept)] * ((fold.last if fold else at + 1) - at)
        kept.append(_line(blocks[at], fold.day) if fold else blocks[at])
        at = fold.last if fold else at + 1
    return tuple(kept), [*places, len(kept)]


def _line(block: Block, day: date) -> Block:
    """The one line that stands for what is known only from a day on."""
    spans = (Span(f"Known from {day} on.", Mark.QUIET),)
    if block.kind == "item":
        return Block("item", block.line, spans, level=block.level, marker=block.marker, quote=block.quote)
    return Block("paragraph", block.line, spans, quote=block.quote)


def _left(sections: Iterable[Section], folds: Sequence[_Fold]) -> Iterator[Section]:
    """The sections that are not within a fold: one that is folded itself keeps its place and topic."""
    inside = {at for fold in folds for at in range(fold.first + 1, fold.last)}
    return (section for section in sections if section.first not in inside)


def _moved(section: Section, places: Sequence[int], folds: Sequence[_Fold]) -> Section:
    fold = next((fold for fold in folds if fold.first == section.first), None)
    first = places[section.first]
    if fold:
        words = f"Known from {fold.day} on"
        return section._replace(title=words, title_zh="", first=first, own=first + 1, last=first + 1)
    return section._replace(first=first, own=places[section.own], last=places[section.last])
