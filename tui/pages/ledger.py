"""The ledger: every claim with what it says, what was measured, and the verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from briefings.desk import Desk
from briefings.documents.model import TOPICS, Block, Item, Link, Mark, Span
from briefings.ledger.judged import Row
from briefings.ledger.words import GLYPHS, METHODS, WORDS
from tui.commands.live import USUAL, Key
from tui.pages import parts, verdicts
from tui.pages.page import Address, Heading, Page

if TYPE_CHECKING:
    from briefings.library.index import Listed
    from briefings.search.query import Facts

Grouping = Literal["verdict", "topic", "document"]
Order = Literal["worst", "furthest", "oldest", "name"]

GROUPINGS: tuple[Grouping, ...] = ("verdict", "topic", "document")
"""What claims can be grouped by, in the order in which `,` goes through them."""

ORDERS: dict[Order, str] = {
    "worst": "the worst first",
    "furthest": "those furthest from what was measured first",
    "oldest": "those on the oldest evidence first",
    "name": "by name",
}
"""How claims stand in their groups, in the order in which `;` goes through them."""

_MARK = 2
"""Cells of a glyph with its signs, in most rows."""

_HEAD = ("claim", "says", "measured", "verdict")
_ALIGN = ("name", "right", "right", "")


class View(NamedTuple):
    """What the ledger shows: `only` is a word, or the name of a group, that alone is shown; `words` are a
    query that all claims shown answer."""

    grouping: Grouping = "verdict"
    order: Order = "worst"
    only: str = ""
    words: str = ""

    @classmethod
    def named(cls, name: str) -> View:
        """The view that the name of a page means: `topic:oldest contradicted & huawei`."""
        how, _, rest = name.partition(" ")
        grouping, _, order = how.partition(":")
        only, _, words = rest.partition("&")
        return cls(
            grouping if grouping in GROUPINGS else "verdict",
            order if order in ORDERS else "worst",
            only.strip(),
            words.strip(),
        )

    @property
    def name(self) -> str:
        """The name of its page."""
        order = f":{self.order}" if self.order != "worst" else ""
        words = f"& {self.words}" if self.words else ""
        return " ".join(filter(None, (f"{self.grouping}{order}", self.only, words)))

    def grouped_next(self) -> View:
        """The same claims grouped by the next thing; what was shown alone of a group is no group there."""
        following = GROUPINGS[(GROUPINGS.index(self.grouping) + 1) % len(GROUPINGS)]
        return self._replace(grouping=following, only=self.only if self.only in WORDS else "")

    def ordered_next(self) -> View:
        """The same claims in the next order."""
        orders = list(ORDERS)
        return self._replace(order=orders[(orders.index(self.order) + 1) % len(orders)])

    def shows(self, row: Row, item: Item) -> bool:
        """Whether a claim is shown."""
        return self.only in ("", row.word, _group_of(row, item, self.grouping))


_Pair = tuple[Row, Item]
_Group = tuple[str, Sequence[_Pair]]


def ledger_page(
    desk: Desk,
    briefing: str,
    name: str = "",
    ascii: bool = False,  # noqa: A002
    key: Key = USUAL,
) -> Page:
    """The claims of a briefing, or of all documents without one. `name` is that of a `View`."""
    view = View.named(name)
    found = [(row, item) for row in desk.verdicts(briefing) if (item := desk.item(row.id))]
    found = _answering(desk, found, view.words) if view.words else found
    chosen = [pair for pair in found if view.shows(*pair)]
    top = list(_top(found, len(chosen), view, ascii, key))
    outline: list[Heading] = []
    tables: list[Block] = []
    for title, rows in _groups(desk, chosen, view):
        outline.append(Heading(f"{title}  {len(rows)}", 1, len(top) + len(tables)))
        tables += _tables(desk, title, rows, ascii)
    shown = _titled(desk, view.only, view.grouping) if view.only and view.only not in WORDS else view.only
    path = tuple(filter(None, ("Ledger of claims", shown, view.words)))
    return Page(
        Address("ledger", briefing, view.name),
        path=path,
        reading=[*top, *parts.alike(tables)],
        side=_filters(desk, found, view, ascii),
        document=briefing,
        up=Address("overview", briefing),
        listing=bool(found),
        outline=tuple(outline),
    )


def _answering(desk: Desk, found: Sequence[_Pair], words: str) -> list[_Pair]:
    """The claims that answer a query; none for words that are none."""
    from briefings.search.query import QueryError, matches, parse

    try:
        query = parse(words)
    except QueryError:
        return []
    documents = {each.id: each for each in desk.documents()}
    asks_source = any(term.key == "source" for group in query.groups for term in group)
    sources = desk.searching().claim_sources if asks_source else {}
    facts = ((pair, _facts(desk, *pair, documents, sources)) for pair in found)
    return [pair for pair, known in facts if matches(query, known)]


def _facts(
    desk: Desk, row: Row, item: Item, documents: Mapping[str, Listed], sources: Mapping[str, str]
) -> Facts:
    from briefings.search.query import Facts

    owner = documents.get(row.document)
    return Facts(
        item.kind,
        text=" ".join((item.short, item.title, item.title_zh, item.summary)),
        topics=item.topics,
        verdict=row.word,
        stale=any(map(desk.is_late, row.series)) if row.series else None,
        date=owner.date if owner else "",
        source=sources.get(row.id, ""),
        document=f"{row.document} {owner.title} {owner.title_zh}" if owner else row.document,
    )


def _top(
    found: Sequence[_Pair],
    shown: int,
    view: View,
    ascii: bool,  # noqa: A002
    key: Key,
) -> Iterator[Block]:
    if not found and view.words:
        yield parts.quiet(f"No claims answer that. {key('table.filter')} with nothing shows all.")
        return
    if not found:
        yield parts.quiet("No claims here, or none that was judged yet: that goes on beside reading.")
        return
    rows = [row for row, _ in found]
    for method, label in METHODS:
        if spans := verdicts.counts(rows, method, ascii):
            yield Block("line", spans=(Span(f"{label:<20}", Mark.QUIET), *spans))
    if view.order != "worst":
        yield Block("line", spans=(Span(f"{'Order':<20}", Mark.QUIET), Span(ORDERS[view.order])))
    if not shown:
        yield parts.quiet(f"No claim is {view.only}.")


def _groups(desk: Desk, found: Sequence[_Pair], view: View) -> Iterator[_Group]:
    """The claims in groups, each in the order of the view."""
    groups: dict[str, list[_Pair]] = {}
    for row, item in sorted(found, key=lambda pair: _worst(pair[0])):
        groups.setdefault(_group_of(row, item, view.grouping), []).append((row, item))
    names = list(groups) if view.grouping != "topic" else [name for name in (*TOPICS, "") if name in groups]
    for name in names:
        yield (
            _titled(desk, name, view.grouping),
            sorted(groups[name], key=lambda pair: _rank(pair, view.order)),
        )


def _worst(row: Row) -> tuple[float, ...]:
    return verdicts.WORST_FIRST[row.word], row.method == "judged"


def _rank(pair: _Pair, order: Order) -> tuple[float | str, ...]:
    """What claims are sorted by; those of which it is not known come last."""
    row, item = pair
    match order:
        case "furthest":
            return (-miss,) if (miss := _miss(row)) is not None else (1.0,)
        case "oldest":
            return (-float(row.age),) if row.age is not None else (1.0,)
        case "name":
            return (item.short, row.document)
    return _worst(row)


def _miss(row: Row) -> float | None:
    """How far the measured number lies from the stated one, as a share of the stated one."""
    if row.measured is None or row.stated is None:
        return None
    return abs(row.measured - row.stated) / (abs(row.stated) or 1.0)


def _group_of(row: Row, item: Item, grouping: str) -> str:
    match grouping:
        case "topic":
            return next(iter(item.topics), "")
        case "document":
            return row.document
    return row.word


def _titled(desk: Desk, name: str, grouping: str) -> str:
    match grouping:
        case "topic":
            return parts.TOPIC_NAMES.get(name, "No topic")
        case "document":
            owner = desk.item(name)
            return owner.title if owner else name
    return name.capitalize()


def _tables(desk: Desk, title: str, rows: Sequence[_Pair], ascii: bool) -> Iterator[Block]:  # noqa: A002
    head = tuple(parts.cell(Span(word)) for word in (f"  {title}", *_HEAD[1:]))
    for first in range(0, len(rows), parts.TOGETHER):
        lines = (_line(desk, row, item, ascii) for row, item in rows[first : first + parts.TOGETHER])
        yield Block("table", rows=(head, *lines), align=_ALIGN)


def _line(desk: Desk, row: Row, item: Item, ascii: bool) -> tuple[tuple[Span, ...], ...]:  # noqa: A002
    named = Span(f"{item.short.upper()}  {item.title}", link=Link("item", item.id))
    said = Span(f"{row.said}{', judged' if row.method == 'judged' else ''}")
    unit = f" {row.unit}" if row.unit else ""
    return (
        (verdicts.glyph(f"{desk.mark(row):<{_MARK}}", ascii), named),
        (Span(f"{row.says}{unit}" if row.says else ""),),
        (Span(f"{row.found}{unit}" if row.found else ""),),
        (said,),
    )


def _filters(desk: Desk, found: Sequence[_Pair], view: View, ascii: bool) -> Sequence[Block]:  # noqa: A002
    """Links that show the claims of one word alone, or of one group."""
    counts = Counter(row.word for row, _ in found)
    lines: list[tuple[Span, ...]] = [
        (verdicts.glyph(GLYPHS[word], ascii), *_filter(word, word, counts[word], view))
        for word in WORDS
        if counts[word] and word != view.only
    ]
    if view.grouping != "verdict":
        groups = Counter(_group_of(row, item, view.grouping) for row, item in found)
        for name, count in groups.items():
            if name and name != view.only:
                title = _titled(desk, name, view.grouping)
                lines.append((Span("  "), *_filter(name, title, count, view)))
    if view.only:
        lines.append((Span("  "), Span("all claims", link=Link("ledger", view._replace(only="").name))))
    return [parts.heading("Show only"), *parts.entries(lines)] if lines else []


def _filter(name: str, title: str, count: int, view: View) -> tuple[Span, ...]:
    return Span(title, link=Link("ledger", view._replace(only=name).name)), Span(f"  {count}", Mark.QUIET)
