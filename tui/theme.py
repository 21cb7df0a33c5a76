"""The four themes. Only this file knows colours; styles name roles.

Body and quiet text have a contrast of at least 4.5 to 1 on their paper, in the high-contrast theme
at least 7 to 1. The terminal's own colours are used by name only.
"""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.theme import Theme


def _theme(
    name: str,
    *,
    dark: bool,
    ink: str,
    paper: str,
    band: str,
    line: str,
    accent: str,
    second: str,
    **roles: str,
) -> Theme:
    variables = {role.replace("_", "-"): colour for role, colour in roles.items()}
    return Theme(
        name=f"briefing-{name}",
        dark=dark,
        foreground=ink,
        background=paper,
        surface=paper,
        panel=paper,
        boost=band,
        primary=line,
        accent=accent,
        secondary=second,
        success=roles["good"],
        warning=roles["doubt"],
        error=roles["bad"],
        variables={**variables, "band": band},
    )


DARK = _theme(
    "dark", dark=True, ink="#dfe2e7", paper="#14171b", band="#3a3f2a",
    line="#7fb0e8", accent="#d3a5e0", second="#8fd0c0",
    quiet="#98a1ad", link="#8ab8f0", good="#8fce7e", doubt="#e6c060", bad="#f08a80",
    focus_ink="#14171b", focus_paper="#c9d8ee",
)  # fmt: skip

LIGHT = _theme(
    "light", dark=False, ink="#20252b", paper="#fbfaf7", band="#f3e7a8",
    line="#1f5fa8", accent="#8a3f9c", second="#1f7a68",
    quiet="#5d6670", link="#1c5a9e", good="#2f6e1f", doubt="#855800", bad="#b02a20",
    focus_ink="#fbfaf7", focus_paper="#26486f",
)  # fmt: skip

CONTRAST = _theme(
    "contrast", dark=True, ink="#ffffff", paper="#000000", band="#404000",
    line="#80c8ff", accent="#ffb0ff", second="#80ffe0",
    quiet="#ffffff", link="#9fd3ff", good="#7dff6b", doubt="#ffe14d", bad="#ff9d94",
    focus_ink="#000000", focus_paper="#ffff00",
)  # fmt: skip

TERMINAL = _theme(
    "terminal", dark=True, ink="ansi_default", paper="ansi_default", band="ansi_yellow",
    line="ansi_blue", accent="ansi_magenta", second="ansi_cyan",
    quiet="ansi_bright_black", link="ansi_blue", good="ansi_green", doubt="ansi_yellow", bad="ansi_red",
    focus_ink="ansi_black", focus_paper="ansi_white",
)  # fmt: skip

THEMES = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST, "terminal": TERMINAL}
"""The themes by the names that settings use."""


def begin_in(app: App[Any], name: str) -> None:
    """Have an app begin in one of the themes, before style sheets are read: the setter of the framework
    would have all of them read twice."""
    theme = THEMES[name]
    for each in THEMES.values():
        app.register_theme(each)
    app.set_reactive(App.theme, theme.name)
    app.set_class(theme.dark, "-dark-mode")
    app.set_class(not theme.dark, "-light-mode")
    app.stylesheet.set_variables(app.get_css_variables())
    if theme is TERMINAL:
        app.ansi_color = True


def wear(app: App[Any], name: str) -> None:
    """Show everything in another of the themes."""
    theme = THEMES[name]
    app.ansi_color = True if theme is TERMINAL else None
    app.theme = theme.name
