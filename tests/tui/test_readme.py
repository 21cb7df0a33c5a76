"""What README.md tells a newcomer holds: its keys, commands, settings, and the map of the folders."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.tui.commanding import Cli
from tui.commands.keymap import show
from tui.commands.table import COMMANDS
from tui.settings.settings import NAMES, load
from tui.terminal.wide_keys import narrow

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PACKAGES = ("tui", "briefings", "sources", "cache")


def section(heading: str) -> str:
    """The text under a heading, up to the next one."""
    return README.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def fenced(heading: str, language: str) -> str:
    """The first block of code in a language under a heading."""
    return section(heading).split(f"```{language}\n", 1)[1].split("```", 1)[0]


EXAMPLES = [
    re.split(r"\s+# ", line)[0]
    for line in fenced("Commands", "sh").splitlines()
    if line.startswith("briefing ")
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_command_works_as_it_is_shown(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, example: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/draft.md").write_text("# A draft\n")
    words = shlex.split(example)[1:]
    if words[0] == "--as-of":
        words.append("list")  # the app needs a terminal
    if words[0] == "refresh":
        words.append("--offline")
    told = cli(*words)
    assert told.status in ((1,) if words[0] == "test" else (0, 3) if words[0] == "refresh" else (0,)), (
        told.err
    )
    assert told.out or told.err


def test_each_key_of_the_table_is_one() -> None:
    keys = {show(key) for command in COMMANDS for key in command.key_names}
    column = [line.split(" | ")[0] for line in section("Reading").splitlines() if line.startswith("| ")]
    written = {narrow(key) for cell in column[1:] for key in re.findall(r"`([^`]+)`", cell)}
    assert written - keys == set()


def test_the_settings_hold_together_as_they_are_shown(home: Path) -> None:
    (home / "config").mkdir()
    (home / "vault").mkdir()
    text = fenced("Settings", "toml")
    (home / "config/config.toml").write_text(text, encoding="utf-8")
    environment = {"BRIEFING_HOME": str(home), "HOME": str(home), "EDITOR": "vi"}
    assert load(environment).faults == ()
    assert [name for name in NAMES if not re.search(rf"^\[?{name}\b", text, re.MULTILINE)] == []


def folders_named() -> set[str]:
    """The folders of the map, those in others by their paths."""
    named, top = set(), ""
    text = next(block for block in section("Development").split("```") if block.startswith("\ntui/"))
    for line in text.strip().splitlines():
        found = re.match(r"( *)([a-z]+)/ ", line)
        assert found, line
        top = top if found[1] else f"{found[2]}/"
        named.add(f"{top}{found[2]}" if found[1] else found[2])
        others = re.findall(r"\b([a-z]+)/(?: |$)", line[found.end() :])
        named |= {f"{top}{other}" for other in others if not (ROOT / other).is_dir()}
    return named


def test_the_map_of_the_folders_names_those_there_are() -> None:
    packages = {
        str(file.parent.relative_to(ROOT)) for each in PACKAGES for file in ROOT.glob(f"{each}/*/__init__.py")
    }
    named = folders_named()
    assert sorted(packages - named) == []
    assert [name for name in sorted(named) if not (ROOT / name).is_dir()] == []


def test_what_is_begun_at_is_there() -> None:
    table = section("Development").split("| begin at |", 1)[1]
    paths = [path for path in re.findall(r"`([\w./-]+)`", table) if "/" in path]
    assert len(paths) > 10
    assert [path for path in paths if not (ROOT / path).exists()] == []
