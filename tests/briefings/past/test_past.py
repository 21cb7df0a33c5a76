"""Nothing later leaks into a past day: whatever a desk of that day is asked, later additions change nothing.

Every public method of the desk is asked here, and one that is not yet named below fails the first test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from briefings.desk import Desk, Library
from briefings.documents.model import TOPICS, Document
from briefings.search.query import parse
from tests.homes import places_in
from tests.later import DAYS, FAR, LATER, SERIES, START, Later, add, begin, look, put_back, write

ITEMS = (
    "own", "own#c1", "own#c2", "own#c3", "own#q1", "own#lately", "own#own-text", "later-entity", "huawei",
    "smic",
    "china-legal-shield", "china-legal-shield#c10", "china-legal-shield#c08b", "china-legal-shield#p1",
    "china-legal-shield#first-uses", "nuctech-determination", "m1-redefinition", "decree-835", "a-note",
)  # fmt: skip
DOCUMENTS = tuple(name for name in ITEMS if "#" not in name)
EXPRESSIONS = (
    "last(cn.m2_yoy)", "mean(cn.m2_m1_gap, last 10)", "cn.m2_yoy", "last(us.vix)", "mean(cn.m1_yoy, 2024)",
    "cn.none",
)  # fmt: skip
QUERIES = ("m2 gap", "later", "后来", "huawei kind:claim", "verdict:contradicted gap", "anew")
INDICATORS = (*SERIES, "cn.m2_m1_gap", "cn.none")

NOT_ASKED = {
    "as_of": "makes the desk",
    "close": "ends it",
    "forget": "drops what was worked out",
    "kept_searches": "what the reader keeps, whatever day is read",
    "lacks_names": "whether named_like finds all yet",
    "gather_names": "gathers what named_like is asked",
    "use_names": "takes what was gathered",
    "index": "the desk is asked instead",
    "judge_when_asked": "how verdicts of today are kept",
    "library": "where the files are, today as ever",
    "day": "the day itself",
    "notes": "what opening the files of today came upon",
    "tell": "takes what was met while today's desk was brought up to date",
    "upkeep": "refuses: what is past does not change",
    "take_verdicts": "takes those of today where none can be kept",
    "state": "when answers may be others, and nothing of what they are",
}


def _item(ask: Callable[[Desk, Any], object]) -> Callable[[Desk], object]:
    """What is asked of items is asked of all of them, those that are not there left out."""
    return lambda desk: [item and ask(desk, item) for item in map(desk.item, ITEMS)]


def _each(names: tuple[str, ...], ask: Callable[[Desk, str], object]) -> Callable[[Desk], object]:
    return lambda desk: [ask(desk, name) for name in names]


def _whole(document: Document | None) -> Document | None:
    return document and document._replace(blocks=tuple(document.blocks), sections=tuple(document.sections))


def _written(desk: Desk, name: str) -> str | None:
    document = desk.document(name)
    return desk.written(document) if document else None


def _charts(desk: Desk) -> list[object]:
    """All that charts and tables ask."""
    charts = desk.charts
    names = ("cn.m2_yoy", "cn.m1_yoy")
    each = [(charts.plot((name,), "own"), charts.table(name), charts.sources((name,))) for name in INDICATORS]
    told = (charts.panels(names), charts.plot(names, "china-legal-shield"), charts.choices(names))
    return [*each, *told, *(charts.events(name) for name in DOCUMENTS)]


def _origins(desk: Desk) -> list[object]:
    """Where all figures come from, and what was published of them when."""
    origins = desk.origins
    figures = (*INDICATORS, "cn.m1_yoy:old@2024-03", "cn.m2_m1_gap@2024-01", *EXPRESSIONS, *ITEMS)
    periods = ("cn.m1_yoy@2024-01", "cn.m2_m1_gap@2024-01", "cn.m2_yoy@2026-03", "cn.m1_yoy:2025")
    told = [origins.provenance(name) for name in figures]
    return [*told, *(origins.vintages(name) for name in (*INDICATORS, *periods))]


def _found(desk: Desk, text: str) -> list[object]:
    """What a search finds, whatever numbers its passages have."""
    found = desk.searching().find(parse(text))
    places = [place._replace(number=0) for group in found.groups for place in group.places]
    return [places, found.more, len(found.left_out), found.near, found.asked]


def _judged(desk: Desk) -> Iterator[tuple[Any, Any]]:
    for item in map(desk.item, ITEMS):
        if item and (verdict := desk.judge(item)):
            yield item, verdict


ASKED: dict[str, Callable[[Desk], object]] = {
    "all_figures": lambda desk: desk.all_figures(),
    "back_links": _item(lambda desk, item: desk.back_links(item)),
    "back_links_on": _each(INDICATORS, lambda desk, name: desk.back_links_on(name)),
    "carried": lambda desk: [desk.carried(verdict) for _, verdict in _judged(desk)],
    "catalogued": lambda desk: desk.catalogued(),
    "charts": _charts,
    "claims_on": _each(INDICATORS, lambda desk, name: (desk.claims_on(name), desk.claims_on(name, "own"))),
    "counts": lambda desk: {kind: count for kind, count in desk.counts().items() if count},
    "dangling": _each(DOCUMENTS, lambda desk, name: desk.dangling(name)),
    "document": _each(DOCUMENTS, lambda desk, name: _whole(desk.document(name))),
    "documents": lambda desk: (desk.documents(), desk.documents("briefing", "event")),
    "explained": _each(EXPRESSIONS, lambda desk, text: desk.explained(text)),
    "fault_count": lambda desk: desk.fault_count(),
    "faults": lambda desk: desk.faults(),
    "figure": _each(EXPRESSIONS, lambda desk, text: desk.figure(text)),
    "figures_of": _each(TOPICS, lambda desk, topic: desk.figures_of(topic)),
    "forward_links": _item(lambda desk, item: desk.forward_links(item)),
    "graph": _item(lambda desk, item: (desk.graph().sayings(item), desk.graph().around(item, (9, 3)))),
    "history_begins": _each(INDICATORS, lambda desk, name: desk.history_begins(name)),
    "indicator": _each(INDICATORS, lambda desk, name: desk.indicator(name)),
    "is_late": _each(INDICATORS, lambda desk, name: desk.is_late(name)),
    "item": _each(ITEMS, lambda desk, name: desk.item(name)),
    "items_of": _each(DOCUMENTS, lambda desk, name: (desk.items_of(name), desk.items_of(name, "claim"))),
    "judge": _item(lambda desk, item: desk.judge(item)),
    "known_from": _each(ITEMS, lambda desk, name: desk.known_from(name, "own")),
    "linked_from": _each(DOCUMENTS, lambda desk, name: desk.linked_from(name)),
    "told": lambda desk: [desk.told(row) for row in desk.verdicts()],
    "mark": lambda desk: [desk.mark(row) for row in desk.verdicts()],
    "matching": _each(("m", "later", "后"), lambda desk, words: desk.matching(words)),
    "named_like": _each(("gap", "later", "own"), lambda desk, typed: desk.named_like(typed, 20)),
    "nearest": _each(("latr-entity", "owm", "huawai"), lambda desk, name: desk.nearest(name)),
    "newest_briefing": lambda desk: desk.newest_briefing(),
    "origins": _origins,
    "own": lambda desk: (dict(desk.own.outcomes), dict(desk.own.forecasts), dict(desk.own.words)),
    "part": lambda desk: [desk.part(kind, 0, 50) for kind in ("briefing", "entity", "note", "event")],
    "reviewed": _each(DOCUMENTS, lambda desk, name: desk.reviewed(name)),
    "resolve": _each(ITEMS, lambda desk, name: desk.resolve(name, "own")),
    "searching": _each(QUERIES, _found),
    "section_at": _each(DOCUMENTS, lambda desk, name: [desk.section_at(name, at) for at in range(12)]),
    "sharing": _each(ITEMS, lambda desk, name: desk.sharing(name)),
    "shown_before": _each(ITEMS, lambda desk, name: desk.shown_before(name)),
    "shown_otherwise": lambda desk: [desk.shown_otherwise(each, item.id) for item, each in _judged(desk)],
    "standing": lambda desk: desk.standing(),
    "statement": _item(lambda desk, item: desk.statement(item)),
    "status": _item(lambda desk, item: (desk.status(item), desk.status(item, date(2026, 3, 1)))),
    "title_of": _each(INDICATORS, lambda desk, name: desk.title_of(name)),
    "today": lambda desk: desk.today,
    "verdict": _each(ITEMS, lambda desk, name: desk.verdict(name)),
    "verdicts": lambda desk: (desk.verdicts(), desk.verdicts("own")),
    "written": _each(DOCUMENTS, _written),
}  # fmt: skip


def test_every_method_of_the_desk_is_asked() -> None:
    methods = {name for name in (*dir(Desk), "own") if not name.startswith("_")}
    assert methods - NOT_ASKED.keys() == ASKED.keys()


def test_a_past_day_is_not_kept_up(tmp_path: Path) -> None:
    with closing(Desk(Library(places_in(tmp_path)), START)) as desk:
        before = desk.as_of(START - timedelta(days=1))
        with pytest.raises(RuntimeError, match="2026-08-31"):
            before.upkeep.update()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of the first day, put back for each example."""
    home = tmp_path_factory.mktemp("past") / "home"
    begin(home)
    return home


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(day=DAYS, later=LATER)
def test_later_additions_change_no_answer_of_a_past_day(home: Path, day: date, later: Later) -> None:
    put_back(home)
    before = _answers(home, day)
    add(home, max(day, START) + timedelta(later.after), later)
    after = _answers(home, day)
    for name, answer in before.items():
        assert after[name] == answer, name


