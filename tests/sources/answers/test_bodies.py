import json
import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import limits
from sources.answers import bodies
from sources.answers.bodies import csv_table, expect, member, read_csv, read_json
from sources.model import WrongAnswer


def test_json_is_read_and_nan_is_nothing() -> None:
    assert read_json(b'\xef\xbb\xbf {"a": [1, 2.5, NaN, -Infinity]}') == {"a": [1, 2.5, None, None]}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "found nothing"),
        (b" \n", "found nothing"),
        (b"<!DOCTYPE html><title>Sign in\x1b[2J</title>", 'a web page titled "Sign in␛'),
        (b"{'a': 1}", "line 1"),
        (b"Too Many Requests", '"Too Many Requests"'),
        (b'{"a": 1, "a": 2}', '"a" twice'),
        (b"[" + b"9" * 5000 + b"]", "at most 40 digits"),
        (b"[" * 60 + b"]" * 60, "at most 40 levels"),
        (b"[" * 100_000, "."),
        (b'{"a":' * 50_000, "."),
        (b"\xff\xfe[", "."),
    ],
)
def test_json_that_is_refused(body: bytes, words: str) -> None:
    with pytest.raises(WrongAnswer, match=words):
        read_json(body)


@given(st.binary(max_size=50))
def test_any_bytes_are_json_or_refused(body: bytes) -> None:
    with suppress(WrongAnswer):
        value = read_json(body)
        assert not (isinstance(value, float) and math.isnan(value))


@given(st.recursive(st.none() | st.integers(-(10**30), 10**30) | st.text(), st.lists, max_leaves=20))
def test_true_json_comes_back(value: object) -> None:
    assert read_json(json.dumps(value).encode()) == value


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (None, "nothing"),
        ([1], "a list of 1"),
        ({"b": 1, "c": 2}, "an object with b, c"),
        ("x" * 500, '"x'),
        (True, "True"),
    ],
)
def test_what_is_expected_and_found_is_named(value: object, found: str) -> None:
    with pytest.raises(WrongAnswer, match=f"result.count: expected a whole number, found {found}"):
        member({"count": value}, "count", int, "result")


def test_members_that_are_not_there() -> None:
    with pytest.raises(WrongAnswer, match="data: expected a list, found an object with records"):
        member({"records": []}, "data", list)
    with pytest.raises(WrongAnswer, match="the body: expected an object, found a list of 2"):
        member([1, 2], "data", list)
    assert expect({"a": 1}, dict, "x") == {"a": 1}


def test_csv_is_read_by_the_names_of_its_columns() -> None:
    body = '\ufeffDATE, VALUE,NOTE\r\n2026-01,7.5,"a, b"\r\n\r\n2026-02,,c\r\n'.encode()
    rows = read_csv(body, columns=("VALUE", "DATE"))
    assert [(row["DATE"], row["VALUE"]) for row in rows] == [("2026-01", "7.5"), ("2026-02", "")]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "found nothing"),
        (b"<html>", "a web page"),
        (b"DATE,AMOUNT\n2026,1\n", "one column VALUE"),
        (b"DATE,VALUE,VALUE\n2026,1,2\n", "one column VALUE"),
        (b"DATE,VALUE\n2026,x,1\n", "row 2 of the table: expected 2 cells"),
        (b'DATE,VALUE\n2026,"1', "a CSV table"),
        (b"DATE,VALUE\n2026," + b"1" * 200_000, "a CSV table"),
    ],
)
def test_csv_that_is_refused(body: bytes, words: str) -> None:
    with pytest.raises(WrongAnswer, match=words):
        read_csv(body, columns=("DATE", "VALUE"))


@given(st.binary(max_size=60))
def test_any_bytes_are_csv_or_refused(body: bytes) -> None:
    try:
        table = csv_table(body)
    except WrongAnswer:
        return
    assert len({len(row) for row in table}) == 1


@pytest.mark.parametrize("more", [0, 1])
def test_a_csv_ends_at_its_last_row(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    monkeypatch.setattr(bodies, "ANSWER_ROWS", 4)
    body = b"A,B\n" + b"1,2\n" * (3 + more)
    if not more:
        assert len(csv_table(body)) == 4
    else:
        with pytest.raises(WrongAnswer, match="expected at most 4 rows, found more"):
            csv_table(body)


@pytest.mark.parametrize("more", [0, 1])
def test_json_ends_at_its_limits(more: int) -> None:
    levels, digits = limits.ANSWER_NESTING + more, limits.ANSWER_DIGITS + more
    for body, words in ((b"[" * levels + b"]" * levels, "levels"), (b"9" * digits, "digits")):
        if not more:
            assert read_json(body)
        else:
            with pytest.raises(WrongAnswer, match=words):
                read_json(body)
