"""What a refresh is made of: the names that users type, and a plan that asks no more than they mean."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cache.paths import places
from tests.refreshing import figures
from tui.refreshing.work import UnknownName, Work, home_page
from tui.settings.settings import Settings

NOW = datetime(2026, 9, 20, 12, tzinfo=UTC)


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    settings = Settings(places({"BRIEFING_HOME": str(tmp_path)}), offline=True)
    with Work(settings, {}, clock=lambda: NOW) as work:
        yield work


def test_ids_topics_and_sources_name_indicators(work: Work) -> None:
    assert work.wanted(["cn.m2_yoy"]) == ("cn.m2_yoy",)
    assert "cn.m2_m1_gap" in work.wanted(["monetary-stability"])
    assert {
        entry.source.provider
        for name in work.wanted(["ecb"])
        if (entry := work.catalogue.get(name)) and entry.source
    } == {"ecb"}
    assert work.wanted(["cn.m2_yoy", "monetary-stability"])[0] == "cn.m2_yoy"


def test_an_unknown_name_comes_with_the_nearest(work: Work) -> None:
    with pytest.raises(UnknownName, match=r'"cn.m2_yy"; nearest: cn.m2_yoy'):
        work.wanted(["cn.m2_yoy", "cn.m2_yy"])


def test_a_derived_figure_asks_for_its_parts(work: Work) -> None:
    assert set(figures(work.plan(["cn.m2_m1_gap"]))) == {"cn.m2_yoy", "cn.m1_yoy"}


def test_shipped_figures_that_are_the_newest_are_not_due(work: Work) -> None:
    due = figures(work.plan())
    assert "cn.m2_yoy" not in due
    assert "cn.aaa_5y" in due


async def test_offline_nothing_is_asked(work: Work) -> None:
    events = [event async for event in work.refresh(work.plan())]
    assert [event.summary for event in events] == ["Started with --offline. Refresh is off."]  # type: ignore[union-attr]


async def test_where_nothing_can_be_asked_the_reason_is_told(tmp_path: Path) -> None:
    with Work(Settings(places({"BRIEFING_HOME": str(tmp_path)})), {}, clock=lambda: NOW) as work:
        events = [event async for event in work.refresh(work.plan(["hk.hstech"]))]
    assert "Yahoo Finance is off" in events[-1].summary  # type: ignore[union-attr]


def test_the_home_page_is_that_of_the_distribution(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "desk_of_tests-1.0.dist-info"
    folder.mkdir()
    told = "Metadata-Version: 2.1\nName: desk-of-tests\nVersion: 1.0\n"
    (folder / "METADATA").write_text(f"{told}Project-URL: Homepage, https://example.org/desk\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert home_page("desk-of-tests") == "https://example.org/desk"
    assert home_page("no-such-distribution") == ""
