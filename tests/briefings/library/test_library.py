"""Folders of documents, looked at without opening a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefings.library.folders import Folder, LeftOut, ranked, scan
from sources import limits
from tests.locking import refuse_to_list


def found(folder: Path) -> list[str]:
    return sorted(file.relative for file in scan(Folder(folder, 3)))


def left_out(folder: Path) -> list[str]:
    return [each.words for each in all_left_out(folder)]


def all_left_out(folder: Path) -> list[LeftOut]:
    told: list[LeftOut] = []
    assert list(scan(Folder(folder, 3), told)) is not None
    return told


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")


def test_markdown_files_in_any_sub_folder_are_found(tmp_path: Path) -> None:
    make(tmp_path, "b.md", "a/x.MD", "a/b/y.markdown", "n.txt", "md", "with space/华为.md", "a.md/in.md")
    assert found(tmp_path) == ["a.md/in.md", "a/b/y.markdown", "a/x.MD", "b.md", "with space/华为.md"]


def test_files_carry_rank_size_and_time(tmp_path: Path) -> None:
    make(tmp_path, "a.md")
    os.utime(tmp_path / "a.md", ns=(1, 1_234_567_891))
    (file,) = scan(Folder(tmp_path, 3))
    assert file == (3, "a.md", 4, 1_234_567_891)
    assert file.key == (3, "a.md")


def test_hidden_names_are_passed_over(tmp_path: Path) -> None:
    make(tmp_path, ".obsidian/plugins/a.md", ".hidden.md", ".git/b.md", "shown.md", "a/.trash/c.md")
    assert found(tmp_path) == ["shown.md"]


def test_loops_of_links_end_and_folders_are_read_once(tmp_path: Path) -> None:
    make(tmp_path, "a/x.md")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "again").symlink_to(tmp_path / "a")
    (tmp_path / "self.md").symlink_to(tmp_path / "self.md")
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere")
    assert [name.rpartition("/")[2] for name in found(tmp_path)] == ["x.md"]


def test_linked_files_are_found(tmp_path: Path) -> None:
    make(tmp_path, "other/x.md")
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "y.md").symlink_to(tmp_path / "other" / "x.md")
    assert found(tmp_path / "lib") == ["y.md"]


def test_pipes_are_not_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    make(tmp_path, "a.md")
    assert found(tmp_path) == ["a.md"]


@pytest.fixture
def deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with 1,500 folders in each other; they go again, as others could not remove them."""
    monkeypatch.chdir(tmp_path)
    for _ in range(1500):
        Path("d").mkdir()
        os.chdir("d")
    yield tmp_path
    for _ in range(1500):
        os.chdir("..")
        Path("d").rmdir()


def test_very_deep_folders_end_and_that_is_said(deep: Path) -> None:
    make(deep, "a.md", "d/" * limits.LIBRARY_LEVELS + "b.md", "d/" * (limits.LIBRARY_LEVELS + 1) + "c.md")
    assert [name.rpartition("/")[2] for name in found(deep)] == ["a.md", "b.md"]
    assert left_out(deep) == [
        f"folders stand more than {limits.LIBRARY_LEVELS} deep in each other; what is beyond that is left out"
    ]
    (deep / ("d/" * (limits.LIBRARY_LEVELS + 1)) / "c.md").unlink()
    (deep / ("d/" * limits.LIBRARY_LEVELS) / "b.md").unlink()


def test_of_too_many_documents_the_first_are_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, *(f"{number}.md" for number in range(4)))
    monkeypatch.setattr(limits, "LIBRARY_FILES", 4)
    assert (len(found(tmp_path)), left_out(tmp_path)) == (4, [])
    monkeypatch.setattr(limits, "LIBRARY_FILES", 3)
    assert found(tmp_path) == ["0.md", "1.md", "2.md"]
    assert left_out(tmp_path) == ["it holds more than 3 documents; what is beyond that is left out"]


def test_a_link_to_a_large_tree_costs_none_of_the_own_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, *(f"large/{number}/x.md" for number in range(20)), "own/z/own.md")
    (tmp_path / "own" / "a").symlink_to(tmp_path / "large")
    monkeypatch.setattr(limits, "LIBRARY_ENTRIES", 12)
    assert found(tmp_path / "own") == ["z/own.md"]
    (words,) = left_out(tmp_path / "own")
    assert words.startswith("it and the folders it links to hold 12 names or more")


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert found(tmp_path / "nowhere") == []
    make(tmp_path, "file.md")
    assert found(tmp_path / "file.md") == []


def test_folders_that_cannot_be_read_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a/x.md", "b.md", "c/d/y.md", "c/z.md")
    refuse_to_list(monkeypatch, tmp_path / "a", tmp_path / "c" / "d")
    words = "this folder cannot be read (Permission denied); what it holds is left out"
    assert found(tmp_path) == ["b.md", "c/z.md"]
    assert sorted(all_left_out(tmp_path)) == [LeftOut("a", words), LeftOut("c/d", words)]
    assert (found(tmp_path / "a"), all_left_out(tmp_path / "a")) == ([], [LeftOut("", words)])


def test_of_very_many_folders_that_cannot_be_read_only_some_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut = [tmp_path / f"{number}" for number in range(limits.FAULTS_PER_FILE + 5)]
    for folder in shut:
        folder.mkdir()
    refuse_to_list(monkeypatch, *shut)
    assert len(left_out(tmp_path)) == limits.FAULTS_PER_FILE


def test_names_that_are_no_text_are_shown_as_what_they_nearly_are(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.md")).write_text("text")
    assert found(tmp_path) == ["bad\ufffd.md"]


def test_the_documents_that_ship_come_first(tmp_path: Path) -> None:
    bundled, own, other = ranked(tmp_path / "own", (tmp_path / "other",))
    assert (bundled.rank, bundled.bundled) == (0, True)
    assert (own.path, own.rank, other.rank) == (tmp_path / "own", 1, 2)
    assert "briefings/china-legal-shield.md" in {file.relative for file in scan(bundled)}
