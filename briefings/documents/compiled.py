"""Documents as the index keeps them: compact JSON, made once when a file is read.

Reading a page must not parse Markdown, nor depend on how long the document is: blocks are stored in
chunks that are fetched when they are looked at, and sections apart from the head. Fields that hold their
default are left out at the end of each list; only tables of screens have a `sample`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from briefings.documents.model import (
    Block,
    Briefed,
    Document,
    Facts,
    Link,
    LinkKind,
    Row,
    Section,
    Span,
    Statement,
)
from briefings.sequences import Lazy

CHUNK = 64
"""Blocks that are stored and fetched together."""

KEPT_CHUNKS = 128
"""Chunks of a document that stay unpacked: reading through a long one must not hold all of it."""

_REPLACED = "This text was replaced on disk."
_LINK_KINDS: tuple[LinkKind, ...] = ("item", "url", "figure")
_LINK_CODES = {kind: code for code, kind in enumerate(_LINK_KINDS)}
_BLOCK_DEFAULTS = ("", 0, (), 0, "", 0, (), (), True, "", "", "", None)
_TOPICS = Section._fields.index("topics")
_TUPLES = frozenset({"about", "judged", "outcome", "identifiers", "dates", "replaces"})


def pack_blocks(blocks: Sequence[Block]) -> list[str]:
    """The chunks of `blocks`, CHUNK of them each."""
    return [
        _dump([_pack_block(block) for block in blocks[at : at + CHUNK]])
        for at in range(0, len(blocks), CHUNK)
    ]


def pack_head(document: Document) -> str:
    """All of a document but its blocks and sections, of which only the numbers are kept."""
    kept_apart = ("blocks", "sections", "facts", "briefs")
    plain = {name: value for name, value in document._asdict().items() if name not in kept_apart}
    plain["blocks"] = len(document.blocks)
    plain["sections"] = len(document.sections)
    plain["facts"] = {name: value for name, value in document.facts._asdict().items() if value}
    if document.briefs:
        plain["briefs"] = document.briefs._asdict()
    return _dump({key: value for key, value in plain.items() if value})


def unpack_head(
    text: str, chunk: Callable[[int], str | None], sections: Callable[[], str | None]
) -> Document:
    """The document of a stored head. What fetches a chunk of its blocks by number, and its sections, is
    called when they are looked at; it gives None when the document has been replaced meanwhile."""
    plain: dict[str, Any] = json.loads(text)
    for name in ("topics", "aliases", "former_ids", "tags", "sources"):
        plain[name] = tuple(plain.get(name, ()))
    plain["blocks"] = StoredBlocks(plain.get("blocks", 0), chunk)
    plain["sections"] = StoredSections(plain.get("sections", 0), sections)
    plain["facts"] = Facts(**_with_tuples(plain.get("facts", {})))
    if "briefs" in plain:
        plain["briefs"] = Briefed(**plain["briefs"])
    return Document(**plain)


def pack_sections(sections: Sequence[Section]) -> str:
    """All sections of a document."""
    return _dump([list(section) for section in sections])


class StoredBlocks(Lazy[Block]):
    """The blocks of a stored document, fetched a chunk at a time when they are looked at."""

    def __init__(self, count: int, fetch: Callable[[int], str | None]) -> None:
        self._count = count
        self._fetch = fetch
        self._chunks: dict[int, list[Block | list[Any]]] = {}

    def __len__(self) -> int:
        return self._count

    def at(self, place: int) -> Block:
        chunk = self._chunk(place // CHUNK)
        found = chunk[place % CHUNK]
        if not isinstance(found, Block):
            found = chunk[place % CHUNK] = _unpack_block(found)
        return found

    def _chunk(self, number: int) -> list[Block | list[Any]]:
        """The blocks of a chunk, still packed but for those that were looked at."""
        if number not in self._chunks:
            text = self._fetch(number)
            if text is None:
                return [Block("paragraph", spans=(Span(_REPLACED),))] * CHUNK
            while len(self._chunks) >= KEPT_CHUNKS:
                del self._chunks[next(iter(self._chunks))]
            self._chunks[number] = json.loads(text)
        return self._chunks[number]


class StoredSections(Lazy[Section]):
    """The sections of a stored document, all fetched when one is looked at."""

    def __init__(self, count: int, fetch: Callable[[], str | None]) -> None:
        self._count = count
        self._fetch = fetch
        self._sections: tuple[Section, ...] | None = None

    def __len__(self) -> int:
        return self._count

    def at(self, place: int) -> Section:
        return self._all()[place]

    def _all(self) -> tuple[Section, ...]:
        if self._sections is None:
            text = self._fetch() if self._count else "[]"
            if text is None:
                return (Section("", _REPLACED, 1, 0, 0, 0, 0),) * self._count
            self._sections = tuple(_unpack_section(packed) for packed in json.loads(text))
        return self._sections


def _pack_block(block: Block) -> list[Any]:
    packed: list[Any] = [
        block.kind, block.line, _pack_spans(block.spans), block.level, block.marker, block.quote,
        [[_pack_spans(cell) for cell in row] for row in block.rows], list(block.align), block.headed,
        block.anchor, block.since, block.note, block.statement and _pack_statement(block.statement),
    ]  # fmt: skip
    while len(packed) > 1 and packed[-1] in (_BLOCK_DEFAULTS[len(packed) - 1], []):
        packed.pop()
    return packed


def _unpack_block(packed: list[Any]) -> Block:
    whole: list[Any] = packed + list(_BLOCK_DEFAULTS[len(packed) :])
    kind, line, spans, level, marker, quote, rows, align, headed, anchor, since, note, statement = whole
    return Block(
        kind, line, _unpack_spans(spans), level, marker, quote, _unpack_rows(rows), tuple(align), headed,
        anchor, since, note, _unpack_statement(statement) if statement else None,
    )  # fmt: skip


def _pack_spans(spans: Sequence[Span]) -> list[Any]:
    return [
        [span.text, int(span.marks), _LINK_CODES[span.link.kind], span.link.target]
        if span.link
        else ([span.text, int(span.marks)] if span.marks else span.text)
        for span in spans
    ]


def _unpack_spans(packed: Sequence[Any]) -> tuple[Span, ...]:
    return tuple(_unpack_span(span) for span in packed)


def _unpack_span(packed: str | list[Any]) -> Span:
    if isinstance(packed, str):
        return Span(packed)
    if len(packed) == 2:
        return Span(packed[0], packed[1])
    return Span(packed[0], packed[1], Link(_LINK_KINDS[packed[2]], packed[3]))


def _unpack_rows(packed: Sequence[Any]) -> tuple[Row, ...]:
    return tuple(tuple(_unpack_spans(cell) for cell in row) for row in packed)


def _pack_statement(statement: Statement) -> dict[str, Any]:
    plain = statement._asdict()
    plain["note"] = _pack_spans(statement.note)
    plain["evidence"] = _pack_spans(statement.evidence)
    return {name: value for name, value in plain.items() if value}


def _unpack_statement(packed: dict[str, Any]) -> Statement:
    plain = _with_tuples(packed)
    for name in ("note", "evidence"):
        plain[name] = _unpack_spans(packed.get(name, ()))
    return Statement(**plain)


def _with_tuples(packed: dict[str, Any]) -> dict[str, Any]:
    return {name: _as_tuple(value) if name in _TUPLES else value for name, value in packed.items()}


def _as_tuple(value: list[Any]) -> tuple[Any, ...]:
    return tuple(tuple(entry) if isinstance(entry, list) else entry for entry in value)


def _unpack_section(packed: list[Any]) -> Section:
    packed[_TOPICS] = tuple(packed[_TOPICS])
    return Section._make(packed)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
