"""`briefing chart`, over the figures that ship."""

from __future__ import annotations

from pathlib import Path

import pytest

from sources.text import clean
from tests.tui.cli.json_schema import answered
from tests.tui.commanding import Cli


@pytest.fixture(name="chart")
def charting(cli: Cli) -> Cli:
    """A function that runs `briefing chart`."""
    return lambda *argv: cli("chart", *argv)


def test_a_chart_has_its_name_its_axis_and_a_summary(chart: Cli) -> None:
    result = chart("cn.m2_m1_gap", "--size", "100x22")
    lines = result.out.splitlines()
    assert lines[0] == "cn.m2_m1_gap  M2 minus M1 growth M2-M1同比增速差"
    assert "2008" in lines[22]
    assert lines[23] == "2026-08   M2 minus M1 growth 3.4 pp   M2 growth 7.5 %, M1 growth 4.1 %"
    words = " ".join(result.out.split())
    assert "low -15.2 pp 2016-07 high 12.1 pp 2009-01 newest 3.4 pp 2026-08" in words
    assert "last 12 months mean 3.28, deviation 0.89" in words
    assert "redefined 2024-01 ╎" in result.out
    assert "From 2024-01: M1 growth: Adds demand deposits of persons" in words
    assert "Source: PBOC" in words
    assert "As known on 2026-09-20." in words


def test_claims_of_a_briefing_are_drawn_against_it(chart: Cli) -> None:
    out = chart("cn.m2_m1_gap", "--claims", "china-legal-shield", "--size", "100x22").out
    assert "A  C10 says 4.8 pp, 2023" in out
    assert "B  C11 says 4.6 pp, 2024-01..2024-03" in out


def test_claims_that_a_view_has_no_place_for_are_named(chart: Cli) -> None:
    out = chart("cn.m2_m1_gap", "--claims", "china-legal-shield", "--view", "rebased", "--size", "80x20").out
    assert "What C10, C11 say is of the figures as they are, and not drawn in this view." in out
    assert "A  C10" not in out
    assert all(line == line.rstrip() for line in out.splitlines())
    assert "\n   last 12 months" in out


def test_claims_of_what_makes_none_are_refused(chart: Cli) -> None:
    result = chart("cn.m2_m1_gap", "--claims", "huawei")
    assert result.status == 2
    assert "--claims huawei: no claims are made there; name a briefing" in result.err


def test_as_of_a_day_nothing_later_is_drawn(chart: Cli) -> None:
    out = chart("cn.m1_yoy", "--as-of", "2025-01-31").out
    assert "2024-12   M1 growth -1.4 %" in out
    assert "redefined" not in out


def test_both_definitions_can_be_drawn_over_a_span(chart: Cli) -> None:
    data = answered(chart("cn.m1_yoy", "cn.m1_yoy:old", "--from", "2023", "--to", "2024Q4", "--json").out)[
        "data"
    ]
    assert (data["first"], data["last"], data["view"]) == ("2023-01-01", "2024-12-31", "plain")
    new, old = data["lines"]
    assert [each["period"] for each in new["breaks"]] == ["2024-01"]
    assert old["newest"] == {"value": -1.4, "period": "2024-12"}
    assert old["mean_12_months"] is not None


def test_ascii_and_a_pipe_need_no_other_characters(chart: Cli) -> None:
    rows = chart("us.vix", "--ascii", "--size", "60x12").out.splitlines()[1:13]
    assert "*" in "".join(rows)
    assert all(row.isascii() and len(row) <= 60 for row in rows)


def test_a_picture_is_written_once_and_replaced_only_when_told(chart: Cli, tmp_path: Path) -> None:
    file = tmp_path / "gap.svg"
    assert chart("cn.m2_m1_gap", "-o", str(file)).err == f"Written: {file}\n"
    first = file.read_text("utf-8")
    assert "M2-M1同比增速差" in first
    again = chart("cn.m2_yoy", "-o", str(file))
    assert (again.status, file.read_text("utf-8")) == (2, first)
    assert "is there already; --force replaces it" in again.err
    assert chart("cn.m2_yoy", "-o", str(file), "--force", "--dark").status == 0
    assert file.read_text("utf-8") != first
    assert [path.name for path in tmp_path.iterdir()] == ["gap.svg"]


