"""Foreign values made ours: numbers, periods and the text of a body. Nothing here ever guesses.

What says "no value" becomes None. What cannot be read with certainty raises ValueError, with what was
found; a body that is no text raises WrongAnswer.
"""

from __future__ import annotations

import codecs
import math
import re
from datetime import UTC, date, datetime, timedelta
from typing import TypeGuard

from sources.limits import ANSWER_DIGITS
from sources.model import DAILY, Frequency, Period, WrongAnswer
from sources.text import message, unify_breaks

_WIDE = str.maketrans(
    {0xFF10 + digit: str(digit) for digit in range(10)}
    | {"．": ".", "，": ",", "％": "%", "＋": "+", "－": "-", "\u2212": "-", "\u3000": " ", "\xa0": " "}
)
"""Wide and typographic forms of what numbers are made of. Not NFKC: that makes 7.5¹ out of 7.51."""

_MARKS_OF_NOTHING = ". .. ... … - -- --- – — —— &nbsp; n/a #n/a na null none"
_MARKS_OF_NO_NUMBER = "nan inf +inf -inf infinity +infinity -infinity"
_MISSING = frozenset({"", *_MARKS_OF_NOTHING.split(), *_MARKS_OF_NO_NUMBER.split()})
_NUMBER = re.compile(
    r"([+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|[+-]?\.[0-9]+)([eE][+-]?[0-9]{1,4})? *%?"
)


