"""The one safe YAML loader: strings, lists and mappings, each with the line it stands on.

Nothing is constructed: `NO`, `010`, `12:30` and `2026-04` stay the strings they are. What could
explode, surprise or run (aliases, anchors, merge keys, tags, duplicate keys, deep nesting) is a
fault with its line, and reading goes on where that is possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from sources import limits
from sources.text import clean, message, shorten, unify_breaks, unturned

if TYPE_CHECKING:
    import yaml
    from yaml._yaml import Mark  # what the C parser gives; alike in what is used here

AnyMark: TypeAlias = "yaml.Mark | Mark | None"
LineFault: TypeAlias = tuple[int, str]
"""Line in the file, and what is wrong there with what was expected."""

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_KEY_FAULT = 'a list or mapping stands where a key was expected; put a value that begins with "{{" in quotes'
_QUOTE = "put the value in quotes"
_ADVICE = (
    ("mapping (values|keys) are not allowed", f'": " was not expected here; indent the line, or {_QUOTE}'),
    ("sequence entries are not allowed", f'"- " was not expected here; begin a new line, or {_QUOTE}'),
    ("cannot start any token", f"a value cannot begin with {{character}}; indent with blanks, or {_QUOTE}"),
    ("scanning an (alias|anchor)", f'a value cannot begin with "*" or "&"; {_QUOTE}'),
    ("unexpected end of stream", "the quotation mark that was opened here is never closed"),
    ("unexpected document (indicator|separator)", "the quotation mark that was opened here is never closed"),
    ("parsing a flow sequence", 'no "," or "]" where one was expected, for the "[" of line {opened}'),
    ("parsing a flow mapping", 'no "," or "}}" where one was expected, for the "{{" of line {opened}'),
    (
        "parsing a block (mapping|collection)",
        "does not continue what began on line {opened}; expected the same indent, or quotes round the value",
    ),
    ("expected (the )?node content", f"a value was expected here; if it begins with a sign, {_QUOTE}"),
    ("could not find expected ':'", '"key: value" was expected here'),
    ("unknown escape character", "an unknown escape; in double quotes write two backslashes for one"),
    ("expected '?<document start>'?", "text after the end of the YAML document; nothing was expected there"),
)
"""What PyYAML and libyaml say, and what the writer needs to hear."""


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A string; an empty value, a plain `~` and a plain `null` are the empty string."""

    value: str
    line: int


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list of nodes."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a mapping, the line of the key, and what it holds."""

    key: str
    line: int
    value: Node


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Entries in the order of the file; no key comes twice."""

    entries: tuple[Entry, ...]
    line: int

    def get(self, key: str) -> Node | None:
        """What the key holds, or None where there is no such key."""
        return next((entry.value for entry in self.entries if entry.key == key), None)


Node: TypeAlias = ScalarNode | SequenceNode | MappingNode


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a text holds, and the faults found in it, in the order of their lines.

    `node` is None where the text holds nothing. Beside faults, it holds what could be read in spite
    of them: of a text with a syntax error what stands before the error, of a duplicate key the first.
    `whole` tells whether every key is there with its value: where it is not, what lacks says nothing.
    """

    node: Node | None
    faults: tuple[LineFault, ...]
    whole: bool = True


def load(text: str, *, first_line: int = 1, limit: int = limits.DOCUMENT_BYTES) -> Loaded:
    """Read one YAML document. Never raises.

    `first_line` is the line of the file on which the text begins, `limit` the greatest size in bytes
    of UTF-8. All strings of the result are clean.
    """
    if _is_longer(text, limit):
        long = f"more than {limit:,} bytes of YAML; split it or shorten it"
        return Loaded(None, ((first_line, long),), whole=False)
    text = unify_breaks(text)
    reader = _Reader(unturned(clean(text)), first_line)
    for hit in _UNFIT.finditer(text):
        if reader.is_full:
            break
        line = text.count("\n", 0, hit.start())
        reader.fault(line, f"character U+{ord(hit[0]):04X} cannot stand in YAML; remove it")
    node = reader.document()
    return Loaded(node, tuple(sorted(reader.faults, key=lambda fault: fault[0])), reader.whole)


def _is_longer(text: str, limit: int) -> bool:
    if len(text) * 4 <= limit:
        return False
    return len(text) > limit or len(text.encode("utf-8", "surrogatepass")) > limit


