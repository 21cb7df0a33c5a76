"""`briefing refresh` and `briefing sources` against a server on this machine, with recorded answers."""

from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from briefings.desk import Library, open_desk
from cache.paths import places
from cache.store import StoreError
from cache.vintages import Vintages
from sources.model import Period
from sources.refreshing.planning import Plan, Skipped
from sources.refreshing.progress import Changed, Done, Event, Failed, Finished, Found, Started, Stored
from tests.loopback import Loopback, Reply
from tests.refreshing import no_wait
from tests.tui.commanding import Cli, Result
from tui.cli import refreshed, refreshing, run
from tui.cli.session import Session
from tui.refreshing.work import Work

ROOT = Path(__file__).parents[3]
ANSWERS = ROOT / "tests/sources/adapters/answers"
BODY = (ANSWERS / "eastmoney/currency_supply.json").read_bytes().replace(b'"pages":75', b'"pages":1')
NEWER = BODY.replace(b'SAME":7.7', b'SAME":7.6').replace(b"2026-06-01", b"2026-09-01").replace(
    "2026年06月份".encode(), "2026年09月份".encode()
)  # fmt: skip
MONEY = (
    "/api/data/v1/get?reportName=RPT_ECONOMY_CURRENCY_SUPPLY&columns=ALL&source=WEB&client=WEB"
    "&sortColumns=REPORT_DATE&sortTypes=-1&pageNumber=1&pageSize=500"
)
HOSTS = ("datacenter-web.eastmoney.com", "www.pbc.gov.cn", "api.worldbank.org", "api.stlouisfed.org")
NOW = datetime(2026, 10, 14, 12, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as server:
        yield server


@pytest.fixture
def place(tmp_path: Path, server: Loopback, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose sources are at the server."""
    routes = [f'"{host}" = "{server.url()}"' for host in HOSTS]
    (tmp_path / "config").mkdir(mode=0o700)
    (tmp_path / "config/config.toml").write_text("\n".join(["[network.routes]", *routes]))
    monkeypatch.setenv("BRIEFING_HOME", str(tmp_path))
    for name in [name for name in os.environ if name.upper().endswith("_PROXY") or name.startswith("SSL_")]:
        monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture
def cli(place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """A function that runs a command on 14 October 2026, in which nobody waits."""

    def opened(session: Session) -> Work:
        return Work(session.settings, os.environ, clock=session.now, sleep=no_wait)

    monkeypatch.setattr(Session, "now", lambda _: NOW)
    monkeypatch.setattr(refreshing, "open_work", opened)

    def command(*argv: str) -> Result:
        return Result(run(argv), *capsys.readouterr())

    return command


def test_a_small_revision_is_told_with_the_decimals_that_show_it(cli: Cli, server: Loopback) -> None:
    server.answer("GET", MONEY, Reply(BODY.replace(b'SAME":7.7', b'SAME":7.69')))
    lines = [line.split() for line in cli("refresh", "cn.m2_yoy").out.splitlines()]
    assert ["revised", "cn.m2_yoy", "2026-07", "7.69", "%", "was", "7.70"] in lines
    lines = [line.split() for line in cli("series", "cn.m2_yoy", "--vintages").out.splitlines()]
    assert any(line[:2] == ["2026-07", "7.69"] and "-0.01" in line for line in lines)


def test_what_is_new_and_revised_is_told_and_kept(cli: Cli, server: Loopback) -> None:
    server.answer("GET", MONEY, Reply(NEWER))
    result = cli("refresh", "cn.m2_yoy")
    lines = [line.split() for line in result.out.splitlines()]
    assert result.status == 0
    assert lines[0] == ["Eastmoney", "1", "new,", "1", "revised"]
    assert ["new", "cn.m2_yoy", "2026-09", "8.0", "%"] in lines
    assert ["revised", "cn.m2_yoy", "2026-07", "7.6", "%", "was", "7.7"] in lines
    assert result.err == "1 new, 1 revised.\n"
    (series,) = cli("series", "cn.m2_yoy", "--last", "1", "--json").data
    (newest,) = series["observations"]
    assert (newest["period"], newest["value"], newest["basis"]) == ("2026-09", 8.0, "seen")
    assert series["state"] == "fresh"


OWN = """---
id: own
kind: note
title: Own
---

```claim
id: k1
says: Money grew by more than 7.8 per cent in September
test: value(cn.m2_yoy, 2026-09) > 7.8
```
"""


OPEN = """
```claim
id: k2
says: Money grew by more than 1 per cent since 2025
test: mean(cn.m2_yoy, 2025-01..) > 1
```
"""


def test_a_verdict_that_new_figures_change_is_told(cli: Cli, server: Loopback, place: Path) -> None:
    (place / "library").mkdir()
    (place / "library/own.md").write_text(OWN)
    with closing(open_desk(Library(places({"BRIEFING_HOME": str(place), "HOME": str(place)})))) as desk:
        desk.upkeep.prepare_figures()
        assert desk.upkeep.settle().judged
        assert [row.word for row in desk.verdicts("own")] == ["data ends"]
    server.answer("GET", MONEY, Reply(NEWER))
    result = cli("refresh", "cn.m2_yoy", "--json")
    assert [(each["claim"], each["verdict"]) for each in result.data["verdicts"]] == [("own#k1", "supported")]
    assert result.err == "1 new, 1 revised. 1 verdict changed: briefing claims shows them.\n"


def test_a_second_refresh_downloads_nothing(cli: Cli, server: Loopback) -> None:
    server.answer("GET", MONEY, Reply(NEWER, headers={"ETag": '"1"'}))
    assert cli("refresh", "cn.m2_yoy").status == 0
    again = cli("refresh", "cn.m2_yoy", "--json")
    assert again.status == 0
    bank = again.data["providers"][0]
    assert (bank["id"], bank["state"], bank["received"]) == ("eastmoney", "done", 0)
    assert again.data["changes"] == []


def test_a_source_that_fails_ends_with_status_3_and_keeps_its_figures(cli: Cli, server: Loopback) -> None:
    server.answer_all(Reply(b"busy", 503))
    result = cli("refresh", "cn.m2_yoy", "cn.m2_gdp", "--json")
    assert result.status == 3
    states = {each["id"]: each for each in result.data["providers"]}
    assert states["eastmoney"]["state"] == states["worldbank"]["state"] == "failed"
    (failure,) = states["eastmoney"]["failures"]
    assert (failure["figures"], failure["kept"]) == (["cn.m2_yoy"], "2026-08")
    assert "Eastmoney" in failure["words"]
    (series,) = cli("series", "cn.m2_yoy", "--last", "1", "--json").data
    assert (series["observations"][0]["value"], series["state"]) == (7.5, "failing")


def test_one_failure_among_successes_is_status_3_too(cli: Cli, server: Loopback) -> None:
    server.answer("GET", MONEY, Reply(NEWER))
    result = cli("refresh", "cn.m2_yoy", "cn.m2_gdp")
    assert result.status == 3
    assert "1 source failed" in result.err
    assert "cn.m2_yoy" in result.out


def test_offline_is_one_line(cli: Cli, server: Loopback) -> None:
    result = cli("--offline", "refresh")
    assert result == (3, "", "Started with --offline. Refresh is off.\n")
    assert cli("refresh", "--offline", "--json").data["common"] == "offline"
    assert server.seen == []


def test_no_network_is_one_line(cli: Cli, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "no network")

    (place / "config/config.toml").write_text("")
    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    result = cli("refresh")
    assert (result.status, result.out) == (3, "")
    assert result.err.count("\n") == 1
    assert result.err.startswith("No network. 0 of ")


@pytest.mark.parametrize(
    ("name", "near"), [("cn.m2_yo", "cn.m2_yoy"), ("rsks", "risks"), ("eastmony", "eastmoney")]
)
def test_an_unknown_name_is_refused_with_the_nearest(cli: Cli, name: str, near: str) -> None:
    result = cli("refresh", name)
    assert (result.status, result.out) == (2, "")
    assert result.err == f'briefing: no indicator, topic or source "{name}"; nearest: {near}\n'


def test_of_a_name_like_no_other_it_is_said_where_names_are_listed(cli: Cli) -> None:
    words = "briefing indicators and briefing sources list them"
    assert cli("refresh", "nosuch").err == f'briefing: no indicator, topic or source "nosuch"; {words}\n'


def test_what_is_left_out_is_named_with_the_reason(cli: Cli) -> None:
    result = cli("refresh", "hk.hstech")
    assert result.status == 0
    assert "Yahoo Finance  not asked for hk.hstech: Yahoo Finance is off: it refuses programs." in result.out
    assert result.err == "Nothing was asked.\n"


def test_a_source_that_rests_after_failures_is_status_3(cli: Cli, server: Loopback) -> None:
    server.answer_all(Reply(b"later", 429, headers={"Retry-After": "600"}))
    assert cli("refresh", "cn.m2_gdp").status == 3
    asked = len(server.seen)
    result = cli("refresh", "cn.m2_gdp", "--json")
    assert result.status == 3
    assert result.data["providers"][0]["state"] == "skipped"
    assert len(server.seen) == asked


def test_figures_that_cannot_be_saved_are_status_4(
    cli: Cli, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("figures: no space left on the disk")

    server.answer("GET", MONEY, Reply(NEWER))
    monkeypatch.setattr(Vintages, "append_all", full)
    result = cli("refresh", "cn.m2_yoy")
    assert result.status == 4
    assert "no space left on the disk" in result.out


def test_a_store_in_memory_only_is_status_4(cli: Cli, server: Loopback, place: Path) -> None:
    server.answer("GET", MONEY, Reply(NEWER))
    (place / "store").write_text("in the way")
    result = cli("refresh", "cn.m2_yoy")
    assert result.status == 4
    assert result.err.startswith("briefing: ")


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_how_far_it_is_in_one_line_that_goes_again(
    cli: Cli, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answer("GET", MONEY, Reply(NEWER))
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    cli("refresh", "cn.m2_yoy")
    shown = screen.getvalue()
    assert "\rasking 0 of 1: Eastmoney" in shown
    line, _, rest = shown.rpartition("\r")
    assert not line.rpartition("\r")[2].strip()
    assert rest == "1 new, 1 revised.\n"


def _heed_interrupts() -> None:
    """As a shell starts programs: whoever runs the tests in the background lets them ignore ctrl+c."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_ends_with_status_130_and_says_that_all_is_kept(server: Loopback, place: Path) -> None:
    server.answer_all(Reply(fault="hang"))
    child = subprocess.Popen(
        [sys.executable, "-m", "tui.main", "refresh", "cn.m2_yoy"],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=_heed_interrupts,
    )
    assert server.received.wait(30)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=30)
    assert child.returncode == 130
    assert [line.split("  ")[-1].strip() for line in out.splitlines()] == ["stopped before it was done"] * 2
    assert err == "Stopped. Nothing new had come. Kept figures stand.\n"


def test_ctrl_c_lists_what_had_come(cli: Cli, server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    server.answer("GET", MONEY, Reply(NEWER))
    whole = Work.refresh

    async def interrupted(work: Work, plan: Plan) -> AsyncIterator[Event]:
        async with aclosing(whole(work, plan)) as told:
            async for event in told:
                yield event
                if isinstance(event, Stored):
                    raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Work, "refresh", interrupted)
        result = cli("refresh", "cn.m2_yoy")
    assert result.status == 130
    lines = [line.split() for line in result.out.splitlines()]
    assert lines[0] == ["Eastmoney", "stopped", "before", "it", "was", "done"]
    assert ["new", "cn.m2_yoy", "2026-09", "8.0", "%"] in lines
    assert result.err == "Stopped. 1 new, 1 revised had come, and are kept.\n"
    (series,) = cli("series", "cn.m2_yoy", "--last", "1", "--json").data
    assert series["observations"][-1]["period"] == "2026-09"


def test_a_disagreement_shows_both_values_and_vanished_ones_stay_named() -> None:
    month = Period.parse("2026-08")
    events: list[Event] = [
        Started("bank", "Bank", ("cn.x",)),
        Stored("bank", "cn.x", new=(Changed(month, 1.0),), vanished=(month,), earlier=3),
        Found("cn.x", month, "bank", 1.0, "other", 1.5, 0.1),
        Failed("bank", ("cn.y",), "Bank timed out after 30 s.", "silent", month),
        Finished("bank", new=1, failed=1),
        Done("1 new, 0 revised, 1 source failed.", new=1),
    ]
    plan = Plan(skipped=(Skipped("yahoo", ("us.vix",), "Yahoo is off."),))
    text = "\n".join(refreshed.lines(plan, events, {}))
    assert "Bank           1 new. Bank timed out after 30 s. Kept 2026-08." in text
    assert "Yahoo Finance  not asked for us.vix: Yahoo is off." in text
    assert "by bank; 1.50 by other" in text
    assert "gone from the source, kept here" in text
    assert "3 earlier values came" in text
    record = refreshed.record(plan, events, "summary")
    assert record["disagreements"][0]["check_value"] == 1.5
    assert record["changes"][0]["vanished"] == ["2026-08"]


def test_sources_tell_how_asking_went(cli: Cli, server: Loopback) -> None:
    server.answer("GET", MONEY, Reply(NEWER))
    cli("refresh", "cn.m2_yoy", "cn.m2_gdp")
    found = {each["id"]: each for each in cli("sources", "--json").data["providers"]}
    assert (found["eastmoney"]["state"], found["eastmoney"]["success"]) == ("answers", "2026-10-14T12:00:00Z")
    assert found["eastmoney"]["received"] == len(NEWER)
    assert found["worldbank"]["state"] == "failing"
    assert "World Bank" in found["worldbank"]["words"]
    assert (found["yahoo"]["state"], found["imf"]["state"]) == ("off", "unused")
    lines = cli("sources").out.splitlines()
    assert any(line.startswith("Eastmoney") and "2026-10-14 12:00Z" in line for line in lines)
    assert any('providers = ["yahoo"] in config.toml turns it on' in line for line in lines)


def test_sources_name_proxies_and_certificates_by_variable_without_credentials(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://user:hidden@proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "api.worldbank.org")
    monkeypatch.setenv("SSL_CERT_FILE", "/etc/own.pem")
    for argv in (("sources",), ("sources", "--json")):
        result = cli(*argv)
        assert "hidden" not in result.out + result.err
        assert "user" not in result.out.replace("users", "")
        assert "HTTPS_PROXY" in result.out
        assert "10 of 11 sources are asked through proxy.example:3128" in result.out
        assert "/etc/own.pem" in result.out
        assert "is asked in place of api.worldbank.org" in result.out
    monkeypatch.setenv("HTTPS_PROXY", "nonsense://hidden")
    result = cli("sources")
    assert "the variable HTTPS_PROXY names no proxy" in result.out
    assert "hidden" not in result.out


def test_answers_about_sources_are_as_the_page_tells(cli: Cli, server: Loopback) -> None:
    server.answer("GET", MONEY, Reply(NEWER))
    partly = cli("refresh", "cn.m2_yoy", "cn.m2_gdp", "hk.hstech", "--json")
    assert partly.status == 3
    states = {each["id"]: each["state"] for each in partly.data["providers"]}
    assert states == {"eastmoney": "done", "pboc": "done", "worldbank": "failed", "yahoo": "skipped"}
    assert partly.data["changes"]
    for command in ("sources", "series cn.m1_yoy", "indicators", "provenance cn.m2_yoy"):
        assert cli(*command.split(), "--json").data


KEY = "abcdef0123456789abcdef0123456789"
OWN_SERIES = """id: us.yuan
title: Yuan per dollar
unit: CNY
frequency: D
topics: [risks]
from: {provider: fred, series: DEXCHUS, vintages: "2015-01-01"}
"""


@pytest.mark.parametrize(
    ("reply", "status"),
    [
        (Reply((ANSWERS / "fred/dexchus.json").read_bytes(), headers={"ETag": '"1"'}), 0),
        (Reply(b'{"error_code": 400, "error_message": "api_key %s is bad"}' % KEY.encode(), status=400), 3),
        (Reply(b'{"error_code": 400, "error_message": "api_key %s is bad"}' % KEY.encode()), 3),
        (Reply(status=302, headers={"Location": f"https://elsewhere.example.org/?api_key={KEY}"}), 3),
        (Reply(b"half", fault="cut"), 3),
    ],
)
def test_a_key_is_sent_and_stands_nowhere_afterwards(
    cli: Cli, server: Loopback, place: Path, monkeypatch: pytest.MonkeyPatch, reply: Reply, status: int
) -> None:
    (place / "library/indicators").mkdir(parents=True)
    (place / "library/indicators/own.yaml").write_text(OWN_SERIES)
    monkeypatch.setenv("BRIEFING_FRED", KEY)
    server.answer_all(reply)
    picture = place / "yuan.svg"
    told = [
        cli("refresh", "us.yuan"),
        cli("sources", "--json"),
        cli("sources"),
        cli("series", "us.yuan", "--json"),
        cli("series", "us.yuan", "--vintages", "--json"),
        cli("provenance", "us.yuan", "--json"),
        cli("chart", "us.yuan", "-o", str(picture)),
        cli("doctor", "--json"),
        cli("locate", "--json"),
    ]
    assert told[0].status == status
    assert {dict(seen.query)["api_key"] for seen in server.seen} == {KEY}
    assert KEY not in "".join(f"{result.out}{result.err}" for result in told)
    files = [path for path in place.rglob("*") if path.is_file()]
    assert len(files) > 3
    assert [path.name for path in files if KEY in path.name or KEY.encode() in path.read_bytes()] == []


@pytest.mark.parametrize(
    "drift",
    [
        Reply(BODY.replace(b"BASIC_CURRENCY_SAME", b"BASIC_SAME")),
        Reply(b'{"success": false, "code": 9501, "message": "busy", "result": null}'),
        Reply(BODY.replace(b'"data":[', b'"data":{"a":[').replace(b"]", b"]}", 1)),
        Reply(b"<!DOCTYPE html><title>Log in</title>", headers={"Content-Type": "text/html"}),
    ],
    ids=["renamed", "error in a 200", "object for list", "a page"],
)
def test_an_answer_of_another_shape_changes_neither_figures_nor_verdicts(
    cli: Cli, server: Loopback, place: Path, drift: Reply
) -> None:
    def said() -> list[object]:
        series = cli("series", "cn.m2_yoy", "--json").data[0]["observations"]
        verdicts = [(each["id"], each["verdict"]) for each in cli("claims", "--json").data]
        return [series, verdicts]

    def mark() -> str:
        (own,) = [each for each in cli("claims", "--json").data if each["id"] == "own#k2"]
        return str(own["mark"])

    (place / "library").mkdir()
    another = OWN.replace("2026-09", "2026-08").replace("7.8", "7.4") + OPEN
    (place / "library/own.md").write_text(another)
    before = said()
    assert ("own#k1", "supported") in cast(list[object], before[1])
    server.answer("GET", MONEY, drift)
    result = cli("refresh", "cn.m2_yoy", "--json")
    assert result.status == 3
    assert result.data["verdicts"] == []
    (failure,) = result.data["providers"][0]["failures"]
    assert failure["words"].startswith("Eastmoney")
    assert said() == before
    assert cli("series", "cn.m2_yoy", "--json").data[0]["state"] == "failing"
    assert mark() == "~✓"  # newer figures could say otherwise, and cannot be had
