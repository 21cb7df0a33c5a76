"""A refresh against a server, over real sockets, into a real store: what comes is kept."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cache.rows import to_moment
from cache.vintages import Vintages
from sources.catalogue.indicator import Source
from sources.network.gate import Gate
from sources.network.http import Client
from sources.network.terms import Network
from sources.refreshing.attempts import Attempts
from sources.refreshing.clocks import states
from sources.refreshing.planning import Means, plan
from sources.refreshing.progress import Done, Failed, Fetched, Finished, Found, Started, Stored
from sources.refreshing.refresh import Refresh, Tools, run
from tests.loopback import Reply
from tests.refreshing import FIRST, GROWTH, NOW, PRICES, SECOND, Desk, done, figure, only, provider, reply


async def test_figures_come_whole_with_their_origin(desk: Desk) -> None:
    desk.server.answer("GET", "/bank", reply(FIRST))
    events = await desk.refresh(GROWTH, PRICES)
    assert [type(event) for event in events] == [Started, Fetched, Stored, Stored, Finished, Done]
    assert done(events).summary == "3 new, 0 revised."
    assert done(events).stored == ("cn.growth", "cn.prices")
    assert desk.values("cn.growth") == {"2026-06": 8.3, "2026-07": 8.8}
    row = desk.tools.vintages.read("cn.growth")[0]
    origin = desk.tools.vintages.provenance(row.provenance)
    assert origin
    assert (origin.provider, origin.agency, origin.carrier) == ("bank", "An agency", "Bank")
    assert origin.url == desk.server.url("/bank")
    assert desk.tools.evidence
    assert desk.tools.evidence.body(origin.digest) == FIRST.encode()


async def test_one_url_is_asked_once_for_all_its_figures(desk: Desk) -> None:
    desk.server.answer("GET", "/bank", reply(FIRST))
    await desk.refresh(GROWTH, PRICES)
    assert len(desk.server.seen) == 1


async def test_a_second_refresh_brings_what_is_new_and_what_was_revised(desk: Desk) -> None:
    desk.server.answer("GET", "/bank", reply(FIRST), reply(SECOND))
    await desk.refresh(GROWTH)
    desk.wait(days=1)
    events = await desk.refresh(GROWTH)
    (stored,) = only(Stored, events)
    assert [(str(each.period), each.new) for each in stored.new] == [("2026-08", 9.1)]
    assert [(str(each.period), each.old, each.new) for each in stored.revised] == [("2026-06", 8.3, 8.2)]
    assert done(events).summary == "1 new, 1 revised."
    june = date(2026, 6, 1).toordinal()
    known = [row for row in desk.tools.vintages.read_all("cn.growth") if row.day == june]
    assert [row.value for row in known] == [8.3, 8.2]
    assert known[-1].vintage == to_moment(desk.now)


async def test_what_was_only_revised_counts_as_changed_for_all_that_rests_on_it(desk: Desk) -> None:
    desk.server.answer("GET", "/bank", reply(FIRST), reply("growth,2026-06,8.2 growth,2026-07,8.8"))
    await desk.refresh(GROWTH)
    desk.wait(days=1)
    events = await desk.refresh(GROWTH)
    assert done(events).stored == ("cn.growth",)
    assert (done(events).new, done(events).revised) == (0, 1)
    assert [(end.new, end.revised) for end in only(Finished, events)] == [(0, 1)]


async def test_what_did_not_change_costs_no_body_and_moves_checked(desk: Desk) -> None:
    desk.server.answer("GET", "/bank", reply(FIRST, '"1"'))
    await desk.refresh(GROWTH)
    desk.wait(hours=1)
    events = await desk.refresh(GROWTH)
    (fetched,) = only(Fetched, events)
    assert (fetched.not_modified, fetched.received) == (True, 0)
    assert done(events).summary == "0 new, 0 revised."
    assert desk.tools.attempts.series()["cn.growth"].success == desk.now
    assert {row.vintage for row in desk.tools.vintages.read("cn.growth")} <= {to_moment(NOW)} | {
        row.vintage for row in desk.tools.vintages.read("cn.growth") if row.basis == "calendar"
    }


@pytest.mark.parametrize(
    "type_", ["text/html", "application/octet-stream", "image/png", "text/csv; charset=utf-8", ""]
)
async def test_a_good_body_counts_whatever_it_is_called(desk: Desk, type_: str) -> None:
    headers = {"Content-Type": type_} if type_ else {}
    desk.server.answer("GET", "/bank", Reply(FIRST.encode(), headers=headers))
    for _ in range(2):
        assert done(await desk.refresh(GROWTH, asked=["cn.growth"])).failed == ()
    assert desk.values("cn.growth") == {"2026-06": 8.3, "2026-07": 8.8}


async def test_a_source_that_dates_its_answers_is_asked_by_the_date(desk: Desk) -> None:
    date = "Mon, 14 Sep 2026 12:00:00 GMT"
    first = Reply(FIRST.encode(), headers={"Last-Modified": date})
    desk.server.answer("GET", "/bank", first, Reply(status=304))
    await desk.refresh(GROWTH)
    desk.wait(hours=1)
    (fetched,) = only(Fetched, await desk.refresh(GROWTH))
    assert (fetched.not_modified, fetched.received) == (True, 0)
    assert desk.server.seen[1].header("if-modified-since") == date
    assert desk.values("cn.growth") == {"2026-06": 8.3, "2026-07": 8.8}


async def test_a_figure_added_later_is_read_from_what_is_held(desk: Desk) -> None:
    desk.server.answer("GET", "/bank", reply(FIRST, '"1"'))
    await desk.refresh(GROWTH)
    desk.wait(hours=1)
    await desk.refresh(GROWTH, PRICES)
    assert desk.values("cn.prices") == {"2026-07": 0.5}


async def test_what_is_fresh_is_not_asked(desk: Desk) -> None:
    desk.server.answer("GET", "/bank", reply(SECOND))
    await desk.refresh(GROWTH)
    events = await desk.refresh(GROWTH)
    assert events == [Done("Nothing is due.")]
    assert len(desk.server.seen) == 1
    await desk.refresh(GROWTH, asked=["cn.growth"])
    assert len(desk.server.seen) == 2


async def test_pages_are_followed_and_do_not_go_round(desk: Desk) -> None:
    desk.server.answer("GET", "/bank", reply("growth,2026-08,9.1 next,/older"))
    desk.server.answer("GET", "/older", reply("growth,2026-07,8.8 growth,2026-06,8.3"))
    await desk.refresh(GROWTH)
    assert list(desk.values("cn.growth").values()) == [8.3, 8.8, 9.1]
    desk.server.answer("GET", "/older", reply("next,/bank"))
    events = await desk.refresh(GROWTH, asked=["cn.growth"])
    assert only(Failed, events)[0].words == "Bank sends pages without end."


async def test_vintages_are_published_seen_or_by_the_calendar(desk: Desk) -> None:
    history = "growth,2026-03,1 growth,2026-07,2,2026-08-14 growth,2026-08,3"
    desk.server.answer("GET", "/bank", reply(history))
    await desk.refresh(GROWTH)
    rows = desk.tools.vintages.read("cn.growth")
    found = [(row.basis, row.vintage) for row in rows]
    assert found == [
        ("calendar", to_moment(datetime(2026, 4, 15, 23, 59, 59, tzinfo=UTC))),
        ("published", to_moment(datetime(2026, 8, 14, tzinfo=UTC))),
        ("calendar", to_moment(datetime(2026, 9, 15, 23, 59, 59, tzinfo=UTC))),
    ]
    desk.wait(days=60)  # asked after the window of September and told nothing: what comes then is seen
    await desk.refresh(GROWTH)
    desk.wait(days=1)
    desk.server.answer("GET", "/bank", reply(history + " growth,2026-09,4"))
    await desk.refresh(GROWTH)
    newest = desk.tools.vintages.read("cn.growth")[-1]
    assert (newest.basis, newest.vintage) == ("seen", to_moment(desk.now))


async def test_a_point_that_vanished_is_told_and_kept(desk: Desk) -> None:
    desk.server.answer("GET", "/bank", reply(FIRST), reply("growth,2026-06,8.3"))
    await desk.refresh(GROWTH)
    (stored,) = only(Stored, await desk.refresh(GROWTH))
    assert [str(period) for period in stored.vanished] == ["2026-07"]
    assert desk.values("cn.growth") == {"2026-06": 8.3, "2026-07": 8.8}


async def test_a_check_that_disagrees_is_found_with_both_values(desk: Desk) -> None:
    desk.providers["other"] = provider(desk.server, "other")
    entry = replace(GROWTH, check=Source("other", (("column", "m2"),)), tolerance=0.05)
    desk.server.answer("GET", "/bank", reply(FIRST))
    desk.server.answer("GET", "/other", reply("m2,2026-06,8.35 m2,2026-07,9.0"))
    events = await desk.refresh(entry)
    (found,) = only(Found, events)
    assert (str(found.period), found.value, found.check_value) == ("2026-07", 8.8, 9.0)
    assert (found.provider, found.check_provider) == ("bank", "other")
    assert desk.values("cn.growth")["2026-07"] == 8.8


async def test_a_check_that_fails_costs_a_note_only(desk: Desk) -> None:
    desk.providers["other"] = provider(desk.server, "other")
    entry = replace(GROWTH, check=Source("other", (("column", "m2"),)), tolerance=0.05)
    desk.server.answer("GET", "/bank", reply(FIRST))
    events = await desk.refresh(entry)
    assert done(events).failed == ()
    notes = [event.notes for event in only(Finished, events) if event.provider == "other"]
    assert notes == [("check of cn.growth: Other knows nothing under this address (404).",)]


# ---------------------------------------------------------------------- many at once, and the end


async def test_no_host_is_asked_more_at_once_than_it_allows(desk: Desk) -> None:
    desk.providers["bank"] = provider(desk.server, per_host=2)
    desk.server.answer_all(Reply(b"x,2026-08,1", delay=0.02))
    entries = [figure(f"cn.f{number}", path=f"/{number}") for number in range(20)]
    refresh = Refresh(desk.tools)
    async with aclosing(refresh.run(desk.plan(*entries[:12]))) as events:
        first = await anext(events)
        assert isinstance(first, Started)
        assert refresh.press(desk.plan(*entries)) == 8  # the second press adds what the first did not ask
        rest = [event async for event in events]
    assert sorted(request.path for request in desk.server.seen) == sorted(
        f"/{number}" for number in range(20)
    )
    assert desk.server.most_at_once == 2
    assert len(only(Stored, rest)) == 20


async def test_requests_to_a_host_keep_their_distance() -> None:
    now, waits = [0.0], list[float]()

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    gate, everywhere = Gate(1, 1.5, clock=lambda: now[0], sleep=sleep), asyncio.Semaphore(64)
    for _ in range(3):
        async with gate.passing(everywhere):
            now[0] += 0.5
    assert waits == [1.0, 1.0]


async def test_an_end_in_the_middle_keeps_what_came_and_ends_at_once(desk: Desk) -> None:
    desk.server.answer("GET", "/bank", reply(FIRST))
    desk.server.answer("GET", "/slow", Reply(fault="hang"))
    wanted = desk.plan(GROWTH, figure("cn.slow", path="/slow"))

    async def walk() -> None:
        async with aclosing(run(wanted, desk.tools)) as events:
            async for event in events:
                if isinstance(event, Stored):
                    return

    desk.providers["bank"] = provider(desk.server, per_host=2)
    await asyncio.wait_for(walk(), 5)
    assert desk.values("cn.growth") == {"2026-06": 8.3, "2026-07": 8.8}
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    assert others == []


async def test_the_order_in_which_answers_come_makes_no_difference(desk: Desk, tmp_path: Path) -> None:
    entries = [figure(f"cn.f{number}", path=f"/{number}") for number in range(6)]
    kept = []
    for round_ in range(2):
        for number in range(6):
            body = f"f{number},2026-07,{number} f{number},2026-08,{number}.5".encode()
            delay = (number if round_ else 5 - number) * 0.004
            desk.server.answer("GET", f"/{number}", Reply(body, delay=delay))
        with closing(Vintages.open(tmp_path / str(round_))) as vintages:
            desk.providers["bank"] = provider(desk.server, per_host=4)
            tools = replace(desk.tools, vintages=vintages, responses=None, evidence=None)
            held = states(entries, vintages, {})
            wanted = plan(entries, held, NOW, Means(desk.providers.__getitem__))
            async for _event in run(wanted, tools):
                pass
            kept.append({entry.id: [row[:5] for row in vintages.read(entry.id)] for entry in entries})
    assert kept[0] == kept[1]


async def test_two_processes_may_refresh_at_once(desk: Desk) -> None:
    desk.server.answer("GET", "/bank", reply(FIRST))
    with closing(Vintages.open(desk.folder)) as vintages, closing(Attempts.open(desk.folder)) as attempts:
        client = Client(Network(allowed=frozenset({"127.0.0.1"})))
        other = replace(desk.tools, client=client, vintages=vintages, attempts=attempts)
        wanted = desk.plan(GROWTH, PRICES)

        async def walk(tools: Tools) -> Done:
            return done([event async for event in run(wanted, tools)])

        ends = await asyncio.gather(walk(desk.tools), walk(other))
        await client.aclose()
    assert [end.failed for end in ends] == [(), ()]
    assert sum(end.new for end in ends) == 3
    assert desk.values("cn.growth") == {"2026-06": 8.3, "2026-07": 8.8}
