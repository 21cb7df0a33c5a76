"""The items of a document and the links it holds."""

from __future__ import annotations

from briefings.documents.items import items_of, links_in, references_of
from briefings.documents.model import Document
from briefings.documents.parser import parse

TEXT = """\
---
id: x
kind: briefing
title: T
title_zh: 题
topics: [risks]
---
Intro with [[a]].

# Shield {#shield topic=legal-shield}

See [[b]] and [the web](https://c.d) and {{ last(cn.m2) }}.[^1]

| head |
|------|
| [[c\\|C]] |

{#gaps}

```claim
id: c1
says: It does
title: Short
title_zh: 短
about: [d]
cause: e
note: See [[f]].
```

A line to link to. {#line}

[^1]: Note with [[g]].
"""


def document(text: str = TEXT) -> Document:
    found = parse(text.encode(), path="x.md").document
    assert found is not None
    return found


def test_everything_with_an_id_is_an_item() -> None:
    found = [(item.id, item.kind, item.title, item.title_zh, item.topics) for item in items_of(document())]
    assert found == [
        ("x", "briefing", "T", "题", ("risks",)),
        ("x#shield", "section", "Shield", "", ("legal-shield",)),
        ("x#gaps", "table", "gaps", "", ("legal-shield",)),
        ("x#c1", "claim", "Short", "短", ("legal-shield",)),
        ("x#line", "section", "A line to link to.", "", ("legal-shield",)),
        ("x#fn-1", "footnote", "Note [1]", "", ()),
    ]


def test_items_say_where_they_stand() -> None:
    whole = document()
    for item in items_of(whole)[1:]:
        assert whole.blocks[item.block].anchor == item.short
        assert whole.blocks[item.block].line == item.line


def test_links_belong_to_the_innermost_item_around_them() -> None:
    assert [(link.source, link.target) for link in references_of(document())] == [
        ("x", "a"),
        ("x#shield", "b"),
        ("x#shield", "cn.m2"),
        ("x#shield", "#fn-1"),
        ("x#gaps", "c"),
        ("x#c1", "d"),
        ("x#c1", "e"),
        ("x#c1", "f"),
        ("x#fn-1", "g"),
    ]


def test_all_kinds_of_links_of_a_block() -> None:
    kinds = [link.kind for block in document().blocks for link in links_in(block)]
    assert kinds.count("url") == 1
    assert kinds.count("figure") == 1


def test_instruments_lead_to_their_issuer_and_to_what_they_replace() -> None:
    found = document("---\nid: i\nkind: instrument\nissuer: council\nreplaces: [old]\n---\n")
    assert [link.target for link in references_of(found)] == ["council", "old"]


def test_the_first_words_are_the_summary_of_what_has_none() -> None:
    (item,) = items_of(document("plain note\n"))
    assert item.summary == "plain note"


def test_equal_ids_make_one_item() -> None:
    items = items_of(document("---\nkind: note\n---\n# A {#a}\n\nb {#a}\n"))
    assert [item.id for item in items] == ["x", "x#a"]


def test_a_long_line_that_is_linked_to_is_named_by_its_first_words() -> None:
    text = f"{'letters ' * 12}{{#words}}\n\n{'字' * 80} {{#han}}\n\n{'x' * 60} {{#fits}}\n"
    document = parse(f"---\nid: x\nkind: briefing\n---\n{text}".encode(), path="x.md").document
    assert document is not None
    titles = {item.short: item.title for item in items_of(document)}
    assert titles["words"] == f"{'letters ' * 6}letters⋯"
    assert titles["han"] == f"{'字' * 59}⋯"
    assert titles["fits"] == "x" * 60
