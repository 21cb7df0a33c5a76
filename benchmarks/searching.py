"""Searching a large library: the query alone, and from a key to its results on the screen."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator

from benchmarks import programs
from benchmarks.bench import Bench, Group, say
from benchmarks.figures import Figure, Result, percentile, spread
from benchmarks.floors import key_floor
from benchmarks.starts import FIRST_FRAME

SMALL, LARGE = 1_000, 10_000
"""Documents: their paragraphs, list items and headings are some 10 and 100 thousand."""

QUERY_SMALL = Figure("search-1000", "query, 1,000 documents in two scripts, p95", "ms", "measured", 5, 1)
QUERY_LARGE = Figure("search-10000", "query, 10,000 documents in two scripts, p95", "ms", "measured", 30, 5)
KEY = Figure("search-key", "key to results, 10,000 documents, p95", "ms", "rest", 33, 16)

FIGURES = (QUERY_SMALL, QUERY_LARGE, KEY)

TYPED = (
    "briefing 77", "sanctions", "货币供应量", "entity 实体7", "半导体 企业", "法", "M2",
    "told by topic:risks", "text kind:section -半导体", '"means here" OR 附件',
)  # fmt: skip
"""What is typed, a letter at a time."""


def measure(bench: Bench) -> Iterator[Result]:
    """Type queries, first without a screen."""
    for count, figure in ((SMALL, QUERY_SMALL), (LARGE, QUERY_LARGE)):
        say(f"searching {count:,} documents")
        home = bench.libraries.of_documents(count).home
        times = json.loads(programs.run_searching(home, str(bench.rounds)))
        yield figure.of(percentile(times), **spread(times))
    say("typing a search")
    floor = key_floor(bench, bench.libraries.bundled().home)
    presses: list[float] = []
    with programs.app(home) as session:
        session.wait_for(FIRST_FRAME)
        session.settle()
        session.press("s")
        while len(presses) < bench.presses:
            for words in TYPED:
                presses += [press.wall for press in session.press(*words.partition(" ")[0])]
                session.press("escape", "s")
    yield KEY.of(percentile(presses), floor, **spread(presses))


def main() -> None:
    """Run in a process of its own: milliseconds of each query typed, as JSON."""
    import os

    from briefings.desk import Desk, Library
    from briefings.search.query import QueryError, parse
    from cache.paths import places

    desk = Desk(Library(places(os.environ)))
    desk.upkeep.prepare_figures()
    times = []
    for _ in range(int(sys.argv[1])):
        desk.forget()
        for words in TYPED:
            for end in range(1, len(words) + 1):
                begun = time.perf_counter()
                try:
                    desk.searching().find(parse(words[:end]))
                except QueryError:
                    continue
                times.append(1000 * (time.perf_counter() - begun))
    desk.close()
    json.dump(times, sys.stdout)


GROUP = Group(FIGURES, measure)

if __name__ == "__main__":
    main()
