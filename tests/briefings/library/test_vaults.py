"""A folder of plain notes, made with another program, is a library."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefings.library.folders import Folder
from tests.briefings.conftest import Shelf


def test_a_vault_loads_with_no_complaint(shelf: Shelf) -> None:
    shelf.put({
        "Daily/2026-11-23.md": "---\ncssclass: x\n---\n# Today\n\n- [ ] [[Projects/A plan|plan]]\n",
        "Projects/A plan.md": "---\naliases: The Plan\n---\ntext ^block1\n\n![[cat.png]] ![[Today note]]\n",
        "Projects/README.md": "[[the plan#^block1]] [t](A%20plan.md)",
        "README.md": "[[Daily/2026-11-23#Today]]",
        "Templates/daily.md": "---\ntitle: {{title}}\ndate: {{date:YYYY}}\n---\n# {{title}}\n\n{{ }}\n",
        ".obsidian/workspace.md": "{{hidden}}",
    })  # fmt: skip
    assert shelf.faults() == []
    assert shelf.ids() == {"2026-11-23", "a-plan", "projects/readme", "readme", "daily"}
    assert shelf.lead("2026-11-23") == {"Projects/A plan": "a-plan"}
    assert shelf.lead("a-plan") == {"Today note": ""}
    assert shelf.lead("projects/readme") == {"the plan#^block1": "a-plan#block1", "A plan.md": "a-plan"}
    assert shelf.lead("readme") == {"Daily/2026-11-23#Today": "2026-11-23#today"}
    assert shelf.text("daily") == "{{title}}\n{{ }}"
    assert shelf.text("a-plan") == "text\ncat.png Today note"


def test_equal_file_names_are_no_fault(shelf: Shelf) -> None:
    shelf.put({"a/x/index.md": "1", "b/x/index.md": "2 [t](#top)\n\n# Top\n", "c/index.md": "3"})
    assert shelf.faults() == []
    assert shelf.ids() == {"a/x/index", "b/x/index", "c/index"}
    assert shelf.lead("b/x/index") == {"#top": "b/x/index#top"}
    shelf.remove("a/x/index.md", "c/index.md")
    assert shelf.ids() == {"index"}
    assert shelf.lead("index") == {"#top": "index#top"}


def test_a_note_beside_a_document_of_its_name(shelf: Shelf) -> None:
    shelf.put(
        {"n/huawei.md": "note", "e/huawei.md": "---\nkind: entity\n---\n", "z.md": "[[huawei]] [[n/huawei]]"}
    )
    assert shelf.faults() == []
    assert shelf.lead("z") == {"huawei": "huawei", "n/huawei": "n/huawei"}


def test_a_file_that_cannot_be_read_is_named_and_hides_nothing(shelf: Shelf) -> None:
    Path(os.fsdecode(os.fsencode(shelf.path) + b"/bad\xff.md")).write_text("text")
    shelf.put({"good.md": "text"})
    expected = "cannot be read; expected a file that you may read, with a name in UTF-8"
    assert shelf.faults() == [f"bad\ufffd.md:1: {expected}"]
    assert "good" in shelf.ids()
    assert not shelf.update()


def test_a_file_that_can_be_read_again_comes_back(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.put({"a.md": "one", "b.md": "[[a]]"})
    with monkeypatch.context() as patch:
        patch.setattr("briefings.library.folders.read_whole", refuse)
        shelf.touch("a.md")
        assert shelf.update()
        assert shelf.ids() == {"b"}
        assert shelf.lead("b") == {"a": ""}
        assert [fault[:21] for fault in shelf.faults()] == ["a.md:1: cannot be rea"]
        assert not shelf.update()
    assert shelf.update()
    assert shelf.text("a") == "one"
    assert shelf.lead("b") == {"a": "a"}
    assert shelf.faults() == []


def refuse(path: Path, most: int) -> None:
    raise PermissionError(13, "Permission denied", str(path))


def test_names_with_control_characters_are_shown_harmlessly(shelf: Shelf) -> None:
    shelf.put({"\x1b[2Ja\nb.md": b"text \xff"})
    (fault,) = shelf.faults()
    assert fault == "␛[2Ja b.md:1: not UTF-8 from here on; expected a UTF-8 text"
    (name,) = shelf.ids()
    item = shelf.index.item(name)
    assert item is not None
    for shown in (name, item.title, item.path, shelf.document(name).path):
        assert "\x1b" not in shown
        assert "\n" not in shown


def test_broken_files_are_named_and_hide_nothing(shelf: Shelf) -> None:
    shelf.put({
        "a.md": "---\nkind: briefing\ntitle: [\n---\n",
        "b.md": "---\nkind: briefing\nid: ok\ndate: x\n---\ntext\n",
        "c.md": b"\xff\xfe\x00",
        "d.md": b"x" * 4_000_001,
        "e.md": "fine",
    })  # fmt: skip
    assert [fault.partition(":")[0] for fault in shelf.faults()] == ["a.md", "b.md", "c.md", "d.md"]
    assert shelf.ids() == {"ok", "c", "e"}


def test_links_are_resolved_as_the_programs_that_made_them_do(shelf: Shelf) -> None:
    shelf.put({
        "Home.md": (
            "---\nup: '[[Index]]'\n---\n# Home\n[[People/Li Wei|Li]] [[李伟]] [[Decree 835#^quote1]] "
            "[[Decree 835#A / B: \"odd\" (one)?]] [[li wei.md]] [md](People/Li%20Wei.md) [[2026/Index]] "
            "[[#Home]] [[Drawing.excalidraw]] [[C# and F#]] [[Gone]]\n| a |\n|---|\n| [[Li Wei\\|L]] |\n"
        ),
        "People/Li Wei.md": "---\naliases:\n  - 李伟\n---\n> [!info]- Folded\n> [[Home]]\n",
        "Decree 835.md": "# Decree 835\n\nSigned. ^quote1\n\n### A / B: \"odd\" (one)?\n\ntext\n",
        "2025/Index.md": "[[Index]] [[../Home]]",
        "2026/Index.md": "[[Index]] [[#Nothing here]]",
        "Drawing.excalidraw.md": "---\nexcalidraw-plugin: parsed\n---\n%%\n```compressed-json\nN4\n```\n\n",
        "C# and F#.md": "text",
    })  # fmt: skip
    assert shelf.lead("home") == {
        "People/Li Wei": "li-wei", "李伟": "li-wei", "Decree 835#^quote1": "decree-835#quote1",
        'Decree 835#A / B: "odd" (one)?': "decree-835#a-b-odd-one", "li wei.md": "li-wei",
        "People/Li Wei.md": "li-wei", "2026/Index": "2026/index", "#Home": "home#home",
        "Drawing.excalidraw": "drawing-excalidraw", "C# and F#": "c-and-f", "Gone": "", "Li Wei": "li-wei",
    }  # fmt: skip
    assert shelf.lead("2025/index") == {"Index": "2025/index", "../Home": "home"}
    assert shelf.lead("2026/index") == {"Index": "2026/index", "#Nothing here": "2026/index"}
    assert shelf.faults() == []


def test_notes_are_found_by_the_ids_and_aliases_of_other_programs(shelf: Shelf) -> None:
    shelf.put({
        "202601011200 First.md": "see [[202601011300]] and [[Kid]]",
        "Second.md": "---\nid: 202601011300\nkeywords: [a]\n...\nsee [[202601011200]]\n",
        "pages/ns___child.md": "title:: x\nalias:: Kid, [[Other]]\n\n- [[ns/child]] ((64b0c7e0)) {{query}}\n",
        "pages/prose.md": "Some words\nalias:: nobody\n",
    })  # fmt: skip
    assert shelf.faults() == []
    assert shelf.lead("202601011200-first") == {"202601011300": "second", "Kid": "ns___child"}
    assert shelf.lead("second") == {"202601011200": "202601011200-first"}
    assert shelf.lead("ns___child") == {"Other": "ns___child", "ns/child": "ns___child"}
    assert shelf.resolve("other") == "ns___child"
    assert shelf.resolve("nobody") == ""


def test_files_beside_notes_and_places_of_templates_are_no_links(shelf: Shelf) -> None:
    shelf.put({
        "a.md": "[[Map.canvas]] ![[chart.png|300]] [[x.PDF#page=3|paper]] [[{{yesterday}}]] [[Node.js]]",
        "Map.canvas": "{}", "chart.png": b"\x89PNG", "Node.js.md": "text",
        "t.md": "<%* const x = 1 -%>\n---\ntitle: <% tp.file.title %>\n---\n[[<% tp.date.now() %>]]\n",
    })  # fmt: skip
    assert shelf.lead("a") == {"Node.js": "node-js"}
    assert shelf.lead("t") == {}
    assert shelf.text("a") == "Map.canvas chart.png paper {{yesterday}} Node.js"
    assert shelf.ids() == {"a", "node-js", "t"}


def test_a_note_opens_whatever_stands_in_its_front_matter(shelf: Shelf) -> None:
    shelf.put({
        "colon.md": "---\ntitle: a: b\n---\ntext [[double]]\n",
        "double.md": "---\ntags: a\ntags: b\n---\ntext\n",
        "anchor.md": "---\ntitle: &a x\ny: *a\nz: !!python/object:os.system x\n---\ntext\n",
        "list.md": "---\n- a\n---\ntext\n",
        "tab.md": "---\n\ttitle: x\n---\ntext\n",
        "toml.md": "+++\ntitle = 'x'\n+++\ntext\n",
        "rule.md": "---\n\nA rule above.\n\n---\n\ntext\n",
        "crlf.md": "\ufeff---\r\ntitle: With CRLF\r\n---\r\ntext\r\n",
        "empty.md": "",
        "briefing.md": "---\nkind: briefing\ntitle: a: b\n---\ntext\n",
    })  # fmt: skip
    opened = {"colon", "double", "anchor", "list", "tab", "toml", "rule", "crlf", "empty"}
    assert shelf.ids() == opened
    assert all("text" in shelf.text(name) for name in opened - {"empty"})
    assert shelf.lead("colon") == {"double": "double"}
    assert shelf.document("crlf").title == "With CRLF"
    errors = {fault.path.rpartition("/")[2] for fault in shelf.index.faults() if fault.severity == "error"}
    assert errors == {"briefing.md"}


def test_a_link_of_a_vault_leads_to_a_note_of_it_before_what_ships(shelf: Shelf, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    shelf.folders = (*shelf.folders, Folder(vault, 1))
    for name, text in {
        "Digital yuan.md": "# Digital yuan\n\n## Background\n\ntext\n",
        "华为.md": "own",
        "from.md": "[[Digital yuan]] [[Digital yuan#Background]] [[华为]] [[e-cny]] [[Huawei]]",
    }.items():
        (vault / name).write_text(text, encoding="utf-8")
    shelf.put({
        "e-cny.md": "---\nkind: instrument\naliases: [Digital yuan, 数字人民币]\n---\ntext\n",
        "huawei.md": "---\nkind: entity\naliases: [华为]\n---\ntext\n",
        "text.md": "---\nkind: briefing\n---\n[[Digital yuan]] [[华为]]\n",
    })  # fmt: skip
    assert shelf.lead("from") == {
        "Digital yuan": "digital-yuan", "Digital yuan#Background": "digital-yuan#background",
        "华为": "华为", "e-cny": "e-cny", "Huawei": "huawei",
    }  # fmt: skip
    assert shelf.lead("text") == {"Digital yuan": "e-cny", "华为": "huawei"}
    assert shelf.faults() == []
    (vault / "华为.md").unlink()
    shelf.update()
    assert shelf.lead("from")["华为"] == "huawei"


def test_a_name_means_the_note_of_the_same_folder_also_where_one_stands_at_the_top(shelf: Shelf) -> None:
    shelf.put({
        "notes.md": "[[readme]]", "readme.md": "[[notes]]",
        "甲/notes.md": "[[README]]", "甲/README.md": "[[notes]]",
        "b/README.md": "[[notes]] [[甲/notes]]", "b/c/d.md": "[[notes#part]]",
    })  # fmt: skip
    assert shelf.lead("readme") == {"notes": "notes"}
    assert shelf.lead("notes") == {"readme": "readme"}
    assert shelf.lead("甲/readme") == {"notes": "甲/notes"}
    assert shelf.lead("甲/notes") == {"README": "甲/readme"}
    assert shelf.lead("b/readme") == {"notes": "notes", "甲/notes": "甲/notes"}
    assert shelf.lead("d") == {"notes#part": "notes"}
