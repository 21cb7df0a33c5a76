"""Notes of one name are told apart wherever they are listed."""

from __future__ import annotations

from tests.tui.conftest import Open

VAULT = {
    "甲 project/notes.md": "A gravimeter for [[huawei]].\n",
    "b project/notes.md": "Another gravimeter for [[huawei]].\n\n## 附录\n\nMore of [[huawei]].\n",
    "Meeting of May.md": "# Meeting\n\nA third gravimeter.\n",
    "Gravimeter.md": "# Gravimeter\n\ntext\n",
}


async def test_a_search_and_the_go_bar_say_which_note_is_meant(reading: Open) -> None:
    async with reading(VAULT, size=(80, 24)) as reader:
        screen = await reader.press("s", *"gravimeter")
        assert "notes  b-project/notes" in screen
        assert "notes  甲-project/notes" in screen
        assert "Meeting  meeting-of-may" in screen
        assert "Gravimeter  gravimeter" not in screen
        await reader.press("escape", "escape", "colon", *"notes")
        screen = await reader.settled()
        assert "notes  甲-project/notes" in screen
        await reader.press("escape", "colon", *"附录")
        assert "b-project/notes › 附录" in await reader.settled()


async def test_the_library_and_the_way_say_which_note_is_meant(reading: Open) -> None:
    async with reading(VAULT, size=(80, 24)) as reader:
        await reader.press("l")
        reader.shell.reading.find_words("notes  b-project/notes")
        assert reader.shell.reading.found() == "1 of 1 hits"
        await reader.press("escape", "colon", *"b-project/notes", "enter")
        assert (await reader.row(0)).startswith("  Notes › b-project/notes ")
        assert "b-project/notes › Said where" in (await reader.press("B")).split("\n")[0]


async def test_what_speaks_of_an_item_says_which_note_it_is(reading: Open) -> None:
    async with reading(VAULT, size=(80, 24)) as reader:
        for keys in (("colon", *"huawei", "enter"), ("B",)):
            await reader.press(*keys)
            for words in ("notes  甲-project/notes", "notes  b-project/notes  附录"):
                reader.shell.reading.find_words(words)
                assert reader.shell.reading.found() == "1 of 1 hits", words
            await reader.press("escape")


async def test_a_link_with_a_sign_in_its_name_is_shown_as_it_was_written(reading: Open) -> None:
    vault = {
        "Start.md": "[[C# notes]], [[C#语法]], [[D#none]], [[C# notes#深]], [[C#语法|text]], [[#none]].\n",
        "C.md": "## notes\n\n## 语法\n",
        "C# notes.md": "# A title\n\n## 深\n",
    }
    async with reading(vault, size=(80, 24)) as reader:
        screen = await reader.press("colon", *"start", "enter")
        shown = "C# notes, C › 语法, [?] D#none, C# notes › 深, text, none."
        assert shown in screen.replace("\u00a0", " ")
        await reader.focus_on("C# notes")
        assert "A title" in await reader.press("enter")
