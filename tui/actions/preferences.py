"""Settings changed while reading: each is undone like all else, and kept only where that is asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from briefings.desk import Desk, Library
from briefings.library import mentions
from briefings.library.mentions import Mentions
from tui.files.words import named
from tui.screens.undoing import Step
from tui.settings.settings import FILE_NAME, Style
from tui.theme import wear

if TYPE_CHECKING:
    from tui.screens.shell import Shell

_CHANGED = ("theme", "charts", "show_mentions")
"""The settings that can be changed while reading, as the file names them."""


def choose_theme(shell: Shell, name: str) -> None:
    """Show everything in another theme."""
    if name == shell.settings.theme:
        shell.message.say(f"The theme is {name} already.")
    else:
        _change(shell, "theme", name, f"Theme: {name}.")


def choose_charts(shell: Shell, style: str) -> None:
    """Draw charts with other signs."""
    if style == shell.settings.charts:
        shell.message.say(f"Charts are drawn with {style} already.")
    else:
        _change(shell, "charts", style, f"Charts are drawn with {style}.")


def show_mentions(shell: Shell, on: bool) -> None:
    """Show names in texts as links, or no longer."""
    state = "links" if on else "plain words"
    if on == shell.settings.show_mentions:
        shell.message.say(f"Names in texts are {state} already.")
    else:
        _change(shell, "show_mentions", on, f"Names in texts are {state} now.")


def turn_mentions(shell: Shell) -> None:
    """Show names in texts as links; where they are, no longer."""
    show_mentions(shell, not shell.settings.show_mentions)


def offer_to_keep(shell: Shell) -> None:
    """Say what would be written into the configuration file; the next key that follows links does so."""
    path = shell.settings.places.config / FILE_NAME
    said = "   ".join(f"{name} = {_shown(shell, name)}" for name in _CHANGED)
    words = f"{shell.key('link.follow')} writes {said} into {named(path)}"
    shell.offer(words, partial(_keep, shell))


def _keep(shell: Shell) -> None:
    from tui.settings.written import keep

    path = shell.settings.places.config / FILE_NAME
    values = {name: getattr(shell.settings, name) for name in _CHANGED}
    try:
        changed = keep(path, values)
    except (ValueError, OSError) as error:
        shell.message.say(f"Not written: {getattr(error, 'strerror', None) or error}", doubtful=True)
        return
    shell.message.say(f"{'Written' if changed else 'It says so already'}: {named(path)}")


def _shown(shell: Shell, name: str) -> str:
    value = getattr(shell.settings, name)
    return str(value).lower() if isinstance(value, bool) else f'"{value}"'


def _change(shell: Shell, name: str, value: str | bool, words: str) -> None:
    before = getattr(shell.settings, name)
    _put(shell, name, value)
    keep = f" {shell.key('settings.keep')} keeps it."
    step = Step(_in_words(name, value), partial(_put_back, shell, name, value, before))
    shell.did(words + keep, step)


def _put_back(shell: Shell, name: str, value: str | bool, before: str | bool) -> bool:
    """Have a setting as it was; False where it is another one again."""
    if getattr(shell.settings, name) != value:
        return False
    _put(shell, name, before)
    return True


def _put(shell: Shell, name: str, value: str | bool) -> None:
    shell.settings = shell.settings._replace(**{name: value})  # type: ignore[arg-type]
    _PUT[name](shell, value)


def _wear(shell: Shell, theme: str | bool) -> None:
    wear(shell.app, str(theme))


def _draw(shell: Shell, style: str | bool) -> None:
    shell.chart.draw_in(cast("Style", style))


def _link(shell: Shell, on: str | bool) -> None:
    if on:
        look_for_names(shell)
    else:
        shell.mentions = None


_PUT: dict[str, Callable[[Shell, str | bool], None]] = {
    "theme": _wear, "charts": _draw, "show_mentions": _link,
}  # fmt: skip


def _in_words(name: str, value: str | bool) -> str:
    if name == "show_mentions":
        return f"names as {'links' if value else 'plain words'}"
    return f"{name} {value}"


# ------------------------------------------------------------------ names in texts


def look_for_names(shell: Shell) -> None:
    """Gather the names that are looked for, beside the screen, unless they are those of the index now."""
    index = shell.home.index
    if shell.mentions and shell.mentions.revision == index.revision():
        return
    if index.kept:
        work: Callable[[], Awaitable[None]] = partial(_gather, shell, shell.home.library)
        shell.run_worker(work, name="mentions", group="mentions", exclusive=True, exit_on_error=False)
    else:
        shell.mentions = mentions.gathered(index)


async def _gather(shell: Shell, library: Library) -> None:
    found = await asyncio.to_thread(_gathered, library)
    if shell.settings.show_mentions:
        shell.mentions = found
        shell.lay_out(shell.reading.place(), shell.side.place())
        shell.tell_place()


def _gathered(library: Library) -> Mentions:
    """The names of a library, in a thread: its desk is its own."""
    desk = Desk(library)
    try:
        return mentions.gathered(desk.index)
    finally:
        desk.close()
