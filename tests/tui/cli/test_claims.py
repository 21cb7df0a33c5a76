"""`briefing claims`, `predictions`, `test`, `resolve` and `check --claims`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sources.expressions.test_hostile import CORPUS
from tests.tui.commanding import NOW, Cli
from tests.tui.recomputing import worked_out
from tui.cli import run
from tui.cli.session import Session

HEAD = "---\nid: own\nkind: note\ntitle: Own\ndate: 2026-09-01\n---\n\n"
CLAIM = "```claim\nid: {}\nsays: It is so\ntest: {}\n```\n\n"
DUE = """```prediction
id: q1
title: money slows 放缓
says: Money will grow by less than five per cent
by: Someone 某人
made: 2025-01
window: ..2025-12-31
chance: {}
test: value(cn.m2_yoy, 2025-12) < 5
resolves: the bank
```
"""


@pytest.fixture
def note(own_home: Path) -> Iterator[Callable[[str], None]]:
    """Writes the text of one document of the user, which is gone after the test, with all that it held."""
    path = own_home / "library" / "own.md"
    path.parent.mkdir(exist_ok=True)

    def write(text: str) -> None:
        path.write_text(HEAD + text, encoding="utf-8")

    yield write
    path.unlink(missing_ok=True)
    for texts in (own_home / "store").glob("texts.db*"):
        texts.unlink()


def recomputed(record: dict[str, Any]) -> float | None:
    """What the test of a claim measures, from nothing but what its record holds."""
    found = worked_out(record)
    assert list(found.steps) == record["now"]["steps"]
    return found.value


def test_a_card_says_what_was_measured_before_anything_was_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    monkeypatch.setenv("BRIEFING_HOME", str(tmp_path / "new"))
    assert "✗ contradicted   says 4.8 pp, measured 7.78 pp" in cli("show", "c10").out


def test_the_card_of_a_judged_claim_says_why_once(cli: Cli) -> None:
    lines = cli("show", "c38").out.splitlines()
    assert " ".join(lines).count("agent of 2025-10-23") == 1
    assert "Judged    contradicted on 2026-11-23" in lines
    labels = [line for line in lines if line.split(" ")[0] in ("Says", "Judged", "About", "Cause", "Effect")]
    assert len(labels) == 5
    assert all(line[8:10] == "  " and line[10] != " " for line in labels)


def test_every_measured_number_can_be_worked_out_again_from_the_json(cli: Cli) -> None:
    tested = [each for each in cli("claims", "--json").data if each["now"]["measured"] is not None]
    assert len(tested) >= 13
    for record in tested:
        assert recomputed(record) == pytest.approx(record["now"]["measured"]), record["id"]
        for each in record["inputs"]:
            assert each["derived"] or all(one["vintage"] and one["provider"] for one in each["observations"])


@pytest.mark.parametrize(("name", "stated", "shown"), [("c10", 4.8, "7.78"), ("c11", 4.6, "5.83")])
def test_the_gap_claims_are_contradicted_with_their_arithmetic(
    cli: Cli, name: str, stated: float, shown: str
) -> None:
    (record,) = cli("claims", name, "--json").data
    assert (record["verdict"], record["now"]["stated"]) == ("contradicted", stated)
    text = cli("claims", name).out
    assert f"shown {shown}" in text
    assert "cn.m2_yoy  M2 growth, %" in text
    assert "china-legal-shield.md:" in text


def test_a_claim_comes_with_its_note_and_the_addresses_of_its_evidence(cli: Cli) -> None:
    card = cli("claims", "c24").out
    assert "Note     Doubtful in both halves." in card
    assert "https://robotdyn.com/?p=40891" in card
    note = cli("claims", "c11", "--json").data[0]["note"]
    assert "gives 5.83 pp 2024Q1 from" in note  # a figure, in words
    assert "Its sister, Decree 834, is" in cli("claims", "c01").out  # a link without words of its own


def test_what_a_claim_was_shown_as_is_told_with_why_it_changed(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_HOME", str(tmp_path))
    path = tmp_path / "library" / "held.md"
    path.parent.mkdir()
    text = HEAD.replace("id: own", "id: held") + CLAIM.format("k1", "value(cn.m2_yoy, 2026-03) > 5")
    path.write_text(text, encoding="utf-8")
    cli("read", "held")
    assert "Shown" not in cli("claims", "held#k1").out
    (first,) = cli("claims", "held#k1", "--json").data[0]["shown"]
    assert (first["verdict"], first["because"]) == ("supported", "")
    path.write_text(text.replace("> 5", "> 50"), encoding="utf-8")
    cli("read", "held")
    words = r"Shown    supported from [-\d]+, contradicted since [-\d]+: the claim or the date"
    assert re.search(words, cli("claims", "held#k1").out)
    before, after = cli("claims", "held#k1", "--json").data[0]["shown"]
    assert before == first
    assert after["verdict"] == "contradicted"
    assert after["because"].startswith("the claim")
    assert cli("claims", "held#k1", "--as-of", "2026-09-01", "--json").data[0]["shown"] == []


def test_nothing_is_supported_without_figures_or_a_dated_citation(cli: Cli) -> None:
    supported = cli("claims", "--verdict", "supported", "--json").data
    assert len(supported) >= 10
    for record in supported:
        if record["method"] == "tested":
            assert record["inputs"] or record["test"].startswith("growth(")  # on numbers of its own
        else:
            assert record["judged_on"]
            assert record["citations"]


def test_lists_are_narrowed_and_fail_on_asks_for(cli: Cli) -> None:
    topic = cli("claims", "--topic", "legal-shield", "--json").data
    assert topic
    assert all("legal-shield" in record["topics"] for record in topic)
    assert cli("claims", "--fail-on", "contradicted").status == 1
    assert (
        cli("claims", "--topic", "risks", "--verdict", "supported", "--fail-on", "contradicted").status == 0
    )
    own = cli("claims", "--document", "china-legal-shield", "--json").data
    held = [record for record in own if record["verdict"] == "supported"]
    assert 0 < len(held) < len(own)
    narrowed = cli("claims", "--document", "china-legal-shield", "--verdict", "supported")
    assert f"{len(held)} claims" in narrowed.err
    assert cli("claims", "--document", "decree-835-explained").err == "5 claims\n"


def test_a_day_before_the_figures_were_known_gives_the_verdicts_of_that_day(
    cli: Cli, note: Callable[[str], None]
) -> None:
    note(CLAIM.format("k1", "value(cn.m2_yoy, 2026-03) > 5"))
    assert cli("claims", "own#k1", "--json").data[0]["verdict"] == "supported"
    before = cli("claims", "own#k1", "--as-of", "2026-03-20", "--json").envelope
    assert (before["data"][0]["verdict"], before["as_of"]) == ("data ends", "2026-03-20")


def test_unknown_words_name_the_nearest(cli: Cli) -> None:
    assert "nearest: contradicted" in cli("claims", "--verdict", "contradict").err
    assert "is no claim but of kind entity" in cli("claims", "huawei").err
    assert "is no prediction but of kind claim" in cli("resolve", "c10", "true", "--on", "2026").err
    assert cli("claims", "--verdict", "no").status == 2


def test_hostile_text_in_a_claim_is_shown_harmless(cli: Cli, note: Callable[[str], None]) -> None:
    note('```claim\nid: k1\nsays: "\\e]0;x\\a red \\e[31m"\ntest: "1 / 0 > 2"\n```\n')
    found = cli("claims", "own#k1")
    assert "\x1b" not in found.out
    assert found.out.startswith("? untestable")


def test_predictions_have_states_and_no_score_under_five(cli: Cli) -> None:
    data = cli("predictions", "--json").data
    by_name = {each["id"].partition("#")[2]: each for each in data["predictions"]}
    assert by_name["p4"]["state"] == "void"
    assert by_name["p4"]["why"] == "void at birth: closed 2025-12-31, made 2026-04"
    assert (by_name["p1"]["state"], by_name["p1"]["days"]) == ("open", 102)
    assert data["authors"][0]["brier"] is None
    assert "no score under 5 resolved" in cli("predictions").out


def test_predictions_of_one_document_are_listed_and_scored_alone(
    cli: Cli, note: Callable[[str], None]
) -> None:
    note(DUE.format(0.8))
    data = cli("predictions", "--document", "own", "--json").data
    assert [each["id"] for each in data["predictions"]] == ["own#q1"]
    assert [(each["by"], each["states"]["due"]) for each in data["authors"]] == [("Someone 某人", 1)]
    others = cli("predictions", "--document", "china-legal-shield", "--json").data
    assert {each["id"].partition("#")[0] for each in others["predictions"]} == {"china-legal-shield"}
    assert "Someone" not in cli("predictions", "--document", "china-legal-shield").out
    assert cli("predictions", "--document", "huawei").out == ""
    assert 'no item "nowhere"' in cli("predictions", "--document", "nowhere").err


def test_an_outcome_is_proposed_recorded_and_taken_back(
    cli: Cli, note: Callable[[str], None], own_home: Path
) -> None:
    note(DUE.format(0.8))
    assert "due since 2025-12-31; its test proposes false" in cli("predictions").out
    told = cli(
        "resolve", "q1", "false", "--on", "2026-01-20", "--source", "https://example.org/", "--note", "7 %"
    )
    assert told.out.startswith("recorded: own#q1 false on 2026-01-20")
    written = (own_home / "library" / "resolutions.yaml").read_text(encoding="utf-8")
    assert '- id: own#q1\n  outcome: false\n  on: 2026-01-20\n  source: "https://example.org/"' in written
    data = {each["id"]: each for each in cli("predictions", "--json").data["predictions"]}
    assert data["own#q1"]["outcome"]["source"] == "https://example.org/"
    before = {
        each["id"]: each for each in cli("predictions", "--as-of", "2026-01-10", "--json").data["predictions"]
    }
    assert before["own#q1"]["state"] == "due"
    assert cli("resolve", "q1", "--undo").status == 0
    assert "due since 2025-12-31" in cli("predictions").out
    assert cli("resolve", "q1", "--undo").status == 2


def test_a_probability_is_entered_listed_scored_and_taken_back(
    cli: Cli, note: Callable[[str], None], own_home: Path
) -> None:
    note(DUE.format(0.8).replace("..2025-12-31", "..2026-12-31"))
    assert "no forecast of own#q1: briefing forecast q1 0.3 enters one" in cli("forecast", "q1").err
    assert cli("forecast", "q1", "30 %").out.startswith("recorded: own#q1 30 % on 2026-09-20")
    told = cli("forecast", "q1", "0.45", "--note", "放缓", "--json").data
    assert told["forecast"] == {"chance": 0.45, "on": "2026-09-20", "note": "放缓"}
    assert [each["chance"] for each in told["forecasts"]] == [0.3, 0.45]
    assert (own_home / "library" / "forecasts.yaml").samefile(told["path"])
    board = cli("predictions", "--json").data
    listed = {each["id"]: each for each in board["predictions"]}["own#q1"]
    assert (len(listed["forecasts"]), listed["counted"]) == (2, None)
    assert board["reader"]["states"]["open"] == 1
    assert "45 %" in cli("predictions").out
    before = cli("predictions", "--as-of", "2026-09-19", "--json").data
    assert before["reader"] is None
    assert cli("resolve", "q1", "true", "--on", "2026-09-21").status == 0
    after = cli("predictions", "--as-of", "2026-09-20", "--json").data
    assert after["reader"]["scored"] == 0
    assert cli("resolve", "q1", "--undo").status == 0
    assert "taken back: own#q1 45 %" in cli("forecast", "q1", "--undo").out
    assert cli("forecast", "q1").out == "2026-09-20  30 %\n"
    assert cli("forecast", "q1", "--undo").status == 0
    assert "no forecast of own#q1 is recorded" in cli("forecast", "q1", "--undo").err


def test_the_word_of_an_author_is_mapped_for_all_predictions(cli: Cli, note: Callable[[str], None]) -> None:
    note(DUE.format("").replace("resolves:", "wording: Will\nresolves:"))
    assert cli("forecast", "q1", "0.9", "--word").out.startswith('recorded: "Will" read as 90 %')
    listed = {each["id"]: each for each in cli("predictions", "--json").data["predictions"]}
    assert listed["own#q1"]["chance"] == {"value": 0.9, "basis": "mapped"}
    assert "90 % read by you" in cli("predictions").out
    assert cli("predictions", "--json").data["words"] == {"will": 0.9}
    assert cli("forecast", "q1", "--word", "--undo", "--json").data["word"] == {"word": "Will", "chance": 0.9}
    assert 'no reading of "Will" is recorded' in cli("forecast", "q1", "--word", "--undo").err


@pytest.mark.parametrize(
    ("argv", "status", "words"),
    [
        (("c10", "0.3"), 2, "is no prediction but of kind claim"),
        (("p1", "30"), 2, "no probability; expected a number from 0 to 1, or a share as 30 %"),
        (("p4", "0.3"), 2, "void at birth"),
        (("q1", "0.3"), 2, "its window closed on 2025-12-31"),
        (("q1", "0.3", "--word"), 2, "names no word of its author"),
    ],
)
def test_what_cannot_be_forecast_is_refused_in_words(
    cli: Cli, note: Callable[[str], None], argv: tuple[str, ...], status: int, words: str
) -> None:
    note(DUE.format(0.8))
    refused = cli("forecast", *argv)
    assert refused.status == status
    assert words in refused.err


def test_faults_of_the_readers_own_files_are_checked_and_stop_writing(cli: Cli, own_home: Path) -> None:
    path = own_home / "library" / "forecasts.yaml"
    path.write_text("- id: a#p1\n  chance: 3\n  on: 2026-01-01\n", encoding="utf-8")
    checked = cli("check")
    assert checked.status == 1
    assert f'{path}:2: chance "3" is no probability' in checked.out
    refused = cli("forecast", "p1", "0.3")
    assert (refused.status, "mend it first" in refused.err) == (4, True)
    path.unlink()


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("p1",), "an outcome is missing"),
        (("p1", "tru", "--on", "2026"), "nearest: true"),
        (("p1", "true"), "--on is missing"),
        (("p1", "true", "--on", "2026-13"), "2026-13"),
        (("p4", "true", "--on", "2026"), "void at birth"),
    ],
)
def test_what_cannot_be_recorded_is_refused_in_words(cli: Cli, argv: tuple[str, ...], words: str) -> None:
    refused = cli("resolve", *argv)
    assert refused.status == 2
    assert words in refused.err


def test_an_expression_is_worked_out_with_its_inputs(cli: Cli) -> None:
    missed = cli("test", "mean(cn.m2_m1_gap, 2024Q1) ~ 4.6 +- 0.2", "--json")
    assert (missed.status, missed.data["holds"]) == (1, False)
    assert missed.data["value"] == pytest.approx(17.5 / 3)
    assert [each["series"] for each in missed.data["inputs"]] == ["cn.m2_m1_gap", "cn.m2_yoy", "cn.m1_yoy"]
    assert cli("test", "last(cn.m2_yoy) > 1").status == 0
    earlier = cli("test", "last(cn.m2_yoy)", "--as-of", "2024-02-01").out
    assert "2023-12" in earlier


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("mean(cn.m2_yoi, 2023)", "nearest: cn.m2_yoy"),
        ("mean(cn.m2_yoy, 2023", "column 21"),
        ("(" * 9_999, "column"),
    ],
)
def test_what_is_no_expression_is_refused_with_its_place(cli: Cli, expression: str, words: str) -> None:
    refused = cli("test", expression)
    assert refused.status == 2
    assert words in refused.err


def test_hostile_expressions_end_in_an_answer_or_a_refusal(cli: Cli) -> None:
    for text in CORPUS:
        told = cli("test", "--", text.replace("\0", ""))
        assert told.status in (0, 1, 2), text
        assert (told.out + told.err).replace("\n", "").isprintable(), text


def test_check_looks_at_claims_and_tables_when_asked(cli: Cli, note: Callable[[str], None]) -> None:
    note("| | 2024 | 2025 | growth |\n|---|---|---|---|\n| chips | 100 | 150 | 40 % |\n")
    assert "void at birth" not in cli("check").out
    found = cli("check", "--claims").out
    assert "deadline: void at birth: closed 2025-12-31, made 2026-04" in found
    assert 'table: row "chips", column "growth"' in found
    assert "own.md:8: " in found


@pytest.mark.parametrize("day", [[], ["--as-of", "2026-09-01"]])
def test_read_and_show_set_verdicts_beside_figures_and_claims_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], day: list[str]
) -> None:
    monkeypatch.setenv("BRIEFING_HOME", str(tmp_path / "new"))
    monkeypatch.setattr(Session, "now", lambda _: NOW)
    assert run(["read", "china-legal-shield#bottom-line", "--width", "100", *day]) == 0
    assert "the series gives 7.78 pp 2023 ✗ (C10)" in " ".join(capsys.readouterr().out.split())
    assert run(["show", "c10", *day]) == 0
    assert "✗ contradicted" in capsys.readouterr().out
