"""Settings changed while reading: shown at once, taken back, and kept only where that is asked for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.conftest import Open, Reader
from tui.settings.written import keep, with_values

TEXT = (
    "---\ntitle: Diary 日记\n---\n# Diary\n\nToday Huawei and 开放原子 met at `Huawei`. 昇腾比华为早。\n\n"
    "[[smic]] makes 7 nm; SMIC again.\n"
)
TWINS = {
    "a.md": "---\nkind: entity\nid: planet\ntitle: Planet\naliases: [Mercury 水星]\n---\nText.\n",
    "b.md": "---\nkind: entity\nid: metal\ntitle: Metal\naliases: [Mercury 水星]\n---\nText.\n",
    "c.md": "---\ntitle: Diary\n---\nWe saw Mercury 水星 today.\n",
}
SIZES = [(80, 24), (120, 40)]


async def at(reader: Reader, name: str) -> None:
    await reader.press("colon", *name, "enter")
    await reader.settled()


def underlined(reader: Reader) -> list[str]:
    """The names that are quiet links on the screen."""
    port = reader.shell.reading.port
    return [
        run.text
        for row in port.rows()
        if (line := port.line(row))
        for run in line.runs
        if run.role == "named"
    ]


@pytest.mark.parametrize("size", SIZES)
async def test_names_become_links_and_plain_words_again(reading: Open, size: tuple[int, int]) -> None:
    async with reading({"diary.md": TEXT}, size=size) as reader:
        await at(reader, "diary")
        before = await reader.screen()
        said = await reader.press("E")
        assert "Names in texts are links now." in said
        after = await reader.settled()
        assert underlined(reader) == ["Huawei", "开放原子", "昇腾"]
        assert after.split("\n")[:-2] == before.split("\n")[:-2]
        await reader.press("tab", "enter")
        assert "Huawei 华为" in await reader.row(0)
        await reader.press("backspace", "U")
        assert "takes back: names as links" in (await reader.screen()).split("\n")[-2]
        await reader.press("U")
        assert underlined(reader) == []


async def test_names_are_links_from_the_start_where_the_setting_says_so(reading: Open) -> None:
    async with reading({"diary.md": TEXT}, show_mentions=True) as reader:
        await reader.settled()
        await at(reader, "diary")
        assert underlined(reader) == ["Huawei", "开放原子", "昇腾"]
        await at(reader, "mentions off")
        assert underlined(reader) == []


async def test_the_footer_offers_names_that_are_the_only_links(reading: Open) -> None:
    text = "---\ntitle: Diary\n---\nOf 华为 alone.\n"
    async with reading({"diary.md": text}) as reader:
        await at(reader, "diary")
        assert "next link" not in await reader.screen()
        await reader.press("E")
        assert "tab next link  f hints" in (await reader.settled()).split("\n")[-1]
        assert "7 hints" in await reader.press("f")


async def test_a_card_does_not_link_to_itself(reading: Open) -> None:
    async with reading(show_mentions=True) as reader:
        await reader.settled()
        await at(reader, "HUAWEI")
        assert not {"Huawei", "华为"} & set(underlined(reader))


@pytest.mark.parametrize("size", SIZES)
async def test_a_name_of_two_asks_which_is_meant(reading: Open, size: tuple[int, int]) -> None:
    async with reading(TWINS, size=size, show_mentions=True) as reader:
        await reader.settled()
        await at(reader, "diary")
        assert underlined(reader) == ["Mercury 水星"]
        screen = await reader.press("tab", "enter")
        assert "METAL" in screen
        assert "PLANET" in screen
        await reader.press("down", "enter")
        assert re.match("  Entities › (Planet|Metal)", await reader.row(0))


@pytest.mark.parametrize("theme", ["light", "contrast", "terminal"])
async def test_a_theme_is_worn_and_taken_off(reading: Open, theme: str) -> None:
    async with reading() as reader:
        before = await reader.screen()
        said = await reader.press("T", *theme, "enter")
        assert f"Theme: {theme}." in said
        assert reader.app.theme == f"briefing-{theme}"
        assert (await reader.screen()).split("\n")[:-2] == before.split("\n")[:-2]
        assert f"takes back: theme {theme}" in await reader.press("x", "U")
        await reader.press("U")
        assert reader.app.theme == "briefing-dark"


async def test_themes_are_tried_on_while_one_is_chosen(reading: Open) -> None:
    async with reading() as reader:
        await reader.press("T")
        assert reader.app.theme == "briefing-dark"
        await reader.press("down")
        assert reader.app.theme == "briefing-light"
        await reader.press("down")
        assert reader.app.theme == "briefing-contrast"
        await reader.press("escape")
        assert reader.app.theme == "briefing-dark"
        assert "Nothing to take back here." in await reader.press("U")

        await reader.press("T", *"lig")
        assert reader.app.theme == "briefing-light"
        await reader.press(*["backspace"] * 3)
        assert reader.app.theme == "briefing-dark"
        await reader.press("down", "enter")
        assert reader.app.theme == "briefing-light"
        assert "Taken back: theme light." in await reader.press("U")
        assert reader.app.theme == "briefing-dark"


async def test_a_theme_that_was_tried_on_goes_with_another_choice(reading: Open) -> None:
    async with reading() as reader:
        await reader.press("T", "down", *["backspace"] * 6, *"LEDGER", "enter")
        assert reader.app.theme == "briefing-dark"
        assert "Ledger of claims" in await reader.row(0)


async def test_ten_changes_are_taken_back_in_turn(reading: Open) -> None:
    async with reading() as reader:
        for number in range(12):
            await at(reader, f"theme {'light' if number % 2 == 0 else 'dark'}")
        for _ in range(20):
            await reader.press("U")
        assert "Nothing to take back here." in await reader.screen()
        assert reader.app.theme == "briefing-dark"


async def test_an_unknown_theme_is_told_with_the_nearest(reading: Open) -> None:
    async with reading() as reader:
        screen = await reader.press("colon", *"theme lihgt", "enter")
        assert 'theme takes a theme, not "lihgt"; nearest: "light"' in screen


async def test_settings_are_kept_where_that_is_asked_for(reading: Open) -> None:
    async with reading() as reader:
        path = reader.shell.settings.places.config / "config.toml"
        await at(reader, "theme light")
        assert not path.exists()
        assert "enter writes" in await reader.press("W")
        await reader.press("j")
        assert not path.exists()
        assert "Written" in await reader.press("W", "enter")
        assert tomllib.loads(path.read_text()) == {
            "theme": "light", "charts": "braille", "show_mentions": False,
        }  # fmt: skip
        assert path.stat().st_mode & 0o777 == 0o600
        assert "says so already" in await reader.press("W", "enter")


async def test_a_broken_file_is_never_overwritten(reading: Open) -> None:
    async with reading() as reader:
        path = reader.shell.settings.places.config / "config.toml"
        path.parent.mkdir(parents=True)
        path.write_text("theme = [\n")
        assert "Not written: the file is no TOML" in await reader.press("W", "enter")
        assert path.read_text() == "theme = [\n"
        path.write_bytes(b"\xff\n")
        assert "Not written: the file is not UTF-8 text" in await reader.press("W", "enter")
        assert path.read_bytes() == b"\xff\n"


WRITTEN = '# mine\ntheme = "dark"  # for the night\n\n[keys]  # some\ngo.up = "^"\n'


def test_only_what_changed_is_written_and_comments_stay() -> None:
    said = with_values(WRITTEN, {"theme": "light", "show_mentions": True})
    assert said == (
        '# mine\ntheme = "light"  # for the night\n\nshow_mentions = true\n[keys]  # some\ngo.up = "^"\n'
    )
    assert with_values(WRITTEN, {"theme": "dark"}) == WRITTEN


@pytest.mark.parametrize(
    "toml",
    [
        'theme = """dark"""\n',
        'theme = "d\\u0061rk"\n',
        'x = """\ntheme = "dark"\n"""\ntheme = \'\'\'dark\'\'\'\n',
    ],
)
def test_what_cannot_be_changed_safely_is_refused(toml: str) -> None:
    with pytest.raises(ValueError, match="changed safely"):
        with_values(toml, {"theme": "light"})


LINES = st.lists(
    st.sampled_from(
        ['theme = "dark"', "show_mentions=false # no", "", "# c",
         'x = "é 法"', "a = [\n 1, # [two]\n]", "[t]",
         'theme = "inner"', 'y = """\n[no]\ntheme = 1\n"""'],
    ),
    max_size=8,
)  # fmt: skip


@given(LINES, st.sampled_from(["light", "dark"]), st.booleans())
def test_the_file_says_what_was_meant_or_stays(lines: list[str], theme: str, on: bool) -> None:
    text = "\n".join(lines)
    values: dict[str, str | bool] = {"theme": theme, "show_mentions": on}
    try:
        before = tomllib.loads(text)
        after = with_values(text, values)
    except ValueError:
        return
    assert tomllib.loads(after) == {**before, **values}
    assert [line for line in after.splitlines() if line.startswith("# c")] == [
        line for line in text.splitlines() if line.startswith("# c")
    ]


def test_a_link_to_a_file_kept_elsewhere_stays_one(tmp_path: Path) -> None:
    elsewhere = tmp_path / "dotfiles"
    elsewhere.mkdir(mode=0o700)
    (elsewhere / "config.toml").write_bytes(b'\xef\xbb\xbftheme = "dark"\r\n')
    link = tmp_path / "config.toml"
    link.symlink_to(elsewhere / "config.toml")
    assert keep(link, {"theme": "light"})
    assert link.is_symlink()
    assert link.read_bytes() == b'\xef\xbb\xbftheme = "light"\r\n'
