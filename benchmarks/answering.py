"""Run in a process of its own: all providers on this machine, with answers as long as the real ones.

Prints its port, and answers until its input ends. `/scripted/MILLISECONDS/NAME` is 400 months of a
series, that much later.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from functools import cache

from sources.model import Period
from tests.loopback import Reply, Seen
from tests.refreshed import World, dated

MONTHS = 400
"""Of each scripted series; reports of figures have about half as many rows, months, and twenty columns."""

_REPORT_MONTHS = 220
_DAYS = 5_000
_LAST = Period.parse("2026-08")


class LongWorld(World):
    """The world of the tests, its histories as long as the real ones."""

    def _reply(self, request: Seen) -> Reply:
        if request.path.startswith("/scripted/"):
            _, _, delay, name = request.path.split("/")
            return Reply(_series(name), delay=int(delay) / 1000)
        reply = super()._reply(request)
        if request.path == "/api/data/v1/get":
            return Reply(_long_report(reply.body), headers=reply.headers)
        if request.path == "/graph/fredgraph.csv":
            return Reply(_long_chart(reply.body), headers=reply.headers)
        return reply


@cache
def _series(name: str) -> bytes:
    months = (_LAST.shifted(-back) for back in range(MONTHS))
    return "\n".join(f"{name},{month},{100 - number / 10}" for number, month in enumerate(months)).encode()


@cache
def _long_report(body: bytes) -> bytes:
    whole = json.loads(body)
    rows = whole["result"]["data"]
    padded = rows[0] | {f"COLUMN_{number}": 1.5 for number in range(12)}
    whole["result"]["data"] += [
        padded | dated(str(_LAST.shifted(-back))) for back in range(len(rows), _REPORT_MONTHS)
    ]
    return json.dumps(whole, ensure_ascii=False).encode()


@cache
def _long_chart(body: bytes) -> bytes:
    head, *rows = body.decode().splitlines()
    last, _, value = rows[0].partition(",")
    days = (date.fromisoformat(last) - timedelta(days=back) for back in reversed(range(1, _DAYS)))
    return "\n".join([head, *(f"{day},{value}" for day in days if day.weekday() < 5), *rows, ""]).encode()


def main() -> None:
    """Serve until the input ends."""
    with LongWorld() as world:
        print(world.port, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
