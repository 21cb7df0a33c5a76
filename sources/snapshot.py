"""The true figures that ship: read from `cache/snapshot/*.csv` into rows for the store to lay under.

    # series: cn.m2_yoy
    # unit: %
    # ...
    period,value,definition,vintage,basis
    2008-01,18.9,1,2008-02-15,calendar

Lines of `# key: value` hold for the rows below them, until a later line says otherwise: rows of another
origin follow in the same file. A vintage is a moment in UTC, or a day: the end of it in the `zone`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cache.rows import Batch, ProvenanceRow, Row, to_moment
from sources.model import Period

if TYPE_CHECKING:
    from cache.vintages import Vintages

FOLDER = "snapshot"
"""The folder in the package `cache`."""

DIGEST = "digest.txt"
"""The file in it that holds the digest of all others."""

SEED = "snapshot"
"""The name under which the store remembers which one it holds."""

HEAD = "period,value,definition,vintage,basis"


@dataclass(frozen=True, slots=True)
class Shipped:
    """What the head of a series says: its unit and agency, and where its rows come from."""

    series: str
    unit: str
    agency: str
    origins: tuple[ProvenanceRow, ...]
    first: str
    last: str


def open_store(folder: Path, now: datetime) -> Vintages:
    """The observations in the folder of the store, with the snapshot laid under them."""
    from cache.vintages import Vintages  # SQLite, which those who only read the snapshot do without

    vintages = Vintages.open(folder)
    vintages.seed(SEED, digest(), batches, to_moment(now))
    return vintages


def digest() -> str:
    """The digest of the snapshot that ships: hand it to `Vintages.seed`."""
    return _folder().joinpath(DIGEST).read_text("utf-8").strip()


def batches() -> Iterator[Batch]:
    """All rows that ship, for `Vintages.seed`. Raises ValueError naming file and line of a bad one."""
    for name, text in texts():
        yield from read_batches(text, name)


def shipped() -> Iterator[Shipped]:
    """What ships, by id, for those who must name its sources."""
    for name, text in texts():
        parts = read_batches(text, name)
        head = _head_of(text)
        origins = tuple(part.provenance for part in parts)
        periods = [line.partition(",")[0] for line in text.splitlines() if line[:1].isdigit()]
        yield Shipped(head["series"], head["unit"], head["agency"], origins, min(periods), max(periods))


def texts() -> Iterator[tuple[str, str]]:
    """Name and text of each CSV, by name."""
    for file in sorted(_folder().iterdir(), key=lambda each: each.name):
        if file.name.endswith(".csv"):
            yield file.name, file.read_text("utf-8")


def content_digest(contents: Mapping[str, str]) -> str:
    """The digest of some CSVs, by their names and texts."""
    made = sha256()
    for name in sorted(contents):
        made.update(f"{name}\0{contents[name]}\0".encode())
    return made.hexdigest()


def read_batches(text: str, name: str) -> list[Batch]:
    """The rows of one CSV, a batch per origin. Raises ValueError naming file, line and what was expected."""
    head: dict[str, str] = {}
    batches: list[Batch] = []
    rows: list[Row] = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            if line.startswith("#"):
                key, _, value = line[1:].partition(":")
                head[key.strip()] = value.strip()
            elif line == HEAD:
                rows = []
                batches.append(Batch(head["series"], rows, _provenance(head)))
            elif batches:
                rows.append(_row(line, head.get("zone") or "UTC"))
            else:
                raise ValueError(f"expected `{HEAD}` before the first row")
        except (ValueError, KeyError) as error:
            raise ValueError(f"{name}:{number}: {error}") from error
    return batches


def moment_of(text: str, zone: str) -> int:
    """Microseconds since 1970 of a moment in UTC, or of the end of a day in a zone. Raises ValueError."""
    if len(text) == 10:
        return _end_of_day(text, zone)
    return to_moment(datetime.fromisoformat(text).astimezone(UTC))


@cache
def _end_of_day(text: str, zone: str) -> int:
    """The last second of a day: as `releases.known_by` has it."""
    following = date.fromisoformat(text) + timedelta(days=1)
    midnight = datetime(following.year, following.month, following.day, tzinfo=ZoneInfo(zone))
    return to_moment(midnight.astimezone(UTC) - timedelta(seconds=1))


@cache
def _day(period: str) -> int:
    """The first day of a period, as an ordinal."""
    first = date.fromisoformat(period) if len(period) == 10 else Period.parse(period).first
    return first.toordinal()


def _row(line: str, zone: str) -> Row:
    cells = line.split(",")
    if len(cells) != 5:
        raise ValueError(f'expected `{HEAD}`, found "{line[:60]}"')
    period, value, definition, vintage, basis = cells
    return Row(_day(period), float(value), moment_of(vintage, zone), basis, definition)


def _provenance(head: Mapping[str, str]) -> ProvenanceRow:
    retrieved = head.get("retrieved", "")
    return ProvenanceRow(
        provider=head["provider"],
        code=head["code"],
        url=head.get("url", ""),
        agency=head.get("agency", ""),
        licence=head.get("licence", ""),
        fetched=moment_of(retrieved, "UTC") if retrieved else None,
        digest=head.get("digest", ""),
        carrier=head.get("carrier", ""),
        transform=head.get("transform", ""),
    )


def _head_of(text: str) -> dict[str, str]:
    """The first head of a file."""
    pairs = (line[1:].partition(":") for line in text.partition(HEAD)[0].splitlines())
    return {key.strip(): value.strip() for key, _, value in pairs}


def _folder() -> Traversable:
    return files("cache").joinpath(FOLDER)
