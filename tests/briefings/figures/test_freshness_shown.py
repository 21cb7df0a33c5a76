"""How fresh figures are, as lists and cards say it, over the snapshot that ships."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from briefings.desk import Desk, Library
from briefings.figures.rows import FigureRow
from sources.refreshing.agreement import Agreement, Disagreement
from sources.refreshing.attempts import Attempt, Attempts
from tests.homes import places_in

SEPTEMBER = date(2026, 9, 20)
"""When the snapshot was made: August is out, and September is not."""


@pytest.fixture
def home(tmp_path: Path) -> Library:
    return Library(places_in(tmp_path))


@pytest.fixture
def desk(home: Library) -> Iterator[Desk]:
    opened = Desk(home, SEPTEMBER)
    yield opened
    opened.close()


def row(desk: Desk, name: str, topic: str = "monetary-stability") -> FigureRow:
    return next(row for row in desk.figures_of(topic) if row.id == name)


def remember(home: Library, **kept: object) -> None:
    attempts = Attempts.open(home.places.store)
    attempts.keep(**kept)  # type: ignore[arg-type]
    attempts.close()


@pytest.mark.parametrize(
    ("day", "state", "word"),
    [
        (SEPTEMBER, "fresh", "fresh"),
        (date(2026, 10, 12), "due", "due 10-15 Oct"),
        (date(2026, 11, 24), "stale", "stale 40d"),
    ],
)
def test_a_row_says_how_fresh_it_is(home: Library, day: date, state: str, word: str) -> None:
    desk = Desk(home, day)
    assert row(desk, "cn.m2_yoy")[8:10] == (state, word)
    assert row(desk, "cn.m2_m1_gap")[8:10] == (state, f"{word}, derived")
    desk.close()


def test_a_derived_one_is_as_stale_as_its_stalest_part(desk: Desk) -> None:
    assert row(desk, "cn.cgb_10y").state == "stale"
    assert row(desk, "cn.aaa_cgb_5y", "risks").word.startswith("stale")


def test_a_derived_one_that_lacks_a_part_was_never_held(desk: Desk) -> None:
    part, whole = desk.indicator("us.treasury_10y"), desk.indicator("cn.cn_us_10y")
    assert part
    assert whole
    assert (part.row.word, whole.row.word) == ("never", "never, derived")
    facts = dict(whole.facts)
    assert "Kept" not in facts["State"]


def test_failing_tells_more_than_age(home: Library, desk: Desk) -> None:
    attempt = Attempt().failed(datetime(2026, 9, 3, tzinfo=UTC), "Eastmoney refused us (403).")
    remember(home, series={"cn.m1_yoy": attempt})
    assert row(desk, "cn.m1_yoy").word == "failing since 3 Sep"
    assert row(desk, "cn.m2_yoy").word == "fresh"
    assert row(desk, "cn.m2_m1_gap").word == "failing since 3 Sep, derived"
    facts = dict(desk.indicator("cn.m1_yoy").facts)  # type: ignore[union-attr]
    assert facts["State"] == "Eastmoney refused us (403). Failing since 3 Sep. Kept: August."


def test_a_card_of_a_shipped_figure_says_where_it_comes_from(desk: Desk) -> None:
    card = desk.indicator("cn.m2_yoy")
    assert card
    facts = dict(card.facts)
    assert card.tags == ("snapshot",)
    assert facts["State"] == "Shipped figure, never asked from here; next 10-15 Oct."
    assert facts["Asked"] == "never from here; the figures came with the program"
    assert facts["Vintage"].startswith("2026-08 known by 2026-09-15")
    assert facts["Retrieved"].endswith("the answer is not held")
    assert facts["Source"].startswith("eastmoney ")
    assert facts["Licence"]


def test_a_derived_card_names_its_parts_and_a_break(desk: Desk) -> None:
    card = desk.indicator("cn.m2_m1_gap")
    assert card
    assert card.tags == ("snapshot", "derived")
    assert card.parts == (("cn.m2_yoy", "M2 growth"), ("cn.m1_yoy", "M1 growth"))
    assert dict(card.facts)["Break"] == "between 2023-12 and 2024-01"


def test_what_was_asked_is_no_snapshot_any_more(home: Library, desk: Desk) -> None:
    remember(home, series={"cn.m2_yoy": Attempt().succeeded(datetime(2026, 9, 19, 12, tzinfo=UTC))})
    card = desk.indicator("cn.m2_yoy")
    assert card
    assert card.tags == ()
    assert dict(card.facts)["Asked"].startswith("2026-09-")
    assert dict(card.facts)["State"].startswith("Newest published")


def test_checks_are_told_and_where_they_differ(home: Library, desk: Desk) -> None:
    noon = datetime(2026, 9, 19, 12, tzinfo=UTC)
    differing = (Disagreement("2026-07", 4.0, 4.2),)
    remember(
        home,
        checks={
            "cn.m2_yoy": Agreement("People's Bank 人民银行", noon, 22),
            "cn.m1_yoy": Agreement("People's Bank", noon, 10, differing),
        },
    )
    equal, other = desk.indicator("cn.m2_yoy"), desk.indicator("cn.m1_yoy")
    assert equal
    assert other
    assert equal.checked == "People's Bank 人民银行: equal in 22 of 22 months, 2026-09-19"
    assert other.checked == "People's Bank: differs in 1; 10 months compared, 2026-09-19"
    assert other.differing == (("2026-07", "4.0", "4.2"),)
    assert [row(desk, name).differs for name in ("cn.m2_yoy", "cn.m1_yoy")] == [False, True]


def test_the_message_of_a_figure_says_who_carries_it(desk: Desk) -> None:
    assert desk.explained("last(cn.m2_yoy)").endswith("PBOC by Eastmoney, known by 2026-09-15")


def test_how_all_stand_is_known_once_it_was_prepared(home: Library, desk: Desk) -> None:
    assert desk.standing() is None
    assert desk.upkeep.prepare_figures()
    standing = desk.standing()
    assert standing
    assert standing.asked == ""
    assert {state for state, _ in standing.lines} == {"fresh", "due", "stale", "never"}
    assert not desk.upkeep.prepare_figures()


def test_a_second_start_looks_everything_up(
    home: Library, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.upkeep.prepare_figures()
    rows = desk.figures_of("risks")
    monkeypatch.setattr("briefings.figures.observing.Observing", lambda *_: pytest.fail("worked out"))
    second = Desk(home, SEPTEMBER)
    assert second.standing() == desk.standing()
    assert second.figures_of("risks") == rows
    second.close()


def test_a_figure_that_nobody_is_asked_for_grows_old_all_the_same(desk: Desk) -> None:
    flow = row(desk, "cn.tsf_flow")
    assert (flow.period, flow.state, flow.word) == ("2026-04", "stale", "stale 97d")
    card = desk.indicator("cn.tsf_flow")
    assert card
    assert card.providers == ()
    assert dict(card.facts)["State"] == "May was due by 15 June. Kept: April."


def test_while_another_process_writes_reading_waits_for_nothing(home: Library, desk: Desk) -> None:
    desk.index.connection.execute("PRAGMA busy_timeout = 3600000")
    with closing(sqlite3.connect(desk.library.index_path(), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        rows = desk.figures_of("risks")
        assert desk.figure("last(cn.m2_yoy)") == "7.5 % 2026-08"
    assert rows == desk.figures_of("risks")
    assert desk.index.connection.execute("SELECT count(*) FROM figures").fetchone() == (0,)


def test_who_prepares_waits_for_another_process_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = list[bool]()
    keep = desk.index.keep_figure

    def keeping(expression: str, stamp: str, text: str, *, patient: bool) -> bool:
        waits.append(patient)
        return keep(expression, stamp, text)

    desk.figures_of("risks")
    monkeypatch.setattr(desk.index, "keep_figure", keeping)
    with closing(sqlite3.connect(desk.library.index_path(), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        desk.upkeep.prepare_figures()
        desk.figure("last(cn.m2_yoy)")
    assert len(waits) > 5
    assert waits == [True] + [False] * (len(waits) - 1)


@pytest.mark.parametrize("what", ["day", "attempts"])
def test_what_freshness_rests_on_makes_it_anew(home: Library, desk: Desk, what: str) -> None:
    desk.upkeep.prepare_figures()
    if what == "attempts":
        remember(home, series={"cn.m1_yoy": Attempt().failed(datetime(2026, 9, 3, tzinfo=UTC), "No.")})
    later = Desk(home, date(2026, 11, 24) if what == "day" else SEPTEMBER)
    assert later.standing() is None
    assert row(later, "cn.m1_yoy").state == ("stale" if what == "day" else "failing")
    later.close()


def test_a_text_cannot_ask_for_what_is_kept_beside_it(desk: Desk) -> None:
    desk.upkeep.prepare_figures()
    for name in ("standing 1", "\0standing 1", "\0topic 1 risks"):
        assert desk.figure(name) is None
