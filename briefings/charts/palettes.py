"""The colours of pictures, in light and dark."""

from __future__ import annotations

from typing import NamedTuple


class Palette(NamedTuple):
    """Colours of a picture."""

    paper: str
    ink: str
    quiet: str
    rule: str
    lines: tuple[str, str, str]
    reference: str


LIGHT = Palette("#ffffff", "#20252b", "#5d6670", "#e2e4e7", ("#1f5fa8", "#8a3f9c", "#1f7a68"), "#b02a20")
DARK = Palette("#14171b", "#dfe2e7", "#98a1ad", "#2b3038", ("#7fb0e8", "#d3a5e0", "#8fd0c0"), "#f08a80")
