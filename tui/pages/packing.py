"""Pages and places as text that is kept between starts. What cannot be read any more is None."""

from __future__ import annotations

import json
from typing import get_args

from tui.layout.place import Place, Target
from tui.pages.navigation import Visit
from tui.pages.page import Address, PageKind

_FIELDS = 4
"""Fields of an address, and of a place, that are kept: where it is, whatever else is shown there."""


def packed(visit: Visit) -> str:
    """A page with where the reader was in it; what was found there is left out."""
    reading = visit.reading._replace(find="", hit=None, shifts=())
    return json.dumps([visit.address[:_FIELDS], reading[:_FIELDS], visit.in_side], ensure_ascii=False)


def unpacked(text: str) -> Visit | None:
    """A page that was kept."""
    try:
        address, place, in_side = json.loads(text)
        found = unpacked_address(address), _place(place)
    except (ValueError, TypeError, RecursionError):
        return None
    return Visit(*found, in_side=in_side is True)


def unpacked_address(place: object) -> Address:
    """An address of what was kept of one. Raises ValueError for what is none."""
    if not isinstance(place, list) or not place or place[0] not in get_args(PageKind):
        raise ValueError("no address")
    plain = Address(place[0])
    pairs = zip(place, plain, strict=False)
    if len(place) > _FIELDS or any(type(one) is not type(other) for one, other in pairs):
        raise ValueError("no address")
    return Address(*place)


def _place(values: object) -> Place:
    if not isinstance(values, list) or len(values) != 4:
        raise ValueError("no place")
    *numbers, focused = values
    if not all(type(number) is int and 0 <= number < 1 << 31 for number in numbers):
        raise ValueError("no place")
    block, offset, gap = numbers
    return Place(block, offset, gap, _target(focused))


def _target(values: object) -> Target | None:
    if isinstance(values, list) and len(values) == 2 and all(type(n) is int and n >= 0 for n in values):
        return Target(*values)
    return None
