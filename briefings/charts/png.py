"""SVG as PNG, by a library that is installed only where it is wanted."""

from __future__ import annotations

HOW = ".png needs briefing-desk[picture]; take .svg"
NO_FONT = ".png finds no font for its words, .svg needs none"

SCALE = 2
"""Pixels of the picture for each of the SVG: sharp in print and on fine screens."""

_TRIAL = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" font-family="{}">{}</svg>'


class NoPictureError(Exception):
    """PNG cannot be drawn here; its words say why, and what helps."""


def is_available() -> bool:
    """Whether PNG can be drawn here, as far as that is known without trying."""
    from importlib.util import find_spec

    return find_spec("resvg_py") is not None


def png(svg: str) -> bytes:
    """A picture of our own making as PNG, twice its size. Raises `NoPictureError`."""
    try:
        import resvg_py  # 65 ms
    except ImportError:
        raise NoPictureError(HOW) from None
    from briefings.charts.lettering import FONTS

    def drawn(text: str, zoom: int = 1) -> bytes:
        return bytes(resvg_py.svg_to_bytes(svg_string=text, zoom=zoom))

    words = '<text x="0" y="15">M2</text>'
    if drawn(_TRIAL.format(FONTS, words)) == drawn(_TRIAL.format(FONTS, "")):
        raise NoPictureError(NO_FONT)  # the library leaves out what it has no font for, without a word
    return drawn(svg, SCALE)
