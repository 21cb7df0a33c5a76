"""Where links lead."""

from __future__ import annotations

import sqlite3

import pytest

from briefings.library.index import LinkRow
from briefings.library.links import back_links, back_links_on, forward_links
from tests.briefings.conftest import Shelf

HUAWEI = """\
---
id: huawei
kind: entity
name: Huawei
title: Huawei Technologies
aliases: [华为, HW]
---
# Role
"""
CHINA = """\
---
id: china
former_ids: [old-china]
kind: briefing
title: China
---
# Bottom line {#bottom-line}

## 法律之盾

```claim
id: c10
says: x
```

| a |
|---|
| b |

{#gaps}

x[^1]

[^1]: n
"""


@pytest.fixture
def library(shelf: Shelf) -> Shelf:
    shelf.put(
        {
            "entities/huawei.md": HUAWEI,
            "briefings/china.md": CHINA,
            "notes/My Note.md": "# A heading\n\ntext ^abc\n",
        }
    )
    return shelf


@pytest.mark.parametrize(
    ("target", "item"),
    [
        ("huawei", "huawei"),
        ("HUAWEI", "huawei"),
        ("Ｈuawei", "huawei"),
        ("华为", "huawei"),
        ("hw", "huawei"),
        ("Huawei Technologies", "huawei"),
        ("entities/huawei", "huawei"),
        ("/entities/huawei.md", "huawei"),
        ("huawei.md#role", "huawei#role"),
        ("华为#Role", "huawei#role"),
        ("old-china", "china"),
        ("old-china#c10", "china#c10"),
        ("china#bottom-line", "china#bottom-line"),
        ("china#法律之盾", "china#法律之盾"),
        ("china#gaps", "china#gaps"),
        ("china#fn-1", "china#fn-1"),
        ("china#Bottom line#法律之盾", "china#法律之盾"),
        ("c10", "china#c10"),
        ("gaps", "china#gaps"),
        ("my note", "my-note"),
        ("My  Note#A heading", "my-note#a-heading"),
        ("My Note#^abc", "my-note#abc"),
        ("My Note#gone", "my-note"),
        ("china#gone", ""),
        ("gone", ""),
        ("a heading", ""),
        ("", ""),
        ("#", ""),
        ("china#", "china"),
    ],
)
def test_a_target_means_an_item(library: Shelf, target: str, item: str) -> None:
    assert library.resolve(target) == item


@pytest.mark.parametrize(
    ("target", "item"),
    [
        ("#c10", "china#c10"),
        ("#BOTTOM-LINE", "china#bottom-line"),
        ("../entities/huawei.md", "huawei"),
        ("#gone", ""),
    ],
)
def test_a_target_is_seen_from_the_document_it_stands_in(library: Shelf, target: str, item: str) -> None:
    assert library.resolve(target, "china") == item


def test_a_short_id_works_only_where_it_is_unique(library: Shelf) -> None:
    library.put({"other.md": CHINA.replace("id: china", "id: other").replace("old-china", "older")})
    assert library.resolve("c10") == ""
    assert library.resolve("c10", "other") == "other#c10"
    assert library.resolve("china#c10", "other") == "china#c10"


def test_claims_in_notes_have_short_ids_and_headings_in_notes_have_none(shelf: Shelf) -> None:
    shelf.put({"a.md": "---\nkind: note\n---\n# Ideas\n\n```claim\nid: c1\nsays: x\n```\n"})
    assert (shelf.resolve("c1"), shelf.resolve("ideas")) == ("a#c1", "")


def test_an_id_goes_before_a_former_id_an_alias_and_a_file_name(shelf: Shelf) -> None:
    named = "---\nid: {}\nkind: note\nformer_ids: [{}]\naliases: [{}]\n---\n"
    shelf.put(
        {
            "x.md": named.format("a", "b", "c"),
            "y.md": named.format("b", "c", "d"),
            "z.md": named.format("c", "d", "x"),
        }
    )
    assert [shelf.resolve(name) for name in "abcdxyz"] == ["a", "b", "c", "c", "c", "b", "c"]


def test_a_note_of_the_whole_name_goes_before_a_section_whichever_comes_first(shelf: Shelf) -> None:
    links = ("C# notes", "C#notes", "芯 C# notes", "x/C# notes#深", "C# notes.md", "C#gone", "C# notes#gone")
    shelf.put({
        "from.md": " ".join(f"[[{link}]]" for link in links),
        "C.md": "# C\n\n## notes\n", "芯 C.md": "## notes\n",
    })  # fmt: skip
    section = ("c#notes", "c#notes", "芯-c#notes", "", "c", "c", "c")
    assert shelf.lead("from") == dict(zip(links, section, strict=True))
    shelf.put({"x/C# notes.md": "# 深\n", "芯 C# notes.md": ""})
    whole = ("c-notes", "c#notes", "芯-c-notes", "c-notes#深", "c-notes", "c", "c-notes")
    assert shelf.lead("from") == dict(zip(links, whole, strict=True))
    shelf.remove("x/C# notes.md")
    assert shelf.lead("from")["C# notes"] == "c#notes"


