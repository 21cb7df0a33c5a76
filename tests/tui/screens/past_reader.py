"""Types the keys of its arguments into the app, and prints what was imported from then on, by thread.

A key named `rest` waits until all work beside the screen is done.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from importlib.abc import MetaPathFinder
from types import ModuleType

from textual.pilot import Pilot

from briefings.desk import Library, open_desk
from cache.paths import places
from tui.app import BriefingApp
from tui.settings.settings import Settings


class Witness(MetaPathFinder):
    """Finds nothing; sees which thread looks for which module."""

    def __init__(self) -> None:
        self.drawing: list[str] = []
        self.beside: list[str] = []

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        """Note the module."""
        drawing = threading.current_thread() is threading.main_thread()
        (self.drawing if drawing else self.beside).append(name)


async def type_keys(today: date, keys: Sequence[str]) -> None:
    """Open the app and type; the imports of the thread that draws, those of others, and the screen."""
    where, witness = places(os.environ), Witness()
    with closing(open_desk(Library(where, today=today), compare=False)) as desk:
        app = BriefingApp(Settings(where), desk)
        async with app.run_test(size=(80, 24)) as pilot:
            await _rest(app, pilot)
            sys.meta_path.insert(0, witness)
            for key in keys:
                await (_rest(app, pilot) if key == "rest" else pilot.press(key))
            await _rest(app, pilot)
            rows = [strip.text for strip in app.screen._compositor.render_strips()]
    for line in (witness.drawing, witness.beside, rows):
        sys.stdout.write(f"{' '.join(line)}\n")


async def _rest(app: BriefingApp, pilot: Pilot[int]) -> None:
    await pilot.pause()
    while list(app.workers):
        await app.workers.wait_for_complete()
        await pilot.pause()


if __name__ == "__main__":
    asyncio.run(type_keys(date.fromisoformat(sys.argv[1]), sys.argv[2:]))
