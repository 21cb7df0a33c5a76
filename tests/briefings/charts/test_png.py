"""Pictures as PNG: with what draws them, and without."""

from __future__ import annotations

import struct
import sys
import zlib
from types import ModuleType

import pytest

from briefings.charts.captions import caption
from briefings.charts.palettes import DARK, LIGHT, Palette
from briefings.charts.pictures import Legend, svg
from briefings.charts.plots import Event, Plot, line_of, plot_of
from briefings.charts.png import SCALE, NoPictureError, png
from sources.model import Observation, Period, Series

SIZE = (320, 200)


def charted() -> Plot:
    periods = [Period.parse(f"2024-{month:02}") for month in range(1, 13)]
    found = [Observation(period, float(at), "1") for at, period in enumerate(periods)]
    line = line_of(Series("a.b", "%", "M", found), "M2 growth", label_zh="M2同比")
    happened = Event(periods[5].first.toordinal(), "Decree <835>")
    return plot_of([line], events=[happened])


def picture() -> str:
    plot = charted()
    return svg(plot, caption(plot, ("PBOC by Eastmoney",), "2024-12-31"))


def small(title: str, palette: Palette = LIGHT) -> bytes:
    return png(svg(charted(), Legend(title), *SIZE, palette))


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
    with pytest.raises(NoPictureError, match=r"no font.*\.svg"):
        png(picture())


def test_a_picture_is_drawn_at_twice_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = ModuleType("resvg_py")
    drawing.svg_to_bytes = lambda svg_string, zoom: f"{zoom} {svg_string}".encode()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "resvg_py", drawing)
    assert png(picture()).startswith(b"2 <svg")


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_a_real_png_has_the_size_the_ground_and_the_ink_of_its_picture(palette: Palette) -> None:
    width, height, rows = pixels(small("M2", palette))
    assert (width, height) == (SIZE[0] * SCALE, SIZE[1] * SCALE)
    ground, ink = (bytes.fromhex(colour[1:]) for colour in (palette.paper, palette.lines[0]))
    found = [row[at : at + 3] for row in rows for at in range(0, len(row), 4)]
    assert found[0] == ground
    assert found.count(ink) > 200


def test_chinese_words_are_drawn_and_not_left_out() -> None:
    if not any(small(sign) != small("") for sign in "广央"):
        pytest.skip("no Chinese font is installed here")
    title, alone = (pixels(small(words))[2] for words in ("M2 同比增速差", "M2 "))
    assert sum(one != other for one, other in zip(title, alone, strict=True)) > 10


def test_a_title_is_as_bold_beside_a_chinese_one_as_alone() -> None:
    both, alone = (
        pixels(png(svg(charted(), Legend("M2 growth", chinese), *SIZE)))[2] for chinese in ("M2同比", "")
    )
    head = range(SCALE * 40)
    half = 4 * SCALE * SIZE[0] // 2
    assert all(both[row][:half] == alone[row][:half] for row in head)
    assert any(both[row][half:] != alone[row][half:] for row in head)


def test_unreadable_letters_do_not_break_a_picture() -> None:
    assert pixels(small("\x1b[2J\u202e<&>\"' \U0001f600"))[0] == SIZE[0] * SCALE


def pixels(image: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height and rows of RGBA bytes of a PNG without interlacing."""
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    chunks: dict[bytes, bytes] = {}
    at = 8
    while at < len(image):
        (length,) = struct.unpack(">I", image[at : at + 4])
        name, body = image[at + 4 : at + 8], image[at + 8 : at + 8 + length]
        chunks[name] = chunks.get(name, b"") + body
        at += length + 12
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert (depth, colour, interlaced) == (8, 6, 0)
    raw, stride = zlib.decompress(chunks[b"IDAT"]), width * 4 + 1
    rows: list[bytes] = []
    for number in range(height):
        line = raw[number * stride : (number + 1) * stride]
        rows.append(_unfiltered(line[0], bytearray(line[1:]), rows[-1] if rows else bytes(width * 4)))
    return width, height, rows


def _unfiltered(kind: int, line: bytearray, above: bytes) -> bytes:
    for at in range(len(line)):
        left = line[at - 4] if at >= 4 else 0
        corner = above[at - 4] if at >= 4 else 0
        up = above[at]
        line[at] = (line[at] + (0, left, up, (left + up) // 2, _paeth(left, up, corner))[kind]) % 256
    return bytes(line)


def _paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda each: abs(guess - each))