def number(value: object) -> float | None:
    """The number in a value, in its own unit (`7.5%` is 7.5), or None where the value says there is none.

    Zero is a number. Missing: the marks of the sources (`.`, `--`, `N/A`, an ideographic space), NaN,
    what exceeds a float, true and false, lists and objects. Raises ValueError for any other text.
    """
    if isinstance(value, str):
        return _number_in(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return _finite(float(value))
    except OverflowError:
        return None


def _number_in(text: str) -> float | None:
    plain = text.translate(_WIDE).strip()
    if plain.casefold() in _MISSING:
        return None
    match = _NUMBER.fullmatch(plain) if len(plain) <= ANSWER_DIGITS else None
    if not match:
        raise ValueError(f'expected a number, found "{message(text, 60)}"')
    digits, exponent = match.groups()
    return _finite(float(digits.replace(",", "") + (exponent or "")))


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_FORMS = (
    re.compile(r"(?P<y>[0-9]{4})([-/.])(?P<m>[0-9]{1,2})\2(?P<d>[0-9]{1,2})([ T][0-9:.]+(Z|[+-][0-9:]+)?)?"),
    re.compile(r"(?P<y>[0-9]{4})年(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})日"),
    re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
    re.compile(r"(?P<d>[0-9]{1,2}) (?P<name>[A-Za-z]{3,9})\.? (?P<y>[0-9]{4})"),
)
_MONTH_FORMS = (
    re.compile(r"(?P<y>[0-9]{4})年(?P<m>[0-9]{1,2})月份?"),
    re.compile(r"(?P<y>[0-9]{4})[-/]M?(?P<m>[0-9]{1,2})"),
    re.compile(r"(?P<y>[0-9]{4})M?(?P<m>[0-9]{2})"),
    re.compile(r"(?P<name>[A-Za-z]{3,9})\.? (?P<y>[0-9]{4})"),
)
_DOTTED_MONTH = re.compile(r"(?P<y>[0-9]{4})\.(?P<m>[0-9]{2}|[2-9])")
"""Not `2025.1`: January as a text, October once a spreadsheet took it for a number."""
_QUARTER_FORMS = (
    re.compile(r"(?P<y>[0-9]{4})-?Q(?P<q>[1-4])"),
    re.compile(r"(?P<y>[0-9]{4})年(?:第?(?:[1一][-－—~至])?|前)(?P<q>[1-4一二三四])个?季度"),
    re.compile(r"(?P<y>[0-9]{4})年(?P<half>上半年)"),
)
_YEAR_FORM = re.compile(r"(?P<y>[0-9]{4})(年|年度|年全年)?")


def period(text: object, frequency: Frequency) -> Period:
    """The period of a frequency that a foreign date names, as `2026年08月份`, `202604` or `20 Aug 2026`.

    A cumulative quarter (`2026年第1-3季度`, `上半年`) is named by its last one. A finer date stands for
    the period that it lies in. Raises ValueError for a coarser date, and for what may mean two things.
    """
    plain = str(text).translate(_WIDE).strip() if isinstance(text, str | int) else ""
    if day := _first_match(_DAY_FORMS, plain):
        return Period.holding(_date(day), frequency)
    if frequency not in DAILY:
        if found := _first_match(_month_forms(frequency), plain):
            return Period.holding(_date(found), frequency)
        if found := _first_match(_QUARTER_FORMS, plain) if frequency == "Q" else None:
            return _quarter(found)
        if found := _YEAR_FORM.fullmatch(plain) if frequency == "A" else None:
            return Period(_date(found), "A")
    words = {"A": "a year", "Q": "a quarter", "M": "a month"}.get(frequency, "a day")
    raise ValueError(f'expected {words}, found "{message(str(text)[:200], 60)}"')


def _month_forms(frequency: Frequency) -> tuple[re.Pattern[str], ...]:
    """The forms of months; `2026.2` is one only among months: for quarters some write so the second."""
    return {"M": (*_MONTH_FORMS, _DOTTED_MONTH), "Q": _MONTH_FORMS}.get(frequency, ())


def day(text: object) -> date:
    """The day that a foreign date names. Raises ValueError."""
    return period(text, "D").first


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_SECONDS = 8e9
"""About 250 years: what lies further from 1970 is no date of a figure."""


def day_of_epoch(seconds: object) -> date:
    """The day in which a moment lies, in UTC. Raises ValueError."""
    if not _is_moment(seconds):
        raise ValueError(f'expected seconds since 1970, found "{message(str(seconds)[:200], 60)}"')
    return (_EPOCH + timedelta(seconds=seconds)).date()


def _is_moment(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _EPOCH_SECONDS


def _first_match(forms: tuple[re.Pattern[str], ...], text: str) -> re.Match[str] | None:
    return next((found for form in forms if (found := form.fullmatch(text))), None)


def _date(match: re.Match[str]) -> date:
    """The first day that the groups y, m or name, d of a match name. Raises ValueError."""
    groups = match.groupdict()
    month = int(groups["m"]) if groups.get("m") else 1
    if name := groups.get("name"):
        month = _month_named(name)
    year = int(groups["y"])
    if not 1700 <= year <= 2200:
        raise ValueError(f'expected a year between 1700 and 2200, found "{year}"')
    return date(year, month, int(groups.get("d") or 1))


def _month_named(name: str) -> int:
    try:
        return _MONTH_NAMES.index(name[:3].casefold()) + 1
    except ValueError:
        raise ValueError(f'expected a month, found "{name}"') from None


def _quarter(match: re.Match[str]) -> Period:
    groups = match.groupdict()
    which = 2 if groups.get("half") else _QUARTERS[groups["q"]]
    return Period(_date(match).replace(month=3 * which - 2), "Q")


_CHARSET = re.compile(r"charset *= *[\"']?([\w.:-]+)", re.IGNORECASE)
_CODECS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "gb2312": "gb18030",  # what calls itself so holds more than the standard of that name as a rule
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "iso-8859-1": "cp1252",
    "windows-1252": "cp1252",
    "utf-16": "utf-16",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEAD_BYTES = 2048
_SURELY_UTF8 = 3
"""So many characters outside ASCII that read well as UTF-8 are UTF-8, whatever is declared."""


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a body: by its byte order mark, its declared charset, as UTF-8, as GB18030.

    Declared is what the header says, else the page itself. Line breaks become `\\n`. Raises WrongAnswer
    where the body is no text.
    """
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return _checked(_decoded(body[len(mark) :], codec))
    declared = _declared(content_type) or _declared(body[:_HEAD_BYTES].decode("ascii", "replace"))
    as_utf8 = _decoded(body, "utf-8")
    if as_utf8 is not None and sum(letter > "\x7f" for letter in as_utf8[:100_000]) >= _SURELY_UTF8:
        return _checked(as_utf8)
    text = _decoded(body, declared) if declared else None
    return _checked(next((each for each in (text, as_utf8) if each is not None), _decoded(body, "gb18030")))


def _declared(text: str) -> str:
    match = _CHARSET.search(text)
    return _CODECS.get(match[1].casefold(), "") if match else ""


def _decoded(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except UnicodeError:
        return None


def _checked(text: str | None) -> str:
    if text is None or "\x00" in text:
        raise WrongAnswer("the body: expected text, found bytes that are none")
    return unify_breaks(text)
