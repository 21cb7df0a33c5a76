"""The language of expressions: what it reads, what it refuses and where it says the fault is."""

from __future__ import annotations

import string
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sources.expressions import Expression, ExpressionError, evaluate, parse
from sources.expressions.tree import (
    WINDOW_FUNCTIONS,
    Call,
    Comparison,
    Negative,
    Node,
    Number,
    Product,
    Reference,
    Sum,
    Test,
    Window,
)
from sources.limits import EXPRESSION_CHARACTERS, EXPRESSION_NESTING
from sources.model import Period

NAME = st.text(string.ascii_lowercase + string.digits + "_", min_size=1, max_size=6)
FIRST = st.text(string.ascii_lowercase, min_size=1, max_size=3)
UNIT = st.sampled_from([None, "%", "pp", "bp", "bn CNY", "index"])
NUMBER = st.builds(Number, st.from_regex(r"[0-9]{1,4}(\.[0-9]{1,3})?", fullmatch=True), UNIT)
REFERENCE = st.builds(
    Reference,
    st.builds("{}.{}".format, FIRST, NAME),
    st.one_of(st.just(""), st.sampled_from(["old", "2025"])),
)
POINT = st.builds(Period.holding, st.dates(date(1990, 1, 1), date(2035, 1, 1)), st.sampled_from("AQMD"))


@st.composite
def windows(draw: st.DrawFn) -> Window:
    if draw(st.booleans()):
        return Window(count=draw(st.integers(1, 999_999)))
    start, end = sorted([draw(POINT), draw(POINT)], key=lambda point: (point.first, point.last))
    open_end = draw(st.sampled_from(["", "start", "end"]))
    return Window(None if open_end == "start" else start, None if open_end == "end" else end)


def chain(
    node: type[Sum] | type[Product], signs: str, part: st.SearchStrategy[Node]
) -> st.SearchStrategy[Node]:
    others = st.lists(st.tuples(st.sampled_from(signs), part), min_size=1, max_size=3)
    return st.builds(lambda first, rest: node(((signs[0], first), *rest)), part, others)


def larger(part: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(chain(Sum, "+-", part), chain(Product, "*/", part), st.builds(Negative, part))


def deepened(
    part: st.SearchStrategy[Node], grown: Callable[[st.SearchStrategy[Node]], st.SearchStrategy[Node]]
) -> st.SearchStrategy[Node]:
    """Parts within parts, two levels deep."""
    for _ in range(2):
        part = st.one_of(part, grown(part))
    return part


def called(series: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.builds(
        lambda name, x: Call(name, (x,)), st.sampled_from(["yoy", "drawdown", "monthly"]), series
    )


SERIES = deepened(REFERENCE, lambda part: st.one_of(larger(part), called(part)))
FIGURE = st.one_of(
    st.builds(lambda name, x, at: Call(name, (x,), at), st.sampled_from(WINDOW_FUNCTIONS), SERIES,
              st.one_of(st.just(()), st.tuples(windows()))),
    st.builds(lambda over, x, n: Call("last", (Call("rolling", (x,), (), over, n),)),
              st.sampled_from(WINDOW_FUNCTIONS), SERIES, st.integers(2, 500)),
    st.builds(lambda old, new: Call("growth", (old, new)), NUMBER, NUMBER),
)  # fmt: skip
VALUE = deepened(st.one_of(NUMBER, FIGURE), larger)
COMPARISON = st.one_of(
    st.builds(Comparison, VALUE, st.sampled_from(["<", "<=", ">", ">="]), VALUE),
    st.builds(Comparison, VALUE, st.just("~"), VALUE, NUMBER),
)
TREE = st.one_of(
    SERIES, VALUE, st.lists(COMPARISON, min_size=1, max_size=3).map(lambda all_: Test(tuple(all_)))
)


@given(TREE)
def test_what_is_printed_reads_as_the_same(tree: Node | Test) -> None:
    text = str(tree)
    spread = text.replace(" ", "  \n")
    if len(spread) <= EXPRESSION_CHARACTERS:
        assert parse(text).tree == tree
        assert str(parse(text)) == text
        assert parse(spread) == Expression(tree)


@given(st.one_of(st.text(max_size=60), st.text("cn.m2:(),+-*/~<>=%12 .lastQand±", max_size=60)))
@example("cn.x\0")
@example("mean(cn.x, ２０２３)")
def test_any_text_is_read_or_refused_with_its_place(text: str) -> None:
    try:
        expression = parse(text)
    except ExpressionError as error:
        fault = error
    else:
        evaluate(expression, lambda name, definition: None)
        return
    assert 1 <= fault.column <= len(text) + 1
    assert "expected" in str(fault)
    assert str(fault).isprintable()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 4 - 3", 3),
        ("10 - (4 - 3)", 9),
        ("24 / 4 / 2", 3),
        ("2 * -3 + 1", -5),
        ("-2 - -3", 1),
        ("-(2 - 5) * 2", 6),
        ("2025-06", 2019),
        ("0.1 + 0.2 - 0.3", 2.7755575615628914e-17),
    ],
)
def test_precedence_is_that_of_arithmetic(text: str, value: float) -> None:
    assert evaluate(parse(text), lambda name, definition: None).value == pytest.approx(value, abs=1e-16)


def test_a_minus_is_never_part_of_a_name() -> None:
    assert parse("cn.m2-cn.m1") == parse("cn.m2 - cn.m1")
    assert parse("cn.m2_m1-1").tree == Sum((("+", Reference("cn.m2_m1")), ("-", Number("1"))))


