"""The index follows the folders, reads only what differs, and survives whatever happens to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefings import upkeep
from briefings.desk import Desk, Library, open_desk
from briefings.documents import parser
from briefings.library import update as updating
from briefings.library.files import Files
from briefings.library.folders import Folder
from briefings.library.index import Index
from briefings.library.schema import SCHEMA
from briefings.library.storing import Writer
from briefings.library.update import Progress, update
from briefings.search.fulltext import FullText
from briefings.upkeep import EMPTY_MILLISECONDS
from cache.database import BUSY_MILLISECONDS
from sources import limits
from tests.briefings.conftest import Shelf
from tests.homes import places_in
from tests.locking import refuse_to_list


def doc(name: str, text: str = "text") -> str:
    return f"---\nid: {name}\nkind: briefing\n---\n{text}\n"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are parsed from now on."""
    names: list[str] = []
    parse = parser.parse

    def counted(body: bytes, *, path: str, identity: str = "") -> parser.Parsed:
        names.append(Path(path).name)
        return parse(body, path=path, identity=identity)

    monkeypatch.setattr(parser, "parse", counted)
    return names


class TestReadsOnlyWhatDiffers:
    def test_nothing(self, shelf: Shelf, parsed: list[str]) -> None:
        shelf.put({"a.md": "[[b]]", "b.md": ""})
        parsed.clear()
        changes = shelf.update()
        assert (parsed, changes.documents, changes.read, bool(changes)) == ([], frozenset(), 0, False)

    def test_a_changed_file(self, shelf: Shelf, parsed: list[str]) -> None:
        shelf.put({"a.md": "[[b]]", "b.md": "one"})
        parsed.clear()
        changes = shelf.put({"b.md": "other"})
        assert (parsed, set(changes.documents)) == (["b.md"], {"b"})
        assert shelf.text("b") == "other"
        assert shelf.lead("a") == {"b": "b"}

    def test_a_folder_that_cannot_be_read_is_told_once(
        self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shelf.put({"a.md": "", "shut/b.md": ""})
        with monkeypatch.context() as patch:
            refuse_to_list(patch, shelf.path / "shut")
            assert shelf.update().documents == {"b"}
            (fault,) = shelf.faults()
            assert fault.startswith("shut:1: this folder cannot be read (Permission denied); ")
            assert not shelf.update()
        assert shelf.update().documents == {"b"}
        assert shelf.faults() == []

    def test_a_folder_that_was_always_shut(self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
        shelf.put({"a.md": ""})
        (shelf.path / "shut").mkdir()
        with monkeypatch.context() as patch:
            refuse_to_list(patch, shelf.path / "shut")
            changes = shelf.update()
            assert (changes.read, bool(changes), len(shelf.faults())) == (0, True, 1)
        assert shelf.update()

    def test_a_touched_file_of_the_same_text(self, shelf: Shelf, parsed: list[str]) -> None:
        shelf.put({"a.md": "one", "b.md": "two"})
        parsed.clear()
        shelf.touch("a.md")
        assert not shelf.update()
        assert parsed == []
        assert not shelf.update()

    def test_a_moved_file(self, shelf: Shelf, parsed: list[str]) -> None:
        shelf.put({"a.md": doc("x"), "b.md": "[[x]] [[a]]"})
        parsed.clear()
        (shelf.path / "sub").mkdir()
        (shelf.path / "a.md").rename(shelf.path / "sub" / "c.md")
        assert shelf.update().documents == {"x"}
        assert parsed == ["c.md"]
        assert shelf.lead("b") == {"x": "x", "a": ""}
        assert shelf.index.file_of("x") == (0, "sub/c.md")

    def test_deleted_and_added_files(self, shelf: Shelf, parsed: list[str]) -> None:
        shelf.put({"a.md": "", "b.md": ""})
        parsed.clear()
        shelf.write({"c.md": ""})
        assert shelf.remove("a.md").documents == {"a", "c"}
        assert parsed == ["c.md"]
        assert shelf.ids() == {"b", "c"}
        assert {key[1] for key in Files(shelf.index).all()} == {"b.md", "c.md"}


class TestLinksFollow:
    def test_a_target_that_appears_and_goes(self, shelf: Shelf) -> None:
        shelf.put({"from.md": "[[later]] [[later#sec]] [[sec]]"})
        assert set(shelf.lead("from").values()) == {""}
        shelf.put({"later.md": doc("later", "# Sec {#sec}")})
        assert shelf.lead("from") == {"later": "later", "later#sec": "later#sec", "sec": "later#sec"}
        shelf.put({"later.md": doc("later", "# Other")})
        assert shelf.lead("from") == {"later": "later", "later#sec": "", "sec": ""}
        shelf.remove("later.md")
        assert set(shelf.lead("from").values()) == {""}

    def test_an_alias_or_a_path_that_appears_and_goes(self, shelf: Shelf) -> None:
        shelf.put({"from.md": "[[Ａ／B]] [[sub/t]] [t](sub/t.md)", "sub/t.md": "---\naliases: [a/b]\n---\n"})
        assert shelf.lead("from") == {"Ａ／B": "t", "sub/t": "t", "sub/t.md": "t"}
        shelf.put({"sub/t.md": "no alias"})
        assert shelf.lead("from") == {"Ａ／B": "", "sub/t": "t", "sub/t.md": "t"}

    def test_a_note_that_becomes_a_document(self, shelf: Shelf) -> None:
        shelf.put({"from.md": "[[t#gone]]", "t.md": "text"})
        assert shelf.lead("from") == {"t#gone": "t"}
        shelf.put({"t.md": doc("t")})
        assert shelf.lead("from") == {"t#gone": ""}

    def test_a_short_id_that_stops_being_unique(self, shelf: Shelf) -> None:
        shelf.put({"a.md": doc("a", "# X {#one}"), "from.md": "[[one]]"})
        assert shelf.lead("from") == {"one": "a#one"}
        shelf.put({"b.md": doc("b", "# X {#one}")})
        assert shelf.lead("from") == {"one": ""}
        shelf.remove("a.md")
        assert shelf.lead("from") == {"one": "b#one"}

    def test_a_section_that_appears_and_goes_where_an_alias_is_linked(self, shelf: Shelf) -> None:
        text = doc("huawei", "# {0} {{#{0}}}\n").replace("id:", "aliases: [Hua Wei]\nid:")
        shelf.put({"a.md": "[[Hua Wei#risks]]", "huawei.md": text.format("risks")})
        assert shelf.lead("a") == {"Hua Wei#risks": "huawei#risks"}
        shelf.put({"huawei.md": text.format("chances")})
        assert shelf.lead("a") == {"Hua Wei#risks": ""}
        shelf.put({"huawei.md": text.format("risks")})
        assert shelf.lead("a") == {"Hua Wei#risks": "huawei#risks"}

    def test_a_file_name_with_a_number_sign(self, shelf: Shelf) -> None:
        shelf.put({"a.md": "[[C# notes]] [[x/C# notes.md#Types]]", "c.md": "plain"})
        assert shelf.lead("a")["C# notes"] == "c"
        shelf.put({"x/C# notes.md": "# Types\n"})
        assert shelf.lead("a")["C# notes"] == "c-notes"
        shelf.remove("x/C# notes.md")
        assert shelf.lead("a")["C# notes"] == "c"

    def test_the_nearest_of_many_equal_names(self, shelf: Shelf) -> None:
        count = 60
        shelf.put({f"f{n}/index.md": f"# {n}\n" for n in range(count)})
        shelf.put({f"f{n}/see.md": "[[index]]" for n in range(count)})
        for n in range(count):
            (see,) = (listed.id for listed in shelf.index.documents() if listed.relative == f"f{n}/see.md")
            assert shelf.lead(see) == {"index": f"f{n}/index"}


class TestEqualIds:
    def test_both_files_are_named_and_the_same_one_wins(self, shelf: Shelf) -> None:
        shelf.put({"z.md": doc("x", "of z"), "m.md": "\n\n"})
        shelf.put({"a.md": doc("x", "of a")})
        assert shelf.text("x") == "of a"
        holder = shelf.path / "a.md"
        assert [str(fault) for fault in shelf.index.faults()] == [
            f"{shelf.path}/z.md:2: this id is held by {holder}; expected an id of its own"
        ]

    def test_the_one_in_the_shadow_comes_in_when_the_winner_goes(self, shelf: Shelf) -> None:
        shelf.put(
            {"a.md": doc("x", "of a"), "b.md": doc("x", "of b"), "c.md": doc("x", "of c"), "from.md": "[[x]]"}
        )
        assert [fault.partition(":")[0] for fault in shelf.faults()] == ["b.md", "c.md"]
        assert shelf.remove("a.md").documents == {"x"}
        assert shelf.text("x") == "of b"
        assert shelf.lead("from") == {"x": "x"}
        (fault,) = shelf.faults()
        assert fault == "c.md:2: this id is held by b.md; expected an id of its own"

    def test_a_folder_of_lower_rank_wins(self, shelf: Shelf, tmp_path: Path) -> None:
        (tmp_path / "own").mkdir()
        (tmp_path / "own" / "a.md").write_text(doc("x", "own"))
        shelf.put({"z.md": doc("x", "bundled")})
        update(shelf.index, (*shelf.folders, Folder(tmp_path / "own", 1)))
        assert shelf.text("x") == "bundled"

    def test_documents_may_swap_their_ids(self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(updating, "BATCH", 1)
        shelf.put({"a.md": doc("x", "of a"), "b.md": doc("y", "of b"), "from.md": "[[x]] [[y]]"})
        shelf.put({"a.md": doc("y", "of a"), "b.md": doc("x", "of b")})
        assert (shelf.text("x"), shelf.text("y")) == ("of b", "of a")
        assert shelf.lead("from") == {"x": "x", "y": "y"}


class StoppedError(Exception):
    """Ends an update between two batches."""


class TestInterrupted:
    def test_what_was_stored_is_whole_and_the_next_update_does_the_rest(
        self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(updating, "BATCH", 2)
        shelf.write({f"n{n}.md": f"# N{n}\n\n[[n{(n + 1) % 7}]]\n" for n in range(7)})
        seen = []

        def progress(done: int, whole: int) -> None:
            seen.append((done, whole))
            if done == 4:
                raise StoppedError

        with pytest.raises(StoppedError):
            shelf.update(progress)
        assert seen == [(2, 7), (4, 7)]
        stored = shelf.ids()
        assert len(stored) == 4
        for name in stored:
            assert shelf.text(name).startswith("N")
            assert all(not item or item in stored for item in shelf.lead(name).values())
        assert shelf.update().read == 3
        assert {item for name in shelf.ids() for item in shelf.lead(name).values()} == shelf.ids()

    @settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.data())
    def test_however_often_it_is_stopped_the_index_ends_as_a_new_one_would_be(
        self, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
    ) -> None:
        folder = tmp_path_factory.mktemp("stopped")
        names = ["a.md", "b/a.md", "b/c.md", "c.md"]
        texts = [
            "plain [[a]] [[c#s]]",
            "# S\n\n[[b/c]] [[y]]",
            doc("x", "[[y]]"),
            doc("y", "# S {#s}\n\n[[a]]"),
            doc("a", "[[s]]"),
        ]
        with closing(Shelf(folder / "shelf", folder / "index.db")) as shelf:
            for round_ in range(3):
                for name in names:
                    text = data.draw(st.none() | st.sampled_from(texts), label=f"{round_} {name}")
                    if text is not None:
                        shelf.write({name: text})
                        (folder / "shelf" / name).touch()
                        shelf.touch(name)
                    else:
                        (shelf.path / name).unlink(missing_ok=True)
                stop = data.draw(st.integers(0, 4), label="batches before the stop")
                with pytest.MonkeyPatch.context() as patch:
                    patch.setattr(updating, "BATCH", 1)
                    try:
                        shelf.update(stop_at(stop))
                    except StoppedError:
                        continue
            shelf.update()
            with closing(Shelf(shelf.path, folder / "fresh.db")) as fresh:
                fresh.update()
                assert content(shelf.index) == content(fresh.index)


def stop_at(batch: int) -> Progress:
    """Ends an update after a batch of one file."""

    def progress(done: int, _whole: int) -> None:
        if done == batch:
            raise StoppedError

    return progress


def content(index: Index) -> dict[str, list[tuple[object, ...]]]:
    """All that is stored, but for row numbers and times."""
    queries = {
        "files": "SELECT folder, relative, hash, kind, declared, document FROM files",
        "documents": "SELECT id, kind, title, folder, relative, head FROM documents",
        "texts": (
            "SELECT id, chunks.number, body FROM chunks JOIN documents ON documents.number = chunks.document"
        ),
        "items": "SELECT * FROM items",
        "names": "SELECT * FROM names",
        "links": "SELECT document, source, block, target, coalesce(item, '') FROM links",
        "meant": (
            "SELECT name, document, target FROM link_names JOIN links ON links.number = link_names.link"
        ),
        "kinds": "SELECT * FROM kinds WHERE documents",
        "faults": "SELECT * FROM faults",
    }
    return {name: sorted(index.connection.execute(query)) for name, query in queries.items()}


class TestTwoConnections:
    def test_a_reader_sees_whole_documents_while_another_writes(self, shelf: Shelf) -> None:
        shelf.put({"a.md": "\n\n".join(f"old {n}" for n in range(200))})
        reader = Index.open(shelf.index_path)
        before = reader.document("a")
        assert before is not None
        assert before.blocks[0].text == "old 0"
        shelf.put({"a.md": "\n\n".join(f"new text {n}" for n in range(200))})
        assert {block.text[:4] for block in before.blocks[:64]} == {"old "}
        assert {block.text for block in before.blocks[64:]} == {"This text was replaced on disk."}
        after = reader.document("a")
        assert after is not None
        assert {block.text[:4] for block in after.blocks} == {"new "}
        reader.close()

    def test_a_reader_reads_on_during_a_batch(self, shelf: Shelf) -> None:
        shelf.put({"a.md": "old"})
        reader = Index.open(shelf.index_path)
        shelf.index.connection.execute("BEGIN IMMEDIATE")
        Writer(shelf.index.connection).drop_document("a")
        assert reader.document("a") is not None
        shelf.index.connection.execute("ROLLBACK")
        reader.close()

    def test_while_another_writes_an_update_says_that_the_index_is_locked(self, shelf: Shelf) -> None:
        other = Index.open(shelf.index_path)
        other.connection.execute("BEGIN IMMEDIATE")
        shelf.write({"a.md": "text"})
        with pytest.raises(sqlite3.OperationalError) as error:
            shelf.update()
        assert updating.is_locked(error.value)
        other.connection.execute("ROLLBACK")
        other.close()
        assert shelf.update().documents == {"a"}


class TestTheFileOfTheIndex:
    def reopened(self, shelf: Shelf) -> Index:
        index = Index.open(shelf.index_path)
        update(index, shelf.folders)
        return index

    def test_when_it_was_deleted_it_is_made_again(self, shelf: Shelf) -> None:
        shelf.put({"a.md": "text"})
        shelf.index.close()
        for file in shelf.index_path.parent.iterdir():
            file.unlink()
        index = self.reopened(shelf)
        assert [listed.id for listed in index.documents()] == ["a"]
        assert (index.kept, index.notes) == (True, ())
        index.close()

    @pytest.mark.parametrize("damage", [b"", b"<html>", b"SQLite format 3\0" + b"x" * 5000])
    def test_when_it_is_damaged_it_is_made_again_and_said_so(self, shelf: Shelf, damage: bytes) -> None:
        shelf.put({"a.md": "text"})
        shelf.index.close()
        for file in shelf.index_path.parent.iterdir():
            file.unlink()
        shelf.index_path.write_bytes(damage)
        index = self.reopened(shelf)
        assert [listed.id for listed in index.documents()] == ["a"]
        assert bool(index.notes) is bool(damage)
        index.close()

    def test_when_a_newer_version_wrote_it_it_is_left_alone(self, shelf: Shelf) -> None:
        shelf.index.connection.execute(f"PRAGMA user_version = {len(SCHEMA) + 1}")
        shelf.index.close()
        shelf.write({"a.md": "text"})
        index = self.reopened(shelf)
        assert not index.kept
        assert index.notes
        assert [listed.id for listed in index.documents()] == ["a"]
        index.close()


@pytest.mark.parametrize("compare", [True, False])
def test_a_start_beside_another_that_begins_the_index_goes_on_and_says_why_nothing_is_there(
    tmp_path: Path, compare: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "EMPTY_MILLISECONDS", 0)
    home = Library(places_in(tmp_path))
    Desk(home).close()
    with closing(sqlite3.connect(home.index_path(), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with closing(open_desk(home, compare=compare)) as desk:
            note = "index: another program is using the file; documents show once it lets go"
            assert (desk.newest_briefing(), note in desk.notes()) == ("", True)
    with closing(open_desk(home, compare=compare)) as desk:
        assert desk.newest_briefing() == "china-legal-shield"


def test_another_that_begins_the_index_is_waited_for(tmp_path: Path) -> None:
    home = Library(places_in(tmp_path))
    with closing(Desk(home)) as desk:
        asked: list[str] = []
        desk.index.connection.set_trace_callback(asked.append)
        desk.upkeep.update_bundled()
        desk.upkeep.update_bundled()
    waits = [words for words in asked if words.startswith("PRAGMA busy_timeout =")]
    assert waits == [f"PRAGMA busy_timeout = {time}" for time in (EMPTY_MILLISECONDS, BUSY_MILLISECONDS)]


def test_only_what_is_looked_at_is_fetched(shelf: Shelf) -> None:
    shelf.put({"a.md": "\n\n".join(f"text {n}" for n in range(1000))})
    document = shelf.document("a")
    asked: list[str] = []
    shelf.index.connection.set_trace_callback(asked.append)
    assert len(document.blocks) == 1000
    assert asked == []
    assert document.blocks[500].text == "text 500"
    assert document.blocks[501].text == "text 501"
    assert len(asked) == 1
    shelf.index.connection.set_trace_callback(None)


def test_documents_are_listed_newest_first(shelf: Shelf) -> None:
    assert shelf.index.is_empty()
    dated = "---\nkind: {}\ndate: {}\ntitle: {}\n---\n"
    shelf.put({
        "a.md": dated.format("note", "2026", "B"), "b.md": dated.format("briefing", "2026-05", "C"),
        "c.md": dated.format("briefing", "2026-05", "A"), "d.md": "plain",
    })  # fmt: skip
    assert [listed.id for listed in shelf.index.documents()] == ["c", "b", "a", "d"]
    assert [listed.id for listed in shelf.index.documents("briefing")] == ["c", "b"]
    assert shelf.index.counts() == {"briefing": 2, "note": 2}
    assert not shelf.index.is_empty()


def test_upper_case_titles_stand_among_lower_case_ones(shelf: Shelf) -> None:
    shelf.put({f"{n}.md": f"# {title}\n" for n, title in enumerate(["alpha", "Beta", "gamma", "中文"])})
    assert [listed.title for listed in shelf.index.documents("note")] == ["alpha", "Beta", "gamma", "中文"]


def test_the_first_of_a_kind_is_the_one_that_its_list_begins_with(shelf: Shelf) -> None:
    assert shelf.index.first("briefing") == ""
    shelf.put({f"{name}.md": doc(name) for name in "cab"} | {"n.md": "plain"})
    kind = shelf.document("a").kind
    assert shelf.index.first(kind) == shelf.index.documents(kind)[0].id
    shelf.remove("a.md", "b.md", "c.md")
    assert shelf.index.first(kind) == ""


def test_what_a_folder_holds_beyond_the_limits_is_told_once(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LIBRARY_FILES", 2)
    shelf.put({f"{name}.md": "plain" for name in "abc"})
    shelf.update()
    (fault,) = shelf.faults()
    assert "it holds more than 2 documents" in fault
    assert shelf.ids() == {"a", "b"}
    shelf.remove("b.md")
    assert (shelf.faults(), shelf.ids()) == ([], {"a", "c"})


def test_names_are_found_by_their_words(shelf: Shelf) -> None:
    shelf.put(
        {
            "a.md": doc("money-supply", "# Broad money {#broad}"),
            "b.md": doc("100_percent"),
            "c.md": "# 货币供应\n",
        }
    )
    found = {
        words: [item.id for item in shelf.index.matching(words.split(), 5)]
        for words in ("MONEY", "货币", "0_p", "%", "")
    }
    assert found["MONEY"] == ["money-supply", "money-supply#broad"]
    assert found["货币"] == ["c#货币供应"]
    assert found["0_p"] == ["100_percent"]
    assert found["%"] == []
    assert len(found[""]) == 5


def test_the_index_of_an_earlier_version_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    earlier = sqlite3.connect(path)
    steps = SCHEMA[:4]  # before the sections were stored
    for script in steps:
        earlier.executescript(script)
    earlier.execute("INSERT INTO documents (id, kind, head, sizes) VALUES ('gone', 'note', '{}', x'')")
    FullText(earlier).make()
    earlier.execute(f"PRAGMA user_version = {len(steps)}")
    earlier.commit()
    earlier.close()
    shelf = Shelf(tmp_path / "library", path)
    shelf.put({"a.md": "# One\n\nwords"})
    assert shelf.ids() == {"a"}
    assert [section.title for section in shelf.document("a").sections] == ["One"]
    assert FullText(shelf.index.connection).is_there()
    shelf.index.close()
