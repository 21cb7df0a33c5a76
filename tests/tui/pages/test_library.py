"""The library: briefings in a table with what came of their claims, sorted by a key."""

from __future__ import annotations

import pytest
from textual.strip import Strip

from tests.locking import refuse_to_list
from tests.tui.conftest import Open
from tui.layout.cells import width

HEAD = "---\nkind: briefing\nid: {id}\ntitle: {title}\ndate: {date}\n---\n# Bottom line\nWords.\n"
OWN = {
    "a.md": HEAD.format(id="a", title="'[/] 芯片与制裁'", date="2099-01-01"),
    "b.md": HEAD.format(id="b", title="Aardvark", date="2001-01-01"),
}


def order_of(screen: str) -> list[str]:
    names = ("芯片与制裁", "Aardvark", "China: legal shield")
    found = [name for line in screen.split("\n") for name in names if name in line]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_briefings_are_sorted_by_date_title_and_wrong_claims(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(OWN, size=size) as reader:
        screen = await reader.press("l")
        assert order_of(screen) == ["芯片与制裁", "China: legal shield", "Aardvark"]
        (head,) = [line for line in screen.split("\n") if "wrong" in line]
        assert head.partition("╎")[0].split() == ["document", "date", "claims", "wrong"]
        (row,) = [line for line in screen.split("\n") if "China: legal shield" in line]
        claims, wrong = map(int, row.partition("╎")[0].split()[-2:])
        rows = reader.shell.desk.verdicts("china-legal-shield")
        assert (claims, wrong) == (len(rows), sum(each.word == "contradicted" for each in rows))
        screen = await reader.press("semicolon")
        assert "Briefings: by title." in screen
        assert order_of(screen)[1:] == ["Aardvark", "China: legal shield"]
        screen = await reader.press("semicolon")
        assert order_of(screen)[0] == "China: legal shield"
        assert "the newest first" in await reader.press("semicolon")
        await reader.focus_on("Aardvark")
        assert (await reader.press("enter")).startswith("  Aardvark")
        assert "wrong" in await reader.press("backspace")


async def test_in_a_list_what_is_chosen_comes_along(reading: Open) -> None:
    def chosen(screen: str) -> str:
        return next(row for row in screen.split("\n")[2:-1] if row.startswith(" ▸"))

    async with reading(size=(80, 24)) as reader:
        top = chosen(await reader.press("l"))
        assert "China: legal shield" in top
        assert "State Council" in chosen(await reader.press("G"))
        assert chosen(await reader.press("g")) == top
        down = chosen(await reader.press("pagedown"))
        assert down != top
        assert chosen(await reader.press("pageup", "pageup")) == top
        await reader.press("G", "enter")
        assert "State Council" in await reader.row(0)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_where_nothing_scrolls_only_the_rows_that_change_are_drawn(
    reading: Open, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(OWN, size=size) as reader:
        await reader.press("l", "j")
        await reader.settled()
        pane, drawn = reader.shell.pane, set[int]()
        draw = pane.drawn_line

        def drawn_line(y: int) -> Strip:
            drawn.add(y)
            return draw(y)

        monkeypatch.setattr(pane, "drawn_line", drawn_line)
        for key in ("j", "k", "k"):
            await reader.press(key)
            assert 1 < len(drawn) < 5  # a name may take two
            screen = await reader.settled()
            pane.redraw()
            assert await reader.screen() == screen
            drawn.clear()


async def test_a_folder_that_cannot_be_read_is_said_once_and_while_it_cannot(
    reading: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading({"shut/b.md": OWN["b.md"]}, size=(80, 24)) as reader:
        assert "Aardvark" in await reader.press("l")
        with monkeypatch.context() as patch:
            refuse_to_list(patch, reader.shell.settings.places.library / "shut")
            await reader.press("l")
            await reader.settled()
            screen = await reader.press("G")
            assert "Aardvark" not in await reader.press("g")
            assert " ".join(screen.split()).count("cannot be read") == 1
        await reader.press("l")
        assert "Aardvark" in await reader.settled()
        assert "cannot be read" not in await reader.press("G")


@pytest.mark.parametrize("keys", [["G"], ["pagedown"] * 14, ["J"] * 28])
async def test_what_is_wrong_in_many_files_can_be_read_to_its_end(reading: Open, keys: list[str]) -> None:
    broken = {f"bad{n:02}.md": "---\nkind: briefing\ndate: never\n---\n" for n in range(20)}
    async with reading(broken, size=(80, 24)) as reader:
        assert "20 faults in files, at the end: G goes there." in await reader.press("l")
        screen = await reader.press("j", *keys)
        assert "bad19.md" in screen
        assert "enter open" not in screen
        assert "▸" in await reader.press("k")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_dates_of_a_list_stand_in_one_column(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        rows = (await reader.press("l", "G")).split("\n")
        ends = {width(row[: row.index("2026-11-23")]) for row in rows if "2026-11-23" in row}
        assert len(ends) == 1
        assert any("华为" in row and "2026-11-23" in row for row in rows)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_an_own_briefing_is_listed_among_the_briefings_and_opens(
    reading: Open, size: tuple[int, int]
) -> None:
    own = HEAD.format(id="own", title="Own view 自己的观点", date="2026-10-01")
    async with reading({"briefings/own.md": own}, size=size) as reader:
        rows = (await reader.press("l")).split("\n")
        (listed,) = (at for at, row in enumerate(rows) if "Own view 自己的观点" in row)
        assert "2026-10-01" in rows[listed]
        assert listed < next(at for at, row in enumerate(rows) if row.startswith("  Instruments"))
        while reader.focused() != "Own view 自己的观点":
            await reader.press("j")
        assert "Own view 自己的观点" in (await reader.press("enter")).split("\n")[0]
        assert reader.shell.briefing == "own"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_footer_counts_all_documents_that_are_listed(reading: Open, size: tuple[int, int]) -> None:
    notes = {"x.md": "# 备注 one\n", "y.md": "# 备注 two\n"}
    async with reading(OWN | notes, size=size) as reader:
        counts = reader.shell.desk.counts()
        count = sum(counts.values())
        assert (await reader.press("l")).endswith(f" 1 of {count}")
        briefings = ["j"] * counts["briefing"]
        assert (await reader.press(*briefings)).endswith(f" {len(briefings) + 1} of {count}")
        assert reader.focused().startswith("备注")
        assert (await reader.press("G")).endswith(f" {count} of {count}")
        assert reader.focused().startswith("State Council")
        screen = await reader.press("ampersand", *"kind:note", "enter", "j")
        assert screen.endswith(" 2 of 2")
        assert not (await reader.press("j")).endswith(" of 2")


@pytest.mark.parametrize("chosen", ["Aardvark", "Huawei"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_is_chosen_stays_so_and_in_view_when_documents_come_and_go_before_it(
    reading: Open, size: tuple[int, int], chosen: str
) -> None:
    def rows(screen: str) -> list[str]:
        return [row for row in screen.split("\n") if row.startswith(" ▸") and chosen in row]

    async with reading(OWN, size=size) as reader:
        await reader.press("l")
        while not reader.focused().startswith(chosen):
            await reader.press("j")
        own = reader.shell.settings.places.library
        for number in range(40):
            (own / f"n{number}.md").write_text(HEAD.format(id=f"n{number}", title="新", date="2098-01-01"))
        await reader.press("l")
        assert len(rows(await reader.settled())) == 1
        assert reader.focused().startswith(chosen)
        for path in own.glob("n*.md"):
            path.unlink()
        await reader.press("l")
        assert len(rows(await reader.settled())) == 1
