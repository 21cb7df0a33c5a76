"""`briefing series`: the observations of indicators, as known now or at the end of a day."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from cache.rows import ProvenanceRow, from_moment
from sources.catalogue.indicator import Definition, Indicator
from sources.freshness import Freshness, word
from sources.likeness import nearest
from sources.model import Observation, Series
from sources.observed import breaks, definitions_of
from sources.text import clean, clean_line
from tui.cli.arguments import add_as_of, number_between
from tui.cli.holding import Holding, holding, iso, state_record, unknown
from tui.cli.output import FINE, USAGE, RequestError
from tui.cli.session import Session
from tui.terminal import terminal

BASES = {"published": "published", "seen": "seen", "calendar": "by the release calendar"}
"""How the day of a vintage is known, in words."""


class Shown(NamedTuple):
    """A series that is printed, with the origins of its observations by their number in the store."""

    entry: Indicator
    series: Series
    fresh: Freshness | None
    origins: Mapping[int, ProvenanceRow]


def configure(parser: argparse.ArgumentParser) -> None:
    """Take ids, a day, a number of observations, and CSV."""
    parser.add_argument(
        "ids", metavar="ID", nargs="+", help="indicators by id or mnemonic; M1:old asks for one definition"
    )
    add_as_of(parser)
    parser.add_argument(
        "--last", type=number_between(1, 100_000), metavar="N", help="only the newest observations"
    )
    parser.add_argument(
        "--vintages", action="store_true", help="all that was published, and when, rather than the newest"
    )
    parser.add_argument("--period", default="", metavar="P", help="with --vintages: only of one, as 2024-01")
    parser.add_argument("--csv", action="store_true", help="print comma-separated values, unrounded")


def run(session: Session, options: argparse.Namespace) -> int:
    """Print the series one after the other."""
    if options.csv and session.output.as_json:
        raise RequestError("usage", "--csv and --json exclude each other", USAGE)
    if options.period and not options.vintages:
        raise RequestError("usage", "--period needs --vintages", USAGE)
    if options.vintages and (options.csv or options.last):
        raise RequestError("usage", "--vintages takes neither --csv nor --last", USAGE)
    with holding(session, options.as_of) as held:
        if options.vintages:
            return _vintages(session, held, options)
        found = [_shown(held, name, options.last) for name in held.full_names(options.ids)]
        if session.output.as_json:
            session.output.data("series", [_record(each) for each in found])
        elif options.csv:
            session.output.text(_csv(held, found))
        else:
            marks = ":" if session.settings.ascii or not terminal.writes_unicode() else "╎"
            session.output.text(_lines(held, found, options.as_of, marks))
    return FINE


def _vintages(session: Session, held: Holding, options: argparse.Namespace) -> int:
    """Print what was published when."""
    from tui.cli import histories

    found = histories.histories(held, options.ids, options.period)
    if session.output.as_json:
        session.output.data("vintages", [histories.record(each) for each in found])
    else:
        session.output.text(histories.lines(found, options.as_of))
    return FINE


def _shown(held: Holding, name: str, last: int | None) -> Shown:
    id_, _, definition = name.partition(":")
    entry = held.find(id_)
    _check_definition(held, entry, definition)
    series = held.observed.series(id_, definition) or Series(id_, entry.unit, entry.frequency)
    if last:
        series = replace(series, observations=series.observations[-last:])
    origins = {
        each.provenance: origin for each in series.observations if (origin := held.observed.provenance(each))
    }
    return Shown(entry, series, held.freshness(entry), origins)


def _check_definition(held: Holding, entry: Indicator, definition: str) -> None:
    names = definitions_of(held.catalogue, entry.id)
    if definition and definition not in names:
        near = nearest(definition, names) or ", ".join(names)
        raise unknown(f"definition of {entry.id}", definition, near or None)


def _record(shown: Shown) -> dict[str, object]:
    entry, series = shown.entry, shown.series
    places = {number: place for place, number in enumerate(shown.origins)}
    return {
        "id": entry.id,
        "title": entry.title,
        "title_zh": entry.title_zh,
        "unit": series.unit,
        "frequency": series.frequency,
        "agency": entry.agency,
        "licence": _licence(shown),
        **state_record(shown.fresh),
        "derived": entry.derived,
        "definitions": [_definition_record(each) for each in entry.definitions],
        "breaks": [
            {"period": str(after.period), "before": before.definition, "after": after.definition}
            for before, after in breaks(series)
        ],
        "provenances": [_provenance_record(origin) for origin in shown.origins.values()],
        "observations": [_observation_record(each, places) for each in series.observations],
    }


def _definition_record(each: Definition) -> dict[str, str]:
    return {"id": each.id, "from": each.first, "until": each.last, "note": each.note, "note_zh": each.note_zh}


def _observation_record(each: Observation, places: Mapping[int, int]) -> dict[str, object]:
    return {
        "period": str(each.period),
        "value": each.value,
        "definition": each.definition,
        "vintage": iso(each.vintage),
        "basis": each.basis,
        "provenance": places.get(each.provenance),
    }


def _provenance_record(origin: ProvenanceRow) -> dict[str, object]:
    return {**origin._asdict(), "fetched": iso(from_moment(origin.fetched)) if origin.fetched else None}


def _csv(held: Holding, found: Sequence[Shown]) -> Iterator[str]:
    from sources import frames

    table = frames.rows(held.observed, (each.series for each in found))
    yield from clean(frames.csv(table)).rstrip("\n").split("\n")


def _licence(shown: Shown) -> str:
    return shown.entry.licence or next((origin.licence for origin in shown.origins.values()), "")


# ---------------------------------------------------------------------- text


def _lines(held: Holding, found: Sequence[Shown], as_of: date | None, mark: str) -> Iterator[str]:
    for place, shown in enumerate(found):
        if place:
            yield ""
        entry = shown.entry
        yield clean_line(f"{entry.id}  {entry.title} {entry.title_zh}".rstrip())
        yield from _head(shown, as_of)
        yield ""
        yield from (
            _table(shown, mark)
            if shown.series.observations
            else [_nothing(shown, as_of, held.observed.begins(shown.entry.id))]
        )


def _head(shown: Shown, as_of: date | None) -> Iterator[str]:
    from tui.cli.columns import in_columns

    entry = shown.entry
    facts = [
        ("as of", as_of.isoformat() if as_of else ""),
        ("unit", shown.series.unit),
        ("agency", entry.agency),
        ("licence", _licence(shown)),
        ("state", word(shown.fresh) if shown.fresh else ""),
        ("computed", entry.derived),
        *(("source", words) for words in _origins(shown)),
        *(("definition", f"{each.id}: {each.note}") for each in entry.definitions if each.note),
    ]
    return in_columns([fact for fact in facts if fact[1]])


def _origins(shown: Shown) -> Iterator[str]:
    """Each origin with the name that the rows use, its code, carrier and day."""
    names = _names(shown)
    for number, origin in shown.origins.items():
        taken = f"taken {from_moment(origin.fetched).date()}" if origin.fetched else ""
        carried = f"carrier {origin.carrier}" if origin.carrier else ""
        parts = (f"{names[number]}: {origin.code}", carried, origin.transform, taken)
        yield ", ".join(part for part in parts if part)


def _names(shown: Shown) -> dict[int, str]:
    """A name for each origin: its provider, numbered where that stands for several."""
    providers = [origin.provider for origin in shown.origins.values()]
    names = {}
    for place, number in enumerate(shown.origins):
        provider = providers[place]
        several = providers.count(provider) > 1
        names[number] = f"{provider} {providers[: place + 1].count(provider)}" if several else provider
    return names


def _table(shown: Shown, mark: str) -> Iterator[str]:
    """Periods with what is known of each, and a line wherever the definition changes."""
    from sources.expressions.tracks import called
    from tui.cli.columns import in_columns

    names = _names(shown)
    rows = [_cells(shown, each, names) for each in shown.series.observations]
    head = ("period", "value", "unit", "definition", "vintage", "basis", "source")
    kept = [place for place in range(len(head)) if place != 3 or len({row[3] for row in rows} - {"1"})]
    drawn = in_columns([[row[place] for place in kept] for row in (head, *rows)], right=(1,))
    after_break = {after.period: after.definition for _, after in breaks(shown.series)}
    yield next(drawn)
    for each, line in zip(shown.series.observations, drawn, strict=True):
        if each.period in after_break:
            definition = called(after_break[each.period])
            yield f"{mark} from here in definition {definition}: nothing is computed across"
        yield line


def _cells(shown: Shown, each: Observation, names: Mapping[int, str]) -> tuple[str, ...]:
    from sources.expressions.tracks import called
    from tui.cli.columns import number

    vintage = each.vintage.date().isoformat() if each.vintage else ""
    value = number(each.value, shown.entry.decimals)
    known = (called(each.definition), vintage, BASES[each.basis])
    return (str(each.period), value, shown.series.unit, *known, names.get(each.provenance, "computed"))


def _nothing(shown: Shown, as_of: date | None, begins: date | None) -> str:
    if as_of:
        history = f" No history before {begins}." if begins else ""
        return f"Nothing was known of it on {as_of}.{history}"
    if shown.fresh:
        return f"No figures yet. briefing refresh {shown.entry.id} asks."
    return f"Nobody is asked for it. It is to be looked up on {shown.entry.page}."
