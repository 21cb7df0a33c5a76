"""Inline Markdown: marks, links, figures, breaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.documents.model import Link, Mark, Span
from briefings.documents.spans import parse_spans
from sources.text import clean


def text(markdown: str) -> str:
    return "".join(span.text for span in parse_spans(markdown))


def links(markdown: str) -> list[tuple[str, str, str]]:
    return [(s.text, s.link.kind, s.link.target) for s in parse_spans(markdown) if s.link]


def test_marks_add_up() -> None:
    spans = parse_spans("a **b *c* `d`** ~~e~~")
    assert [(span.text, span.marks) for span in spans] == [
        ("a ", 0),
        ("b ", Mark.STRONG),
        ("c", Mark.STRONG | Mark.EMPHASIS),
        (" ", Mark.STRONG),
        ("d", Mark.STRONG | Mark.CODE),
        (" ", 0),
        ("e", Mark.STRUCK),
    ]


@pytest.mark.parametrize(
    ("markdown", "shown", "target"),
    [
        ("[[huawei]]", "huawei", "huawei"),
        ("[[smic|SMIC's 7 nm]]", "SMIC's 7 nm", "smic"),
        (r"[[smic\|SMIC]]", "SMIC", "smic"),
        ("[[china-legal-shield#risks]]", "china-legal-shield › risks", "china-legal-shield#risks"),
        ("[[#c10|C10]]", "C10", "#c10"),
        ("[[#c10]]", "c10", "#c10"),
        ("[[华为]]", "华为", "华为"),
        ("[[notes/a b.md#one#two]]", "notes/a b.md › one › two", "notes/a b.md#one#two"),
        ("[[a|b|c]]", "b|c", "a"),
        ("[[ a | b ]]", "b", "a"),
        ("![[other note]]", "other note", "other note"),
        ("[t](#gap-2023)", "t", "#gap-2023"),
        ("[t](../b/c%20d.md#e)", "t", "../b/c d.md#e"),
        ("[t](<a b.md>)", "t", "a b.md"),
        ("[**t**](华为.md)", "t", "华为.md"),
    ],
)
def test_links_to_items(markdown: str, shown: str, target: str) -> None:
    assert links(markdown) == [(shown, "item", target)]


@pytest.mark.parametrize("address", ["https://a.b/c?d=e", "http://a.b", "mailto:a@b.c", "HTTPS://A.B/"])
def test_links_to_addresses(address: str) -> None:
    ((shown, kind, target),) = links(f"[t]({address})")
    assert (shown, kind) == ("t", "url")
    assert target.lower() == address.lower()


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "//evil.example/x",
        "command:x",
        "&#106;avascript:x",
        "ssh://a",
        "C:/x.md",
    ],
)
def test_other_schemes_lead_nowhere(address: str) -> None:
    assert links(f"[t]({address})") == []
    assert links(f"[t](<{address}>)") == []
    assert links(f"![t]({address})") == []
    assert "t" in text(f"[t]({address})")


@pytest.mark.parametrize(
    "markdown", ["[[]]", "[[ ]]", "[[#]]", "[[|a]]", "[[a", "[[a\nb]]", "[x]", "{{ }}", "{{a"]
)
def test_what_is_no_link_stays_as_it_was_written(markdown: str) -> None:
    assert links(markdown) == []
    assert text(markdown) == markdown.replace("\n", " ")


def test_figures_are_links_to_what_they_show() -> None:
    assert parse_spans("is {{ last(cn.m2_gap) }}.") == (
        Span("is "),
        Span("last(cn.m2_gap)", 0, Link("figure", "last(cn.m2_gap)")),
        Span("."),
    )


def test_images_are_words_and_load_nothing() -> None:
    assert parse_spans("![a *cat*](cat.png)") == (Span("[a *cat*]"),)
    assert parse_spans("![](https://a.b/c.png)") == (Span("[image]", 0, Link("url", "https://a.b/c.png")),)
    assert parse_spans("![[x.png|300]]") == (Span("x.png", Mark.QUIET),)


@pytest.mark.parametrize(
    "markup", ["[/]", "[sic]", "[@click=app.quit]", ":smile:", "<b>bold</b>", "<!-- x -->", "a_b_c"]
)
def test_what_looks_like_markup_is_shown_letter_for_letter(markup: str) -> None:
    assert parse_spans(f"a {markup} b") == (Span(f"a {markup} b"),)


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("one\ntwo", "one two"),
        ("货币\n供应", "货币供应"),
        ("货币，\n供应", "货币，供应"),
        ("ひら\nがな", "ひらがな"),
        ("M2\n货币", "M2 货币"),
        ("货币\nM2", "货币 M2"),
        ("한국\n어", "한국 어"),
        ("**货币**\n供应", "货币供应"),
        ("one  \ntwo", "one\ntwo"),
        ("货币\\\n供应", "货币\n供应"),
    ],
)
def test_chinese_lines_are_joined_without_a_blank(lines: str, joined: str) -> None:
    assert text(lines) == joined


@pytest.mark.parametrize("text_of", ["e\u0301", "👩‍👩‍👧", "مرحبا", "नमस्ते", "A\u200db"])
def test_letters_of_any_script_stay_as_they_are(text_of: str) -> None:
    assert text(text_of) == text_of


@pytest.mark.parametrize(
    "entity", ["&#x202e;", "&#12;", "&#27;", "&#xfeff;", "&#13;", "&#10;", "&#x2028;", "&#0;"]
)
def test_entities_bring_in_no_control_characters(entity: str) -> None:
    shown = text(f"a {entity} b")
    assert clean(shown) == shown
    assert "\n" not in shown


def test_escapes_in_a_target_bring_in_no_control_characters() -> None:
    ((_, _, target),) = links("[t](%1b%5d52%0a.md)")
    assert clean(target) == target
    assert "\n" not in target


pieces = st.sampled_from(
    [*"[]()|{}*_`~!^#<>&;\\ \nab中", "[[", "]]", "{{", "}}", "[^1]", "https://", "\ufdd0", "&#27;"]
)


@given(st.lists(pieces, max_size=40).map("".join))
def test_spans_are_never_empty_and_always_clean(markdown: str) -> None:
    for span in parse_spans(clean(markdown)):
        assert span.text
        assert clean(span.text) == span.text
        assert not span.link or clean(span.link.target) == span.link.target


def test_a_mark_of_direction_stays_where_its_paragraph_has_letters_that_need_it() -> None:
    assert text("**שלום**\u200f! &rlm;") == "שלום\u200f! \u200f"
    assert text("from &rlm;1.2 .. &#x61c;5.6") == "from \ufffd1.2 .. \ufffd5.6"
    assert [(span.text, span.marks) for span in parse_spans("a **b&rlm;** c")] == [
        ("a ", 0),
        ("b\ufffd", Mark.STRONG),
        (" c", 0),
    ]
