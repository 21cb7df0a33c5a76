"""The screen of sources: what each row says, and the card of each."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from briefings.documents.model import Link
from sources.model import Period
from sources.refreshing.progress import Done
from tests.tui.conftest import Open
from tui.layout.blocks import layout, targets
from tui.layout.cells import width as cells
from tui.pages.page import Address, Page
from tui.pages.sources import sources_page, state_words
from tui.refreshing.beside import Asked, Progress
from tui.refreshing.network import Way
from tui.refreshing.services import Service

NOW = datetime(2026, 9, 20, 12, tzinfo=UTC)
NEXT = NOW + timedelta(minutes=65)
MONEY = Service(
    "chinamoney", "ChinaMoney 外汇交易中心", "https://example.org/", "for display", "never",
    newest=Period.parse("2026-08"), figures=("cn.shibor_3m", "cn.lpr"), counts=(("fresh", 1), ("stale", 1)),
)  # fmt: skip
REFUSED = MONEY._replace(
    state="resting", words="ChinaMoney 外汇交易中心 refused us (403).", failure=NOW, next_try=NEXT
)


def lines(page: Page, width: int = 76) -> str:
    """The page as it is read."""
    return "\n".join(line.text for block in page.reading for line in layout(block, width))


def page(service: Service, progress: Progress | None = None, name: str = "", **more: object) -> Page:
    address = Address("sources", "a", name)
    return sources_page([service], progress, address, NOW, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("service", "asked", "words"),
    [
        (MONEY, None, "never asked"),
        (MONEY, Asked("x"), "asking"),
        (MONEY, Asked("x", slow=True), "asking, is often slow"),
        (MONEY, Asked("x", "done"), "done, nothing new"),
        (MONEY, Asked("x", "done", new=2, revised=1), "done, 2 new, 1 revised"),
        (MONEY._replace(state="off", words="It refuses programs."), None, "off"),
        (MONEY._replace(state="unused"), None, "no figures asked of it"),
        (MONEY._replace(state="answers", success=NOW), None, f"answers, asked {NOW.astimezone():%H:%M}"),
        (REFUSED, None, f"refused us (403), next {NEXT.astimezone():%H:%M}"),
        (REFUSED, Asked("x", "failed", words="It refused us."), "refused us (403), next"),
        (REFUSED._replace(state="failing", next_try=None), None, "refused us (403)"),
        (MONEY._replace(state="unreached", words="No network."), Asked("x", "failed"), "not reached"),
        (
            MONEY._replace(
                name="Bank of St. Louis", state="failing", words="Bank of St. Louis timed out. No."
            ),
            None,
            "timed out",
        ),
    ],
)
def test_a_row_says_in_words_how_a_source_stands(service: Service, asked: Asked | None, words: str) -> None:
    assert state_words(service, asked, NOW).startswith(words)
    assert words.partition(", next")[0] in lines(
        page(service, Progress({service.id: asked}) if asked else None)
    )


@pytest.mark.parametrize(
    ("service", "asked", "glyph", "plain"),
    [
        (MONEY, None, "◔", "-"),
        (MONEY._replace(counts=(("fresh", 2),)), None, "◉", "*"),
        (MONEY._replace(counts=(("never", 2),)), None, "◌", "_"),
        (REFUSED, None, "⊗", "!"),
        (REFUSED, Asked("x"), "⋯", "."),
        (MONEY._replace(state="unreached"), Asked("x", "failed"), "◔", "-"),
    ],
)
def test_a_glyph_stands_before_the_name(
    service: Service, asked: Asked | None, glyph: str, plain: str
) -> None:
    progress = Progress({service.id: asked}) if asked else None
    assert f"{glyph} ChinaMoney" in lines(page(service, progress))
    assert f"{plain} ChinaMoney" in lines(page(service, progress, ascii=True))


def test_a_row_leaves_the_detail_of_a_failure_to_the_card() -> None:
    words = f"{MONEY.name} was not found: no address is known for x.example.org."
    lost = MONEY._replace(state="failing", words=words, failure=NOW)
    assert state_words(lost, None, NOW) == "was not found"
    assert "no address is known for x.example.org" in lines(page(lost, name="chinamoney"), 200)
    wrong = lost._replace(words=f"{MONEY.name}: line: expected three columns")
    assert state_words(wrong, None, NOW) == "line: expected three columns"


def test_while_asking_it_says_that_nothing_is_lost() -> None:
    words = "Nothing kept is replaced until an answer is whole."
    running = Progress({MONEY.id: Asked("x")})
    assert words in lines(page(MONEY, running), 100)
    assert words not in lines(page(MONEY, running.after(Done("Nothing changed."))), 100)
    assert words not in lines(page(MONEY), 100)


def test_what_stands_between_is_named() -> None:
    assert "HTTPS_PROXY: by way of px:8080." in lines(
        page(MONEY, ways=[Way("HTTPS_PROXY", "by way of px:8080")])
    )


@pytest.mark.parametrize("width", [40, 60, 76, 116])
def test_rows_fit_and_the_name_is_never_left_out(width: int) -> None:
    shown = lines(page(REFUSED), width).split("\n")
    assert max(map(cells, shown)) <= width
    assert any("ChinaMoney" in line for line in shown)
    assert ("newest kept" in shown[0]) == (width > 40)


def test_the_card_tells_all_that_is_known() -> None:
    service = REFUSED._replace(
        success=NOW - timedelta(days=2), received=12_345, slow=True, key="needed; BRIEFING_X"
    )
    card = page(
        service, name="chinamoney", title=lambda name: {"cn.lpr": "Prime rate 贷款利率"}.get(name, name)
    )
    shown = lines(card, 200)
    for words in (
        f"{(NOW - timedelta(days=2)).astimezone():%Y-%m-%d %H:%M}, 12 kB",
        f"{NOW.astimezone():%Y-%m-%d %H:%M}: ChinaMoney 外汇交易中心 refused us (403).",
        f"Next try      {NEXT.astimezone():%Y-%m-%d %H:%M}",
        "1 fresh, 1 stale", "for display", "https://example.org/", "Prime rate 贷款利率",
        "needed; BRIEFING_X",
    ):  # fmt: skip
        assert words in shown
    links = [link for block in card.reading for link in targets(block)]
    assert Link("item", "cn.lpr") in links
    assert Link("url", "https://example.org/") in links
    assert card.asks == ("chinamoney",)
    assert page(MONEY._replace(figures=()), name="chinamoney").asks == ()


def test_how_to_turn_on_what_is_off_stands_on_its_card() -> None:
    off = MONEY._replace(state="off", words='providers = ["chinamoney"] in config.toml turns it on.')
    assert 'providers = ["chinamoney"]' in lines(page(off, name="chinamoney"))


def test_outside_words_are_shown_harmless() -> None:
    bad = REFUSED._replace(name="\x1b[2J[/]Bank", words="\x1b]0;x\x07no", licence="\x9b1m")
    for name in ("", "chinamoney"):
        assert not set("\x1b\x9b\x07") & set(lines(page(bad, name=name)))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_by_keys_from_the_list_to_a_card_and_back(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        screen = await reader.press("S")
        assert "▸" in screen
        assert "Sources" in screen
        assert "Eastmoney" in screen
        await reader.focus_on("World Bank")
        card = await reader.press("enter")
        assert "Sources › World Bank" in card
        assert "never asked; the figures kept came with the program" in card
        assert "CC BY 4.0" in card
        assert reader.shell.page.asks == ("worldbank",)
        await reader.focus_on("Youth unemployment, 15 to 24 years")
        assert "Youth unemployment" in (await reader.press("enter")).split("\n")[0]
        await reader.press("backspace", "backspace")
        assert reader.focused() == "World Bank"


async def test_in_ascii_no_other_sign_is_drawn_by_us(reading: Open) -> None:
    async with reading(ascii=True, no_color=True) as reader:
        screen = await reader.press("S")
        assert screen.isascii()
        assert re.search(r"[*o!_-] Eastmoney", screen)