def test_a_link_is_not_followed(chart: Cli, tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("mine")
    link = tmp_path / "link.svg"
    link.symlink_to(tmp_path / "kept.txt")
    assert chart("cn.m2_yoy", "-o", str(link)).status == 2
    assert chart("cn.m2_yoy", "-o", str(link), "--force").status == 0
    assert (tmp_path / "kept.txt").read_text() == "mine"


def test_what_has_no_figures_says_what_brings_them(chart: Cli) -> None:
    out = chart("cn.rrr").out
    assert len(out.split("\n")) < 6
    assert "no figures yet; briefing refresh cn.rrr asks" in " ".join(out.split())
    assert clean(out) == out


def test_a_day_before_any_history_says_from_when_on_there_is_one(chart: Cli, tmp_path: Path) -> None:
    out = chart("cn.m2_m1_gap", "--as-of", "1999", "--claims", "china-legal-shield").out
    assert "nothing was known of it on 1999-12-31. No history before 2008-02-15." in " ".join(out.split())
    assert len(out.split("\n")) < 6
    assert "C10" not in out
    found = answered(chart("cn.m2_m1_gap", "--as-of", "1999", "--json").out)
    assert (found["data"]["first"], found["data"]["last"]) == (None, None)
    assert "No history before 2008-02-15." in found["warnings"][0]["message"]
    chart("cn.m2_m1_gap", "--as-of", "1999", "-o", str(tmp_path / "empty.svg"))
    assert " to 1-01" not in (tmp_path / "empty.svg").read_text("utf-8")


@pytest.mark.parametrize(
    ("argv", "status", "words"),
    [
        (["cn.m2_yo"], 2, 'no indicator "cn.m2_yo"; nearest: cn.m2_yoy'),
        (["cn.m1_yoy:od"], 2, 'no definition of cn.m1_yoy "od"; nearest: old'),
        (["cn.m2_yoy", "--size", "4x9"], 2, "the size 4x9 does not fit"),
        (["cn.m2_yoy", "--size", "big"], 2, '"big" is no size; expected WxH'),
        (["cn.m2_yoy", "--from", "2026-13"], 2, "2026-13"),
        (["cn.m2_yoy", "--from", "2020", "--to", "2010"], 2, "--from lies after --to"),
        (["cn.m2_yoy", "-o", "gap.gif"], 2, "expected FILE.svg"),
        (["cn.m2_yoy", "-o", "no/such/folder/gap.svg"], 4, "cannot be written"),
        (["cn.m2_yoy", "--view", "yearly"], 2, "no view"),
        ([f"a.b{n}" for n in range(9)], 2, "9 lines are too many"),
    ],
)
def test_wrong_use_is_one_line(chart: Cli, argv: list[str], status: int, words: str) -> None:
    result = chart(*argv)
    assert (result.status, result.err.count("\n")) == (status, 1)
    assert words in result.err


def test_in_plain_words_there_is_no_picture(chart: Cli) -> None:
    out = chart("cn.m2_m1_gap", "--plain").out
    assert not any("\u2800" <= letter <= "\u28ff" for letter in out)
    assert out.splitlines()[1].startswith("2026-08   M2 minus M1 growth 3.4 pp")
    assert "low -15.2 pp 2016-07" in " ".join(out.split())


def test_a_computed_series_has_the_definitions_of_its_parts(chart: Cli) -> None:
    found = answered(chart("cn.m2_m1_gap:old", "--from", "2024", "--json").out)["data"]["lines"][0]
    assert (found["high"]["period"], round(found["high"]["value"], 1)) == ("2024-09", 14.2)
    assert 'no definition of cn.m2_m1_gap "new"' in chart("cn.m2_m1_gap:new").err
