"""The ledger: verdicts kept until something they rest on changes, and what was shown since when."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from briefings.ledger.judged import Judged, Settled, Shown
from briefings.ledger.ledger import Ledger, claims_of, differs, told, verdict_of
from briefings.ledger.moments import Moments
from briefings.ledger.verdicts import day_of
from briefings.library.folders import ranked
from briefings.library.index import Index
from briefings.library.update import update
from cache.rows import Batch, ProvenanceRow, Row
from cache.vintages import Vintages
from sources.catalogue.catalogue import Catalogue, load
from sources.catalogue.indicator import Definition, Indicator
from sources.model import Period
from sources.observed import end_of_day
from sources.snapshot import open_store
from tests.briefings.conftest import Shelf

MAY, JUNE, JULY = date(2026, 5, 3), date(2026, 6, 14), date(2026, 7, 1)
CATALOGUE = Catalogue({
    "cn.m1": Indicator("cn.m1", "M1", "%", "M"),
    "cn.m2": Indicator("cn.m2", "M2", "%", "M"),
    "cn.gap": Indicator("cn.gap", "Gap", "pp", "M", derived="cn.m2 - cn.m1", parts=("cn.m2", "cn.m1")),
    "cn.rate": Indicator("cn.rate", "Rate", "%", "step"),
})  # fmt: skip
HEAD = "---\nid: {}\nkind: briefing\ntitle: A\ndate: 2026-05-01\n---\n"
GAP = "mean(cn.gap, 2026-01..2026-03) < 4"


def claim(name: str, test: str, **fields: str) -> str:
    lines = [f"id: {name}", "says: It is so", f"test: {test}", *(f"{key}: {fields[key]}" for key in fields)]
    return "\n".join(["```claim", *lines, "```", ""])


class Library:
    """A shelf, a store of figures and the ledger over both."""

    def __init__(self, shelf: Shelf, folder: Path) -> None:
        self.shelf = shelf
        self.folder = folder
        self.vintages = Vintages.open(folder)
        self.ledger = Ledger.open(folder)

    def close(self) -> None:
        self.vintages.close()
        self.ledger.close()

    def publish(self, series: str, values: str, day: date, start: str = "2026-01") -> None:
        """Keep monthly values that were seen on a day."""
        first = Period.parse(start)
        rows = [
            Row(first.shifted(number).first.toordinal(), float(value), end_of_day(day))
            for number, value in enumerate(values.split())
        ]
        self.vintages.append(
            Batch(series, rows, ProvenanceRow("p", series, digest=str(day))), end_of_day(day)
        )

    def moments(self, today: date, catalogue: Catalogue = CATALOGUE) -> Moments:
        return Moments(catalogue, self.vintages, today)

    def settle(self, today: date, catalogue: Catalogue = CATALOGUE) -> Settled:
        moment = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
        return self.ledger.settle(self.shelf.index, self.moments(today, catalogue), moment)

    def history(self, claim: str) -> Sequence[Shown]:
        """What a claim was shown as, as pages have it."""
        return Judged(self.folder, "").history(claim)

    def words(self) -> dict[str, str]:
        return {row.id: row.said for row in self.ledger.rows()}


@pytest.fixture
def library(shelf: Shelf, tmp_path: Path) -> Iterator[Library]:
    made = Library(shelf, tmp_path / "store")
    shelf.put({
        "a.md": HEAD.format("a") + claim("c1", GAP) + claim("c2", "growth(1, 2) ~ 100 +- 1", where="table 1"),
        "b.md": HEAD.format("b") + claim("c1", "mean(cn.m2, 2026Q1) > 9"),
        "note.md": "no claims here\n",
    })  # fmt: skip
    made.publish("cn.m2", "8 8 8", date(2026, 4, 14))
    made.publish("cn.m1", "5 5 5", date(2026, 4, 14))
    yield made
    made.close()


def test_judging_many_documents_tells_how_many_are_done(library: Library) -> None:
    told: list[tuple[int, int]] = []
    library.shelf.put({f"n{number}.md": HEAD.format(f"n{number}") + claim("c1", GAP) for number in range(25)})
    moment = datetime(2026, 5, 1, tzinfo=UTC)
    for _ in range(2):
        library.ledger.settle(
            library.shelf.index, library.moments(MAY), moment, lambda *done: told.append(done)
        )
    assert told == [(10, 27), (20, 27)]  # and nothing the second time


def test_all_claims_are_judged_once_and_an_unchanged_library_none(library: Library) -> None:
    assert library.settle(MAY) == Settled(3)
    assert library.words() == {"a#c1": "supported", "a#c2": "supported", "b#c1": "contradicted"}
    assert library.settle(JUNE) == Settled()
    assert library.settle(JULY) == Settled()


def test_what_was_kept_before_there_were_seals_is_sealed_with_the_next_settling(library: Library) -> None:
    library.settle(MAY)
    library.ledger.close()
    path = library.folder / "verdicts.db"
    with closing(sqlite3.connect(path)) as older, older:
        for table, column in (("claims", "row_seal"), ("shown", "row_seal"), ("documents", "claims")):
            older.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        older.execute("PRAGMA user_version = 2")
        older.execute("PRAGMA application_id = 0")
    library.ledger = Ledger.open(library.folder)
    before = library.ledger.rows()
    assert library.settle(MAY).judged == 0
    assert library.ledger.rows() == before
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT count(*), count(row_seal) FROM claims").fetchone() == (3, 3)
        assert file.execute("SELECT count(*), count(row_seal) FROM shown").fetchone() == (3, 3)
        assert file.execute("SELECT sum(claims) FROM documents").fetchone() == (3,)


def test_what_was_sealed_in_another_way_stays_and_is_sealed_anew(library: Library) -> None:
    library.settle(MAY)
    before, shown = library.ledger.rows(), library.history("a#c1")
    library.ledger.close()
    with closing(sqlite3.connect(library.folder / "verdicts.db")) as older, older:
        for table in ("claims", "shown"):
            older.execute(f"ALTER TABLE {table} RENAME COLUMN row_seal TO seal")
            older.execute(f"UPDATE {table} SET seal = 1")
        older.execute("PRAGMA user_version = 4")
    assert not Judged(library.folder, "").is_readable()  # so that settling opens it
    library.ledger = Ledger.open(library.folder)
    assert (library.ledger.rows(), library.history("a#c1")) == (before, shown)
    assert library.settle(MAY) == Settled()
    assert library.ledger.notes == ()


def test_a_row_has_what_a_list_shows(library: Library) -> None:
    library.settle(MAY)
    row = library.ledger.rows("a")[0]
    assert (row.measured, row.sign, row.stated, row.unit) == (3.0, "<", 4.0, "pp")
    assert (row.newest, row.age, row.series, row.is_open) == ("2026-03", 2, ("cn.gap",), False)


def test_a_revision_flips_the_verdict_that_rests_on_it_and_says_so(library: Library) -> None:
    library.settle(MAY)
    library.publish("cn.m1", "5 2 2", JUNE)
    settled = library.settle(JUNE)
    assert (settled.judged, [each.claim for each in settled.changed]) == (1, ["a#c1"])
    assert library.words()["a#c1"] == "supported then, contradicted now"
    because = (
        "cn.gap 2026-02 was revised from 3 to 6, by cn.m1; cn.gap 2026-03 was revised from 3 to 6, by cn.m1"
    )
    history = library.history("a#c1")
    assert [each.word for each in history] == ["supported", "contradicted"]
    assert told(history) == (
        f"supported from 2026-05-03, supported then, contradicted now since 2026-06-14: {because}"
    )


def test_figures_that_change_no_word_are_no_history(library: Library) -> None:
    library.settle(MAY)
    library.publish("cn.m1", "5 5 4.9", JUNE)
    assert library.settle(JUNE) == Settled(1)
    assert len(library.history("a#c1")) == 1


def test_only_claims_whose_text_changed_are_judged_again(library: Library) -> None:
    library.settle(MAY)
    library.shelf.put({"a.md": HEAD.format("a") + "More.\n\n" + claim("c1", GAP.replace("4", "2"))})
    settled = library.settle(MAY)
    assert settled.judged == 1
    assert settled.changed[0].because == "the claim or the date of its document was changed"
    assert library.words() == {"a#c1": "contradicted", "b#c1": "contradicted"}
    library.shelf.touch("b.md")
    library.shelf.put(
        {"b.md": HEAD.format("b") + "Other words.\n\n" + claim("c1", "mean(cn.m2, 2026Q1) > 9")}
    )
    assert library.settle(MAY) == Settled()


def test_what_is_gone_is_dropped_and_its_history_kept(library: Library) -> None:
    library.settle(MAY)
    library.shelf.remove("b.md")
    library.settle(JUNE)
    assert "b#c1" not in library.words()
    assert [each.word for each in library.history("b#c1")] == ["contradicted"]


def test_an_entry_of_the_catalogue_that_changes_is_an_input_too(library: Library) -> None:
    library.settle(MAY)
    defined = Indicator("cn.m2", "M2", "%", "M", definitions=(Definition("1", note="broad money"),))
    assert library.settle(MAY, Catalogue({**CATALOGUE.entries, "cn.m2": defined})).judged == 2
    assert library.settle(MAY, Catalogue({})).judged == 2
    assert library.words()["b#c1"] == "untestable"


def test_a_series_of_steps_is_judged_anew_on_another_day_only_while_its_period_is_open(
    library: Library,
) -> None:
    library.publish("cn.rate", "3", MAY)
    over, still_open = claim("over", "last(cn.rate, 2025) < 4"), claim("open", "last(cn.rate) < 4")
    library.shelf.put({"b.md": HEAD.format("b") + over + still_open})
    library.settle(MAY)
    assert library.settle(MAY).judged == 0
    assert library.settle(JUNE).judged == 1


def test_a_past_day_is_judged_from_its_vintages_and_not_from_what_was_shown(library: Library) -> None:
    library.settle(MAY)
    library.publish("cn.m1", "5 2 2", date(2026, 4, 20))  # filled in later, known before
    document = library.shelf.document("a")
    statement = dict(claims_of(document))["a#c1"]
    moments = library.moments(JUNE)
    verdict = verdict_of(statement, day_of(document), moments, as_of=MAY)
    shown = library.history("a#c1")[0]
    assert verdict.word == "contradicted"
    assert differs(shown, verdict) == (
        "shown as supported since 2026-05-03; the vintages of 2026-05-03 give contradicted"
    )
    assert differs(None, verdict) == ""
    early = verdict_of(statement, day_of(document), moments, as_of=date(2026, 4, 19))
    assert (early.said, early.now.day) == ("supported", date(2026, 4, 19))


def test_stale_figures_are_marked_when_looked_at(library: Library) -> None:
    library.shelf.put({"b.md": HEAD.format("b") + claim("c1", "last(cn.gap) > 9")})
    library.settle(MAY)
    closed, _, open_ended = library.ledger.rows()
    assert (closed.mark(lambda name: True), open_ended.mark(lambda name: True)) == ("✓", "~✗")
    assert closed.told(lambda name: True) == "supported"
    assert open_ended.told(lambda name: True) == f"contradicted, on figures of {open_ended.newest}"
    assert open_ended.told(lambda name: False) == "contradicted"
    assert open_ended.mark(lambda name: False) == "✗"


def test_two_sets_of_folders_share_a_file_and_no_claims(library: Library) -> None:
    library.settle(MAY)
    with closing(Ledger.open(library.folder, "other")) as other:
        assert other.rows() == []
        moment = datetime(2026, 5, 3, tzinfo=UTC)
        assert other.settle(library.shelf.index, library.moments(MAY), moment).judged == 3
        assert len(library.history("a#c1")) == 1
    assert library.settle(MAY) == Settled()


def test_a_damaged_file_is_begun_anew_and_all_is_judged_again(library: Library) -> None:
    library.settle(MAY)
    library.ledger.close()
    (library.folder / "verdicts.db").write_bytes(b"no database" * 1000)
    library.ledger = Ledger.open(library.folder)
    assert library.settle(JUNE).judged == 3


# ---------------------------------------------------------------------- the first briefing

TESTED = {
    "c08a": ("supported", 3.35), "c08b": ("contradicted", 4.4), "c10": ("contradicted", 7.775),
    "c11": ("contradicted", 5.833), "c12a": ("contradicted", 9.408), "c12b": ("contradicted", 9.067),
    "c14a": ("contradicted", 3.148), "c14b": ("contradicted", 2.677), "c22": ("contradicted", 5.828),
    "c32": ("supported", 50.806), "c33": ("supported", 62.963), "c34": ("supported", 66.071),
    "c35": ("supported", 11.268),
}  # fmt: skip
JUDGED = {
    "supported": {"c01", "c03", "c06", "c23", "c25"},
    "contradicted": {"c07", "c15", "c20", "c26", "c32b", "c38"},
    "untestable": {"c31", "c36", "c37"},
}


def test_the_claims_of_the_first_briefing_come_out_as_research_found(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    index = Index.open(tmp_path / "index.db")
    update(index, ranked(tmp_path / "library")[:1])
    with closing(open_store(tmp_path, moment)) as vintages, closing(Ledger.open(tmp_path)) as ledger:
        ledger.settle(index, Moments(load(), vintages, moment.date()), moment)
        rows = {row.id.partition("#")[2]: row for row in ledger.rows("china-legal-shield")}
    index.close()
    for name, (word, measured) in TESTED.items():
        assert (rows[name].method, rows[name].said) == ("tested", word), name
        assert rows[name].measured == pytest.approx(measured, abs=5e-4), name
    for word, names in JUDGED.items():
        assert {(rows[name].method, rows[name].word) for name in names} == {("judged", word)}
