"""What came of asking, kept: a bit that flips in it is never taken for a success, a rest or a reason."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from sources.refreshing.attempts import FILE, SCHEMA, Attempt, Attempts
from sources.refreshing.breaker import Breaker

NOON = datetime(2026, 9, 20, 12, tzinfo=UTC)
SERIES = {f"cn.s{number}": Attempt(NOON + timedelta(days=number)).failed(NOON, "no") for number in range(30)}
PROVIDERS = {"pboc": Attempt(NOON, received=5)}
BREAKERS = {"fred": Breaker().failed(NOON, "busy", retry_after=60)}
TOLD = ("attempts: some were not as they were kept; what they were about counts as never asked",)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with closing(Attempts.open(tmp_path)) as attempts:
        attempts.keep(series=SERIES, providers=PROVIDERS, breakers=BREAKERS)
    with closing(sqlite3.connect(tmp_path / FILE)) as file:
        file.execute("PRAGMA journal_mode = DELETE")
    return tmp_path


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE attempts SET held = replace(held, '2026-09', '2026-08') WHERE id = 'cn.s3'",
        "UPDATE attempts SET id = 'cn.s99' WHERE id = 'cn.s3'",
        "UPDATE attempts SET kind = 'provider' WHERE id = 'cn.s3'",
        "UPDATE attempts SET held = CAST(x'ff' AS TEXT) WHERE id = 'cn.s3'",
    ],
)
def test_what_is_not_as_it_was_kept_counts_as_never_asked_once_told(folder: Path, damage: str) -> None:
    with closing(sqlite3.connect(folder / FILE)) as file, file:
        assert file.execute(damage).rowcount == 1
    with closing(Attempts.open(folder)) as attempts:
        rest = {name: attempt for name, attempt in SERIES.items() if name != "cn.s3"}
        assert (attempts.series(), attempts.providers(), attempts.breakers()) == (rest, PROVIDERS, BREAKERS)
        assert attempts.notes == TOLD
        attempts.keep(series={"cn.s3": SERIES["cn.s3"]})
    with closing(Attempts.open(folder)) as attempts:
        assert (attempts.series(), attempts.notes) == (SERIES, ())


def test_no_flipped_bit_becomes_an_attempt(folder: Path) -> None:
    sound, random, noticed = (folder / FILE).read_bytes(), Random(3), 0  # noqa: S311 - the same each time
    for _ in range(150):
        flipped = bytearray(sound)
        flipped[random.randrange(100, len(sound))] ^= 1 << random.randrange(8)
        (folder / FILE).write_bytes(flipped)
        with closing(Attempts.open(folder)) as attempts:
            series, breakers = attempts.series(), attempts.breakers()
            assert series.items() <= SERIES.items()
            assert breakers.items() <= BREAKERS.items()
            assert attempts.notes or (series, breakers) == (SERIES, BREAKERS)
            noticed += bool(attempts.notes)
        for left in folder.glob(f"{FILE}*"):
            left.unlink()
    assert noticed > 20


def test_what_was_sealed_in_another_way_goes_on(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as old, old:
        old.executescript(SCHEMA[0] + SCHEMA[1])
        old.execute("INSERT INTO attempts VALUES ('series', 'cn.s1', ?, 1)", (SERIES["cn.s1"].to_json(),))
        old.execute("PRAGMA user_version = 2")
        old.execute("PRAGMA application_id = 1")
    with closing(Attempts.open(tmp_path)) as attempts:
        assert (attempts.series(), attempts.notes) == ({"cn.s1": SERIES["cn.s1"]}, ())


def test_what_was_kept_before_there_were_seals_goes_on(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as old, old:
        old.executescript(SCHEMA[0])
        old.execute("INSERT INTO attempts VALUES ('series', 'cn.s1', ?)", (SERIES["cn.s1"].to_json(),))
        old.execute("PRAGMA user_version = 1")
    with closing(Attempts.open(tmp_path)) as attempts:
        assert (attempts.series(), attempts.notes) == ({"cn.s1": SERIES["cn.s1"]}, ())
