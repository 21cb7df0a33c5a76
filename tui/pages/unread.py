"""Which sections of a document were read: those whose end was in view, as their text stood then."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from zlib import crc32

from briefings.documents.model import Document, Section
from tui.pages.page import Heading, Page


def stamp_of(document: Document, section: Section) -> str:
    """What changes with the text of a section, its sub-sections left out."""
    texts = (block.text for block in document.blocks[section.first : section.own])
    return f"{crc32(chr(0).join(texts).encode(errors='surrogatepass')):08x}"


def ended(page: Page, first: int, last: int) -> Iterator[str]:
    """The sections of a page that end between two of its blocks."""
    outline = page.outline
    begin = bisect_right(outline, first, key=_block)
    after = bisect_right(outline, last + 1, key=_block)
    is_last = after == len(outline) and first <= len(page.reading) - 1 <= last
    for heading in outline[max(0, begin - 1) : after if is_last else max(0, after - 1)]:
        if heading.section:
            yield heading.section


def _block(heading: Heading) -> int:
    return heading.block


def unread(document: Document, read: Mapping[str, str]) -> Iterator[Section]:
    """The sections, in reading order, that were not read, or not as they are now."""
    for section in document.sections:
        if section.own - section.first > 1 and read.get(section.id) != stamp_of(document, section):
            yield section


def next_unread(document: Document, read: Mapping[str, str], after: int) -> Section | None:
    """The first unread section that begins after a block of the document, else the first of all."""
    found = list(unread(document, read))
    return next((section for section in found if section.first > after), found[0] if found else None)
