"""Series as tables of pandas, for notebooks and exports. Nothing that is shown is computed here.

    from sources.frames import frame
    frame(["cn.m2_yoy", "cn.m1_yoy"])                          # a column per series
    frame(["cn.m2_m1_gap"], as_of=date(2026, 4, 20))           # as it was known that day

pandas is imported here only, and when it is asked for: it takes longer to load than the whole program.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from cache.paths import places
from sources.catalogue.catalogue import load
from sources.model import Series
from sources.observed import Observed
from sources.snapshot import open_store

if TYPE_CHECKING:
    import pandas as pd

    from cache.paths import Places

COLUMNS = ("id", "period", "value", "unit", "definition", "vintage", "basis", "provider", "code", "carrier")
"""The columns of `rows`: one observation a row."""

_FREQUENCIES = {"M": "M", "Q": "Q", "A": "Y"}
_ACTING = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How a formula begins; the wide forms do so in spreadsheets of some languages."""


def frame(ids: Sequence[str], as_of: date | None = None, home: Places | None = None) -> pd.DataFrame:
    """The series of these ids side by side: a column for each, an index of their periods, NaN for gaps.

    They are as known now, or at the end of the day `as_of`. `home` are the user's folders, by default
    those that the environment names. Raises KeyError for an unknown id, ValueError where they differ
    in frequency, and `cache.store.StoreError`.
    """
    where = home or places(os.environ)
    catalogue = load(where.library / "indicators", where.cache)
    entries = [catalogue.entries[name] for name in ids]
    with closing(open_store(where.store, datetime.now(UTC))) as vintages:
        observed = Observed(catalogue, vintages, as_of)
        none_known = (Series(entry.id, entry.unit, entry.frequency) for entry in entries)
        return side_by_side(observed.series(each.id) or each for each in none_known)


def side_by_side(series: Iterable[Series]) -> pd.DataFrame:
    """A column per series, by id, over an index of periods. Raises ValueError for several frequencies."""
    import pandas as pd

    columns = list(series)
    kinds = {_FREQUENCIES.get(each.frequency, "D") for each in columns}
    if len(kinds) > 1:
        told = ", ".join(f"{each.id} ({each.frequency})" for each in columns)
        raise ValueError(f"{told} differ in frequency; ask for those of one frequency together")
    made = {each.id: _column(each) for each in columns}
    return pd.DataFrame(made).sort_index().rename_axis(index="period")


def rows(observed: Observed, series: Iterable[Series]) -> pd.DataFrame:
    """All observations below each other, with the columns of `COLUMNS`; a vintage is a moment in UTC."""
    import pandas as pd

    found = [_row(observed, each, number) for each in series for number in range(len(each.observations))]
    return pd.DataFrame(found, columns=list(COLUMNS))


def csv(table: pd.DataFrame) -> str:
    """`rows` as CSV, with no text in it that a spreadsheet would take for a formula; numbers stay numbers."""
    safe = table.apply(lambda column: column.map(inert) if column.name != "value" else column)
    return str(safe.to_csv(index=False, lineterminator="\n"))


def inert(value: object) -> object:
    """A cell that no spreadsheet acts on: what begins like a formula gets a quote before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_ACTING) else value


def _column(series: Series) -> pd.Series[float]:
    import pandas as pd

    kind = _FREQUENCIES.get(series.frequency, "D")
    periods = [pd.Period(each.period.first, freq=kind) for each in series.observations]
    values = [each.value for each in series.observations]
    return pd.Series(values, index=pd.PeriodIndex(periods, freq=kind), dtype="float64", name=series.id)


def _row(observed: Observed, series: Series, number: int) -> tuple[object, ...]:
    each = series.observations[number]
    origin = observed.provenance(each)
    whence = (origin.provider, origin.code, origin.carrier) if origin else ("", "", "")
    vintage = f"{each.vintage:%Y-%m-%dT%H:%M:%SZ}" if each.vintage else ""
    known = (each.definition, vintage, each.basis)
    return (series.id, str(each.period), each.value, series.unit, *known, *whence)
