"""The tasks of docs/tasks.md, each done by its keys."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.tui.conftest import Open
from tui.main import main

_DOCUMENT = Path(__file__).parents[2] / "docs" / "tasks.md"
_NAMED = ("enter", "tab", "space", "escape", "backspace")
_CODE = re.compile(r"`([^`]+)`")


class Task(NamedTuple):
    """A row of the document: what is needed, the keys, how many it counts, the words to be seen."""

    name: str
    keys: tuple[str, ...]
    taken: int
    seen: tuple[str, ...]


def _tasks() -> list[Task]:
    rows = re.findall(r"^\| (.+) \| (.+) \| (\d+) \| (.+) \|$", _DOCUMENT.read_text("utf-8"), re.MULTILINE)
    return [
        Task(name, _keys(keys), int(count), tuple(_CODE.findall(seen))) for name, keys, count, seen in rows
    ]


def _keys(cell: str) -> tuple[str, ...]:
    """One key a letter, but for the names of keys."""
    return tuple(
        key for typed in _CODE.findall(cell) for key in ([typed] if typed in _NAMED else list(typed))
    )


TASKS = _tasks()


def test_each_set_has_ten() -> None:
    sets = _DOCUMENT.read_text("utf-8").split("\n## ")[1:]
    assert [len(re.findall(r"\| \d+ \|", each)) for each in sets] == [10, 10, 10, 0]
    assert len(TASKS) == 30


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
async def test_a_task_takes_its_keys(
    reading: Open, task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(task.keys) == task.taken
    assert task.seen
    async with reading({}, (80, 24)) as reader:
        await reader.settled()
        before = await reader.screen()
        await reader.press(*task.keys)
        screen = await reader.settled()
        assert screen != before
        for words in task.seen:
            assert words in screen, screen


COMMANDS = re.findall(r"^\| .+ \| `briefing (.+)` \| (`.+`) \|$", _DOCUMENT.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("command", "seen"), COMMANDS)
def test_a_command_prints_what_the_task_needs(
    command: str, seen: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command.split()) == 0
    printed = capsys.readouterr().out.casefold()
    assert [words for words in _CODE.findall(seen) if words.casefold() not in printed] == []


def test_commands_are_among_the_tasks() -> None:
    assert len(COMMANDS) == 7
