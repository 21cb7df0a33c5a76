"""The schema that docs/json.md tells: it is whole, finds what is wrong, and hostile files keep to it."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sources.text import clean
from tests.tui.cli.json_schema import read, told
from tests.tui.commanding import Cli

HOSTILE = {
    "brief.md": """---
id: a-brief
kind: briefing
title: "[/] \u202e title\x1b[2J"
title_zh: 华为
date: 2026-13-45
updated: yesterday
topics: [legal-shield, nope]
tags: x
briefs: {title: T, url: "javascript:alert(1)", published: never, retrieved: 2026}
---
# H {#h since=soon}
text [[nope]] [[huawei]] [x](javascript:1) {{ mean(cn.nope, 2023) }} [^1]

[^1]: A note

| a | b |
|---|---|
| 1 |

```claim
id: k1
says: no number
test: mean(cn.m2_yoy, 2023) ~ 1e999 +- 0.2
```
```claim
id: k2
says: no verdict
judged: {verdict: maybe, because: 3, on: then, evidence: [huawei]}
```
```claim
id: k3
says: judged in part
judged: {verdict: in part, because: "of [[huawei]]", on: 2026-05-01, evidence: [huawei, {title: t, url: "https://e.org"}]}
```
```claim
id: k4
says: neither
since: 2026-05-10
```
```prediction
id: q1
says: due
by: X
made: 2026-04
window: ..2026-05-31
chance: 0.7
wording: likely
test: last(cn.m2_yoy) > 5
resolves: somehow
outcome: open
```
```prediction
id: q2
says: resolved
by: X
made: 2020
window: ..2021
chance: 7
resolves: somehow
outcome: {outcome: "false", date: 2021-01-01, source: s}
```
```prediction
id: q3
says: resolved on no day
by: ''
outcome: {outcome: true, date: soon}
```
""",
    "event.md": "---\nkind: event\ntitle: E\ndates: {signed: 2026, bogus: x}\nofficial: {title: 1}\n---\nx\n",
    "entity.md": '---\nkind: entity\nname: Ent\naliases: [华为]\nidentifiers: {"a\\nb": x}\n---\nText\n',
    "bad.md": "---\n: [\n---\n",
    "new\nline.md": "no front matter [[b]] [[entity]]\n",
    "\x1b[31mred\"'.md": "x\n",
    "indicators/own.yaml": "id: cn.mine\ntitle: 1\n",
    "resolutions.yaml": "- nonsense: [\n",
    "forecasts.yaml": "x: 1\n",
}

COMMANDS = (
    *("list", "list --as-of 2026-04-01", "read a-brief", "show a-brief", "show event", "show entity"),
    *("show k1", "show k2", "show k3", "show q1", "show q3", "show a-brief#h", "read k4 --as-of 2026-05-05"),
    *("links a-brief", "links entity", "links a-brief --to event", "links a-brief --steps 3"),
    *("search text", "check", "check --claims", "indicators", "series cn.mine", "chart cn.mine"),
    *("provenance k1", "provenance k3", "claims", "claims k2", "claims k3", "claims --as-of 2026-05-02"),
    *("predictions", "predictions --as-of 2021-06-01", "forecast q1", "forecast q1 0.3", "note entity hi"),
    *("resolve q1 void --on 2026-07-01", "test cn.mine", "refresh --offline cn.mine", "sources", "keys"),
    *("locate", "doctor"),
)


@pytest.fixture(scope="module")
def hostile_home(own_home: Path) -> Path:
    """A home whose own files are wrong in many ways."""
    for name, text in HOSTILE.items():
        path = own_home / "library" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (own_home / "library/bin.md").write_bytes(b"\xff\xfe\x00")
    (own_home / "config").mkdir()
    (own_home / "config/config.toml").write_text('theme = "lihgt"\n[keys]\ndoc.fnd = "x"\n', encoding="utf-8")
    return own_home


@pytest.mark.usefixtures("hostile_home")
@pytest.mark.parametrize("line", COMMANDS)
def test_answers_about_hostile_files_are_as_documented(cli: Cli, line: str) -> None:
    result = cli(*line.split(), "--json")
    assert ("error" in result.envelope) == (result.status in (2, 4))
    assert "config.toml:1: " in result.err
    assert clean(result.err) == result.err


@pytest.mark.parametrize(("command", "file"), [("resolve", "resolutions"), ("forecast", "forecasts")])
def test_an_error_in_a_file_of_ours_says_where(cli: Cli, hostile_home: Path, command: str, file: str) -> None:
    error = cli(command, "p1", *(["void", "--on", "2026-07"] if file == "resolutions" else ["0.3"]), "--json")
    assert error.envelope["error"]["where"] == f"{hostile_home}/library/{file}.yaml:1"


def test_every_type_of_a_table_is_told() -> None:
    assert told().unknown_types() == set()
    assert len(list(told().all_tables())) > 70


SOUND: dict[str, Any] = {
    "schema": "briefing/test/1",
    "data": {
        **dict.fromkeys(("expression", "unit", "problem", "detail", "period"), ""),
        "kind": "value",
        "value": 1.5,
        "holds": None,
        "steps": ["x"],
        "inputs": [],
        "series": [{"period": "2024Q1", "value": 1}],
    },
    "as_of": "2026-04-20",
    "warnings": [{"message": "x", "where": ""}],
}

SPOILT: dict[str, Callable[[Any], object]] = {
    "data.value: 'x' is no number": lambda a: a["data"].update(value="x"),
    "data.value: True is no number": lambda a: a["data"].update(value=True),
    "data.value: inf is no number": lambda a: a["data"].update(value=math.inf),
    "data.kind: 'vaule' is no `value`": lambda a: a["data"].update(kind="vaule"),
    "data.steps[0]: None is no text": lambda a: a["data"].update(steps=[None]),
    "data.series[0].period: '2024-13' is no period": lambda a: a["data"]["series"][0].update(
        period="2024-13"
    ),
    "data.series[0].valeu: no table tells of it": lambda a: a["data"]["series"][0].update(valeu=1),
    "data.holds: is missing": lambda a: a["data"].pop("holds"),
    "answer.as_of: '' is no day": lambda a: a.update(as_of=""),
    "answer.warnings[0].where: is missing": lambda a: a["warnings"][0].pop("where"),
    "no section tells of briefing/tset/1": lambda a: a.update(schema="briefing/tset/1"),
}


@pytest.mark.parametrize("fault", SPOILT)
def test_what_is_not_as_documented_is_found(fault: str) -> None:
    assert told().faults(SOUND) == []
    spoilt = copy.deepcopy(SOUND)
    SPOILT[fault](spoilt)
    assert any(each.startswith(fault) for each in told().faults(spoilt)), told().faults(spoilt)


def test_a_field_that_may_be_left_out_and_those_of_another_object_are_known() -> None:
    page = (
        "## x: briefing/x/1\n| data: base and | type | meaning |\n|---|---|---|\n"
        "| `a` | text or left out | x |\n"
    )
    base = "| base | type | meaning |\n|---|---|---|\n| `b` | map of list of whole | x |\n"
    envelope = (
        "| envelope | type | meaning |\n|---|---|---|\n| `schema` | text | x |\n| `data` | anything | x |\n"
    )
    schema = read(f"{page}\n{base}\n{envelope}")

    def faults(**data: object) -> list[str]:
        return schema.faults({"schema": "briefing/x/1", "data": data})

    assert faults(b={"c": [1]}) == faults(b={}, a="") == []
    assert faults(b={"c": [1.5]}) == ["data.b.c[0]: 1.5 is no whole"]
    assert faults(a="") == ["data.b: is missing"]
