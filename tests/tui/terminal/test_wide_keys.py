"""Keys while a Chinese input method is on: on pages they do what the same keys do without it."""

from __future__ import annotations

import pytest
from textual.events import Key
from textual.keys import _character_to_key

from tests.tui.conftest import Open, Reader
from tui.terminal.wide_keys import narrow, narrowed


async def type_wide(reader: Reader, character: str) -> str:
    reader.app.post_message(Key(_character_to_key(character), character))
    await reader.pilot.pause()
    return await reader.settled()


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("？", ":HELP"),
        ("：", "Monetary stability"),
        ("、", "esc close"),
        ("２", ":MONEY"),
        ("…", ":OVERVIEW"),
    ],
)
async def test_a_wide_sign_is_the_key_it_is_on(reading: Open, typed: str, seen: str) -> None:
    async with reading(size=(120, 40)) as reader:
        assert seen in await type_wide(reader, typed)


async def test_in_a_field_a_wide_sign_is_typed_as_it_is(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        await reader.press("slash")
        assert "？" in await type_wide(reader, "？")
        assert ":OVERVIEW" in await reader.row(0)


def test_every_printable_sign_has_a_wide_one_with_the_same_key() -> None:
    for code in range(0x21, 0x7F):
        wide = Key("", chr(code + 0xFEE0))
        assert (narrowed(wide).key, narrowed(wide).character) == (_character_to_key(chr(code)), chr(code))
    assert narrow("法") == "法"
    assert narrowed(Key("enter", "\r")).key == "enter"
    assert narrowed(Key("up", None)).key == "up"
