"""Every number that the ledger and the cards of its claims show follows from `briefing claims --json`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from sources.numbers import plain
from tests.tui.cli.json_schema import answered
from tests.tui.conftest import Open, Reader
from tests.tui.recomputing import Record, word_of, worked_out
from tui.cli import run

NUMBER = re.compile(r"(?<![\w.])-?\d[\d,]*(?:\.\d+)?")
ROW = re.compile(r"^[▸ ]*~?[✗✓≃⊣≢?∅/]j? +(\w+)  (.*)$")
SHORT = re.compile(r"c\d+[a-z]?")
CARD = ("Test", "Steps", "Figures", "Age", "Then", "Why")
"""Rows of a card whose numbers are ours; the others hold words of the document and of its sources."""

LARGE = (160, 60)


def is_shown_for(shown: str, value: float) -> bool:
    """Whether a number stands for a value with the decimals that it has."""
    digits = shown.replace(",", "")
    decimals = len(digits.partition(".")[2])
    return abs(float(digits) - value) <= 0.5 * float(f"1e-{decimals}") + 1e-9


@pytest.fixture
def records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[], dict[str, Record]]:
    """The claims of the briefing as the command tells of them, by their short ids; asked once the app has
    ended, which holds the streams."""
    monkeypatch.setenv("BRIEFING_HOME", str(tmp_path / "home"))

    def asked() -> dict[str, Record]:
        capsys.readouterr()
        assert run(["claims", "--document", "china-legal-shield", "--json"]) == 0
        found = answered(capsys.readouterr().out)["data"]
        return {str(each["id"]).partition("#")[2]: each for each in found}

    return asked


def shown_rows(reader: Reader) -> list[str]:
    """All that the reading pane holds, as it is drawn, whether scrolled to or not."""
    port = reader.shell.reading.port
    blocks = range(len(reader.shell.page.reading))
    return ["".join(run.text for run in line.runs) for block in blocks for line in port.laid_out(block)[0]]


def counted(rows: list[str], label: str) -> Mapping[str, int]:
    """The counts by glyph in the line of a method."""
    line = next(row for row in rows if row.startswith(label))
    return {glyph: int(count) for glyph, count in re.findall(r"(\S) (\d+)", line.removeprefix(label))}


async def test_every_number_of_the_ledger_follows_from_the_json(
    reading: Open, records: Callable[[], dict[str, Record]]
) -> None:
    async with reading(size=LARGE) as reader:
        await reader.press("c")
        rows = shown_rows(reader)
    claims = records()
    found = {row[1].casefold(): row[2] for line in rows if (row := ROW.match(line))}
    assert found.keys() == claims.keys()
    for name, words in found.items():
        _check_row(claims[name], words)
    words = Counter(word_of(worked_out(each)) for each in claims.values() if each["test"])
    assert counted(rows, "Tested on figures") == {"✗": words["contradicted"], "✓": words["supported"]}
    judged = Counter(each["mark"].strip("~j") for each in claims.values() if not each["test"])
    assert counted(rows, "Judged on texts") == judged


def _check_row(record: Record, words: str) -> None:
    assert words.startswith(record["title"])
    numbers = NUMBER.findall(words.removeprefix(record["title"]))
    if not record["test"]:
        assert not numbers, record["id"]
        return
    margin = worked_out(record).margins[0]
    says, measured = numbers
    assert says == plain(margin.stated), record["id"]
    assert is_shown_for(measured, margin.measured), record["id"]


async def test_every_number_of_a_card_follows_from_the_json(
    reading: Open, records: Callable[[], dict[str, Record]]
) -> None:
    cards: dict[str, list[str]] = {}
    async with reading(size=LARGE) as reader:
        await reader.press("c")
        while SHORT.fullmatch(name := reader.focused().partition(" ")[0].casefold()):
            await reader.press("enter")
            cards[name] = shown_rows(reader)
            await reader.press("backspace", "j")
    claims = records()
    assert cards.keys() == claims.keys()
    for name, record in claims.items():
        if record["test"]:
            _check_card(record, cards[name])


def _check_card(record: Record, rows: list[str]) -> None:
    result = worked_out(record)
    margin = result.margins[0]
    said = next(row for row in rows if "measured" in row and "says" in row)
    says, measured = NUMBER.findall(said.partition("says")[2])
    assert says == plain(margin.stated), record["id"]
    assert is_shown_for(measured, margin.measured), record["id"]
    facts = _facts(rows)
    assert facts["Test"] == record["test"]
    assert facts["Steps"] == " ".join(" ".join(result.steps).split())
    used = [int(number) for number in re.findall(r"(\d+) figures?", facts.get("Figures", ""))]
    assert sum(used) == sum(len(each["observations"]) for each in record["inputs"] if _is_named(each, record))
    if "Age" in facts:
        newest = max(one["period"] for each in record["inputs"] for one in each["observations"])
        year, month = map(int, newest.split("-")[:2])
        until = record["then"]["day"].split("-")
        months = 12 * (int(until[0]) - year) + int(until[1]) - month
        side = "before" if months >= 0 else "after"
        assert facts["Age"] == f"newest figure {newest}, {abs(months)} months {side} the document"


def _is_named(inputs: Record, record: Record) -> bool:
    return inputs["series"] in record["test"]


def _facts(rows: list[str]) -> dict[str, str]:
    """The rows of a card by their labels, each as one line."""
    facts: dict[str, str] = {}
    label = ""
    for row in rows:
        start = re.match(r"(\w+) {2,}(.*)", row)
        label, words = (start[1], start[2]) if start else (label if row.startswith("  ") else "", row.strip())
        if label in CARD:
            facts[label] = f"{facts.get(label, '')} {' '.join(words.split())}".strip()
    return facts
