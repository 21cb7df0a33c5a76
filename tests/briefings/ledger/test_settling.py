"""The ledger is brought up to date also where the verdicts have gone, or are those of an older program."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from briefings.desk import Desk, Library
from briefings.ledger.judged import Row
from briefings.ledger.ledger import Ledger
from briefings.ledger.records import SCHEMA
from tests.homes import places_in


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home in which nothing is left to be judged."""
    with closing(desk(tmp_path)) as settling:
        settling.upkeep.update()
        settling.upkeep.prepare_figures()
        assert settling.upkeep.settle().judged
    return tmp_path


def desk(home: Path) -> Desk:
    return Desk(Library(places_in(home)))


def settled_again(home: Path) -> tuple[int, int]:
    """How many claims are judged by settling once more, and how many verdicts there are then."""
    with closing(desk(home)) as settling:
        return settling.upkeep.settle().judged, len(settling.verdicts())


def test_what_is_settled_is_not_looked_at_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[Ledger] = []
    monkeypatch.setattr(Ledger, "settle", lambda ledger, *_: looked_at.append(ledger))
    judged, count = settled_again(home)
    assert not judged
    assert count
    assert not looked_at


@pytest.mark.parametrize("version", range(1, len(SCHEMA)))
def test_verdicts_of_an_older_shape_are_brought_up_to_date(home: Path, version: int) -> None:
    before = all_verdicts(home)
    make_older(home / "store" / "verdicts.db", version)
    judged, count = settled_again(home)
    assert judged == (count if version == 1 else 0)  # by other rules then, and without what was measured
    assert all_verdicts(home) == before
    with closing(desk(home)) as reading:
        assert reading.shown_before("china-legal-shield#c10")[0].word == "no data"
        assert not reading.notes()
    assert not list(home.rglob("*.corrupt-*"))
    assert settled_again(home) == (0, count)


def all_verdicts(home: Path) -> list[Row]:
    with closing(desk(home)) as reading:
        return list(reading.verdicts())


def make_older(path: Path, version: int) -> None:
    """Verdicts as they stand in the tables of an earlier version; claims were shown as something else."""
    newest = path.rename(path.with_name("newest"))
    with closing(sqlite3.connect(path)) as older, older:
        for step in SCHEMA[:version]:
            older.executescript(step)
        older.execute(f"PRAGMA user_version = {version}")
        older.execute("ATTACH ? AS newest", (str(newest),))
        for table in ("documents", "claims", "shown"):
            had, has = (_columns(older, schema, table) for schema in ("main", "newest"))
            names = ", ".join(name for name in had if name in has and name != "row_seal")
            older.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM newest.{table}")
        older.execute("UPDATE shown SET word = 'no data', moment = '2020-01-01T12:00:00+00:00'")
        if version == 1:
            older.execute("UPDATE claims SET stamp = '1' || substr(stamp, 2)")
    newest.unlink()


def _columns(connection: sqlite3.Connection, schema: str, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA {schema}.table_info({table})")]


def test_verdicts_that_have_gone_are_judged_anew(home: Path) -> None:
    for path in (home / "store").glob("verdicts.db*"):
        path.unlink()
    judged, count = settled_again(home)
    assert judged == count > 0
