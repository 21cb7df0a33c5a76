"""How roles look in a theme: one style for each, worked out from the theme alone.

Component classes of a style sheet would say the same, but every one of them is matched against all
rules for every widget at every change of focus: a tenth of the time to the first frame.
"""

from typing import Any, NamedTuple

from rich.color import Color as RichColor
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.theme import Theme

from tui.layout import roles


class Look(NamedTuple):
    """The colours of a role, as names of the theme's, and its text style in Rich's words.

    `without` is the text style where there are no colours, when that is another one.
    """

    ink: str = "foreground"
    style: str = ""
    paper: str = "background"
    without: str = ""


LOOKS = {
    roles.INK: Look(),
    roles.EMPHASIS: Look(),
    roles.QUIET: Look("quiet"),
    roles.QUOTE: Look("quiet"),
    roles.HEAD: Look("quiet"),
    roles.CODE: Look("quiet"),
    roles.TITLE: Look(style="bold"),
    roles.HEADING: Look(style="bold"),
    roles.STRONG: Look(style="bold"),
    roles.HERE: Look(style="bold"),
    roles.STRUCK: Look(style="strike"),
    roles.FIGURE: Look(style="bold underline"),
    roles.LINK: Look("link", "underline"),
    roles.NAMED: Look(style="underline"),
    roles.KEY: Look("link"),
    roles.DANGLING: Look("doubt"),
    roles.DOUBT: Look("doubt"),
    roles.GOOD: Look("good"),
    roles.BAD: Look("bad"),
    "banner": Look("background", paper="doubt", without="reverse"),
    "focused": Look("focus-ink", paper="focus-paper", without="reverse"),
    roles.HIT: Look(style="underline", paper="band"),
    "label": Look("background", "bold", paper="link", without="bold reverse"),
    "typed-label": Look("quiet", paper="band", without="underline"),
    "current-hit": Look("focus-ink", paper="focus-paper", without="reverse underline"),
}
"""Each role, and what stands out by the reader's own doing."""


_known: dict[tuple[str, str, bool], Style] = {}


def look(app: App[Any], name: str) -> Style:
    """The style of a role in the theme of an app, whose name stands for it."""
    key = (app.theme, name, app.no_color)
    known = _known.get(key)
    if known is None:
        found, theme = LOOKS[name], app.current_theme  # which puts all themes together each time
        style = Style.parse(found.without if app.no_color and found.without else found.style)
        known = _painted(_colour(theme, found.ink), _colour(theme, found.paper)) + style
        _known[key] = known
    return known


def _painted(ink: RichColor, paper: RichColor) -> Style:
    """Ink on paper. On paper that only has a name, what has none is reversed: the terminal's own ink may be
    as light as that paper, its own paper is not."""
    if ink.is_default and not paper.is_default:
        return Style.from_color(paper, ink) + Style(reverse=True)
    return Style.from_color(ink, paper)


def _colour(theme: Theme, name: str) -> RichColor:
    own = {"foreground": theme.foreground, "background": theme.background}
    return Color.parse(own.get(name) or theme.variables[name]).rich_color
