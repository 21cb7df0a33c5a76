"""Figures in documents, over the snapshot that ships."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from briefings.desk import Desk, Library
from briefings.documents.items import links_in
from tests.homes import places_in

TODAY = date(2026, 11, 23)
NEVER_ASKED = ("us.bis_china_rules", "cn.rrr")
"""Series that ship no figure: the first refresh brings them."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = Desk(Library(places_in(tmp_path_factory.mktemp("home"))), TODAY)
    opened.upkeep.update()
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("mean(cn.m2_m1_gap, 2023)", "7.78 pp 2023"),
        ("mean(cn.m2_m1_gap, 2024Q1)", "5.83 pp 2024Q1"),
        ("mean(cn.tsf_stock_yoy, 2023)", "9.41 % 2023"),
        ("mean(cn.tsf_stock_yoy, 2024Q1)", "9.07 % 2024Q1"),
        ("mean(cn.aaa_5y, 2023)", "3.15 % 2023"),
        ("mean(cn.aaa_5y, 2024Q1)", "2.68 % 2024Q1"),
        ("last(cn.m2_yoy)", "7.5 % 2026-08"),
        ("last(cn.m2_m1_gap)", "3.4 pp 2026-08"),
        ("min(cn.m2_m1_gap, 2025-05..2026-02)", "1.2 pp 2025-05..2026-02"),
        ("stdev(cn.m2_m1_gap, 2025-05..2026-02)", "1.20 pp 2025-05..2026-02"),
        ("growth(12.4, 18.7)", "50.8 %"),
        ("last(gh.colossalai_stars)", "41,310 count 2025-12-29"),
        ("change(cn.m1_yoy, 2023-12..2024-01)", "definition changed ≢"),
        ("mean(cn.tsf_stock_yoy, 2019)", "data ends ⊣"),
        ("last(cn.rrr)", "no data ∅"),
    ],
)
def test_a_figure_shows_value_unit_and_period(desk: Desk, expression: str, text: str) -> None:
    assert desk.figure(expression) == text


@pytest.mark.parametrize(
    "expression", ["", "mean(", "last(xx.nothing)", "__import__('os')", "a" * 2000, "\x1b[2J", "1 / 0"]
)
def test_what_is_no_expression_of_known_series_has_no_text(desk: Desk, expression: str) -> None:
    assert desk.figure(expression) is None or "?" in str(desk.figure(expression))
    assert desk.explained(expression)


def test_a_figure_is_explained_by_its_arithmetic(desk: Desk) -> None:
    words = desk.explained("mean(cn.m2_m1_gap, 2023)")
    assert "5.9 7.1 7.6 7.1 6.9 8.2 8.4 8.4 8.2 8.4 8.7 8.4" in words
    assert "sum 93.3 / 12 = 7.775, shown 7.78" in words


def test_no_expression_of_the_bundled_documents_is_left_unresolved(desk: Desk) -> None:
    open_ones = []
    for listed in desk.documents():
        document = desk.document(listed.id)
        assert document is not None
        for block in document.blocks:
            for link in links_in(block):
                text = desk.figure(link.target) if link.kind == "figure" else ""
                if text is None or text.endswith(("∅", "⊣", "≢", "?")):
                    open_ones.append((listed.id, link.target, text))
    assert [each for each in open_ones if not any(name in each[1] for name in NEVER_ASKED)] == []
    assert {each[2] for each in open_ones} == {"no data ∅"}


def test_a_second_start_evaluates_nothing_that_has_not_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Library(places_in(tmp_path))
    first = Desk(home, TODAY)
    assert first.figure("last(cn.m2_yoy)") == "7.5 % 2026-08"
    first.close()
    monkeypatch.setattr("sources.expressions.evaluate", lambda *_, **__: pytest.fail("evaluated"))
    second = Desk(home, TODAY)
    assert second.figure("last(cn.m2_yoy)") == "7.5 % 2026-08"
    second.close()


def test_where_nothing_can_be_kept_the_shipped_figures_serve(tmp_path: Path) -> None:
    tmp_path.joinpath("store").write_text("in the way", encoding="utf-8")
    desk = Desk(Library(places_in(tmp_path)), TODAY)
    assert desk.figure("mean(cn.m2_m1_gap, 2023)") == "7.78 pp 2023"
    desk.close()
