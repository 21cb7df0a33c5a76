"""Numbers above a chart: each event is named, and none lies over another."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from briefings.charts.crowding import Crowding, marks
from briefings.charts.plots import Event


def numbered(count: int) -> list[Event]:
    return [Event(day, f"e{day}", str(day + 1)) for day in range(count)]


@given(st.lists(st.integers(0, 99), max_size=60).map(sorted), st.integers(0, 4))
def test_every_event_is_named_once_and_no_mark_lies_over_another(places: list[int], slack: int) -> None:
    events = numbered(len(places))
    found = marks(events, places, Crowding(slack, 1, 100, len))
    named: list[int] = []
    for mark in found:
        first, _, last = mark.text.partition("-")
        named += range(int(first), int(last or first) + 1)
    assert named == list(range(1, len(places) + 1))
    assert all(before.at + len(before.text) < after.at for before, after in pairwise(found))
    assert all(mark.at + len(mark.text) <= 100 for mark in found)


def test_those_that_have_room_stand_at_their_places() -> None:
    found = marks(numbered(5), [3, 20, 21, 21, 50], Crowding(1, 1, 60, len))
    assert [tuple(each) for each in found] == [(3, "1"), (20, "2"), (22, "3-4"), (50, "5")]
