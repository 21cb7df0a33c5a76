"""The commands as of a past day."""

from __future__ import annotations

import pytest

from tests.tui.commanding import Cli

DAY = "2026-04-20"


@pytest.mark.parametrize(
    "command",
    [
        ("read", "china-legal-shield"),
        ("show", "c10"),
        ("list",),
        ("links", "huawei"),
        ("series", "cn.m2_yoy"),
        ("indicators",),
        ("claims",),
        ("predictions",),
        ("test", "last(cn.m2_yoy) > 8"),
    ],
)
def test_json_names_the_day(cli: Cli, command: tuple[str, ...]) -> None:
    assert cli(*command, "--as-of", DAY, "--json").envelope["as_of"] == DAY
    assert cli(*command, "--json").envelope["as_of"] is None


def test_the_day_may_be_typed_before_the_command(cli: Cli) -> None:
    behind = cli("series", "cn.m2_yoy", "--as-of", DAY, "--json").out
    assert cli("--as-of", DAY, "series", "cn.m2_yoy", "--json").out == behind
    assert cli("--json", f"--as-of={DAY}", "series", "cn.m2_yoy").out == behind


def test_a_text_has_the_figures_of_the_day_and_folds_what_was_known_later(cli: Cli) -> None:
    result = cli("read", "china-legal-shield", "--as-of", DAY)
    assert "M2 grew 8.5 % 2026-03" in result.out
    assert "M2 grew 7.5 %" not in result.out
    assert "Known from 2026-05-15 on." in result.out
    assert f"text of 2026-11-23, figures as of {DAY}" in result.err


def test_what_was_not_known_yet_is_refused_with_the_day_from_which_it_is(cli: Cli) -> None:
    result = cli("show", "nuctech-determination", "--as-of", DAY)
    assert result.status == 2
    assert "was not known on 2026-04-20; it is known from 2026-05-15 on" in result.err


def test_an_empty_history_says_from_when_on_there_is_one(cli: Cli) -> None:
    result = cli("series", "cn.m2_yoy", "--as-of", "1990")
    assert "Nothing was known of it on 1990-12-31. No history before " in result.out


@pytest.mark.parametrize("words", ["2199", "2026-13", "soon"])
def test_a_day_that_is_none_is_refused_with_what_was_expected(cli: Cli, words: str) -> None:
    result = cli("list", "--as-of", words)
    assert result.status == 2
    assert "expected" in result.err
