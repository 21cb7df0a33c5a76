"""What layout knows of items: their names, and which links lead to one. The same for both faces."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from briefings.documents.model import Block, Item, Link, Statement
from briefings.documents.names import is_indicator
from sources.text import fold
from tui.layout.context import Context, Judgement, no_glyph, no_mark, no_remarks, unjudged


def named(item: Item) -> str:
    """The name of an item as lists show it: the Chinese name follows the English one."""
    if item.kind in ("claim", "prediction"):
        return f"{item.short.upper()}  {item.title}"
    return f"{item.title} {item.title_zh}" if item.title_zh and item.kind != "section" else item.title


def other_title(owner: Item | None, item: Item) -> str:
    """The title of what an item stands in, to go with its own; empty where that says it already."""
    return owner.title if owner and fold(owner.title) != fold(item.title) else ""


def linked(
    context: Context,
    resolve: Callable[[str], Item | None],
    figure: Callable[[str], str | None],
    judged: Callable[[str], Judgement] = unjudged,
    mark: Callable[[Link, Collection[str]], str] = no_glyph,
    verdict: Callable[[Statement], str] = no_mark,
    remarks: Callable[[Block], Sequence[tuple[str, str]]] = no_remarks,
) -> Context:
    """The context for texts whose links `resolve` follows: what it does not find is drawn as missing.
    `figure` gives the text of an expression, `judged` the glyph after it, `mark` the glyph after a link,
    `verdict` what came of a claim, `remarks` what recomputing a table came to.

    Indicators are bound elsewhere, and never dangle.
    """

    def known(link: Link) -> bool:
        if link.kind != "item" or "#^" in link.target or is_indicator(link.target):
            return True
        return resolve(link.target) is not None

    def name(link: Link) -> str | None:
        item = resolve(link.target) if link.kind == "item" and not is_indicator(link.target) else None
        return named(item) if item else None

    return context._replace(
        known=known, name=name, figure=figure, judged=judged, mark=mark, verdict=verdict, remarks=remarks
    )