class _Reader:
    """Builds nodes from the events of one text. Once stopped, every open node ends where it is."""

    def __init__(self, text: str, first_line: int) -> None:
        self.faults: list[LineFault] = []
        self.whole = True
        self._first_line = first_line
        self._stopped = False
        self._events = self._parse(text)

    @property
    def is_full(self) -> bool:
        """Whether as many faults are noted as one file may have."""
        return len(self.faults) > limits.FAULTS_PER_FILE

    def fault(self, line: int, text: str) -> None:
        """Note a fault; `line` counts from 0 within the text. Too many of them end the reading."""
        if self.is_full:
            return
        if len(self.faults) == limits.FAULTS_PER_FILE:
            text, self._stopped = "more faults follow; mend those above first", True
            self.whole = False
        self.faults.append((line + self._first_line, message(text, limits.MESSAGE_CHARACTERS)))

    def document(self) -> Node | None:
        """The node of the only document of the text."""
        import yaml

        documents = 0
        node: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._stop(event, "a second YAML document begins here; one was expected")
            elif isinstance(event, yaml.NodeEvent):
                node = self._node(event, 1)
        return node

    def _parse(self, text: str) -> Iterator[yaml.Event]:
        import yaml  # 8 ms, and most starts read no YAML

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        event = None
        try:
            for event in yaml.parse(text, Loader=loader):
                if self._stopped:
                    return
                yield event
        except yaml.YAMLError as error:
            late = _closed_late(error, event, self._first_line)
            self._lose(*(late or _explain(error, text, self._first_line)))
        except (ValueError, OverflowError) as error:  # numbers in escapes and directives, unguarded there
            self._lose(0, f"not readable as YAML: {error}")

    def _stop(self, event: yaml.Event, text: str) -> None:
        self._lose(_line(event.start_mark), text)
        self._stopped = True

    def _lose(self, line: int, text: str) -> None:
        """Note a fault for which a key or a value is lost."""
        self.fault(line, text)
        self.whole = False

    def _node(self, event: yaml.NodeEvent, level: int) -> Node:
        import yaml

        self._refuse_marks(event)
        line = _line(event.start_mark) + self._first_line
        if isinstance(event, yaml.ScalarEvent):
            return ScalarNode(_value(event), line)
        if isinstance(event, yaml.CollectionStartEvent):
            if level <= limits.NESTING:
                return self._collection(event, level)
            self._stop(event, f"nested more than {limits.NESTING} levels deep; flatten it")
        return ScalarNode("", line)

    def _collection(self, event: yaml.CollectionStartEvent, level: int) -> Node:
        import yaml

        line = _line(event.start_mark) + self._first_line
        if isinstance(event, yaml.MappingStartEvent):
            return MappingNode(self._entries(level), line)
        return SequenceNode(self._items(level), line)

    def _refuse_marks(self, event: yaml.NodeEvent) -> None:
        import yaml

        line = _line(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            self._lose(line, f'"*{event.anchor}" is an alias; write the value out, or put it in quotes')
            return
        if event.anchor is not None:
            self.fault(line, f'"&{event.anchor}" is an anchor; leave it out, or put the value in quotes')
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
            self.fault(line, f'"{event.tag}" is a tag; leave it out, or put the value in quotes')

    def _items(self, level: int) -> tuple[Node, ...]:
        import yaml

        items = []
        for event in self._events:
            if not isinstance(event, yaml.NodeEvent):
                break
            items.append(self._node(event, level + 1))
        return tuple(items)

    def _entries(self, level: int) -> tuple[Entry, ...]:
        import yaml

        entries: dict[str, Entry] = {}
        for event in self._events:
            if not isinstance(event, yaml.NodeEvent):
                break
            key = self._node(event, level + 1)
            following = next(self._events, None)
            if not isinstance(following, yaml.NodeEvent):
                break
            value = self._node(following, level + 1)
            if isinstance(event, yaml.ScalarEvent):
                self._enter(entries, event, Entry(unturned(clean(event.value)), key.line, value))
            elif isinstance(event, yaml.CollectionStartEvent):
                self._lose(_line(event.start_mark), _KEY_FAULT)
        return tuple(entries.values())

    def _enter(self, entries: dict[str, Entry], event: yaml.ScalarEvent, entry: Entry) -> None:
        line = _line(event.start_mark)
        if entry.key == "<<" and not event.style:
            self._lose(line, '"<<" merges another mapping; write its entries out')
        elif entry.key in entries:
            name = shorten(entry.key, 60)
            self.fault(line, f'"{name}" stands here again, first on line {entries[entry.key].line}; keep one')
        else:
            entries[entry.key] = entry


def _value(event: yaml.ScalarEvent) -> str:
    if not event.style and event.value in ("", "~", "null", "Null", "NULL"):
        return ""
    return unturned(clean(event.value))  # escapes as in "\x1b" are resolved only now


def _closed_late(error: yaml.YAMLError, before: yaml.Event | None, first_line: int) -> tuple[int, str] | None:
    """Line and words, where what stands before an error is a quotation that the mark of a later line
    closed: the mistake is on the line that opened it."""
    import yaml

    if not isinstance(error, yaml.MarkedYAMLError) or not isinstance(before, yaml.ScalarEvent):
        return None
    opened, closed = _line(before.start_mark), _line(before.end_mark)
    if before.style not in ("'", '"') or opened == closed or closed != _line(error.problem_mark):
        return None
    late = f"the quotation mark that was opened here is closed only on line {closed + first_line}"
    return opened, f"{late}; expected one at the end of this line"


def _explain(error: yaml.YAMLError, text: str, first_line: int) -> tuple[int, str]:
    """Line (from 0) of a syntax error, and what was expected there, in words of its writer."""
    import yaml

    if not isinstance(error, yaml.MarkedYAMLError):
        return 0, f"not readable as YAML: {error}"
    problem, context = error.problem or "", error.context or ""
    lines = text.splitlines() or [""]
    line, opened = (min(_line(mark), len(lines) - 1) for mark in (error.problem_mark, error.context_mark))
    for pattern, advice in _ADVICE:
        if re.search(pattern, f"{problem} {context}"):
            where = opened if "was opened here" in advice else line
            character = _character(lines[line], error.problem_mark)
            return where, advice.format(character=character, opened=opened + first_line)
    return line, f"not readable as YAML: {problem}{f', {context}' if context else ''}"


def _line(mark: AnyMark) -> int:
    return mark.line if mark else 0


def _character(line: str, mark: AnyMark) -> str:
    """What stands where the error was noticed."""
    found = line[mark.column : mark.column + 1] if mark else ""
    return "a tab" if found == "\t" else f'"{found}"'
