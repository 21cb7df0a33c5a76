"""What every test gets: an empty home, a plain terminal, no network."""

from __future__ import annotations

import ipaddress
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from cache import patience

Library = Callable[[Mapping[str, str | bytes]], Path]

HIDDEN = ("BRIEFING", "XDG", "TEXTUAL", "NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES")
XDG = {"DATA": ".local/share", "STATE": ".local/state", "CACHE": ".cache", "CONFIG": ".config"}

settings.register_profile("untimed", deadline=None)  # how long an example takes is the machine's affair
settings.register_profile("repeatable", deadline=None, derandomize=True)  # where one run decides
settings.load_profile("repeatable" if os.environ.get("CI") else "untimed")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own empty home for each test, and nothing of the developer's environment."""
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith(HIDDEN)]:
        monkeypatch.delenv(name)
    for kind, folder in XDG.items():
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / folder))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("TERM", "xterm-256color")
    return home


@pytest.fixture(autouse=True)
def nothing_held() -> None:
    """No file that a test before found held by another program."""
    patience.forget()


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A function that writes files, given as `{"notes/a.md": "text"}`, and returns the folder they are in."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        folder = tmp_path / "library"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return write


def is_loopback(host: str | bytes | None) -> bool:
    """Whether a host, as given to `connect` or `getaddrinfo`, is this machine."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(name).partition("%")[0]).is_loopback
    except ValueError:
        return False


def refuse_network(event: str, args: tuple[Any, ...]) -> None:
    """Audit hook that lets a socket reach this machine only."""
    if event in ("socket.connect", "socket.sendto"):
        address = args[1]
        host = address[0] if isinstance(address, tuple) else None  # other families stay on this machine
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = args[0]
    else:
        return
    if not is_loopback(host):
        raise RuntimeError(f"a test reached for the network: {host}")


sys.addaudithook(refuse_network)
