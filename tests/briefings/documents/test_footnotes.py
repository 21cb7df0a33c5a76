"""A mark without its footnote is a citation that leads nowhere: it is named where it stands."""

from __future__ import annotations

import pytest

from briefings.documents.parser import parse


def faults(text: str, kind: str = "kind: briefing\n") -> list[str]:
    return [str(fault) for fault in parse(f"---\n{kind}title: T\n---\n{text}".encode(), path="x.md").faults]


def test_a_mark_without_a_footnote_is_named_with_its_line() -> None:
    text = (
        "First line\nand a second[^law], a third\n[^non].\n\n| a |\n|---|\n| b[^none] |\n\n[^low]: A law.\n"
    )
    assert faults(text) == [
        'x.md:6: no footnote "law"; expected [^low]',
        'x.md:7: no footnote "non"; expected a line `[^non]: ...`',
        'x.md:11: no footnote "none"; expected a line `[^none]: ...`',
    ]


@pytest.mark.parametrize(
    "text",
    [
        "A law.[^law]\n\n[^law]: Its text.\n",
        "In code: `a[^b]`, and\n\n```\na[^b]\n```\n",
        "Written so on purpose: \\[^b].\n",
        "Brackets [a] and [^ b] alone.\n",
    ],
)
def test_what_is_explained_or_meant_as_it_stands_is_no_fault(text: str) -> None:
    assert faults(text) == []


def test_a_plain_note_is_held_to_nothing() -> None:
    assert faults("A law.[^law]\n", kind="") == []
