"""What `make` says where something is missing, and that it heeds how it was called."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOOLS = ("sh", "cksum", "cat", "awk", "find", "make")
WITHOUT_VENV = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1 ;; *) echo 3.12 ;; esac\n'
TOO_OLD = "#!/bin/sh\nexit 1\n"
OF_ANOTHER_MAKE = ("MAKE", "MFLAGS", "WHEELS", "PYTHON", "DEV", "ARGS")
"""What a `make` that runs these tests hands on, as the one of all Pythons does."""

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="no make here")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A source tree of which only what `make` reads first is there."""
    tree = tmp_path / "tree"
    tree.mkdir()
    for name in ("Makefile", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree)
    for name in ("scripts", "requirements"):
        shutil.copytree(ROOT / name, tree / name)
    for name in ("tui", "briefings", "sources", "cache"):
        (tree / name).mkdir()
    return tree


def made(tree: Path, *arguments: str, python: str = "", **environment: str) -> list[str]:
    """What `make` says, its own words left out, on a machine that has this for a Python, or none."""
    tools = tree.parent / "tools"
    tools.mkdir()
    for name in TOOLS:
        (tools / name).symlink_to(shutil.which(name) or name)
    if python:
        (tools / "python3").write_text(python)
        (tools / "python3").chmod(0o755)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(OF_ANOTHER_MAKE)}
    run = subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=tree,
        env={**clean, "PATH": str(tools), **environment},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 2
    assert run.stdout == ""
    return [line for line in run.stderr.splitlines() if not line.startswith("make:")]


NEEDS = "briefing needs Python 3.11 or newer: install it, or name one with PYTHON=/path/to/python3."


@pytest.mark.parametrize("target", ["run", "test"])
@pytest.mark.parametrize(
    ("python", "words"),
    [
        ("", NEEDS),
        (TOO_OLD, NEEDS),
        (
            WITHOUT_VENV,
            "Python 3.12 lacks its venv module: install it (Debian, Ubuntu: apt install python3.12-venv).",
        ),
    ],
    ids=["none", "too old", "without venv"],
)
def test_one_line_says_what_to_install(tree: Path, target: str, python: str, words: str) -> None:
    assert made(tree, target, python=python) == [words]


@pytest.mark.parametrize("before", [True, False], ids=["before", "behind"])
def test_a_setting_counts_before_the_command_and_behind_it(tree: Path, before: bool) -> None:
    told = made(tree, "run", PYTHON="no-python") if before else made(tree, "run", "PYTHON=no-python")
    assert told == [f"no-python is not it: {NEEDS}"]


def test_what_is_installed_is_pinned_by_hash_and_names_no_index() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", text, re.MULTILINE | re.DOTALL)
        assert len(pins) >= 2, path.name
        assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
        assert "://" not in text
        assert "index" not in text
    scripts = [path.read_text(encoding="utf-8") for path in (ROOT / "scripts").glob("*.sh")]
    installs = re.findall(r"install .*requirement.*", "\n".join([*scripts, (ROOT / "Makefile").read_text()]))
    assert len(installs) >= 2
    assert all("--require-hashes" in line for line in installs)
