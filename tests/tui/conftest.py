"""The app, driven by keys and read as text."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from briefings.desk import Library, open_desk
from cache.paths import Places, places
from tests.tui.commanding import NOW, Cli, Result
from tui.app import BriefingApp
from tui.cli import run
from tui.cli.session import Session
from tui.screens.shell import Shell
from tui.settings.settings import Settings

TODAY = date(2026, 11, 28)
"""The day of every screen: what is open, due or stale does not follow the clock."""


class Reader:
    """Presses keys in a running app and reads its screen."""

    def __init__(self, app: BriefingApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def shell(self) -> Shell:
        """The screen that everything is read on."""
        assert isinstance(self.app.screen, Shell)
        return self.app.screen

    async def press(self, *keys: str) -> str:
        """Press keys one after the other; the screen after the last."""
        for key in keys:
            await self._press(key)
        return await self.screen()

    async def _press(self, key: str) -> None:
        await self.pilot.press(key)
        await self._answered()

    async def _answered(self) -> None:
        """Wait until what was pressed has done what it does."""
        while self.app.typed and self.app.typed.is_any_left and self.app.is_running:
            await self.pilot.pause()

    async def screen(self) -> str:
        """The rows of the screen, without blanks at their ends."""
        await self._answered()
        await self.pilot.pause()
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    async def row(self, number: int) -> str:
        """One row, from 0."""
        return (await self.screen()).split("\n")[number]

    async def focus_on(self, text: str) -> None:
        """Press tab until the link with this text has the focus."""
        for _ in range(200):
            if self.focused() == text:
                return
            await self._press("tab")
        raise AssertionError(f"no link {text!r} takes the focus")

    def focused(self) -> str:
        """The text of the focused link."""
        pane = self.shell.pane
        target = pane.focused_target
        if target is None:
            return ""
        lines, _ = pane.port.laid_out(target.block)
        parts = ("".join(run.text for run in line.runs if run.target == target.number) for line in lines)
        return " ".join(part for part in parts if part)

    async def settled(self) -> str:
        """The screen after all work beside it has ended."""
        await self._answered()
        while list(self.app.workers):
            await self.app.workers.wait_for_complete()
            await self.pilot.pause()
        return await self.screen()


Open = Callable[..., AbstractAsyncContextManager[Reader]]


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the bundled documents, made once."""
    home = tmp_path_factory.mktemp("indexed")
    desk = open_desk(Library(_places(home), today=TODAY))
    path = desk.library.index_path()
    desk.close()
    return path


def _places(home: Path) -> Places:
    return places({"BRIEFING_HOME": str(home), "HOME": str(home)})


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which nothing is left to be worked out: every app would do so beside its screen."""
    home = tmp_path_factory.mktemp("settled") / "home"
    desk = open_desk(Library(_places(home), today=TODAY))
    desk.upkeep.prepare_figures()
    assert desk.upkeep.settle().judged
    assert desk.upkeep.prepare_reviews()
    desk.close()
    return home


def copy_home(settled: Path, home: Path) -> None:
    """Copy a home; the name of its index is that of its folders."""
    if home.exists():
        return
    shutil.copytree(settled, home)
    was, now = Library(_places(settled)).index_path(), Library(_places(home)).index_path()
    (home / was.relative_to(settled)).rename(now)


@pytest.fixture
def reading(tmp_path: Path, settled: Path) -> Open:
    """Opens the app on a library: `async with reading({"a.md": "text"}, size=(80, 24)) as reader`.

    The files are put into the user's own folder.
    """

    @asynccontextmanager
    async def opened(
        files: dict[str, str] | None = None, size: tuple[int, int] = (80, 24), **settings: object
    ) -> AsyncIterator[Reader]:
        where = _places(tmp_path / "home")
        copy_home(settled, tmp_path / "home")
        for name, text in (files or {}).items():
            path = where.library / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        with closing(open_desk(Library(where, today=TODAY))) as desk:
            desk.upkeep.prepare_figures()
            desk.upkeep.settle()
            desk.upkeep.prepare_reviews()
            app = BriefingApp(Settings(where, **settings), desk)  # type: ignore[arg-type]
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                yield Reader(app, pilot)

    return opened


@pytest.fixture(scope="module")
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of the commands of one module: the index and the shipped figures are laid in it once."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def cli(own_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """A function that runs a command at `NOW`."""
    monkeypatch.setenv("BRIEFING_HOME", str(own_home))
    monkeypatch.setattr(Session, "now", lambda _: NOW)

    def command(*argv: str) -> Result:
        return Result(run(argv), *capsys.readouterr())

    return command
