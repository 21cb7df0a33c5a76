"""What layout must know beyond the block: which links lead somewhere, what figures say, the terminal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

from briefings.documents.model import Block, Link, Statement
from tui.layout import roles
from tui.layout.lines import Run

if TYPE_CHECKING:
    from tui.settings.settings import Settings

QUOTE = "›"
RULE = "╌"
CUT = "⋯"

ASCII = {QUOTE: ">", RULE: "-", CUT: ".."}
"""What stands for our own glyphs on a terminal without them."""


def _known(_: Link) -> bool:
    return True


def _unnamed(_: object) -> str | None:
    return None


def no_mark(_: object) -> str:
    """No glyph, and no line."""
    return ""


def no_glyph(link: Link, told: Collection[str]) -> str:
    """No glyph after any link."""
    return ""


class Judgement(NamedTuple):
    """The glyph of a figure that claims hold against a number of theirs, and the ids of those claims."""

    mark: str = ""
    claims: Collection[str] = ()


def unjudged(expression: str) -> Judgement:
    """No claim is about any figure."""
    return Judgement()


def no_remarks(_: object) -> Sequence[tuple[str, str]]:
    """Nothing to say of a table."""
    return ()


class Context(NamedTuple):
    """How blocks are drawn.

    `known` is False for a dangling link, `parts` for one whose target names no section. `figure` gives the
    text of an expression, as `7.78 pp 2023 ✗`, or None: then the expression itself is drawn. `name` gives the
    words for a link that brings none, `judged` the glyph after an expression that a claim is about, `mark`
    that after a link to a claim or prediction unless its id is among those that were told of, `verdict` the
    line of a card that says what came of it, `remarks` glyphs and words that stand under a table. Tables may
    use `table_width` cells where that is more than the reading width; without `wrap_cells`, long cells are
    cut instead of taking several lines. `blocks` says that the font lacks braille. Tables and code of more
    rows than `long_block` are laid out only where they are looked at, such tables so.
    """

    known: Callable[[Link], bool] = _known
    parts: Callable[[Link], bool] = _known
    figure: Callable[[str], str | None] = _unnamed
    name: Callable[[Link], str | None] = _unnamed
    judged: Callable[[str], Judgement] = unjudged
    mark: Callable[[Link, Collection[str]], str] = no_glyph
    verdict: Callable[[Statement], str] = no_mark
    remarks: Callable[[Block], Sequence[tuple[str, str]]] = no_remarks
    ascii: bool = False
    blocks: bool = False
    ambiguous_wide: bool = False
    table_width: int | None = None
    wrap_cells: bool = True
    long_block: int | None = None

    def glyph(self, glyph: str) -> str:
        """One of our own glyphs, in ASCII where the terminal needs it."""
        return ASCII[glyph] if self.ascii else glyph

    def quiet(self, text: str) -> Run:
        """Decoration in the quiet role."""
        return Run(text, roles.QUIET)


PLAIN = Context()
"""Every link leads somewhere and no figure is known."""


def context_of(settings: Settings) -> Context:
    """How the settings have blocks drawn on the screen."""
    return Context(
        ascii=settings.ascii,
        blocks=settings.charts == "blocks",
        ambiguous_wide=settings.ambiguous == "wide",
    )