def test_paths_start_at_the_folder_of_the_document(shelf: Shelf) -> None:
    shelf.put({
        "c.md": "top", "a/c.md": "in a", "b/c.md": "in b",
        "a/from.md": "[x](c.md) [y](../b/c.md) [z](/c.md) [w](./c.md)",
    })  # fmt: skip
    assert shelf.lead("from") == {"c.md": "a/c", "../b/c.md": "b/c", "/c.md": "c", "./c.md": "a/c"}


def test_a_shared_name_means_the_one_of_the_same_folder(shelf: Shelf) -> None:
    shelf.put({"a/c.md": "", "b/c.md": "", "b/from.md": "[[c]]"})
    assert shelf.lead("from") == {"c": "b/c"}


def test_back_links_and_forward_links(library: Shelf) -> None:
    library.put(
        {"n1.md": "# One\n\n[[huawei]] [[huawei]] [[china#c10]]\n", "n2.md": "[[n1#one]] [[n2]] [[华为]]\n"}
    )
    item = library.index.item
    huawei, one, first = item("huawei"), item("n1#one"), item("n1")
    assert huawei is not None
    assert one is not None
    assert first is not None
    assert [(n.item.id, n.source.id) for n in back_links(library.index, huawei)] == [
        ("n1#one", "n1#one"),
        ("n2", "n2"),
    ]
    assert [n.item.id for n in forward_links(library.index, one)] == ["huawei", "china#c10"]
    assert [n.item.id for n in forward_links(library.index, first)] == ["huawei", "china#c10"]
    assert [n.item.id for n in back_links(library.index, one)] == ["n2"]


def test_back_links_on_an_indicator_are_links_figures_and_tests(shelf: Shelf) -> None:
    shelf.put({
        "paper.md": """---
id: paper
kind: briefing
title: Paper
---
# Text

It grew by {{ mean(cn.m2_yoy, 2023) - cn.m1_yoy:old }}, not 4.8 or cn.m2_yoy in words.

# Table

| of | is |
|---|---|
| M2 | {{ last(cn.m2_yoy) }} |

```claim
id: k1
says: M2 grew
test: cn.m2_yoy > 5 and last(cn.gap) < 3
```
""",
        "note.md": "# N\n\nOn [[cn.m2_yoy]], with `{{ cn.gap }}` and {{ cn.gap }} as plain text.\n",
    })  # fmt: skip

    def on(series: str) -> list[str]:
        return [neighbour.item.id for neighbour in back_links_on(shelf.index, series)]

    assert on("cn.m2_yoy") == ["note#n", "paper#text", "paper#table", "paper#k1"]
    assert on("cn.m1_yoy") == ["paper#text"]
    assert on("cn.gap") == ["paper#k1"]
    assert on("cn.m2") == []
    shelf.remove("paper.md")
    assert on("cn.m2_yoy") == ["note#n"]


def test_rings_of_links_end(shelf: Shelf) -> None:
    shelf.put({"a.md": "[[a]] [[b]]", "b.md": "[[a]]"})
    assert shelf.lead("a") == {"a": "a", "b": "b"}
    a = shelf.index.item("a")
    assert a is not None
    assert [n.item.id for n in back_links(shelf.index, a)] == ["b"]
    assert [n.item.id for n in forward_links(shelf.index, a)] == ["b"]


def test_of_a_document_the_first_link_to_each_item_counts(shelf: Shelf) -> None:
    text = "\n\n".join(f"# {n}\n\n[[{n * 7 % 5}]] [[missing]] [[{n * 3 % 4}]]" for n in range(12))
    shelf.put({"a.md": text, **{f"{n}.md": "" for n in range(6)}})
    first: dict[str, LinkRow] = {}
    for row in shelf.index.links_from("a"):
        if row.item:
            first.setdefault(row.item, row)
    assert set(first) == {"0", "1", "2", "3", "4"}
    assert shelf.index.first_links_from("a") == list(first.values())
    assert shelf.index.first_links_from("0") == []


def test_opening_a_long_document_reads_as_much_as_opening_a_short_one(shelf: Shelf) -> None:
    part = "## Part\n\ntext [[b]]\n\n"
    shelf.put({"short.md": part * 200, "long.md": part * 5_000, "b.md": ""})
    read = {name: _read_when_opened(shelf, name) for name in ("short", "long")}
    assert read["long"] == read["short"]


def _read_when_opened(shelf: Shelf, name: str) -> int:
    """How many values SQLite hands over while the first block, the length and the links are asked for."""
    index = shelf.index
    values = 0

    def count(cursor: sqlite3.Cursor, row: tuple[object, ...]) -> tuple[object, ...]:
        nonlocal values
        values += sum(len(str(value)) // 10_000 + 1 for value in row)
        return row

    index.connection.row_factory = count
    document, item = index.document(name), index.item(name)
    assert document is not None
    assert item is not None
    assert document.blocks[0].text == "Part"
    assert len(document.blocks) == 2 * len(document.sections)
    assert [neighbour.item.id for neighbour in forward_links(index, item)] == ["b"]
    index.connection.row_factory = None
    return values
