"""The catalogue: what ships is sound, what users write is checked line by line, reading it is quick."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import limits
from sources.catalogue import catalogue
from sources.catalogue.catalogue import COMPILED, Catalogue, EntryFile, build, load
from sources.catalogue.entries import read_entries
from sources.catalogue.indicator import TOPICS, pack, unpack
from sources.catalogue.provided import provider_faults
from sources.expressions import parse

ROOT = Path(__file__).parents[3]
_DOCUMENTS = ROOT / "briefings" / "bundled"
_ID = re.compile(r"\b(?:cn|hk|us|eu|world|gh)\.[a-z0-9_]+\b")

ENTRY = """\
id: cn.steel
title: Steel output
title_zh: 粗钢产量
unit: bn CNY
frequency: M
topics: [risks, key-players]
from: {provider: worldbank, indicator: X.Y, country: CHN}
release: {months_after: 1, day: 10..15}
plausible: -5..40
"""


def built(*texts: str) -> Catalogue:
    return build([EntryFile(f"own/{number}.yaml", text.encode()) for number, text in enumerate(texts, 1)])


def faults_of(text: str) -> list[str]:
    return [f"{fault.line}: {fault.message}" for fault in read_entries(text, "own.yaml")[1]]


def changed(**fields: str) -> str:
    """The entry with lines set anew, added, or left out where empty."""
    lines = {line.partition(":")[0]: line.partition(": ")[2] for line in ENTRY.splitlines()} | fields
    return "".join(f"{key}: {value}\n" for key, value in lines.items() if value)


# ---------------------------------------------------------------------- what ships


def test_what_ships_is_without_fault_and_every_provider_understands_it() -> None:
    assert [str(fault) for fault in catalogue.check(None, provider_faults).faults] == []


def test_at_least_forty_indicators_over_all_topics_in_two_languages() -> None:
    shipped = load()
    assert len(shipped) >= 40
    assert all(shipped.of_topic(topic) for topic in TOPICS)
    assert all(entry.title_zh and entry.topics for entry in shipped)
    assert all(entry.licence and entry.agency and entry.plausible for entry in shipped if not entry.derived)
    assert all(entry.rule for entry in shipped)


def test_each_indicator_that_a_document_names_exists() -> None:
    named: set[str] = set()
    for path in _DOCUMENTS.rglob("*.md"):
        text = path.read_text("utf-8")
        for expression in re.findall(r"\{\{(.+?)\}\}|^test: *(.+)$", text, re.MULTILINE):
            named.update(parse("".join(expression).strip()).series)
        for listed in re.findall(r"^about: *\[(.+)\]", text, re.MULTILINE):
            named.update(_ID.findall(listed))
    assert named
    assert named <= set(load().entries)


def test_derived_ones_follow_from_their_parts() -> None:
    shipped = load()
    gap, spread = shipped.entries["cn.m2_m1_gap"], shipped.entries["cn.aaa_cgb_5y"]
    assert (gap.unit, gap.frequency, gap.aggregate) == ("pp", "M", "mean")
    assert (spread.unit, spread.parts) == ("bp", ("cn.aaa_5y", "cn.cgb_5y"))
    assert shipped.sources_of("cn.gap_sd10") == ("cn.m2_yoy", "cn.m1_yoy")


# ---------------------------------------------------------------------- the user's own


def test_six_lines_make_an_indicator(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "id: cn.internet\ntitle: Internet users\nunit: '%'\nfrequency: A\n"
        "topics: [key-players]\nfrom: {provider: worldbank, indicator: IT.NET.USER.ZS, country: CHN}\n"
    )
    found = catalogue.check(tmp_path, provider_faults)
    assert not found.faults
    entry = found.get("cn.internet")
    assert entry
    assert entry.source
    assert (entry.place, entry.source.code, entry.decimals) == ("cn", "IT.NET.USER.ZS CHN", 2)
    assert load(tmp_path).get("cn.internet") == entry


def test_a_name_stands_on_one_line() -> None:
    (entry,), _ = read_entries(changed(title='"one\\n  two\\tthree"', agency='"an\\nagency"'), "own.yaml")
    assert (entry.title, entry.agency) == ("one two three", "an agency")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("id", "CN.Steel", '1: "CN.Steel" is no id; expected a-z 0-9 _ and dots, the place first'),
        ("id", "steel", '1: "steel" is no id'),
        ("title", "", "1: `title` is missing"),
        ("title", '"\\u200b \\u2060"', "2: `title` is missing"),
        ("unit", "5 apples", '4: "5 apples" is no unit'),
        ("frequency", "monthly", '5: `frequency` is "monthly"; expected D, B, W, M, Q, A, step'),
        ("topics", "[risk]", '6: no topic "risk"; expected legal-shield, .*; did you mean risks?'),
        ("from", "worldbank", "7: `from` is a mapping"),
        ("from", "{indicator: X}", "7: `from` names no provider"),
        ("release", "{months_after: soon}", '8: release: months_after is "soon"'),
        ("release", "{dya: 3}", "8: release: no field `dya`"),
        ("plausible", "40..-5", '9: `plausible` is "40..-5"; expected as -5..40'),
        ("decimals", "many", '10: `decimals` is "many"; expected 0 to 6'),
        ("page", "javascript:alert", '10: `page` is "javascript:alert"; expected an address'),
        ("aggregate", "avg", '10: `aggregate` is "avg"; expected mean, last, sum'),
        ("derived", "cn.a - cn.b", "10: `from` and `derived` exclude each other"),
        ("check", "{provider: pboc}", '10: `tolerance` is ""; expected by how much'),
        ("licens", "none", "10: no key `licens` in an entry; did you mean `licence`?"),
        (
            "definitions",
            "[{id: old, until: 2024}]",
            '10: "2024" is no period of this series; expected as 2025-06',
        ),
    ],
)
def test_a_fault_names_its_line_and_what_was_expected(field: str, value: str, said: str) -> None:
    pattern = re.sub(r"([.?\[\]()])(?!\*)", r"\\\1", said)
    assert any(re.match(pattern, fault) for fault in faults_of(changed(**{field: value})))


def test_all_faults_of_a_file_are_told_at_once_and_good_entries_stay() -> None:
    broken = changed(id="bad id", unit="7", frequency="X").replace("\n", "\n  ")
    good = ENTRY.replace("\n", "\n  ")
    entries, faults = read_entries(f"- {broken}\n- {good}\n- just text\n", "own.yaml")
    assert [entry.id for entry in entries] == ["cn.steel"]
    assert [fault.line for fault in faults] == [1, 4, 5, 21]


def test_an_unknown_key_is_a_warning_and_the_entry_stays() -> None:
    entries, (fault,) = read_entries(changed(colour="red"), "own.yaml")
    assert entries
    assert (fault.severity, fault.line) == ("warning", 10)


def test_definitions_of_from_must_be_explained() -> None:
    text = changed(
        **{"from": "{provider: p, definitions: 'old ..2024-12, new 2025-01..'}", "definitions": "[{id: old}]"}
    )
    assert faults_of(text) == ['7: `from` names the definition "new"; expected one of `definitions:`: old']


def test_of_two_equal_ids_the_first_counts_and_the_fault_names_both() -> None:
    found = built(ENTRY, "\n" + ENTRY)
    assert found.entries["cn.steel"].path == "own/1.yaml"
    assert [str(fault) for fault in found.faults] == [
        "own/2.yaml:2: `cn.steel` stands in own/1.yaml:1 already; give this one another id"
    ]


@pytest.mark.parametrize("more", [0, 1])
@pytest.mark.parametrize(
    ("field", "most"),
    [
        ("id", limits.ID_CHARACTERS),
        ("title", limits.TITLE_CHARACTERS),
        ("agency", limits.TITLE_CHARACTERS),
        ("note", limits.NOTE_CHARACTERS),
        ("licence", limits.NOTE_CHARACTERS),
    ],
)
def test_a_field_ends_at_its_limit(field: str, most: int, more: int) -> None:
    value = ("cn." if field == "id" else "xyz") + "x" * (most - 3 + more)
    told = [f"1: `{field}` has more than {most} characters; shorten it"]
    found = [fault.partition(": ")[2] for fault in faults_of(changed(**{field: value}))]
    assert found == [words.partition(": ")[2] for words in told] * more


@pytest.mark.parametrize("more", [0, 1])
def test_a_file_ends_at_its_limits(more: int) -> None:
    many = faults_of("- x\n" * (limits.ENTRIES_PER_FILE + more))
    assert ["more than" in fault for fault in many].count(True) == more
    assert len(many) == limits.ENTRIES_PER_FILE + more
    long = faults_of("#" * (limits.INDICATOR_BYTES + more))
    assert ["more than 1,000,000 bytes" in fault for fault in long] == [bool(more)]


@pytest.mark.parametrize("more", [0, 1])
def test_a_folder_ends_at_its_last_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    shipped = len(list((Path(catalogue.__file__).parents[1] / "indicators").glob("*.yaml")))
    monkeypatch.setattr(catalogue, "INDICATOR_FILES", shipped)
    for number in range(shipped + more):
        (tmp_path / f"{number:03}.yaml").write_text(changed(id=f"cn.x{number}"))
    found = load(tmp_path)
    assert len([name for name in found.entries if name.startswith("cn.x")]) == shipped
    assert [f"more than {shipped} files" in str(fault) for fault in found.faults] == [True] * more


def test_a_message_on_an_entry_is_cut() -> None:
    (fault,) = faults_of(changed(topics=f"[{chr(120) * 2_000}]"))
    assert len(fault) <= limits.MESSAGE_CHARACTERS + len("9: ")


def test_a_provider_that_nobody_knows_is_named_with_the_nearest() -> None:
    _, faults = read_entries(ENTRY.replace("worldbank", "wordbank"), "own.yaml", provider_faults)
    assert [fault.message for fault in faults] == ['`from`: no provider "wordbank"; did you mean worldbank?']


# ---------------------------------------------------------------------- derived entries


def derived(id_: str, expression: str, more: str = "") -> str:
    return f"id: {id_}\ntitle: T\nderived: {expression}\n{more}"


def test_unknown_parts_are_named_with_the_nearest() -> None:
    (fault,) = built(ENTRY, derived("cn.y", "yoy(cn.stel)")).faults
    assert 'no series "cn.stel"; nearest: cn.steel' in fault.message
    assert (fault.path, fault.line) == ("own/2.yaml", 1)


def test_a_cycle_is_one_fault_that_names_its_ids() -> None:
    found = built(*(derived(f"x.{one}", f"yoy(x.{other})") for one, other in ("ab", "bc", "ca")), ENTRY)
    assert list(found.entries) == ["cn.steel"]
    assert [fault.message for fault in found.faults] == [
        "x.a: computed from itself: x.a -> x.b -> x.c -> x.a"
    ]


def test_what_rests_on_a_faulty_entry_is_left_out_without_a_fault_of_its_own() -> None:
    found = built(ENTRY, derived("x.a", "yoy(cn.stel)"), derived("x.b", "drawdown(x.a)"))
    assert list(found.entries) == ["cn.steel"]
    assert len(found.faults) == 1


@pytest.mark.parametrize("expression", ["cn.steel -", "mean(cn.steel, 2023)", "cn.steel > 3", "3"])
def test_what_is_no_series_is_refused(expression: str) -> None:
    found = built(ENTRY, derived("x.a", expression))
    assert "x.a" not in found.entries
    assert len(found.faults) == 1


def test_a_stated_unit_must_be_what_is_computed() -> None:
    found = built(ENTRY, derived("x.a", "yoy(cn.steel)", "unit: bn CNY\n"))
    assert "x.a" not in found.entries
    assert "%" in found.faults[0].message


def test_quotients_of_unlike_units_take_the_stated_one() -> None:
    ratio = built(
        ENTRY,
        ENTRY.replace("bn CNY", "count").replace("cn.steel", "cn.mills"),
        derived("x.a", "cn.steel / cn.mills"),
    )
    assert ratio.entries["x.a"].unit == "bn CNY"


# ---------------------------------------------------------------------- files and the compiled form


def test_the_compiled_form_is_used_without_yaml_and_equals_what_was_read(tmp_path: Path) -> None:
    own, cache = tmp_path / "indicators", tmp_path / "cache"
    own.mkdir()
    (own / "a.yaml").write_text(ENTRY + "colour: red\n")
    first = load(own, cache)
    program = (
        "import sys; from pathlib import Path; from sources.catalogue.catalogue import load;"
        f"found = load(Path({str(own)!r}), Path({str(cache)!r}));"
        "print(len(found), len(found.faults), 'yaml' in sys.modules, 'sources.expressions' in sys.modules)"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == [str(len(first)), "1", "False", "False"]
    again = load(own, cache)
    assert (dict(again.entries), again.faults) == (dict(first.entries), first.faults)


def test_any_change_of_a_file_is_noticed(tmp_path: Path) -> None:
    own, cache = tmp_path / "own", tmp_path / "cache"
    own.mkdir()
    (own / "a.yaml").write_text(ENTRY)
    load(own, cache)
    (own / "a.yaml").write_text(ENTRY.replace("Steel", "Stahl"))
    assert load(own, cache).entries["cn.steel"].title == "Stahl output"
    (own / "a.yaml").unlink()
    assert load(own, cache).get("cn.steel") is None


@pytest.mark.parametrize("damage", [b"", b"x y\n{}", b"\xff\x00", b"{}\n" * 9])
def test_a_damaged_compiled_form_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    whole = load(None, tmp_path)
    (tmp_path / COMPILED).write_bytes(damage)
    assert dict(load(None, tmp_path).entries) == dict(whole.entries)
    assert (tmp_path / COMPILED).stat().st_mode & 0o777 == 0o600


def test_reading_works_where_nothing_can_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert len(load(tmp_path / "none", blocked)) >= 40


def test_odd_files_are_faults_or_passed_over(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(
        b"id: cn.a\ntitle: St\xe4hl\nunit: index\nfrequency: M\npage: https://a.b\n"
    )
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / ".hidden.yaml").write_text("nonsense")
    (tmp_path / "notes.txt").write_text("nonsense")
    (tmp_path / "broken.yaml").write_text("- [")
    found = load(tmp_path)
    assert sorted({Path(fault.path).name for fault in found.faults}) == ["broken.yaml", "latin.yaml"]
    assert found.get("cn.m2_yoy")


@given(st.text(max_size=300))
def test_no_text_ends_the_reading(text: str) -> None:
    entries, faults = read_entries(text, "own.yaml")
    assert entries or faults


def test_packing_keeps_all_of_an_entry() -> None:
    assert all(unpack(pack(entry)) == entry for entry in load())


def test_what_cannot_be_written_is_compiled_once_for_the_same_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[int] = []

    def counted(files: list[EntryFile]) -> Catalogue:
        built.append(len(files))
        return build(files)

    monkeypatch.setattr(catalogue, "_unkept", {})
    monkeypatch.setattr(catalogue, "build", counted)
    (tmp_path / "cache").write_text("")  # a file where the folder would be made
    own = tmp_path / "own"
    own.mkdir()
    first = load(own, tmp_path / "cache")
    assert load(own, tmp_path / "cache") == first
    assert len(built) == 1
    (own / "mine.yaml").write_text("- id: [", encoding="utf-8")
    assert load(own, tmp_path / "cache").faults
    assert len(built) == 2
