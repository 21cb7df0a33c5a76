"""The figures that ship: true, dated, with their origin, and known no sooner than they were."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from cache.rows import BASES, Row
from cache.vintages import Vintages
from scripts.data_sources import OUTPUT, document
from sources.catalogue.catalogue import Catalogue, load
from sources.catalogue.releases import known_by, window_of
from sources.model import Period
from sources.snapshot import SEED, batches, content_digest, digest, moment_of, read_batches, shipped, texts

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PROPRIETARY = ("cn.aaa_5y", "cn.cgb_5y", "cn.cgb_10y", "hk.hstech", "us.vix")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture(scope="module")
def rows() -> Mapping[str, list[Row]]:
    """The rows of each series, of all its origins."""
    found: dict[str, list[Row]] = {}
    for batch in batches():
        found.setdefault(batch.series, []).extend(batch.rows)
    return found


def known(rows: list[Row], as_of: str = "2026-11-23", order: tuple[str, ...] = ("1",)) -> dict[str, float]:
    """Value by month as known at the end of a day, in the last definition of `order` that has it."""
    moment = moment_of(as_of, "UTC")
    newest = sorted((order.index(row.definition), row.vintage, row) for row in rows if row.vintage <= moment)
    return {date.fromordinal(row.day).isoformat()[:7]: row.value for _, _, row in newest}


def gap(rows: Mapping[str, list[Row]], as_of: str = "2026-11-23") -> dict[str, float]:
    m2, m1 = known(rows["cn.m2_yoy"], as_of), known(rows["cn.m1_yoy"], as_of, ("old", "2025"))
    return {month: m2[month] - m1[month] for month in m2 if month in m1}


def mean(values: Mapping[str, float], *months: str) -> float:
    return sum(values[month] for month in months) / len(months)


def months(year: int, first: int = 1, last: int = 12) -> list[str]:
    return [f"{year}-{month:02}" for month in range(first, last + 1)]


def test_the_gap_of_2023_and_of_early_2024_is_that_of_the_dossier(rows: Mapping[str, list[Row]]) -> None:
    quarter = months(2024, 1, 3)
    assert mean(gap(rows), *months(2023)) == pytest.approx(7.775)
    assert [gap(rows)[month] for month in quarter] == pytest.approx([5.4, 6.1, 6.0])
    assert [gap(rows, "2025-01-31")[month] for month in quarter] == pytest.approx([2.8, 7.5, 7.2])
    assert round(mean(gap(rows), *quarter), 2) == round(mean(gap(rows, "2025-01-31"), *quarter), 2) == 5.83


def test_m1_is_kept_in_both_definitions_and_neither_revises_the_other(rows: Mapping[str, list[Row]]) -> None:
    growth = rows["cn.m1_yoy"]
    of = {
        name: known([row for row in growth if row.definition == name], order=(name,))
        for name in ("old", "2025")
    }
    assert (min(of["old"]), max(of["old"])) == ("2008-01", "2024-12")
    assert (min(of["2025"]), max(of["2025"])) == ("2024-01", "2026-08")
    assert (of["old"]["2024-01"], of["2025"]["2024-01"]) == (5.9, 3.3)
    level = {name: {row.day for row in rows["cn.m1_level"] if row.definition == name} for name in of}
    assert max(level["old"]) == date(2023, 12, 1).toordinal() < min(level["2025"])
    first = min(row.vintage for row in growth + rows["cn.m1_level"] if row.definition == "2025")
    assert first == moment_of("2025-02-14", "Asia/Shanghai")


def test_a_past_day_knows_no_later_figure(rows: Mapping[str, list[Row]]) -> None:
    assert max(known(rows["cn.m2_yoy"], "2026-04-20")) == "2026-03"
    assert max(known(rows["cn.m2_yoy"], "2026-04-14")) == "2026-02"
    assert max(known(rows["cn.m2_yoy"], "2026-08-14")) == "2026-06"
    assert known(rows["cn.m2_yoy"], "2026-09-15")["2026-08"] == 7.5
    assert max(known(rows["cn.exports_yoy"], "2026-02-28")) == "2025-12"  # January comes with February


def test_known_means_of_yields_and_financing(rows: Mapping[str, list[Row]]) -> None:
    aaa, financing = known(rows["cn.aaa_5y"]), known(rows["cn.tsf_stock_yoy"])
    quarter = months(2024, 1, 3)
    assert round(mean(aaa, *months(2023)), 3) == 3.148
    assert round(mean(aaa, *quarter), 3) == 2.677
    assert round(mean(financing, *months(2023)), 2) == 9.41
    assert round(mean(financing, *quarter), 2) == 9.07


def test_stars_and_policy_rates_stand_on_the_days_of_their_sources(rows: Mapping[str, list[Row]]) -> None:
    stars = {date.fromordinal(row.day): row.value for row in rows["gh.colossalai_stars"]}
    assert (stars[date(2022, 12, 3)], stars[date(2025, 12, 29)]) == (6852, 41310)
    steps = [(date.fromordinal(row.day), row.value) for row in rows["cn.lpr_1y"]]
    assert (steps[0], steps[-1]) == ((date(2019, 8, 20), 4.25), (date(2025, 5, 20), 3.0))
    assert all(one[1] != other[1] for one, other in pairwise(steps))


def test_every_row_has_a_vintage_that_can_be_true(
    rows: Mapping[str, list[Row]], catalogue: Catalogue
) -> None:
    for batch in batches():
        entry, fetched = catalogue.entries[batch.series], batch.provenance.fetched
        for row in batch.rows:
            period = Period.holding(date.fromordinal(row.day), entry.frequency)
            released = (known_by(window_of(entry.rule, period)) - _EPOCH) // timedelta(microseconds=1)
            assert row.basis in BASES
            assert fetched is not None
            assert row.vintage <= fetched + 86_400_000_000
            assert row.basis != "calendar" or row.vintage >= released
            assert entry.is_plausible(row.value)


def test_first_sights_near_a_release_are_kept_as_seen(rows: Mapping[str, list[Row]]) -> None:
    bases = {date.fromordinal(row.day).isoformat()[:7]: row for row in rows["cn.m2_yoy"]}
    assert [bases[month].basis for month in months(2026, 5, 8)] == ["calendar", "seen", "seen", "calendar"]
    assert bases["2026-07"].vintage == moment_of("2026-08-15T02:14:49Z", "UTC")


def test_every_origin_can_be_cited_and_none_is_barred() -> None:
    for batch in batches():
        origin = batch.provenance
        assert all((origin.provider, origin.code, origin.agency, origin.licence, origin.carrier)), (
            batch.series
        )
        assert re.fullmatch("[0-9a-f]{64}", origin.digest)
        assert not re.search("opensanctions|metaculus|synthetic", f"{origin}", re.IGNORECASE)


def test_closes_of_others_ship_as_month_ends_only(
    catalogue: Catalogue, rows: Mapping[str, list[Row]]
) -> None:
    for series in _PROPRIETARY:
        assert catalogue.entries[series].frequency == "M"
        assert all(date.fromordinal(row.day).day == 1 for row in rows[series])


def test_the_digest_is_that_of_the_files() -> None:
    assert digest() == content_digest(dict(texts()))


def test_the_store_takes_the_snapshot_once(tmp_path: Path) -> None:
    store = Vintages.open(tmp_path)
    assert store.seed(SEED, digest(), batches, moment=0)
    assert store.seed(SEED, digest(), batches, moment=1) is None
    newest = store.read("cn.m2_yoy", moment_of("2026-04-20", "UTC"))[-1]
    assert (date.fromordinal(newest.day), newest.value) == (date(2026, 3, 1), 8.5)
    store.close()


def test_the_page_of_sources_is_complete_and_current(catalogue: Catalogue) -> None:
    held = tuple(shipped())
    page = OUTPUT.read_text("utf-8")
    assert page == document(catalogue, held), "run: python -m scripts.data_sources"
    for batch in batches():
        assert f"`{batch.series}`" in page
        assert batch.provenance.carrier.replace("|", "/") in page
    assert page.count("Attribution: “Source: ") == len(
        {(each.agency, each.origins[0].licence) for each in held}
    )


_HEAD = (
    "# series: cn.x\n# zone: Asia/Shanghai\n# provider: p\n# code: c\nperiod,value,definition,vintage,basis\n"
)


def test_a_later_head_begins_rows_of_another_origin() -> None:
    head = _HEAD.splitlines()[-1]
    later = f"# code: d\n{head}\n2024Q1,2,b,2024-05-01T00:00:00Z,seen\n"
    one, other = read_batches(f"{_HEAD}2024-01,1.5,1,2024-02-15,calendar\n{later}", "cn.x.csv")
    end = (datetime(2024, 2, 15, 15, 59, 59, tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)
    assert one.rows == [Row(date(2024, 1, 1).toordinal(), 1.5, end, "calendar", "1")]
    assert (other.provenance.code, other.rows[0].definition) == ("d", "b")


@pytest.mark.parametrize(
    "line", ["2024-01,1.5,1,2024-02-15", "2024-13,1,1,2024-02-15,seen", "2024-01,x,1,2024-02-15,seen"]
)
def test_a_bad_row_is_named_with_file_and_line(line: str) -> None:
    with pytest.raises(ValueError, match=r"cn\.x\.csv:6: "):
        read_batches(f"{_HEAD}{line}\n", "cn.x.csv")


def test_rows_before_any_head_are_refused() -> None:
    with pytest.raises(ValueError, match=r"cn\.x\.csv:1: expected `period,value"):
        read_batches("2024-01,1,1,2024-02-15,seen\n", "cn.x.csv")
