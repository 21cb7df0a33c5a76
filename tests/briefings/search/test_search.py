"""Search over a library: what is found, in which order, and that it keeps up with the files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefings.desk import Desk, Library
from briefings.documents.parser import parse as parse_document
from briefings.search.fulltext import FullText, expression, words_of
from briefings.search.passages import LONGEST, Passage, passages_of
from briefings.search.query import Facts, holds_all, parse
from briefings.search.tokens import jointed, unjointed
from tests.briefings.conftest import Shelf
from tests.homes import places_in

PAPER = """---
id: paper
kind: briefing
title: On sanctions
title_zh: 论制裁
date: 2026-03-05
topics: [risks]
sources: [Ministry of Finance]
---
Before all sections 昇腾.

# Bottom line {#bottom topic=legal-shield}
The blocking rule binds firms. 法律在此。

| Row | Value |
|---|---|
| tungsten | 钨 5 |

```claim
id: k1
says: Spreads of M2 narrowed
where: table two
judged:
  verdict: contradicted
  because: the bank says otherwise
  evidence: [{title: Bulletin, url: "https://bank.example/b", retrieved: 2026-03-06}]
  on: 2026-03-06
```
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    where = places_in(tmp_path / "home")
    where.library.mkdir(parents=True)
    (where.library / "paper.md").write_text(PAPER, "utf-8")
    (where.library / "note.md").write_text(
        "# A note\n\nＭ２ wide.\n\n## Later\n\nOf tungsten 与法.\n", "utf-8"
    )
    desk = Desk(Library(where))
    desk.upkeep.update()
    desk.upkeep.prepare_figures()
    desk.upkeep.settle()
    yield desk
    desk.close()


def ids(desk: Desk, text: str) -> list[str]:
    """What a query finds, apart from what ships."""
    found = desk.searching().find(parse(f"{text} in:paper OR {text} in:note"))
    return [place.item for group in found.groups for place in group.places]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("法", ["paper#bottom", "note#later"]),
        ("制裁", ["paper"]),
        ("昇腾", ["paper"]),
        ("M2", ["note", "paper#k1"]),
        ("spread", ["paper#k1"]),
        ("rules", ["paper#bottom"]),
        ("tungsten", ["paper#bottom", "note#later"]),
        ("wide tungsten", ["note"]),
        ("wide -tungsten", ["note"]),
        ("tungsten kind:section topic:legal-shield", ["paper#bottom"]),
        ("verdict:contradicted", ["paper#k1"]),
        ("source:bank.example", ["paper#k1"]),
        ('source:"ministry of finance" sanctions', ["paper"]),
        ("date:2026-03 kind:briefing", ["paper"]),
        ('"table two"', ["paper#k1"]),
        ("nowhere", []),
    ],
)
def test_what_is_found(desk: Desk, query: str, found: list[str]) -> None:
    assert sorted(ids(desk, query)) == sorted(found)


def test_the_shipped_library_is_found_in_both_languages(desk: Desk) -> None:
    def first(text: str) -> str:
        return desk.searching().find(parse(text)).groups[0].places[0].item

    assert first("huawei") == first("华为") == "huawei"
    assert first("M2 growth kind:indicator") == "cn.m2_yoy"
    assert first("stale:yes kind:claim stars") == "china-legal-shield#c22"


def test_items_that_have_the_words_alone_are_named(desk: Desk) -> None:
    found = desk.searching().find(parse("tungsten kind:claim"))
    assert found.groups == ()
    assert {place.item for place in found.left_out} == {"paper#bottom", "note#later"}


def test_a_mistyped_word_gets_the_nearest_one(desk: Desk) -> None:
    assert desk.searching().find(parse("tungstan")).near == "tungsten"


def test_a_hit_leads_to_its_block(desk: Desk) -> None:
    found = desk.searching().find(parse("tungsten in:paper"))
    excerpt = desk.searching().excerpt(found.groups[0].places[0], found)
    document = desk.document("paper")
    assert document is not None
    assert document.blocks[excerpt.block].kind == "table"
    assert ("tungsten", True) in excerpt.pieces


