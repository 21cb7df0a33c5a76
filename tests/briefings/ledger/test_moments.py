"""What was known on many days: the same as read day by day, and what of it is known alike now."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefings.ledger.moments import Moments, alike_until, is_pointwise
from cache.rows import Batch, ProvenanceRow, Row
from cache.vintages import Vintages
from sources.catalogue.catalogue import Catalogue
from sources.catalogue.indicator import Definition, Indicator
from sources.expressions import parse
from sources.histories import Histories, observation
from sources.model import Period
from sources.observed import end_of_day

TODAY = date(2026, 9, 1)
FIRST = Period.parse("2025-01")
DEFINITIONS = (Definition("old"), Definition("2025"))
ENTRIES = {
    "cn.a": Indicator("cn.a", "A", "%", "M", definitions=DEFINITIONS),
    "cn.b": Indicator("cn.b", "B", "%", "M"),
    "cn.gap": Indicator("cn.gap", "Gap", "pp", "M", derived="cn.a - 2 * cn.b", parts=("cn.a", "cn.b")),
    "cn.calm": Indicator("cn.calm", "C", "pp", "M", derived="rolling(stdev, cn.gap, 2)", parts=("cn.gap",)),
}  # fmt: skip
CATALOGUE = Catalogue(ENTRIES)

KEPT = st.tuples(
    st.sampled_from(["cn.a", "cn.b"]), st.integers(0, 5), st.integers(0, 9), st.integers(0, 20), st.booleans()
)
"""A series, a month, a value, the day it became known, and whether by the newer definition."""

quick = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)


def store(folder: Path, kept: Sequence[tuple[str, int, int, int, bool]]) -> Vintages:
    (folder / "figures.db").unlink(missing_ok=True)
    vintages = Vintages.open(folder)
    for number, (series, month, value, known, newer) in enumerate(sorted(kept, key=lambda each: each[3])):
        definition = ("2025" if newer else "old") if series == "cn.a" else "1"
        moment = end_of_day(date(2026, 3, 1) + timedelta(days=known))
        row = Row(FIRST.shifted(month).first.toordinal(), float(value), moment, definition=definition)
        vintages.append(Batch(series, [row], ProvenanceRow("p", series, digest=str(number))), moment)
    return vintages


DAYS = st.lists(st.tuples(st.integers(-1, 21), st.sampled_from(["", "old"])), min_size=1, max_size=4)
"""Days asked for one after the other, in a definition or in the newest."""


@quick
@given(st.lists(KEPT, max_size=20), DAYS)
def test_a_history_knows_on_each_day_what_the_store_says(
    tmp_path: Path, kept: list[tuple[str, int, int, int, bool]], days: list[tuple[int, str]]
) -> None:
    entry = ENTRIES["cn.a"]
    with closing(store(tmp_path, kept)) as vintages:
        history = Histories(vintages).of(entry)
        for day, definition in days:
            moment = end_of_day(date(2026, 3, 1) + timedelta(days=day))
            rows = [row for row in vintages.read("cn.a", moment) if definition in ("", row.definition)]
            newest = {row.day: row for row in sorted(rows, key=lambda row: row.definition == "2025")}
            expected = tuple(observation(newest[day], entry) for day in sorted(newest))
            assert history.at(moment, definition) == expected


@quick
@given(
    st.lists(KEPT, max_size=20),
    st.integers(-1, 21),
    st.integers(0, 200),
    st.sampled_from(["cn.a", "cn.gap", "cn.calm"]),
)
def test_what_is_said_to_be_known_alike_is_alike(
    tmp_path: Path, kept: list[tuple[str, int, int, int, bool]], day: int, more: int, series: str
) -> None:
    with closing(store(tmp_path, kept)) as vintages:
        moments = Moments(CATALOGUE, vintages, TODAY)
        first = date(2026, 3, 1) + timedelta(days=day)
        against = first + timedelta(days=more)
        then, later = moments.at(first, against), moments.at(against)
        assert then.shared
        shared = then.shared(series, "")
        assert shared <= alike_until(then.look(series, ""), later.look(series, ""))


@pytest.mark.parametrize(
    ("derived", "is_so"),
    [
        ("cn.a - cn.b", True),
        ("-(cn.a * 2) / (cn.b + 1)", True),
        ("yoy(cn.a)", False),
        ("cn.a - rebase(cn.b, 2025)", False),
        ("cn.a - mean(cn.b, 2025)", False),
    ],
)
def test_sums_and_products_take_the_same_period_of_their_parts(derived: str, is_so: bool) -> None:
    assert is_pointwise(parse(derived).tree) is is_so


def test_what_was_known_whole_is_known_alike_to_its_end(tmp_path: Path) -> None:
    kept = [("cn.a", month, 3, 0, False) for month in range(6)] + [("cn.a", 4, 5, 9, False)]
    with closing(store(tmp_path, kept)) as vintages:
        moments = Moments(CATALOGUE, vintages, TODAY)
        before, after = (moments.at(date(2026, 3, day)).shared for day in (5, 15))
        assert before
        assert after
        assert before("cn.a", "") == date(2025, 4, 30)
        assert after("cn.a", "") == date(2025, 6, 30)
