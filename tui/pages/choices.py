"""What the go bar offers for what is typed: pages, indicators, items and commands, the likeliest first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from briefings.desk import Desk
from briefings.documents.dates import past_day
from briefings.documents.model import Item
from briefings.figures.rows import FigureRow
from briefings.ledger.words import GLYPHS
from sources.text import fold
from tui.commands.spoken import BY_WORD, SPOKEN, Spoken, arguments, parted
from tui.commands.table import COMMANDS, Command
from tui.layout.linked import after, named, other_title, which
from tui.pages.freshness import glyph
from tui.pages.mnemonics import PAGES, item_mnemonic, placed, series_mnemonic
from tui.pages.navigation import page_of
from tui.pages.packing import unpacked_address
from tui.pages.page import Address
from tui.pages.verdicts import mark_of

MOST = 8
"""Choices that are offered at once."""

_PAGE, _SERIES, _ITEM, _COMMAND = range(4)
"""What comes first of choices that fit alike."""


class Choice(NamedTuple):
    """Something to go to (`address`), to do (`run`, an action of the table), or a `command` that takes an
    `argument`: its mnemonic, its name and what it is, with a glyph. A command without its argument is
    only typed."""

    short: str
    name: str
    kind: str
    mark: str = ""
    address: Address | None = None
    run: str = ""
    command: str = ""
    argument: str = ""

    @property
    def line(self) -> str:
        """What is typed to have it: the mnemonic where there is one."""
        return self.short or self.name

    @property
    def is_begun(self) -> bool:
        """Whether its argument is still to be typed."""
        return bool(self.command) and not self.argument


class Offered(NamedTuple):
    """What choices are made of, beside what is typed: the open briefing, all indicators, what was gone
    to lately (ids of items), the commands that can be run by name."""

    desk: Desk
    briefing: str
    series: Sequence[FigureRow] = ()
    recent: Sequence[str] = ()
    commands: Sequence[Command] = ()
    ascii: bool = False


def choices(offered: Offered, typed: str) -> list[Choice]:
    """At most `MOST` choices for what is typed."""
    wanted = fold(typed)
    spoken, _ = parted(typed)
    if spoken and not spoken.free:
        return [choice for _, _, choice in _spoken(typed)][:MOST]
    found = [
        *_spoken(typed),
        *_pages(offered, wanted),
        *_series(offered, wanted),
        *_items(offered, wanted),
    ]
    if len(wanted) > 1:
        found += _commands(offered, wanted)
    found.sort(key=lambda each: each[:2])
    return [choice for _, _, choice in found[:MOST]]


def asks_day(typed: str) -> bool:
    """Whether a day is typed, rather than a name."""
    return fold(typed).startswith("@")


def day_choice(typed: str, today: date) -> Choice:
    """The day that is typed after `@`. Raises ValueError with what was expected."""
    day = past_day(fold(typed).removeprefix("@"), today)
    words = str(day) if day else "today"
    return Choice(
        f"@{words}", f"Known on {day}" if day else "Known today", "as of", command="as-of", argument=words
    )


def lately(offered: Offered, kept: Iterable[str]) -> list[Choice]:
    """What is offered before anything is typed: what was chosen before, then the pages."""
    found: dict[str, Choice] = {}
    for text in kept:
        choice = unpacked(text)
        if choice and choice.line:
            found.setdefault(choice.line, choice)
    for _, _, choice in _pages(offered, ""):
        found.setdefault(choice.line, choice)
    return list(found.values())[:MOST]


def packed(choice: Choice) -> str:
    """A choice as text that is kept: the place, whatever day is read; its glyph may be another one later."""
    short, name, kind, _, address, *rest = choice
    place = address and address[:_PLACE]
    return json.dumps((short, name, kind, "", place, *rest), ensure_ascii=False)


def unpacked(text: str) -> Choice | None:
    """A choice that was kept; None for what is none."""
    try:
        short, name, kind, _, place, run, command, argument = json.loads(text)
        address = unpacked_address(place) if place is not None else None
    except (ValueError, TypeError, RecursionError):
        return None
    if not all(isinstance(word, str) for word in (short, name, kind, run, command, argument)):
        return None
    if not (address or (command in BY_WORD and argument) or run in _ACTIONS):
        return None
    return Choice(short, name, kind, "", address, run, command, argument)


_PLACE = 4
"""Fields of an address that are kept."""

_ACTIONS = frozenset(command.action for command in COMMANDS)

_Found = tuple[int, int, Choice]
"""How well a choice fits (0 is what was typed), what it is, and the choice."""


def _pages(offered: Offered, wanted: str) -> Iterator[_Found]:
    for short, (name, address) in PAGES.items():
        fits = [fit for word in (short, name) if (fit := fit_of(word, wanted)) is not None]
        if fits:
            yield min(fits), _PAGE, Choice(short, name, "page", address=placed(address, offered.briefing))


def _series(offered: Offered, wanted: str) -> Iterator[_Found]:
    for row in offered.series:
        short = series_mnemonic(offered.desk, row.id)
        names = (short, row.id, row.title, row.title_zh)
        fits = [fit for word in names if (fit := fit_of(word, wanted)) is not None]
        if (fit := fit_of(row.id.rpartition(".")[2], wanted)) is not None:
            fits.append(max(fit, _PART))
        if fits:
            sign = glyph(row.state, offered.ascii).text.strip()
            address = Address("indicator", offered.briefing, row.id)
            name = f"{row.title} {row.title_zh}".rstrip()
            yield min(fits), _SERIES, Choice(short, name, "indicator", sign, address)


def _items(offered: Offered, wanted: str) -> Iterator[_Found]:
    for fit, item in offered.desk.named_like(wanted, MOST, offered.recent):
        yield fit, _ITEM, item_choice(offered, item)


def item_choice(offered: Offered, item: Item) -> Choice:
    """An item as it is offered."""
    desk = offered.desk
    short = item_mnemonic(desk, item.id, offered.briefing)
    name = item.title if short and item.kind in ("claim", "prediction") else named(item)
    name += after(which(item))
    owner = desk.item(item.document) if item.kind in ("section", "footnote") else None
    if other := other_title(owner, item):
        name = f"{other} {'>' if offered.ascii else '›'} {name}"
    return Choice(short, name, item.kind, mark_of(desk, item), page_of(desk, item))


def _commands(offered: Offered, wanted: str) -> Iterator[_Found]:
    for command in offered.commands:
        fit = fit_of(command.title, wanted)
        if fit is not None and fit < _INSIDE:
            yield fit, _COMMAND, Choice("", command.title, "command", run=command.action)


def _spoken(typed: str) -> Iterator[_Found]:
    """Commands that take an argument: with those that may be meant, else what may be said after them."""
    spoken, said = parted(typed)
    if spoken and (said or spoken.values):
        for argument in arguments(spoken, said):
            yield 0 if said else 1, _COMMAND, _said(spoken, argument)
        return
    wanted = fold(typed)
    for each in SPOKEN if len(wanted) > 1 else ():
        if each.word.startswith(wanted):
            yield _BEGINS, _COMMAND, Choice("", f"{each.word} ", each.expected, command=each.word)


def _said(spoken: Spoken, argument: str) -> Choice:
    mark = GLYPHS.get(argument, "") if spoken.word == "claims" else ""  # type: ignore[call-overload]
    return Choice("", f"{spoken.word} {argument}", "command", mark, command=spoken.word, argument=argument)


_PART, _BEGINS, _BEGINS_WORD, _INSIDE = 1, 2, 3, 6
"""How well the part of an id after the country fits at best: an item may have it for its whole name."""


def fit_of(name: str, wanted: str) -> int | None:
    """How well a name fits folded words: 0 the same, 2 it begins so, 3 a word of it does, 6 it holds them;
    None where it does not."""
    folded = fold(name)
    if not folded or not all(word in folded for word in wanted.split()):
        return None
    if folded == wanted:
        return 0
    if folded.startswith(wanted):
        return _BEGINS
    return _BEGINS_WORD if f" {wanted}" in folded else _INSIDE
