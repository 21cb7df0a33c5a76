"""Charts and tables as files: their names stay in the folder and are seen there. What is in them is safe to
open, whatever series are called, and is read again as it was kept."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.charts.png import is_available
from briefings.desk import Desk, Library, open_desk
from cache.paths import places
from sources.text import clean
from tui.pages.build import build
from tui.pages.page import Address, Page
from tui.pages.takeaway import body_for, default_file

HOSTILE = {
    "x.formula": "=cmd|' /C calc'!A0",
    "x.lines": "one\nid,period,value\ttwo\rthree\u2028four",
    "x.markup": "[red]x[/red] [/] [@click=app.quit]q[/] :smile: <b>*_`|",
    "x.escapes": "a\x1b]52;c;aGk=\x07b\x9b2Jc\u202ed\u2066\ufeff\u200fe",
    "x.elements": "]]><script>alert(1)</script>&<!-- -->&lt;\"' onload='x",
    "x.path": "../../.ssh/authorized_keys",
    "x.long": "很长" * 60,
}
"""Titles by id."""


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("cn.m2_yoy", "cn.m2_yoy.csv"),
        ("growth:cn.m2_yoy", "growth-cn.m2_yoy.csv"),
        ("../../.ssh/authorized_keys", "ssh-authorized_keys.csv"),
        ("/etc/passwd", "etc-passwd.csv"),
        ("--output", "output.csv"),
        ("~root", "root.csv"),
        ("..", "figures.csv"),
    ],
)
def test_a_file_is_named_after_what_is_in_it(name: str, file: str) -> None:
    assert default_file(Page(Address("table", name=name), path=(), reading=(), plotted=(name,))) == file


@pytest.mark.parametrize(
    ("name", "count", "file"),
    [
        ("monetary-stability", 3, "monetary-stability"),
        ("a.x a.y", 2, "a.x-a.y"),
        ("a.x a.y a.z a.u", 4, "comparison-of-4"),
    ],
)
def test_a_comparison_is_named_after_all_that_is_in_it(name: str, count: int, file: str) -> None:
    plotted = ("a.x", "a.y", "a.z", "a.u")[:count]
    page = Page(Address("compare", name=name), path=(), reading=(), plotted=plotted, panels=lambda: ())
    assert default_file(page).rpartition(".")[0] == file


def test_what_was_known_on_a_past_day_is_not_named_like_what_is_known_today() -> None:
    page = Page(Address("table", day=date(2026, 4, 20)), path=(), reading=(), plotted=("cn.m2_yoy",))
    assert default_file(page) == "cn.m2_yoy-as-of-2026-04-20.csv"


@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=3))
def test_no_name_leads_to_another_folder(names: list[str]) -> None:
    file = default_file(Page(Address("table"), path=(), reading=(), plotted=tuple(names)))
    assert Path(file).name == file
    assert re.match(r"[\w]", file)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A library whose own series are called what nothing should be called."""
    home = tmp_path_factory.mktemp("hostile")
    where = places({"BRIEFING_HOME": str(home), "HOME": str(home)})
    folder = where.library / "indicators"
    folder.mkdir(parents=True)
    for id_, title in HOSTILE.items():
        quoted = json.dumps(title)
        fields = f"id: {id_}\ntitle: {quoted}\ntitle_zh: {quoted}\nagency: {quoted}\nlicence: {quoted}\n"
        (folder / f"{id_}.yaml").write_text(f"{fields}derived: cn.m2_yoy * 1.0000001\nunit: '%'\n", "utf-8")
    desk = open_desk(Library(where, today=date(2026, 11, 28)))
    assert not desk.faults()
    yield desk
    desk.close()


def pages(desk: Desk) -> Iterator[Page]:
    for kind, name in (
        *(("indicator", id_) for id_ in HOSTILE),
        *(("table", f"{id_} largest > 5") for id_ in HOSTILE),
        ("compare", " ".join(HOSTILE)),
    ):
        page = build(desk, Address(kind, name=name))  # type: ignore[arg-type]
        assert page
        yield page


def test_figures_of_any_name_are_read_again_as_they_were_kept(desk: Desk, tmp_path: Path) -> None:
    for page in pages(desk):
        file = tmp_path / "figures.csv"
        file.write_bytes(body_for(desk, page, None, file, dark=False))
        with file.open(encoding="utf-8", newline="") as opened:
            rows = list(csv.DictReader(opened))
        kept = {name: desk.charts.table(name) for name in page.plotted}
        values = {(name, str(each.period)): each.value for name, t in kept.items() if t for each in t.entries}
        assert rows
        for row in rows:
            assert None not in row
            value = values[row["id"], row["period"]]
            assert abs(float(row["value"]) - value) <= 1e-13 * abs(value)
            for cell in (row["id"], row["unit"], row["definition"], row["vintage"], row["basis"]):
                assert not cell.startswith(("=", "+", "-", "@"))
                assert clean(cell) == cell


def test_pictures_of_any_name_are_only_pictures(desk: Desk) -> None:
    for page in pages(desk):
        if page.address.kind == "table":
            continue
        body = body_for(desk, page, None, Path("chart.svg"), dark=False).decode()
        assert clean(body) == body
        elements = list(ET.fromstring(body).iter())  # noqa: S314
        assert {re.sub("{.*}", "", element.tag) for element in elements} <= {
            *("svg", "title", "desc", "rect", "path", "text", "tspan", "line", "g", "polyline", "circle"),
        }
        assert not [name for element in elements for name in element.attrib if re.match("on|.*href", name)]
        words = "".join(element.text or "" for element in elements)
        assert "<script>" in words or "x.elements" not in page.plotted
        if is_available():
            assert body_for(desk, page, None, Path("chart.png"), dark=True).startswith(b"\x89PNG")
