"""Whatever comes as an answer, parsing ends in points or in an error of ours."""

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
TODAY = date(2026, 10, 31)
KEI = "OECD.SDD.STES,DSD_KEI@DF_KEI,4.0"
BUREAU = {"agency": "industry-and-security-bureau", "term": "semiconductor", "types": "RULE"}

Case = tuple[str, str, Frequency, dict[str, str], str]
"""Provider, file, frequency and fields of an entry, the newest period held."""

CASES: tuple[Case, ...] = (
    ("bis", "WS_CBPOL_M_AU_2026-06_on.csv", "M", {"flow": "F", "version": "1.0", "key": "M.AU"}, ""),
    ("ecb", "eurofxref-hist.csv", "D", {"series": "CNY per USD"}, ""),
    ("ecb", "exr_2025-01.csv", "D", {"series": "CNY per EUR"}, "2026-10-01"),
    ("ecb", "exr_key.csv", "D", {"series": "EXR/D.CNY.EUR.SP00.A"}, ""),
    ("federal-register", "semiconductor.json", "M", BUREAU, "2025-09"),
    ("fred", "chncpiallminmei.csv", "M", {"series": "CHNCPIALLMINMEI"}, ""),
    ("fred", "dexchus.json", "D", {"series": "DEXCHUS", "vintages": "2015-01-01"}, ""),
    ("github", "stargazers_history.json", "W", {"repo": "a/b", "count": "new_stars"}, ""),
    ("github", "repo.json", "D", {"repo": "a/b", "count": "stars"}, ""),
    ("imf", "apdreo.json", "A", {"agency": "IMF.APD", "flow": "APDREO", "key": "CHN.NGDP_RPCH.A"}, ""),
    ("oecd", "KEI_GBR_IRLT.csv", "M", {"flow": KEI, "key": "GBR.M.IRLT...."}, ""),
    ("yahoo", "chart_EURUSD.json", "D", {"symbol": "EURUSD=X"}, ""),
)


def ask(case: Case) -> Asked:
    id_, name, frequency, fields, held = case
    since = Period.parse(held) if held else None
    keys = {"fred": "k"} if name.endswith(".json") else {}
    (asked,) = provider(id_).requests([Query("x", frequency, tuple(fields.items()))], since, TODAY, keys)
    return asked


def settle(case: Case, body: bytes) -> bool:
    """Whether the body has an answer; anything but a SourceError goes through."""
    hooks, asked = provider(case[0]), ask(case)
    hooks.explain(500, body)
    try:
        answer = hooks.parse(body, asked)
    except SourceError as error:
        words = str(error)
    else:
        words = ""
    assert words == clean_line(words)
    if words:
        return False
    points = answer.points["x"]
    keys = [(point.period, point.published) for point in points]
    assert len(set(keys)) == len(keys)
    assert [point.period for point in points] == sorted(point.period for point in points)
    return True


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} {case[1]}")
def test_the_cases_themselves_are_answers(case: Case) -> None:
    assert settle(case, (ANSWERS / case[0] / case[1]).read_bytes())


@given(case=st.sampled_from(CASES), body=st.binary(max_size=300))
def test_any_bytes(case: Case, body: bytes) -> None:
    settle(case, body)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
PIECES = (
    st.sampled_from(
        [b"", b"0", b"-1", b"1e999", b"NaN", b"null", b"true", b"[]", b"{}", b'""', b",", b"\n", b"9" * 60]
    )
    | st.binary(max_size=4)
    | JSON.map(lambda value: repr(value).encode("utf-8", "replace"))
)


@given(data=st.data(), case=st.sampled_from(CASES), piece=PIECES)
def test_a_true_answer_damaged_anywhere(data: st.DataObject, case: Case, piece: bytes) -> None:
    body = (ANSWERS / case[0] / case[1]).read_bytes()
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, min(len(body), start + 20)))
    settle(case, body[:start] + piece + body[end:])


@pytest.mark.parametrize("id_", sorted({case[0] for case in CASES}))
def test_pages_for_people_are_on_the_web(id_: str) -> None:
    for case in CASES:
        if case[0] == id_:
            asked = ask(case)
            assert provider(id_).source_page(asked.queries[0]).startswith("https://")
            assert asked.request.url.split("/")[2] in provider(id_).hosts
            assert not provider(id_).faults(dict(asked.queries[0].fields))
