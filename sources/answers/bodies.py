"""JSON and CSV bodies read with distrust: what is not as expected raises WrongAnswer in plain words.

Messages name field, expected and found, but not the provider: whoever shows them puts it in front.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import TypeVar

from sources.answers.reading import decode
from sources.limits import ANSWER_DIGITS, ANSWER_NESTING, ANSWER_ROWS
from sources.model import WrongAnswer
from sources.text import message

T = TypeVar("T")

_KINDS: dict[type, str] = {
    dict: "an object",
    list: "a list",
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    object: "a value",
}
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,200})", re.IGNORECASE)


def wrong(field: str, expected: str, found: object) -> WrongAnswer:
    """The error that says what was expected in a field of an answer, and what was found."""
    return WrongAnswer(f"{field}: expected {expected}, found {described(found)}")


def described(value: object) -> str:
    """What a value of an answer is, in a few words: `a list of 3`, `an object with a, b`, `"abc"`."""
    match value:
        case None:
            return "nothing"
        case str():
            return f'"{message(value[:400], 60)}"'
        case dict():
            keys = ", ".join(str(key)[:40] for key in islice(value, 8))
            return f"an object with {message(keys, 120)}" if value else "an empty object"
        case list():
            return f"a list of {len(value)}"
        case _:
            return message(str(value)[:400], 60)


def refuse_page(text: str, expected: str) -> None:
    """Raises WrongAnswer where the text is a web page: a sign-in page of the network, a block, an outage."""
    if text.lstrip()[:1] != "<":
        return
    title = _TITLE.search(text[:20_000])
    named = f' titled "{message(title[1].strip(), 80)}"' if title else ""
    raise WrongAnswer(f"the body: expected {expected}, found a web page{named}")


def read_json(body: bytes, content_type: str = "") -> object:
    """The value of a JSON body; NaN and the like are None. Raises WrongAnswer.

    Refused: a web page, nothing at all, a number of more than `ANSWER_DIGITS` digits, a key given twice,
    levels beyond `ANSWER_NESTING`, what is no JSON.
    """
    return json_in(decode(body, content_type))


def json_in(text: str) -> object:
    """The value of a JSON text, as `read_json` reads it."""
    if not text.strip():
        raise WrongAnswer("the body: expected JSON, found nothing")
    refuse_page(text, "JSON")
    try:
        value: object = json.loads(text, parse_int=_whole, parse_constant=_none, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise WrongAnswer(
            f"the body: expected JSON, found {described(text[:60])} ({error.msg}, line {error.lineno})"
        ) from None
    except RecursionError:
        raise _too_deep() from None
    _refuse_depth(value)
    return value


def _whole(digits: str) -> int:
    if len(digits) > ANSWER_DIGITS:
        raise wrong("a number", f"at most {ANSWER_DIGITS} digits", f"{digits[:20]}… of {len(digits)}")
    return int(digits)


def _none(_: str) -> None:
    return None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = counts.most_common(1)[0][0]
        raise WrongAnswer(f'the body: expected each key once, found "{message(twice[:400], 60)}" twice')
    return value


def _refuse_depth(value: object) -> None:
    level: list[object] = [value]
    for _ in range(ANSWER_NESTING):
        level = [
            child
            for holder in level
            if isinstance(holder, dict | list)
            for child in (holder.values() if isinstance(holder, dict) else holder)
            if isinstance(child, dict | list)
        ]
        if not level:
            return
    raise _too_deep()


def _too_deep() -> WrongAnswer:
    return WrongAnswer(f"the body: expected at most {ANSWER_NESTING} levels of lists and objects, found more")


def expect(value: object, kind: type[T], field: str) -> T:
    """The value, if it is of the kind (dict, list, str, int). Raises WrongAnswer naming the field."""
    if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
        return value
    raise wrong(field, _KINDS.get(kind, kind.__name__), value)


def member(holder: object, key: str, kind: type[T], field: str = "") -> T:
    """What an object holds under a key, if it is of the kind; `field` names the object.

    Raises WrongAnswer.
    """
    named = f"{field}.{key}" if field else key
    found = expect(holder, dict, field or "the body")
    if key not in found:
        raise wrong(named, _KINDS.get(kind, kind.__name__), found)
    return expect(found[key], kind, named)


def read_csv(body: bytes, content_type: str = "", columns: Sequence[str] = ()) -> list[dict[str, str]]:
    """The rows of a CSV body by the names of their columns; `columns` must be among them. Raises WrongAnswer.

    Blank lines are left out. A line with more or fewer cells than the head is refused: its cells may
    stand under the wrong names.
    """
    table = csv_table(body, content_type)
    head = [name.strip() for name in table[0]]
    for name in columns:
        if head.count(name) != 1:
            raise wrong("the head of the table", f"one column {name}", ", ".join(head[:20]))
    return [dict(zip(head, row, strict=True)) for row in table[1:]]


def csv_table(body: bytes, content_type: str = "") -> list[list[str]]:
    """The rows of a CSV body, head first, all of the same length. Raises WrongAnswer."""
    text = decode(body, content_type)
    if not text.strip():
        raise WrongAnswer("the body: expected a CSV table, found nothing")
    refuse_page(text, "a CSV table")
    try:
        reader = csv.reader(text.splitlines(keepends=True), strict=True)
        table = [row for row in islice(reader, ANSWER_ROWS + 1) if row]
    except csv.Error as error:
        raise WrongAnswer(f"the body: expected a CSV table, found {error}") from None
    if len(table) > ANSWER_ROWS:
        raise WrongAnswer(f"the body: expected at most {ANSWER_ROWS:,} rows, found more")
    for line, row in enumerate(table, 1):
        if len(row) != len(table[0]):
            raise wrong(f"row {line} of the table", f"{len(table[0])} cells", f"{len(row)}")
    return table
