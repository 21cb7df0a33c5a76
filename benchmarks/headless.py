"""Commands without a terminal, beside an interpreter that does nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from benchmarks import programs
from benchmarks.bench import Bench, Group, say
from benchmarks.figures import Figure, Result, spread

LIST = Figure("list-json", "briefing list --json", "ms", "ratio", 8, 4)
READ = Figure("read-json", "briefing read --json", "ms", "ratio", 8, 4)

COMMANDS = {LIST: ("list", "--json"), READ: ("read", "china-legal-shield", "--json")}

_RAN = (0, 1)
"""Exit statuses of a command that did its work: fine, and faults in files told."""


def measure(bench: Bench) -> Iterator[Result]:
    """Both commands and the floor once a round."""
    home = bench.libraries.bundled().home
    say(f"commands: {bench.rounds} rounds")
    working = [figure for figure, command in COMMANDS.items() if programs.run_command(home, *command) in _RAN]
    floor: list[float] = []
    times: dict[Figure, list[float]] = {figure: [] for figure in working}
    for _ in range(bench.rounds):
        floor.append(_timed(programs.run_nothing, home))
        for figure in working:
            times[figure].append(_timed(programs.run_command, home, *COMMANDS[figure]))
    for figure in COMMANDS:
        if figure in times:
            yield figure.of(median(times[figure]), median(floor), **spread(times[figure]))
        else:
            yield figure.skipped("the command does not run")


def _timed(run: Callable[..., int], home: Path, *arguments: str) -> float:
    begun = time.perf_counter()
    run(home, *arguments)
    return 1000 * (time.perf_counter() - begun)


GROUP = Group((LIST, READ), measure)
