"""What is pasted is text, whatever stands in it.

Textual 8.2.8 takes escape sequences in a paste apart and hands the rest on as keys, so that a clipboard
could press them. Without their first character they are letters.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.message import Message

_ESCAPE = "\x1b"
_START, _END = f"{_ESCAPE}[200~", f"{_ESCAPE}[201~"


class Pastes:
    """Leaves out what begins a sequence within a bracketed paste, however what is read is cut in pieces."""

    def __init__(self) -> None:
        self._inside = False
        self._seen = ""
        self._held = ""

    def harmless(self, data: str) -> str:
        """What may be parsed of what was read; the rest of it may come with the next piece."""
        parts: list[str] = []
        while data:
            part, data = self._of_paste(self._held + data) if self._inside else self._of_keys(data)
            parts.append(part)
        return "".join(parts)

    def _of_keys(self, data: str) -> tuple[str, str]:
        """What comes up to a paste, with its start, and what comes after."""
        at = (self._seen + data).find(_START)
        if at < 0:
            self._seen = (self._seen + data)[1 - len(_START) :]
            return data, ""
        cut = at + len(_START) - len(self._seen)
        self._inside, self._seen, self._held = True, "", ""
        return data[:cut], data[cut:]

    def _of_paste(self, data: str) -> tuple[str, str]:
        """What is pasted, with its end, and what comes after; a beginning of an end is held back."""
        text, end, rest = data.partition(_END)
        self._inside, self._held = not end, ""
        if not end:
            begun = next((n for n in range(len(_END) - 1, 0, -1) if data.endswith(_END[:n])), 0)
            text, self._held = data[: len(data) - begun], data[len(data) - begun :]
        return text.replace(_ESCAPE, "") + end, rest


class PasteParser(XTermParser):
    """The parser of what the terminal sends, behind `Pastes`."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._pastes = Pastes()

    def feed(self, data: str) -> Iterable[Message]:
        """Parse what was read; nothing read is the end."""
        harmless = self._pastes.harmless(data)
        return super().feed(harmless) if harmless or not data else ()
