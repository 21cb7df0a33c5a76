"""The file of the briefing that is read, while an editor works on it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.tui.conftest import Open, Reader
from tui.files.words import LONGEST_PATH, from_home, short_path, with_short_paths

GOOD = "---\nkind: briefing\ntitle: Zeta\ndate: 2027-01-01\n---\n# Words\nThe old text.\n"
TORN = GOOD.replace("title: Zeta", "title: [")
NEW = GOOD.replace("old", "new")


def file_of(reader: Reader) -> Path:
    return reader.app.desk.library.places.library / "zeta.md"


async def looked(reader: Reader) -> list[str]:
    """The rows of the screen after the app has looked at the open file, as it does each second."""
    reader.app.look_at_open_file()
    return (await reader.settled()).split("\n")


async def saved(reader: Reader, text: str) -> list[str]:
    """The rows after the file was saved as editors do, by renaming a new one over it."""
    fresh = file_of(reader).with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(file_of(reader))
    return await looked(reader)


async def test_an_edit_is_shown_at_the_first_look_after_the_start(reading: Open) -> None:
    async with reading({"zeta.md": GOOD}) as reader:
        await reader.settled()
        assert any("The new text." in row for row in await saved(reader, NEW))


async def test_a_bad_save_keeps_the_last_good_text_and_is_named_until_it_is_mended(reading: Open) -> None:
    async with reading({"zeta.md": GOOD}, size=(120, 40)) as reader:
        await reader.settled()
        rows = await saved(reader, TORN)
        assert any("The old text." in row for row in rows)
        assert 'zeta.md:4  no "," or "]" where one was expected' in rows[-2]
        assert "zeta.md" not in (await reader.press("j")).split("\n")[-2]
        assert "zeta.md" not in (await looked(reader))[-2]
        rows = await saved(reader, NEW)
        assert any("The new text." in row for row in rows)


async def test_mending_takes_the_message_away(reading: Open) -> None:
    async with reading({"zeta.md": GOOD}) as reader:
        await reader.settled()
        assert "zeta.md:4" in (await saved(reader, TORN))[-2]
        assert (await saved(reader, GOOD))[-2] == ""


async def test_a_fault_that_leaves_the_text_is_named_as_well(reading: Open) -> None:
    async with reading({"zeta.md": GOOD}, size=(120, 40)) as reader:
        await reader.settled()
        rows = await saved(reader, NEW.replace("2027-01-01", "2027-13-01"))
        assert any("The new text." in row for row in rows)
        assert 'zeta.md:4  date "2027-13-01" is no date; expected YYYY' in rows[-2]


async def test_a_bad_save_keeps_a_long_text_whole(reading: Open) -> None:
    long = GOOD + "\n".join(f"\nParagraph {number}.\n" for number in range(300))
    async with reading({"zeta.md": long}) as reader:
        await reader.settled()
        await saved(reader, long.replace("title: Zeta", "title: ["))
        assert "Paragraph 299." in await reader.press("G")


async def test_a_file_that_is_gone_and_comes_back_is_shown_again(reading: Open) -> None:
    async with reading({"zeta.md": GOOD}) as reader:
        await reader.settled()
        file_of(reader).unlink()
        rows = await looked(reader)
        assert any("The old text." in row for row in rows)
        assert "gone from the library" in rows[-2]
        rows = await saved(reader, NEW)
        assert any("The new text." in row for row in rows)
        assert rows[-2] == ""


async def test_a_save_that_another_process_has_indexed_is_shown(reading: Open) -> None:
    from briefings.desk import open_desk

    async with reading({"zeta.md": GOOD}) as reader:
        await reader.settled()
        file_of(reader).write_text(NEW, encoding="utf-8")
        open_desk(reader.app.desk.library).close()
        assert any("The new text." in row for row in await looked(reader))


async def test_a_tab_of_a_torn_briefing_names_the_fault_and_opens_no_other_briefing(reading: Open) -> None:
    async with reading({"zeta.md": GOOD}) as reader:
        await reader.settled()
        await saved(reader, TORN)
        rows = (await reader.press("1")).split("\n")
        assert "Zeta" in rows[0]
        assert "zeta.md:4" in rows[-2]


async def test_back_to_a_torn_briefing_names_the_fault(reading: Open) -> None:
    async with reading({"zeta.md": GOOD}) as reader:
        await reader.settled()
        await reader.press("question_mark")
        await saved(reader, TORN)
        assert "zeta.md:4" in (await reader.press("backspace")).split("\n")[-2]


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("{home}/a.md", "~/a.md"),
        ("{home}/.local/share/briefing/library/notes/draft.md", "~/.../notes/draft.md"),
        ("/a/b.md", "/a/b.md"),
        ("{home}er/a.md", "{home}er/a.md"),
    ],
)
def test_a_path_is_short_and_keeps_its_file(path: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    home = os.sep + "home" + os.sep + "ann"
    monkeypatch.setenv("HOME", home)
    assert short_path(path.format(home=home)) == shown.format(home=home)
    assert len(shown) <= LONGEST_PATH


def test_every_path_of_a_message_starts_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    assert from_home("moved /home/ann/x to /home/ann/y") == "moved ~/x to ~/y"
    assert from_home('"/home/ann/x": /mnt/home/ann/x') == '"~/x": /mnt/home/ann/x'


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("texts: /mnt/a/very/long/way/to/the/place/store is a file", "texts: /.../place/store is a file"),
        ("~/a/very/long/way/to/the/home/of/it/c.toml:3  no", "~/.../it/c.toml:3  no"),
        ("see https://example.org/a/very/long/way/to/the/place", None),
        ("/short/a/b/c and 1/2, and/or", None),
    ],
)
def test_long_paths_in_words_are_cut_and_nothing_else(words: str, shown: str | None) -> None:
    assert with_short_paths(words) == (shown or words)
