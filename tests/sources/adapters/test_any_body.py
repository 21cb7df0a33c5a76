"""Whatever the Chinese providers and the World Bank send: points in order, or an error in one line."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.adapters import provider
from sources.model import Frequency, Period, SourceError
from sources.provider import Asked, Query
from sources.text import clean_line

ANSWERS = Path(__file__).parent / "answers"
TODAY = date(2026, 9, 30)

Case = tuple[str, str, Frequency, dict[str, str]]
"""Provider, file, frequency and fields of an entry."""

CASES: tuple[Case, ...] = (
    ("eastmoney", "currency_supply.json", "M", {"report": "CURRENCY_SUPPLY", "column": "CURRENCY_SAME"}),
    ("eastmoney", "rrr.json", "step", {"report": "DEPOSIT_RESERVE", "column": "INTEREST_RATE_BA"}),
    ("worldbank", "page1.json", "A", {"indicator": "NY.GDP.MKTP.CD", "country": "NOR"}),
    ("chinabond", "enterprise_aaa.json", "M", {"curve": "enterprise-aaa", "years": "5"}),
    ("chinamoney", "shibor.json", "B", {"table": "shibor", "column": "3M"}),
    ("chinamoney", "fixing.json", "B", {"table": "fixing", "column": "FR007"}),
    ("chinamoney", "curve.json", "B", {"table": "curve", "column": "10"}),
    ("chinamoney", "curve.json", "B", {"table": "curve", "column": "1Y"}),
    ("pboc", "report_index.html", "M", {"document": "report", "figure": "m2"}),
    ("pboc", "report_2026-07.html", "M", {"document": "report", "figure": "m2"}),
    ("pboc", "omo_7d_2026-09-01.html", "step", {"document": "reverse-repo", "figure": "7d"}),
    ("pboc", "lpr_announcement_2026-08.html", "step", {"document": "lpr", "figure": "1y"}),
    ("pboc", "statistics_index.html", "M", {"document": "table", "figure": "M2"}),
    ("pboc", "statistics_topic.html", "M", {"document": "table", "figure": "M2"}),
    ("pboc", "money_supply_table_2026.html", "M", {"document": "table", "figure": "M1"}),
    ("pboc", "money_supply_table_2026.html", "M", {"document": "table", "figure": "m1_yoy"}),
)
PATHS = {
    "statistics_topic.html": "/diaochatongjisi/116219/116319/2026ntjsj/hbtjgl/index.html",
    "report_2026-07.html": "/diaochatongjisi/116219/116225/2026081416320925645/index.html",
    "omo_7d_2026-09-01.html": "/zhengcehuobisi/125207/125213/125431/125475/2026090108544487779/index.html",
    "lpr_announcement_2026-08.html": "/zhengcehuobisi/125207/125213/125440/3876551/20260820/index.html",
    "money_supply_table_2026.html": "/diaochatongjisi/attachDir/2026/08/2026081416590597261.htm",
}


def ask(case: Case) -> Asked:
    id_, name, frequency, fields = case
    since = Period.parse("2026-05")
    asked = provider(id_).requests([Query("x", frequency, tuple(fields.items()))], since, TODAY, {})[-1]
    request = type(asked.request)("https://www.pbc.gov.cn" + PATHS[name]) if name in PATHS else asked.request
    return asked.then(request)


def settle(case: Case, body: bytes) -> bool:
    """Whether the body has an answer; anything but a SourceError goes through."""
    hooks, asked = provider(case[0]), ask(case)
    assert hooks.explain(500, body) == ""
    try:
        answer = hooks.parse(body, asked)
    except SourceError as error:
        words = str(error)
    else:
        words = ""
        periods = [point.period for point in answer.points.get("x", ())]
        assert periods == sorted(set(periods))
        assert not answer.following or answer.following.url.split("/")[2] in hooks.hosts
    assert words == clean_line(words)
    return not words


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} {case[1]} {case[3]}")
def test_the_cases_themselves_are_answers(case: Case) -> None:
    curves = case[0] == "chinabond"  # two months in one body, of which one is asked for
    misfits = case[3].get("column") == "1Y"
    assert settle(case, (ANSWERS / case[0] / case[1]).read_bytes()) != (curves or misfits)


@given(case=st.sampled_from(CASES), body=st.binary(max_size=300))
def test_any_bytes(case: Case, body: bytes) -> None:
    settle(case, body)


NUMBERS = [b"", b"0", b"-1", b"1e999", b"NaN", b"null", b"true", b"9" * 60, b"2025.1", b"2026"]
SIGNS = [b"[]", b"{}", b'""', b",", b"<td>", b"</td>", b"<table>", b"<a href='//x'>", b"\xff", b"\x00"]
SCRAPS = st.sampled_from([*NUMBERS, *SIGNS, "年".encode(), "月".encode("gbk")])


@given(data=st.data(), case=st.sampled_from(CASES), scrap=SCRAPS | st.binary(max_size=4))
def test_a_true_answer_damaged_anywhere(data: st.DataObject, case: Case, scrap: bytes) -> None:
    body = (ANSWERS / case[0] / case[1]).read_bytes()
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, min(len(body), start + 20)))
    settle(case, body[:start] + scrap + body[end:])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} {case[1]} {case[3]}")
def test_pages_for_people_are_on_the_web(case: Case) -> None:
    asked, hooks = ask(case), provider(case[0])
    assert hooks.source_page(asked.queries[0]).startswith("https://")
    assert asked.request.url.split("/")[2] in hooks.hosts
    assert not hooks.faults(case[3])
