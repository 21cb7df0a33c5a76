from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sources.adapters.pboc import PROVIDER
from sources.model import Answer, Frequency, Period, WrongAnswer
from sources.provider import Asked, Query

ANSWERS = Path(__file__).parent / "answers" / "pboc"
TODAY = date(2026, 9, 17)
REPORT, TABLE, REPO = (
    (ANSWERS / name).read_bytes()
    for name in ("report_2026-07.html", "money_supply_table_2026.html", "omo_7d_2026-09-01.html")
)


def ask(document: str, *figures: str, since: str = "", frequency: Frequency = "M", **fields: str) -> Asked:
    queries = []
    for figure in figures:
        entry = {"document": document, "figure": figure} | fields
        assert not PROVIDER.faults(entry)
        queries.append(Query(figure, frequency, tuple(entry.items())))
    held = Period.parse(since) if since else None
    (asked,) = PROVIDER.requests(queries, held, TODAY, {})
    return asked


def step(body: bytes, asked: Asked) -> Asked:
    """What is asked next after a list."""
    following = PROVIDER.parse(body, asked).following
    assert following is not None
    return asked.then(following)


def document(asked: Asked) -> Asked:
    """The request for some document of the list that is asked for."""
    link = asked.request.url.replace("index.html", "2026081416320925645/index.html")
    return asked.then(type(asked.request)(link))


def values(answer: Answer) -> dict[str, list[tuple[str, float]]]:
    return {
        name: [(str(point.period), point.value) for point in points] for name, points in answer.points.items()
    }


def test_a_list_leads_through_the_reports_that_are_not_held_oldest_first() -> None:
    body = (ANSWERS / "report_index.html").read_bytes()
    asked = step(body, ask("report", "m2_yoy", since="2026-05"))
    folder = "https://www.pbc.gov.cn/diaochatongjisi/116219/116225"
    june, july = "2026071515025183948", "2026081416320925645"
    assert asked.request.url.split("#")[0] == f"{folder}/{june}/index.html"
    asked = step(REPORT, asked)
    assert asked.request.url == f"{folder}/{july}/index.html"
    assert PROVIDER.parse(REPORT, asked).following is None


def test_a_full_year_s_title_is_about_december_and_quarters_about_their_last_month() -> None:
    body = (ANSWERS / "report_index.html").read_bytes()
    first = {
        since: step(body, ask("report", "m2", since=since)).request.url.split("#")[0].split("/")[-2][:8]
        for since in ("2025-11", "2025-12", "2026-02", "2026-05")
    }
    assert first == {
        "2025-11": "20260115",
        "2025-12": "20260213",
        "2026-02": "20260413",
        "2026-05": "20260715",
    }
    for title, period in (("2025年", "2025-12"), ("2026年一季度", "2026-03"), ("2026年前三季度", "2026-09")):
        report = REPORT.decode().replace("2026年7月金融", f"{title}金融").encode()
        asked = Asked(document(ask("report", "m2")).request, ask("report", "m2").queries, date(2027, 1, 1))
        assert values(PROVIDER.parse(report, asked))["m2"][0][0] == period


def test_nothing_newer_and_what_the_list_no_longer_shows_are_said() -> None:
    body = (ANSWERS / "report_index.html").read_bytes()
    answer = PROVIDER.parse(body, ask("report", "m2", since="2026-07"))
    assert answer == Answer(notes=("nothing on the list after 2026-07",))
    assert (
        "reaches back to 2025-10-31 only"
        in PROVIDER.parse(body, ask("report", "m2", since="2024-01")).notes[0]
    )


def test_a_report_says_levels_and_growth_and_when_it_was_published() -> None:
    asked = document(ask("report", "m2", "m1_yoy", "m0_yoy", "tsf", "tsf_yoy", "loans_yoy", "loans"))
    answer = PROVIDER.parse(REPORT, asked)
    assert values(answer) == {
        "m2": [("2026-07", 355.51)],
        "m1_yoy": [("2026-07", 4.0)],
        "m0_yoy": [("2026-07", 11.6)],
        "tsf": [("2026-07", 463.27)],
        "tsf_yoy": [("2026-07", 7.4)],
        "loans_yoy": [("2026-07", 5.1)],
        "loans": [("2026-07", 282.29)],
    }
    assert answer.points["m2"][0].published == datetime(2026, 8, 14, 8, 30, 5, tzinfo=UTC)


