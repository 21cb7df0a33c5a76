"""Marks of footnotes that have no text: Markdown leaves them in the sentence as they were typed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from briefings.documents.fields import Problem
from briefings.documents.model import Block, Mark, Span
from sources import limits
from sources.likeness import Names

_MARK = re.compile(r"\[\^([^\]\s]{1,100})\]")
_WRITTEN = re.compile(r"(?<!\\)\[\^([^\]\s]{1,100})\]|\n")
_TEXT = re.compile(r"^ {0,3}\[\^([^\]\s]{1,100})\]:", re.MULTILINE)


def missing_footnotes(blocks: Iterable[Block], text: str, first_line: int) -> Iterator[Problem]:
    """A warning for each mark in the blocks of `text` that no text explains. It begins on `first_line`."""
    if "[^" not in text:
        return
    explained = Names(_TEXT.findall(text))
    for name, line in islice(_standing(blocks, _lines(text, first_line)), limits.FAULTS_PER_FILE):
        near = explained.nearest(name)
        expected = f"expected [^{near}]" if near else f"expected a line `[^{name}]: ...`"
        yield Problem(line, f'no footnote "{name}"; {expected}', "warning")


def _lines(text: str, first_line: int) -> dict[str, list[int]]:
    """The lines on which each mark is written, without those whose meaning the writer took away."""
    lines: dict[str, list[int]] = defaultdict(list)
    line = first_line
    for found in _WRITTEN.finditer(text):
        if found[1]:
            lines[found[1]].append(line)
        else:
            line += 1
    return lines


def _standing(blocks: Iterable[Block], lines: dict[str, list[int]]) -> Iterator[tuple[str, int]]:
    """Each mark that stands as text in a block, with its line there."""
    for block in blocks:
        for name in dict.fromkeys(_marks(block)):
            written = lines.get(name, [])
            at = bisect_left(written, block.line)
            if at < len(written):
                yield name, written[at]


def _marks(block: Block) -> Iterator[str]:
    cells = (cell for row in block.rows for cell in row)
    for spans in (block.spans, *cells):
        yield from _MARK.findall("".join(_prose(spans)))


def _prose(spans: Iterable[Span]) -> Iterator[str]:
    return (" " if span.marks & Mark.CODE else span.text for span in spans)
