"""Plots as SVG: well-formed whatever the words, self-contained, and small."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.charts.multiples import multiples
from briefings.charts.palettes import DARK, LIGHT
from briefings.charts.pictures import Legend, svg
from briefings.charts.plots import Plot, Reference, View, line_of, plot_of
from sources.model import Observation, Period, Series

HOSTILE = 'a<b>&"\x1b]0;x\x07\x00\ud800\ufffe 央'
SVG = "{http://www.w3.org/2000/svg}"


def plot(values: list[float], name: str = "M2") -> Plot:
    found = [
        Observation(Period(date(2020, 1, 1) + timedelta(n), "D"), value) for n, value in enumerate(values)
    ]
    return plot_of([line_of(Series("cn.m2", "%", "D", found), name, label_zh="广义货币")])


def drawn(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text.encode("utf-8"))  # noqa: S314 - what we wrote ourselves


def words(picture: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}text")]


def paths(picture: ElementTree.Element) -> list[str]:
    return [element.attrib["d"] for element in picture.iter(f"{SVG}path")]


@given(
    st.lists(st.floats(), max_size=60),
    st.text(max_size=30),
    st.integers(0, 2000),
    st.integers(0, 2000),
    st.booleans(),
)
def test_any_plot_with_any_words_is_well_formed(
    values: list[float], text: str, width: int, height: int, log: bool
) -> None:
    whole = plot(values, text)._replace(log=log)
    made = svg(whole, Legend(text, text, text, (text, text)), width, height)
    drawn(made)
    assert not re.search(r"\b(nan|inf)\b", " ".join(paths(drawn(made))))


def test_words_are_words_and_act_on_nothing() -> None:
    text = svg(plot([1.0, 2.0]), Legend(HOSTILE, notes=(HOSTILE,)))
    assert not {"\x1b", "\x07", "\x00"} & set(text)
    assert any("a<b>&" in each for each in words(drawn(text)))
    assert "央" in text


@given(
    st.integers(320, 1200),
    st.lists(st.sampled_from(["M2", "Growth of the stock", "广义货币余额"]), min_size=1),
)
def test_a_title_stays_inside_of_the_picture_and_is_broken_once(width: int, names: list[str]) -> None:
    title = "; ".join(names)
    picture = drawn(svg(plot([1.0, 2.0]), Legend(title, subtitle="below"), width))
    lines = [each for each in picture.iter(f"{SVG}text") if each.get("font-weight")]
    assert 1 <= len(lines) <= 2
    assert all(float(each.attrib["x"]) + _bold(each.text or "") <= width for each in lines)
    (below,) = [each for each in picture.iter(f"{SVG}text") if each.text == "below"]
    assert float(below.attrib["y"]) > max(float(each.attrib["y"]) for each in lines) + 13
    if len(lines) == 1:
        assert lines[0].text == title


def _bold(text: str) -> float:
    """Pixels of a text in bold letters of 20 pixels, 13 for a narrow one, 20 for a wide."""
    return sum(20.0 if ord(letter) > 0x2E80 else 12.9 for letter in text)


def test_a_unit_stays_inside_of_the_picture() -> None:
    found = [Observation(Period(date(2020, each, 1), "M"), 1000.0 * each) for each in range(1, 6)]
    loans = plot_of([line_of(Series("cn.new_loans", "bn CNY", "M", found), "New loans")])
    for at in range(320, 900, 60):
        picture = drawn(svg(loans, Legend("New loans"), at))
        (unit,) = [each for each in picture.iter(f"{SVG}text") if each.text == "bn CNY"]
        is_left = unit.get("text-anchor") == "start"
        assert float(unit.attrib["x"]) - (0 if is_left else len("bn CNY") * 6.3) >= 20


def test_nothing_is_fetched_or_run() -> None:
    text = svg(plot([1.0, 2.0]), Legend("M2"))
    assert re.findall(r"https?://[^\"]+", text) == ["http://www.w3.org/2000/svg"]
    assert {element.tag.removeprefix(SVG) for element in drawn(text).iter()} <= {
        "svg", "title", "desc", "rect", "line", "text", "path",
    }  # fmt: skip


def test_gaps_part_the_path_and_single_figures_are_dots() -> None:
    found = [(0, 1.0), (1, 2.0), (40, 3.0), (80, 4.0), (81, 5.0)]
    line = line_of(
        Series(
            "a.b",
            "%",
            "W",
            [Observation(Period(date(2020, 1, 1) + timedelta(7 * n), "W"), v) for n, v in found],
        )
    )
    (path,) = paths(drawn(svg(plot_of([line]), Legend("Gaps"))))
    assert path.count("M") == 3
    assert path.count("L") == 2


def test_the_names_of_several_lines_stand_at_their_ends() -> None:
    one, other = plot([1.0, 2.0], "First").lines[0], plot([3.0, 4.0], "Other").lines[0]._replace(id="c.d")
    picture = drawn(svg(plot_of([one, other]), Legend("Two")))
    assert {"First 广义货币", "Other 广义货币"} <= set(words(picture))


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_stated_values_have_their_letter(palette: object) -> None:
    line = plot([1.0, 2.0, 3.0]).lines[0]
    said = Reference("", line.id, line.days[0], line.days[1], 5.0)
    picture = drawn(svg(plot_of([line], [said]), Legend("M2"), palette=palette))  # type: ignore[arg-type]
    assert "A" in words(picture)


def test_a_hundred_thousand_figures_make_a_small_file() -> None:
    values = [float(n % 977) for n in range(100_000)]
    assert len(svg(plot(values), Legend("Many"))) < 100_000


@given(
    st.lists(st.lists(st.floats(-1e6, 1e6), max_size=30), max_size=9), st.sampled_from(["plain", "rebased"])
)
def test_each_line_has_a_small_chart_of_its_own_inside_of_the_picture(
    values: list[list[float]], view: View
) -> None:
    whole = plot_of([plot(each, "M2 增速").lines[0]._replace(id=f"a.b{n}") for n, each in enumerate(values)])
    picture = drawn(multiples(whole._replace(view=view), Legend("Small 小图", notes=("as\u00a0noted",))))
    width, height = float(picture.attrib["width"]), float(picture.attrib["height"])
    assert words(picture).count("M2 增速 广义货币") == len(values)
    assert all(0 <= float(each.attrib["x"]) <= width for each in picture.iter(f"{SVG}text"))
    assert all(0 < float(each.attrib["y"]) <= height for each in picture.iter(f"{SVG}text"))
