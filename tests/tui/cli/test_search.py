"""`briefing search`: on a shell and as JSON."""

from __future__ import annotations

from tests.tui.cli.test_cli import cli, sound_home
from tests.tui.commanding import Cli

__all__ = ["cli", "sound_home"]


def test_hits_are_listed_by_kind_with_a_sentence(cli: Cli) -> None:
    result = cli("search", "anvils")
    assert result.status == 0
    lines = result.out.splitlines()
    assert lines[0] == "roadrunner#x1  claim  ? Anvils fall"
    assert "acme#what  section  What it is" in lines
    assert "  A maker of anvils. It knows smci and roadrunner." in lines


def test_json_names_hits_and_what_is_marked(cli: Cli) -> None:
    data = cli("search", "anvils", "kind:section", "--json").envelope
    assert data["schema"] == "briefing/search/1"
    (hit, other) = sorted(data["data"]["hits"], key=lambda each: str(each["id"]))
    assert (hit["id"], hit["kind"], hit["document"], hit["line"]) == ("acme#what", "section", "acme", 10)
    assert hit["marked"] == ["anvils"]
    assert other["id"] == "roadrunner#facts"
    assert data["data"]["left_out"] == ["roadrunner#x1"]
    assert data["data"]["total"] == 2


def test_kind_and_limit_narrow(cli: Cli) -> None:
    result = cli("search", "--kind", "section", "--limit", "1", "anvils")
    assert len([line for line in result.out.splitlines() if "  section  " in line]) == 1
    assert "2 found; --limit shows more" in result.err


def test_outside_text_stays_harmless(cli: Cli) -> None:
    result = cli("search", "sells")
    assert "[sic] [/]" in result.out
    assert "\x1b" not in result.out


def test_nothing_found_names_the_nearest_word(cli: Cli) -> None:
    result = cli("search", "anvlis")
    assert (result.status, result.out) == (0, "")
    assert "Nearest word: anvils." in result.err
    assert cli("search", "anvlis", "--json").envelope["data"]["nearest"] == "anvils"


def test_what_means_nothing_is_refused(cli: Cli) -> None:
    result = cli("search", "kidn:claim", "--json")
    assert result.status == 2
    assert result.envelope["error"] == {
        "code": "query",
        "message": 'no key "kidn"; nearest: kind',
        "where": "",
    }
    assert cli("search", "--", "-").status == 2
