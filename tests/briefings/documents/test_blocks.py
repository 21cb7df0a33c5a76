"""Markdown becomes blocks, flat and in reading order."""

from __future__ import annotations

import pytest

from briefings.documents.model import Block, Document, Mark
from briefings.documents.parser import Parsed, parse

HEAD = "---\nkind: note\n---\n"


def read(text: str) -> Parsed:
    return parse((HEAD + text).encode(), path="x.md")


def document(text: str) -> Document:
    found = read(text).document
    assert found is not None
    return found


def blocks(text: str) -> list[Block]:
    return list(document(text).blocks)


def test_blocks_stand_in_reading_order_with_their_lines() -> None:
    found = blocks("# One\n\ntext\n\n- a\n  - b\n\n3. c\n4. d\n\n> q\n> > r\n\n---\n\n```py\nx = 1\n```\n")
    assert [(b.kind, b.text, b.level, b.marker, b.quote, b.line) for b in found] == [
        ("heading", "One", 1, "", 0, 4),
        ("paragraph", "text", 0, "", 0, 6),
        ("item", "a", 1, "-", 0, 8),
        ("item", "b", 2, "-", 0, 9),
        ("item", "c", 1, "3.", 0, 11),
        ("item", "d", 1, "4.", 0, 12),
        ("paragraph", "q", 0, "", 1, 14),
        ("paragraph", "r", 0, "", 2, 15),
        ("rule", "", 0, "", 0, 17),
        ("code", "x = 1", 0, "", 0, 19),
    ]


def test_further_paragraphs_of_an_item_have_a_blank_marker() -> None:
    assert [(b.kind, b.text, b.marker) for b in blocks("- a\n\n  b\n- c\n")] == [
        ("item", "a", "-"),
        ("item", "b", " "),
        ("item", "c", "-"),
    ]


@pytest.mark.parametrize(("text", "kind"), [("> # Quoted\n", "paragraph"), ("- # Listed\n", "item")])
def test_headings_inside_quotes_and_lists_are_strong_and_make_no_section(text: str, kind: str) -> None:
    found = document(f"# Real\n\n{text}\nafter\n")
    assert [section.id for section in found.sections] == ["real"]
    assert found.blocks[1].kind == kind
    assert found.blocks[1].spans[0].marks == Mark.STRONG


def test_raw_html_is_shown_as_text() -> None:
    assert [b.text for b in blocks("<div onclick='x'>\n<b>a</b>\n</div>\n")] == [
        "<div onclick='x'> <b>a</b> </div>"
    ]


class TestAttributes:
    def test_on_headings_paragraphs_and_items(self) -> None:
        found = blocks(
            "# A {#top since=2026}\n\npar {#p since=2026-05-15}\n\n- item {#i}\n- **bold** {since=2026-05}\n"
        )
        assert [(b.text, b.anchor, b.since) for b in found] == [
            ("A", "top", "2026"),
            ("par", "p", "2026-05-15"),
            ("item", "i", ""),
            ("bold", "", "2026-05"),
        ]

    def test_a_paragraph_of_its_own_names_the_block_before_it(self) -> None:
        found = blocks("| a |\n|---|\n| b |\n\n{#gaps since=2026}\n\ntext\n")
        assert [(b.kind, b.anchor, b.since) for b in found] == [
            ("table", "gaps", "2026"),
            ("paragraph", "", ""),
        ]

    def test_topics_narrow_a_section_and_those_in_it(self) -> None:
        found = document("# A {topic=risks}\n## B\n## C {topic=key-players,risks}\n# D\n")
        topics = {section.title: section.topics for section in found.sections}
        assert topics == {"A": ("risks",), "B": ("risks",), "C": ("key-players", "risks"), "D": ()}

    @pytest.mark.parametrize(
        "text",
        ["a {b}", "a {b=}", "a {colour=red}", "a {}", "a {#}", "a {#a #}", "`{#a}`", "a {#a} b", "a {#a#b}"],
    )
    def test_other_braces_stay_in_the_text(self, text: str) -> None:
        (block,) = blocks(text)
        assert block.text == text.strip("`")
        assert block.anchor == ""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("a {#b.c}", 'x.md:4: id "b.c" is no id; expected letters'),
            ("a {since=May}", 'x.md:4: date "May" is no date; expected YYYY'),
            ("# a {since=2026-02-30}", 'x.md:4: date "2026-02-30" is no date'),
            ("# a {topic=risk}", 'x.md:4: topic "risk" is unknown; expected risks'),
            ("a {topic=risks}", "x.md:4: topic stands behind a paragraph; expected behind a heading"),
            ("# a {#b}\n\nc {#B}", 'x.md:6: id "B" is held by line 4; expected one of its own'),
            ("# a {#b}\n# c {#b}", 'x.md:5: id "b" is used twice; expected one of its own'),
        ],
    )
    def test_what_is_wrong_in_them_is_named(self, text: str, expected: str) -> None:
        (fault,) = read(text).faults
        assert str(fault).startswith(expected)

    def test_a_date_that_is_none_folds_nothing(self) -> None:
        assert blocks("a {since=May}")[0].since == ""


