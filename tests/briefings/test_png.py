"""Pictures as PNG: with what draws them, and without."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from briefings.captions import caption
from briefings.pictures import svg
from briefings.plots import Event, line_of, plot_of
from briefings.png import NoPictureError, png
from sources.model import Observation, Period, Series


def picture() -> str:
    periods = [Period.parse(f"2024-{month:02}") for month in range(1, 13)]
    found = [Observation(period, float(at), "1") for at, period in enumerate(periods)]
    line = line_of(Series("a.b", "%", "M", found), "M2 growth", label_zh="M2同比")
    happened = Event(periods[5].first.toordinal(), "Decree <835>")
    plot = plot_of([line], events=[happened])
    return svg(plot, caption(plot, ("PBOC by Eastmoney",), "2024-12-31"))


def test_a_picture_says_what_it_shows_and_whose_figures_these_are() -> None:
    drawn = picture()
    assert "<title>M2 growth M2同比</title>" in drawn
    assert "1\u00a0Decree &lt;835&gt;, 2024-06-01" in drawn
    assert "Source: PBOC by Eastmoney. As known on 2024-12-31." in drawn


def test_without_the_library_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(NoPictureError, match=r"briefing-desk\[picture\]"):
        png(picture())


def test_no_picture_is_made_whose_words_would_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    blind = ModuleType("resvg_py")
    blind.svg_to_bytes = lambda **options: b"PNG"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "resvg_py", blind)
    with pytest.raises(NoPictureError, match="no font"):
        png(picture())


def test_a_picture_is_drawn_at_twice_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = ModuleType("resvg_py")
    drawing.svg_to_bytes = lambda svg_string, zoom: f"{zoom} {svg_string}".encode()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "resvg_py", drawing)
    assert png(picture()).startswith(b"2 <svg")
