"""`briefing doctor`: what is looked at, what is told of it, and that nothing is changed."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cache.evidence import Evidence
from tests.tui.commanding import NOW, Cli
from tui.cli import health, run
from tui.cli.health import Screen, findings
from tui.cli.session import Session
from tui.settings.settings import Settings, load

Told = dict[str, tuple[str, str, str]]


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, in which the library was listed and judged once."""
    monkeypatch.setenv("BRIEFING_HOME", str(tmp_path))
    monkeypatch.setattr(Session, "now", lambda _: NOW)
    assert run(["claims"]) == 0
    return tmp_path


def told(cli: Cli, status: int) -> Told:
    """State, words and way out by name; of several with one name the first."""
    result = cli("doctor", "--json")
    assert result.status == status
    found = reversed(result.data["findings"])
    return {each["name"]: (each["state"], each["words"], each["mend"]) for each in found}


def spoil(path: Path) -> None:
    """Overwrite the second half of a file."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xa5" * (size // 2))


def test_a_sound_home_is_fine_and_left_as_it_is(cli: Cli, own_home: Path) -> None:
    before = {path: path.read_bytes() for path in own_home.rglob("*.db")}
    found = told(cli, 0)
    assert {state for state, _, _ in found.values()} == {"fine"}
    assert {"program", "packages", "library", "index", "figures", "texts", "documents"} <= found.keys()
    assert {path: path.read_bytes() for path in own_home.rglob("*.db")} == before
    lines = cli("doctor").out.splitlines()
    assert lines[0].split()[:4] == ["fine", "program", "briefing", "0.1.0,"]


def test_before_the_first_start_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BRIEFING_HOME", str(tmp_path / "new"))
    assert run(["doctor"]) == 0
    assert "library, not made yet" in capsys.readouterr().out
    assert not (tmp_path / "new").exists()


def test_folders_that_cannot_be_made_are_wrong(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != locked and access(path, mode))
    monkeypatch.setenv("BRIEFING_HOME", str(locked / "new"))
    state, words, mend = told(cli, 1)["library"]
    assert state == "wrong"
    assert words == f"{locked / 'new' / 'library'} cannot be made: {locked} cannot be written"
    assert mend == f"chmod u+wx {locked}"


def test_a_damaged_file_is_named_and_stays_until_the_next_start(cli: Cli, own_home: Path) -> None:
    path = own_home / "store" / "figures.db"
    spoil(path)
    before = path.read_bytes()
    state, words, mend = told(cli, 1)["figures"]
    assert state == "wrong"
    assert "damaged" in words
    assert "shipped figures serve" in mend
    assert path.read_bytes() == before
    assert "-> the next start sets it aside" in cli("doctor").out
    assert cli("series", "cn.m2_yoy").status == 0
    state, words, _ = told(cli, 0)["store"]
    assert state == "look"
    assert words.endswith("set aside as damaged: figures.db.corrupt-1")


def test_a_figure_that_is_not_as_it_was_kept_is_found_and_left(cli: Cli, own_home: Path) -> None:
    path = own_home / "store" / "figures.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        oldest = "(SELECT min(day) FROM observations)"
        connection.execute(f"UPDATE observations SET value = value + 1 WHERE day = {oldest}")
    before = path.read_bytes()
    state, words, mend = told(cli, 1)["figures"]
    assert (state, words.partition(", not ")[2]) == ("wrong", "all of it as it was kept")
    assert "`briefing refresh`" in mend
    assert path.read_bytes() == before
    assert "whole again" in cli("series", "cn.ppi_yoy", "--as-of", "2026-09-01").err
    assert told(cli, 0)["figures"][0] == "fine"


@pytest.mark.parametrize(
    ("name", "damage", "mended_by"),
    [
        ("verdicts", "UPDATE claims SET word = 'supported'", ["read", "china-legal-shield"]),
        ("index", "UPDATE items SET title = title || '.' WHERE id = 'huawei'", ["show", "huawei"]),
        ("index", "UPDATE chunks SET body = replace(body, 'Huawei', 'Huaweh')", ["read", "huawei"]),
    ],
)
def test_what_is_not_as_it_was_kept_is_found_left_and_mended_by_reading(
    cli: Cli, own_home: Path, name: str, damage: str, mended_by: list[str]
) -> None:
    assert cli("read", "china-legal-shield").status == 0
    (path,) = [*own_home.glob(f"store/{name}.db"), *own_home.glob(f"cache/{name}-*.db")]
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(damage).rowcount > 0
    before = path.read_bytes()
    state, words, mend = told(cli, 1)[name]
    assert (state, words.partition(", not ")[2]) == ("wrong", "all of it as it was kept")
    assert mend
    assert path.read_bytes() == before
    assert re.search("not as they were kept|damaged", cli(*mended_by).err)
    assert told(cli, 0)[name][0] == "fine"


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("texts", "UPDATE texts SET body = x'00' WHERE number = 1"),
        ("evidence", "UPDATE bodies SET body = x'00'"),
        ("evidence", "UPDATE bodies SET digest = CAST(x'ff' AS TEXT)"),
    ],
)
def test_bodies_that_are_not_as_they_were_kept_are_found_and_left(
    cli: Cli, own_home: Path, name: str, damage: str
) -> None:
    with closing(Evidence.open(own_home / "store")) as evidence:
        evidence.keep(b"an answer", 1)
    path = own_home / "store" / f"{name}.db"
    assert told(cli, 0)[name][0] == "fine"
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(damage).rowcount == 1
    before = path.read_bytes()
    state, words, mend = told(cli, 1)[name]
    assert (state, words.partition(", not ")[2]) == ("wrong", "all of it as it was kept")
    assert mend
    assert path.read_bytes() == before


def test_a_file_that_lost_a_table_is_damaged(cli: Cli, own_home: Path) -> None:
    with closing(sqlite3.connect(own_home / "store" / "texts.db")) as connection, connection:
        connection.execute("DROP TABLE complete")
    assert told(cli, 1)["texts"][1].endswith("damaged")


def test_a_file_that_another_program_holds_is_no_matter_of_permissions(cli: Cli, own_home: Path) -> None:
    with closing(sqlite3.connect(own_home / "store" / "texts.db", isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        _, words, mend = told(cli, 1)["texts"]
    assert words.endswith("another program is using the file")
    assert mend == "it is used again once that program has ended"


def test_a_link_that_leads_nowhere_is_named(cli: Cli, own_home: Path) -> None:
    path = own_home / "store" / "texts.db"
    path.rename(own_home / "moved.db")
    path.symlink_to(own_home / "nothing.db")
    assert told(cli, 1)["texts"][2] == f"mv {path} {path}.old"


def test_an_emptied_file_is_told_before_and_after_it_is_begun_anew(cli: Cli, own_home: Path) -> None:
    path = own_home / "store" / "figures.db"
    path.write_bytes(b"")
    os.utime(path, (0, 0))
    assert told(cli, 0)["figures"] == (
        "look", "figures.db, empty", "the next start begins it anew: the shipped figures serve"
    )  # fmt: skip
    series = cli("series", "cn.m2_yoy")
    assert (series.status, "figures: the file was empty, and is begun anew" in series.err) == (0, True)
    assert told(cli, 0)["figures"][0] == "fine"


def test_a_file_of_a_newer_version_is_told_from_a_damaged_one(cli: Cli, own_home: Path) -> None:
    with closing(sqlite3.connect(own_home / "store" / "texts.db")) as connection:
        connection.execute("PRAGMA user_version = 99")
    state, words, mend = told(cli, 1)["texts"]
    assert (state, mend) == ("wrong", "start that version")
    assert "newer version" in words


def test_a_file_that_is_a_link_is_named(cli: Cli, own_home: Path) -> None:
    path = own_home / "store" / "texts.db"
    path.rename(own_home / "moved.db")
    path.symlink_to(own_home / "moved.db")
    state, words, mend = told(cli, 1)["texts"]
    assert (state, mend) == ("wrong", f"mv {path} {path}.old")
    assert words.endswith("leads elsewhere, where nothing is written")


def test_a_file_that_cannot_be_written_is_named_with_the_command_that_mends_it(
    cli: Cli, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = own_home / "store" / "texts.db"
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda what, mode: what != path and allowed(what, mode))
    state, words, mend = told(cli, 1)["texts"]
    assert (state, mend) == ("wrong", f"chmod u+rw {path}")
    assert words.endswith("cannot be written")


def test_folders_that_others_write_and_secrets_that_others_read_are_wrong(cli: Cli, own_home: Path) -> None:
    config = own_home / "config"
    config.mkdir()
    (config / "secrets.toml").write_text('fred = "abc"\n')
    (config / "secrets.toml").chmod(0o644)
    (config / "config.toml").write_text("theme = 7\n")
    (own_home / "cache").chmod(0o777)
    found = told(cli, 1)
    assert found["cache"] == ("wrong", f"{own_home / 'cache'} can be written by others",
                              f"chmod go-w {own_home / 'cache'}")  # fmt: skip
    assert found["secrets"][2] == f"chmod 600 {config / 'secrets.toml'}"
    assert "abc" not in str(found)
    assert found["settings"][1].startswith(f"{config / 'config.toml'}:1: ")


def test_faults_in_documents_are_counted(cli: Cli, own_home: Path) -> None:
    (own_home / "library").mkdir(exist_ok=True)
    (own_home / "library" / "断.md").write_text(
        "---\nkind: briefing\nid: broken\ntitle: 断\ndate: 2026-13-45\n---\nText.\n", "utf-8"
    )
    assert cli("list").status == 1
    state, words, mend = told(cli, 0)["documents"]
    assert (state, mend) == ("look", "briefing check")
    assert words.endswith("1 fault in files")


def test_lists_of_the_own_folder_are_looked_at(cli: Cli, own_home: Path) -> None:
    assert cli("forecast", "china-legal-shield#P1", "30 %").status == 0
    (own_home / "library" / "resolutions.yaml").write_text("- id: a#P1\n- no\n")
    found = told(cli, 0)
    assert found["forecasts"] == ("fine", "forecasts.yaml, 1 read", "")
    assert found["resolutions"] == ("look", "resolutions.yaml, 0 read, 3 faults", "briefing check")
    assert "searches" not in found


@pytest.mark.parametrize(
    ("term", "screen", "state"),
    [
        ("xterm", Screen(120, 40), "fine"),
        ("xterm", Screen(40, 10), "look"),
        ("dumb", Screen(80, 24), "wrong"),
        ("", Screen(80, 24), "wrong"),
        ("", None, "fine"),
    ],
)
def test_the_terminal_is_judged(tmp_path: Path, term: str, screen: Screen | None, state: str) -> None:
    environment = {"BRIEFING_HOME": str(tmp_path), "TERM": term}
    settings: Settings = load(environment)
    found = {each.name: each for each in findings(settings, environment, NOW, screen)}
    assert found["terminal"].state == state


def test_a_package_of_another_project_in_the_place_of_ours_is_named() -> None:
    found = health._packages([Path("/a/tui"), Path("/a/briefings"), Path("/b/cache")])
    assert found.state == "wrong"
    assert found.words == "cache is loaded from /b, the others from /a"
