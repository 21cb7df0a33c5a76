"""Where figures come from: observations, computed ones, expressions and claims, over the snapshot."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.desk import Desk, Library, open_desk
from briefings.figures.observing import Observing
from briefings.figures.provenance import Place, Provenance, place_of
from briefings.figures.tracing import Tracing
from briefings.figures.vintages import History, history
from cache.evidence import FILE, Evidence
from cache.rows import Batch, ProvenanceRow, Row
from sources.observed import Observed
from sources.snapshot import open_store
from tests.homes import places_in

TODAY = date(2026, 9, 20)
GAP_2023 = "mean(cn.m2_m1_gap, 2023)"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("traced")
    library = Library(places_in(home))
    open_desk(library).close()
    desk = Desk(library, TODAY)
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Observing]:
    home = tmp_path_factory.mktemp("observed")
    observing = Observing(places_in(home), datetime(2026, 9, 20, tzinfo=UTC))
    yield observing
    observing.close()


def found(desk: Desk, name: str) -> Provenance:
    provenance = desk.origins.provenance(name)
    assert provenance is not None
    return provenance


def facts(provenance: Provenance) -> dict[str, str]:
    """The facts in words, those of one label together."""
    told: dict[str, str] = {}
    label = ""
    for name, cell in provenance.facts:
        label = name or label
        told[label] = f"{told.get(label, '')} {''.join(span.text for span in cell)}".strip()
    return told


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("cn.m2_yoy", Place("cn.m2_yoy")),
        ("cn.m1_yoy:old@2024-03", Place("cn.m1_yoy", "old", "2024-03")),
        ("cn.gdp@2024Q1", Place("cn.gdp", "", "2024Q1")),
        ("last(cn.m2_yoy)", None),
        ("cn.m2_yoy - cn.m1_yoy", None),
        ("china-legal-shield#c10", None),
        ("", None),
    ],
)
def test_names_of_observations_are_told_from_all_others(name: str, place: Place | None) -> None:
    assert place_of(name) == place
    assert place is None or str(place) == name


def test_an_observation_says_who_carried_it_and_what_it_was_taken_from(desk: Desk) -> None:
    newest = found(desk, "cn.m2_yoy")
    told = facts(newest)
    assert (newest.name, newest.figure) == ("cn.m2_yoy@2026-08", "7.5 %   2026-08")
    assert told["Agency"] == "PBOC"
    assert told["Source"] == "eastmoney CURRENCY_SUPPLY BASIC_CURRENCY_SAME"
    assert told["Vintage"].endswith("known by 2026-09-15, the end of its release window: an upper bound")
    assert told["Retrieved"] == "2026-09-17, 3 days ago; the answer is not held"
    assert told["Hash"] == "SHA-256 f7e2930bada06b451f1e4d9370526daadafaa84da58c315ca0cb4229755ddca2"
    assert told["Address"].startswith("https://")
    assert told["Licence"] == "facts of PBOC, cite"
    assert told["Asked"].startswith("never from here")
    assert newest.page == told["Address"]
    assert newest.citation == "M2 growth 7.5 %, 2026-08, PBOC by Eastmoney, known by 2026-09-15"


def test_what_is_not_known_is_said_not_guessed(desk: Desk) -> None:
    back_cast = facts(found(desk, "cn.m1_yoy@2024-01"))
    assert back_cast["Vintage"] == "2024-01 published 2025-02-14, by its source's own word"
    unknown = found(desk, "us.fed_funds")
    assert unknown.figure == "no figures yet"
    assert not unknown.citation
    assert found(desk, "cn.m2_yoy@1999-01").figure == "no figure of 1999-01"
    assert desk.origins.provenance("cn.nothing_such") is None
    assert desk.origins.provenance("last(cn.nothing_such)") is None
    assert desk.origins.provenance("no expression") is None
    assert desk.origins.provenance("china-legal-shield#none") is None


def test_a_definition_by_name_is_another_figure_than_the_newest(desk: Desk) -> None:
    old, new = found(desk, "cn.m1_yoy:old@2024-01"), found(desk, "cn.m1_yoy@2024-01")
    assert (old.figure, new.figure) == ("5.9 %   2024-01", "3.3 %   2024-01")
    assert "companies and public bodies" in facts(old)["Counts"]
    assert "client reserves" in facts(new)["Counts"]


def test_a_computed_figure_leads_to_the_sources_of_its_parts(desk: Desk) -> None:
    gap = found(desk, "cn.m2_m1_gap@2023-12")
    assert facts(gap)["Computed"] == "cn.m2_yoy 9.7 - cn.m1_yoy 1.3"
    links = [span.link.target for _, cell in gap.facts for span in cell if span.link]
    assert links == ["cn.m2_yoy@2023-12", "cn.m1_yoy@2023-12"]
    assert [found(desk, link).figure for link in links] == ["9.7 %   2023-12", "1.3 %   2023-12"]


def test_an_expression_that_gives_an_observation_has_its_provenance(desk: Desk) -> None:
    last = found(desk, "last(cn.m2_m1_gap)")
    assert last.name == "cn.m2_m1_gap@2026-08"
    assert facts(last)["Figure"] == "last(cn.m2_m1_gap)"


def test_an_expression_shows_its_steps_and_every_observation_it_used(desk: Desk) -> None:
    mean = found(desk, GAP_2023)
    told = facts(mean)
    assert mean.figure == "7.775 pp"
    assert "sum 93.3 / 12 = 7.775" in told["Steps"]
    assert "M2 growth   12 figures, 2023-01..2023-12" in told["Rests on"]
    assert [each.period for each in mean.behind] == [f"2023-{month:02}" for month in range(1, 13)]
    assert {found(desk, each.name).figure.split()[0] for each in mean.behind[:2]} == {"5.9", "7.1"}
    crossing = found(desk, "mean(cn.m1_yoy, 2023-06..2024-06)")
    assert crossing.figure == "definition changed"
    assert not crossing.citation


def test_a_claim_cites_what_states_it_and_what_was_measured(desk: Desk) -> None:
    claim = found(desk, "china-legal-shield#c10")
    told = facts(claim)
    assert claim.figure == "says 4.8 pp, measured 7.775 pp"
    assert (told["Publisher"], told["Published"]) == ("AINews", "2026-04")
    assert told["Address"] == "not known"
    assert len(claim.behind) == 12
    assert "AINews" in claim.citation
    judged = found(desk, "china-legal-shield#c26")
    assert judged.figure == "contradicted"
    assert told.keys() - {"Evidence"} - facts(judged).keys() == {"Test", "Steps", "Rests on"}


# ---------------------------------------------------------------------- vintages


def vintages(desk: Desk, name: str) -> History:
    made = desk.origins.vintages(name)
    assert made is not None
    return made


def test_a_period_lists_what_was_published_of_it_in_each_definition(desk: Desk) -> None:
    period = vintages(desk, "cn.m1_yoy@2024-01")
    assert [(each.value, f"{each.vintage.date()}", each.basis) for each in period.prints] == [
        (5.9, "2024-02-15", "calendar"),
        (3.3, "2025-02-14", "published"),
    ]
    assert [each.change for each in period.prints] == [None, None]  # another definition is no revision
    assert period.names == ("old", "2025")


def test_two_definitions_stand_side_by_side(desk: Desk) -> None:
    series = vintages(desk, "cn.m1_yoy")
    assert [pair.period for pair in series.pairs] == [f"2024-{month:02}" for month in range(1, 13)]
    assert (series.pairs[8].before, series.pairs[8].after) == (-7.4, -3.3)
    assert round(series.pairs[8].difference, 9) == 4.1


def test_a_computed_series_stands_side_by_side_in_the_definitions_of_its_parts(desk: Desk) -> None:
    gap = vintages(desk, "cn.m2_m1_gap")
    assert gap.names == ("old", "2025")
    september = gap.pairs[8]
    assert (september.period, round(september.before, 9), round(september.after, 9)) == (
        "2024-09",
        14.2,
        10.1,
    )


def test_a_computed_period_says_what_was_known_on_each_day(desk: Desk) -> None:
    period = vintages(desk, "cn.m2_m1_gap@2024-01")
    assert [round(each.value, 9) for each in period.prints] == [2.8, 5.4]
    assert [f"{each.vintage.date()}" for each in period.prints] == ["2024-02-15", "2025-02-14"]


def test_a_history_says_from_when_on_there_is_one(desk: Desk) -> None:
    assert vintages(desk, "cn.m1_yoy").since == date(2025, 2, 14)
    assert vintages(desk, "cn.gdp_growth").since is not None
    assert vintages(desk, "us.fed_funds").since is None
    assert desk.origins.vintages("cn.nothing_such") is None
    assert desk.origins.vintages("mean(cn.m2_yoy, 2023)") is None


# ---------------------------------------------------------------------- revisions


BODY = b"period,value"


def at(day: date) -> int:
    """The noon of a day as the store counts it."""
    return int(datetime.combine(day, time(12), UTC).timestamp() * 1_000_000)


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk whose store has seen August revised twice, the answer to the first of them being held."""
    home = tmp_path_factory.mktemp("revised")
    library = Library(places_in(home))
    open_desk(library).close()
    with closing(open_store(library.places.store, datetime(2026, 9, 18, tzinfo=UTC))) as store:
        for day, value, body in ((date(2026, 9, 18), 7.6, BODY), (date(2026, 9, 19), 7.4, b"")):
            origin = ProvenanceRow("eastmoney", "CODE", fetched=at(day), digest=sha256(body).hexdigest())
            row = Row(date(2026, 8, 1).toordinal(), value, at(day))
            store.append(Batch("cn.m2_yoy", [row], origin), at(day))
    with closing(Evidence.open(library.places.store)) as evidence:
        evidence.keep(BODY, at(date(2026, 9, 18)))
    desk = Desk(library, TODAY)
    yield desk
    desk.close()


