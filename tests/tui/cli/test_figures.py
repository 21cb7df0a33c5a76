"""`briefing series` and `briefing indicators`, over the figures that ship."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from sources.text import clean
from tests.tui.commanding import Cli, Result
from tui.cli.naming import COMMANDS_OF_PAGES
from tui.pages.mnemonics import PAGES

OWN = """\
- id: us.speed
  title: "Speed \\u001b[31m"
  unit: index
  frequency: M
  topics: [risks]
  page: https://example.org/speed
- id: us.speed
  title: Again
"""


def periods(result: Result) -> list[str]:
    """What stands in the first column of the table."""
    return re.findall(r"^(\d{4}-\d\d) ", result.out, re.MULTILINE)


def test_as_of_a_day_the_series_ends_with_what_was_known(cli: Cli) -> None:
    result = cli("series", "cn.m2_yoy", "--as-of", "2026-04-20")
    assert result.status == 0
    assert periods(result)[-1] == "2026-03"
    assert "as of    2026-04-20" in result.out
    assert periods(cli("series", "cn.m2_yoy"))[-1] == "2026-08"


def test_a_series_says_what_it_is_and_how_fresh(cli: Cli) -> None:
    lines = cli("series", "cn.m2_yoy", "--last", "2").out.splitlines()
    assert lines[0] == "cn.m2_yoy  M2 growth M2同比"
    facts = dict(line.split(None, 1) for line in lines[1:6])
    assert facts["unit"] == "%"
    assert facts["agency"] == "PBOC"
    assert facts["licence"] == "facts of PBOC, cite"
    assert facts["state"] == "fresh"
    assert "carrier" in facts["source"]


def test_each_value_has_its_vintage_and_how_that_is_known(cli: Cli) -> None:
    lines = cli("series", "cn.m1_yoy").out.splitlines()
    (line,) = [line for line in lines if line.startswith("2024-02 ")]
    assert line.split() == ["2024-02", "2.6", "%", "2025", "2025-02-14", "published", "pboc"]
    (old,) = [line for line in lines if line.startswith("2023-12 ")]
    assert "2024-01-15  by the release calendar" in old


def test_a_break_stands_between_the_values_that_it_parts(cli: Cli) -> None:
    lines = cli("series", "cn.m1_yoy").out.splitlines()
    place = next(number for number, line in enumerate(lines) if "from here in definition 2025" in line)
    assert lines[place - 1].startswith("2023-12 ")
    assert lines[place + 1].startswith("2024-01 ")
    assert "from here" not in cli("series", "cn.m1_yoy", "--as-of", "2025-01-31").out


def test_a_computed_series_is_computed_as_of_the_day(cli: Cli) -> None:
    def quarter(*argv: str) -> list[float]:
        (series,) = cli("series", "cn.m2_m1_gap", *argv, "--json").data
        found = {each["period"]: each["value"] for each in series["observations"]}
        return [round(found[f"2024-0{month}"], 9) for month in (1, 2, 3)]

    assert quarter() == [5.4, 6.1, 6.0]
    assert quarter("--as-of", "2025-01-31") == [2.8, 7.5, 7.2]
    assert "computed  cn.m2_yoy - cn.m1_yoy" in cli("series", "cn.m2_m1_gap").out


def test_json_has_unrounded_values_with_their_provenance(cli: Cli) -> None:
    result = cli("series", "cn.m2_m1_gap", "cn.m1_yoy:old", "--as-of", "2026-09", "--last", "1", "--json")
    envelope = result.envelope
    assert (envelope["schema"], envelope["as_of"]) == ("briefing/series/1", "2026-09-30")
    gap, old = envelope["data"]
    assert gap["observations"][0]["value"] == pytest.approx(3.4)
    assert gap["observations"][0]["provenance"] is None
    (observation,) = old["observations"]
    assert (observation["period"], observation["basis"]) == ("2024-12", "calendar")
    assert observation["vintage"] == "2025-01-15T15:59:59Z"
    assert old["provenances"][observation["provenance"]]["provider"] == "eastmoney"


def test_csv_has_a_row_for_each_observation(cli: Cli) -> None:
    result = cli("series", "cn.m2_yoy", "cn.m1_yoy", "--csv", "--last", "2")
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert [(row["id"], row["period"], row["value"]) for row in rows] == [
        ("cn.m2_yoy", "2026-07", "7.7"),
        ("cn.m2_yoy", "2026-08", "7.5"),
        ("cn.m1_yoy", "2026-07", "4.0"),
        ("cn.m1_yoy", "2026-08", "4.1"),
    ]
    assert rows[2]["definition"] == "2025"


def test_a_series_without_figures_says_what_brings_them(cli: Cli) -> None:
    assert cli("series", "cn.rrr").out.endswith("No figures yet. briefing refresh cn.rrr asks.\n")
    assert "Never asked. briefing refresh cn.rrr asks." in cli("show", "cn.rrr").out
    assert " asks." not in cli("show", "cn.rrr", "--as-of", "1999").out
    said = cli("series", "cn.m2_yoy", "--as-of", "1999").out
    assert "was known of it on 1999-12-31. No history before 2008-02-15." in said


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["series", "cn.m2_yo"], 'no indicator "cn.m2_yo"; nearest: cn.m2_yoy'),
        (["series", "cn.m1_yoy:od"], 'no definition of cn.m1_yoy "od"; nearest: old'),
        (["series", "cn.m2_yoy", "--as-of", "2026-13"], "expected 2026-04-20, 2026-04, 2026Q1"),
        (["series", "cn.m2_yoy", "--last", "0"], "expected a number from 1"),
        (["series", "cn.m2_yoy", "--csv", "--json"], "--csv and --json exclude each other"),
        (["indicators", "risk"], 'no topic "risk"; nearest: risks'),
    ],
)
def test_wrong_use_is_one_line(cli: Cli, argv: list[str], words: str) -> None:
    result = cli(*argv)
    assert result.status == 2
    assert result.err.count("\n") == 1
    assert words in result.err


def test_indicators_show_newest_figure_state_and_source(cli: Cli) -> None:
    lines = {line.split()[0]: line.split() for line in cli("indicators").out.splitlines()}
    assert lines["cn.m2_yoy"][1:7] == ["7.5", "%", "2026-08", "fresh", "eastmoney", "M2"]
    assert lines["cn.m2_m1_gap"][1:6] == ["3.4", "pp", "2026-08", "fresh", "computed"]
    assert lines["gh.colossalai_stars"][1] == "41,310"
    assert lines["cn.rrr"][1:4] == ["%", "never", "eastmoney"]


def test_indicators_of_a_topic_as_json(cli: Cli) -> None:
    found = {each["id"]: each for each in cli("indicators", "legal-shield", "--json").data}
    assert found
    assert all("legal-shield" in each["topics"] for each in found.values())
    newest = {each["id"]: each for each in cli("indicators", "--json").data}["cn.m2_yoy"]
    assert (newest["value"], newest["period"], newest["state"]) == (7.5, "2026-08", "fresh")


def test_the_users_own_indicators_are_listed_and_their_faults_told(
    cli: Cli, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = own_home / "library/indicators"
    folder.mkdir(parents=True)
    file = folder / "own.yaml"
    file.write_text(OWN)
    result = cli("indicators", "risks")
    looked_up = cli("series", "us.speed")
    file.unlink()
    assert result.status == 0
    assert "us.speed" in result.out
    assert clean(result.out) == result.out
    assert f"{file}:" in result.err
    assert looked_up.out.endswith("It is to be looked up on https://example.org/speed.\n")


def test_a_store_that_cannot_be_used_is_told_and_the_shipped_figures_serve(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "store").write_text("in the way")
    monkeypatch.setenv("BRIEFING_HOME", str(tmp_path))
    result = cli("series", "cn.m2_yoy", "--last", "1")
    assert "7.5" in result.out
    assert result.err.startswith("briefing: ")


@pytest.mark.parametrize(
    ("name", "id_"),
    [("M2", "cn.m2_yoy"), ("gap", "cn.m2_m1_gap"), ("m2_level", "cn.m2_level"), ("Ｍ２", "cn.m2_yoy")],
)
def test_an_indicator_is_found_by_its_mnemonic(cli: Cli, name: str, id_: str) -> None:
    assert cli("series", name, "--last", "1").out == cli("series", id_, "--last", "1").out
    assert cli("show", name).out == cli("show", id_).out
    assert cli("links", name).out == cli("links", id_).out
    assert cli("chart", name, "--plain").out == cli("chart", id_, "--plain").out
    assert cli("provenance", name).out == cli("provenance", id_).out
    assert cli("series", name, "--vintages", "--period", "2026-01").out != ""


def test_a_mnemonic_may_be_followed_by_a_definition_and_a_period(cli: Cli) -> None:
    assert cli("series", "M1:old", "--last", "1").out == cli("series", "cn.m1_yoy:old", "--last", "1").out
    assert cli("provenance", "M1:old@2024-01").out == cli("provenance", "cn.m1_yoy:old@2024-01").out


@pytest.mark.parametrize("command", ["series", "chart", "show", "links", "provenance", "note"])
def test_a_mnemonic_of_several_indicators_is_refused_with_all_of_them(cli: Cli, command: str) -> None:
    result = cli(command, "RD_GDP", "--json")
    assert result.status == 2
    message = '"RD_GDP" may be cn.rd_gdp, us.rd_gdp or eu.rd_gdp; name one of them'
    assert result.envelope["error"] == {"code": "ambiguous-id", "message": message, "where": ""}


def test_a_mnemonic_is_told_where_no_indicator_is_expected(cli: Cli) -> None:
    assert "it is an indicator: briefing series cn.m2_yoy shows it" in cli("read", "M2").err


@pytest.mark.parametrize(
    ("name", "near"),
    [("cn.m2", "cn.m2_yoy"), ("cn.tsf_sto", "cn.tsf_stock"), ("tsf", "cn.tsf_flow"), ("eu.m2", None)],
)
def test_an_id_that_is_only_begun_is_told_with_what_it_may_mean(
    cli: Cli, name: str, near: str | None
) -> None:
    offer = f"; nearest: {near}" if near else ""
    assert cli("series", name).err == f'briefing: no indicator "{name}"{offer}\n'


def test_every_page_but_the_history_has_a_command() -> None:
    assert {*COMMANDS_OF_PAGES, "HISTORY"} == {*PAGES}


@pytest.mark.parametrize(
    ("name", "command"),
    [("LEDGER", "claims"), ("sources", "sources"), ("Money", "indicators monetary-stability")],
)
def test_the_mnemonic_of_a_page_is_told_with_the_command_that_prints_it(
    cli: Cli, name: str, command: str
) -> None:
    words = f'no item "{name}"; it is a page of the app: briefing {command} prints what it shows'
    assert words in cli("show", name).err


def test_the_first_card_of_an_indicator_says_which_claims_rest_on_it(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_HOME", str(tmp_path))
    first = cli("show", "gap").out
    assert "C10  gap in 2023, pp ✗" in first
    assert cli("show", "gap").out == first
