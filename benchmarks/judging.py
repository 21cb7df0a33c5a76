"""Ten thousand claims: judged anew because every figure has changed, and left alone because none has."""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from statistics import median

from benchmarks import programs
from benchmarks.bench import Bench, Group, say
from benchmarks.figures import Figure, Result, spread
from benchmarks.libraries import CLAIM_SERIES
from cache.rows import Batch, ProvenanceRow, Row, to_moment
from cache.vintages import Vintages

CLAIMS = 10_000
FIRST = datetime(2026, 10, 1, tzinfo=UTC)

JUDGED = Figure("judge", "10,000 claims judged anew, all figures changed, CPU", "s", "measured", 2, 0.5)
UNCHANGED = Figure("judge-none", "the same where nothing changed", "ms")
COUNT = Figure("judge-count", "claims judged where nothing changed", "", "measured", 0, 0)

FIGURES = (JUDGED, UNCHANGED, COUNT)


def measure(bench: Bench) -> Iterator[Result]:
    """Judge once a round."""
    say(f"judging {CLAIMS:,} claims")
    home = bench.libraries.of_claims(CLAIMS).home
    found = json.loads(programs.run_judging(home, str(bench.rounds)))
    yield JUDGED.of(median(found["judged"]), **spread(found["judged"]))
    yield UNCHANGED.of(1000 * median(found["unchanged"]))
    yield COUNT.of(max(found["counts"]))


def main() -> None:
    """Run in a process of its own, its garbage collected as seldom as the program has it: CPU seconds of
    each round, and claims judged where nothing changed."""
    from briefings.desk import Desk, Library
    from briefings.ledger.ledger import Ledger
    from briefings.ledger.moments import Moments
    from cache.paths import places
    from sources.catalogue.catalogue import load
    from sources.snapshot import open_store
    from tui import YOUNG_OBJECTS

    gc.set_threshold(YOUNG_OBJECTS, 20, 20)
    home = places(os.environ)
    judged: list[float] = []
    unchanged: list[float] = []
    counts: list[int] = []
    catalogue = load()
    with (
        closing(Desk(Library(home))) as desk,
        closing(Ledger.open(home.store)) as ledger,
        closing(open_store(home.store, FIRST)) as store,
    ):
        ledger.settle(desk.index, Moments(catalogue, store, FIRST.date()), FIRST)
        for number in range(int(sys.argv[1])):
            moment = FIRST + timedelta(days=number + 1)
            _revise(store, moment)
            for times in (judged, unchanged):
                begun = time.process_time()
                settled = ledger.settle(desk.index, Moments(catalogue, store, moment.date()), moment)
                times.append(time.process_time() - begun)
            counts.append(settled.judged)
    json.dump({"judged": judged, "unchanged": unchanged, "counts": counts}, sys.stdout)


def _revise(store: Vintages, moment: datetime) -> None:
    """Revise the newest value of each series that a claim rests on."""
    counted = to_moment(moment)
    for name in CLAIM_SERIES:
        *_, newest = store.read_packed(name).rows()
        row = Row(newest.day, newest.value + 0.1, counted, definition=newest.definition)
        store.append(Batch(name, [row], ProvenanceRow("benchmark", name, digest=str(counted))), counted)


GROUP = Group(FIGURES, measure)

if __name__ == "__main__":
    main()
