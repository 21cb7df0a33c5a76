"""International Monetary Fund: series of its data flows, as SDMX 3.0 in JSON.

An answer names the members of each dimension once; keys of series and observations are positions in
those lists. Nothing found is a 200 without `series`; an unknown flow is a 204 without a body.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from sources.answers.asking import answered, look_back, one_each, own_words
from sources.answers.bodies import expect, member, read_json, wrong
from sources.answers.sampling import (
    MONTH_END,
    asked_frequency,
    dated,
    day_in,
    number_in,
    period_in,
    takes_days,
)
from sources.answers.sdmx import POWER, check_frequency, check_power, time_text
from sources.model import Answer, Frequency, Period, Refused, Request
from sources.provider import Asked, Field, Provider, Query, Row

_BASE = "https://api.imf.org/external/sdmx/3.0/data/dataflow"
_STRUCTURE = "data.structures[0]"
_POSITION = re.compile(r"[0-9]{1,9}")

Cells = Sequence[tuple[str, float | None]]
"""Periods as the answer writes them, with their values."""


def _request(query: Query, since: Period | None) -> Request:
    first = look_back(since)
    start = (("c[TIME_PERIOD]", f"ge:{_time_text(first, asked_frequency(query))}"),) if first else ()
    return Request(
        f"{_BASE}/{query.get('agency')}/{query.get('flow')}/+/{query.get('key')}",
        query=(
            ("dimensionAtObservation", "TIME_PERIOD"),
            ("attributes", "dsd"),
            ("measures", "all"),
            *start,
        ),
    )


def _time_text(day: date, frequency: Frequency) -> str:
    """As SDMX writes it, but months as `2020-M01`."""
    return f"{day.year}-M{day.month:02}" if frequency == "M" else time_text(day, frequency)


def parse(body: bytes, asked: Asked) -> Answer:
    """The series with the key that was asked for. Raises WrongAnswer, or Refused where there is none.

    Periods that are not over hold forecasts: they are left out, and counted in a note.
    """
    if not body.strip():
        raise Refused("it knows no such data flow")
    data = member(read_json(body, asked.content_type), "data", dict)
    structure = _first(data, "structures")
    query = asked.queries[0]
    _check_flow(structure, query)
    place, series = _series(_first(data, "dataSets"), structure, query)
    _check_units(series, structure, query)
    rows = _rows(asked, query, _cells(series, structure, place))
    over = [row for row in rows if row[0].last < asked.today]
    left = len(rows) - len(over)
    notes = (f"{query.series}: {left} of periods not yet over, taken for forecasts",) if left else ()
    return answered(asked, lambda _: over, notes=notes)


def _first(data: object, key: str) -> dict[str, object]:
    found = member(data, key, list, "data")
    if not found:
        raise wrong(f"data.{key}", "one", found)
    return expect(found[0], dict, f"data.{key}[0]")


def _check_flow(structure: Mapping[str, object], query: Query) -> None:
    flow = f"Dataflow={query.get('agency')}:{query.get('flow')}("
    links = member(structure, "links", list, _STRUCTURE)
    names = [str(link.get("urn", "")) for link in links if isinstance(link, dict)]
    if not any(flow in name for name in names):
        raise wrong("the data flow", flow.removeprefix("Dataflow=").removesuffix("("), " ".join(names))


def _series(data: object, structure: object, query: Query) -> tuple[str, dict[str, object]]:
    """The series of the query with its place, as `0:4:0`."""
    found = expect(data, dict, "data.dataSets[0]")
    if "series" not in found:
        raise Refused("nothing matches the key")
    place = ":".join(map(str, _places(structure, query.get("key"))))
    return place, member(member(found, "series", dict, "dataSets[0]"), place, dict, "series")


def _places(structure: object, key: str) -> list[int]:
    """Where the parts of a key stand in the lists of the dimensions. Raises WrongAnswer."""
    dimensions = _dimensions(structure, "series")
    parts = key.split(".")
    if len(parts) != len(dimensions):
        raise wrong("the dimensions", f"{len(parts)} of them for {key}", ", ".join(map(_name, dimensions)))
    return [_place(dimension, part) for dimension, part in zip(dimensions, parts, strict=True)]


def _place(dimension: object, part: str) -> int:
    names = [_name(each) for each in member(dimension, "values", list, "a dimension")]
    if part not in names:
        raise wrong(_name(dimension), part, ", ".join(names[:20]))
    return names.index(part)


def _dimensions(structure: object, kind: str) -> list[object]:
    return member(member(structure, "dimensions", dict, _STRUCTURE), kind, list, "dimensions")


def _name(holder: object) -> str:
    """The id of a dimension, attribute or member; of a time its value."""
    if isinstance(holder, dict):
        for key in ("id", "value"):
            if isinstance(holder.get(key), str):
                return str(holder[key])
    raise wrong("a name", "an id or a value", holder)


def _check_units(series: Mapping[str, object], structure: object, query: Query) -> None:
    """Frequency and power of ten are as the entry says."""
    for dimension, part in zip(_dimensions(structure, "series"), query.get("key").split("."), strict=True):
        if "FREQ" in _name(dimension):
            check_frequency(query, {part})
    attributes = member(structure, "attributes", dict, _STRUCTURE)
    described = member(attributes, "series", list, "attributes")
    given = member(series, "attributes", list, "a series") if "attributes" in series else []
    for attribute, place in zip(described, given, strict=False):
        if _name(attribute) == "SCALE" and place is not None:
            check_power(query, {_name(_at(attribute, place))})


def _at(dimension: object, place: object) -> object:
    """The member of a dimension or attribute in a place."""
    values = member(dimension, "values", list, "a dimension")
    digits = str(place) if isinstance(place, int | str) else ""
    if _POSITION.fullmatch(digits) and int(digits) < len(values):
        return values[int(digits)]
    raise wrong("a position", f"0 to {len(values) - 1}", place)


def _cells(series: object, structure: object, place: str) -> Cells:
    """Periods and values of a series; the value stands where the measure OBS_VALUE does."""
    times = _dimensions(structure, "observation")
    if [_name(each) for each in times] != ["TIME_PERIOD"]:
        raise wrong("the dimension of observations", "TIME_PERIOD", times)
    measures = member(member(structure, "measures", dict, _STRUCTURE), "observation", list, "measures")
    names = [_name(measure) for measure in measures]
    if "OBS_VALUE" not in names:
        raise wrong("the measures", "OBS_VALUE", ", ".join(names))
    column = names.index("OBS_VALUE")
    observations = member(series, "observations", dict, f"series.{place}")
    return [(_name(_at(times[0], key)), _value(cells, column)) for key, cells in observations.items()]


def _value(cells: object, column: int) -> float | None:
    found = expect(cells, list, "an observation")
    return number_in(found[column], "OBS_VALUE") if column < len(found) else None


def _rows(asked: Asked, query: Query, cells: Cells) -> list[Row]:
    if takes_days(query):
        return dated(asked, query, ((day_in(time, "TIME_PERIOD"), value) for time, value in cells))
    return [(period_in(time, query.frequency, "TIME_PERIOD"), value) for time, value in cells]


def explain(status: int, body: bytes) -> str:
    """What it says of a refusal."""
    return own_words(body)


def source_page(query: Query) -> str:
    """The data set on its portal."""
    return f"{PROVIDER.home}en/datasets/{query.get('agency')}:{query.get('flow')}"


PROVIDER = Provider(
    id="imf",
    name="International Monetary Fund",
    home="https://data.imf.org/",
    hosts=("api.imf.org",),
    licence="IMF: free to use with attribution",
    fields=(
        Field("agency", "who keeps the data flow, as IMF.APD", r"[A-Z0-9_.]+"),
        Field("flow", "the data flow, as APDREO", r"[A-Z0-9_]+"),
        Field("key", "the key of one series, as CHN.NGDP_RPCH.A", r"[A-Z0-9_]+(\.[A-Z0-9_]+)*"),
        MONTH_END,
        POWER,
    ),
    requests=one_each(_request),
    parse=parse,
    source_page=source_page,
    explain=explain,
    rest_hours=24.0,
)
