"""`U`: what was done is named, then taken back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.conftest import Open
from tui.screens.undoing import STEPS, Step, Steps


@given(st.lists(st.text(max_size=3), max_size=15))
def test_the_last_ten_steps_go_one_by_one_the_last_first(words: list[str]) -> None:
    steps = Steps()
    for word in words:
        steps.add(Step(word, lambda: True))
    seen = []
    while steps.last:
        seen.append(steps.last.words)
        steps.drop()
    assert seen == words[::-1][:STEPS]
    assert steps.name() is None


@given(st.lists(st.sampled_from(["add", "name", "drop", "other"])))
def test_a_step_is_ready_only_at_the_key_after_it_was_named(keys: list[str]) -> None:
    steps = Steps()
    named = False
    for key in keys:
        steps.key_pressed()
        assert steps.ready is named
        if key == "add":
            steps.add(Step("x", lambda: True))
            named = True
        elif key == "other":
            named = False
        else:
            named = (steps.name() if key == "name" else steps.drop()) is not None


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_steps_of_all_kinds_are_named_before_each_goes(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        await reader.press("m", "a")
        await reader.press("a", *"一 [/] note", "escape")
        await reader.press("j")
        screen = await reader.press("U")
        assert "U takes back: Note on China: legal shield" in screen
        notes = reader.shell.desk.library.places.library / "notes"
        assert len(list(notes.iterdir())) == 1
        screen = await reader.press("U")
        assert "Taken back: Note on China" in screen
        assert list(notes.iterdir()) == []
        assert [mark.letter for mark in reader.shell.state().marks()] == ["a"]
        await reader.press("j", "U", "U")
        assert reader.shell.state().marks() == []
        assert "Taken back: mark a." in await reader.screen()
        assert "Nothing to take back here." in await reader.press("U")


async def test_a_letter_that_was_a_mark_before_is_one_again(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("m", "a", "2", "m", "a")
        assert "Monetary" in reader.shell.state().marks()[0].title
        await reader.press("U")
        assert "Monetary" not in reader.shell.state().marks()[0].title
        assert "Taken back: mark a. U takes back: mark a." in await reader.screen()


async def test_what_was_changed_since_is_left(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("a", *"mine", "escape")
        (path,) = (reader.shell.desk.library.places.library / "notes").iterdir()
        path.write_text("theirs")
        assert "Changed since, and left: Note on China" in await reader.press("U")
        assert path.read_text() == "theirs"


async def test_all_sections_are_called_read_and_unread_and_back(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        before = reader.shell.state().read("china-legal-shield")
        assert "are read now. U takes it back." in await reader.press("M")
        assert "All sections here are read." in await reader.press("full_stop")
        assert "are unread now." in await reader.press("M")
        assert reader.shell.state().read("china-legal-shield") == {}
        await reader.press("U", "U")
        after = reader.shell.state().read("china-legal-shield")
        assert set(before) <= set(after)
        assert "not read yet" in await reader.press("full_stop")
