"""Whatever comes as an answer, parsing ends in points in order, or in an error of ours on one line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.adapters import provider
from sources.model import Frequency, Period, Request, SourceError
from sources.provider import Asked, Query
from sources.text import clean_line

ANSWERS = Path(__file__).parent / "answers"
TODAY = date(2026, 9, 30)
CENTRAL_BANK = "https://www.pbc.gov.cn"
KEI = "OECD.SDD.STES,DSD_KEI@DF_KEI,4.0"
BUREAU = {"agency": "industry-and-security-bureau", "term": "semiconductor", "types": "RULE"}


class Case(NamedTuple):
    """A true answer of a provider, and what was asked: the fields of an entry, the newest period held, and
    the page on which the answer stands where it is not the first. Not each says what was asked for."""

    provider: str
    file: str
    frequency: Frequency
    fields: dict[str, str]
    held: str = ""
    page: str = ""
    fits: bool = True

    @property
    def body(self) -> bytes:
        return (ANSWERS / self.provider / self.file).read_bytes()

    def __str__(self) -> str:
        return f"{self.provider} {self.file} {' '.join(self.fields.values())}"


def central_bank(file: str, frequency: Frequency, document: str, figure: str, page: str = "") -> Case:
    return Case("pboc", file, frequency, {"document": document, "figure": figure}, "2026-05", page)


CASES = (
    Case("bis", "WS_CBPOL_M_AU_2026-06_on.csv", "M", {"flow": "F", "version": "1.0", "key": "M.AU"}),
    Case("chinabond", "enterprise_aaa.json", "M", {"curve": "enterprise-aaa", "years": "5"}, "2026-05",
         fits=False),  # two months in one body, of which one is asked for
    Case("chinamoney", "shibor.json", "B", {"table": "shibor", "column": "3M"}, "2026-05"),
    Case("chinamoney", "fixing.json", "B", {"table": "fixing", "column": "FR007"}, "2026-05"),
    Case("chinamoney", "curve.json", "B", {"table": "curve", "column": "10"}, "2026-05"),
    Case("chinamoney", "curve.json", "B", {"table": "curve", "column": "1Y"}, "2026-05", fits=False),
    Case("eastmoney", "currency_supply.json", "M",
         {"report": "CURRENCY_SUPPLY", "column": "CURRENCY_SAME"}, "2026-05"),
    Case("eastmoney", "rrr.json", "step",
         {"report": "DEPOSIT_RESERVE", "column": "INTEREST_RATE_BA"}, "2026-05"),
    Case("ecb", "eurofxref-hist.csv", "D", {"series": "CNY per USD"}),
    Case("ecb", "exr_2025-01.csv", "D", {"series": "CNY per EUR"}, "2026-09-01"),
    Case("ecb", "exr_key.csv", "D", {"series": "EXR/D.CNY.EUR.SP00.A"}),
    Case("federal-register", "semiconductor.json", "M", BUREAU, "2025-09"),
    Case("fred", "chncpiallminmei.csv", "M", {"series": "CHNCPIALLMINMEI"}),
    Case("fred", "dexchus.json", "D", {"series": "DEXCHUS", "vintages": "2015-01-01"}),
    Case("github", "stargazers_history.json", "W", {"repo": "a/b", "count": "new_stars"}),
    Case("github", "repo.json", "D", {"repo": "a/b", "count": "stars"}),
    Case("imf", "apdreo.json", "A", {"agency": "IMF.APD", "flow": "APDREO", "key": "CHN.NGDP_RPCH.A"}),
    Case("oecd", "KEI_GBR_IRLT.csv", "M", {"flow": KEI, "key": "GBR.M.IRLT...."}),
    Case("worldbank", "page1.json", "A", {"indicator": "NY.GDP.MKTP.CD", "country": "NOR"}, "2026-05"),
    Case("yahoo", "chart_EURUSD.json", "D", {"symbol": "EURUSD=X"}),
    central_bank("report_index.html", "M", "report", "m2"),
    central_bank("report_2026-07.html", "M", "report", "m2",
                 "/diaochatongjisi/116219/116225/2026081416320925645/index.html"),
    central_bank("omo_7d_2026-09-01.html", "step", "reverse-repo", "7d",
                 "/zhengcehuobisi/125207/125213/125431/125475/2026090108544487779/index.html"),
    central_bank("lpr_announcement_2026-08.html", "step", "lpr", "1y",
                 "/zhengcehuobisi/125207/125213/125440/3876551/20260820/index.html"),
    central_bank("statistics_index.html", "M", "table", "M2"),
    central_bank("statistics_topic.html", "M", "table", "M2",
                 "/diaochatongjisi/116219/116319/2026ntjsj/hbtjgl/index.html"),
    central_bank("money_supply_table_2026.html", "M", "table", "M1",
                 "/diaochatongjisi/attachDir/2026/08/2026081416590597261.htm"),
    central_bank("money_supply_table_2026.html", "M", "table", "m1_yoy",
                 "/diaochatongjisi/attachDir/2026/08/2026081416590597261.htm"),
)  # fmt: skip

SCRAPS = [
    *(b"", b"0", b"-1", b"1e999", b"NaN", b"null", b"true", b"9" * 60, b"2025.1", b"2026", b"[]", b"{}"),
    *(b'""', b",", b"\n", b"<td>", b"</td>", b"<table>", b"<a href='//x'>", b"\xff", b"\x00"),
    *("年".encode(), "月".encode("gbk")),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
PIECES = (
    st.sampled_from(SCRAPS)
    | st.binary(max_size=4)
    | JSON.map(lambda value: repr(value).encode("utf-8", "replace"))
)


def ask(case: Case) -> Asked:
    """What was asked of the provider, at the page on which the answer stands."""
    query = Query("x", case.frequency, tuple(case.fields.items()))
    since = Period.parse(case.held) if case.held else None
    keys = {"fred": "k"} if case.file.endswith(".json") else {}
    asked = provider(case.provider).requests([query], since, TODAY, keys)[-1]
    return asked.then(Request(CENTRAL_BANK + case.page) if case.page else asked.request)


def is_answer(case: Case, body: bytes) -> bool:
    """Whether a body is an answer, which is sound then. What is raised but an error of ours goes through."""
    hooks, asked = provider(case.provider), ask(case)
    said = hooks.explain(500, body)
    assert said == clean_line(said)
    refused = ""
    try:
        answer = hooks.parse(body, asked)
    except SourceError as error:
        refused = str(error)
    assert refused == clean_line(refused)
    if refused:
        return False
    points = answer.points.get("x", ())
    assert len({(point.period, point.published) for point in points}) == len(points)
    assert [point.period for point in points] == sorted(point.period for point in points)
    assert not answer.following or answer.following.url.split("/")[2] in hooks.hosts
    return True


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_true_answer_is_read_where_it_says_what_was_asked_for(case: Case) -> None:
    assert is_answer(case, case.body) == case.fits


@settings(max_examples=200)
@given(case=st.sampled_from(CASES), body=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_our_words(case: Case, body: bytes) -> None:
    assert is_answer(case, body) in (True, False)


@settings(max_examples=200)
@given(data=st.data(), case=st.sampled_from(CASES), piece=PIECES)
def test_a_true_answer_damaged_anywhere_is_read_or_refused_in_our_words(
    data: st.DataObject, case: Case, piece: bytes
) -> None:
    body = case.body
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, min(len(body), start + 20)))
    assert is_answer(case, body[:start] + piece + body[end:]) in (True, False)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_fields_of_an_entry_lead_to_a_page_and_a_host_of_the_provider(case: Case) -> None:
    asked, hooks = ask(case), provider(case.provider)
    assert hooks.source_page(asked.queries[0]).startswith("https://")
    assert asked.request.url.split("/")[2] in hooks.hosts
    assert not hooks.faults(case.fields)
