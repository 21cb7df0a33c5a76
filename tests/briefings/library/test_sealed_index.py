"""A bit that flips in the index never becomes a word, a name or a figure: it is damage, or does nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.documents.model import Document, Item
from briefings.library.folders import Folder, bundled_folder
from briefings.library.index import Index
from briefings.library.links import Resolver
from briefings.library.sealed import as_kept, is_sound, item_of, item_row, sealed, unsealed
from briefings.library.update import update
from briefings.search.fulltext import FullText
from cache.troubles import is_damage

FIGURES = {f"mean(cn.m2_yoy, 20{year})": f"7.{year} pp 20{year}" for year in range(10, 30)}
WORDS = ("decree", "growth", "华为", "2026")
"""What is searched for."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An index of what ships, with some figures kept beside it, all in one file."""
    path = tmp_path / "index.db"
    with closing(Index.open(path)) as index:
        update(index, (Folder(bundled_folder(), 0, bundled=True),))
        for expression, text in FIGURES.items():
            assert index.keep_figure(expression, "stamp", text)
        index.connection.execute("PRAGMA journal_mode = DELETE")
    return path


def everything(index: Index) -> list[dict[Any, Any]]:
    """All documents, whole, all items, and all figures; lists, ways, and what is found of some words."""
    documents: dict[str, Document] = {}
    items: dict[str, Item] = {}
    for listed in index.documents():
        document = index.document(listed.id)
        if document:
            blocks, sections = tuple(document.blocks), tuple(document.sections)
            documents[listed.id] = document._replace(blocks=blocks, sections=sections)
        items |= {item.id: item for item in index.items_of(listed.id)}
    lists = {each.id: each for each in index.documents()}
    links = {
        (link.document, link.block, link.target): link for name in items for link in index.links_to(name)
    }
    resolver = Resolver(index)
    targets = {(link.target, link.document) for link in links.values()}
    leads = {target: item.id for target in targets if (item := resolver.resolve(*target))}
    text = FullText(index.connection)
    places = [place for word in WORDS for place in text.places(word)]
    found = {place.number: (place, text.text(place.number)) for place in places}
    return [documents, items, index.figures("stamp"), lists, links, leads, found]


def read(path: Path) -> list[dict[Any, Any]] | None:
    """Everything of an index; None where it tells that it is damaged."""
    try:
        with closing(Index.open(path)) as index:
            return everything(index)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
    return None


def test_no_flipped_bit_becomes_a_word_or_a_figure(path: Path) -> None:
    with closing(Index.open(path)) as index:
        before = everything(index)
    assert before[2] == FIGURES
    sound, random, noticed = path.read_bytes(), Random(5), 0  # noqa: S311 - the same each time
    places = [
        place
        for text in (b'"paragraph"', b'"heading"', "华为".encode(), b"7.2", b"china-legal-shield#c")
        for place in (sound.find(text, start) for start in random.sample(range(4096, len(sound)), 12))
        if place > 0
    ]
    for place in places:
        flipped = bytearray(sound)
        flipped[place + random.randrange(12)] ^= 1 << random.randrange(8)
        path.write_bytes(flipped)
        found = read(path)
        for part, had in enumerate(before):
            has = found[part] if found else {}
            assert not [name for name, each in has.items() if had.get(name) != each]
        noticed += found != before
    assert noticed > 10


def test_a_figure_that_is_not_as_it_was_kept_is_worked_out_again(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE figures SET text = replace(text, '7.10', '7.11')")
    with closing(Index.open(path)) as index:
        gone = "mean(cn.m2_yoy, 2010)"
        assert index.figure(gone, "stamp") is None
        assert index.figures("stamp") == {name: text for name, text in FIGURES.items() if name != gone}


def test_an_item_of_another_title_is_damage(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE items SET title = 'gap 4.9 in 2023' WHERE id = 'china-legal-shield#c10'")
    with closing(Index.open(path)) as index, pytest.raises(sqlite3.DatabaseError) as raised:
        index.item("china-legal-shield#c10")
    assert is_damage(raised.value)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE documents SET title = 'Decree 834 explained' WHERE id = 'decree-835-explained'",
        "UPDATE documents SET date = '2025-11-23' WHERE id = 'decree-835-explained'",
        "UPDATE names SET item = 'china-legal-shield#c11' WHERE name = 'china-legal-shield#c10'",
        "UPDATE names SET rank = 2 WHERE name = 'huawei'",
        "UPDATE links SET item = 'china-legal-shield#c11' WHERE item = 'china-legal-shield#c10'",
        "UPDATE links SET source = 'baidu', block = 1 WHERE item = 'huawei'",
        "UPDATE passages SET text = replace(text, '835', '834')",
        "UPDATE passages SET date = '2025-11-23'",
    ],
)
def test_what_leads_elsewhere_or_is_found_with_other_words_is_damage(path: Path, change: str) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        assert file.execute(change).rowcount
    assert read(path) is None
    assert not is_sound(path)


@given(st.text(), st.integers(0), st.integers(0, 6))
def test_a_sealed_text_comes_back_and_no_other_does(text: str, place: int, bit: int) -> None:
    stored = sealed(text)
    assert unsealed(stored) == as_kept(stored) == text
    at = place % len(stored)
    other = stored[:at] + chr(ord(stored[at]) ^ (1 << bit)) + stored[at + 1 :]
    assert as_kept(other) is None


def test_items_come_back_as_they_were(path: Path) -> None:
    with closing(Index.open(path)) as index:
        item = index.item("china-legal-shield#c10")
        assert item
        assert item_of(item_row(item)) == item
