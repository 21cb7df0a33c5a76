"""The reader's own probabilities: what is written, read, taken back, and left alone; what is typed."""

from __future__ import annotations

import stat
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefings.own import resolutions
from briefings.own.forecasts import (
    FILE,
    Entry,
    Unwritable,
    Word,
    leading,
    parse,
    probability,
    read,
    record,
    take_back,
    undo,
)
from briefings.own.lists import on_one_line

CHANCES = st.floats(0, 1).map(lambda value: round(value, 6))
DAYS = st.dates().map(lambda day: day.isoformat())
IDS = st.from_regex(r"[a-z\u4e00-\u9fff][a-z0-9_-]{0,9}#p[0-9]{1,3}", fullmatch=True)
NOTES = st.text(max_size=40) | st.text("a1 א\u200f\u061c\u202e", max_size=12)
FORECAST = st.builds(Entry, IDS, CHANCES, DAYS, NOTES)
WORD = st.builds(Word, st.text(min_size=1, max_size=20).filter(on_one_line), CHANCES)
ENTRIES = st.lists(FORECAST | WORD, max_size=8)


def unplaced(entries: Iterable[Entry | Word]) -> list[Entry | Word]:
    return [each._replace(line=0) for each in entries]


@given(ENTRIES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_what_is_entered_is_read_again_and_can_all_be_taken_back(
    tmp_path: Path, entries: list[Entry | Word]
) -> None:
    (tmp_path / FILE).unlink(missing_ok=True)
    made = [record(tmp_path, each) for each in entries]
    kept = read(tmp_path)
    assert list(kept.entries) == made
    assert [each.chance for each in made] == [each.chance for each in entries]
    assert not [fault for fault in kept.faults if fault.severity == "error"]
    for count, each in reversed(list(enumerate(made))):
        assert undo(tmp_path, each) == each
        assert unplaced(read(tmp_path).entries) == unplaced(made[:count])
    assert read(tmp_path).entries == ()


def test_the_file_reads_well_and_is_private(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    record(folder, Entry("own#p1", 0.3, "2026-09-20", 'it "falls":\n slowly 放缓'))
    record(folder, Word("will", 0.85))
    path = folder / "forecasts.yaml"
    head, _, rest = path.read_text(encoding="utf-8").partition("\n\n")
    assert all(line.startswith("# ") for line in head.splitlines())
    assert rest == (
        "- id: own#p1\n  chance: 0.3\n  on: 2026-09-20\n"
        '  note: "it \\"falls\\": slowly 放缓"\n\n- word: "will"\n  chance: 0.85\n'
    )
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_history_of_a_prediction_stays_and_comments_with_it(tmp_path: Path) -> None:
    own = (
        "# mine\n\n- id: a#p1\n  chance: 0.3 # a guess\n  on: 2026-01-01\n\n"
        "# later\n- id: a#p2\n  chance: 20 %\n  on: 2026-02-01\n"
    )
    (tmp_path / FILE).write_text(own)
    record(tmp_path, Entry("a#p1", 0.4, "2026-03-01"))
    assert (tmp_path / FILE).read_text().startswith(own)
    assert [each.chance for each in read(tmp_path).entries] == [0.3, 0.2, 0.4]
    take_back(tmp_path, "a#p1")
    assert (tmp_path / FILE).read_text() == own


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("- id: a#p1\n  chance: 1.3\n  on: 2026-01-01\n", 2, 'chance "1.3" is no probability'),
        ("- id: a#p1\n  chance: 1e-1\n  on: 2026-01-01\n", 2, 'chance "1e-1" is no probability'),
        ("- id: a#p1\n  chance: 0.3\n  on: 2026-01\n", 3, 'on "2026-01" is no day'),
        ("- id: a#p1\n  on: 2026-01-01\n", 1, "chance is missing"),
        ("\n- chance: 0.3\n  on: 2026-01-01\n", 2, "id is missing"),
        ("- word: will\n", 1, "chance is missing"),
        ("- word: likely\n  chance: 0.3\n", 1, "has a band already, likely (55-80 %)"),
        ("- id: a#p1\n  chanse: 0.3\n  on: 2026-01-01\n  chance: 0.3\n", 2, 'key "chanse" is unknown'),
        ("id: a#p1\n", 1, "expected a list of forecasts, each as"),
        ("- &a x\n", 1, "is an anchor; leave it out"),
        ("- just text\n", 1, "expected a forecast"),
    ],
)
def test_each_fault_of_the_file_is_named_with_its_line(text: str, line: int, words: str) -> None:
    faults = parse(text).faults
    assert any(fault.line == line and words in fault.message for fault in faults), faults


