"""Paragraphs wrapped to a width."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.layout import cells, roles
from tui.layout.breaks import CLOSING, OPENING
from tui.layout.lines import Run
from tui.layout.wrap import wrap

WORDS = st.lists(
    st.text("abcXYZ09.,%()/中文，。（）《》é\u0301👩\u200d—✗?\t\n\u00a0", min_size=1, max_size=12),
    max_size=25,
)
TEXTS = WORDS.map(" ".join)


def wrapped(text: str, width: int, first: str = "", hanging: str = "") -> list[str]:
    leads = (Run(first, roles.QUIET),), (Run(hanging, roles.INK),)
    return [line.text for line in wrap([Run(text, roles.INK, -1, 0)], width, *leads)]


def styled(text: str, size: int) -> list[Run]:
    """`text` in runs of `size` characters, each of another role."""
    return [
        Run(text[at : at + size], roles.ROLES[at % len(roles.ROLES)], at, at)
        for at in range(0, len(text), size)
    ]


def test_a_short_linked_name_is_parted_only_where_nothing_else_fits() -> None:
    runs = [Run("列入名单的", roles.INK, -1, 0), Run("中芯国际", roles.LINK, 0, 5)]
    assert [line.text for line in wrap(runs, 14)] == ["列入名单的", "中芯国际"]
    assert [line.text for line in wrap(runs, 6)] == ["列入名", "单的", "中芯国", "际"]


@given(TEXTS, st.integers(2, 60), st.integers(0, 8), st.booleans(), st.booleans())
def test_no_line_is_wider_than_the_width(text: str, width: int, indent: int, wide: bool, hard: bool) -> None:
    lead = (Run(" " * indent, roles.INK),)
    for line in wrap(styled(text, 5), width, lead, lead, wide, hard):
        assert sum(cells.width(run.text, wide) for run in line.runs) <= width


@given(TEXTS, st.integers(1, 60), st.booleans())
def test_nothing_is_lost_but_blanks(text: str, width: int, hard: bool) -> None:
    lines = wrap(styled(text, 7), width, hard=hard)
    assert "".join("".join(line.text for line in lines).split()) == "".join(text.split())


@given(TEXTS, st.integers(1, 60))
def test_runs_know_where_they_stand_in_the_text(text: str, width: int) -> None:
    flow = text.replace("\t", " ").replace("\u00a0", " ")
    for line in wrap(styled(text, 4), width):
        for run in line.runs:
            assert run.text == flow[run.start : run.start + len(run.text)]
        assert line.text == flow[line.start : line.end]


@given(st.text("ab中文，。（）「」", max_size=80), st.integers(12, 40))
def test_punctuation_stays_with_its_word(text: str, width: int) -> None:
    text = re.sub("[，。（）「」]{2,}", "，", text)
    lines = wrapped(text, width)
    if max(map(len, re.findall("[ab，（。）「」]+", text)), default=0) * 2 < width:
        assert not any(line[0] in CLOSING for line in lines[1:])
        assert not any(line[-1] in OPENING for line in lines[:-1])


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two", 3, ["one", "two"]),
        ("gap of 4.8 pp here", 10, ["gap of", "4.8 pp", "here"]),
        ("in all 40 亿 a", 9, ["in all", "40 亿 a"]),
        ("it was 2023 ✗, so", 11, ["it was", "2023 ✗, so"]),
        ("narrow and stable ~✗j or not", 18, ["narrow and", "stable ~✗j or not"]),
        ("stable if <= 2, is 4.4", 12, ["stable if", "<= 2, is 4.4"]),
        ("fair / not", 5, ["fair", "/ not"]),
        ("a fixed\u00a0blank", 9, ["a", "fixed", "blank"]),
        ("so fixed\u00a0it", 9, ["so", "fixed it"]),
        ("自2026年4月13日起施行", 8, ["自2026年", "4月13日", "起施行"]),
        ("中文，中文（中）", 4, ["中", "文，", "中文", "（中", "）"]),
        ("使用M2同比", 6, ["使用M2", "同比"]),
        ("https://a.example/bcdefg", 10, ["https://a.", "example/bc", "defg"]),
        ("see https://a.example", 12, ["see", "https://a.", "example"]),
        ("yoy(cn.money_supply, 2024)", 16, ["yoy(cn.money_", "supply, 2024)"]),
        ("abcdefgh1,234,567", 12, ["abcdefgh1,23", "4,567"]),
        ("q_abcdefghijkl", 10, ["q_abcdefgh", "ijkl"]),
        ("中文字", 3, ["中", "文", "字"]),
        ("中文", 1, ["中", "文"]),
        ("one\n\ntwo", 9, ["one", "", "two"]),
        ("a\tb", 9, ["a b"]),
        ("", 9, [""]),
    ],
)
def test_lines_end_where_a_reader_expects(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


def test_accents_and_joined_emoji_are_never_parted() -> None:
    assert wrapped("e\u0301" * 5, 2) == ["e\u0301" * 2, "e\u0301" * 2, "e\u0301"]
    family = "👩\u200d👧"
    assert wrapped(family * 3, 4) == [family * 2, family]


def test_leads_indent_the_first_line_and_the_others() -> None:
    assert wrapped("one two", 8, first="10. ", hanging="    ") == ["10. one", "    two"]


def test_a_lead_leaves_half_of_a_narrow_line() -> None:
    assert wrapped("one two", 6, first=" " * 40, hanging=" " * 40) == ["   one", "   two"]


def test_styles_and_targets_survive_wrapping() -> None:
    runs = [Run("see ", roles.INK, -1, 0), Run("M2 growth", roles.LINK, 3, 4)]
    assert [line.runs for line in wrap(runs, 6)] == [
        (Run("see ", roles.INK, -1, 0), Run("M2", roles.LINK, 3, 4)),
        (Run("growth", roles.LINK, 3, 7),),
    ]


@pytest.mark.parametrize("text", ["x" * 10**5, "中" * 10**5, "，" * 10**5, "4 % " * 10**5, " " * 10**6 + "a"])
def test_long_paragraphs_are_wrapped_whole(text: str) -> None:
    lines = wrapped(text, 72)
    assert sum(len(line.replace(" ", "")) for line in lines) == len(text.replace(" ", ""))
