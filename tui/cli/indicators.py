"""`briefing indicators`: what the catalogue has, each with its newest figure and how fresh that is."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from sources.catalogue.indicator import TOPICS, Indicator
from sources.freshness import word
from sources.model import Observation
from tui.cli.arguments import add_as_of, one_of
from tui.cli.holding import Holding, holding, state_record
from tui.cli.output import FINE
from tui.cli.session import Session

Row = tuple[Indicator, Observation | None]


def configure(parser: argparse.ArgumentParser) -> None:
    """Take a topic."""
    topic = one_of("topic", TOPICS)
    parser.add_argument(
        "topic", metavar="TOPIC", nargs="?", type=topic, help=f"only these: {', '.join(TOPICS)}"
    )
    add_as_of(parser)


def run(session: Session, options: argparse.Namespace) -> int:
    """List the indicators in the order of the catalogue."""
    with holding(session, options.as_of) as held:
        catalogue = held.catalogue
        entries = catalogue.of_topic(options.topic) if options.topic else tuple(catalogue)
        rows = [(entry, _newest(held, entry)) for entry in entries]
        if session.output.as_json:
            session.output.data("indicators", [_record(held, *row) for row in rows])
        else:
            session.output.text(_lines(held, rows))
    return FINE


def _newest(held: Holding, entry: Indicator) -> Observation | None:
    series = held.observed.series(entry.id)
    return series.observations[-1] if series and series.observations else None


def _record(held: Holding, entry: Indicator, newest: Observation | None) -> dict[str, object]:
    return {
        "id": entry.id,
        "title": entry.title,
        "title_zh": entry.title_zh,
        "topics": list(entry.topics),
        "agency": entry.agency,
        "unit": entry.unit,
        "frequency": entry.frequency,
        "period": str(newest.period) if newest else None,
        "value": newest.value if newest else None,
        **state_record(held.freshness(entry)),
        "provider": entry.source.provider if entry.source else None,
        "derived": entry.derived,
        "page": entry.page,
    }


def _lines(held: Holding, rows: Sequence[Row]) -> Iterator[str]:
    """Id, newest value, unit, period, state, source and title in columns."""
    from tui.cli.columns import in_columns

    return in_columns([_cells(held, *row) for row in rows], right=(1,))


def _cells(held: Holding, entry: Indicator, newest: Observation | None) -> tuple[str, ...]:
    from tui.cli.columns import number

    fresh = held.freshness(entry)
    value = number(newest.value, entry.decimals) if newest else ""
    period = str(newest.period) if newest else ""
    source = entry.source.provider if entry.source else "computed" if entry.derived else "by hand"
    title = f"{entry.title} {entry.title_zh}".rstrip()
    return (entry.id, value, entry.unit, period, word(fresh) if fresh else "", source, title)
