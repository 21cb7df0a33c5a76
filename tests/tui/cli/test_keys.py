"""`briefing keys`: the keys in force, as text and JSON."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.command import CommandPalette

from tests.tui.cli.json_schema import answered
from tests.tui.conftest import Open
from tui.commands.table import COMMANDS
from tui.main import main


@pytest.fixture
def config(home: Path) -> Path:
    folder = home / ".config" / "briefing"
    folder.mkdir(parents=True)
    return folder / "config.toml"


def test_every_command_is_listed_with_its_keys(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys"]) == 0
    out = capsys.readouterr().out
    assert all(command.id in out and command.help in out for command in COMMANDS)
    assert "j or down" in out
    assert "chart.back in a chart" in out


def test_a_preset_and_the_user_s_own_keys_are_in_force(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text('keymap = "vim"\n[keys]\ngo.up = "^"\ngo.back = "X"\n')
    assert main(["keys", "--changed", "--json"]) == 0
    told = answered(capsys.readouterr().out)
    keys = {command["id"]: command["keys"] for command in told["data"]["commands"]}
    assert told["schema"] == "briefing/keys/1"
    assert told["data"]["keymap"] == "vim"
    assert keys["go.up"] == ["^"]
    assert keys["go.back"] == ["X"]
    assert keys["move.page_down"] == ["page down", "space", "ctrl+f"]
    assert "app.help" not in keys


def test_what_clashes_with_a_preset_is_told_with_its_line(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text('keymap = "emacs"\n[keys]\ngo.up = "alt+n"\n')
    assert main(["keys", "--changed"]) == 0
    out, err = capsys.readouterr()
    assert 'config.toml:3: key "alt+n" is that of move.down' in err
    assert "go.up  " not in out.partition("Keys that mean")[0]


def test_a_key_that_a_chart_takes_is_told_with_its_line(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text('[keys]\nmove.down = "j,down"\n\nlist.sort = "%"\n')
    assert main(["keys", "--changed"]) == 0
    err = capsys.readouterr().err
    assert 'config.toml:4: key "%" is that of chart.view where chart has the keys' in err
    assert "config.toml:2" not in err


@pytest.mark.parametrize("preset", ["default", "vim", "emacs"])
def test_keys_that_terminals_take_have_a_second_way(
    config: Path, capsys: pytest.CaptureFixture[str], preset: str
) -> None:
    config.write_text(f'keymap = "{preset}"\n')
    assert main(["keys", "--json"]) == 0
    ways = answered(capsys.readouterr().out)["data"]["second_ways"]
    assert {each["command"] for each in ways if not each["plain"]} == {"app.suspend"}
    assert {"ctrl+d", "shift+right", "ctrl+p", "f2"} <= {each["key"] for each in ways}


@pytest.mark.parametrize(("key", "plain"), [("ctrl+d", "J"), ("shift+right", ")"), ("shift+tab", "left")])
async def test_the_second_way_does_the_same(reading: Open, key: str, plain: str) -> None:
    screens = []
    for pressed in (key, plain):
        async with reading() as reader:
            await reader.press("3", "tab", "tab", "tab")
            await reader.press(pressed)
            screens.append((await reader.settled(), reader.focused()))
    assert screens[0] == screens[1]


@pytest.mark.parametrize("key", ["ctrl+p", "P"])
async def test_the_palette_has_a_plain_key_too(reading: Open, key: str) -> None:
    async with reading() as reader:
        await reader.press(key)
        assert isinstance(reader.app.screen, CommandPalette)


@pytest.mark.parametrize(("preset", "key"), [("vim", "ctrl+f"), ("emacs", "ctrl+v"), ("vim", "pagedown")])
async def test_the_keys_of_a_preset_act_in_the_app(reading: Open, preset: str, key: str) -> None:
    from tui.commands.presets import PRESETS

    async with reading(keys=PRESETS[preset], keymap=preset) as reader:
        before = await reader.screen()
        moved = await reader.press(key)
        assert moved != before
        assert await reader.press("pageup") == before


async def test_the_user_s_own_keys_act_in_the_go_bar_and_while_finding(reading: Open) -> None:
    async with reading(keys={"bar.complete": "f5", "find.accept": "f6"}) as reader:
        assert "  :HUAWEI" in await reader.press("colon", *"hua", "f5")
        screen = await reader.press("escape", "slash", *"gap", "f6")
        assert " hits" in screen.split("\n")[-1]
        assert "  /gap" not in screen
