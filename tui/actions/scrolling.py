"""Keys that move a text, what is chosen in a list, or among small charts; at either end they say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.screens.panes import Panes
    from tui.widgets.document import DocumentView


def by_line(shell: Panes, step: int) -> None:
    """Move by a line, in a list by a row."""
    pane, before = shell.pane, _standing(shell.pane)
    if pane.listing:
        pane.move_focus(step)
    else:
        pane.scroll_lines(step)
    _say_where_it_ends(shell, before, step)


def by_pages(shell: Panes, pages: float) -> None:
    """Move by pages, or by a part of one."""
    step = 1 if pages > 0 else -1
    if panels := shell.chart.panels_on_screen:
        panels.action_choose(round(pages * panels.charts_in_view) or step)
        return
    pane, before = shell.pane, _standing(shell.pane)
    pane.scroll_part(pages)
    _bring_along(pane, step, stayed=pane.port.rows()[:1] == before[0])
    _say_where_it_ends(shell, before, step)


def to_end(shell: Panes, step: int) -> None:
    """Move to the top (-1) or the end (1)."""
    if panels := shell.chart.panels_on_screen:
        panels.action_choose(step * len(panels.plot.lines))
        return
    pane, before = shell.pane, _standing(shell.pane)
    (pane.go_end if step > 0 else pane.go_top)()
    _bring_along(pane, step, stayed=True)
    _say_where_it_ends(shell, before, step)


def _bring_along(pane: DocumentView, step: int, *, stayed: bool) -> None:
    """In a list what is chosen comes along, lest a key opens what is out of view."""
    if pane.listing:
        pane.focus_target(pane.port.row_in_view(pane.focused_target, step, stayed))


def _standing(pane: DocumentView) -> tuple[object, object]:
    return pane.port.rows()[:1], pane.focused_target


def _say_where_it_ends(shell: Panes, before: tuple[object, object], step: int) -> None:
    pane = shell.pane
    if _standing(pane) != before:
        return
    if pane.listing and pane.focused_target:
        shell.message.say(f"This is the {'last' if step > 0 else 'first'} line.")
    elif pane.port.progress() in ("all", ""):
        shell.message.say("All is shown.")
    else:
        shell.message.say(f"The {'end' if step > 0 else 'top'} is shown.")
