"""The schema that docs/json.md tells in its tables, and what an answer has against it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

DOCS = Path(__file__).parents[3] / "docs/json.md"

_SECTION = re.compile(r"^## .*?: (briefing/[a-z]+/1)$", re.MULTILINE)
_ONE_OF = re.compile(r"^A \*\*(\w+)\*\* is one of (.+)\.$", re.MULTILINE)
_HEAD = re.compile(r"\| (each of data|data|[a-z_]+)(?:: (\w+) and)? \| type \| meaning \|")

_DAY = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_PATTERNS = {
    "text": "(?s).*",
    "day": _DAY,
    "date": rf"(\d{{4}}(-(0[1-9]|1[0-2]))?|{_DAY})?",
    "period": rf"\d{{4}}(Q[1-4]|-(0[1-9]|1[0-2]))?|{_DAY}",
    "moment": rf"{_DAY}T\d\d:\d\d:\d\dZ",
    "nothing": "",
}
_ALSO = ("number", "whole", "truth", "null", "anything")


class Field(NamedTuple):
    """One field of an object: its type in words, and whether it may be left out."""

    type: str
    is_optional: bool


class Table(NamedTuple):
    """An object: the section it is told in, what it is called, whose fields it has too, and its own."""

    schema: str
    name: str
    base: str
    fields: dict[str, Field]


class Schema(NamedTuple):
    """All that the page tells."""

    schemas: frozenset[str]
    answers: tuple[Table, ...]
    objects: dict[str, Table]
    words: dict[str, str]

    def faults(self, answer: dict[str, Any]) -> list[str]:
        """What is wrong with a whole answer: places and what was expected there."""
        if answer.get("schema") == "briefing/error/1":
            found = [] if answer.keys() == {"schema", "error"} else [f"an error with {sorted(answer)}"]
            return found + list(self._of_object(self.objects["error"], answer.get("error"), "error"))
        found = list(self._of_object(self.objects["envelope"], answer, "answer"))
        told = [table for table in self.answers if table.schema == answer.get("schema")]
        if not told:
            return [*found, f"no section tells of {answer.get('schema')}"]
        return found + min((list(self._of_data(table, answer.get("data"))) for table in told), key=len)

    def all_tables(self) -> Iterator[Table]:
        """Every table, of answers and of what stands in them."""
        yield from self.answers
        yield from self.objects.values()

    def unknown_types(self) -> set[str]:
        """Types that stand in a table and are told nowhere."""
        known = {*_PATTERNS, *_ALSO, *self.objects, *self.words}
        return {name for table in self.all_tables() for name in self._named(table) if name not in known}

    def _named(self, table: Table) -> Iterator[str]:
        if table.base:
            yield table.base
        for field in table.fields.values():
            for one in _alternatives(field.type):
                if not one.startswith("`"):
                    yield re.sub(r"^((list|map) of )+", "", one)

    def fields_of(self, table: Table) -> dict[str, Field]:
        return {**(self.fields_of(self.objects[table.base]) if table.base else {}), **table.fields}

    def _of_data(self, table: Table, data: Any) -> Iterator[str]:  # noqa: ANN401 - whatever was answered
        if table.name == "data":
            yield from self._of_object(table, data, "data")
        elif isinstance(data, list):
            for number, each in enumerate(data):
                yield from self._of_object(table, each, f"data[{number}]")
        else:
            yield "data: expected a list"

    def _of_object(self, table: Table, value: Any, place: str) -> Iterator[str]:  # noqa: ANN401
        if not isinstance(value, dict):
            yield f"{place}: {value!r:.60} is no {table.name}"
            return
        fields = self.fields_of(table)
        for name in value.keys() - fields.keys():
            yield f"{place}.{name}: no table tells of it"
        for name, field in fields.items():
            if name in value:
                yield from self._of_type(field.type, value[name], f"{place}.{name}")
            elif not field.is_optional:
                yield f"{place}.{name}: is missing"

    def _of_type(self, words: str, value: Any, place: str) -> Iterator[str]:  # noqa: ANN401
        found = [list(self._of_one(one, value, place)) for one in _alternatives(words)]
        if all(found):
            yield from min(found, key=len) if len(found) < 3 else [f"{place}: {value!r:.60} is no {words}"]

    def _of_one(self, one: str, value: Any, place: str) -> Iterator[str]:  # noqa: ANN401
        kind, _, inner = one.partition(" of ")
        if one in self.objects:
            yield from self._of_object(self.objects[one], value, place)
        elif kind == "list" and isinstance(value, list):
            for number, each in enumerate(value):
                yield from self._of_type(inner, each, f"{place}[{number}]")
        elif kind == "map" and isinstance(value, dict):
            for name, each in value.items():
                yield from self._of_type(inner, each, f"{place}.{name}")
        elif not _is_plain(self.words.get(one, one), value):
            yield f"{place}: {value!r:.60} is no {one}"


def _is_plain(one: str, value: Any) -> bool:  # noqa: ANN401
    """Whether a value is of a type that is no object, list or map."""
    if one.startswith("`"):
        return value in re.findall(r"`([^`]+)`", one)
    if one in _PATTERNS:
        return isinstance(value, str) and bool(re.fullmatch(_PATTERNS[one], value))
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return {
        "number": is_number and math.isfinite(value),
        "whole": is_number and isinstance(value, int),
        "truth": isinstance(value, bool),
        "null": value is None,
        "anything": True,
    }.get(one, False)


def _alternatives(words: str) -> list[str]:
    return re.split(r", | or ", words)


def read(text: str) -> Schema:
    """The schema that a page tells."""
    tables = list(_tables(text))
    answers = tuple(table for table in tables if table.name.endswith("data"))
    others = [table for table in tables if not table.name.endswith("data")]
    objects = {table.name: table for table in others}
    assert len(objects) == len(others), "a name stands for two objects"
    return Schema(frozenset(_SECTION.findall(text)), answers, objects, dict(_ONE_OF.findall(text)))


def _tables(text: str) -> Iterator[Table]:
    schema = ""
    lines = iter(text.splitlines())
    for line in lines:
        if section := _SECTION.fullmatch(line):
            schema = section[1]
        elif head := _HEAD.fullmatch(line):
            next(lines)
            yield Table(schema, head[1], head[2] or "", dict(_rows(lines)))


def _rows(lines: Iterable[str]) -> Iterator[tuple[str, Field]]:
    for line in lines:
        if not line.startswith("|"):
            return
        names, words, meaning = (cell.strip() for cell in line.strip("|").split(" | ", 2))
        assert meaning
        kind = words.removesuffix(" or left out")
        for name in re.findall(r"`([a-z_0-9]+)`", names):
            yield name, Field(kind, kind != words)


@cache
def told() -> Schema:
    """The schema of docs/json.md."""
    return read(DOCS.read_text(encoding="utf-8"))


def answered(printed: str) -> dict[str, Any]:
    """The one JSON object that was printed, after it was held against docs/json.md."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    answer = json.loads(printed, parse_constant=refuse)
    assert isinstance(answer, dict)
    assert told().faults(answer) == []
    return answer
