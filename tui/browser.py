"""Links to the web: shown as they are before they are opened."""

from __future__ import annotations

import os
import re
from urllib.parse import urlsplit

from sources.limits import MESSAGE_CHARACTERS
from sources.text import clean_line, shorten

_SCHEMES = ("http", "https", "mailto")
_NO_HOST = re.compile(r"[\x00-\x20\\^|<>\"`{}\x7f]")
"""Browsers end a host at a backslash, where we would read on, and none has any other of these in it."""

_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"


def described(address: str) -> tuple[str, bool]:
    """The address as it will be opened, and whether to look twice.

    A host of other than ASCII letters is shown in punycode; a name before the host is pointed out.
    An address that is not opened at all gives an empty text.
    """
    try:
        parts = urlsplit(address)
        host, user = parts.hostname or "", parts.username
        parts.port  # noqa: B018  (raises for a port that is none)
    except ValueError:
        return "", True
    if _NO_HOST.search(parts.netloc):
        return "", True
    if parts.scheme.lower() not in _SCHEMES or (parts.scheme.lower() != "mailto" and not host):
        return "", True
    shown, doubtful = clean_line(address), user is not None
    if not host.isascii():
        shown, doubtful = f"{clean_line(_punycode(host))} ({shown})", True
    if user is not None:
        shown = f"host {clean_line(_punycode(host))}, not {clean_line(user)}: {shown}"
    return shorten(shown, MESSAGE_CHARACTERS), doubtful


def open_address(address: str) -> bool:
    """Hand the address to the user's browser, as one argument after no shell; whether there was one.

    In a process of its own, away from the terminal: browsers write into it, and those that would take it
    are not looked for. May take seconds.
    """
    import subprocess
    import sys

    environment = {name: value for name, value in os.environ.items() if name != "TERM"}
    opened = subprocess.run(
        [sys.executable, "-I", "-c", _OPEN, address],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return opened.returncode == 0


def _punycode(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return "?"
