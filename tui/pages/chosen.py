"""A list that has changed: the entry that was chosen stays chosen, wherever it stands now."""

from __future__ import annotations

from collections.abc import Sequence

from briefings.documents.model import Block, Link
from tui.layout.blocks import targets
from tui.layout.place import Target

FAR = 200
"""Blocks around the place of before in which an entry is looked for."""


def now_at(chosen: Target | None, before: Sequence[Block], now: Sequence[Block]) -> Target | None:
    """Where the entry that was chosen among the blocks of before stands now; where it stood, if it has gone
    or is far off."""
    link = _link_at(chosen, before)
    if chosen is None or link is None or _link_at(chosen, now) == link:
        return chosen
    around = range(max(0, chosen.block - FAR), min(len(now), chosen.block + FAR + 1))
    found = (
        Target(block, at) for block in around for at, each in enumerate(targets(now[block])) if each == link
    )
    return min(found, key=lambda each: _distance(each, chosen), default=chosen)


def _link_at(chosen: Target | None, blocks: Sequence[Block]) -> Link | None:
    if chosen is None or chosen.block >= len(blocks):
        return None
    links = targets(blocks[chosen.block])
    return links[chosen.number] if chosen.number < len(links) else None


def _distance(one: Target, other: Target) -> tuple[int, int]:
    return abs(one.block - other.block), abs(one.number - other.number)