def test_a_fall_is_negative_and_wide_signs_and_spans_make_no_difference() -> None:
    plain = "狭义货币(M1)余额115.46万亿元，同比增长4%"
    spread = "狭义货币（<span>M</span><span>1</span>）余额 １15.46 万亿元，同比下降0.<span>1</span>％"
    assert plain in REPORT.decode()
    body = REPORT.decode().replace(plain, spread).encode()
    found = values(PROVIDER.parse(body, document(ask("report", "m1", "m1_yoy"))))
    assert found == {"m1": [("2026-07", 115.46)], "m1_yoy": [("2026-07", -0.1)]}


@pytest.mark.parametrize("charset", ["gb18030", "utf-8", "utf-16"])
def test_old_pages_come_in_other_charsets(charset: str) -> None:
    asked = document(ask("report", "m2"))
    assert values(PROVIDER.parse(REPORT.decode().encode(charset), asked))["m2"] == [("2026-07", 355.51)]


def test_a_figure_that_a_report_lacks_is_noted_and_costs_only_itself() -> None:
    body = (
        REPORT.decode().replace("社会融资规模存量为463.27万亿元，同比增长7.4%", "社会融资规模平稳").encode()
    )
    answer = PROVIDER.parse(body, document(ask("report", "tsf_yoy", "m2")))
    assert list(answer.points) == ["m2"]
    assert answer.notes == ("tsf_yoy: not in the document of 2026-07-31",)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("金融统计数据报告", "金融市场运行情况", "the title of the page"),
        ("115.46万亿元", "415.46万亿元", "m2: expected more than m1"),
        ("万亿元", "亿元", "the report: expected a sentence"),
        ("月末人民币贷款余额", "人民币贷款余额1万亿元，同比增长1%。人民币贷款余额", "loans: expected one"),
        ("355.51", "355.5.1", "expected a number"),
    ],
)
def test_drift_of_a_report_is_refused_by_name(old: str, new: str, words: str) -> None:
    assert old in REPORT.decode()
    with pytest.raises(WrongAnswer, match=words):
        PROVIDER.parse(REPORT.decode().replace(old, new).encode(), document(ask("report", "m2")))


def test_the_repo_rate_is_put_together_from_its_spans() -> None:
    asked = document(ask("reverse-repo", "7d", "14d", frequency="step"))
    answer = PROVIDER.parse(REPO, asked)
    assert values(answer) == {"7d": [("2026-09-01", 1.4)]}
    assert answer.points["7d"][0].published == datetime(2026, 9, 1, 1, 20, 30, tzinfo=UTC)
    assert answer.notes == ("14d: not in the document of 2026-09-01",)


def test_a_notice_without_a_rate_holds_no_figure() -> None:
    text = REPO.decode().replace("<td><p><span>操作</span><span>利率</span></p></td>", "")
    answer = PROVIDER.parse(text.encode(), document(ask("reverse-repo", "7d", frequency="step")))
    assert answer.points == {}
    for old, new in (("公开市场业务交易公告", "公告"), ("2026年9月1日", "2026年9月2日")):
        with pytest.raises(WrongAnswer, match="the notice"):
            PROVIDER.parse(
                REPO.decode().replace(old, new).encode(),
                document(ask("reverse-repo", "7d", frequency="step")),
            )


def test_the_loan_prime_rate_counts_from_its_own_day() -> None:
    body = (ANSWERS / "lpr_announcement_2026-08.html").read_bytes()
    asked = document(ask("lpr", "1y", "5y", frequency="step"))
    assert values(PROVIDER.parse(body, asked)) == {"1y": [("2026-08-20", 3.0)], "5y": [("2026-08-20", 3.5)]}
    with pytest.raises(WrongAnswer, match="the notice"):
        PROVIDER.parse(REPORT, asked)


