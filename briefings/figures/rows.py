"""Figures as lists and cards show them: plain texts, ready to be drawn, and kept between starts."""

from typing import NamedTuple


class FigureRow(NamedTuple):
    """An indicator as lists show it: its newest value as text, what it changed by since the period
    before, and its last observations as a sparkline. Without figures all of that is empty.

    `state` is that of its freshness (`fresh`, `due`, `stale`, `failing`, `never`; empty where nobody is
    asked for it), `word` says it with its days; `provider` is who is asked, `differs` that a check did.
    """

    id: str
    title: str
    title_zh: str
    value: str = ""
    unit: str = ""
    period: str = ""
    change: str = ""
    spark: str = ""
    state: str = ""
    word: str = ""
    provider: str = ""
    differs: bool = False


class Catalogued(NamedTuple):
    """An indicator as it is searched: its names, who publishes and carries it, and how its newest figure
    stands: `state` as in a `FigureRow`."""

    id: str
    title: str
    title_zh: str
    agency: str
    provider: str
    note: str
    topics: tuple[str, ...]
    shown: str
    period: str
    state: str


class IndicatorCard(NamedTuple):
    """All there is to say of an indicator: its row, labelled facts, and (period, value, change) of its
    last observations, newest first. `page` is its source for people, `citation` a line to quote it with.

    `providers` are asked for it, or for what it rests on in the end; `parts` are the ids and titles of
    what it is computed from; `checked` says what its check came to, and
    `differing` are the (period, value, value of the check) where the two differ.
    """

    row: FigureRow
    facts: tuple[tuple[str, str], ...]
    observations: tuple[tuple[str, str, str], ...]
    page: str = ""
    tags: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    checked: str = ""
    differing: tuple[tuple[str, str, str], ...] = ()
    citation: str = ""


class Standing(NamedTuple):
    """How all figures stand: lines of a state and words, and the day on which they were last asked for: empty
    where nobody has, and as of a past day. `late` are the indicators of which a newer figure is out than is
    kept."""

    lines: tuple[tuple[str, str], ...] = ()
    asked: str = ""
    late: tuple[str, ...] = ()
