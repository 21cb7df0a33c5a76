"""What layout knows of items: their names, and which links lead to one. The same for both faces."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from briefings.documents.model import Block, Item, Link, Mark, Span, Statement
from briefings.documents.names import is_indicator, slug
from briefings.library.index import Listed
from sources.text import fold
from tui.layout.context import Context, Judgement, no_glyph, no_mark, no_remarks, unjudged


def named(item: Item) -> str:
    """The name of an item as lists show it: the Chinese name follows the English one."""
    if item.kind in ("claim", "prediction"):
        return f"{item.short.upper()}  {item.title}"
    return f"{item.title} {item.title_zh}" if item.title_zh and item.kind != "section" else item.title


def which(note: Item | Listed) -> str:
    """The id of a note, to go with its title in lists; empty where the title says it already, and for what is
    no note. Many notes of a vault have one title."""
    return note.id if note.kind == "note" and slug(note.title) != note.id else ""


def after(*words: str) -> str:
    """What follows a name in a list, each part after two blanks."""
    return "".join(f"  {each}" for each in words if each)


def told_from_others(item: Item) -> str:
    """The name of an item where it stands alone; of a note whose file name others have, its id."""
    return item.id if item.kind == "note" and "/" in item.id else named(item)


def other_title(owner: Item | None, item: Item) -> str:
    """The name of what an item stands in, to go with its own; empty where that says it already."""
    if owner is None or fold(owner.title) == fold(item.title):
        return ""
    return owner.id if owner.kind == "note" and "/" in owner.id else owner.title


def place_of(owner: Item, item: Item, link: Link) -> tuple[Span, ...]:
    """The document in which something is said, and the section, which a title that is the same need not
    name."""
    section = named(item) if other_title(owner, item) else ""
    return (Span(named(owner), link=link), Span(after(which(owner), section), Mark.QUIET))


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

    def parts(link: Link) -> bool:
        item = resolve(link.target) if link.kind == "item" else None
        if item is None or item.id != item.document or not link.target.partition("#")[0]:
            return known(link) and item is not None
        return resolve(link.target.partition("#")[0]) == item  # else the whole target is its name

    def name(link: Link) -> str | None:
        item = resolve(link.target) if link.kind == "item" and not is_indicator(link.target) else None
        return named(item) if item else None

    return context._replace(
        known=known,
        parts=parts,
        name=name,
        figure=figure,
        judged=judged,
        mark=mark,
        verdict=verdict,
        remarks=remarks,
    )
