"""The shape that every provider has: data, and three hooks that open no socket.

A provider is one module in `sources/adapters/` that ends in

    PROVIDER = Provider(id="worldbank", name="World Bank", ..., requests=requests, parse=parse, ...)

and one line in `sources/adapters/__init__.py`. What the hooks do:

    requests(queries, since, today, secrets)   which URLs answer these queries; one may serve several
    parse(body, asked)                         what such a body says, or why it is not what was asked for
    source_page(query)                         the page for people that shows the same figures

Whoever refreshes does the rest: limits, spacing, retries, storing. For a refused request (status 4xx or
5xx) `explain` may find the provider's own words in the body. `docs/providers.md` walks through an example.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from math import isfinite
from typing import Literal

from sources.likeness import nearest
from sources.limits import PROVIDER_BYTES, PROVIDER_SECONDS
from sources.model import Answer, Frequency, Period, Point, Request, WrongAnswer
from sources.text import message

Identity = Literal["honest", "browser"]
"""How requests present themselves: with this program's name and page, or as a browser. A provider that
refuses the first stays off until the user turns it on."""

Row = tuple[Period, float | None]
"""One value as a provider gives it: its period, and None where it says that there is none."""


@dataclass(frozen=True, slots=True)
class Query:
    """What the `from:` of an indicator asks of a provider; `fields` are the entry's own, as texts."""

    series: str
    frequency: Frequency
    fields: tuple[tuple[str, str], ...] = ()

    def get(self, name: str, default: str = "") -> str:
        """The text of a field, or `default` where the entry leaves it out."""
        return dict(self.fields).get(name, default)

    @property
    def scale(self) -> float:
        """What values are multiplied by to come into the unit of the entry."""
        return float(self.get("scale", "1"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with the queries that it serves: all that `parse` may know beside the body.

    `since` is the newest period held (None: none), `today` the day of asking. The refresh fills in
    `content_type` from the response, and puts `Answer.following` in place of `request` for the next page.
    """

    request: Request
    queries: tuple[Query, ...]
    today: date
    since: Period | None = None
    content_type: str = ""

    def then(self, request: Request) -> Asked:
        """The same queries asked of the next page."""
        return replace(self, request=request, content_type="")

    def parameter(self, name: str) -> str:
        """The text of a query parameter of the request, or an empty one."""
        return dict(self.request.query).get(name, "")


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a `from:` entry must hold, or may where `required` is false.

    The whole text must match `pattern`; `expected` says in words what that is.
    """

    name: str
    expected: str
    pattern: str = r".+"
    required: bool = True


NUMBER = r"[+-]?\d{1,15}(\.\d{1,15})?([eE][+-]?\d{1,2})?"
"""A number of an entry; none of this form is too large for a float."""

_SPAN = r"[\w-]+ +[\dQ-]*\.\.[\dQ-]*"

COMMON = (
    Field("scale", "the number that brings values into the entry's unit, as 0.1", NUMBER, required=False),
    Field(
        "definitions",
        "names with their periods, as `old ..2024-12, 2025 2025-01..`",
        rf" *{_SPAN} *(, *{_SPAN} *)*",
        required=False,
    ),
)
"""Fields that every entry may hold, whatever its provider."""

RequestsHook = Callable[[Sequence[Query], Period | None, date, Mapping[str, str]], list[Asked]]
ParseHook = Callable[[bytes, Asked], Answer]


def _no_words(status: int, body: bytes) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Provider:
    """An outside service: what it is, how it is to be treated, and how to speak with it."""

    id: str
    name: str
    home: str
    """Its page about the data, for people."""
    hosts: tuple[str, ...]
    """The only hosts that requests and redirects may go to."""
    licence: str
    fields: tuple[Field, ...]
    """What a `from:` entry holds beside `provider` and the fields in `COMMON`."""
    requests: RequestsHook
    """Pure. Asks for what is newer than `since`, or for a little more: revisions are welcome."""
    parse: ParseHook
    """Pure. `Answer.points` has each query's `series` as its key. Raises WrongAnswer or Refused only."""
    source_page: Callable[[Query], str]
    explain: Callable[[int, bytes], str] = _no_words
    """The provider's own words about a refusal, for a status of 4xx or 5xx; empty where there are none."""
    identity: Identity = "honest"
    per_host: int = 1
    """Requests at once."""
    spacing_seconds: float = 1.0
    """Least time between the starts of two requests."""
    total_seconds: float = PROVIDER_SECONDS
    most_bytes: int = PROVIDER_BYTES
    """Of one decoded body."""
    rest_hours: float = 0.0
    """Least time between two fetches of the same thing that both succeed."""
    needs_key: str = ""
    """The name of the secret without which it does not answer."""
    slow: bool = False
    """Its answers take tens of seconds as a rule: no reason for concern."""
    key_page: str = field(default="")
    """Where people get such a key."""

    def is_off(self, on: Collection[str]) -> bool:
        """Whether it wants a browser, and is not among those that the user turned `on` by name."""
        return self.identity == "browser" and self.id not in on

    def faults(self, fields: Mapping[str, str]) -> tuple[str, ...]:
        """What is wrong with the fields of a `from:` entry, each in a sentence; empty where all is well."""
        known = {each.name: each for each in (*self.fields, *COMMON)}
        found = [
            f"{self.id} needs `{each.name}`: {each.expected}"
            for each in known.values()
            if each.required and not fields.get(each.name)
        ]
        for name, text in fields.items():
            if name not in known:
                found.append(_unknown(self.id, name, known))
            elif text and not re.fullmatch(known[name].pattern, text):
                found.append(f'`{name}` is "{message(text, 60)}"; expected {known[name].expected}')
        return tuple(found) + _span_faults(fields.get("definitions", ""))


def settle(
    query: Query, rows: Iterable[Row], today: date, published: datetime | None = None
) -> tuple[tuple[Point, ...], tuple[str, ...]]:
    """Rows made into points of the entry's unit and definitions, oldest first, without doubles; and notes.

    `published` is the moment that the source itself names for all of them, in UTC, where it does.
    Of two values for a period the later row wins. Missing values, periods after tomorrow, and periods
    outside the definitions of the entry are left out. All this is said in the notes. Raises WrongAnswer
    for a value that is not finite, or is not once it is scaled.
    """
    spans = definitions(query.get("definitions"))
    kept, counts = _sifted(rows, spans, today)
    scale = query.scale
    points = tuple(
        Point(period, _scaled(value, scale, query), _definition(spans, period) or "1", published)
        for period, value in sorted(kept.items())
    )
    return points, tuple(f"{query.series}: {count} {what}" for what, count in counts.items() if count)


def _sifted(
    rows: Iterable[Row], spans: Sequence[Span], today: date
) -> tuple[dict[Period, float], dict[str, int]]:
    """The values that count, by period, and how many do not for which reason."""
    kept: dict[Period, float] = {}
    missing = doubles = future = outside = 0
    for period, value in rows:
        if value is None:
            missing += 1
        elif period.first > today + timedelta(days=1):
            future += 1
        elif spans and _definition(spans, period) is None:
            outside += 1
        else:
            doubles += kept.get(period, value) != value
            kept[period] = value
    return kept, {
        "without a value": missing,
        "given twice, the later one kept": doubles,
        "in the future": future,
        "outside the definitions of the entry": outside,
    }


def _scaled(value: float, scale: float, query: Query) -> float:
    scaled = value * scale if scale != 1 else value
    if not isfinite(scaled):
        raise WrongAnswer(f"{query.series}: expected a finite number, found {value:g} times {scale:g}")
    return scaled


Span = tuple[str, Period | None, Period | None]
"""A definition with its first and last period, None for an open end."""


def definitions(text: str) -> tuple[Span, ...]:
    """The spans in `old ..2024-12, 2025 2025-01..`. Raises ValueError naming what is no such thing."""
    return tuple(_span(part.strip()) for part in text.split(",") if part.strip())


def _span(text: str) -> Span:
    name, _, period = text.partition(" ")
    first, dots, last = period.strip().partition("..")
    try:
        if not name or not dots:
            raise ValueError
        return name, Period.parse(first) if first else None, Period.parse(last) if last else None
    except ValueError:
        raise ValueError(f'"{message(text, 60)}" is no definition with its periods') from None


def _definition(spans: Sequence[Span], period: Period) -> str | None:
    """The name of the definition that a period lies in; None where it lies in none."""
    for name, first, last in spans:
        if (not first or first.first <= period.first) and (not last or period.last <= last.last):
            return name
    return None


def _span_faults(text: str) -> tuple[str, ...]:
    try:
        definitions(text)
    except ValueError as error:
        return (f"`definitions`: {error}",)
    return ()


def _unknown(provider: str, name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    hint = f"; did you mean `{near}`?" if near else ""
    return f"{provider} does not know `{message(name, 60)}`{hint}"