class TestSections:
    def test_reach_to_the_next_heading_of_their_level(self) -> None:
        found = document("before\n\n# A\n\na\n\n## B\n\nb\n\n# C\n")
        assert [(s.id, s.first, s.own, s.last) for s in found.sections] == [
            ("a", 1, 3, 5),
            ("b", 3, 5, 5),
            ("c", 5, 6, 6),
        ]

    def test_equal_headings_get_ids_of_their_own(self) -> None:
        found = document("# A\n# A\n# A-2\n# A\n")
        assert [section.id for section in found.sections] == ["a", "a-2", "a-2-2", "a-3"]

    def test_an_id_that_is_written_goes_before_one_that_is_made(self) -> None:
        parsed = read("# Gap\n\n# Other {#gap}\n\n```claim\nid: other\nsays: x\n```\n")
        assert parsed.document is not None
        assert [section.id for section in parsed.document.sections] == ["gap-2", "gap"]
        assert parsed.faults == ()

    def test_chinese_headings_have_chinese_ids(self) -> None:
        assert document("# 法律之盾 与 货币\n").sections[0].id == "法律之盾-与-货币"


class TestTables:
    def test_rows_cells_and_alignment(self) -> None:
        (table,) = blocks("| a | b | c |\n|:--|--:|:-:|\n| 1 | **2** |\n")
        assert table.text == "a\tb\tc\n1\t2\t"
        assert table.align == ("left", "right", "center")

    @pytest.mark.parametrize("bar", ["|", r"\|"])
    def test_wiki_links_in_cells_keep_their_bar(self, bar: str) -> None:
        (table,) = blocks(f"| a | b |\n|---|---|\n| [[smic{bar}SMIC]] | [[#c1{bar}C1]] x |\n")
        assert table.text == "a\tb\nSMIC\tC1 x"
        links = [span.link.target for row in table.rows for cell in row for span in cell if span.link]
        assert links == ["smic", "#c1"]

    def test_bars_in_code_stay_as_they_were_written(self) -> None:
        found = blocks("```\n[[a|b]] [[a\\|b]]\n```\n\n`[[a|b]] [[a\\|b]]`\n")
        assert [block.text for block in found] == ["[[a|b]] [[a\\|b]]"] * 2

    def test_too_many_columns_are_left_out_and_said_so(self) -> None:
        parsed = read("|a" * 2000 + "|\n" + "|-" * 2000 + "|\n" + "|b" * 2000 + "|\n\nafter\n")
        assert parsed.document is not None
        table, after = parsed.document.blocks
        assert [len(row) for row in table.rows] == [50, 50]
        assert len(table.align) == 50
        assert after.text == "after"
        (fault,) = parsed.faults
        assert (
            str(fault) == "x.md:4: the table has 2,000 columns; expected at most 50, the others are left out"
        )
        assert fault.severity == "warning"


class TestFootnotes:
    def test_stand_at_the_end_and_are_linked(self) -> None:
        found = blocks("a[^law] b[^2] c[^law]\n\n[^2]: second\n[^law]: first *one*\n\nlast\n")
        assert [span.link.target for span in found[0].spans if span.link] == ["#fn-1", "#fn-2", "#fn-1"]
        assert found[0].text == "a[1] b[2] c[1]"
        assert [(b.marker, b.text, b.anchor) for b in found[2:]] == [
            ("[1]", "first one", "fn-1"),
            ("[2]", "second", "fn-2"),
        ]

    def test_belong_to_no_section_however_long_they_are(self) -> None:
        found = document("# A\n\nx[^1]\n\n[^1]: one\n\n    two\n\n    # three\n\n    - four\n")
        assert [(section.id, section.last) for section in found.sections] == [("a", 2)]
        assert [block.text for block in found.blocks[2:]] == ["one", "two", "three", "four"]

    def test_may_begin_with_code_and_hold_each_other(self) -> None:
        found = blocks("x[^1]\n\n[^1]:\n    ```\n    c\n    ```\n\n    y[^2]\n[^2]: z[^1]\n")
        assert [(b.kind, b.anchor) for b in found[1:]] == [
            ("code", "fn-1"),
            ("paragraph", ""),
            ("item", "fn-2"),
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "[^a]\n\n[^a]: [^b]: x\n",
            "[^a]\n\n[^a]: - x\n    [^b]: y\n",
            "- [^a]: x\n- [^a]\n",
            "> [^a]: x\n\n[^a]\n",
            "x^[y^[z]]\n",
            "[^a][^a]\n\n[^a]:\n",
        ],
    )
    def test_in_odd_places_break_nothing(self, text: str) -> None:
        assert blocks(text + "\nlast\n")


class TestDepth:
    def test_thirty_levels_of_lists_are_read(self) -> None:
        text = "".join("  " * depth + f"- l{depth}\n" for depth in range(30))
        parsed = read(text + "\nafter\n")
        assert parsed.document is not None
        assert [b.level for b in parsed.document.blocks] == [*range(1, 31), 0]
        assert parsed.faults == ()

    @pytest.mark.parametrize("mark", ["> ", "- ", "1. "])
    def test_what_is_deeper_is_text_and_nothing_after_it_is_lost(self, mark: str) -> None:
        parsed = read(mark * 200 + "deep\n\n# After\n\nlast\n")
        assert parsed.document is not None
        assert "deep" in parsed.document.blocks[0].text
        assert [b.text for b in parsed.document.blocks[-2:]] == ["After", "last"]
        (fault,) = parsed.faults
        assert str(fault).startswith("x.md:4: nested more than 30 levels deep; expected fewer")


def test_a_very_long_paragraph_goes_on_in_further_blocks() -> None:
    found = blocks("- " + "word " * 20_000 + "{#long}\n")
    assert [(b.marker, b.anchor) for b in found[:2]] == [("-", "long"), ("", "")]
    assert all(len(b.text) <= 20_000 for b in found)
    assert "".join(b.text for b in found) == ("word " * 20_000).strip()
