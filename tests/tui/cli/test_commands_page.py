"""docs/commands.md is as the parsers say, and the examples of the commands do as they are written."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from scripts.commands_page import PAGE, page
from tests.tui.commanding import Cli
from tui.cli.subcommands import BY_NAME, COMMANDS

ROOT = Path(__file__).parents[3]

STATUSES = {"test": 1, "refresh": 3}
"""What an example ends with that is about a claim that does not hold, or asks without a network; else 0."""


def test_the_page_is_as_the_commands_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m scripts.commands_page"


@pytest.mark.parametrize("name", BY_NAME)
def test_an_example_runs_as_it_is_written(
    cli: Cli, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/draft.md").write_text("# A draft\n")
    monkeypatch.chdir(tmp_path)
    argv = shlex.split(BY_NAME[name].example)
    assert argv[:2] == ["briefing", name]
    result = cli(*argv[1:], *(["--offline"] if name == "refresh" else []))
    assert result.status == STATUSES.get(name, 0), result.err


def test_every_option_of_the_app_and_of_all_commands_is_in_the_documentation(cli: Cli) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8") + page()
    options = set(re.findall(r"--[a-z-]+", cli("--help").out))
    assert options >= {"--theme", "--ascii", "--as-of", "--library", "--json"}
    assert {option for option in options if option not in text} == set()


def test_every_argument_says_what_it_is() -> None:
    text = page()
    assert all(f"## `briefing {command.name}`" in text for command in COMMANDS)
    assert "|  |" not in text
    assert "None" not in text
