"""Which file of the input holds which series, and how it is read: the data of `build_snapshot`."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from sources.adapters import provider
from sources.answers.sampling import Day, month_ends, steps
from sources.catalogue.indicator import Indicator
from sources.model import Frequency, Period
from sources.provider import Query

_LATER = date(9000, 1, 1)
"""A day of asking that leaves nothing out as lying in the future."""

Rows = list[tuple[Period, float]]
Read = Callable[[Path, Indicator], Rows]

DATED = "snapshot/cn_release_dated_30obs.json"
"""Observations with the moment at which each was first seen: of the newest two, near their release."""


@dataclass(frozen=True)
class Part:
    """Rows of one series in one file; what is empty is that of the entry, or of the index of the input.

    `first` and `last` bound the periods; `published` is the day on which the source published them all.
    """

    file: str
    read: Read
    definition: str = "1"
    scale: float = 1.0
    first: str = ""
    last: str = "9999"
    published: str = ""
    seen: str = ""
    """The name under which `DATED` has the series."""
    january_with_february: bool = False
    provider: str = ""
    code: str = ""
    url: str = ""
    carrier: str = ""
    retrieved: str = ""
    transform: str = ""


# ---------------------------------------------------------------------- readers


def column(value: str, day: str = "date") -> Read:
    """A column of a CSV file, by the column of its days or months."""
    return partial(_column, value=value, day=day)


def _column(path: Path, entry: Indicator, *, value: str, day: str) -> Rows:
    return [
        (Period.holding(_day(row[day]), entry.frequency), float(row[value]))
        for row in _rows(path)
        if row[value].strip()
    ]


def ends(value: str) -> Read:
    """The last value of each month of a CSV file of days, named by its month."""
    return partial(_ends, value=value)


def _ends(path: Path, entry: Indicator, *, value: str) -> Rows:
    days: list[Day] = [(_day(row["date"]), float(row[value])) for row in _rows(path) if row[value].strip()]
    return [(period, held) for period, held in month_ends(entry.frequency, days) if held is not None]


def last_days(value: str) -> Read:
    """The last day of each month on which a CSV file of days has a value, named by that day."""
    return partial(_last_days, value=value)


def _last_days(path: Path, entry: Indicator, *, value: str) -> Rows:
    days = sorted((_day(row["date"]), float(row[value])) for row in _rows(path))
    newest = {(day.year, day.month): (Period(day, entry.frequency), held) for day, held in days}
    return list(newest.values())


def chart(name: str) -> Read:
    """A series of the file that holds many."""
    return partial(_chart, name=name)


def _chart(path: Path, entry: Indicator, *, name: str) -> Rows:
    found = _content(path)["series"][name]["chart"]
    pairs = zip(map(_day, found["dates"]), found["values"], strict=True)
    frequency: Frequency = "D" if entry.frequency == "step" else entry.frequency
    return [(Period.holding(day, frequency), float(value)) for day, value in pairs if value is not None]


def changes(name: str, first: str) -> Read:
    """The days on which a series of the file that holds many changed, from a first day on."""
    return partial(_changes, name=name, first=_day(first))


def _changes(path: Path, entry: Indicator, *, name: str, first: date) -> Rows:
    days = [
        (period.first, value) for period, value in _chart(path, entry, name=name) if period.first >= first
    ]
    return [(period, value) for period, value in steps(days, held=False) if value is not None]


def cell(name: str) -> Read:
    """A column of the rows that a provider answered with."""
    return partial(_cell, name=name)


def _cell(path: Path, entry: Indicator, *, name: str) -> Rows:
    rows = _content(path)["result"]["data"]
    return [
        (Period.holding(_day(row["REPORT_DATE"][:10]), entry.frequency), float(row[name])) for row in rows
    ]


def answer(path: Path, entry: Indicator) -> Rows:
    """What the adapter of the entry reads in an answer to its first request, in the unit of the entry."""
    if entry.source is None:
        raise ValueError(f"{entry.id} is asked of nobody")
    asking = provider(entry.source.provider)
    query = Query(entry.id, entry.frequency, entry.source.fields)
    (asked,) = asking.requests([query], None, _LATER, {})
    return [(point.period, point.value) for point in asking.parse(path.read_bytes(), asked).points[entry.id]]


def dated(name: str) -> Read:
    """All observations of a series in `DATED`."""
    return partial(_dated, name=name)


def _dated(path: Path, entry: Indicator, *, name: str) -> Rows:
    return [(period, value) for period, value, _ in sightings(path, name)]


def sightings(path: Path, name: str) -> list[tuple[Period, float, str]]:
    """Period, value and moment (UTC) of each observation of a series in `DATED`."""
    found = next(each for each in _content(path)["indicators"] if each["slug"] == name)
    return [
        (
            Period.parse(row["date"].replace("-Q", "Q")),
            float(row["value"]),
            row["created_at"].replace(" ", "T") + "Z",
        )
        for row in found["history"]
    ]


def _day(text: str) -> date:
    return date.fromisoformat(f"{text}-01" if len(text) == 7 else text)


@lru_cache(maxsize=8)
def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache(maxsize=4)
def _content(path: Path) -> Any:  # noqa: ANN401  (JSON)
    return json.loads(path.read_text("utf-8"))


# ---------------------------------------------------------------------- the series

_MONEY = "snapshot/cn_money_supply.csv"
_MONEY_08 = "eastmoney/currency_supply_last3_2026-08.json"
_BACKCAST = "snapshot/cn_m1_2024_backcast.csv"
_TABLES = "snapshot/cn_money_yoy_pboc_tables.csv"
_MULTI = "snapshot/cn_series_multi.json"
_FINANCING = "snapshot/cn_tsf_stock.csv"
_UNNAMED = "(whose it is not recorded)"
_AKSHARE = "through akshare"
_RANKING = "daily top-100 ranking; last day of each month on the list"
_PBOC_TABLES = "https://www.pbc.gov.cn/diaochatongjisi/116219/116319/index.html"
_PBOC_REPORTS = "https://www.pbc.gov.cn/diaochatongjisi/116219/116225/index.html"


def _money(name: str) -> Part:
    return Part(_MONEY, column(name), last="2026-07", transform=_AKSHARE)


def _august(name: str) -> Part:
    return Part(
        _MONEY_08,
        cell(name),
        first="2026-08",
        carrier="Eastmoney (a public copy of its answer, whose it is not recorded)",
    )


def _table(file: str, value: str) -> Part:
    return Part(f"snapshot/{file}", column(value), transform=_AKSHARE)


def _back_cast(value: str) -> Part:
    carrier = f"a public copy of its table {_UNNAMED}; November and December equal the provider of the series"
    made = Part(_BACKCAST, column(value), "2025", published="2025-02-14", carrier=carrier)
    return replace(made, provider="pboc", code="M1 back-cast 2024", url=_PBOC_TABLES)


def _month_ends(file: str, value: str) -> Part:
    return Part(f"snapshot/{file}", ends(value), transform="last day of each month that was over")


def _stars(file: str) -> Part:
    return Part(f"github/{file}", last_days("stars"), retrieved="2026-08-22", transform=_RANKING)


def _many(name: str, transform: str = "") -> Part:
    return Part(_MULTI, chart(name), transform=transform)


SERIES: dict[str, Iterable[Part]] = {
    "cn.m2_yoy": [replace(_money("m2_yoy"), seen="m2"), _august("BASIC_CURRENCY_SAME")],
    "cn.m1_yoy": [
        Part(_MONEY, column("m1_yoy"), "old", last="2024-12", transform=_AKSHARE),
        _back_cast("m1_yoy_new_definition"),
        replace(_money("m1_yoy"), definition="2025", first="2025-01", seen="m1"),
        replace(_august("CURRENCY_SAME"), definition="2025"),
    ],
    "cn.m0_yoy": [
        Part(_TABLES, column("m0_yoy"), provider="pboc", code="M0", url=_PBOC_TABLES, retrieved="2026-08-14"),
        _august("FREE_CASH_SAME"),
    ],
    "cn.m2_level": [replace(_money("m2_level"), scale=1e-4), replace(_august("BASIC_CURRENCY"), scale=1e-4)],
    "cn.m1_level": [
        Part(_MONEY, column("m1_level"), "old", 1e-4, last="2023-12", transform=_AKSHARE),
        replace(_back_cast("m1_level_100m_cny_new_definition"), scale=1e-4),
        replace(_money("m1_level"), definition="2025", scale=1e-4, first="2025-01"),
        replace(_august("CURRENCY"), definition="2025", scale=1e-4),
    ],
    "cn.m0_level": [
        Part(
            "snapshot/cn_m0_level_2026.csv",
            column("m0_level_100m_cny"),
            scale=1e-4,
            provider="pboc",
            code="M0",
            url=_PBOC_TABLES,
            carrier=f"a public copy of its tables {_UNNAMED}; August 2026 from Eastmoney",
        )
    ],
    "cn.new_loans": [replace(_table("cn_new_loans.csv", "value"), scale=0.1, seen="new_loan")],
    "cn.tsf_stock_yoy": [Part(_FINANCING, column("tsf_stock_yoy_pct"), url=_PBOC_REPORTS)],
    "cn.tsf_stock": [Part(_FINANCING, column("tsf_stock_trn_cny"), url=_PBOC_REPORTS)],
    "cn.tsf_flow": [
        replace(
            _table("cn_social_financing.csv", "value"),
            scale=0.1,
            provider="mofcom",
            code="shrzgmQuery tiosfs",
        )
    ],
    "cn.fx_reserves": [_many("CN_FX_RESERVES", transform=_AKSHARE)],
    "cn.m2_gdp": [_many("CN_M2_GDP")],
    "cn.lpr_1y": [Part(_MULTI, changes("CN_LPR_1Y", "2019-08-20"), transform=f"{_AKSHARE}; days of change")],
    "cn.lpr_5y": [Part(_MULTI, changes("CN_LPR_5Y", "2019-08-20"), transform=f"{_AKSHARE}; days of change")],
    "cn.omo_7d": [Part("snapshot/cn_7d_reverse_repo_steps.csv", column("rate_pct"))],
    "cn.aaa_5y": [_month_ends("chinabond_corp_aaa_ytm_daily.csv", "y5")],
    "cn.cgb_5y": [_month_ends("chinabond_cgb_ytm_daily.csv", "y5")],
    "cn.cgb_10y": [_month_ends("chinabond_cgb_ytm_daily.csv", "y10")],
    "hk.hstech": [
        replace(
            _month_ends("hstech_daily_close.csv", "close"),
            provider="sina",
            code="rt_hkHSTECH",
            url="https://hq.sinajs.cn/",
        )
    ],
    "us.vix": [_month_ends("vix_daily.csv", "value")],
    "cn.usdcny": [
        Part(
            "ecb/eurofxref-hist.zip",
            answer,
            first="2015",
            transform="EUR/CNY divided by EUR/USD of the same day",
        )
    ],
    "cn.cpi_yoy": [replace(_table("cn_cpi.csv", "yoy"), seen="cpi")],
    "cn.ppi_yoy": [replace(_table("cn_ppi.csv", "yoy"), seen="ppi")],
    "cn.pmi": [replace(_table("cn_manufacturing_pmi.csv", "value"), seen="pmi")],
    "cn.pmi_services": [_table("cn_manufacturing_pmi.csv", "nonmfg")],
    "cn.industry_yoy": [Part(DATED, dated("industrial_production"), seen="industrial_production")],
    "cn.gdp_ytd_yoy": [Part(DATED, dated("gdp"), seen="gdp")],
    "cn.retail_yoy": [replace(_table("cn_retail_sales.csv", "yoy"), seen="retail_sales")],
    "cn.fai_yoy": [_table("cn_fixed_asset_investment.csv", "yoy")],
    "cn.exports_yoy": [replace(_table("cn_exports.csv", "yoy"), january_with_february=True)],
    "cn.imports_yoy": [replace(_table("cn_imports.csv", "yoy"), january_with_february=True)],
    "cn.gdp_growth": [_many("CN_GDP_GROWTH")],
    "cn.deflator": [_many("CN_GDP_DEFLATOR")],
    "cn.private_credit_gdp": [_many("CN_CREDIT_PRIVATE")],
    "cn.fdi_gdp": [_many("CN_FDI_GDP")],
    "cn.youth_unemployment": [_many("CN_YOUTH_UNEMPLOYMENT")],
    "cn.credit_gdp": [_many("CN_BIS_CREDIT_GDP", transform="through DBnomics")],
    "gh.colossalai_stars": [_stars("stars_daily_colossalai.csv")],
    "gh.paddle_stars": [_stars("stars_daily_paddle.csv")],
    "gh.deepseek_v3_stars": [_stars("stars_daily_deepseek-v3.csv")],
}
