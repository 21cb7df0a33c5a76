"""The table of commands, and the check of keys that the user gives to them."""

from __future__ import annotations

import re
import unicodedata
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.actions import parse
from textual.keys import REPLACED_KEYS, Keys, _character_to_key, _normalize_key_list, key_to_character

from tui.commands.keymap import FIXED, NAMED, NEVER, PUNCTUATION, check, clashes, is_key, show
from tui.commands.presets import PRESETS, Shadowed, shadowed, with_preset
from tui.commands.table import BY_ID, CHART, COMMANDS, CONTEXTS, EVERYWHERE, PANES, Command, holding_in
from tui.screens.shell import Shell
from tui.widgets.chart import ChartView

FRAMEWORK_KEYS = {key.value for key in Keys}


def known_to_textual(key: str) -> bool:
    return key in FRAMEWORK_KEYS or key_to_character(REPLACED_KEYS.get(key, key)) is not None


def complaints(**user_keys: str) -> list[str]:
    """What is said of keys given as `go_back="x"`."""
    named = {name.replace("_", ".", 1): keys for name, keys in user_keys.items()}
    return [f"{command}: {message}" for command, message in check(named, COMMANDS)[1]]


def test_no_key_stands_for_two_commands_in_a_context() -> None:
    assert list(clashes(COMMANDS, {})) == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_each_command_is_whole(command: Command) -> None:
    assert all(map(known_to_textual, command.key_names))
    assert all(map(is_key, command.key_names))
    assert not NEVER.keys() & set(command.key_names)
    assert all(FIXED.get(key, command.id) == command.id for key in command.key_names)
    assert command.help.endswith(".")
    assert command.where
    assert set(command.where) <= set(CONTEXTS)


BOUND = [command for command in COMMANDS if {*PANES, *EVERYWHERE, *CHART} & {*command.where}]
"""The commands that the screen or a chart does; fields do their own."""


@pytest.mark.parametrize("command", BOUND, ids=lambda command: command.id)
def test_each_command_is_done_by_something(command: Command) -> None:
    _, action, given = parse(command.action)
    if action == "do":
        matter, _, name = str(given[0]).partition(".")
        assert callable(getattr(import_module(f"tui.actions.{matter}"), name))
    else:
        assert hasattr(ChartView if command.where == CHART else Shell, f"action_{action}")


def test_ids_are_unique_and_dotted() -> None:
    assert len(BY_ID) == len(COMMANDS)
    assert all(identifier.count(".") == 1 for identifier in BY_ID)


EATEN = re.compile(r"(ctrl|alt|shift)\+.+|f\d+|insert")
"""Keys that some terminal, multiplexer or browser keeps for itself."""


@pytest.mark.parametrize("preset", PRESETS)
def test_every_key_that_may_be_eaten_has_a_second_way(preset: str) -> None:
    table = with_preset(COMMANDS, preset)
    only = [c.id for c in table if all(EATEN.fullmatch(key) for key in c.key_names)]
    by_name = {"app.suspend"}  # the go bar does these by their names
    assert set(only) == by_name
    assert all({"everywhere"} == set(BY_ID[name].where) for name in by_name)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_sound_and_takes_no_key_away(preset: str) -> None:
    keys = dict(PRESETS[preset])
    assert check(keys, COMMANDS) == (keys, [])
    for name, written in keys.items():
        assert set(BY_ID[name].key_names) < set(written.split(","))


def test_keys_that_mean_something_else_in_a_chart_or_field_are_told() -> None:
    told = list(shadowed(COMMANDS, {}))
    assert Shadowed("left", "chart", "chart.back", "link.previous") in told
    assert Shadowed("tab", "hints", "hint.turn", "link.next") in told
    own = list(shadowed(COMMANDS, {"go.up": "left_square_bracket"}))
    assert Shadowed("left_square_bracket", "chart", "chart.shorter", "go.up") in own


@pytest.mark.parametrize("context", CONTEXTS)
def test_the_order_of_a_footer_is_clear(context: str) -> None:
    own = [command for place in CONTEXTS if place in (context, "everywhere") for command in holding_in(place)]
    orders = [command.footer for command in {c.id: c for c in own}.values() if command.footer]
    assert len(orders) == len(set(orders))


def test_every_name_of_a_key_is_one_of_the_framework() -> None:
    assert [name for name in NAMED if not known_to_textual(name)] == []
    assert {character: _character_to_key(character) for character in PUNCTUATION} == PUNCTUATION


