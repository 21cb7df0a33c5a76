"""History: the pages visited, the last first, before them the marks; it outlives the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, tzinfo
from functools import partial
from itertools import groupby
from typing import NamedTuple

from briefings.documents.model import Block, Link, Span
from briefings.own.state import Marked, Visited
from tui.pages import parts
from tui.pages.page import Address, Heading, Page


class _Moment(NamedTuple):
    """A day and a time of day, as they are shown."""

    day: str
    time: str


_Clock = Callable[[str], _Moment]
_Line = tuple[tuple[Span, ...], str]


def history_page(
    briefing: str,
    visits: Sequence[Visited],
    marks: Sequence[Marked],
    ascii: bool = False,  # noqa: A002  (as the setting is called)
    zone: tzinfo | None = None,
) -> Page:
    """The marks by their letters, then the pages by day: of the visits to one page the last. Days and times
    are those of `zone`, or of the reader's own clock."""
    blocks: list[Block] = []
    outline: list[Heading] = []
    if ascii:
        visits = [visit._replace(title=_plain(visit.title)) for visit in visits]
        marks = [mark._replace(title=_plain(mark.title)) for mark in marks]
    clock = partial(_told, zone=zone)
    for title, lines in [("Marks", _marks(marks, clock)), *_days(visits, clock)]:
        if lines:
            outline.append(Heading(title, 1, len(blocks)))
            blocks += [parts.heading(title), *parts.dated(lines)]
    return Page(
        Address("history", briefing),
        path=("History",),
        reading=blocks or (parts.quiet("No page was left yet. What you leave is listed here."),),
        up=Address("overview", briefing),
        listing=bool(blocks),
        outline=tuple(outline),
    )


def _marks(marks: Sequence[Marked], clock: _Clock) -> list[_Line]:
    return [
        (
            (Span(f"'{mark.letter}  "), Span(mark.title, link=Link("visit", f"'{mark.letter}"))),
            clock(mark.at).day,
        )
        for mark in marks
    ]


def _days(visits: Sequence[Visited], clock: _Clock) -> Iterator[tuple[str, list[_Line]]]:
    for day, found in groupby(visits, key=lambda visit: clock(visit.at).day):
        pages: dict[str, Visited] = {}
        for visit in found:
            pages.setdefault(visit.title, visit)
        yield day, [_line(visit, clock) for visit in pages.values()]


def _line(visit: Visited, clock: _Clock) -> _Line:
    return (Span(visit.title, link=Link("visit", str(visit.number))),), clock(visit.at).time


def _told(at: str, zone: tzinfo | None) -> _Moment:
    """A moment that was kept in UTC, in another zone; in no words where it is damaged."""
    try:
        local = datetime.fromisoformat(at).astimezone(zone)
    except (ValueError, OverflowError):
        return _Moment("", "")
    return _Moment(f"{local:%Y-%m-%d}", f"{local:%H:%M}")


def _plain(title: str) -> str:
    """A way with our own sign in ASCII."""
    return title.replace(" › ", " > ")
