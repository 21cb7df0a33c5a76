"""docs/json.md against what the commands print: every answer, every field, every error."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from sources.text import clean
from tests.tui.cli.json_schema import DOCS as PAGE
from tests.tui.cli.json_schema import answered
from tests.tui.commanding import Cli
from tui import main
from tui.cli import run
from tui.cli.output import Output
from tui.cli.session import Session
from tui.cli.subcommands import BY_NAME

ROOT = Path(__file__).parents[3]
DOCS = PAGE.read_text(encoding="utf-8")
HEADINGS = set(re.findall(r"^## `briefing (\S+)(?: \S+)?`: (briefing/[a-z]+/1)$", DOCS, re.MULTILINE))

CASES = {
    "list": ["list", "list --kind event", "list --as-of 2020-01-01"],
    "read": ["read huawei", "read decree-835", "read china-legal-shield", "read china-legal-shield#risks"],
    "show": [
        *("show decree-835", "show china-legal-shield#risks", "show c10", "show p1"),
        *("show cn.m2_yoy", "show cn.m2_m1_gap", "show cn.m2_m1_gap --as-of 2001-01-01"),
    ],
    "links": [
        *("links huawei", "links huawei --to decree-835", "links huawei --to huawei"),
        *("links huawei --steps 2", "links cn.m2_yoy", "links cn.m2_m1_gap"),
    ],
    "search": ["search huawei", "search m2", "search zzqy", "search huawei --as-of 2026-04-20"],
    "check": ["check", "check --claims", "check docs"],
    "indicators": ["indicators", "indicators risks --as-of 2001-01-01"],
    "series": [
        *("series cn.m1_yoy cn.m2_m1_gap", "series cn.m1_yoy --as-of 2001-01-01"),
        *("series cn.m1_yoy --vintages", "series cn.m2_m1_gap --vintages --period 2024-01"),
    ],
    "provenance": [
        *("provenance cn.m2_m1_gap", "provenance cn.m1_yoy:old@2024-01", "provenance c10", "provenance c01"),
        *("provenance mean(cn.m2_m1_gap,2023)", "provenance cn.m2_yoy --as-of 2001-01-01"),
    ],
    "chart": [
        *("chart cn.m2_m1_gap --as-of 2026-10-01", "chart cn.m2_m1_gap cn.m1_yoy --from 2020"),
        *("chart cn.m2_m1_gap --claims china-legal-shield", "chart cn.m2_m1_gap --as-of 2001-01-01"),
    ],
    "claims": ["claims", "claims c10", "claims --as-of 2026-06-01", "claims --as-of 2001-01-01"],
    "predictions": ["predictions", "predictions --as-of 2001-01-01"],
    "forecast": [
        *("forecast p1", "forecast p1 0.3", "forecast p1 0.8 --word"),
        *("forecast p1 --undo --word", "forecast p1 --undo"),
    ],
    "resolve": [
        "resolve p1 false --on 2026-11-01 --source https://example.org/",
        "resolve p1 --undo",
    ],
    "note": ["note huawei", "note huawei hello", "note huawei bye --replace", "note huawei --remove"],
    "test": [
        *("test mean(cn.m2_m1_gap,2023)~4.8+-0.2", "test last(cn.m2_yoy)", "test yoy(cn.m2_m1_gap)"),
        *("test mean(cn.m2_m1_gap,2030)", "test 1/0"),
    ],
    "refresh": ["refresh --offline"],
    "sources": ["sources"],
    "keys": ["keys"],
    "locate": ["locate", "locate library"],
    "doctor": ["doctor"],
}
"""Commands as they answer: with something, with nothing, of a day before all that is known."""

FAILING = {
    "list --kind entitty": ("usage", 2),
    "read huawie": ("unknown-id", 2),
    "show nuctech-determination --as-of 2026-04-20": ("not-yet-known", 2),
    "links huawei --to cn.m2_yoy": ("usage", 2),
    "search kidn:claim": ("query", 2),
    "check nowhere.md": ("unknown-path", 2),
    "indicators risk": ("usage", 2),
    "series cn.m2": ("unknown-id", 2),
    "provenance nothing": ("unknown-id", 2),
    "chart cn.m2_yoy --from 2030": ("usage", 2),
    "claims huawei": ("usage", 2),
    "predictions --document nowhere": ("unknown-id", 2),
    "forecast p1 7": ("usage", 2),
    "resolve p1 --undo": ("usage", 2),
    "note huawei --remove": ("usage", 2),
    "test 1+": ("expression", 2),
    "refresh nothing": ("unknown-id", 2),
    "sources more": ("usage", 2),
    "keys --as-of 2026-01-01": ("unknown-option", 2),
    "locate librari": ("usage", 2),
    "doctor --library nowhere": ("bad-option", 2),
}

Answers = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """What each command prints, one after the other, in a home of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRIEFING_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setattr(sys, "stdin", None)  # `note` takes what is piped into it
        return {name: [printed(line) for line in lines] for name, lines in CASES.items()}


def printed(line: str) -> dict[str, Any]:
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()):
        run([*line.split(), "--json"])
    return answered(out.getvalue())