@given(st.characters(exclude_categories=["C", "Z", "M"]))
def test_any_character_may_be_bound(character: str) -> None:
    keymap, wrong = check({"tab.0": character}, [BY_ID["tab.0"]])
    assert wrong == []
    assert _normalize_key_list(keymap["tab.0"]) == _character_to_key(character)


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("question_mark", "?"),
        ("slash", "/"),
        ("less_than_sign", "<"),
        ("ctrl+p", "ctrl+p"),
        ("ctrl+left_square_bracket", "ctrl+["),
        ("shift+tab", "shift+tab"),
        ("escape", "esc"),
        ("space", "space"),
        ("G", "G"),
    ],
)
def test_a_key_is_shown_as_it_is_typed(key: str, shown: str) -> None:
    assert show(key) == shown


def test_keys_that_can_hold_are_kept_in_the_names_of_the_framework() -> None:
    keymap, wrong = check({"go.up": "^, Z ,Z", "doc.find": "f3", "tab.0": "!"}, COMMANDS)
    assert (keymap, wrong) == (
        {"go.up": "circumflex_accent,Z", "doc.find": "f3", "tab.0": "exclamation_mark"},
        [],
    )
    assert check(keymap, COMMANDS) == (keymap, [])


def test_two_commands_may_swap_their_keys() -> None:
    keymap, wrong = check({"move.top": "G", "move.bottom": "g"}, COMMANDS)
    assert (keymap, wrong) == ({"move.top": "G", "move.bottom": "g"}, [])


def test_a_key_may_mean_different_things_in_different_contexts() -> None:
    assert complaints(find_accept="t") == []


@pytest.mark.parametrize(
    ("command", "keys", "complaint"),
    [
        ("go.bak", "x", 'go.bak: no command "go.bak"; nearest: "go.back"'),
        ("go.back", "backspce", 'go.back: no key "backspce"; nearest: "backspace"'),
        ("go.back", "esc", 'go.back: no key "esc"; nearest: "escape"'),
        ("go.back", "shift+h", 'go.back: no key "shift+h"; nearest: "H"'),
        ("go.back", "ctrl+P", 'go.back: no key "ctrl+P"; nearest: "ctrl+p"'),
        ("history.xyzzy", "x", 'history.xyzzy: no command "history.xyzzy"; `briefing keys` lists them'),
        ("go.back", "", 'go.back: no key ""; expected text such as "ctrl+f"'),
        ("go.back", "ctrl+[", 'go.back: key "ctrl+[" cannot be used: terminals send it as escape'),
        ("go.back", "ctrl+z", 'go.back: key "ctrl+z" always stays with app.suspend'),
        ("go.back", "j", 'go.back: key "j" is that of move.down; give that one another key first'),
        ("move.down", "?", 'move.down: key "?" is that of app.help; give that one another key first'),
    ],
)
def test_what_cannot_hold_is_named(command: str, keys: str, complaint: str) -> None:
    keymap, wrong = check({command: keys}, COMMANDS)
    assert keymap == {}
    assert [f"{one.command}: {one.message}" for one in wrong] == [complaint]


def test_one_wrong_key_leaves_the_others() -> None:
    assert check({"go.up": "ctrl+i, Z"}, COMMANDS)[0] == {"go.up": "Z"}


def test_of_two_that_want_the_same_key_the_first_written_has_it() -> None:
    keymap, wrong = check({"go.up": "X", "go.library": "X"}, COMMANDS)
    assert keymap == {"go.up": "X"}
    assert [one.command for one in wrong] == ["go.library"]


some_keys = st.sampled_from([*"jkgGtlyq?<x", "tab", "f5", "ctrl+k", "alt+x"])
keys_written = st.lists(some_keys, min_size=1, max_size=3)


@given(st.dictionaries(st.sampled_from(sorted(BY_ID)), keys_written.map(",".join), max_size=12))
def test_whatever_the_user_binds_the_result_is_sound(user_keys: dict[str, str]) -> None:
    keymap, wrong = check(user_keys, COMMANDS)
    chosen = {identifier: tuple(keys.split(",")) for identifier, keys in keymap.items()}
    assert list(clashes(COMMANDS, chosen)) == []
    assert set(keymap) | {one.command for one in wrong} == set(user_keys)


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=12), max_size=4))
def test_no_text_breaks_the_check(user_keys: dict[str, str]) -> None:
    for complaint in check(user_keys, COMMANDS)[1]:
        assert not any(unicodedata.category(c) == "Cc" for c in complaint.message)
