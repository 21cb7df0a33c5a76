"""Colours can be read, and nothing is told by colour alone."""

from __future__ import annotations

import unicodedata

import pytest
from rich.cells import cell_len
from textual.color import Color
from textual.theme import Theme
from wcwidth import wcwidth

from tests.tui.conftest import Open, Reader
from tui.settings.settings import THEMES as NAMES
from tui.theme import THEMES
from tui.widgets.looks import look

READ = ("quiet", "link", "good", "doubt", "bad")
GLYPHS = "✓≃✗⊣≢?∅/~◉◕◔⊗◌⋯▢⊡⊞⊟⊠▸▾›╎╌"


def _luminance(colour: Color) -> float:
    parts = [part / 255 for part in colour.rgb]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    lights = sorted((_luminance(Color.parse(one)), _luminance(Color.parse(other))), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def test_every_theme_that_can_be_set_exists() -> None:
    assert set(NAMES) == set(THEMES)


@pytest.mark.parametrize(("name", "least"), [("dark", 4.5), ("light", 4.5), ("contrast", 7.0)])
def test_text_stands_out_from_its_paper(name: str, least: float) -> None:
    theme: Theme = THEMES[name]
    paper, ink = theme.background or "", theme.foreground or ""
    assert _contrast(ink, paper) >= least
    for role in READ:
        assert _contrast(theme.variables[role], paper) >= least, role
    assert _contrast(theme.variables["focus-ink"], theme.variables["focus-paper"]) >= least
    assert _contrast(ink, theme.variables["band"]) >= 4.5


def test_the_terminal_theme_names_no_colour_of_its_own() -> None:
    theme = THEMES["terminal"]
    colours = [theme.background, theme.foreground, *theme.variables.values()]
    assert all(str(colour).startswith("ansi_") for colour in colours)


@pytest.mark.parametrize("glyph", GLYPHS)
def test_every_glyph_is_one_narrow_cell(glyph: str) -> None:
    assert wcwidth(glyph) == cell_len(glyph) == 1
    assert unicodedata.east_asian_width(glyph) != "A"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_every_theme_shows_the_same_words(reading: Open, name: str, size: tuple[int, int]) -> None:
    async with reading(size=size, theme=name) as reader:
        screen = await reader.press("3", "tab", "tab", "tab")
    async with reading(size=size) as reader:
        assert await reader.press("3", "tab", "tab", "tab") == screen


async def test_without_colours_none_is_written_and_the_focus_is_reversed(reading: Open) -> None:
    async with reading(no_color=True) as reader:
        await reader.press("3", "tab", "tab")
        segments = [
            segment
            for strip in reader.app.screen._compositor.render_strips()
            for segment in reader.app._wall.apply(list(strip), Color.parse("black"))
        ]
        filters = reader.app.get_line_filters()
        for line_filter in filters:
            segments = line_filter.apply(segments, Color.parse("black"))
        colours = {
            part.name
            for segment in segments
            if segment.style
            for part in (segment.style.color, segment.style.bgcolor)
            if part
        }
        assert colours <= {"default"}
        focused = "".join(segment.text for segment in segments if segment.style and segment.style.reverse)
        assert focused.strip() == reader.focused()


async def test_ascii_only_draws_nothing_of_our_own_outside_ascii(reading: Open) -> None:
    head = "---\nkind: briefing\ntitle: Plain\ndate: 2099-01-01\n---\n"
    note = head + "# Head\n\n> quoted [[huawei|Huawei]]\n\n---\n"
    async with reading({"plain.md": note}, size=(120, 40), ascii=True) as reader:
        for keys in (["0"], ["tab", "enter"], ["backspace", "t"], ["escape", "question_mark"]):
            screen = await reader.press(*keys)
            own = [c for c in screen if not c.isascii() and unicodedata.east_asian_width(c) not in "WF"]
            assert own == [], keys


@pytest.mark.parametrize(("name", "least"), [("dark", 4.5), ("light", 4.5), ("contrast", 7.0)])
@pytest.mark.parametrize(("key", "expected"), [("at", "2026-04-20"), ("ctrl+p", "A command")])
async def test_what_a_field_expects_can_be_read(
    reading: Open, name: str, least: float, key: str, expected: str
) -> None:
    async with reading(theme=name) as reader:
        await reader.press(key)
        await reader.settled()
        parts = [part for strip in reader.app.screen._compositor.render_strips() for part in strip]
        (style,) = [part.style for part in parts if part.text.startswith(expected[1:])]
        assert style
        assert style.color
        assert style.bgcolor
        assert _contrast(style.color.get_truecolor().hex, style.bgcolor.get_truecolor().hex) >= least


def reversed_parts(reader: Reader) -> list[str]:
    """What is reversed on the screen, part by part."""
    strips = reader.app.screen._compositor.render_strips()
    return [part.text for strip in strips for part in strip if part.style and part.style.reverse]


@pytest.mark.parametrize(
    ("keys", "cursor"),
    [
        (("at",), "2"),
        (("colon", "h"), " "),
        (("s", "h"), " "),
        (("slash", "h"), " "),
        (("a", "h"), " "),
        (("ctrl+p", "h"), " "),
    ],
)
async def test_without_colours_the_place_in_a_field_is_reversed(
    reading: Open, keys: tuple[str, ...], cursor: str
) -> None:
    async with reading(no_color=True) as reader:
        await reader.press("colon", *"smic", "enter")
        await reader.press(*keys)
        await reader.settled()
        assert cursor in reversed_parts(reader)


async def test_without_colours_the_chosen_line_of_the_palette_stands_out(reading: Open) -> None:
    async with reading(no_color=True) as reader:
        await reader.press("ctrl+p")
        await reader.settled()
        parts = [part for strip in reader.app.screen._compositor.render_strips() for part in strip]
        chosen = [part.text for part in parts if part.style and part.style.bold and part.style.underline]
        assert any(text.startswith("Go to a page") for text in chosen)
        assert not any("List the sources" in text for text in chosen)


@pytest.mark.parametrize("role", ["banner", "label", "hit"])
async def test_on_the_colours_of_the_terminal_words_have_its_paper_for_ink(reading: Open, role: str) -> None:
    async with reading(theme="terminal") as reader:
        style = look(reader.app, role)
        assert style.reverse
        assert style.bgcolor
        assert style.bgcolor.is_default
        assert style.color
        assert not style.color.is_default
