"""Series as tables of pandas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from cache.paths import places
from cache.rows import Batch, ProvenanceRow, Row
from cache.vintages import Vintages
from sources import frames
from sources.catalogue.catalogue import Catalogue
from sources.catalogue.indicator import Indicator
from sources.observed import Observed


@pytest.fixture(scope="module", autouse=True)
def figures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One home for all tests here: laying the snapshot takes a while."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("figures")
        patch.setattr(frames, "places", lambda _: places({"BRIEFING_HOME": str(folder)}))
        yield


def test_a_column_for_each_series_over_an_index_of_periods() -> None:
    table = frames.frame(["cn.m2_yoy", "cn.m2_m1_gap"])
    assert list(table.columns) == ["cn.m2_yoy", "cn.m2_m1_gap"]
    assert str(table.index[-1]) == "2026-08"
    assert table.loc["2023", "cn.m2_m1_gap"].mean() == pytest.approx(7.775)


def test_a_frame_of_a_day_ends_where_that_day_did() -> None:
    table = frames.frame(["cn.m2_yoy"], as_of=date(2026, 4, 20))
    assert str(table.index[-1]) == "2026-03"


def test_a_series_without_figures_is_an_empty_column() -> None:
    assert frames.frame(["cn.rrr"]).shape == (0, 1)


def test_series_of_several_frequencies_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"cn.m2_yoy \(M\), cn.gdp_growth \(A\) differ in frequency"):
        frames.frame(["cn.m2_yoy", "cn.gdp_growth"])
    with pytest.raises(KeyError, match=r"xx\.nothing"):
        frames.frame(["xx.nothing"])


def test_no_text_of_a_csv_is_taken_for_a_formula_and_numbers_stay_numbers(tmp_path: Path) -> None:
    entry = Indicator("x.y", "Y", "=cmd()", "M")
    origin = ProvenanceRow("@sum", "-1+1", carrier='+a,"b"')
    day = date(2025, 12, 1).toordinal()
    with closing(Vintages.open(tmp_path)) as vintages:
        vintages.append(Batch("x.y", [Row(day, -0.1 - 0.2, 0, "seen")], origin), 0)
        observed = Observed(Catalogue({"x.y": entry}), vintages)
        series = observed.series("x.y")
        assert series
        text = frames.csv(frames.rows(observed, [series]))
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["value"] == str(-0.1 - 0.2)
    assert [row[name] for name in ("unit", "provider", "code")] == ["'=cmd()", "'@sum", "'-1+1"]
    assert row["carrier"] == '\'+a,"b"'


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
)
def test_a_cell_that_begins_like_a_formula_gets_a_quote(start: str) -> None:
    assert frames.inert(f"{start}1+cmd|' /C calc'!A0") == f"'{start}1+cmd|' /C calc'!A0"
    assert frames.inert(f"x{start}") == f"x{start}"


@pytest.mark.parametrize("number", [-1.5, -1, 0.0])
def test_a_number_stays_one(number: float) -> None:
    assert frames.inert(number) is number