def test_revisions_are_told_one_by_one_and_first_against_latest(revised: Desk) -> None:
    period = vintages(revised, "cn.m2_yoy@2026-08")
    assert [each.value for each in period.prints] == [7.5, 7.6, 7.4]
    changes = [each.change for each in period.prints[1:]]
    assert changes == [pytest.approx(0.1), pytest.approx(-0.2)]
    (whole,) = [each for each in vintages(revised, "cn.m2_yoy").revised if each.prints > 1]
    assert (whole.first.value, whole.latest.value, round(whole.by, 9)) == (7.5, 7.4, -0.1)
    gap = vintages(revised, "cn.m2_m1_gap@2026-08")
    assert [round(each.value, 9) for each in gap.prints] == [3.4, 3.5, 3.3]


def test_whether_the_answer_is_held_is_looked_up(revised: Desk) -> None:
    assert facts(found(revised, "cn.m2_yoy"))["Retrieved"].endswith("the answer is not held")
    older = told_before(revised)
    assert older.figure == "7.6 %   2026-08"
    assert facts(older)["Retrieved"].endswith("the answer is held")
    assert facts(older)["Licence"] == "facts of PBOC, cite"
    assert facts(older)["Address"] == "not known"


def test_an_answer_that_is_not_as_it_came_is_not_held(revised: Desk) -> None:
    with closing(sqlite3.connect(revised.library.places.store / FILE)) as file, file:
        assert file.execute("UPDATE bodies SET body = x'00'").rowcount == 1
    older = told_before(revised)
    assert facts(older)["Retrieved"].endswith("the answer is not held")
    with closing(Evidence.open(revised.library.places.store)) as evidence:
        evidence.keep(BODY, at(date(2026, 9, 18)))


