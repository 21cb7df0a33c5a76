"""History: the pages visited, the last first, before them the marks; it outlives the program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from briefings.documents.model import Block, Link, Mark, Span
from briefings.own.state import Marked, Visited
from tui.pages import parts
from tui.pages.page import Address, Heading, Page


def history_page(
    briefing: str,
    visits: Sequence[Visited],
    marks: Sequence[Marked],
    ascii: bool = False,  # noqa: A002  (as the setting is called)
) -> Page:
    """The marks by their letters, then the pages by day (UTC): of the visits to one page the last."""
    blocks: list[Block] = []
    outline: list[Heading] = []
    if ascii:
        visits = [visit._replace(title=_plain(visit.title)) for visit in visits]
        marks = [mark._replace(title=_plain(mark.title)) for mark in marks]
    for title, lines in [("Marks", _marks(marks)), *_days(visits)]:
        if lines:
            outline.append(Heading(title, 1, len(blocks)))
            blocks += [parts.heading(title), *parts.entries(lines)]
    return Page(
        Address("history", briefing),
        path=("History",),
        reading=blocks or (parts.quiet("No page was left yet. What you leave is listed here."),),
        up=Address("overview", briefing),
        listing=bool(blocks),
        outline=tuple(outline),
    )


def _marks(marks: Sequence[Marked]) -> list[tuple[Span, ...]]:
    return [
        (
            Span(f"'{mark.letter}  "),
            Span(mark.title, link=Link("visit", f"'{mark.letter}")),
            _when(mark.at[:10]),
        )
        for mark in marks
    ]


def _days(visits: Sequence[Visited]) -> Iterator[tuple[str, list[tuple[Span, ...]]]]:
    for day, found in groupby(visits, key=lambda visit: visit.at[:10]):
        pages: dict[str, Visited] = {}
        for visit in found:
            pages.setdefault(visit.title, visit)
        yield day, [_line(visit) for visit in pages.values()]


def _line(visit: Visited) -> tuple[Span, ...]:
    return Span(visit.title, link=Link("visit", str(visit.number))), _when(visit.at[11:16])


def _plain(title: str) -> str:
    """A way with our own sign in ASCII."""
    return title.replace(" › ", " > ")


def _when(words: str) -> Span:
    return Span(f"  {words}", Mark.QUIET)
