"""`briefing note`: on a shell, in a pipe and as JSON."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from sources import limits
from tests.tui.cli.test_cli import FILES, write_home
from tests.tui.commanding import Cli, Result
from tui.cli import run


class Pipe(io.TextIOWrapper):
    """Standard input of a pipe."""

    def __init__(self, body: bytes) -> None:
        super().__init__(io.BytesIO(body), "utf-8")


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    monkeypatch.setenv("BRIEFING_HOME", str(write_home(tmp_path, FILES)))

    def command(*argv: str, piped: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", Pipe(piped))
        return Result(run(argv), *capsys.readouterr())

    return command


def test_a_note_is_added_to_printed_replaced_and_removed(cli: Cli, tmp_path: Path) -> None:
    first = cli("note", "acme", "Anvils 铁砧")
    (path,) = (tmp_path / "library/notes").glob("????-??-??-acme.md")
    assert (first.status, first.out) == (0, f"added: Note on Acme 顶点公司  ({path})\n")
    cli("note", "acme", piped=b"two\r\nlines\n")
    assert cli("note", "acme").out == "Anvils 铁砧\n\ntwo\nlines\n"
    assert "Note on Acme" in cli("links", "acme").out
    assert path.stem in cli("search", "铁砧").out
    data = cli("note", "acme", "only this", "--replace", "--json").envelope
    assert data["schema"] == "briefing/note/1"
    assert data["data"] == {"id": "acme", "done": "replaced", "path": str(path), "text": "only this"}
    removed = cli("note", "acme", "--remove", "--json").envelope["data"]
    assert removed == {"id": "acme", "done": "removed", "path": str(path), "text": ""}
    assert not path.exists()


def test_notes_are_written_on_sections_claims_and_indicators(cli: Cli) -> None:
    assert cli("note", "roadrunner#facts", "a").status == 0
    assert cli("note", "x1", "b").status == 0
    assert cli("note", "cn.m2_yoy", "c").status == 0
    assert cli("note", "roadrunner#x1").out == "b\n"
    assert cli("note", "roadrunner#facts").out == "a\n"
    assert "Note on M2 growth" in cli("search", "kind:note", "c").out


def test_nothing_is_written_without_a_text(cli: Cli, tmp_path: Path) -> None:
    result = cli("note", "acme")
    assert (result.status, result.out) == (0, "")
    assert "no note on acme: briefing note acme 'text' writes one" in result.err
    assert cli("note", "acme", "--json").envelope["data"] == {
        "id": "acme",
        "done": None,
        "path": None,
        "text": "",
    }
    assert not list((tmp_path / "library/notes").glob("*acme*"))


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("acmee", "x"), "nearest: acme"),
        (("acme", "--remove"), "no note on acme"),
        (("acme", "x", "--remove"), "--remove takes no text"),
        (("acme", "--replace"), "--replace needs a text"),
    ],
)
def test_wrong_use_is_refused_in_one_line(cli: Cli, argv: tuple[str, ...], words: str) -> None:
    result = cli("note", *argv)
    assert result.status == 2
    assert words in result.err


def test_input_that_is_no_text_is_refused(cli: Cli, tmp_path: Path) -> None:
    assert "not UTF-8" in cli("note", "acme", piped=b"\xff\xfe\x00").err
    assert cli("note", "acme", piped=b"\xff").status == 2
    assert not list((tmp_path / "library/notes").glob("*acme*"))


def test_a_folder_that_cannot_be_written_is_told(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "library/notes").rename(tmp_path / "elsewhere")
    (tmp_path / "library/notes").write_text("a file")
    result = cli("note", "acme", "x", "--json")
    assert result.status == 4
    assert result.envelope["error"]["code"] == "notes"


@pytest.mark.parametrize("piped", [True, False])
def test_a_text_that_is_too_long_is_refused(cli: Cli, tmp_path: Path, piped: bool) -> None:
    text = "x" * (limits.NOTE_BYTES + 1)
    result = cli("note", "acme", piped=text.encode()) if piped else cli("note", "acme", text)
    assert result.status != 0
    assert "longer than 500,000 bytes" in result.err
    assert not list((tmp_path / "library/notes").glob("*acme*"))
