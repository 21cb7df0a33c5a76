"""Run in a process of its own: time the index of the home in the environment, and print it as JSON.

`build` brings the index up to date once; `update N` changes one document N times, looking after each.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

from briefings.desk import Desk, Library
from cache.paths import places


def main() -> None:
    """Do what the arguments say."""
    home = Library(places(os.environ))
    made = _build(home) if sys.argv[1] == "build" else _update(home, int(sys.argv[2]))
    json.dump(made, sys.stdout)


def _build(home: Library) -> dict[str, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    desk = Desk(home)
    desk.upkeep.update()
    desk.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "wall": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "rss": peak / (2**20 if sys.platform == "darwin" else 2**10),
    }


def _update(home: Library, rounds: int) -> list[float]:
    """Milliseconds of each round; the parser has been loaded before the first."""
    path = next(iter(sorted(home.places.library.rglob("*.md"))))
    desk = Desk(home)
    desk.upkeep.update()
    times = []
    for number in range(rounds):
        _change(path, number)
        begun = time.perf_counter()
        desk.upkeep.update()
        times.append(1000 * (time.perf_counter() - begun))
    desk.close()
    return times


def _change(path: Path, number: int) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\nChange {number} 改动.\n")


if __name__ == "__main__":
    main()