def test_a_file_of_answers_that_another_program_keeps_locked_hides_no_figure(revised: Desk) -> None:
    with closing(sqlite3.connect(revised.library.places.store / FILE, isolation_level=None)) as file:
        file.execute("PRAGMA locking_mode = EXCLUSIVE")
        file.execute("BEGIN EXCLUSIVE")
        older = told_before(revised)
    assert older.figure == "7.6 %   2026-08"
    assert "the answer" in facts(older)["Retrieved"]


@pytest.mark.parametrize(
    ("damage", "ending", "note"),
    [
        ("UPDATE bodies SET body = x'00'", "the answer is not held", "is not as it was kept"),
        ("DROP TABLE bodies", "the answer is not held", "set aside as evidence.db.corrupt-1"),
        ("PRAGMA user_version = 99", "whether the answer is held cannot be read now", "by a newer version"),
    ],
)
def test_what_is_wrong_with_the_file_of_answers_is_told(
    revised: Desk, damage: str, ending: str, note: str
) -> None:
    places = revised.library.places
    with closing(sqlite3.connect(places.store / FILE)) as file, file:
        file.execute(damage)
    with closing(Observing(places, datetime(2026, 9, 20, tzinfo=UTC))) as observing:
        origin = ProvenanceRow("eastmoney", "CODE", digest=sha256(BODY).hexdigest())
        assert observing.answer(origin).endswith(ending)
        (told,) = observing.notes()
        assert told.startswith("evidence: ")
        assert note in told


def told_before(desk: Desk) -> Provenance:
    """What was told of the growth of M2 on the day before its last revision."""
    now = datetime(2026, 9, 20, tzinfo=UTC)
    with (
        closing(Observing(desk.library.places, now)) as observing,
        closing(on(observing, date(2026, 9, 18))) as then,
    ):
        told = Tracing(then).figure("cn.m2_yoy")
    assert told is not None
    return told


# ---------------------------------------------------------------------- as of a day


def on(store: Observing, day: date) -> Observing:
    """What was known at the end of a day, over the same store."""
    then = Observing.__new__(Observing)
    then.__dict__ |= store.__dict__
    then.now = datetime.combine(day, time.max, UTC)
    then.__dict__["observed"] = Observed(store.catalogue, store.vintages, day)
    return then


SERIES = ("cn.m1_yoy", "cn.m2_yoy", "cn.m2_m1_gap", "cn.cpi_yoy", "cn.lpr_1y", "gh.paddle_stars")


@settings(max_examples=60)
@given(day=st.dates(date(2008, 1, 1), date(2026, 9, 20)), name=st.sampled_from(SERIES), period=st.booleans())
def test_nothing_later_than_the_day_is_told(store: Observing, day: date, name: str, period: bool) -> None:
    then = on(store, day)
    series = then.observed.series(name)
    newest = series.observations[-1].period if series else None
    place = Place(name, period=str(newest) if newest and period else "")
    made = history(then.observed, then.vintages, place, then.now)
    assert made is not None
    assert all(each.vintage.date() <= day for each in made.prints)
    assert made.since is None or made.since <= day
    traced = Tracing(then).figure(str(place))
    assert traced is not None
    assert traced.figure.endswith(str(newest) if newest else "no figures yet")
    words = [span.text for _, cell in traced.facts for span in cell if span.link is None]
    words += [each.known for each in traced.behind]
    told = [word.strip(",;") for line in words for word in line.split()]
    days = [each for each in told if len(each) == 10 and each[4] == each[7] == "-"]
    assert all(each <= str(day) for each in days)
