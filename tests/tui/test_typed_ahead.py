"""Keys that are typed faster than the app does what they ask for."""

from __future__ import annotations

import pytest
from textual import events
from textual.keys import _character_to_key

from tests.tui.conftest import Open, Reader


async def burst(reader: Reader, *keys: str) -> str:
    """All keys at once, as from a paste or a fast hand; the screen once all is done."""
    for key in keys:
        letter = key if len(key) == 1 else None
        name = _character_to_key(key) if letter else key
        reader.app.post_message(events.Key(name, letter))
    for _ in range(3 * len(keys)):
        await reader.pilot.pause()
    return await reader.settled()


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ((":", *"smic", "enter"), "SMIC 中芯国际"),
        (("s", *"huawei"), "  Search  huawei"),
        (("/", *"decree"), "/decree"),
        (("@", *"2026-04-20", "enter"), "as of 2026-04-20"),
        (("a", *"my note"), "my note"),
        (("c", "enter", "backspace", "p"), ":SCORES"),
        (("m", "q", "2", "'", "q"), ":OVERVIEW"),
    ],
)
async def test_what_is_typed_ahead_goes_where_the_keys_before_lead(
    reading: Open, keys: tuple[str, ...], shown: str
) -> None:
    async with reading(size=(80, 24)) as reader:
        assert shown in await burst(reader, *keys)


async def test_keys_typed_ahead_reach_the_palette_and_what_comes_after_it(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        await burst(reader, "ctrl+p", "escape")
        assert ":LEDGER" in await burst(reader, "c")
