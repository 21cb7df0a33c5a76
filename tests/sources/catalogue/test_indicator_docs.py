"""Six lines of YAML make an indicator of any provider: the examples of the documentation do."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from sources import adapters
from sources.catalogue.catalogue import EntryFile, build, load
from sources.catalogue.entries import KEYS, read_entries
from sources.catalogue.indicator import Indicator
from sources.catalogue.provided import provider_faults
from sources.model import Answer, Period
from sources.provider import COMMON, Asked, Query

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "indicators.md").read_text("utf-8")
ANSWERS = Path(__file__).parents[1] / "adapters" / "answers"
EXAMPLES = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)


class Recorded(NamedTuple):
    """True answers of a provider, one after the other, and a value that the last of them gives."""

    bodies: tuple[str, ...]
    today: date
    held: str
    period: str
    value: float


RECORDED = {
    "bis": Recorded(("WS_CBPOL_M_AU_2026-06_on.csv",), date(2026, 10, 31), "", "2026-08", 4.35),
    "chinabond": Recorded(("enterprise_aaa.json",), date(2026, 8, 2), "2026-05", "2026-07", 1.7514),
    "chinamoney": Recorded(("shibor.json",), date(2026, 9, 30), "2026-08-20", "2026-08-31", 1.43),
    "eastmoney": Recorded(("currency_supply.json",), date(2026, 9, 17), "", "2026-08", 7.5),
    "ecb": Recorded(("eurofxref-hist.csv",), date(2026, 10, 31), "", "2026-10-30", 1.1172),
    "federal-register": Recorded(("semiconductor.json",), date(2026, 3, 10), "2025-09", "2026-01", 1),
    "fred": Recorded(("chncpiallminmei.csv",), date(2026, 9, 1), "", "2025-04", 115.0297),
    "github": Recorded(("repo.json",), date(2026, 9, 5), "", "2026-09-05", 2256),
    "imf": Recorded(("apdreo.json",), date(2025, 11, 9), "", "2024", 5.0028),
    "oecd": Recorded(("KEI_GBR_IRLT.csv",), date(2024, 7, 31), "", "2024-01", 3.9319),
    "pboc": Recorded(
        ("report_index.html", "report_2026-07.html"), date(2026, 9, 17), "2026-06", "2026-07", 7.7
    ),
    "worldbank": Recorded(("page1.json",), date(2026, 10, 31), "", "2024", 500.886328),
    "yahoo": Recorded(("chart_EURUSD.json",), date(2026, 10, 31), "", "2020-01-02", 1.12208259),
}


def example(provider: str) -> str:
    found: str = next(text for text in EXAMPLES[1:] if f"provider: {provider}," in text)
    return found


def entry_of(text: str) -> Indicator:
    (entry,), faults = read_entries(text, "own.yaml", provider_faults)
    assert faults == []
    return entry


def body_of(provider: str, name: str) -> bytes:
    """A recorded answer: one that was recorded unpacked is packed again, of two days the last is taken."""
    body = (ANSWERS / provider / name).read_bytes()
    if name == "enterprise_aaa.json":
        return json.dumps(json.loads(body)[-1:]).encode()
    if name != "eurofxref-hist.csv":
        return body
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body)
    return file.getvalue()


def asked_of(entry: Indicator, recorded: Recorded) -> list[Asked]:
    assert entry.source
    query = Query(entry.id, entry.frequency, entry.source.fields)
    held = Period.parse(recorded.held) if recorded.held else None
    return adapters.provider(entry.source.provider).requests([query], held, recorded.today, {})


@pytest.mark.parametrize("provider", sorted(adapters.MODULES))
def test_six_lines_are_an_indicator_without_fault_that_is_asked_for_at_its_provider(provider: str) -> None:
    text = example(provider)
    assert len(text.splitlines()) == 6
    entry = entry_of(text)
    assert entry.topics
    found = adapters.provider(provider)
    requests = [asked.request for asked in asked_of(entry, RECORDED[provider])]
    assert requests
    for request in requests:
        parts = urlsplit(request.url)
        assert parts.scheme == "https"
        assert parts.hostname in found.hosts
    assert found.source_page(Query(entry.id, entry.frequency, entry.source.fields if entry.source else ()))


@pytest.mark.parametrize("provider", sorted(adapters.MODULES))
def test_an_answer_of_its_provider_becomes_its_figures(provider: str) -> None:
    recorded, entry = RECORDED[provider], entry_of(example(provider))
    found = adapters.provider(provider)
    asked, answer = asked_of(entry, recorded)[-1], Answer()
    for name in recorded.bodies:
        asked = asked.then(answer.following) if answer.following else asked
        answer = found.parse(body_of(provider, name), asked)
    values = {str(point.period): point.value for point in answer.points[entry.id]}
    assert values[recorded.period] == pytest.approx(recorded.value, rel=1e-5)
    assert all(point.period.frequency == entry.frequency for point in answer.points[entry.id])


def test_all_examples_stand_beside_what_ships_without_fault() -> None:
    files = [EntryFile(f"own/{number}.yaml", text.encode()) for number, text in enumerate(EXAMPLES[:-1])]
    found = build(files, provider_faults)
    assert found.faults == ()
    assert len(found) == len(adapters.MODULES) + 1
    assert not set(found.entries) & set(load().entries)


def test_the_faults_of_the_example_are_those_that_are_told() -> None:
    _, faults = read_entries(EXAMPLES[-1], "mine.yaml", provider_faults)
    (told,) = re.findall(r"```\n(mine.*?)```", TEXT, re.DOTALL)
    assert [f"mine.yaml:{fault.line}: {fault.message}" for fault in faults] == told.splitlines()


def test_every_field_is_in_a_table_and_every_provider_that_refuses_programs_is_named() -> None:
    rows = "".join(line.split("|")[1] for line in TEXT.splitlines() if line.startswith("| `"))
    assert {*KEYS, *(field.name for field in COMMON)} <= set(re.findall(r"`(\w+)`", rows))
    (listed,) = re.findall(r"^providers = \[(.*)\]$", TEXT, re.MULTILINE)
    refusing = {id_ for id_ in adapters.MODULES if adapters.provider(id_).identity == "browser"}
    assert set(re.findall(r"\w+", listed)) == refusing
    keyed = {id_ for id_ in adapters.MODULES if adapters.provider(id_).key_page}
    assert keyed == {"fred", "github"}
