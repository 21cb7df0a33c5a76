"""A home as it was on a first day, and what may come to it later: texts, figures, outcomes, answers."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from briefings.desk import Desk, Library
from cache.rows import Batch, ProvenanceRow, Row
from cache.vintages import Vintages
from sources.observed import end_of_day
from sources.refreshing.agreement import Agreement
from sources.refreshing.attempts import Attempt, Attempts
from tests.homes import places_in

START = date(2026, 9, 1)
"""The day on which the library was first looked at."""

FAR = date(2027, 3, 1)
"""The day on which all is asked."""

BRIEFING = """\
---
id: own
kind: briefing
title: Own 自己的简报
date: {date}
topics: [monetary-stability]
---
# Own text
M2 grew {{{{ last(cn.m2_yoy) }}}}, see [[huawei]], [[later-entity]], [[own#lately]] and [[own#c1]].
{words}

## Lately {{#lately since=2026-06-15}}
The gap was {{{{ last(cn.m2_m1_gap) }}}}.

- kept
- folded [[smic]] {{since=2026-07}}

```claim
id: c1
says: M2 grows by over 8 %
test: last(cn.m2_yoy) > 8
```

```claim
id: c2
says: The gap averaged 4.8 over the last ten months
since: 2026-06
test: mean(cn.m2_m1_gap, last 10) ~ 4.8 +- 0.2
```

```claim
id: c3
says: Judged on a day
judged: {{verdict: supported, because: it is, evidence: ["https://example.org/"], on: 2026-05-20}}
```

```prediction
id: q1
says: M2 growth falls under 7 %
by: me
made: 2026-02
window: ..2026-08-31
resolves: the bank
```
"""

ENTITY = (
    "---\nid: later-entity\nkind: entity\ntitle: Later 后来\nname: Later\naliases: [后来]\n"
    "date: {date}\n---\n[[own]] {words}\n"
)

SERIES = ("cn.m2_yoy", "cn.m1_yoy", "cn.tsf_stock_yoy", "us.vix", "gh.colossalai_stars")


class Later(NamedTuple):
    """What comes after the day that is asked for: `after` days after it, or after the first look."""

    after: int
    values: tuple[tuple[str, int, float], ...]
    texts: tuple[str, ...]
    outcome: str
    asked: bool


LATER = st.builds(
    Later,
    st.integers(1, 90),
    st.lists(
        st.tuples(
            st.sampled_from(SERIES), st.integers(-40, 3), st.floats(-4, 30).map(lambda value: round(value, 1))
        ),
        max_size=6,
    ).map(tuple),
    st.lists(st.sampled_from(["own", "later-entity", "a-note", "gone"]), unique=True).map(tuple),
    st.sampled_from(["", "true", "false", "void"]),
    st.booleans(),
)
DAYS = st.integers(0, (date(2026, 11, 30) - date(2025, 1, 1)).days).map(
    lambda days: date(2025, 1, 1) + timedelta(days)
)


def begin(home: Path) -> None:
    """Make a home; beside it stands how it was on the first day, to be put back."""
    write(home, "own.md", BRIEFING.format(date="2026-08-20", words="As first written."))
    write(home, "gone.md", "---\nid: gone\nkind: entity\nname: Gone\n---\n[[own]]\n")
    write(home, "later-entity.md", ENTITY.format(date="2026-08-25", words="Old."))
    write(home, "a-note.md", "# A note\n[[own]]\n")
    look(home, START)
    shutil.copytree(home, home.with_name("start"))


def put_back(home: Path) -> None:
    """Make the home again what it was on the first day."""
    shutil.rmtree(home)
    shutil.copytree(home.with_name("start"), home)


def add(home: Path, on: date, later: Later) -> None:
    """Add what comes later, on a day."""
    for text in later.texts:
        write(home, f"{text}.md", _text(text, on))
    if later.outcome:
        entry = f"- id: own#q1\n  outcome: {later.outcome}\n  on: {on}\n  note: then\n"
        write(home, "resolutions.yaml", entry)
        write(home, "forecasts.yaml", f"- id: own#q1\n  chance: 0.4\n  on: {on}\n")
    with closing(Vintages.open(places_in(home).store)) as vintages:
        for number, (series, periods, value) in enumerate(later.values):
            month = date(2026, 8, 1).toordinal() + 30 * periods
            first = date.fromordinal(month).replace(day=1)
            row = Row(first.toordinal(), value, end_of_day(on) - number, "published")
            vintages.append(
                Batch(series, (row,), ProvenanceRow("p", series, digest=str(number))), end_of_day(on)
            )
    if later.asked:
        moment = datetime(on.year, on.month, on.day, tzinfo=UTC)
        with closing(Attempts.open(places_in(home).store)) as attempts:
            attempts.keep(
                series={name: Attempt(success=moment) for name in SERIES},
                checks={"cn.m2_yoy": Agreement("Bank", moment, 5)},
            )
    look(home, on)


def _text(name: str, on: date) -> str:
    match name:
        case "own":
            return BRIEFING.format(date=on, words="Written anew, [[later-entity]].").replace("8 %", "9 %")
        case "later-entity":
            return ENTITY.format(date=on, words="New.")
        case "gone":
            return "---\nid: gone\nkind: entity\nname: Back\n---\nNothing of [[huawei]].\n"
    return "# A note\n[[own]] and [[huawei]]\n"


def look(home: Path, on: date) -> None:
    """What the app does beside the screen on a day."""
    with closing(Desk(Library(places_in(home)), on)) as desk:
        desk.upkeep.update()
        desk.upkeep.prepare_figures()
        desk.upkeep.settle()


def write(home: Path, name: str, text: str) -> None:
    """Write a file of the user's own folder."""
    path = places_in(home).library / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
