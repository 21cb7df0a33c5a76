"""Who says what about an item, and how two items hang together."""

from __future__ import annotations

from collections import deque

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefings.documents.model import Item
from briefings.library.paths import Graph
from tests.briefings.conftest import Shelf

NOTES = {
    "a.md": "# A\n\nFirst. Then [[b]] follows; and [[b|again]].\n\n"
    "| x | y |\n|---|---|\n| of | [[c|see C]] |\n",
    "b.md": "# B\n\nB links to [[d]].\n",
    "c.md": "# C\n\nNothing.\n",
    "d.md": "# D\n\nD 说 [[e]] 在此。\n",
    "e.md": "# E\n\nEnd.\n",
    "alone.md": "# Alone\n\nBy itself.\n",
}
BRIEFING = """---
id: paper
kind: briefing
title: Paper
date: 2026-01-01
---
# One {#one}
About [[c]].

# Two {#two}
About [[e]].

```claim
id: k1
says: C made E
about: [c, e]
```
"""


def item(shelf: Shelf, name: str) -> Item:
    found = shelf.index.item(name)
    assert found is not None
    return found


def way(shelf: Shelf, start: str, end: str) -> list[str] | None:
    """The ends of the steps between two items."""
    edges = Graph(shelf.index).way(start, end)
    return None if edges is None else [edge.end for edge in edges]


def test_each_place_is_told_with_its_sentence(shelf: Shelf) -> None:
    shelf.put({**NOTES, "paper.md": BRIEFING})
    graph = Graph(shelf.index)
    (of_b,) = graph.sayings(item(shelf, "b"))
    assert "".join(text for text, _ in of_b.pieces) == "First. Then B follows; and again."
    assert [text for text, marked in of_b.pieces if marked] == ["B", "again"]
    told = {
        saying.source.id: "".join(text for text, _ in saying.pieces)
        for saying in graph.sayings(item(shelf, "c"))
    }
    assert told["a#a"] == "of   see C"
    assert told["paper#one"] == "About C."
    assert told["paper#k1"] == "C made E"


def test_what_is_said_of_an_indicator(shelf: Shelf) -> None:
    shelf.put({"n.md": "# N\n\nSee [[cn.m2_yoy|M2]] for more.\n"})
    (saying,) = Graph(shelf.index).sayings_on("cn.m2_yoy")
    assert saying.source.id == "n#n"
    assert ("M2", True) in saying.pieces


def test_a_figure_in_a_sentence_about_its_indicator_shows_its_value(shelf: Shelf) -> None:
    head = "---\nkind: briefing\ntitle: P\n---\n"
    shelf.put({"p.md": head + "It was {{ last(cn.m2_yoy) }} and {{ cn.m1_yoy }}.\n"})
    values = {"last(cn.m2_yoy)": "7.5 % 2026-08"}
    (saying,) = Graph(shelf.index, figure=values.get).sayings_on("cn.m2_yoy")
    assert ("7.5 % 2026-08", True) in saying.pieces
    assert "".join(text for text, _ in saying.pieces) == "It was 7.5 % 2026-08 and cn.m1_yoy."


def test_issuer_and_predecessor_are_said_too(shelf: Shelf) -> None:
    shelf.put({
        "law.md": "---\nid: law\nkind: instrument\ntitle: Law\nissuer: court\nreplaces: [old]\n---\nText.\n",
        "court.md": "---\nid: court\nkind: entity\ntitle: The Court\n---\nText.\n",
        "old.md": "---\nid: old\nkind: instrument\ntitle: Old law\n---\nText.\n",
    })  # fmt: skip
    graph = Graph(shelf.index)
    assert graph.sayings(item(shelf, "court"))[0].pieces == (("Issued by ", False), ("The Court", True))
    assert graph.sayings(item(shelf, "old"))[0].pieces == (("Replaces ", False), ("Old law", True))


def test_the_shortest_way_goes_along_links_and_against_them(shelf: Shelf) -> None:
    shelf.put(NOTES)
    assert way(shelf, "a", "e") == ["b", "d", "e"]
    assert way(shelf, "c", "e") == ["a", "b", "d", "e"]
    assert way(shelf, "e", "a") == ["d", "b", "a"]
    assert way(shelf, "a", "a") == []
    assert way(shelf, "a", "alone") is None
    steps = Graph(shelf.index).shown(Graph(shelf.index).way("b", "a") or ())
    assert [(step.item.id, step.forward) for step in steps] == [("a", False)]
    assert "".join(text for text, _ in steps[0].pieces) == "First. Then B follows; and again."


def test_a_statement_joins_and_a_briefing_only_where_nothing_else_does(shelf: Shelf) -> None:
    shelf.put({"c.md": NOTES["c.md"], "e.md": NOTES["e.md"], "paper.md": BRIEFING})
    assert way(shelf, "c", "e") == ["paper#k1", "e"]
    shelf.put({"paper.md": BRIEFING.partition("```")[0]})
    assert way(shelf, "c", "e") == ["paper#one", "paper", "paper#two", "e"]


def test_the_items_around_are_a_tree(shelf: Shelf) -> None:
    shelf.put(NOTES)
    tree = Graph(shelf.index).around(item(shelf, "b"), (5, 5))
    assert [(near.item.id, [far.item.id for far in near.around]) for near in tree.around] == [
        ("d", ["e"]),
        ("a", ["c"]),
    ]
    assert len(Graph(shelf.index).around(item(shelf, "b"), (1,)).around) == 1


NAMES = "abcdefg"
LINKS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=14)


@given(LINKS)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_way_is_shorter(shelf: Shelf, links: list[tuple[str, str]]) -> None:
    shelf.put(
        {
            f"{name}.md": f"# {name}\n\n" + " ".join(f"[[{b}]]" for a, b in links if a == name)
            for name in NAMES
        }
    )
    near = {name: {b for a, b in links if a == name} | {a for a, b in links if b == name} for name in NAMES}
    far = {"a": 0}
    waiting = deque("a")
    while waiting:
        name = waiting.popleft()
        for other in near[name] - far.keys():
            far[other] = far[name] + 1
            waiting.append(other)
    for name in NAMES:
        found = way(shelf, "a", name)
        assert (len(found) if found is not None else None) == far.get(name)
