"""What a key changes is drawn in one frame: a second one would make the page flicker, and come later."""

from __future__ import annotations

import pytest
from textual._compositor import LayoutUpdate
from textual.screen import Screen

from tests.tui.conftest import Open
from tui.app import BriefingApp


@pytest.fixture
def frames(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the app writes to the terminal, frame by frame."""
    drawn: list[object] = []
    display = BriefingApp._display

    def counted(app: BriefingApp, screen: Screen[object], frame: object) -> None:
        if frame is not None:
            drawn.append(frame)
        display(app, screen, frame)  # type: ignore[arg-type]

    monkeypatch.setattr(BriefingApp, "_display", counted)
    return drawn


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_whole_screen_is_drawn_once_at_the_start(
    reading: Open, frames: list[object], size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        await reader.settled()
        assert sum(isinstance(frame, LayoutUpdate) for frame in frames) == 1


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize(
    ("before", "key"),
    [
        (("1", "0"), "1"),
        (("1",), "0"),
        (("2", "3"), "2"),
        (("c",), "backspace"),
        ((*":GAP", "enter"), "backspace"),
        ((*":GAP", "enter", "backspace"), "L"),
        (("t",), "t"),
        (("s", *"huawei"), "enter"),
        (("s", *"huawei", "enter"), "backspace"),
        (("s",), "escape"),
        (("s", *"huawei", "escape"), "O"),
        (("s", *"huawei", "escape", "O"), "escape"),
        (("1", "0", "]"), "1"),
        (("]",), "k"),
        ((":", "escape"), ":"),
        (("s", "escape"), "s"),
        (("/", "escape"), "/"),
        (("m", "escape"), "m"),
        (("@", *"2026-04-20", "enter"), "backspace"),
    ],
)
async def test_turning_a_page_takes_one_frame_whatever_was_said_before(
    reading: Open, frames: list[object], size: tuple[int, int], before: tuple[str, ...], key: str
) -> None:
    async with reading(size=size) as reader:
        await reader.press(*before)
        await reader.settled()
        shown = await reader.screen()
        frames.clear()
        assert await reader.press(key) != shown
        await reader.settled()
        assert len(frames) == 1


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize(("before", "key"), [("s", "m"), ("sm", "2"), ("/", "q"), ("/q", "x"), (":", "m")])
async def test_what_a_letter_finds_is_drawn_in_one_frame_with_its_count(
    reading: Open, frames: list[object], size: tuple[int, int], before: str, key: str
) -> None:
    async with reading(size=size) as reader:
        await reader.press(*before)
        await reader.settled()
        frames.clear()
        await reader.press(key)
        await reader.settled()
        assert len(frames) == 1


async def test_what_a_worker_brings_while_the_app_ends_asks_for_no_frame(reading: Open) -> None:
    async with reading() as reader:
        shell = reader.app.shown()
        assert shell is not None
    shell.side.refresh()
    shell.message.refresh()
