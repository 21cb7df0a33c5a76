"""Remake the pictures of the screens in docs/: the app draws them itself, from the bundled briefing.

The same text gives the same file: ids are names, fonts are those of the reader's machine, and it is always
the same day.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from datetime import date
from html import escape, unescape
from itertools import groupby
from pathlib import Path

from briefings.desk import Library, open_desk
from cache.paths import Places, places
from tui.app import BriefingApp
from tui.layout.cells import width
from tui.pages.page import Address
from tui.screens.shell import Shell
from tui.settings.settings import Settings

ROOT = Path(__file__).parents[1]
SIZE = (120, 36)
TODAY = date(2026, 11, 28)
BRIEFING = "china-legal-shield"
SHOTS = {
    "overview": Address("overview", BRIEFING),
    "monetary-stability": Address("topic", BRIEFING, "monetary-stability"),
    "entity": Address("item", name="huawei"),
}

_FONTS = (
    "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono',"
    " 'Noto Sans Mono CJK SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', monospace"
)
_CELL = 12.2
"""Width of a cell in the framework's pictures."""

_FOREIGN = re.compile(r"\s*@font-face \{.*?\}|\s*<!--.*?-->", re.DOTALL)
_TEXT = re.compile(
    r'<text class="([^"]*)" x="([^"]*)" y="([^"]*)" textLength="[^"]*" clip-path="([^"]*)">([^<]*)</text>'
)


def main() -> None:
    """Draw all pictures."""
    with tempfile.TemporaryDirectory() as home:
        for name, picture in asyncio.run(pictures(places({"BRIEFING_HOME": home}))).items():
            (ROOT / "docs" / f"{name}.svg").write_text(picture, encoding="utf-8")


async def pictures(where: Places) -> dict[str, str]:
    """The pictures by name, drawn in a home of their own."""
    desk = open_desk(Library(where, today=TODAY))
    desk.upkeep.prepare_figures()
    desk.upkeep.settle()
    desk.upkeep.prepare_reviews()
    app = BriefingApp(Settings(where), desk)
    drawn = {}
    async with app.run_test(size=SIZE) as pilot:
        for name, address in SHOTS.items():
            if isinstance(app.screen, Shell):
                app.screen.go(address)
            await pilot.pause()
            drawn[name] = tidied(app.export_screenshot(title="briefing", simplify=True), name)
    desk.close()
    return drawn


def tidied(picture: str, name: str) -> str:
    """A picture whose ids begin with its name, that loads nothing, with each character in its cell."""
    own = re.sub(r"terminal-\d+", name, _FOREIGN.sub("", picture))
    return _TEXT.sub(_in_cells, own.replace("Fira Code, monospace", _FONTS)).strip() + "\n"


def _in_cells(text: re.Match[str]) -> str:
    """A run of text, parted where narrow and wide characters meet: the framework counts all as narrow."""
    look, x, y, clip, content = text.groups()
    parts = []
    left = float(x)
    for cells, characters in groupby(unescape(content), key=width):
        part = "".join(characters)
        shown = part.lstrip()  # some programs drop blanks at the beginning of a text
        left += _CELL * (len(part) - len(shown))
        length = _CELL * cells * len(shown)
        where = f'x="{left:g}" y="{y}" textLength="{length:g}" clip-path="{clip}"'
        size = ' style="font-size: 22px"' if cells > 1 else ""  # two cells are wider than a letter is high
        words = escape(shown).replace("\N{NO-BREAK SPACE}", "&#160;")
        parts.append(f'<text class="{look}" {where}{size}>{words}</text>' if shown else "")
        left += length
    return "".join(parts)


if __name__ == "__main__":
    main()
