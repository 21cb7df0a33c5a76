"""Taking a chart or a table away: the question for a file, and writing it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.files import saving
from tui.files.words import named
from tui.pages.page import Address
from tui.pages.takeaway import UnwritableError, body_for, default_file, path_of, why_not

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from pathlib import Path

    from tui.screens.shell import Shell


async def ask(shell: Shell) -> None:
    """Ask for a file to write the chart or the table into."""
    if file := offered(shell):
        kinds = ".png, .svg or .csv" if shell.here.plot or shell.here.panels else ".csv"
        count = len(shell.here.plotted)
        what = f"{count} series as {kinds}" if count > 1 else kinds
        await shell.ask(f"write {what} to", "a file in this folder", partial(_answered, shell), file)


def offered(shell: Shell) -> str:
    """The file that is offered for the chart or table shown; where there is none, say so: empty."""
    if not shell.here.plotted:
        shell.message.say(_nothing(shell))
        return ""
    return default_file(shell.here)


def _nothing(shell: Shell) -> str:
    """Why there is nothing to take away, and on a tab with figures which keys lead to what there is."""
    address = shell.here.address
    if address.kind in ("topic", "gathered"):
        charts = shell.built(Address("compare", shell.briefing, address.name, day=shell.day))
        if charts and charts.plotted:
            draw, take = shell.key("chart.switch"), shell.key("page.export")
            return f"{draw} shows the figures of this topic as charts; {take} takes those away."
    return "Nothing to take away here: charts and tables of figures can be."


def _answered(shell: Shell, answer: str) -> Awaitable[None] | None:
    """Write into the file that is named; of one that cannot be written, say why and ask again."""
    if why := _trouble(shell, answer):
        return shell.ask_again(why, answer, partial(_answered, shell))
    return None


def write(shell: Shell, answer: str, replace: bool = False) -> None:
    """Write the chart or table shown into a file."""
    if why := _trouble(shell, answer, replace):
        shell.message.say(why, doubtful=True)


def _trouble(shell: Shell, answer: str, replace: bool = False) -> str:
    """Write the chart or table shown into a file and say so; why it is not written, else."""
    if not answer.strip():
        shell.message.say("No file was named; nothing was written.")
        return ""
    page, path = shell.here, path_of(answer)
    shown = shell.chart.plot_shown if page is shell.page else None
    try:
        body = body_for(shell.desk, page, shown, path, shell.app.current_theme.dark)
        saving.write_whole(path, body, replace=replace)
    except FileExistsError:
        _offer_to_replace(shell, answer, path)
    except (UnwritableError, OSError) as error:
        return f"Not written: {why_not(error, path)}"
    else:
        shell.message.say(f"Written: {named(path)}")
    return ""


def _offer_to_replace(shell: Shell, answer: str, path: Path) -> None:
    words = f"{path.name} is there already. {shell.key('link.follow')} replaces it."
    shell.offer(words, partial(write, shell, answer, replace=True))
