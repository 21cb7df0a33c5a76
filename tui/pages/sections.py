"""What of a document stands on a page: the ranges of a topic, their headings, and how they are cited."""

from __future__ import annotations

from collections.abc import Sequence

from briefings.documents.model import Document, Item, Section
from briefings.sequences import Lazy
from tui.pages.page import Heading
from tui.pages.parts import TOPIC_NAMES
from tui.pages.pieces import Pieces

_COMPARED = 500
"""Sections of a document whose titles are compared: a list does so in each of its lines."""


def ranges_of(document: Document, topic: str) -> list[tuple[int, int]]:
    """The ranges of a document's blocks of a topic; of those without one when it is empty."""
    if not document.sections:
        wanted = topic in document.topics if topic else not document.topics
        return [(0, len(document.blocks))] if wanted else []
    ranges: list[tuple[int, int]] = []
    for first, last, topics in _stretches(document):
        if first < last and (topic in topics if topic else not topics):
            if ranges and ranges[-1][1] == first:
                ranges[-1] = (ranges[-1][0], last)
            else:
                ranges.append((first, last))
    return ranges


def _stretches(document: Document) -> list[tuple[int, int, tuple[str, ...]]]:
    """(first, last, topics) of what stands before the sections, in each, and after them."""
    sections = document.sections
    before: list[tuple[int, int, tuple[str, ...]]] = [(0, sections[0].first, ())]
    inside = [(section.first, section.own, section.topics) for section in sections]
    return [*before, *inside, (sections[-1].own, len(document.blocks), ())]


class Headings(Lazy[Heading]):
    """The headings of a whole document that stands below so many other blocks, made when looked at."""

    def __init__(self, sections: Sequence[Section], above: int) -> None:
        self._sections = sections
        self._above = above

    def __len__(self) -> int:
        return len(self._sections)

    def at(self, place: int) -> Heading:
        section = self._sections[place]
        return Heading(section.title, section.level, self._above + section.first, section.id)


def outline_of(document: Document, pieces: Pieces) -> tuple[Heading, ...]:
    """The headings that stand in the pieces, by where they stand there."""
    return tuple(
        Heading(section.title, section.level, pieces.find(section.first), section.id)
        for section in document.sections
        if pieces.holds(section.first)
    )


def around(document: Document, item: Item) -> str:
    """The title of the section around one, or its topic, where other sections of the document have the same
    title; empty where none has, and in a document of very many sections."""
    if len(document.sections) > _COMPARED:
        return ""
    alike = [each for each in document.sections if each.title == item.title]
    section = next((each for each in alike if each.id == item.short), None)
    if section is None or len(alike) < 2:
        return ""
    outer = [each.title for each in document.sections if each.first < section.first < each.last]
    return outer[-1] if outer else ", ".join(TOPIC_NAMES.get(topic, topic) for topic in section.topics)


def reference_to(document: Document, section: str = "") -> str:
    """A line that says what is cited: title, section, id and date."""
    whole = f"{document.id}#{section}" if section else document.id
    name = next((s.title for s in document.sections if s.id == section), "") if section else ""
    return ", ".join(
        part for part in (document.title, name, whole, document.updated or document.date) if part
    )