def table(*figures: str, since: str = "2026-05") -> Asked:
    """The request for the table of 2026, by way of the list and the page of its topic."""
    index = (ANSWERS / "statistics_index.html").read_bytes()
    asked = step(index, ask("table", *figures, since=since))
    assert asked.request.url.endswith("/2026ntjsj/hbtjgl/index.html")
    asked = step((ANSWERS / "statistics_topic.html").read_bytes(), asked)
    assert asked.request.url.endswith("/attachDir/2026/08/2026081416590597261.htm")
    return asked


def test_the_table_is_found_and_read_month_by_month() -> None:
    answer = PROVIDER.parse(TABLE, table("M2", "M0"))
    found = values(answer)
    assert found["M2"][0] == ("2026-01", 3471860.39)
    assert found["M0"][-1] == ("2026-07", 148202.86)
    assert len(found["M2"]) == 7
    assert "M2: 1 without a value" in answer.notes
    assert answer.following is None


def test_years_not_held_follow_one_another() -> None:
    asked = step((ANSWERS / "statistics_index.html").read_bytes(), ask("table", "M2"))
    assert "/5570903/5570886/" in asked.request.url
    asked = step((ANSWERS / "statistics_topic.html").read_bytes(), asked)
    assert "/attachDir/" in asked.request.url
    assert step(TABLE, asked).request.url.endswith("/2026ntjsj/hbtjgl/index.html")


def test_the_place_says_whether_2025_1_is_january_or_october() -> None:
    text = TABLE.decode().replace("2026.0", "2025.0")
    text = text.replace("<td>2025.08</td>", "<td>2025.08</td><td>2025.09</td><td>2025.1</td>")
    text = text.replace("<td>　</td>", "<td>　</td><td>-</td><td>42</td>")  # made up; the same in all rows
    text = text.replace("<td>42</td>", "<td>3</td>", 1).replace("<td>42</td>", "<td>2</td>", 1)
    found = values(PROVIDER.parse(text.replace("<td>42</td>", "<td>1</td>").encode(), table("M1")))["M1"]
    assert (found[0], found[-1]) == (("2025-01", 1179680.52), ("2025-10", 2.0))
    with pytest.raises(WrongAnswer, match=r'column 3 of the table: expected month 2, found "2025\.1"'):
        PROVIDER.parse(text.replace("2025.02", "2025.1").encode(), table("M1"))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("<td>2026.02</td>", "<td>合计</td><td>2026.02</td>", "expected month 2"),
        ("亿元", "万亿元", "the unit of the table"),
        ("亿元人民币", "million yuan", "the unit of the table"),
        ("（M1）", "（M9）", r"one with \(M1\)"),
        ("1179680.52", "4179680.52", "M2 in 2026-01: expected more than M1"),
        ("1179680.52", "about 118", "expected a number"),
        ("货币供应量", "社会融资规模", "the tables of the page"),
    ],
)
def test_drift_of_the_table_is_refused_by_name(old: str, new: str, words: str) -> None:
    assert old in TABLE.decode()
    with pytest.raises(WrongAnswer, match=words):
        PROVIDER.parse(TABLE.decode().replace(old, new).encode(), table("M1"))


@pytest.mark.parametrize("name", ["report", "lpr", "reverse-repo", "table"])
def test_the_sign_in_page_of_a_network_is_no_list(name: str) -> None:
    figure = {"report": "m2", "lpr": "1y", "reverse-repo": "7d", "table": "M2"}[name]
    portal = b'<html><title>Sign in</title><a href="https://portal.example/login">Sign in</a></html>'
    with pytest.raises(WrongAnswer, match="the links of the page"):
        PROVIDER.parse(portal, ask(name, figure))


def test_links_lead_nowhere_but_to_the_bank() -> None:
    body = (ANSWERS / "report_index.html").read_text(encoding="utf-8")
    body = body.replace('href="/', 'href="https://elsewhere.example/')
    with pytest.raises(WrongAnswer, match="the links of the page"):
        PROVIDER.parse(body.encode(), ask("report", "m2"))
