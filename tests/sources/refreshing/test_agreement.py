"""What a figure and its check say of each other, remembered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sources.catalogue.indicator import Source
from sources.refreshing.agreement import Agreement, Disagreement
from sources.refreshing.attempts import Attempts
from tests.loopback import Reply
from tests.refreshing import FIRST, GROWTH, Desk, provider, reply

NOW = datetime(2026, 9, 20, 12, tzinfo=UTC)
VALUES = st.floats(-1e6, 1e6)
AGREEMENTS = st.builds(
    Agreement,
    st.sampled_from(["Bank", "国家统计局"]),
    st.none() | st.just(NOW),
    st.integers(0, 1000),
    st.lists(st.builds(Disagreement, st.sampled_from(["2026-06", "2026-07"]), VALUES, VALUES)).map(tuple),
)


@given(AGREEMENTS)
def test_what_is_stored_is_read_again(agreement: Agreement) -> None:
    assert Agreement.from_json(agreement.to_json()) == agreement


@given(st.text() | st.sampled_from(["[]", "null", '["x", 1, 2, []]', '["x", null, 2, [1]]', "[" * 10_000]))
def test_anything_else_is_read_as_nothing(text: str) -> None:
    assert Agreement.from_json(text) == Agreement()


def test_what_differed_stands_until_it_is_compared_again() -> None:
    june, july = Disagreement("2026-06", 8.3, 8.4), Disagreement("2026-07", 8.8, 9.0)
    before = Agreement("Bank", NOW, 2, (june, july))
    last = Agreement("Bank", NOW, 1)
    assert before.after(last, ["2026-07"]).differing == (june,)
    assert before.after(last, ["2026-06", "2026-07"]).differing == ()
    assert before.after(replace(last, name="Other"), ["2026-08"]).differing == ()


async def _checked(desk: Desk, answer: Reply) -> Agreement:
    desk.providers["other"] = provider(desk.server, "other")
    entry = replace(GROWTH, check=Source("other", (("column", "m2"),)), tolerance=0.05)
    desk.server.answer("GET", "/bank", reply(FIRST))
    desk.server.answer("GET", "/other", answer)
    await desk.refresh(entry)
    return desk.tools.attempts.checks().get(GROWTH.id, Agreement())


async def test_a_refresh_remembers_with_whom_and_where_a_figure_differs(desk: Desk) -> None:
    found = await _checked(desk, reply("m2,2026-06,8.35 m2,2026-07,9.0 m2,2025-01,1"))
    assert (found.name, found.moment, found.compared) == ("Other", desk.now, 2)
    assert found.differing == (Disagreement("2026-07", 8.8, 9.0),)


async def test_a_check_that_gives_no_common_period_is_no_check(desk: Desk) -> None:
    assert await _checked(desk, reply("m2,2025-01,1")) == Agreement()


def test_they_outlive_the_program(tmp_path: Path) -> None:
    agreement = Agreement("Bank", NOW, 3, (Disagreement("2026-07", 8.8, 9.0),))
    attempts = Attempts.open(tmp_path)
    attempts.keep(checks={"cn.growth": agreement})
    attempts.close()
    attempts = Attempts.open(tmp_path)
    assert attempts.checks() == {"cn.growth": agreement}
    assert attempts.series() == {}
    attempts.close()
