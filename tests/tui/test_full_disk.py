"""A disk that takes no more, as the system tells it: reading goes on, what was kept stays, and it is said."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.loopback import Loopback, Reply
from tests.tui.cli.json_schema import answered
from tests.tui.cli.test_refresh import HOSTS, MONEY, NEWER

ROOT = Path(__file__).parents[2]
FULL, NEARLY_FULL = 48_000, 33_000
"""Bytes of the longest file that still fits: no database, and no more than the index of a log."""

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as server:
        server.answer("GET", MONEY, Reply(NEWER))
        yield server


@pytest.fixture
def place(tmp_path: Path, server: Loopback) -> Path:
    """A home whose sources are at the server."""
    (tmp_path / "config").mkdir(mode=0o700)
    routes = [f'"{host}" = "{server.url()}"' for host in HOSTS]
    (tmp_path / "config/config.toml").write_text("\n".join(["[network.routes]", *routes]))
    return tmp_path


@pytest.fixture
def command(place: Path) -> Command:
    """Runs a command in a process of its own; with `room`, no file may become longer."""

    def run(*argv: str, room: int | None = None) -> subprocess.CompletedProcess[str]:
        def narrow() -> None:
            if room is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))

        environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        return subprocess.run(
            [sys.executable, "-m", "tui.main", *argv],
            env={**environment, "BRIEFING_HOME": str(place), "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            preexec_fn=narrow,
        )

    return run


def data(result: subprocess.CompletedProcess[str]) -> Any:  # noqa: ANN401 - whatever a command answers
    return answered(result.stdout)["data"]


@pytest.mark.parametrize(
    "argv",
    [
        ("list",),
        ("read", "huawei"),
        ("read", "china-legal-shield"),
        ("series", "cn.m2_yoy"),
        ("claims",),
        ("show", "decree-835"),
    ],
)
def test_a_first_start_on_a_full_disk_reads_all_the_same(command: Command, argv: tuple[str, ...]) -> None:
    full, usual = command(*argv, room=FULL), command(*argv)
    assert full.returncode == 0
    assert full.stdout.splitlines()[:3] == usual.stdout.splitlines()[:3]
    assert full.stdout.count("\n") == pytest.approx(usual.stdout.count("\n"), abs=2)
    assert "changes to it are not saved" in full.stderr
    assert "not saved" not in usual.stderr


def test_a_first_start_on_a_full_disk_judges_all_the_same(command: Command) -> None:
    def marks(**room: int) -> list[str]:
        lines = command("read", "china-legal-shield", **room).stdout.splitlines()
        return [line for line in lines if "contradicted" in line or "supported" in line]

    full = marks(room=FULL)
    assert len(full) > 20
    assert full == marks()


def test_a_note_that_finds_no_room_is_refused_and_the_old_one_stays(command: Command, place: Path) -> None:
    assert command("note", "huawei", "kept").returncode == 0
    (path,) = (place / "library/notes").iterdir()
    before = path.read_bytes()
    result = command("note", "huawei", "x" * 2 * FULL, "--json", room=FULL)
    assert result.returncode == 4
    assert answered(result.stdout)["error"]["code"] == "notes"
    assert "File too large" in result.stderr
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("room", [4_000, NEARLY_FULL])
def test_figures_that_find_no_room_are_told_and_the_old_ones_stay(command: Command, room: int) -> None:
    before = data(command("series", "cn.m2_yoy", "--last", "3", "--json"))
    result = command("refresh", "cn.m2_yoy", room=room)
    assert result.returncode == 4
    assert "not saved" in result.stdout + result.stderr
    after = data(command("series", "cn.m2_yoy", "--last", "3", "--json"))
    assert [each["observations"] for each in after] == [each["observations"] for each in before]
    assert command("refresh", "cn.m2_yoy").returncode == 0
    assert data(command("series", "cn.m2_yoy", "--last", "1", "--json"))[0]["observations"][0]["value"] == 8.0
