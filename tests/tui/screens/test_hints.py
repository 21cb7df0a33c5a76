"""Hints: which letters, where they stand, and that they reach all that can be opened."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tests.tui.conftest import Open, Reader
from tui.screens.hints import VERBS, Hints
from tui.widgets.labels import LETTERS, labelled, labels, placed, spots

SIZES = [(60, 16), (80, 24), (120, 40)]
PAGES = {
    "overview": "0",
    "topic": "3",
    "ledger": "c",
    "scoreboard": "p",
    "library": "l",
    "sources": "S",
}
HOSTILE = (
    "---\nkind: briefing\nid: evil\ntitle: Evil\ndate: 2099-01-01\n---\n# Head {#h}\n"
    "[link\x1b[8m](https://example.org/\x1b[31m) [[sm\x1b[2Jci]] [[华为|华\x9b为]]\n"
)


def hints_of(reader: Reader) -> Hints:
    hints = reader.shell._hints
    assert hints
    return hints


def label_of(reader: Reader, text: str) -> str:
    """The letters over the link with a text."""
    for hint in hints_of(reader).all:
        strip = hint.widget.drawn_line(hint.row)
        words = {str(s.style.meta): s.text for s in strip if s.style and s.style.meta}
        key = "link" if "link" in hint.widget.opens else "tab"
        if any(text in word and repr(hint.target) in meta and key in meta for meta, word in words.items()):
            return hint.label
    raise AssertionError(f"no hint on {text!r}")


@given(st.integers(0, 800))
def test_labels_are_as_many_as_asked_and_none_begins_another(count: int) -> None:
    made = labels(count)
    assert len(made) == len(set(made)) == count
    assert not any(a != b and b.startswith(a) for a in made for b in made[:40])
    assert set("".join(made)) <= set(LETTERS)


@given(st.integers(1, 700))
def test_labels_take_as_few_letters_as_they_can(count: int) -> None:
    lengths = list(map(len, labels(count)))
    assert lengths == sorted(lengths)
    assert 9 ** (lengths[-1] - 1) <= count <= 9 ** lengths[-1]
    assert lengths[-1] - lengths[0] <= 1


STRIPS = st.lists(st.tuples(st.text("a 华b", max_size=6), st.booleans()), max_size=8)


@given(STRIPS, st.integers(1, 3))
def test_labels_keep_the_width_of_a_row_and_never_cover_each_other(
    parts: list[tuple[str, bool]], size: int
) -> None:
    segments = [
        Segment(text, Style(meta={"link": (0, number)}) if linked else Style())
        for number, (text, linked) in enumerate(parts)
    ]
    strip = Strip(segments)
    found, free = [], 0
    for spot in spots(strip, 0, "link"):
        label = placed("abc"[:size], spot.column, strip, free)
        assert label.column >= free
        found.append(label)
        free = label.column + size
    drawn = labelled(strip, found, Style(), Style())
    assert drawn.cell_length == strip.cell_length
    for label in found:
        end = min(label.column + size, strip.cell_length)
        assert drawn.crop(label.column, end).text == "abc"[: max(0, end - label.column)]


def test_a_label_stands_in_the_blanks_before_a_link_and_else_over_it() -> None:
    assert placed("a", 4, Strip([Segment("ab  link")]), 0).column == 2
    assert placed("as", 4, Strip([Segment("ab  link")]), 0).column == 2
    assert placed("a", 3, Strip([Segment("ab link")]), 0).column == 2
    assert placed("as", 3, Strip([Segment("ab link")]), 0).column == 3
    assert placed("a", 1, Strip([Segment("(link")]), 0).column == 1
    assert placed("a", 2, Strip([Segment(" ▸link")]), 0).column == 0
    assert placed("as", 2, Strip([Segment(" >link")]), 0).column == 0


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("page", PAGES)
async def test_every_link_in_sight_has_one_hint_and_nothing_else(
    reading: Open, size: tuple[int, int], page: str
) -> None:
    async with reading(size=size) as reader:
        await reader.press("question_mark", PAGES[page])
        before = await reader.settled()
        screen = await reader.press("f")
        hints = hints_of(reader).all
        shell = reader.shell
        panes = [pane for pane in (shell.reading, shell.side) if pane.display]
        linked = sum(len(pane.port.visible_targets()) for pane in panes)
        assert len(hints) == linked + 6
        assert len({hint.label for hint in hints}) == len(hints)
        rows = screen.split("\n")
        assert len(rows) == size[1]
        for hint in hints:
            origin = hint.widget.region
            assert 0 <= hint.row < hint.widget.drawn.height
            assert 0 <= hint.column < hint.widget.drawn.width
            row = shell._compositor.render_strips()[origin.y + hint.row]
            column = origin.x + hint.column
            assert row.crop(column, column + len(hint.label)).text == hint.label
        assert rows[-1].endswith(f"{len(hints)} hints")
        assert await reader.press("escape") == before


async def test_letters_narrow_then_open_and_back_returns(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("3", "f")
        label = next(hint.label for hint in hints_of(reader).all if len(hint.label) == 2)
        narrowed = await reader.press(label[0])
        assert re.search(r"\d+ of \d+ hints$", narrowed.split("\n")[-1])
        await reader.press("backspace")
        assert hints_of(reader).typed == ""
        await reader.press(*label_of(reader, "Huawei 华为"))
        assert "Huawei 华为" in await reader.row(0)
        await reader.press("backspace")
        assert reader.focused() == "Huawei 华为"


async def test_while_hints_show_no_other_key_does_anything(reading: Open) -> None:
    async with reading() as reader:
        before = (await reader.press("3", "f")).split("\n")
        for key in ("q", "w", "pagedown", "5", "slash", "enter", "ctrl+p", "question_mark", "left"):
            after = (await reader.press(key)).split("\n")
            assert after[:-2] + after[-1:] == before[:-2] + before[-1:]
        assert "hints" not in (await reader.press("escape")).split("\n")[-2]


async def test_a_letter_that_no_hint_has_is_named(reading: Open) -> None:
    async with reading(keys={"app.close": "f4"}) as reader:
        row = (await reader.press("3", "f", "q")).split("\n")[-2]
        assert row.strip() == "q is no letter of these. f4 takes them away."
        assert "Type letters to open" in (await reader.press("k")).split("\n")[-2]


async def test_tab_turns_what_the_letters_do(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("3")
        for number, verb in enumerate(VERBS):
            screen = await reader.press("f", *["tab"] * number)
            assert f"tab: {VERBS[(number + 1) % 4]}" in screen
            assert hints_of(reader).verb == verb
            await reader.press("escape")
        await reader.press("f", "tab", "tab")
        assert "Copied: Huawei" in await reader.press(*label_of(reader, "Huawei 华为"))
        assert reader.app.clipboard.startswith("Huawei, huawei")
        await reader.press("1", "f", "tab", "tab", "tab")
        label = label_of(reader, "Decree 835")
        assert "enter opens https://" in await reader.press(*label)


@pytest.mark.parametrize("size", SIZES)
async def test_beside_keeps_the_place_and_escape_returns_to_it(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        before = await reader.press("3", "j", "tab")
        await reader.press("F")
        label = label_of(reader, "Huawei 华为")
        screen = await reader.press(*label)
        assert "Also called" in screen
        if size[0] >= 104:
            assert "Who is in it" in screen
        assert await reader.press("escape") == before


async def test_back_returns_to_what_lay_beside(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("0")
        await reader.focus_on("C10")
        await reader.press("O")
        before = await reader.press("greater_than_sign", "j", "tab")
        assert await reader.press("enter") != before
        assert await reader.press("backspace") == before


async def test_beside_in_an_outline_goes_to_its_line(reading: Open) -> None:
    async with reading() as reader:
        there = (await reader.press("2", "t", "j", "j", "enter")).split("\n")[:-1]
        assert "Ten months" in there[2]
        assert (await reader.press("2", "g", "t", "j", "j", "O")).split("\n")[:-1] == there
        await reader.press("2", "g", "t", "F")
        assert (await reader.press(*label_of(reader, "Ten months"))).split("\n")[:-1] == there


async def test_links_beside_are_those_of_the_page_beside(reading: Open) -> None:
    note = "---\nkind: briefing\nid: zeta\ntitle: Zeta\ndate: 2027-01-01\n---\n# Words {#w}\nSee [[eta]].\n"
    eta = "---\nkind: note\nid: eta\ntitle: Eta\n---\n# One {#one}\nto [[#two]]\n\n# Two {#two}\nsecond 二\n"
    async with reading({"zeta.md": note, "eta.md": eta}, size=(120, 40)) as reader:
        await reader.press("tab", "O", "greater_than_sign")
        screen = await reader.press("enter")
        assert "second 二" in screen
        assert "No item" not in screen


async def test_hints_work_in_an_outline_on_a_card_and_beside(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("1", "t", "f")
        screen = await reader.press(*label_of(reader, "First uses"))
        assert not reader.shell.outlined
        assert "First uses" in screen
        await reader.press("3", "f")
        await reader.press(*label_of(reader, "Huawei 华为"))
        await reader.press("f", "tab")
        label = label_of(reader, "Decree 835")
        assert "Regulation on Countering" in await reader.press(*label)
        await reader.press("f")
        await reader.press(*label_of(reader, "C01"))
        assert "C01" in await reader.row(0)


async def test_a_resize_or_a_click_ends_hints(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("3", "f")
        await reader.pilot.resize_terminal(80, 24)
        assert "hints" not in (await reader.row(22))
        assert reader.shell._hints is None
        await reader.press("f")
        await reader.pilot.click("#bar", offset=(3, 1))
        await reader.screen()
        assert reader.shell._hints is None


async def test_hints_over_hostile_text_keep_it_harmless(reading: Open) -> None:
    async with reading({"evil.md": HOSTILE}) as reader:
        screen = await reader.press("f")
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", screen)
        label = label_of(reader, "华")
        assert "Huawei 华为" in await reader.press(*label)


@pytest.mark.parametrize("key", ["f", "F"])
async def test_a_click_on_letters_does_what_typing_them_does(reading: Open, key: str) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("c", key)
        label = label_of(reader, "C10")
        hints = reader.shell._hints
        assert hints is not None
        hint = next(hint for hint in hints.all if hint.label == label)
        await reader.pilot.click("#reading", offset=(hint.column, hint.row))
        screen = await reader.screen()
        assert "Type letters" not in screen
        assert "Steps" in screen
        assert ("Ledger of claims" in screen.split("\n")[0]) is (key == "F")


async def test_a_click_on_letters_on_a_tab_goes_there(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        rows = (await reader.press("f")).split("\n")
        await reader.pilot.click(offset=(rows[1].index("2 Monetary") - 2, 1))
        assert "▸2 Monetary stability" in await reader.screen()


async def test_a_key_that_types_no_letter_says_so_and_leaves_the_hints(reading: Open) -> None:
    async with reading() as reader:
        await reader.press("f")
        assert "right is no letter of these. esc takes them away." in await reader.press("right")
        assert hints_of(reader).all
