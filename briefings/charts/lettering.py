"""Words and strokes of a picture in SVG, and about how much room words take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from unicodedata import east_asian_width

from sources.text import clean_line

FONTS = (
    "'Noto Sans', 'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans',"
    " 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', 'WenQuanYi Micro Hei', sans-serif"
)
TITLE, TEXT, SMALL = 20.0, 13.0, 11.5
"""Sizes of letters, in pixels."""

LEADING = 1.45
"""Heights of letters from line to line."""

_NARROW, _WIDE = 0.54, 1.0
_BOLD = 1.2
"""How much more room a line of bold letters takes."""


def plain(text: str) -> str:
    """Text that is text wherever it stands in the picture."""
    return escape(clean_line(text), quote=True)


def wide(text: str, size: float) -> float:
    """About how many pixels a text takes."""
    return size * sum(_WIDE if east_asian_width(letter) in "WF" else _NARROW for letter in text)


def lettered(
    text: str, x: float, y: float, colour: str, size: float = TEXT, anchor: str = "start", bold: bool = False
) -> str:
    """A line of text that begins, ends or has its middle (`anchor`) at a place, in pixels."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" font-size="{size:g}" text-anchor="{anchor}"{weight}>'
        f"{plain(text)}</text>"
    )


def headed(text: str, room: float) -> list[str]:
    """A title in bold letters, in two lines at most."""
    lines = wrapped((text,), room / _BOLD, TITLE)
    return [*lines[:1], cut(" ".join(lines[1:]), room / _BOLD, TITLE)] if len(lines) > 1 else lines


def cut(text: str, room: float, size: float) -> str:
    """As much of a text as its room has place for, with an ellipsis where that is not all."""
    while text and wide(text, size) > room:
        text = text[:-2].rstrip() + "…" if len(text) > 2 else ""
    return text


def wrapped(notes: Sequence[str], room: float, size: float = SMALL) -> list[str]:
    """Notes broken into lines between words, or, where there are no blanks, between letters."""
    lines: list[str] = []
    for note in notes:
        line = ""
        for word in _breakable(clean_line(note)):
            if line and wide(line + word.rstrip(), size) > room:
                lines.append(line.rstrip())
                line = ""
            line += word
        lines.append(line.rstrip())
    return [line for line in lines if line]


def _breakable(text: str) -> Iterator[str]:
    """The pieces of a text that a line may end after: words with their blank, single wide letters."""
    word = ""
    for letter in text:
        word += letter
        if letter == " " or east_asian_width(letter) in "WF" or len(word) > 60:
            yield word
            word = ""
    yield word


def stroke(x0: float, y0: float, x1: float, y1: float, colour: str, width: float, dashes: str = "") -> str:
    """A straight line."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}" stroke="{colour}"'
        f' stroke-width="{width:g}"{dashed}/>'
    )
