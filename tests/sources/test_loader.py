"""YAML is read as strings with lines, and whatever is wrong is a fault with its line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TypeAlias

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources import limits
from sources.loader import Loaded, MappingNode, Node, ScalarNode, SequenceNode, load
from sources.text import clean

BOTH_PARSERS = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
LAUGHS = "a: &a [ha, ha]\n" + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in pairwise("abcdefghi"))
YAMLISH = st.text(st.sampled_from("ab:-?[]{},#&*!|>'\"%@`\\xU0 \n\t\r\x00~<.é\ud800"), max_size=60)


@pytest.fixture(autouse=True, params=["libyaml", "python"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)


Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


def plain(node: Node | None) -> Plain:
    """The same as strings, lists and dictionaries, without lines. Nothing is the empty string."""
    match node:
        case SequenceNode(items):
            return [plain(item) for item in items]
        case MappingNode(entries):
            return {entry.key: plain(entry.value) for entry in entries}
        case ScalarNode(value):
            return value
        case None:
            return ""


def data(text: str) -> Plain:
    loaded = load(text)
    assert not loaded.faults
    return plain(loaded.node)


def first_fault(text: str, **options: int) -> tuple[int, str]:
    return load(text, **options).faults[0]


def test_scalars_stay_the_strings_they_are() -> None:
    text = "{country: NO, code: 010, time: 12:30, date: 2026-04, big: 1e999, on: yes, x: 'null', y: \"~\"}"
    expected = {"country": "NO", "code": "010", "time": "12:30", "date": "2026-04", "big": "1e999"}
    assert data(text) == expected | {"on": "yes", "x": "null", "y": "~"}


def test_what_is_empty_is_the_empty_string() -> None:
    assert data("a:\nb: ~\nc: null\nd: ''") == dict.fromkeys("abcd", "")


def test_an_empty_text_holds_nothing() -> None:
    assert load("# only a comment\n") == Loaded(None, ())


def test_every_node_knows_its_line() -> None:
    node = load("title: 华为\naliases:\n  - a\n  - b\n", first_line=2).node
    assert isinstance(node, MappingNode)
    assert [entry.line for entry in node.entries] == [2, 3]
    assert node.get("title") == ScalarNode("华为", 2)
    assert node.get("aliases") == SequenceNode((ScalarNode("a", 4), ScalarNode("b", 5)), 4)
    assert node.get("missing") is None


def test_line_breaks_of_other_systems_count_once() -> None:
    assert first_fault("a: 1\r\nb: 2\r\na: 3")[0] == 3
    assert first_fault("a: 1\rb: 2\ra: 3")[0] == 3


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3", 3, '"a" stands here again, first on line 1'),
        ("a: 1\nb: *x", 2, "is an alias"),
        ("a: &x 1", 1, "is an anchor"),
        ("a: 1\n<<: {b: 1}", 2, "merges another mapping"),
        ("a: !!python/object/apply:os.system [ls]", 1, "is a tag"),
        ("a: 1\n? [x]\n: 2", 2, "where a key was expected"),
        ("summary: {{ last(cn.m2) }}", 1, 'begins with "{{" in quotes'),
        ("a: 1\n---\nb: 2", 2, "second YAML document"),
        ("a: b: c", 1, "put the value in quotes"),
        ("a: 1\n\tb: 2", 2, "a tab"),
        ("a: 1\nb: @x", 2, '"@"'),
        ("a: **bold**", 1, 'cannot begin with "*"'),
        ("a: 1\nb: 'x\nc: 2\nd: 3", 2, "never closed"),
        ('a: 1\nb: "x\nc: "y"\nd: 3', 2, "opened here is closed only on line 3"),
        ("a: 1\nb: 'x\n\nc: 'y'\n", 2, "opened here is closed only on line 4"),
        ('- "x\n- "y"\n', 1, "opened here is closed only on line 2"),
        ('a: [1, "x\nb: "2"\n', 1, "opened here is closed only on line 2"),
        ('a: "x\n  y" z\n', 1, "opened here is closed only on line 2"),
        ('a: "x" y\n', 1, "quotes round the value"),
        ("a: |\n  x\n y: 1\n", 3, "the same indent"),
        ("a: [1,\n 2\nb: 3", 3, 'for the "[" of line 1'),
        ("a: 1\nb: [[x]] says", 2, "quotes round the value"),
        ('a: "x\\q"', 1, "unknown escape"),
        ("a: 1\n...\nb", 3, "after the end"),
        ("a: 1\nb: \x00", 2, "U+0000"),
        ("a: \ud800", 1, "U+D800"),
        ('a: "\\Uffffffff"', 1, "not readable as YAML"),
    ],
)
def test_what_is_refused_is_named_with_its_line(text: str, line: int, words: str) -> None:
    found = first_fault(text)
    assert found[0] == line
    assert words in found[1]


def test_a_fault_costs_itself_only() -> None:
    loaded = load("a: 1\nb: *x\na: 2\n<<: {z: 1}\nc: 3\n")
    assert plain(loaded.node) == {"a": "1", "b": "", "c": "3"}
    assert [line for line, _ in loaded.faults] == [2, 3, 4]


def test_what_stands_before_a_syntax_error_is_kept() -> None:
    assert plain(load("id: x\ntitle: T\nbad: b: c\nlost: 1").node) == {"id": "x", "title": "T", "bad": "b"}


def test_nesting_ends_at_the_limit() -> None:
    deep = limits.NESTING
    assert load("[" * deep + "]" * deep).faults == ()
    assert "nested" in first_fault("[" * (deep + 1) + "]" * (deep + 1))[1]
    assert "nested" in first_fault("a: " + "{x: " * 10_000)[1]


def test_a_text_over_the_limit_is_not_read() -> None:
    assert load("a: 华", limit=6).faults == ()
    loaded = load("a: 华为", limit=6, first_line=2)
    assert loaded.node is None
    assert loaded.faults[0][0] == 2


def test_laughs_stay_small() -> None:
    loaded = load(LAUGHS)
    assert len(loaded.faults) > 8
    assert len(str(plain(loaded.node))) < 2_000


def test_faults_are_counted_and_short() -> None:
    faults = load("a: 1\n" * 5_000 + f'"{"x" * 5_000}": 1\n').faults
    assert len(faults) == limits.FAULTS_PER_FILE + 1
    assert "more faults" in faults[-1][1]
    assert len(first_fault("!" * 5_000)[1]) <= limits.MESSAGE_CHARACTERS


def test_escapes_bring_no_control_character() -> None:
    assert data('"k\\e": "\\e[31m\\0\\L"') == {"k␛": "␛[31m␀�"}


def strings(value: Plain) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from strings(item)
        case dict():
            yield from value
            yield from strings(list(value.values()))


@BOTH_PARSERS
@given(YAMLISH | st.text(st.characters(exclude_categories=())))
def test_any_text_is_read_or_refused_cleanly(text: str) -> None:
    loaded = load(text, first_line=5)
    for line, fault in loaded.faults:
        assert 5 <= line <= 5 + text.count("\n") + text.count("\r")
        assert fault == clean(fault)
        assert "\n" not in fault
    assert all(string == clean(string) for string in strings(plain(loaded.node)))


@BOTH_PARSERS
@given(
    st.recursive(st.text("ab 华:#-'\"\\\n"), lambda of: st.lists(of) | st.dictionaries(st.text("ab:"), of))
)
def test_what_yaml_writes_is_read_back(value: Plain) -> None:
    assert data(yaml.safe_dump(value, default_style='"', allow_unicode=True)) == value
