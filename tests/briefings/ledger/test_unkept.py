"""Verdicts that are passed on instead of being kept are the same ones, and each is worked out once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from briefings.desk import Desk, Library
from briefings.ledger.verdicts import Verdict, judge
from tests.homes import places_in

OWN = """---
kind: briefing
title: Own
date: 2026-11-27
---
```claim
id: x1
says: 增速超过六
test: mean(cn.m2_yoy, 2025) > {}
```
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(Desk(Library(places_in(tmp_path)))) as desk:
        desk.upkeep.update()
        yield desk


def test_they_are_those_that_the_ledger_keeps(desk: Desk) -> None:
    assert desk.upkeep.settle().judged
    kept = desk.verdicts()
    assert desk.upkeep.judge_unkept(None)
    assert desk.verdicts() == kept
    assert desk.verdict("china-legal-shield#c10") in desk.verdicts("china-legal-shield")
    assert desk.verdict("china-legal-shield#none") is None


def test_only_the_claims_of_a_document_that_has_changed_are_judged_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = []

    def noted(statement: object, *arguments: object, **options: object) -> Verdict:
        judged.append(statement)
        return judge(statement, *arguments, **options)  # type: ignore[arg-type]

    first = desk.upkeep.judge_unkept(None)
    monkeypatch.setattr("briefings.ledger.ledger.judge", noted)
    own = tmp_path / "library" / "own.md"
    own.parent.mkdir(exist_ok=True)
    own.write_text(OWN.format(6), encoding="utf-8")
    desk.upkeep.update()
    second = desk.upkeep.judge_unkept(first)
    assert first
    assert second
    assert second.differing(first) == 0
    own.write_text(OWN.format(60), encoding="utf-8")
    desk.upkeep.update()
    third = desk.upkeep.judge_unkept(second)
    assert third
    assert third.differing(second) == 1
    assert len(judged) == 2
    own.unlink()
    desk.upkeep.update()
    assert desk.upkeep.judge_unkept(third) == first
    assert len(judged) == 2
