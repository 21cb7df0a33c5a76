"""Which files another program was found to hold: this one waits for each once, not at every use."""

from __future__ import annotations

from pathlib import Path

OTHERS_MILLISECONDS = 50
"""How long the first use of a file waits while another one is held: who holds one often holds all."""

_held: set[Path] = set()


def patience(path: Path, milliseconds: int) -> int:
    """How long to wait for a file, of the time that its user would give."""
    if path in _held:
        return 0
    return min(milliseconds, OTHERS_MILLISECONDS) if _held else milliseconds


def was_held(path: Path) -> None:
    """Note that waiting was in vain."""
    _held.add(path)


def was_free(path: Path) -> None:
    """Note that the file could be used."""
    _held.discard(path)


def forget() -> None:
    """Begin anew, as a new process does."""
    _held.clear()
