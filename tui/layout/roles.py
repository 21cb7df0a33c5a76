"""Roles of text on the screen. Layout names a role; only a theme knows its colour."""

from __future__ import annotations

INK = "ink"
"""Body text."""
QUIET = "quiet"
"""What explains the ink: labels, units, periods, markers."""
TITLE = "title"
"""A heading of level 1: bold ink."""
HEADING = "heading"
"""A heading of any deeper level: bold ink."""
STRONG = "strong"
"""Stressed words: bold ink."""
EMPHASIS = "emphasis"
"""Emphasised words: drawn as ink, for many terminals lack italics."""
STRUCK = "struck"
"""Words struck out."""
LINK = "link"
"""What can be followed: link colour, underlined."""
NAMED = "named"
"""A name that its author did not link: ink, underlined."""
DANGLING = "dangling"
"""A link to what does not exist: doubt, after `[?]`."""
FIGURE = "figure"
"""A figure in the text, itself a link: bold, underlined."""
CODE = "code"
"""Code and expressions, as written."""
QUOTE = "quote"
"""Quoted words."""
KEY = "key"
"""A key that can be pressed, as it is typed."""
HEAD = "head"
"""The head of a table: quiet."""
GOOD = "good"
"""A glyph that says: holds."""
DOUBT = "doubt"
"""A glyph or mark that says: look twice."""
BAD = "bad"
"""A glyph or mark that says: wrong."""
HIT = "hit"
"""Words that were looked for."""
HERE = "here"
"""Where the reader is: bold."""

ROLES = (
    INK, QUIET, TITLE, HEADING, STRONG, EMPHASIS, STRUCK, LINK, NAMED,
    DANGLING, FIGURE, CODE, QUOTE, KEY, HEAD, GOOD, DOUBT, BAD, HIT, HERE,
)  # fmt: skip
"""Every role; a theme gives each a style."""

GLYPH_ROLES = {
    **dict.fromkeys("✓⊞+T", GOOD),
    **dict.fromkeys("≃⊣≢?∅/⊡⊠◔=>#0DV", DOUBT),
    **dict.fromkeys("✗⊟⊗x!F", BAD),
}
"""Roles of verdict, freshness and prediction glyphs and their ASCII forms; the others are quiet."""


def glyph_role(mark: str) -> str:
    """The role of a glyph, also one of stale figures (`~✗`) or of a judgement (`✗j`)."""
    return GLYPH_ROLES.get(mark.removeprefix("~").removesuffix("j"), QUIET)
