"""An entry of the catalogue: what a series is, where it comes from, and when it is published.

Entries are data. They are read from YAML once (`sources.catalogue.entries`) and kept compiled; the release
rule stays as text here and is read where it is needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from sources.model import Aggregate, Frequency

if TYPE_CHECKING:
    from sources.catalogue.releases import Release

Severity = Literal["error", "warning"]

TOPICS = ("legal-shield", "monetary-stability", "key-players", "market-dynamics", "risks")
"""The topics that an indicator can belong to, in the order of their tabs."""

_NOT_CODE = frozenset({"scale", "definitions", "month_end", "power", "date"})

Fields = tuple[tuple[str, str], ...]
"""Names and texts, in the order of the file."""


class EntryFault(NamedTuple):
    """What is wrong on a line of one file."""

    line: int
    message: str
    severity: Severity = "error"


class FileFault(NamedTuple):
    """The same with its file: shown as `path:line: what, and what was expected`."""

    path: str
    line: int
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Source:
    """What to ask of which provider: its id, and the provider's own fields as texts."""

    provider: str
    fields: Fields = ()

    def get(self, name: str, default: str = "") -> str:
        """The text of a field, or `default` where the entry leaves it out."""
        return dict(self.fields).get(name, default)

    @property
    def code(self) -> str:
        """The provider's code of the series, as provenance names it: what the fields ask for."""
        return " ".join(text for name, text in self.fields if name not in _NOT_CODE)


@dataclass(frozen=True, slots=True)
class Definition:
    """What was counted in the periods from `first` to `last` (empty: open), in the words of `note`."""

    id: str
    first: str = ""
    last: str = ""
    note: str = ""
    note_zh: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One series of the catalogue: asked of a provider (`source`), or computed (`derived`).

    One that has neither can only be looked up by people, on `page`. `unit` is a word of the catalogue
    (`%`, `pp`, `bp`, `index`, `bn CNY`); `plausible` the lowest and highest value that is believed,
    in that unit; `tolerance` what the value of `check` may differ by.
    """

    id: str
    title: str
    unit: str
    frequency: Frequency
    title_zh: str = ""
    aggregate: Aggregate = "last"
    topics: tuple[str, ...] = ()
    agency: str = ""
    source: Source | None = None
    derived: str = ""
    check: Source | None = None
    tolerance: float = 0.0
    release: Fields = ()
    licence: str = ""
    decimals: int = 2
    plausible: tuple[float, float] | None = None
    definitions: tuple[Definition, ...] = ()
    parts: tuple[str, ...] = ()
    """The ids that a derived one is computed from."""
    page: str = ""
    note: str = ""
    note_zh: str = ""
    path: str = ""
    line: int = 0

    @property
    def place(self) -> str:
        """The first part of the id: `cn`, `hk`, `us`, `eu`, `world`, or `gh` for repositories."""
        return self.id.partition(".")[0]

    @property
    def rule(self) -> Release:
        """When it is published. A derived one follows its parts: ask for theirs."""
        return _rule(self.release, self.frequency)

    def is_plausible(self, value: float) -> bool:
        """Whether a value may be kept."""
        return self.plausible is None or self.plausible[0] <= value <= self.plausible[1]

    def resolved(self, unit: str, frequency: Frequency, aggregate: Aggregate) -> Indicator:
        """The entry with what follows from its parts."""
        return replace(self, unit=unit, frequency=frequency, aggregate=aggregate)


@lru_cache(maxsize=256)
def _rule(release: Fields, frequency: Frequency) -> Release:
    from sources.catalogue.releases import Release  # knows time zones; reading alone does not need it

    return Release.parse(dict(release), frequency)


# ---------------------------------------------------------------------- compiled form

_FIELDS = fields(Indicator)
_SAME = frozenset(
    {"id", "title", "unit", "frequency", "title_zh", "aggregate", "agency", "derived", "tolerance", "licence"}
    | {"decimals", "page", "note", "note_zh", "path", "line"}
)


def pack(entry: Indicator) -> dict[str, Any]:
    """An entry as JSON holds it, without what it leaves out."""
    packed: dict[str, Any] = {}
    for field in _FIELDS:
        value = getattr(entry, field.name)
        if value != field.default:
            packed[field.name] = value if field.name in _SAME else _plain(value)
    return packed


def unpack(packed: Mapping[str, Any]) -> Indicator:
    """The entry that was packed. Raises TypeError, ValueError, KeyError or AttributeError for others."""
    made: dict[str, Any] = dict(packed)
    for name, build in _BUILDERS.items():
        if name in made:
            made[name] = build(made[name])
    return Indicator(**made)


def _plain(value: object) -> object:
    if isinstance(value, Source | Definition):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _source(packed: Sequence[Any]) -> Source:
    provider, pairs = packed
    return Source(provider, _pairs(pairs))


def _pairs(packed: Sequence[Sequence[str]]) -> Fields:
    return tuple((name, text) for name, text in packed)


_BUILDERS: dict[str, Any] = {
    "topics": tuple,
    "parts": tuple,
    "plausible": tuple,
    "source": _source,
    "check": _source,
    "release": _pairs,
    "definitions": lambda packed: tuple(Definition(*each) for each in packed),
}
