"""What docs/documents.md shows as a document is one, with no complaint."""

from __future__ import annotations

import re
from pathlib import Path

from briefings.documents.parser import parse
from briefings.review.figure_checks import figure_faults
from sources.catalogue.catalogue import load

TEXT = (Path(__file__).parents[3] / "docs" / "documents.md").read_text(encoding="utf-8")
WHOLE = re.findall(r"^```markdown\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)[0]
STATEMENTS = re.findall(r"^````markdown\n(.*?)^````$", TEXT, re.MULTILINE | re.DOTALL)[0]
JUDGED = re.findall(r"^`(judged: .*)`\.$", TEXT, re.MULTILINE)[0].replace(
    "url: ...", "url: https://example.org/"
)
CLAIM = f"\n```claim\nid: judged-one\nsays: It is so\n{JUDGED}\n```\n"


def test_the_example_with_its_statements_has_no_fault() -> None:
    parsed = parse(f"{WHOLE}\n{STATEMENTS}{CLAIM}".encode(), path="china-legal-shield.md")
    assert parsed.faults == ()
    document = parsed.document
    assert document is not None
    assert document.briefs is not None
    assert (document.id, document.briefs.publisher) == ("china-legal-shield", "AINews")
    statements = [block.statement.id for block in document.blocks if block.statement]
    assert statements == ["gap-2023", "stack-70", "judged-one"]
    assert figure_faults(document, load()) == []


def test_a_note_without_front_matter_has_none_whatever_it_holds() -> None:
    for text in (
        "",
        "text",
        "# Head\n\n---\n\nNo front matter: {{ x }} {#a}\n",
        "```claim\nnot: ours\n```\n",
        "- [ ] a\n",
    ):
        assert parse(text.encode(), path="note.md").faults == ()
