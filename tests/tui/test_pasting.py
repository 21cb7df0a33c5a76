"""A paste is text: nothing in it presses a key."""

from __future__ import annotations

import inspect

from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver

from tui.driver import TerminalDriver
from tui.pasting import PasteParser, Pastes

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
    assert "XTermParser(self._debug)" in inspect.getsource(LinuxDriver.run_input_thread)
