"""Short names of indicators: what the end of row 1 shows, and may be typed in the place of an id."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sources.text import fold

_SHORT = {"cn.m2_m1_gap": "gap"}
_ENDING = "_yoy"


def short_name(series: str) -> str:
    """An id without the country and `_yoy`: `m2` for `cn.m2_yoy`. Several may share one: `rd_gdp`."""
    return _SHORT.get(series) or last_part(series).removesuffix(_ENDING)


def last_part(series: str) -> str:
    """An id without the country: `m2_yoy`."""
    return series.rpartition(".")[2]


def called(name: str, series: Iterable[str]) -> tuple[str, ...]:
    """The indicators that a name means, of those there are: the one with this id, else all with this short
    name, else all whose id ends so. Case and width make no difference."""
    known, wanted = tuple(series), fold(name)
    for name_of in (str, short_name, last_part):
        if found := tuple(each for each in known if name_of(each) == wanted):
            return found
    return ()


def likeliest(name: str, series: Iterable[str]) -> str | None:
    """The indicator that an id which none has may mean: one of that short name in the country, the one most
    like it, or the one whose id without the country is; None where none is near."""
    from sources.likeness import nearest  # which only a mistake needs

    known = tuple(series)
    country = name.rpartition(".")[0]
    near = [each for each in called(last_part(name), known) if each.rpartition(".")[0] == country]
    parts = {last_part(each): each for each in reversed(known)}
    like = nearest(name, known) or parts.get(nearest(name, parts) or "")
    return near[0] if country and near else like


def parted(name: str) -> tuple[str, str]:
    """A name, and what is said after it of a definition or a period: `M1:old@2024-01`."""
    short = re.split("[:@]", name, maxsplit=1)[0]
    return short, name[len(short) :]
