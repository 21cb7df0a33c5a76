"""Whole programs in a terminal of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.pty.terminal import Terminal

Start = Callable[..., Terminal]

SMALL_APP = Path(__file__).with_name("small_app.py")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "pty: runs a whole program in a pseudo-terminal")


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a Python script (default: the small app) in a terminal; it is ended with the test."""
    terminals = []

    def start(*arguments: str, script: Path = SMALL_APP, stderr: Path | None = None, **env: str) -> Terminal:
        terminals.append(Terminal([str(script), *arguments], env=env, stderr=stderr))
        return terminals[-1]

    yield start
    for terminal in terminals:
        terminal.close()
