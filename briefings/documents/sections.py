"""Headings -> sections: ids, topics, and the blocks that stand under each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from briefings.documents.fields import unknown
from briefings.documents.model import TOPICS, Block, Section
from briefings.documents.names import slug
from sources.text import fold

FaultAt = tuple[int, str]
"""(line, what is wrong and what was expected)."""


def read_sections(
    blocks: Sequence[Block], attributes: dict[int, dict[str, str]], topics: tuple[str, ...]
) -> tuple[tuple[Section, ...], list[FaultAt]]:
    """The sections of a document's blocks; and ids that are used twice, and unknown topics. `topics` are the
    document's; a section's own come first, then its parent's.

    A heading without an id of its own gets one that no other part of the document has."""
    faults: list[FaultAt] = []
    names = _Names({fold(block.anchor) for block in blocks if block.anchor})
    sections: list[Section] = []
    parents: list[Section] = []
    for number, own, last in _extents(blocks):
        block, given = blocks[number], attributes.get(number, {})
        while parents and parents[-1].level >= block.level:
            parents.pop()
        own_topics, strange = _topics(given.get("topic", ""), block.line)
        name, taken = names.give(block, given.get("id", ""))
        faults += strange + taken
        section = Section(
            id=name,
            title=block.text,
            level=block.level,
            first=number,
            own=own,
            last=last,
            line=block.line,
            topics=own_topics or (parents[-1].topics if parents else topics),
            since=block.since,
        )
        sections.append(section)
        parents.append(section)
    return tuple(sections), faults


def with_anchors(blocks: Sequence[Block], sections: Sequence[Section]) -> tuple[Block, ...]:
    """The blocks, their headings carrying the ids of their sections."""
    anchored = list(blocks)
    for section in sections:
        anchored[section.first] = anchored[section.first]._replace(anchor=section.id)
    return tuple(anchored)


def _topics(text: str, line: int) -> tuple[tuple[str, ...], list[FaultAt]]:
    named = [topic for topic in text.split(",") if topic]
    faults = [(line, unknown("topic", topic, TOPICS)) for topic in named if topic not in TOPICS]
    return tuple(topic for topic in named if topic in TOPICS), faults


@dataclass(slots=True)
class _Names:
    """Gives each section an id; `written` are the folded ids that stand in the text."""

    written: set[str]
    given: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)

    def give(self, block: Block, written: str) -> tuple[str, list[FaultAt]]:
        """The id of a heading, by default made of its words; and a fault where its own is taken."""
        if not written:
            return self._distinct(slug(block.text)), []
        if fold(written) not in self.given:
            self.given.add(fold(written))
            return written, []
        fault = (block.line, f'id "{written}" is used twice; expected one of its own')
        return self._distinct(written), [fault]

    def _distinct(self, wanted: str) -> str:
        name, number = wanted, self.numbers.get(wanted, 1)
        while fold(name) in self.given or fold(name) in self.written:
            number += 1
            name = f"{wanted}-{number}"
        self.numbers[wanted] = number
        self.given.add(fold(name))
        return name


def _extents(blocks: Sequence[Block]) -> Iterator[tuple[int, int, int]]:
    """Each heading, the end of its own text, and the end of its section: numbers of blocks."""
    headings = [number for number, block in enumerate(blocks) if block.kind == "heading"]
    end = _end(blocks)
    for after, (number, own) in enumerate(zip(headings, [*headings[1:], end], strict=False), 1):
        following = (headings[at] for at in range(after, len(headings)))
        outside = (other for other in following if blocks[other].level <= blocks[number].level)
        yield number, own, next(outside, end)


def _end(blocks: Sequence[Block]) -> int:
    """Footnotes stand after the last section, outside of it."""
    notes = (number for number, block in enumerate(blocks) if _is_footnote(block))
    return next(notes, len(blocks))


def _is_footnote(block: Block) -> bool:
    return block.anchor.startswith("fn-") and block.marker == f"[{block.anchor[3:]}]"
