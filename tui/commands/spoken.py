"""Commands of the go bar that take an argument: `theme light`, `export csv`, `claims contradicted`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from briefings.ledger.words import WORDS
from sources.likeness import nearest
from sources.text import clean_line, fold
from tui.settings.settings import CHARTS, THEMES


class Spoken(NamedTuple):
    """A word, and what is said after it: one of `values`, or, where it is `free`, anything at all.

    `expected` names that in messages, `help` is the sentence of the help screen.
    """

    word: str
    expected: str
    help: str
    values: Sequence[str] = ()
    free: bool = False


SPOKEN: tuple[Spoken, ...] = (
    Spoken("find", "words", "Find words on this page.", free=True),
    Spoken("search", "a query", "Search everything.", free=True),
    Spoken("claims", "a verdict", "List the claims of a verdict.", WORDS),
    Spoken("path", "an item", "Show how what is shown here connects to another item.", free=True),
    Spoken("refresh", "a name", "Ask for an indicator, a topic or a source.", free=True),
    Spoken("filter", "words", "Show some rows of a table, or some documents of the library.", free=True),
    Spoken("as-of", "a day", "Show everything as it was known on a day.", ("today", "yesterday"), free=True),
    Spoken("mark", "a letter", "Mark this place by a letter.", free=True),
    Spoken("keep", "a name", "Keep the search that is shown under a name.", free=True),
    Spoken("export", "a kind or a file", "Write a chart or figures into a file.",
           ("csv", "png", "svg"), free=True),
    Spoken("theme", "a theme", "Show everything in other colours.", THEMES),
    Spoken("charts", "a style", "Draw charts with other signs.", CHARTS),
    Spoken("mentions", "on or off", "Show names in texts as links, or as plain words.", ("on", "off")),
)  # fmt: skip

BY_WORD: dict[str, Spoken] = {spoken.word: spoken for spoken in SPOKEN}


def parted(typed: str) -> tuple[Spoken | None, str]:
    """The command that is typed, and what is said after it; (None, "") where it begins with none."""
    word, _, said = typed.strip().partition(" ")
    spoken = BY_WORD.get(fold(word))
    return (spoken, said.strip()) if spoken else (None, "")


def arguments(spoken: Spoken, said: str) -> list[str]:
    """What may be meant by what is said so far, the likeliest first."""
    wanted = fold(said)
    found = [value for value in spoken.values if value.startswith(wanted)]
    found += [value for value in spoken.values if wanted in value and value not in found]
    return [*found, said] if spoken.free and said and said not in found else found


def refusal(typed: str) -> str:
    """Why a command with its argument means nothing, with the nearest; empty where it is no command."""
    spoken, said = parted(typed)
    if spoken is None or arguments(spoken, said):
        return ""
    if not said:
        return f"{spoken.word} takes {spoken.expected}."
    near = nearest(fold(said), spoken.values)
    expected = f'nearest: "{near}"' if near else f"expected {' or '.join(spoken.values)}"
    return f'{spoken.word} takes {spoken.expected}, not "{clean_line(said)}"; {expected}'
