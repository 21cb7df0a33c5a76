"""Build cache/snapshot/*.csv from answers and carrier files: python -m scripts.build_snapshot INPUT

INPUT holds the files that `snapshot_parts` names and its INDEX*.md, which say for each file who carried
it, when, and its digest. A file that the index marks synthetic, or whose digest differs, stops the build.

Each series becomes one CSV. Its rows carry the vintage that first had them:
- `published`, where the source says when;
- `seen`, where a first-seen moment lies near the release, or the file was taken before the release
  window had closed;
- `calendar` for all else: the last day of the release window by the rule of the entry.

What the entry holds for implausible is left out, as a refresh would, and named.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from scripts.snapshot_parts import DATED, SERIES, Part, sightings
from sources.adapters import MODULES, provider
from sources.catalogue.catalogue import load
from sources.catalogue.indicator import Indicator
from sources.catalogue.releases import Release, window_of
from sources.model import Period
from sources.provider import Query
from sources.snapshot import DIGEST, FOLDER, HEAD, content_digest

OUTPUT = Path(__file__).parents[1] / "cache" / FOLDER
_NEAR = timedelta(days=3)
"""How long after its release window a first sight still tells when a value came out."""
_SEEN_ROWS = 2
_ROUNDING = 0.0501
_MERGED_SINCE = 2020
_PROSE = re.compile(
    r"- `(?P<path>[^`]+)` — .* — recorded (?P<taken>.+?) — found (?P<carrier>.+?)(?: —|—) licence: .*"
)
_DIGEST = re.compile(r"sha256 ([0-9a-f]{12})")


class Origin(NamedTuple):
    """What the index says of a file: who carried it, when it was taken, how its digest begins."""

    carrier: str
    taken: str
    digest: str


class Cell(NamedTuple):
    """A row of the CSV."""

    period: Period
    value: float
    definition: str
    vintage: str
    basis: str

    def __str__(self) -> str:
        return f"{self.period},{self.value!r},{self.definition},{self.vintage},{self.basis}"


@dataclass(frozen=True)
class Block:
    """Rows with one origin, as lines of a head and lines of rows."""

    head: dict[str, str]
    cells: Sequence[Cell]

    def lines(self, before: dict[str, str]) -> list[str]:
        changed = [
            f"# {key}: {value}".rstrip() for key, value in self.head.items() if before.get(key, "") != value
        ]
        return [*changed, HEAD, *map(str, self.cells)]


def main(arguments: Sequence[str]) -> int:
    """Write all series and the digest of the whole; what is no longer made is removed."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    index = read_index(folder)
    catalogue = load()
    OUTPUT.mkdir(exist_ok=True)
    texts = {}
    for series, parts in SERIES.items():
        entry = catalogue.entries[series]
        texts[f"{series}.csv"] = text_of(entry, blocks_of(entry, parts, folder, index))
    for old in OUTPUT.glob("*.csv"):
        if old.name not in texts:
            old.unlink()
    for name, text in texts.items():
        (OUTPUT / name).write_text(text, "utf-8", newline="\n")
    (OUTPUT / DIGEST).write_text(content_digest(texts) + "\n", "utf-8")
    print(f"{len(texts)} series, {sum(map(len, texts.values())):,} characters", file=sys.stderr)
    return 0


def text_of(entry: Indicator, blocks: Iterable[Block]) -> str:
    """The CSV of a series: a head holds for all rows below it, until a later one says otherwise."""
    common = {"series": entry.id, "unit": entry.unit, "agency": entry.agency}
    lines = [f"# {key}: {value}" for key, value in common.items()]
    before: dict[str, str] = {}
    for block in blocks:
        lines += block.lines(before)
        before = block.head
    return "\n".join(lines) + "\n"


def blocks_of(
    entry: Indicator, parts: Iterable[Part], folder: Path, index: dict[str, Origin]
) -> Iterable[Block]:
    """The blocks of a series, the rows whose first sight is known in blocks of their own."""
    for part in parts:
        rows = _rows(entry, part, folder)
        seen = _sightings(entry, part, folder)
        head = _head(entry, part, folder, index)
        plain = [row for row in rows if row[0] not in seen]
        yield Block(head, [_cell(entry, part, row, head["retrieved"]) for row in plain])
        if seen:
            source = _head(entry, replace(part, file=DATED, transform=""), folder, index)
            yield Block(source, [_seen_cell(part, row, seen) for row in rows if row[0] in seen])


