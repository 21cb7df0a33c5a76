"""What vaults write beyond Markdown: highlights, comments, callouts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.documents.model import Block, Mark
from briefings.documents.parser import parse
from sources.text import clean

LINES = st.sampled_from(
    ["word 词", "[[smic]] ==made== it", "- item", "# Head", "> quote", "", "| a | b |", "`==x==`", "==a %%b"]
)
PIECES = st.sampled_from(
    [*"[]()|*_`~!#> \nab中", "==", "==", "%%", "%%", "\n\n", "[[", "]]", "[!note]", "\n> ", "\n- ", "&#27;"]
)


def blocks(text: str) -> list[Block]:
    document = parse(text.encode(), path="note.md").document
    assert document is not None
    return list(document.blocks)


def spans(text: str) -> list[tuple[str, int]]:
    return [(span.text, int(span.marks)) for block in blocks(text) for span in block.spans]


def test_a_highlight_is_stressed_with_what_it_holds() -> None:
    assert spans("a ==高亮 **b**== c") == [
        ("a ", 0),
        ("高亮 ", Mark.EMPHASIS),
        ("b", Mark.EMPHASIS | Mark.STRONG),
        (" c", 0),
    ]
    (block,) = blocks("==see [[smic]]==")
    assert [span.link.target for span in block.spans if span.link] == ["smic"]


@pytest.mark.parametrize("text", ["a == b and c == d", "==open", "== a==", "==a ==", "====", "x `==y==`"])
def test_what_is_no_highlight_stays_as_it_is_written(text: str) -> None:
    assert "".join(word for word, _ in spans(text)) == text.replace("`", "")
    assert not any(marks & Mark.EMPHASIS for _, marks in spans(text))


def test_a_comment_is_no_part_of_what_is_read() -> None:
    assert spans("before %%not [[this]]%%after") == [("before after", 0)]
    assert [(block.text, block.line) for block in blocks("a\n\n%%\n# b\n\nc\n%%\n\nd\n\n%% e %%\n")] == [
        ("a", 1),
        ("d", 9),
    ]
    assert [block.text for block in blocks("- a\n  %%\n  b\n  %%\n- c\n")] == ["a", "c"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("100 %% of it", "100 %% of it"),
        ("%%", "%%"),
        ("%%\nnever closed", "%% never closed"),
        ("`%%x%%`", "%%x%%"),
        ("%%a\nb%% c", " c"),
        ("%%a\n\nb%% c", "%%ab%% c"),
    ],
)
def test_no_word_is_lost_where_no_comment_is_closed(text: str, shown: str) -> None:
    assert "".join(block.text for block in blocks(text)) == shown


def test_code_is_as_it_is_written() -> None:
    assert [block.text for block in blocks("```\n%%\n==x==\n%%\n```\n\n    %%y%%\n")] == [
        "%%\n==x==\n%%",
        "%%y%%",
    ]


def test_a_callout_is_a_quotation_with_its_kind_and_title_strong_in_the_first_line() -> None:
    first, second = blocks("> [!warning]- Mind *the* gap 缺口\n> so it\n> goes\n>\n> on\n")
    assert [(span.text, int(span.marks)) for span in first.spans] == [
        ("Warning: ", Mark.STRONG),
        ("Mind ", Mark.STRONG),
        ("the", Mark.STRONG | Mark.EMPHASIS),
        (" gap 缺口", Mark.STRONG),
        ("\n", 0),
        ("so it goes", 0),
    ]
    assert (first.quote, first.line, second.text, second.line) == (1, 1, "on", 5)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("> [!tip]\n> only this", "Tip\nonly this"),
        ("> [!note]", "Note"),
        ("> a\n> [!note] b", "a [!note] b"),
        ("> [note] b", "[note] b"),
        ("[!note] b", "[!note] b"),
        ("> > [!quote]+ Deep\n> > in", "Quote: Deep\nin"),
    ],
)
def test_a_quotation_begins_a_callout_or_is_none(text: str, shown: str) -> None:
    assert [block.text for block in blocks(text)] == [shown]


def test_documents_of_a_kind_keep_their_signs() -> None:
    head = "---\nkind: entity\ntitle: E\n---\n"
    assert spans(f"{head}a ==b== %%c%%") == [("a ==b== %%c%%", 0)]


@given(st.lists(st.one_of(LINES, st.lists(LINES, max_size=4)), max_size=12))
def test_a_comment_stands_in_the_text_as_blank_lines_would(parts: list[str | list[str]]) -> None:
    """Links, lines and blocks of the rest are where they would be without it."""
    with_comments, without = [], []
    for part in parts:
        inside = [part] if isinstance(part, str) else [line.replace("%%", "") for line in part]
        is_comment = not isinstance(part, str)
        with_comments += ["", "%%", *inside, "%%", ""] if is_comment else [*inside, ""]
        without += [""] * (len(inside) + 4) if is_comment else [*inside, ""]
    assert blocks("\n".join(with_comments)) == blocks("\n".join(without))


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_gives_clean_spans_and_lines_in_order(text: str) -> None:
    found = blocks(clean(text))
    assert [block.line for block in found] == sorted(block.line for block in found)
    for span in (span for block in found if block.kind != "code" for span in block.spans):
        assert span.text
        assert clean(span.text) == span.text
