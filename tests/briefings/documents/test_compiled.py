"""What is stored of a document is the document."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.documents.compiled import (
    CHUNK,
    StoredBlocks,
    StoredSections,
    pack_blocks,
    pack_head,
    pack_sections,
    unpack_head,
)
from briefings.documents.model import Block, BlockKind, Document, Link, LinkKind, Section, Span, Statement
from briefings.documents.parser import parse
from briefings.library.folders import Folder, bundled_folder, scan

BUNDLED = sorted(Path(bundled_folder(), file.relative) for file in scan(Folder(bundled_folder(), 0)))


def unpacked(document: Document) -> Document:
    chunks, sections = pack_blocks(document.blocks), pack_sections(document.sections)
    stored = unpack_head(pack_head(document), chunks.__getitem__, lambda: sections)
    return stored._replace(blocks=tuple(stored.blocks), sections=tuple(stored.sections))


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_the_documents_that_ship_come_back_as_they_were(path: Path) -> None:
    document = parse(path.read_bytes(), path=path.name).document
    assert document is not None
    assert unpacked(document) == document


words = st.text(max_size=4)
some = st.text(min_size=1, max_size=4)
several = st.lists(words, max_size=2).map(tuple)
kinds: list[LinkKind] = ["item", "url", "figure"]
spans = st.builds(
    Span, words, st.integers(0, 255), st.none() | st.builds(Link, st.sampled_from(kinds), words)
)
lines = st.lists(spans, max_size=3).map(tuple)
pairs = st.lists(st.tuples(words, words), max_size=2).map(tuple)
statements = st.builds(
    Statement, some, some, about=several, note=lines, judged=pairs, evidence=lines,
    made=words, chance=words, outcome=pairs,
)  # fmt: skip
rows = st.lists(st.lists(lines, max_size=2).map(tuple), max_size=2).map(tuple)
block_kinds: list[BlockKind] = ["heading", "paragraph", "item", "code", "table", "rule", "claim"]
blocks = st.builds(
    Block, st.sampled_from(block_kinds), st.integers(0, 9), lines, st.integers(0, 3), words,
    st.integers(0, 3), rows, several,
    st.booleans(), words, words, words, st.none() | statements, sample=st.just(()),
)  # fmt: skip


@given(st.lists(blocks, max_size=2))
def test_any_blocks_come_back_as_they_were(made: list[Block]) -> None:
    assert list(StoredBlocks(len(made), pack_blocks(made).__getitem__)) == made


markdown = st.lists(
    st.sampled_from(
        ["# A {#a topic=risks}", "## B", "", "text **b** [[c]] {{ d }}[^1]", "[^1]: note", "> q", "- i"]
    )
    | st.sampled_from(["|a|b|", "|-|-:|", "```claim", "id: x", "says: y", "about: [z]", "```", "中文"]),
    max_size=20,
).map("\n".join)


@given(markdown)
def test_any_document_comes_back_as_it_was(text: str) -> None:
    document = parse(
        f"---\nkind: briefing\nid: x\nbriefs: {{title: t}}\n---\n{text}".encode(), path="x.md"
    ).document
    assert document is not None
    assert unpacked(document) == document


class Store:
    """Chunks, and which of them were fetched."""

    def __init__(self, blocks: list[Block]) -> None:
        self.chunks = pack_blocks(blocks)
        self.fetched: list[int] = []
        self.stored = StoredBlocks(len(blocks), self.fetch)

    def fetch(self, number: int) -> str | None:
        self.fetched.append(number)
        return self.chunks[number] if number < len(self.chunks) else None


def paragraphs(count: int) -> list[Block]:
    return [Block("paragraph", number, (Span(f"text {number}"),)) for number in range(count)]


def test_only_the_chunks_that_are_looked_at_are_fetched_and_only_once() -> None:
    store = Store(paragraphs(10 * CHUNK))
    assert len(store.stored) == 10 * CHUNK
    assert store.fetched == []
    assert store.stored[5 * CHUNK + 1].text == f"text {5 * CHUNK + 1}"
    assert store.stored[5 * CHUNK].line == 5 * CHUNK
    assert store.stored[-1].line == 10 * CHUNK - 1
    assert store.fetched == [5, 9]


@given(st.integers(0, 150), st.none() | st.integers(-200, 200), st.none() | st.integers(-200, 200))
def test_stored_blocks_are_read_like_any_sequence(count: int, first: int | None, last: int | None) -> None:
    blocks = paragraphs(count)
    stored = Store(blocks).stored
    assert list(stored) == blocks
    assert list(stored[first:last]) == blocks[first:last]
    with pytest.raises(IndexError):
        stored[count]


def test_a_document_that_was_replaced_meanwhile_says_so() -> None:
    store = Store(paragraphs(CHUNK + 1))
    store.chunks.clear()
    assert store.stored[0].text == "This text was replaced on disk."
    assert len(list(store.stored)) == CHUNK + 1


def test_sections_are_fetched_once_and_only_when_they_are_looked_at() -> None:
    sections = [Section(f"s{number}", "A", 1, number, number, number, number) for number in range(3)]
    fetched: list[str] = []

    def fetch() -> str:
        fetched.append(pack_sections(sections))
        return fetched[-1]

    stored = StoredSections(3, fetch)
    assert (len(stored), bool(stored), fetched) == (3, True, [])
    assert (list(stored), stored[1], stored[1:]) == (sections, sections[1], tuple(sections[1:]))
    assert len(fetched) == 1


def test_sections_that_were_replaced_meanwhile_say_so() -> None:
    assert [section.title for section in StoredSections(2, lambda: None)] == [
        "This text was replaced on disk."
    ] * 2