def test_every_command_is_looked_at() -> None:
    assert set(CASES) == set(BY_NAME)


@pytest.mark.parametrize("name", CASES)
def test_answers_have_exactly_the_fields_and_types_that_are_documented(answers: Answers, name: str) -> None:
    for line, found in zip(CASES[name], answers[name], strict=True):
        assert (name, found["schema"]) in HEADINGS, line


@pytest.mark.parametrize("line", FAILING)
def test_what_cannot_be_done_is_one_line_and_one_error(cli: Cli, line: str) -> None:
    code, status = FAILING[line]
    result = cli(*line.split(), "--json")
    assert (result.status, result.envelope["error"]["code"]) == (status, code)
    assert result.err.count("\n") == 1
    assert (result.out.count("\n"), cli(*line.split()).out) == (1, "")


def test_every_command_fails_once() -> None:
    assert {line.partition(" ")[0] for line in FAILING} == set(BY_NAME)


def test_no_section_tells_of_what_no_command_prints(answers: Answers) -> None:
    told = {(name, found["schema"]) for name, printed in answers.items() for found in printed}
    assert HEADINGS - told == {("--version", "briefing/version/1")}


def test_every_code_of_an_error_is_documented() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tui/cli").glob("*.py"))
    raised = set(re.findall(r'RequestError\(\s*"([a-z-]+)"', code))
    table = DOCS.partition("| `code` | meaning")[2].partition("\n\n")[0]
    listed = set(re.findall(r"`([a-z-]+)`", "".join(row.split("|")[1] for row in table.splitlines()[2:])))
    assert len(raised) > 15
    assert listed == raised


@pytest.mark.parametrize("argv", [["--version", "--json"], ["--json", "--version"]])
def test_the_version_is_json_where_that_is_asked_for(argv: list[str]) -> None:
    code = f"import sys; sys.argv = ['briefing', *{argv!r}]; from tui.main import main; sys.exit(main())"
    printed = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True).stdout
    assert json.loads(printed)["schema"] == "briefing/version/1"


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (KeyboardInterrupt(), main.INTERRUPTED, "cancelled"),
        (KeyError("x"), main.OWN_FAULT, "fault"),
        (OSError(5, "Input/output error", "/home/x/notes.md"), main.OWN_FILES, "files"),
    ],
)
def test_an_end_that_was_not_foreseen_is_json_too(
    error: BaseException,
    status: int,
    code: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setenv("BRIEFING_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["briefing", "locate", "--json"])
    monkeypatch.setattr("tui.cli.locating.run", fail)
    assert main.main() == status
    told = json.loads(capsys.readouterr().out)
    assert (told["schema"], told["error"]["code"]) == ("briefing/error/1", code)


def test_what_acts_on_a_terminal_is_an_escape_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    acting = "a\x1b[2J\x9b5n\u202eb\u2066\x7f\ud800 华为"
    output = Output(as_json=True)
    output.data("list", [{"title": acting}])
    output.finish()
    printed = capsys.readouterr().out
    assert clean(printed) == printed
    assert "华为" in printed or "\\u534e" in printed
    assert json.loads(printed)["data"][0]["title"] == acting


def test_what_is_no_number_never_becomes_json(capsys: pytest.CaptureFixture[str]) -> None:
    for value in (float("nan"), float("inf"), -float("inf")):
        with pytest.raises(ValueError, match="JSON"):
            Output(as_json=True).data("series", [{"value": value}])
    assert capsys.readouterr().out == ""


def test_damage_that_is_met_late_is_told_and_the_next_command_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error

    monkeypatch.setenv("BRIEFING_HOME", str(tmp_path))
    assert run(["read", "huawei"]) == 0
    before = capsys.readouterr().out
    with monkeypatch.context() as patch:
        patch.setattr("tui.cli.reading.run", fail)
        assert run(["read", "huawei", "--json"]) == 4
    told = capsys.readouterr()
    assert json.loads(told.out)["error"]["code"] == "index"
    assert "it was set aside as index-" in told.err
    assert run(["read", "huawei"]) == 0
    assert capsys.readouterr() == (before, "")


def test_what_is_met_after_the_answer_was_made_stands_among_its_warnings(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    met: list[str] = []
    monkeypatch.setattr("briefings.desk.Desk.notes", lambda _: tuple(met))
    monkeypatch.setattr("tui.cli.locating.run", lambda session, _: _late(session, met))
    result = cli("locate", "--json")
    assert result.data == {"library": "here"}
    assert result.envelope["warnings"] == [{"message": "figures: damaged", "where": ""}]
    assert result.err == "briefing: figures: damaged\n"


def _late(session: Session, met: list[str]) -> int:
    assert session.desk.notes() == ()
    session.output.data("locate", {"library": "here"})
    met.append("figures: damaged")
    return 0


def test_after_an_answer_there_is_no_second_object(capsys: pytest.CaptureFixture[str]) -> None:
    from tui.cli.output import RequestError

    output = Output(as_json=True)
    output.data("list", [])
    output.error_object(RequestError("fault", "too late", 70))
    assert json.loads(capsys.readouterr().out)["schema"] == "briefing/list/1"
