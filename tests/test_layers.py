"""Imports go down only, and a command loads no more than it needs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HARMLESS = {
    **{f"{package}/__init__.py": "" for package in ("tui", "briefings", "sources", "cache")},
    "sources/refreshing/refresh.py": "import httpx",
    "sources/adapters/fred.py": "",
    "tui/app.py": "import textual",
    "tui/refreshing/work.py": "import sources.refreshing.refresh",
}
TRESPASSES = {
    "cache/paths.py": "import sources",
    "briefings/desk.py": "import rich.text",
    "tui/export.py": "import pandas",
    "briefings/export.py": "import sources.refreshing.refresh",
    "sources/adapters/pboc.py": "import sources.adapters.fred",
    "tui/settings/file.py": "import tui.app",
    "tui/layout/tables.py": "import tui.pages",
}
"""For each contract, in order, an import that it must refuse."""

HEAVY = {"textual", "rich", "httpx", "pandas", "diskcache", "yaml", "markdown_it"}
READING = [
    ["list"],
    ["read", "china-legal-shield"],
    ["show", "huawei"],
    ["indicators"],
    ["series", "cn.m2_m1_gap", "--as-of", "2026-04-20"],
    ["sources"],
    ["--offline", "list"],
]
"""Commands that look at what is held."""

COMMANDS: list[tuple[list[str], set[str]]] = [
    ([], HEAVY),  # no command: the entry point is imported and nothing is run
    (["--version"], HEAVY),
    *[(argv, {"textual", "httpx", "pandas", "diskcache"}) for argv in READING],
]
"""What is typed after `briefing`, and the modules that it must not load."""

LATE = {
    *(f"tui.layout.{name}" for name in ("cards", "code_blocks", "columns", "long_tables", "tables")),
    *(f"tui.pages.{name}" for name in ("card", "help", "indicator", "library", "outline", "topic")),
    *(
        "tui.actions",
        "tui.browser",
        "tui.screens.hints",
        "tui.settings.toml_lines",
        "briefings.search.search",
        "briefings.library.update",
        "briefings.upkeep",
        "briefings.search.tokens",
    ),
    *("calendar", "shlex", "tomllib"),
}
"""What the first frame of the app does without."""

PROBE = """
import sys
from tui.main import main
try:
    status = main() if sys.argv[1:] else 0
except SystemExit as stop:
    status = stop.code
print(*sys.modules)
sys.exit(status)
"""
LINT = "import sys, importlinter.cli as cli; sys.exit(cli.lint_imports(sys.argv[1], no_cache=True))"


def python(folder: Path, code: str, *argv: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", code, *argv], cwd=folder, env=environment, capture_output=True, text=True
    )


def modules_of_contracts() -> set[str]:
    """The files of our modules that the contracts name, and of the packages around them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    named = {
        name
        for each in contracts
        for key in ("source_modules", "forbidden_modules", "layers")
        for names in each.get(key, ())
        for name in re.split(" [:|] ", names)
    }
    ours = [ROOT / name.replace(".", "/") for name in named if (ROOT / name.partition(".")[0]).is_dir()]
    packages = {
        folder for path in ours for folder in (path, *path.parents) if (folder / "__init__.py").exists()
    }
    files = {path.with_suffix(".py") for path in ours if path not in packages}
    return {str(file.relative_to(ROOT)) for file in (*files, *(each / "__init__.py" for each in packages))}


def broken_contracts(folder: Path) -> list[str]:
    """The numbers of the contracts that the packages in a folder break."""
    report = python(folder, LINT, str(ROOT / "pyproject.toml")).stdout
    assert "Contracts: " in report, report
    return [line.partition(".")[0] for line in report.splitlines() if " BROKEN" in line]


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def test_our_imports_keep_every_contract() -> None:
    assert broken_contracts(ROOT) == []


def test_each_contract_refuses_what_it_is_there_for(tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(modules_of_contracts(), "") | HARMLESS)
    assert broken_contracts(tmp_path) == []
    write(tmp_path, TRESPASSES)
    assert broken_contracts(tmp_path) == ["1", "2", "3", "4", "5", "6", "7"]


def test_the_commands_of_the_shell_and_the_widgets_do_not_know_each_other(tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(modules_of_contracts(), "") | HARMLESS)
    write(tmp_path, {"tui/cli/drawing.py": "import tui.widgets"})
    assert broken_contracts(tmp_path) == ["7"]


@pytest.mark.parametrize(("argv", "forbidden"), COMMANDS, ids=[" ".join(argv) for argv, _ in COMMANDS])
def test_a_command_loads_only_what_it_needs(argv: list[str], forbidden: set[str]) -> None:
    result = python(ROOT, PROBE, *argv)
    assert result.returncode == 0, result.stderr
    assert forbidden.isdisjoint(result.stdout.splitlines()[-1].split())


def test_the_app_loads_only_what_its_first_frame_needs() -> None:
    loaded = python(ROOT, "import sys, tui.running; print(*sys.modules)").stdout.split()
    assert LATE.isdisjoint(loaded)
    assert HEAVY & set(loaded) == {"textual", "rich"}