def test_the_series_needed_are_listed_once() -> None:
    expression = parse("mean(cn.b - cn.a:old, 2023) > last(cn.a) and last(yoy(us.c)) < 3")
    assert expression.series == ("cn.b", "cn.a", "us.c")
    assert expression.kind == "test"
    assert parse("yoy(cn.a) * 2").kind == "series"
    assert parse("last(cn.a) * 2").kind == "value"


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("2023", Window(Period.parse("2023"), Period.parse("2023"))),
        ("2024Q1..", Window(Period.parse("2024Q1"))),
        ("..2025-06-30", Window(None, Period.parse("2025-06-30"))),
        ("2025-05 .. 2026-02", Window(Period.parse("2025-05"), Period.parse("2026-02"))),
        ("last 10", Window(count=10)),
    ],
)
def test_after_a_series_comes_a_period(text: str, window: Window) -> None:
    assert parse(f"mean(cn.x, {text})").tree == Call("mean", (Reference("cn.x"),), (window,))


def test_both_spellings_of_a_tolerance_are_one() -> None:
    assert parse("last(cn.x)~4.8±0.2") == parse("last(cn.x) ~ 4.8 +- 0.2")


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("", 1, "it ends here; expected a number, a series"),
        ("1 +", 4, "it ends here; expected a number"),
        ("4. + 1", 2, 'unexpected "."; expected an operator'),
        (".5", 1, 'unexpected "."; expected a number'),
        ("1e5", 2, 'unexpected "e5"; expected a unit in letters'),
        ("9" * 400, 1, "a number below 1e308"),
        ("cn.M2", 1, "expected"),
        ("mean", 5, "expected ( and arguments"),
        ("maen(cn.x)", 1, 'no function "maen"; expected nearest: mean'),
        ("mean(3, 2023)", 6, "3 is a number; expected a series"),
        ("cn.x > 3", 6, "cn.x is a series; expected a number, such as last(cn.x)"),
        ("mean(cn.x, 2023, 2024)", 16, 'unexpected ","; expected ) or a comma'),
        ("mean(cn.x, 2025-13)", 12, "expected a date that exists"),
        ("mean(cn.x, 2025-02-30)", 12, "expected a date that exists"),
        ("mean(cn.x, 2025-1)", 12, "expected a period"),
        ("mean(cn.x, 2024Q5)", 12, "expected a period"),
        ("mean(cn.x, ..)", 14, "expected a period"),
        ("mean(cn.x, last 0)", 17, "expected a whole number from 1"),
        ("mean(cn.x, 2024..2023)", 12, "ends before it starts"),
        ("value(cn.x, 2023..2024)", 13, "is more than one period"),
        ("value(cn.x)", 11, "a comma and the one period"),
        ("growth(1)", 9, "a comma and the new number"),
        ("growth(1, cn.x)", 11, "cn.x is a series"),
        ("rolling(median, cn.x, 3)", 9, "one of mean min max"),
        ("rolling(mean, cn.x, 1)", 21, "a whole number from 2"),
        ("rebase(cn.x, 2023..)", 14, "expected a closed period"),
        ("percentile(stdev, cn.x, 2023..)", 25, "expected a closed period"),
        ("percentile(stdev, cn.x, 2023)", 29, "a comma and a history"),
        ("last(cn.x) ~ 3", 15, "expected +- and a tolerance"),
        ("1 < 2 < 3", 7, "expected an operator or the end"),
        ("1 < 2 and 3", 12, "expected ~ < <= > or >="),
        ("3 +- 2", 3, 'unexpected "+-"'),
        ("cn.x:", 5, 'unexpected ":"'),
        ("cn.x == 3", 6, 'unexpected "="'),
    ],
)
def test_a_fault_names_what_was_expected_and_where(text: str, column: int, words: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert words in str(caught.value)
    assert caught.value.column == column


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "().__class__",
        "cn.x.__class__()",
        "last(cn.x).real",
        "[1]",
        "{1}",
        "lambda: 1",
        "@pd.io",
        "x := 1",
        "1 if 2 else 3",
        "cn.x; cn.y",
        "mean(cn.x, ２０２３)",
        "١ + 1",
        "cn.х",  # a Cyrillic letter
        "cn.x\0",
        "cn.x\x1b[2J",
        "cn.x\u202e",
        "\ufeffcn.x",
        "1\u00a0+ 1",
        "9**9**9",
        "1 // 2",
    ],
)
def test_nothing_but_the_grammar_is_read(text: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert str(caught.value).isprintable()


def test_dunder_names_are_names_of_series_and_nothing_else() -> None:
    asked: list[tuple[str, str]] = []

    def look(name: str, definition: str) -> None:
        asked.append((name, definition))

    assert evaluate(parse("last(cn.__class__.__init__)"), look).problem == "no data"
    assert asked == [("cn.__class__.__init__", "")]


@pytest.mark.parametrize(("before", "after"), [("(", ")"), ("-", ""), ("drawdown(", ")"), ("-(", ")")])
def test_nesting_has_a_limit(before: str, after: str) -> None:
    levels = EXPRESSION_NESTING // (2 if before == "-(" else 1)
    assert parse(before * levels + "cn.x" + after * levels).series == ("cn.x",)
    for depth in (levels + 1, 90):
        with pytest.raises(ExpressionError, match="nested more than 30 deep"):
            parse(before * depth + "cn.x" + after * depth)


def test_a_thousand_characters_are_read_and_one_more_is_not() -> None:
    longest = "1" + "+1" * 499 + " "
    assert evaluate(parse(longest), lambda name, definition: None).value == 500
    assert str(parse(longest)).count("+") == 499
    with pytest.raises(ExpressionError, match="more than 1,000 characters"):
        parse(longest + " ")
