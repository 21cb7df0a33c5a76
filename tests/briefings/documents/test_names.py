"""Ids, slugs and targets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.documents.names import candidates, identifier, is_identifier, slug, split_target


@pytest.mark.parametrize("text", ["decree-835", "c08b", "M2_gap", "华为", "été", "हिन्दी", "x" * 100])
def test_letters_of_any_script_make_an_id(text: str) -> None:
    assert identifier(text) == text


@pytest.mark.parametrize("text", ["", "a b", "a.b", "a#b", "a/b", "x" * 101, "a\tb", "{a}"])
def test_other_ids_are_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match="expected letters, digits, - and _, at most 100 characters"):
        identifier(text)


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Bottom line", "bottom-line"),
        ("What's new? (2026)", "what-s-new-2026"),
        ("法律之盾", "法律之盾"),
        ("第835号令：阻断", "第835号令-阻断"),
        ("ＡＢＣ", "abc"),
        ("हिन्दी पाठ", "हिन्दी-पाठ"),
        ("!!!", "untitled"),
    ],
)
def test_headings_become_ids(heading: str, name: str) -> None:
    assert slug(heading) == name


@given(st.text(max_size=300))
def test_a_slug_is_an_id_and_its_own_slug(text: str) -> None:
    assert is_identifier(slug(text))
    assert slug(slug(text)) == slug(text)


@pytest.mark.parametrize(
    ("target", "parts"),
    [
        ("huawei", ("huawei", "")),
        ("china#risks", ("china", "risks")),
        ("#risks", ("", "risks")),
        ("notes/a.md#b", ("notes/a", "b")),
        ("A Note.MD", ("A Note", "")),
        ("a.markdown", ("a", "")),
        ("v1.2", ("v1.2", "")),
        ("note#one#two", ("note", "one#two")),
        (" a # b ", ("a", "b")),
    ],
)
def test_a_target_is_a_name_and_a_section(target: str, parts: tuple[str, str]) -> None:
    assert split_target(target) == parts


@pytest.mark.parametrize(
    ("target", "folder", "expected"),
    [
        ("Huawei", "notes", ["huawei"]),
        ("../b/c.md#x", "a/d", ["a/b/c", "../b/c", "b/c"]),
        ("c.md", "a", ["a/c", "c", "c"]),
        ("a/c", "", ["a/c", "a/c", "a/c"]),
        ("..", "a", [".."]),
    ],
)
def test_a_path_is_looked_for_from_where_the_link_stands(
    target: str, folder: str, expected: list[str]
) -> None:
    assert list(candidates(target, folder)) == expected
