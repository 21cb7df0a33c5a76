"""Places of one name are told apart where all are listed that speak of something."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Open

HEAD = "---\nkind: briefing\nid: {id}\ntitle: {title}\ndate: 2026-01-01\n---\n"
OWN = {
    "one.md": HEAD.format(id="one", title="芯片 one")
    + "# 上游\n\n## Outlook\n\nMore of [[iflytek]].\n\n# 下游\n\n## Outlook\n\nLess of [[iflytek]].\n",
    "two.md": HEAD.format(id="two", title="Alike") + "# Outlook\n\nSome of [[iflytek]].\n",
    "three.md": HEAD.format(id="three", title="Alike") + "# Outlook\n\nNone of [[iflytek]].\n",
}
SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES)
async def test_sections_of_equal_titles_are_told_apart_under_their_documents(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(OWN, size=(size[0], 80)) as reader:
        screen = await reader.press("colon", *"iflytek", "enter", "B")
    rows = [row.partition("╎")[0].strip(" ▸") for row in screen.split("\n")]
    assert "Outlook  上游" in rows
    assert "Outlook  下游" in rows
    assert [row.split()[1] for row in rows if row.startswith("Alike ")] == ["three", "two"]


@pytest.mark.parametrize("size", SIZES)
async def test_a_card_names_the_document_and_the_section_around_where_titles_are_equal(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(OWN, size=(size[0], 80)) as reader:
        screen = await reader.press("colon", *"iflytek", "enter")
    for words in (
        "Outlook  芯片 one  上游", "Outlook  芯片 one  下游", "Outlook  Alike  two#outlook",
        "Outlook  Alike  three#outlook",
    ):  # fmt: skip
        assert words in screen


async def test_a_title_that_tells_nothing_apart_is_left_out(reading: Open) -> None:
    own = {name: OWN[name] for name in ("two.md", "three.md")}
    async with reading(own, size=(80, 80)) as reader:
        screen = await reader.press("colon", *"iflytek", "enter")
    assert "Outlook  two#outlook" in screen
    assert "Outlook  three#outlook" in screen
