"""Folders that the system refuses to list: root, as which tests may run, is refused none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def refuse_to_list(monkeypatch: pytest.MonkeyPatch, *folders: Path) -> None:
    """Have listing these folders fail as it does for who may not read them."""
    opening = os.open

    def refusing(path: str | Path, flags: int, *rest: int, dir_fd: int | None = None) -> int:
        if Path(path) in folders:
            raise PermissionError(13, "Permission denied", str(path))
        return opening(path, flags, *rest, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", refusing)


def refuse(monkeypatch: pytest.MonkeyPatch, *folders: Path) -> None:
    """Have all that is done below these folders fail as it does for who may not enter them."""

    def refusing(name: str) -> None:
        real = getattr(os, name)

        def doing(path: str | Path | int, *rest: object, **more: object) -> object:
            if not isinstance(path, int) and any(folder in Path(path).parents for folder in folders):
                raise PermissionError(13, "Permission denied", str(path))
            return real(path, *rest, **more)

        monkeypatch.setattr(os, name, doing)

    for name in ("stat", "lstat", "open"):
        refusing(name)
