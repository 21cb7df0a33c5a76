"""A claim worked out again from nothing but its record in `briefing claims --json`."""

from __future__ import annotations

from typing import Any

import pytest

from sources.expressions import Result, evaluate, parse
from sources.model import Observation, Period, Series

Record = dict[str, Any]


def worked_out(record: Record) -> Result:
    """What the test of a claim comes to over the inputs of its record, derived ones from their parts."""
    series = {each["series"]: _series(each) for each in record["inputs"]}
    for each in record["inputs"]:
        if each["derived"]:
            again = evaluate(parse(each["derived"]), lambda name, _: series.get(name)).series
            values = {str(one.period): one.value for one in again.observations} if again else {}
            for one in each["observations"]:
                assert values[one["period"]] == pytest.approx(one["value"])
    return evaluate(parse(record["test"]), lambda name, _: series.get(name))


def word_of(result: Result) -> str:
    """The verdict that a result means."""
    if result.holds is None:
        return result.problem
    return "supported" if result.holds else "close" if result.is_close else "contradicted"


def _series(each: Record) -> Series:
    observations = tuple(
        Observation(Period.parse(one["period"]), one["value"], one["definition"])
        for one in each["observations"]
    )
    return Series(each["series"], each["unit"], each["frequency"], observations)
