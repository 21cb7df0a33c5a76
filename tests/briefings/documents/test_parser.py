"""Whatever the bytes are, the parser gives a document or says what is wrong, and text stays text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.documents.model import Document
from briefings.documents.parser import Parsed, parse
from briefings.library.folders import Folder, bundled_folder, scan
from sources.text import clean

HEAD = "---\nid: x\nkind: briefing\ntitle: T\n---\n"


def read(text: str) -> Document:
    document = parse(text.encode(), path="x.md").document
    assert document is not None
    return document


def words(parsed: Parsed) -> str:
    return "\n".join(block.text for block in parsed.document.blocks) if parsed.document else ""


def assert_sound(parsed: Parsed) -> None:
    """Faults have lines; all text is clean; sections lie within the blocks; table rows are not too wide."""
    assert parsed.document or parsed.faults
    assert all(fault.line >= 1 and clean(str(fault)) == str(fault) for fault in parsed.faults)
    if document := parsed.document:
        assert document.id
        assert document.title
        assert clean(words(parsed)) == words(parsed)
        for section in document.sections:
            assert document.blocks[section.first].kind == "heading"
            assert section.first < section.own <= section.last <= len(document.blocks)
        assert all(len(row) <= 50 for block in document.blocks for row in block.rows)


@given(st.binary(max_size=400))
def test_any_bytes_give_a_sound_document_or_faults(body: bytes) -> None:
    assert_sound(parse(body, path="x.md"))


@given(st.text(st.characters(), max_size=200))
def test_any_text_in_a_briefing_stays_text(text: str) -> None:
    assert_sound(parse((HEAD + text).encode(errors="surrogatepass"), path="x.md"))


lines = st.sampled_from(
    [
        "",
        "# A",
        "## A {#a}",
        "text [[a|b]] {{ x }} [^1]",
        "- item",
        "  - inner {since=2026}",
        "> quoted",
        ">> deep",
        "1. one",
        "| a | b |",
        "|---|--:|",
        "| [[c\\|d]] |",
        "[^1]: note",
        "    more",
        "```",
        "```claim",
        "id: a",
        "says: b",
        "---",
        "===",
        "{#name}",
        "x^[y]",
        "<b>",
        "![[e.png]]",
        "[l](m.md#n)",
        "中文",
        "\t- tab",
        "{topic=risks}",
        "* * *",
    ]
)
fronts = st.sampled_from(
    ["", HEAD, "---\nkind: [\n---\n", "---\ntags: a\n---\n", "---\n", "---\nkind: note\ndate: x\n---\n"]
)


@settings(max_examples=300)
@given(fronts, st.lists(lines, max_size=30).map("\n".join))
def test_any_markdown_gives_a_sound_document(front: str, text: str) -> None:
    assert_sound(parse((front + text).encode(), path="x.md"))


HOSTILE = {
    "brackets": "[" * 10_000,
    "double brackets": "[[" * 10_000,
    "images": "![" * 5000,
    "nested links": "[" * 5000 + "](b)" * 5000,
    "open links": "[a](" * 5000,
    "bars": "[[" + "|" * 200_000,
    "braces": "{{" * 50_000,
    "ids in braces": "a {" + "#a" * 50_000,
    "blanks": "a" + " " * 200_000 + "b",
    "stars": "**a " * 10_000,
    "underscores": "*_" * 5000,
    "backticks": " ".join("`" * n for n in range(1, 300)),
    "quotes": "> " * 10_000 + "a",
    "lists": "- " * 10_000 + "a",
    "numbers": "1. " * 10_000 + "a",
    "one list under the other": "\n".join(" " * 2 * n + "- a" for n in range(300)),
    "equal headings": "# a\n" * 10_000,
    "equal ids": "# a {#a}\n" * 5000,
    "equal underlined headings": "a\n=\n" * 5000,
    "references": "[a\n" * 10_000,
    "definitions": "[a]: b\n" * 10_000,
    "footnotes": "".join(f"[^{n}] " for n in range(3000))
    + "\n\n"
    + "".join(f"[^{n}]: x\n" for n in range(3000)),
    "footnotes in footnotes": "^[a" * 3000 + "]" * 3000,
    "footnotes in rings": "[^a]\n\n[^a]: [^b]\n[^b]: [^a] [^b]\n",
    "unclosed fences": "```\n" * 9999,
    "unclosed statement": "```claim\nid: a\n" + "says: b\n" * 5000,
    "statements": "```claim\nid: a\nsays: b\n```\n" * 500,
    "wide table": "|a" * 5000 + "|\n" + "|-" * 5000 + "|\n" + "|b" * 5000 + "|\n",
    "long table": "|a|b|\n|-|-|\n" + "|c|\n" * 5000,
    "one line": "word " * 50_000,
    "one word": "a" * 1_000_000,
    "Chinese lines": "中\n" * 20_000,
    "controls": "\x00\x1b]52;c;x\x07\x9b2J\u202e\u2066\ufeff\ufdd0\ufdd1\ufdd2" * 500,
    "html": "<script>alert(1)</script>\n" * 3000,
}


@pytest.mark.timeout(30)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_documents_are_read_in_time_that_grows_with_their_length(text: str) -> None:
    parsed = parse((HEAD + text + "\n\nlast words\n").encode(), path="x.md")
    assert_sound(parsed)
    assert words(parsed)


@pytest.mark.parametrize(
    "opening", ["[" * 500, "**a " * 50, "{{" * 50, "<b>" * 50, "> " * 100, "- " * 100, "| a" * 30]
)
def test_what_is_never_closed_loses_no_text(opening: str) -> None:
    assert words(parse(f"{HEAD}{opening} end".encode(), path="x.md")).endswith("end")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_endings_and_byte_order_marks_make_no_difference(ending: str, mark: str) -> None:
    text = HEAD + "# A {#a}\n\none\ntwo\n\n```claim\nid: c\nsays: d\n```"
    other = parse((mark + text.replace("\n", ending)).encode(), path="x.md")
    assert other == parse(text.encode(), path="x.md")
    assert other.faults == ()


def test_text_in_any_script_appears_unchanged() -> None:
    text = "中文，混排 عربى e\u0301 👩‍👩‍👧 नमस्ते ﬁ Ａ\tend"
    assert read(HEAD + text).blocks[0].text == text


def test_control_characters_become_visible() -> None:
    assert read(HEAD + "a\x1b[2Jb\x00c\u202ed\x9b").blocks[0].text == "a␛[2Jb␀c\ufffdd\ufffd"
    assert read(HEAD + "שלום\u200f! \n\n\u200f1.2 - 5.6").blocks[1].text == "\ufffd1.2 - 5.6"


def test_bad_bytes_are_named_with_their_line_and_the_rest_is_read() -> None:
    parsed = parse(HEAD.encode() + b"\none\n\ntwo \xff three\n", path="x.md")
    assert [str(fault) for fault in parsed.faults] == [
        "x.md:9: not UTF-8 from here on; expected a UTF-8 text"
    ]
    assert words(parsed) == "one\ntwo \ufffd three"


def test_other_encodings_are_named() -> None:
    assert parse("# 中文".encode("utf-16"), path="x.md").faults
    assert parse("# 中文".encode("gb18030"), path="x.md").faults


def test_a_file_that_is_too_long_is_named_and_not_read() -> None:
    body = b"a" * 4_000_000
    assert parse(body, path="x.md").document is not None
    parsed = parse(body + b"a", path="x.md")
    assert parsed.document is None
    assert [str(fault) for fault in parsed.faults] == ["x.md:1: the file is too long; expected at most 4 MB"]


def test_names_of_files_are_shown_without_control_characters() -> None:
    parsed = parse(b"---\nkind: note\nx: y\n---\n", path="a/\x1b[2J\nb.md")
    assert [str(fault)[:12] for fault in parsed.faults] == ["a/␛[2J b.md:"]


@pytest.mark.parametrize("path", ["", "#.md", "!.md", ".md", "a/b#c.md"])
def test_a_document_of_any_file_name_has_an_id_and_a_title(path: str) -> None:
    parsed = parse(b"text", path=path)
    assert_sound(parsed)
    assert parsed.document is not None
    assert "#" not in parsed.document.id


@pytest.mark.parametrize("title", ["   ", "\u200b\u200d\u2060", "\u3164", "\u0301"])
def test_a_title_of_which_nothing_is_seen_is_none(title: str) -> None:
    head = f'---\nid: x\nkind: briefing\ntitle: "{title}"\n---\n'
    for text, shown in (("# Seen\n", "Seen"), (f"# {title}\n", "file"), ("text\n", "file")):
        document = parse((head + text).encode(), path="folder/file.md").document
        assert document is not None
        assert document.title == shown


def test_the_documents_that_ship_have_no_fault() -> None:
    folder = Folder(bundled_folder(), 0)
    files = list(scan(folder))
    assert files
    for file in files:
        path = Path(folder.path, file.relative)
        assert parse(path.read_bytes(), path=file.relative).faults == ()
