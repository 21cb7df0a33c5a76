"""The panes: one frame for a key, and nothing laid out that is not seen."""

from __future__ import annotations

import pytest
from textual.geometry import Size

from briefings.documents.model import Block, Link, Span
from tests.tui.conftest import Open, Reader
from tui.actions import scrolling
from tui.layout.context import PLAIN
from tui.layout.place import Place, Target
from tui.pages.page import Address
from tui.pages.pieces import Listing
from tui.widgets.document import DocumentView
from tui.widgets.viewport import Viewport

LONG = "# Long\n\n" + "\n\n".join(f"paragraph {number} of many words" for number in range(3_000))


async def test_the_footer_follows_a_key_before_the_next_frame(reading: Open) -> None:
    async with reading({"notes/long.md": LONG}) as reader:
        await reader.press("1")
        before = reader.shell.foot.place
        scrolling.to_end(reader.shell, 1)
        assert before != reader.shell.foot.place == "end"


async def test_panes_know_their_next_size_before_the_layout(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        for key in ("1", "0", "3", "t", "t", "l", "escape"):
            sizes: list[Size] = []
            await reader.pilot.press(key)
            sizes += [pane.drawn for pane in (reader.shell.reading, reader.shell.side) if pane.display]
            await reader.pilot.pause()
            assert sizes == [pane.size for pane in (reader.shell.reading, reader.shell.side) if pane.display]


async def test_the_start_lays_its_text_out_once(reading: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str | None] = []
    show = DocumentView.show

    def noted(view: DocumentView, *given: object, **named: object) -> None:
        shown.append(view.id)
        show(view, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(DocumentView, "show", noted)
    async with reading(size=(120, 40)) as reader:
        await reader.pilot.pause()
        assert shown == ["reading", "side"]
        await reader.pilot.resize_terminal(80, 24)
        await reader.pilot.pause()
        assert len(shown) > 2


async def test_find_in_a_long_text_counts_after_it_has_gone_to_the_first_hit(reading: Open) -> None:
    async with reading({"notes/long.md": LONG}) as reader:
        reader.shell.go(Address("item", name="long"))
        await reader.screen()
        screen = await reader.press("slash", *"paragraph 29", "enter")
        assert "paragraph 29 of" in screen
        assert "  1 of 111 hits" in await counted(reader)
        assert "paragraph 2999 of" in await reader.press("N")
        assert "  111 of 111 hits" in await counted(reader)


async def counted(reader: Reader) -> str:
    """The footer once the hits are counted."""
    while "counting hits" in (foot := (await reader.screen()).split("\n")[-1]):
        pass
    return foot


def test_a_list_fetches_only_the_parts_that_are_looked_at() -> None:
    fetched = []

    def fetch(first: int, most: int) -> list[Block]:
        fetched.append(first)
        return [Block("line", spans=(Span(str(number)),)) for number in range(first, first + most)]

    lines = Listing(1_000, fetch)
    assert [lines[at].text for at in (0, 5, 999)] == ["0", "5", "999"]
    assert (len(lines), fetched) == (1_000, [0, 7 * Listing.PART])


def test_a_list_that_became_shorter_ends_in_empty_lines() -> None:
    assert Listing(10, lambda first, most: [])[9] == Block("line")


async def test_a_field_keeps_the_keys_while_the_screen_changes_its_size(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("slash")
        await reader.pilot.resize_terminal(40, 10)
        await reader.pilot.pause()
        reader.shell.fit(120, 40)
        reader.shell.fit(40, 10)
        await reader.pilot.pause()
        await reader.pilot.resize_terminal(120, 40)
        await reader.pilot.pause()
        rows = (await reader.press(*"gap")).split("\n")
        assert rows[-2] == "  /gap"
        assert "esc close" not in await reader.press("escape")


async def test_a_place_of_another_text_gives_the_focus_to_no_link(reading: Open) -> None:
    async with reading() as reader:
        await reader.press("l")
        view = reader.shell.reading
        view.show(view.port.blocks, view.port.context, Place(focused=Target(999, 0)), listing=True)
        assert (view.focused_target, view.focused_link()) == (None, None)
        assert view.progress() == "top"


async def test_the_side_pane_of_a_page_that_was_come_back_to_is_not_laid_out_as_another_pages(
    reading: Open,
) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("2", "tab", "O")
        covered = reader.shell.beside
        await reader.press("1", "greater_than_sign", *["tab"] * 9, "O", "backspace")
        assert reader.shell.beside == covered
        await reader.press("escape")
        assert reader.shell.side.place() == Place()


def test_a_link_of_the_text_that_was_shown_before_is_none() -> None:
    port = Viewport()
    port.show([Block("line", spans=(Span("a", link=Link("item", "b")),))], PLAIN, Place())
    assert port.target((0, 0)) == Target(0, 0)
    assert [port.target(link) for link in ((0, 1), (1, 0), None)] == [None, None, None]


async def test_the_outline_marks_its_row_beside_the_text_and_offers_its_keys_while_it_has_them(
    reading: Open,
) -> None:
    async with reading(size=(120, 40)) as reader:
        screen = (await reader.press("2", "t", "j")).split("\n")
        assert sum("╎ ▸The article against the series" in row for row in screen) == 1
        assert screen[-1].split()[:4] == ["enter", "open", "esc", "close"]
        assert "tab next link" in (await reader.press("less_than_sign")).split("\n")[-1]
        assert "enter open  esc close" in (await reader.press("greater_than_sign")).split("\n")[-1]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_an_outline_stays_where_it_is_when_what_it_lies_over_is_shown_again(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        await reader.press("2", "t", "j", "j")
        chosen = reader.focused()
        for key in ("M", "U", "U", "E"):
            assert "enter open  esc close" in (await reader.press(key)).split("\n")[-1]
            assert reader.focused() == chosen
        rows = (await reader.press("enter")).split("\n")
        assert any(chosen in row for row in rows[2:])
        assert reader.shell.focused is reader.shell.reading


async def test_an_outline_beside_the_text_leaves_the_keys_where_they_are(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("2", "t", "less_than_sign")
        assert "enter open  esc close" not in (await reader.press("M")).split("\n")[-1]
        assert reader.shell.outlined
        assert reader.shell.focused is reader.shell.reading


@pytest.mark.parametrize("columns", [120, 140, 160, 200])
async def test_what_lies_beside_a_wide_table_is_whole_and_leaves_the_text_where_it_is(
    reading: Open, columns: int
) -> None:
    async with reading(size=(columns, 40)) as reader:
        await reader.press("1")
        before = await reader.row(4)
        screen = await reader.press("t")
        assert "judged ✗ 1   / 3" in screen
        assert (await reader.row(4)).startswith(before.rstrip())
