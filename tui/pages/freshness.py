"""The marks of freshness: one glyph before the name of a figure or a source, in its role."""

from __future__ import annotations

from collections.abc import Iterable

from briefings.documents.model import Mark, Span

ASKING = "asking"

GLYPHS = {
    "fresh": ("◉", "*", Mark.QUIET),
    "due": ("◕", "o", Mark.QUIET),
    "stale": ("◔", "-", Mark.DOUBT),
    "failing": ("⊗", "!", Mark.BAD),
    "never": ("◌", "_", Mark.QUIET),
    ASKING: ("⋯", ".", Mark.QUIET),
}
"""The glyph of each state, its form in ASCII, and its role."""

WORST_FIRST = ("failing", "stale", "due", "fresh", "never")
"""States of which one stands for many: what was never asked says the least."""


def glyph(state: str, ascii: bool = False) -> Span:  # noqa: A002  (as the setting is called)
    """The glyph of a state with a blank after it; two blanks for a state that has none."""
    sign, plain, mark = GLYPHS.get(state, (" ", " ", Mark.QUIET))
    return Span(f"{plain if ascii else sign} ", mark)


def worst(states: Iterable[str]) -> str:
    """The state that stands for several; `never` for none."""
    return min(states, key=WORST_FIRST.index, default="never")
