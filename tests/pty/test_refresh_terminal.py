"""A refresh in a terminal: keys act meanwhile, and leaving waits for nobody."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loopback import Reply
from tests.pty.conftest import Start
from tests.pty.terminal import Terminal
from tests.refreshed import World

pytestmark = pytest.mark.pty

APP = Path(__file__).with_name("briefing_app.py")


@pytest.fixture
def asking(start: Start, home: Path) -> Iterator[Terminal]:
    """The app while nobody answers it: each source would be given up after half a minute."""
    with World() as world:
        world.fail(Reply(fault="hang"))
        world.environment(home)
        terminal = start(script=APP, BRIEFING_HOME=str(home))
        terminal.wait_for("Bottom line")
        terminal.send("R")
        terminal.wait_for(r"asking 0 of \d")
        yield terminal


def test_keys_act_while_sources_are_asked_and_q_waits_for_none_of_them(asking: Terminal) -> None:
    asking.send("3")
    asking.wait_for("Huawei 华为")
    asking.send("q")
    assert asking.wait_end() == 0
    assert asking.left_behind() == []


def test_a_signal_waits_for_no_source(asking: Terminal) -> None:
    asking.signal(signal.SIGTERM)
    assert asking.wait_end() == 143
    assert asking.left_behind() == []
