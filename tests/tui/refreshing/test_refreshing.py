"""A refresh as it is told: how far it is, and what it came to in a line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sources.model import Period
from sources.refreshing.progress import (
    Changed,
    Done,
    Event,
    Failed,
    Fetched,
    Finished,
    Started,
    Stored,
    summed_up,
)
from tui.refreshing.beside import STOPPED, Progress

TITLES = {"cn.m2_yoy": "M2 growth", "cn.m1_yoy": "M1 growth", "cn.cpi_yoy": "Consumer prices"}


def changed(period: str, old: float | None = None) -> Changed:
    return Changed(Period.parse(period), 7.5, old)


def folded(*events: Event) -> Progress:
    progress = Progress()
    for event in events:
        progress = progress.after(event)
    return progress


def summary(*events: Event) -> str:
    return folded(*events, summed_up(events)).summary(TITLES.__getitem__, ["cn.m2_yoy"])


ASKED = Started("bank", "Bank", ("cn.m2_yoy", "cn.m1_yoy"))


def test_the_line_counts_the_sources_that_are_through() -> None:
    other = Started("office", "Office", ("cn.cpi_yoy",))
    assert folded(ASKED, other).line == "asking 0 of 2"
    assert folded(ASKED, other, Finished("office")).line == "asking 1 of 2"
    assert folded(ASKED, Finished("bank"), Done("0 new, 0 revised.")).line == ""


def test_what_is_known_of_a_source_is_gathered() -> None:
    events = (
        ASKED,
        Fetched("bank", "https://bank.example/", 120),
        Fetched("bank", "https://bank.example/2", 80),
    )
    asked = folded(*events).providers["bank"]
    assert (asked.step, asked.figures, asked.received) == ("asking", 2, 200)
    failed = Failed("bank", ("cn.m2_yoy",), "Bank refused us (403).", "refused", Period.parse("2026-08"))
    asked = folded(*events, failed, Finished("bank", failed=1)).providers["bank"]
    assert (asked.step, asked.words) == ("failed", "Bank refused us (403). Kept 2026-08.")


def test_the_summary_names_what_changed_and_counts_the_rest() -> None:
    stored = (
        Stored("bank", "cn.m2_yoy", new=(changed("2026-08"), changed("2026-09"))),
        Stored("bank", "cn.m1_yoy", revised=(changed("2026-08", 7.4),)),
        Stored("bank", "cn.cpi_yoy", new=(changed("2026-09"),)),
    )
    words = summary(ASKED, *stored, Finished("bank", new=3, revised=1))
    assert words == "M2 growth 2026-09 new and 1 before; M1 growth 2026-08 revised; 1 more."


def test_the_summary_says_where_the_reason_of_a_failure_is() -> None:
    failed = Failed("bank", ("cn.m2_yoy",), "Bank refused us (403).", "refused")
    assert summary(ASKED, failed, Finished("bank", failed=1)) == (
        "1 source failed: S says why. Nothing changed."
    )


def test_without_a_network_one_line_says_so() -> None:
    failed = Failed("bank", ("cn.m2_yoy",), "No way to Bank.", "network")
    words = summary(ASKED, failed, Finished("bank", failed=1))
    assert words == "No network. 0 of 1 sources reached. Kept figures stand. R tries again."


def test_a_refresh_that_asked_nobody_says_why() -> None:
    assert folded(Done("Nothing is due.")).summary(str) == "Nothing is due."


def test_a_stopped_refresh_says_what_came_all_the_same() -> None:
    stored = Stored("bank", "cn.m2_yoy", new=(changed("2026-09"),))
    ended = folded(ASKED, stored, Done(STOPPED))
    assert ended.summary(TITLES.__getitem__) == "Stopped. M2 growth 2026-09 new."
    assert folded(ASKED, Done(STOPPED)).summary(TITLES.__getitem__) == STOPPED


STEPS = st.lists(
    st.sampled_from(
        [
            ASKED,
            Started("office", "Office", ("cn.cpi_yoy",)),
            Fetched("bank", "", 10),
            Fetched("nobody", "", 10),
            Stored("bank", "cn.m2_yoy", new=(changed("2026-09"),)),
            Failed("office", ("cn.cpi_yoy",), "Office is silent.", "silent"),
            Finished("bank", new=1),
            Finished("office", failed=1),
        ]
    )
)


@given(STEPS)
def test_in_whatever_order_things_are_told_a_summary_ends_it(events: list[Event]) -> None:
    progress = folded(*events)
    assert 0 <= progress.ended <= len(progress.providers)
    done = progress.after(summed_up(events))
    assert done.line == ""
    assert done.summary(TITLES.__getitem__)
