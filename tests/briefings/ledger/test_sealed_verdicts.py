"""A bit that flips in the file of verdicts never becomes a verdict: it is noticed, and judged anew."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from briefings.desk import Desk, Library
from briefings.ledger.judged import FILE, Judged, Row, Shown
from tests.homes import places_in

DAMAGES = [
    "UPDATE claims SET word = 'supported' WHERE word = 'contradicted'",
    "UPDATE claims SET measured = measured + 0.25",
    "UPDATE claims SET stated = stated + 0.25",
    "UPDATE claims SET id = replace(id, '#c10', '#c1Q')",
    "UPDATE claims SET document = 'china-legal-shielD'",
    "UPDATE claims SET shelf = 'x' || shelf WHERE id LIKE '%#c10'",
    "UPDATE claims SET why = CAST(x'ff' AS TEXT) WHERE id LIKE '%#c10'",
    "UPDATE claims SET clocked = NOT clocked",
    "UPDATE claims SET published = '2026-04-02'",
    "UPDATE claims SET stamp = ''",
    "DELETE FROM claims WHERE id LIKE '%#c10'",
]


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which nothing is left to be judged."""
    home = tmp_path_factory.mktemp("settled")
    with closing(desk(home)) as settling:
        settling.upkeep.update()
        settling.upkeep.prepare_figures()
        assert settling.upkeep.settle().judged
    with closing(sqlite3.connect(home / "store" / FILE)) as file:
        file.execute("PRAGMA journal_mode = DELETE")
    return home


@pytest.fixture
def home(settled: Path) -> Path:
    """The same, its verdicts put back whole afterwards."""
    for left in (settled / "store").glob(f"{FILE}*"):
        if left.name not in (FILE, f"{FILE}.whole"):
            left.unlink()
    whole = settled / "store" / f"{FILE}.whole"
    if not whole.exists():
        whole.write_bytes((settled / "store" / FILE).read_bytes())
    (settled / "store" / FILE).write_bytes(whole.read_bytes())
    return settled


def desk(home: Path) -> Desk:
    return Desk(Library(places_in(home)))


def rows_of(home: Path) -> tuple[Row, ...]:
    """The verdicts as a page has them, which judges nothing."""
    with closing(desk(home)) as reading:
        return tuple(reading.verdicts())


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_not_as_it_was_kept_is_left_out_told_and_judged_anew(home: Path, damage: str) -> None:
    before = rows_of(home)
    assert len(before) > 40
    with closing(sqlite3.connect(home / "store" / FILE)) as file, file:
        assert file.execute(damage).rowcount > 0
    with closing(desk(home)) as reading:
        assert set(reading.verdicts()) < set(before)
        assert "verdicts: some were not as they were kept" in " ".join(reading.notes())
    with closing(desk(home)) as settling:
        assert settling.upkeep.settle().judged == 0  # nothing is looked at where nothing is to be done
        settled = settling.upkeep.settle(thorough=True)
        assert settled.judged > 0
        assert settled.changed == ()
        assert "all claims are judged anew" in " ".join(settling.notes())
    assert rows_of(home) == before
    with closing(desk(home)) as again:
        assert again.upkeep.settle(thorough=True).judged == 0
        assert again.notes() == ()


@pytest.mark.parametrize(
    "damage", ["word = 'untestable'", "because = because || '.'", "measured = 7.79", "moment = '2026-01-01'"]
)
def test_what_was_shown_and_is_damaged_is_left_out_and_told(home: Path, damage: str) -> None:
    with closing(desk(home)) as reading:
        (claim, *_) = [row.id for row in reading.verdicts()]
        assert len(reading.shown_before(claim)) == 1
    with closing(sqlite3.connect(home / "store" / FILE)) as file, file:
        file.execute(f"UPDATE shown SET {damage} WHERE claim = ?", (claim,))
    with closing(desk(home)) as reading:
        assert reading.shown_before(claim) == ()
        assert "is not as it was kept, and is left out" in " ".join(reading.notes())


def test_no_flipped_bit_becomes_a_verdict(home: Path) -> None:
    with closing(desk(home)) as reading:
        shelf, before = reading.library.shelf, set(reading.verdicts())
        shown = {each for row in before for each in reading.shown_before(row.id)}
    sound, random = (home / "store" / FILE).read_bytes(), Random(11)  # noqa: S311 - the same each time
    noticed = 0
    for _ in range(250):
        flipped = bytearray(sound)
        flipped[random.randrange(4096, len(sound))] ^= 1 << random.randrange(8)
        (home / "store" / FILE).write_bytes(flipped)
        judged = Judged(home / "store", shelf)
        found: set[Row] = set(judged.rows()) | set(judged.rows("china-legal-shield"))
        assert found <= before
        assert found == before or judged.notes() or not judged.is_readable()
        told: set[Shown] = {each for row in before for each in judged.history(row.id)}
        assert told <= shown
        noticed += bool(judged.notes())
    assert noticed > 50
