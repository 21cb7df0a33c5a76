"""The one screen's rows and panes: what stands where at which size. What they show is the shell's."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Static

from briefings.desk import Desk
from briefings.documents.model import Block, Item
from tui.layout.blocks import targets
from tui.layout.context import Context, no_glyph, unjudged
from tui.layout.linked import linked
from tui.layout.place import Place
from tui.pages.arrangement import LEAST, SIDE_LEAST, WIDE, Arrangement, arrange
from tui.pages.page import Address, Page
from tui.pages.pieces import Joined
from tui.pages.remarks import remarker
from tui.pages.verdicts import judge_of, marker, teller
from tui.screens.chart_pane import ChartPane
from tui.screens.fields import Fields
from tui.widgets.bar import Bar, Foot, MessageRow
from tui.widgets.base import LineScreen, Row, lay_out_first
from tui.widgets.document import DocumentView
from tui.widgets.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefings.library.mentions import Mentions
    from tui.pages.choices import Choice

BLANK = Page(Address("overview"), (), ())
"""What is shown before anything is."""

_WITH_GLYPHS = ("ledger", "scoreboard", "search", "neighbours")
"""Pages whose rows have a column for the glyphs that links carry elsewhere."""

_TEXTS = ("overview", "topic", "gathered", "item")
"""Pages on which names are links too."""

_ROOMY = 24
"""Rows above which a blank one stands under the tabs."""


_SPREADS_KEPT = 12


class Spread(NamedTuple):
    """How a page stands on a screen of so many columns: where, with the names in it as links, and how its
    texts are drawn."""

    page: Page
    columns: int
    mentions: Mentions | None
    plan: Arrangement
    reading: Sequence[Block]
    context: Context


class Panes(LineScreen, inherit_bindings=False):
    """Bar, one or two panes, message and footer. An outline, or another page that was opened beside,
    lies over the side pane, or, where there is only one pane, over that."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """What has the focus shows that itself: the screen around it stays as it is."""

    def __init__(
        self,
        context: Context,
        desk: Desk,
    ) -> None:
        super().__init__()
        self.home = desk
        self.day: date | None = None
        self.page = BLANK
        self.bar = Bar(name="bar")
        self.reading = DocumentView(self.pane_moved, name="reading")
        self.side = DocumentView(self.pane_moved, rule=True, name="side")
        self.message = MessageRow(name="message")
        self.foot = Foot(name="foot")
        self.chart = ChartPane(self)
        self.fields = Fields(self, ascii_only=context.ascii)
        self.bar.ascii = context.ascii
        self.outlined = False
        self.beside: Page | None = None
        self.mentions: Mentions | None = None
        self._drawn_with = context
        self._laid_out_for = Size(0, 0)
        self._focused_before: Widget | None = None
        self._spreads: Recent[Spread] = Recent(_SPREADS_KEPT)

    def compose(self) -> ComposeResult:
        yield self.bar
        with Row(id="panes"):
            yield self.reading
            yield self.side
        yield self.message
        yield self.foot
        yield Static(f"Too small: {LEAST[0]} x {LEAST[1]} needed.", id="small", markup=False)

    @property
    def desk(self) -> Desk:
        """The desk that everything shown is asked of: that of the day, or of today."""
        return self.home.as_of(self.day)

    @property
    def pane(self) -> DocumentView:
        """The pane that keys act on."""
        return self.side if self.focused is self.side else self.reading

    def pane_moved(self) -> None:
        """Called when a pane shows another part of its text, or another link has the focus."""

    @property
    def is_too_small(self) -> bool:
        """Whether the screen has no room for more than a line that says so."""
        return self.has_class("-small")

    def words_changed(self, words: str) -> None:
        """Called when other words to find are typed."""

    def going_changed(self, typed: str) -> None:
        """Called when something else is typed into the go bar."""

    def going_moved(self, choice: Choice) -> None:
        """Called when another choice of the go bar is chosen."""

    def query_changed(self, words: str) -> None:
        """Called when another query is typed."""

    def lay_out(self, reading: Place, side: Place) -> None:
        """Show the page in the panes, each at its place."""
        self._laid_out_for = self.app.size
        spread = self._spread_out(self.page)
        plan, context = spread.plan, spread.context
        room = self.app.size.width >= WIDE and not self.page.panels
        hidden = self.beside is not None and not room
        charted = self.chart.rows
        self.chart.show(BLANK if hidden else self.page)
        self._size_panes(plan, charted - self.chart.rows)
        listing, numbered = self.page.listing, self.page.numbered
        number = numbered.of if numbered else None
        self.reading.show(spread.reading, context, reading, listing=listing, numbered=number)
        if self.beside and not self.outlined:
            beside = self.beside
            whole = self._with_names(beside, Joined(beside.reading, beside.side))
            self.side.show(whole, self.drawn_for(beside), side, listing=beside.listing)
        else:
            blocks = self._outline() if self.outlined else plan.side
            self.side.show(blocks, context, side, listing=self.outlined)
        lay_out_first(self, self.reading, self.side, *self.chart.views, self.query_one("#panes"))

    def _spread_out(self, page: Page) -> Spread:
        """How a page stands; the same page as before, as it stood then."""
        columns, mentions = self.app.size.width, self.mentions

        def fits(spread: Spread) -> bool:
            return spread.page is page and spread.columns == columns and spread.mentions is mentions

        def make() -> Spread:
            plan = arrange(page, columns)
            return Spread(
                page, columns, mentions, plan, self._with_names(page, plan.reading), self.drawn_for(page)
            )

        return self._spreads.get(fits, make)

    def _with_names(self, page: Page, blocks: Sequence[Block]) -> Sequence[Block]:
        """The blocks of a page with links on the names in them, while such are shown."""
        if self.mentions is None or page.address.kind not in _TEXTS:
            return blocks
        from briefings.library.mentions import Linked  # which reading without them does not need

        desk = self.home.as_of(page.address.day)
        about = (page.document, page.address.name)
        return Linked(blocks, self.mentions, lambda name: desk.item(name) is not None, about)

    def shows_names(self) -> bool:
        """Whether a name in the visible part of the text is a link."""
        port = self.reading.port
        return self.mentions is not None and any(targets(port.blocks[block]) for block, _ in port.rows())

    @property
    def here(self) -> Page:
        """The page that the keys are about: the one laid beside, while it has the focus."""
        in_side = self.beside is not None and not self.outlined and self.focused is self.side
        return self.beside if in_side and self.beside else self.page

    @property
    def is_covered(self) -> bool:
        """Whether something lies over the side pane."""
        return self.outlined or self.beside is not None

    def document_of(self, view: DocumentView) -> str:
        """Where the links of a pane are resolved from."""
        beside = self.beside if view is self.side and not self.outlined else None
        return (beside or self.page).document

    def drawn_for(self, page: Page) -> Context:
        """How the texts of a page are drawn: with what the desk knows of their links, figures and claims."""
        document = page.document

        desk, drawn = self.home.as_of(page.address.day), self._drawn_with

        def resolve(target: str) -> Item | None:
            return desk.resolve(target, document)

        told = teller(desk, document, drawn.ascii)
        has_own = page.address.kind in _WITH_GLYPHS
        mark = no_glyph if has_own else marker(desk, resolve, drawn.ascii)
        judges = None if page.address.kind == "gathered" else document
        judged = unjudged if has_own else judge_of(desk, judges, drawn.ascii)
        return linked(drawn, resolve, desk.figure, judged, mark, told, remarker(page, drawn.ascii))

    @property
    def is_page_hidden(self) -> bool:
        """Whether another page that was opened beside has all the room there is."""
        return self.beside is not None and not self.outlined and self.app.size.width < WIDE

    def switch_outline(self) -> None:
        """Lay the outline over, or take it away."""
        place = self.reading.place()
        self.outlined = not self.outlined
        self.lay_out(place, Place())
        if self.outlined:
            self.side.focus()
            self.side.move_focus(1)
        else:
            self.reading.focus()

    def lay_outline(self, place: Place, focused: bool) -> None:
        """Lay the outline over again as it was, with the keys where it had them."""
        self.outlined = True
        self.lay_out(self.reading.place(), place)
        if focused or not self.reading.display:
            self.side.focus()

    def heading_chosen(self) -> int:
        """The block of the page that the focused line of the outline stands for."""
        target = self.side.focused_target
        return self.page.outline[target.block].block if target else 0

    def on_resize(self, event: events.Resize) -> None:
        """Lay out again, keeping the places and the focus."""
        self.fit(event.size.width, event.size.height)
        if self.page is not BLANK and event.size != self._laid_out_for:
            self.lay_out(self.reading.place(), self.side.place())
            if not self.side.display and self.focused is self.side:
                self.reading.focus()
            elif not self.reading.display and self.focused is self.reading:
                self.side.focus()

    def fit(self, columns: int, rows: int) -> None:
        """Show only a line where the screen is too small for more."""
        small = columns < LEAST[0] or rows < LEAST[1]
        if small and not self.is_too_small:
            self._focused_before = self.focused or self._focused_before
        self.set_class(small, "-small")
        if not small and self.focused is None and self._focused_before:
            self.call_after_refresh(self._focus_again)
        self.bar.styles.height = 3 if rows > _ROOMY else 2
        self.chart.fit(rows, small)

    def _focus_again(self) -> None:
        """Give the focus back to what had it before the screen was too small; it may be too small again.
        Where that is not shown, a pane that is has it."""
        before = self._focused_before
        if before and not self.is_too_small:
            pane = self.reading if self.reading.display else self.side
            (before if before.focusable and _is_shown(before) else pane).focus()

    def _size_panes(self, plan: Arrangement, more: int) -> None:
        """Give the panes their columns, and what they show `more` rows than in the frame before."""
        columns = self.app.size.width
        beside = plan.side_cells
        if (self.is_covered or self.page.previews) and not beside and columns >= WIDE:
            beside = SIDE_LEAST
        alone = self.is_covered and not beside
        self.reading.display = not alone
        self.side.display = alone or beside > 0
        self.reading.styles.margin = (0, 0, 0, plan.left)
        self.reading.margin_right = 1 if beside else 2
        self.side.rule = not alone
        rows = max(self.reading.drawn.height, self.side.drawn.height) + more
        for pane, cells in (
            (self.reading, min(plan.reading_cells, columns - beside - plan.left)),
            (self.side, beside or columns),
        ):
            pane.styles.width = cells
            if rows > 0 and pane.display:
                pane.expect(Size(cells, rows))

    def heading_notes(self, page: Page) -> dict[str, str]:
        """Words for the lines of the outline, by their sections."""
        return {}

    def _outline(self) -> list[Block]:
        from tui.pages.outline import outline_blocks  # which the first frame does without

        return outline_blocks(self.desk, self.page, self.heading_notes(self.page), self._drawn_with.ascii)


def _is_shown(widget: Widget) -> bool:
    """Whether neither a widget nor what it stands in is hidden: another page may be shown by now."""
    return all(node.display for node in widget.ancestors_with_self)