def _answers(home: Path, day: date) -> dict[str, object]:
    with closing(Desk(Library(places_in(home)), FAR)) as desk:
        past = desk.as_of(day)
        return {name: ask(past) for name, ask in ASKED.items()}


def test_a_file_that_comes_later_has_its_oldest_text_on_all_days_before(home: Path) -> None:
    put_back(home)
    undated = "---\nid: newcomer\nkind: entity\nname: Newcomer 新来\n---\n[[own]] {}\n"
    dated = "---\nid: dated\nkind: briefing\ntitle: Dated\ndate: {}\n---\nWords.\n"
    for day, words in ((5, "First."), (9, "Second.")):
        on = START + timedelta(day)
        write(home, "newcomer.md", undated.format(words))
        write(home, "dated.md", dated.format(on))
        write(home, "older.md", dated.format("2026-02-03").replace("id: dated", "id: older"))
        look(home, on)

    def texts(day: date, name: str) -> tuple[str, str]:
        past = desk.as_of(day)
        document = past.document(name)
        assert document is not None
        return "".join(span.text for block in document.blocks for span in block.spans), past.written(document)

    with closing(Desk(Library(places_in(home)), FAR)) as desk:
        held = f"text held since {START + timedelta(5)}"
        assert texts(date(2026, 4, 20), "newcomer") == ("own First.", held)
        assert texts(START + timedelta(5), "newcomer") == ("own First.", "")
        assert texts(START + timedelta(9), "newcomer") == ("own Second.", "")
        assert texts(date(2026, 4, 20), "dated")[1] == f"text of {START + timedelta(5)}"
        assert texts(date(2026, 4, 20), "older") == ("Words.", held)
        past = desk.as_of(date(2026, 4, 20))
        assert [item.id for item in past.matching("新来")] == ["newcomer"]
        assert "newcomer" in repr(past.back_links(past.item("own")))  # type: ignore[arg-type]


def test_days_that_share_their_documents_are_searched_with_their_own_figures(home: Path) -> None:
    def newest(desk: Desk) -> str:
        found = desk.searching().find(parse("m2 growth kind:indicator"))
        assert "cn.m2_yoy" in {place.item for group in found.groups for place in group.places}
        return next(each.period for each in desk.catalogued() if each.id == "cn.m2_yoy")

    put_back(home)
    with closing(Desk(Library(places_in(home)), FAR)) as desk:
        early, late = desk.as_of(date(2026, 4, 10)), desk.as_of(date(2026, 4, 20))
        assert early.index is late.index
        for _ in range(2):
            assert newest(early) == "2026-02"
            assert newest(late) == "2026-03"
