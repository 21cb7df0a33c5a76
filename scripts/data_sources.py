"""Write sources/DATA-SOURCES.md from what ships: python -m scripts.data_sources"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from cache.rows import ProvenanceRow, from_moment
from sources.catalogue.catalogue import Catalogue, load
from sources.catalogue.indicator import Indicator
from sources.snapshot import Shipped, shipped

OUTPUT = Path(__file__).parents[1] / "sources" / "DATA-SOURCES.md"

_HEAD = """# Data sources

The figures that ship with this program, by the agency that published them first. Each was taken from a
public file (its carrier) on the day given and is named with the digest of that file (SHA-256, its first
twelve digits). Carriers give no rights of their own here: what is kept are the agencies' figures.
Closing prices and yields whose owners forbid passing daily values on ship as month-ends only.

This page is made by `python -m scripts.data_sources`; `scripts/build_snapshot.py` makes the figures.
"""
_NAMES = {
    "BIS": "Bank for International Settlements",
    "CCDC": "China Central Depository & Clearing (ChinaBond)",
    "CFETS": "China Foreign Exchange Trade System",
    "ECB": "European Central Bank",
    "GACC": "General Administration of Customs of China",
    "ILO": "International Labour Organization, through the World Bank",
    "NBS": "National Bureau of Statistics of China",
    "PBOC": "People's Bank of China",
    "SAFE": "State Administration of Foreign Exchange of China",
    "WIPO": "World Intellectual Property Organization, through the World Bank",
}
_COLUMNS = ("series", "title", "code", "periods", "taken", "carrier", "digest")


def document(catalogue: Catalogue, held: Sequence[Shipped]) -> str:
    """The whole page. Raises KeyError for a series that the catalogue does not have."""
    groups: dict[tuple[str, str], list[Shipped]] = {}
    for each in held:
        groups.setdefault((each.agency, each.origins[0].licence), []).append(each)
    sections = (_section(catalogue.entries, *key, groups[key]) for key in sorted(groups))
    return "\n".join((_HEAD, *sections, _rest(catalogue, {each.series for each in held})))


def _section(entries: Mapping[str, Indicator], agency: str, licence: str, held: Iterable[Shipped]) -> str:
    name = _NAMES.get(agency, agency)
    lines = [f"## {name}", "", f"Licence: {licence}.", "", f"Attribution: {_attribution(name, licence)}", ""]
    lines += _table_head()
    for each in held:
        for number, origin in enumerate(each.origins):
            lines.append(_row(entries[each.series], each, origin, first=number == 0))
    return "\n".join((*lines, ""))


def _attribution(name: str, licence: str) -> str:
    """The line to put under a chart or table."""
    return f"“Source: {name}{', CC BY 4.0' if licence.startswith('CC BY') else ''}.”"


def _table_head() -> list[str]:
    return [_line(_COLUMNS), _line(["---"] * len(_COLUMNS))]


def _row(entry: Indicator, held: Shipped, origin: ProvenanceRow, *, first: bool) -> str:
    names = (f"`{entry.id}`", entry.title, f"{origin.provider} {origin.code}", f"{held.first} to {held.last}")
    cells = names if first else (names[0], "", names[2], "")
    how = f"{origin.carrier}{f' ({origin.transform})' if origin.transform else ''}"
    return _line((*cells, _day(origin.fetched), how, f"`{origin.digest[:12]}`"))


def _rest(catalogue: Catalogue, held: set[str]) -> str:
    """The indicators of which nothing ships."""
    lines = ["## Asked for at the first refresh", "", "Of these nothing ships.", ""]
    for entry in catalogue:
        if entry.id not in held and not entry.derived:
            where = "" if entry.source else f"; to be looked up on {entry.page}"
            lines.append(f"- `{entry.id}` {entry.title}: {entry.agency} ({entry.licence}){where}")
    computed = ", ".join(f"`{entry.id}`" for entry in catalogue if entry.derived)
    return "\n".join((*lines, "", f"Computed from others: {computed}.", ""))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _day(moment: int | None) -> str:
    if moment is None:
        return ""
    return from_moment(moment).date().isoformat()


def main() -> int:
    """Write the page."""
    OUTPUT.write_text(document(load(), tuple(shipped())), "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
