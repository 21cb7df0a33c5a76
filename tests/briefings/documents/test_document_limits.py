"""The limits on documents, each at its edge."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefings.documents.parser import parse
from briefings.library.folders import Folder, read_file
from sources import limits

NOTE = "---\nkind: note\nid: x\ntitle: X\n---\n"
CLAIM = (
    "```claim\nid: c\nsays: {}\njudged: {{verdict: untestable, because: b, evidence: [x], on: 2026-01-01}}\n"
)


def faults(text: str) -> list[str]:
    return [str(fault) for fault in parse(text.encode(), path="x.md").faults]


def test_of_a_file_no_more_is_read_than_a_document_may_have(tmp_path: Path) -> None:
    with (tmp_path / "x.md").open("wb") as file:
        os.truncate(file.fileno(), 10 * limits.DOCUMENT_BYTES)
    body = read_file(Folder(tmp_path, 0), "x.md")
    assert body is not None
    assert len(body) == limits.DOCUMENT_BYTES + 1


@pytest.mark.parametrize("more", [0, 1])
def test_the_head_of_a_document_ends_at_its_limit(more: int) -> None:
    start = "kind: note\nsummary: "
    found = faults(f"---\n{start}{'x' * (limits.FRONT_MATTER_BYTES - len(start) - 1 + more)}\n---\n")
    assert found == ["x.md:2: more than 64,000 bytes of YAML; split it or shorten it"] * more


@pytest.mark.parametrize("more", [0, 1])
def test_a_fenced_statement_ends_at_its_limit(more: int) -> None:
    yaml = CLAIM.format("").partition("\n")[2]
    long = CLAIM.format("x" * (limits.FRONT_MATTER_BYTES - len(yaml) + more))
    found = [fault for fault in faults(f"{NOTE}{long}```\n") if "64,000 bytes" in fault]
    assert len(found) == more


@pytest.mark.parametrize("mark", ["> ", "- ", "1. "])
def test_quotations_and_items_stand_in_each_other_up_to_their_limit(mark: str) -> None:
    assert faults(f"{NOTE}{mark * limits.NESTING}deep\n") == []
    (fault,) = faults(f"{NOTE}{mark * (limits.NESTING + 1)}deep\n")
    assert "nested more than 30 levels deep" in fault


def test_quotations_and_items_count_together() -> None:
    half = limits.NESTING // 2
    assert faults(f"{NOTE}{'> ' * half}{'- ' * half}deep\n") == []
    assert len(faults(f"{NOTE}{'> ' * half}{'- ' * (half + 1)}deep\n")) == 1


@pytest.mark.parametrize("more", [0, 1])
def test_a_table_ends_at_its_last_column(more: int) -> None:
    columns = limits.TABLE_COLUMNS + more
    found = faults(f"{NOTE}|{'a|' * columns}\n|{'-|' * columns}\n|{'1|' * columns}\n")
    assert len(found) == more


@pytest.mark.parametrize("front", ["topics: [{}]", "date: {}", "id: {}"])
def test_no_message_is_longer_than_its_limit(front: str) -> None:
    found = parse(
        f"---\nkind: briefing\ntitle: X\n{front.format('k ' * 5_000)}\n---\n".encode(), path="x.md"
    ).faults
    assert found
    assert max(len(fault.message) for fault in found) <= limits.MESSAGE_CHARACTERS


def test_the_id_that_a_heading_gets_ends_at_its_limit() -> None:
    document = parse(f"{NOTE}# {'word ' * 100}\n".encode(), path="x.md").document
    assert document is not None
    (section,) = document.sections
    assert len(section.id.rpartition("#")[2]) == limits.ID_CHARACTERS - 1  # it would end in a dash


@pytest.mark.parametrize("more", [0, 1])
def test_an_id_that_is_stated_ends_at_its_limit(more: int) -> None:
    found = faults(NOTE.replace("id: x", "id: " + "x" * (limits.ID_CHARACTERS + more)))
    assert ["at most 100 characters" in fault for fault in found] == [True] * more


@pytest.mark.parametrize("more", [0, 1])
def test_accents_on_one_character_end_at_their_limit(more: int) -> None:
    most = limits.JOINED_CHARACTERS
    text = NOTE + "One.\n\n华e" + "\u0301" * (most + more) + "x\n"
    parsed = parse(text.encode(), path="x.md")
    assert parsed.document is not None
    (span,) = parsed.document.blocks[1].spans
    assert span.text == "华e" + "\u0301" * most + "x"
    words = f"more than {most} accents or joiners on one character; those beyond are left out"
    assert faults(text) == [f"x.md:8: {words}"] * more
