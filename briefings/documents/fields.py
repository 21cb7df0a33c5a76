"""Reads the fields of a YAML mapping, each by what it must be, and notes all faults in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from briefings.documents.model import Severity
from sources.likeness import nearest
from sources.loader import MappingNode, Node, ScalarNode, SequenceNode
from sources.text import clean_line


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong on a line, and what was expected."""

    line: int
    message: str
    severity: Severity = "error"


@dataclass(slots=True)
class Fields:
    """The entries of a mapping. Each reading method gives the empty value where the field is not
    there or is wrong; `unread` then names what nobody asked for."""

    node: MappingNode
    problems: list[Problem] = field(default_factory=list)
    _read: set[str] = field(default_factory=set)

    def line(self, key: str) -> int:
        """The line of a key, or of the mapping."""
        return next((entry.line for entry in self.node.entries if entry.key == key), self.node.line)

    def text(self, key: str, check: Callable[[str], str] | None = None) -> str:
        """A string on one line; `check` raises ValueError with what was expected."""
        node = self._get(key)
        if node is None:
            return ""
        if not isinstance(node, ScalarNode):
            self.problem(key, f"{key} is a {_kind(node)}; expected text")
            return ""
        value = clean_line(node.value).strip()
        return self._checked(key, value, check, node.line) if value else ""

    def paragraph(self, key: str) -> str:
        """A string in which line breaks count as blanks."""
        return " ".join(self.text(key).split())

    def texts(self, key: str, check: Callable[[str], str] | None = None) -> tuple[str, ...]:
        """A list of strings; a single string is a list of one."""
        node = self._get(key)
        if isinstance(node, ScalarNode):
            node = SequenceNode((node,), node.line)
        values = []
        for entry in self._items(key, node):
            if isinstance(entry, ScalarNode):
                values.append(self._checked(key, clean_line(entry.value).strip(), check, entry.line))
            else:
                self.problems.append(Problem(entry.line, f"{key} holds a {_kind(entry)}; expected text"))
        return tuple(value for value in values if value)

    def mapping(self, key: str) -> Fields | None:
        """The fields of a mapping below a key."""
        node = self._get(key)
        if node is None:
            return None
        if isinstance(node, MappingNode):
            return Fields(node, self.problems)
        self.problem(key, f"{key} is a {_kind(node)}; expected a mapping, one `name: value` on each line")
        return None

    def pairs(
        self, key: str, names: Iterable[str] = (), check: Callable[[str], str] | None = None
    ) -> tuple[tuple[str, str], ...]:
        """The names and values of a mapping of strings, in the order of the file."""
        inner = self.mapping(key)
        if inner is None:
            return ()
        found = tuple((entry.key, inner.text(entry.key, check)) for entry in inner.node.entries)
        allowed = set(names)
        for entry in inner.node.entries:
            if allowed and entry.key not in allowed:
                words = unknown(f"{key} key", entry.key, allowed)
                self.problems.append(Problem(entry.line, words, "warning"))
        return tuple((name, value) for name, value in found if value)

    def nodes(self, key: str) -> tuple[Node, ...]:
        """The entries of a list, whatever they are; a single text is a list of one."""
        node = self._get(key)
        return (node,) if isinstance(node, ScalarNode) else tuple(self._items(key, node))

    def require(self, *keys: str) -> None:
        """Note the fields that are missing."""
        for key in keys:
            if self._get(key) is None:
                self.problems.append(Problem(self.node.line, f"{key} is missing; expected `{key}: ...`"))

    def unread(self) -> None:
        """Warn of keys that nobody asked for, with the nearest name. Any text may have a twin in Chinese."""
        known = {name for name in self._read if not name.endswith("_zh")}
        for entry in self.node.entries:
            if entry.key not in self._read and entry.key.removesuffix("_zh") not in known:
                self.problems.append(Problem(entry.line, unknown("key", entry.key, known), "warning"))

    def problem(self, key: str, message: str) -> None:
        """Note what is wrong with a field."""
        self.problems.append(Problem(self.line(key), message))

    def _get(self, key: str) -> Node | None:
        self._read.add(key)
        node = self.node.get(key)
        return None if isinstance(node, ScalarNode) and not node.value else node

    def _items(self, key: str, node: Node | None) -> Iterator[Node]:
        if isinstance(node, SequenceNode):
            yield from node.items
        elif node is not None and not isinstance(node, ScalarNode):
            self.problem(key, f"{key} is a {_kind(node)}; expected a list")

    def _checked(self, key: str, value: str, check: Callable[[str], str] | None, line: int) -> str:
        if check is None:
            return value
        try:
            return check(value)
        except ValueError as error:
            self.problems.append(Problem(line, _named(key, str(error))))
            return ""


def unknown(what: str, word: str, known: Iterable[str]) -> str:
    """The words for a name that is none: with the nearest, or all there are."""
    names = sorted(known)
    near = nearest(word, names)
    return f'{what} "{clean_line(word)}" is unknown; expected ' + (near if near else ", ".join(names))


def one_of(what: str, words: Iterable[str]) -> Callable[[str], str]:
    """A check that lets only some words pass."""
    allowed = tuple(words)

    def check(value: str) -> str:
        if value not in allowed:
            raise ValueError(unknown(what, value, allowed))
        return value

    return check


def _named(key: str, message: str) -> str:
    return message if message.startswith(key.split("_")[0]) else f"{key}: {message}"


def _kind(node: Node) -> str:
    return {ScalarNode: "text", SequenceNode: "list", MappingNode: "mapping"}[type(node)]