def test_a_file_with_a_fault_or_another_layout_is_not_changed(tmp_path: Path) -> None:
    path = tmp_path / resolutions.FILE
    for text, words in (
        ("- id: a#p1\n  outcome: perhaps\n  on: 2026\n", "resolutions.yaml:2: "),
        ("[{id: a#p1, outcome: true, on: 2026}]\n", "change it by hand"),
    ):
        path.write_text(text)
        with pytest.raises(Unwritable) as refused:
            resolutions.record(tmp_path, resolutions.Entry("a#p2", "true", "2026"))
        assert words in str(refused.value)
        assert path.read_text() == text


def test_a_file_that_is_no_text_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_bytes(b"- id: a\n  note: \xff\n")
    assert [(fault.line, fault.message) for fault in read(tmp_path).faults] == [
        (2, "not UTF-8; save the file as UTF-8")
    ]
    with pytest.raises(Unwritable):
        record(tmp_path, Word("will", 0.5))
    assert path.read_bytes().endswith(b"\xff\n")


def test_what_two_write_at_once_is_all_kept(tmp_path: Path) -> None:
    def enter(number: int) -> None:
        record(tmp_path, Entry(f"a#p{number}", 0.5, "2026-01-01"))

    threads = [threading.Thread(target=enter, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {each.id for each in read(tmp_path).entries if isinstance(each, Entry)} == {
        f"a#p{number}" for number in range(12)
    }


# ---------------------------------------------------------------------- what is typed


@pytest.mark.parametrize(
    ("typed", "chance"),
    [("0.3", 0.3), ("0", 0), ("1", 1), ("30 %", 0.3), ("30%", 0.3), ("100 %", 1), ("0.5 %", 0.005)],
)
def test_a_probability_is_a_number_or_a_share(typed: str, chance: float) -> None:
    assert probability(typed) == chance


@pytest.mark.parametrize(
    "typed", ["", "30", "1.01", "101 %", "-0.3", ".3", "1e-3", "nan", "1/3", "0,3", "٣ %", "9" * 400]
)
def test_what_is_no_probability_is_told_with_what_was_expected(typed: str) -> None:
    with pytest.raises(ValueError, match=r"expected a number from 0 to 1, or a share as 30 %"):
        probability(typed)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("0.3", ("0.3", "")),
        ("30 % the share falls", ("30 %", "the share falls")),
        ("30% 放缓", ("30%", "放缓")),
        ("0.3 %p", ("0.3", "%p")),
        ("2026-01-20", ("2026-01-20", "")),
        (".3 x", (".3", "x")),
        ("true 2026-01-20", ("", "true 2026-01-20")),
    ],
)
def test_a_leading_number_is_told_from_an_outcome(line: str, found: tuple[str, str]) -> None:
    assert leading(line) == found


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_probability_or_refused(line: str) -> None:
    number, _ = leading(line)
    with suppress(ValueError):
        assert 0 <= probability(number or line) <= 1


@pytest.mark.parametrize("head", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_list_keeps_its_byte_order_mark_and_its_line_breaks(
    tmp_path: Path, head: bytes, end: bytes
) -> None:
    file = tmp_path / resolutions.FILE
    lines = (b"# mine", b"- id: a#p1", b"  outcome: void", b"  on: 2026-09-01", b"")
    before = head + end.join(lines)
    file.write_bytes(before)
    entry = resolutions.record(tmp_path, resolutions.Entry("a#p2", "true", "2026"))
    assert file.read_bytes() == before + end.join(
        (b"", b"- id: a#p2", b"  outcome: true", b"  on: 2026", b"")
    )
    assert resolutions.undo(tmp_path, entry)
    assert file.read_bytes() == before
