"""A paste is text: nothing in it presses a key."""

from __future__ import annotations

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver
from textual.widgets import Input

from tests.tui.conftest import Open
from tui.terminal.driver import TerminalDriver, patient_decoder
from tui.terminal.pasting import PasteParser, Pastes
from tui.widgets.line_field import LONGEST

PIECES = st.lists(
    st.sampled_from(["\x1b", "[", "200~", "201~", "q", "\x1b[31m", "\x1b]0;t\x07", "中"]), max_size=30
)


def parsed(text: str, size: int) -> list[object]:
    """What the parser makes of text that comes in pieces."""
    parser = PasteParser()
    cut = [text[at : at + size] for at in range(0, len(text), size)]
    return [event for piece in cut for event in parser.feed(piece)]


@given(st.text(st.sampled_from("\x1b[]31m;q:R中\x07\x9b"), max_size=300), st.integers(1, 50))
def test_whatever_is_pasted_comes_as_one_paste_and_presses_no_key(text: str, size: int) -> None:
    found = parsed(f"\x1b[200~x{text}\x1b[201~q", size)
    paste, key = found
    assert isinstance(paste, events.Paste)
    assert paste.text == "x" + text.replace("\x1b", "")
    assert isinstance(key, events.Key)
    assert key.key == "q"


@given(PIECES, st.integers(1, 9))
def test_pieces_make_no_difference(pieces: list[str], size: int) -> None:
    text, whole, cut = "".join(pieces), Pastes(), Pastes()
    once = whole.harmless(text)
    again = "".join(cut.harmless(text[at : at + size]) for at in range(0, len(text), size))
    assert again == once


def test_keys_pass_unchanged() -> None:
    keys = "\x1b\x1b[A\x1b[<0;1;1Mq"
    assert Pastes().harmless(keys) == keys


def test_the_driver_reads_through_it() -> None:
    assert issubclass(TerminalDriver, LinuxDriver)
    assert vars(linux_driver)["XTermParser"] is PasteParser
    assert vars(linux_driver)["getincrementaldecoder"] is patient_decoder
    source = inspect.getsource(LinuxDriver.run_input_thread)
    assert "XTermParser(self._debug)" in source
    assert 'getincrementaldecoder("utf-8")()' in source


@pytest.mark.parametrize("keys", [("colon",), ("s",), ("slash",), ("at",)])
async def test_a_field_takes_no_more_of_a_paste_than_it_can_look_for(
    reading: Open, keys: tuple[str, ...]
) -> None:
    async with reading() as reader:
        await reader.press(*keys, "x", "x")
        field = reader.shell.focused
        assert isinstance(field, Input)
        field.post_message(events.Paste("制裁" * 500_000 + "\nsecond line"))
        await reader.settled()
        assert field.value == ("xx" + "制裁" * 1_000)[:LONGEST]
        await reader.press("backspace")
        assert len(field.value) == LONGEST - 1
