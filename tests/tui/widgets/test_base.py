"""The private names of the framework that our widgets rest on."""

from __future__ import annotations

import inspect

import pytest
from textual._compositor import Compositor
from textual._styles_cache import StylesCache
from textual.app import App
from textual.screen import Screen
from textual.widget import Widget


@pytest.mark.parametrize(
    ("owner", "names"),
    [
        (App, ("_refresh_notifications",)),
        (Compositor, ("cuts", "get_widget_and_offset_at", "update_widgets")),
        (Screen, ("_compositor_refresh", "_on_screen_resume", "_refresh_layout", "check_idle")),
        (StylesCache, ("render_line",)),
        (Widget, ("_on_blur", "_on_focus", "_size_updated")),
    ],
)
def test_the_framework_still_has_what_we_override_and_call(owner: type, names: tuple[str, ...]) -> None:
    assert [name for name in names if not hasattr(owner, name)] == []


@pytest.mark.parametrize(
    ("owner", "names"),
    [
        (Compositor, ("_cuts", "_dirty_regions")),
        (
            Screen,
            ("_compositor", "_dirty_widgets", "_repaint_required", "_select_state", "_selecting", "_size"),
        ),
    ],
)
def test_the_framework_still_reads_the_attributes_that_we_set(owner: type, names: tuple[str, ...]) -> None:
    source = inspect.getsource(owner)
    assert [name for name in names if f"self.{name}" not in source] == []