def _rows(entry: Indicator, part: Part, folder: Path) -> list[tuple[Period, float]]:
    rows = sorted(part.read(folder / part.file, entry))
    last = part.last + "~"  # after any longer text that begins with it
    kept = [(period, value) for period, value in rows if part.first <= str(period) <= last]
    scaled = [(period, value * part.scale if part.scale != 1 else value) for period, value in kept]
    for period, value in scaled:
        if not entry.is_plausible(value):
            print(f"{entry.id} {period}: {value} is not plausible, left out", file=sys.stderr)
    return [row for row in scaled if entry.is_plausible(row[1])]


def _cell(entry: Indicator, part: Part, row: tuple[Period, float], retrieved: str) -> Cell:
    period, value = row
    if part.published:
        return Cell(period, value, part.definition, part.published, "published")
    closes = _last_day(entry.rule, part, period)
    taken = date.fromisoformat(retrieved[:10])
    if taken < closes:  # nobody knew it later than when it was carried
        return Cell(period, value, part.definition, retrieved, "seen")
    return Cell(period, value, part.definition, closes.isoformat(), "calendar")


def _last_day(rule: Release, part: Part, period: Period) -> date:
    merged = part.january_with_february and period.first.month == 1 and period.first.year >= _MERGED_SINCE
    return window_of(rule, period.shifted(1) if merged else period).last


def _sightings(entry: Indicator, part: Part, folder: Path) -> dict[Period, str]:
    """The moments at which the newest rows were first seen, where near their release."""
    if not part.seen:
        return {}
    near = {}
    ours = dict(_rows(entry, part, folder))
    for period, value, moment in sightings(folder / DATED, part.seen)[-_SEEN_ROWS:]:
        window = window_of(entry.rule, period)
        at = datetime.fromisoformat(moment)
        if abs(ours[period] - value * part.scale) > _ROUNDING:
            raise SystemExit(f"{entry.id} {period}: {ours[period]} here, {value * part.scale} in {DATED}")
        if window.opens - timedelta(days=1) <= at <= window.closes + _NEAR:
            near[period] = moment
    return near


def _seen_cell(part: Part, row: tuple[Period, float], seen: dict[Period, str]) -> Cell:
    return Cell(row[0], row[1], part.definition, seen[row[0]], "seen")


def _head(entry: Indicator, part: Part, folder: Path, index: dict[str, Origin]) -> dict[str, str]:
    path = folder / part.file
    origin, digest = index[part.file], sha256(path.read_bytes()).hexdigest()
    if not digest.startswith(origin.digest):
        raise SystemExit(f"{part.file}: its digest is not that of the index")
    asked = entry.source
    name = part.provider or (asked.provider if asked else "")
    return {
        "licence": entry.licence,
        "zone": entry.rule.zone,
        "provider": name,
        "code": part.code or (asked.code if asked else ""),
        "url": part.url or _page(entry, name) or entry.page,
        "carrier": part.carrier if part.carrier and part.file != DATED else origin.carrier,
        "retrieved": part.retrieved if part.retrieved and part.file != DATED else origin.taken,
        "digest": digest,
        "transform": part.transform,
    }


def _page(entry: Indicator, name: str) -> str:
    """The page of the provider that shows the series to people."""
    if entry.source is None or name not in MODULES:
        return ""
    return provider(name).source_page(Query(entry.id, entry.frequency, entry.source.fields))


def read_index(folder: Path) -> dict[str, Origin]:
    """What the index files of the input say of each file; those marked synthetic are not in it."""
    found: dict[str, Origin] = {}
    for path in sorted(folder.glob("INDEX*.md")):
        for line in path.read_text("utf-8").splitlines():
            if "synthetic" in line:
                continue
            if line.startswith("| ") and len(cells := [cell.strip() for cell in line.split("|")]) > 9:
                found[cells[1]] = Origin(cells[6], _moment(cells[5]), cells[9])
            elif match := _PROSE.fullmatch(line):
                digest = _DIGEST.search(line)
                found[match["path"]] = Origin(
                    match["carrier"].strip(), _moment(match["taken"]), digest[1] if digest else "?"
                )
    return found


def _moment(text: str) -> str:
    """A day or a moment in UTC of one form; of a longer text the first day in it."""
    match = re.search(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2})?", text)
    return "" if not match else match[0] + "Z" if match[1] else match[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
