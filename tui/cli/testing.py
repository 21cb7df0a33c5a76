"""`briefing test`: the value of any expression, or whether it holds, with the arithmetic."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from sources.expressions import ExpressionError, Result, check, evaluate, parse
from sources.numbers import plain
from sources.text import clean_line
from tui.cli.arguments import add_as_of
from tui.cli.arithmetic import input_lines, input_records, inputs_on
from tui.cli.holding import Holding, holding
from tui.cli.output import FAILED, FINE, USAGE, RequestError
from tui.cli.records import Record
from tui.cli.session import Session

_LABEL = 9


def configure(parser: argparse.ArgumentParser) -> None:
    """Take an expression and a day."""
    parser.add_argument("expression", metavar="EXPR", help="as claims write them: mean(cn.m2_yoy, 2023) ~ 10")
    add_as_of(parser)


def run(session: Session, options: argparse.Namespace) -> int:
    """Print what the expression comes to; status 1 where it does not hold or cannot be said."""
    with holding(session, options.as_of) as held:
        result = _evaluated(held, options)
        if session.output.as_json:
            session.output.data("test", _record(held, options, result))
        else:
            session.output.text(_lines(held, options, result))
    return FAILED if result.problem or result.holds is False else FINE


def _evaluated(held: Holding, options: argparse.Namespace) -> Result:
    """The outcome. Raises `RequestError` with the place for what is no expression of known series."""
    try:
        parsed = parse(options.expression)
    except ExpressionError as error:
        raise RequestError("expression", f"column {error.column}: {error}", USAGE) from None

    if faults := check(parsed, held.catalogue.info, names=held.catalogue.entries):
        raise RequestError("expression", faults[0], USAGE)
    day = options.as_of or held.now.date()
    return evaluate(parsed, held.observed.series, until=day)


def _record(held: Holding, options: argparse.Namespace, result: Result) -> Record:
    series = result.series
    return {
        "expression": options.expression,
        "kind": result.kind,
        "value": result.value,
        "unit": result.unit,
        "holds": result.holds,
        "problem": result.problem,
        "detail": result.detail,
        "period": result.period,
        "steps": list(result.steps),
        "series": [{"period": str(each.period), "value": each.value} for each in series.observations]
        if series
        else None,
        "inputs": input_records(held, inputs_on(held, result.used, options.as_of)),
    }


def _lines(held: Holding, options: argparse.Namespace, result: Result) -> Iterator[str]:
    yield clean_line(_answer(result))
    for label, words in _facts(held, options, result):
        if words:
            yield clean_line(f"{label:<{_LABEL}}{words}").rstrip()


def _answer(result: Result) -> str:
    if result.problem:
        return f"{result.problem}: {result.detail}"
    if result.holds is not None:
        measured = (
            f", measured {plain(result.value)} {result.unit}".rstrip() if result.value is not None else ""
        )
        return f"{'holds' if result.holds else 'does not hold'}{measured}"
    if result.series is not None:
        return f"a series of {len(result.series.observations)} observations"
    return f"{plain(result.value)} {result.unit}".rstrip() if result.value is not None else "no value"


def _facts(held: Holding, options: argparse.Namespace, result: Result) -> Iterator[tuple[str, str]]:
    yield "Period", result.period
    for place, step in enumerate(result.steps):
        yield "" if place else "Steps", step
    if result.series is not None:
        for each in result.series.observations:
            yield "", f"  {each.period}  {plain(each.value)}"
    yield from input_lines(held, inputs_on(held, result.used, options.as_of))
