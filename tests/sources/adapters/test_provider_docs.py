"""The example of the documentation is a provider that works."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sources.model import Period, WrongAnswer
from sources.provider import Provider, Query

TEXT = (Path(__file__).parents[3] / "docs" / "providers.md").read_text(encoding="utf-8")
BODY = {"amount": 1.0, "base": "USD", "rates": {"2026-10-30": {"CNY": 6.6529}, "2026-10-29": {"CNY": 7}}}


@pytest.fixture(scope="module")
def example() -> Provider:
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(code, "docs/providers.md", "exec"), names)  # noqa: S102  (our own documentation)
    found = names["PROVIDER"]
    assert isinstance(found, Provider)
    return found


def test_the_example_asks_and_reads(example: Provider) -> None:
    entry = {"base": "USD", "quote": "CNY"}
    assert example.faults(entry) == ()
    query = Query("cn.usd_rate", "B", tuple(entry.items()))
    (asked,) = example.requests([query], Period(date(2026, 10, 28), "B"), date(2026, 10, 31), {})
    assert asked.request.url == "https://api.frankfurter.dev/v1/2026-09-27.."
    points = example.parse(json.dumps(BODY).encode(), asked).points["cn.usd_rate"]
    assert [(str(point.period), point.value) for point in points] == [
        ("2026-10-29", 7.0),
        ("2026-10-30", 6.6529),
    ]
    for body in (
        {**BODY, "base": "EUR"},
        {**BODY, "rates": []},
        {**BODY, "rates": {"soon": {"CNY": 1.0}}},
        [1],
    ):
        with pytest.raises(WrongAnswer):
            example.parse(json.dumps(body).encode(), asked)


def test_what_the_documentation_names_is_there() -> None:
    root = Path(__file__).parents[3]
    for path in re.findall(r"`(sources/[a-z_/]+\.py)`", TEXT):
        assert path.endswith("frankfurter.py") or (root / path).is_file()
