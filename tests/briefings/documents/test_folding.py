"""Documents as they were known on a day."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from briefings.documents.folding import Folded, folded, known_from, sinces_of
from briefings.documents.model import Document
from briefings.documents.parser import parse

TEXT = """\
---
id: own
kind: briefing
title: Own
---
# First {#first}
Before.[^old]

After.[^new] {since=2026-05-15}

- one
- two {since=2026-05}
  - under two
- three

## Folded 折叠 {#folded since=2026-06-01}
Inside.

# Second {#second}
Last.

```claim
id: c1
says: It holds
since: 2026-07-01
```

```claim
id: c2
says: It was judged
judged: {verdict: supported, because: so, evidence: ["https://example.org/"], on: 2026-08-01}
```

[^old]: Old source.
[^new]: New source.
"""


def document(text: str = TEXT) -> Document:
    found = parse(text.encode(), path="own.md").document
    assert found
    return found


def on(day: str) -> Folded:
    return folded(document(), date.fromisoformat(day))


def texts(known: Folded) -> list[str]:
    return [block.text for block in known.document.blocks]


def test_each_thing_that_is_known_later_is_one_line() -> None:
    assert texts(on("2026-04-20")) == [
        "First", "Before.[1]", "Known from 2026-05-15 on.", "one", "Known from 2026-05-31 on.", "three",
        "Known from 2026-06-01 on.", "Second", "Last.", "Known from 2026-07-01 on.", "It was judged",
        "Old source.", "Known from 2026-05-15 on.",
    ]  # fmt: skip


def test_from_its_day_on_a_text_is_whole() -> None:
    assert texts(on("2026-08-01")) == [block.text for block in document().blocks]
    assert on("2026-08-01").later == {}


def test_a_partial_date_is_known_by_its_last_day() -> None:
    assert "two" not in texts(on("2026-05-30"))
    assert "two" in texts(on("2026-05-31"))


def test_what_stands_under_an_entry_or_a_heading_is_folded_with_it() -> None:
    known = on("2026-04-20")
    assert "under two" not in texts(known)
    assert "Inside." not in texts(known)
    assert known.later["folded"] == date(2026, 6, 1)
    assert known.later["c1"] == date(2026, 7, 1)


def test_a_judgement_of_a_later_day_is_none_yet() -> None:
    def judged(day: str) -> bool:
        return any(block.statement and block.statement.judged for block in on(day).document.blocks)

    assert not judged("2026-07-31")
    assert judged("2026-08-01")


def test_an_event_is_known_from_the_first_of_its_dates_and_a_law_from_its_signature() -> None:
    head = "---\nid: a\nkind: {}\ntitle: A\ndates: {{signed: 2026-04, in_force: 2026-05-01}}\n---\nText.\n"
    assert known_from(document(head.format("event"))) == date(2026, 4, 30)
    assert known_from(document(head.format("instrument"))) == date(2026, 4, 30)
    assert known_from(document()) is None


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_sections_still_hold_what_they_held(day: date) -> None:
    known = folded(document(), day).document
    for section in known.sections:
        assert 0 <= section.first < section.own <= section.last <= len(known.blocks)
    assert [section.id for section in known.sections if section.level == 1] == ["first", "second"]
    second = next(section for section in known.sections if section.id == "second")
    assert known.blocks[second.first + 1].text == "Last."


def test_the_days_on_which_something_becomes_known_are_told() -> None:
    days = {"2026-05-15", "2026-05-31", "2026-06-01", "2026-07-01", "2026-08-01"}
    assert {str(day) for day in sinces_of(document())} == days
