"""The ledger is brought up to date also where the verdicts have gone, or are those of an older program."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from briefings.desk import Desk, Library
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


def test_what_is_settled_is_not_judged_again(home: Path) -> None:
    judged, count = settled_again(home)
    assert not judged
    assert count


def test_verdicts_of_an_older_shape_are_brought_up_to_date(home: Path) -> None:
    path = home / "store" / "verdicts.db"
    with closing(sqlite3.connect(path)) as older:
        older.execute("ALTER TABLE claims DROP COLUMN quantity")
        older.execute("PRAGMA user_version = 1")
        older.commit()
    assert settled_again(home)[1]


def test_verdicts_that_have_gone_are_judged_anew(home: Path) -> None:
    for path in (home / "store").glob("verdicts.db*"):
        path.unlink()
    judged, count = settled_again(home)
    assert judged == count > 0