def test_a_document_without_words_of_its_own_shows_its_first_ones(desk: Desk) -> None:
    text = "---\nid: bare\nkind: briefing\ntitle: Bare\ndate: 2026-01-01\n---\n# Part\n\nFirst words here.\n"
    (desk.library.places.library / "bare.md").write_text(text, "utf-8")
    desk.upkeep.update()
    found = desk.searching().find(parse("bare kind:briefing"))
    excerpt = desk.searching().excerpt(found.groups[0].places[0], found)
    assert excerpt == ((("First words here.", False),), -1)


def test_the_full_text_keeps_up_with_the_files(desk: Desk) -> None:
    path = desk.library.places.library / "note.md"
    path.write_text("# A note\n\nOf molybdenum 钼.\n", "utf-8")
    desk.upkeep.update()
    assert ids(desk, "tungsten") == ["paper#bottom"]
    assert ids(desk, "钼") == ["note"]
    path.unlink()
    desk.upkeep.update()
    assert ids(desk, "钼") == []


def test_deleted_tables_are_made_again(desk: Desk) -> None:
    desk.index.connection.execute("DROP TABLE words")
    desk.index.connection.execute("DROP TABLE passages")
    desk.forget()
    assert ids(desk, "tungsten") == []
    desk.upkeep.update()
    desk.upkeep.prepare_figures()
    assert set(ids(desk, "tungsten")) == {"paper#bottom", "note#later"}
    assert desk.searching().find(parse("kind:indicator")).groups


def test_without_full_text_all_else_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: FullText) -> bool:
        return False

    monkeypatch.setattr(FullText, "make", refused)
    shelf = Shelf(tmp_path / "shelf", tmp_path / "index.db")
    shelf.put({"a.md": "# A\n\nText.\n"})
    assert shelf.ids() == {"a"}
    shelf.index.close()


def test_a_long_text_is_cut_and_stays_one_item() -> None:
    text = "# Long\n\n" + "\n\n".join(f"Paragraph {number} goes on and on and on." for number in range(400))
    document = parse_document(text.encode(), path="long.md", identity="long").document
    assert document is not None
    parts = list(passages_of(document))
    assert len(parts) > 3
    assert all(len(part.text) < LONGEST + 100 for part in parts)
    for part in parts:
        lines = part.text.split("\n")
        for number, line in enumerate(lines):
            if line and part.block + number >= 0:
                assert document.blocks[part.block + number].text in (line, "Long")


LETTERS = "ab法制1 -"
TEXTS = st.lists(st.text(LETTERS, max_size=12), min_size=1, max_size=6)


@given(TEXTS, st.text(LETTERS + '"', min_size=1, max_size=12))
def test_the_tables_find_what_the_language_means(texts: list[str], words: str) -> None:
    query = parse(words)
    connection = sqlite3.connect(":memory:", isolation_level=None)
    full = FullText(connection)
    assert full.make()
    for number, text in enumerate(texts, 1):
        full.put(number, [Passage(str(number), "note", 0, "", (), "", "", text)])
    for group in query.groups:
        found = {place.item for place in full.places(expression(group), ranked=True)}
        meant = {str(number) for number, text in enumerate(texts, 1) if holds_all(group, Facts("note", text))}
        assert found == meant
        assert all(list(full.places(each)) is not None for each in words_of(group))
    connection.close()


@example("", "-0")
@given(st.text(max_size=40), st.text(max_size=20))
def test_no_text_and_no_word_harms_the_tables(text: str, word: str) -> None:
    from briefings.search.query import QueryError
    from sources.text import clean

    connection = sqlite3.connect(":memory:", isolation_level=None)
    full = FullText(connection)
    full.make()
    full.put(1, [Passage("a", "note", 0, "", (), "", clean(text), clean(text))])
    try:
        groups = parse(word).groups
    except QueryError:
        groups = ()
    for group in groups:
        for place in full.places(expression(group), ranked=True):
            pieces = full.marked(place.number, " OR ".join(words_of(group)))
            assert "".join(piece for piece, _ in pieces) in ("", unjointed(jointed(clean(text))))
    full.drop(1)
    assert list(full.places('"\ue002any"')) == []
    connection.close()
