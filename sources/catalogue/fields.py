"""Reads the fields of one mapping in the YAML of a catalogue, and notes all faults, each on its line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sources.catalogue.indicator import EntryFault, Fields, Severity
from sources.likeness import nearest
from sources.limits import MESSAGE_CHARACTERS, TITLE_CHARACTERS
from sources.loader import Entry, MappingNode, Node, ScalarNode
from sources.text import message

Word = TypeVar("Word", bound=str)


class FieldReader:
    """Reads one mapping; `faults` are all that were met, not only the first."""

    def __init__(self, node: MappingNode) -> None:
        self.node = node
        self.faults: list[EntryFault] = []

    def fault(self, line: int, words: str, severity: Severity = "error") -> None:
        """Note a fault."""
        self.faults.append(EntryFault(line, message(words, MESSAGE_CHARACTERS), severity))

    def choice(self, key: str, words: Sequence[Word], usual: Word) -> Word:
        """The word of a field, `usual` where it is left out; any other one is a fault."""
        text = self.text(key, TITLE_CHARACTERS)
        found = next((word for word in words if word == text), None)
        if text and found is None:
            self.fault(self.line(key), f'`{key}` is "{text}"; expected {one_of(text, words)}')
        return found or usual

    def text(self, key: str, most: int) -> str:
        """The text of a field, cut where it has more than `most` characters; empty where it is left out."""
        node = self.node.get(key)
        if node is not None and not isinstance(node, ScalarNode):
            self.fault(node.line, f"`{key}` holds a list or mapping; expected a text")
        text = scalar(node)
        if len(text) > most:
            self.fault(self.line(key), f"`{key}` has more than {most} characters; shorten it")
        return text[:most]

    def pairs(self, key: str, node: MappingNode) -> Fields:
        """The fields of a mapping that stands in the field `key`."""
        for entry in node.entries:
            if not isinstance(entry.value, ScalarNode):
                self.fault(entry.line, f"`{entry.key}` in `{key}` holds a list or mapping; expected a text")
        return tuple((entry.key, scalar(entry.value)) for entry in node.entries)

    def unknown(self, entry: Entry, known: Sequence[str]) -> None:
        """Warn of a field that nobody reads, with the nearest that somebody does."""
        near = nearest(entry.key, known)
        hint = f"did you mean `{near}`?" if near else f"expected one of {', '.join(known)}"
        self.fault(entry.line, f"no key `{message(entry.key, 40)}` in an entry; {hint}", "warning")

    def line(self, key: str) -> int:
        """The line of a field; that of the mapping where it is left out."""
        return next((entry.line for entry in self.node.entries if entry.key == key), self.node.line)


def scalar(node: Node | None) -> str:
    """The text of a node; empty for a list, a mapping or nothing."""
    return node.value.strip() if isinstance(node, ScalarNode) else ""


def one_of(text: str, words: Sequence[str]) -> str:
    """The words that were expected, and the nearest to what stands there."""
    near = nearest(text, words)
    return f"{', '.join(words)}{f'; did you mean {near}?' if near else ''}"
