"""The initials of Chinese names, as they are typed: `hw` for 华为.

GB 2312 orders its common characters by their sound, so that the code of one tells its initial. What it
does not have, or reads otherwise in names, stands in a small table.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import islice, product

_STARTS = (
    (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"), (0xB8C1, "g"),
    (0xB9FE, "h"), (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"), (0xC4C3, "n"), (0xC5B6, "o"),
    (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"), (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"),
    (0xD1B9, "y"), (0xD4D1, "z"),
)  # fmt: skip
"""The first code of each initial."""

_END = 0xD7F9
"""The last code that is ordered by sound."""

_READ = {
    "长": "cz", "行": "xh", "重": "zc", "曾": "zc", "单": "ds", "会": "hk", "厦": "sx", "乐": "ly",
    "朝": "cz", "鑫": "x", "昇": "s", "讯": "x", "荣": "r", "崛": "j", "芯": "x", "鲲": "k", "鹏": "p",
    "鸿": "h", "麒": "q", "麟": "l", "岚": "l", "雲": "y", "晟": "s", "睿": "r", "鹭": "l", "瀚": "h",
}  # fmt: skip
"""Initials of characters that have several readings, or that the order does not have."""

_MOST = 4
"""Readings of a name at most."""


def initials(name: str) -> tuple[str, ...]:
    """How the initials of a name may be typed; letters and digits stay. Empty without Chinese."""
    if name.isascii():
        return ()
    letters = [letter for character in name.casefold() if (letter := _of(character))]
    chinese = any(not character.isascii() and _of(character) for character in name)
    return tuple("".join(each) for each in islice(product(*letters), _MOST)) if chinese else ()


def _of(character: str) -> str:
    """The initials that one character may have; empty for what is not typed."""
    if character.isascii():
        return character if character.isalnum() else ""
    if character in _READ:
        return _READ[character]
    code = int.from_bytes(character.encode("gb2312", "ignore"))
    if not _STARTS[0][0] <= code <= _END:
        return ""
    return _STARTS[bisect_right(_STARTS, (code, "~")) - 1][1]
