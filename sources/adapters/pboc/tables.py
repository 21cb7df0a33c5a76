"""The money supply table: a page per year, months in columns, in units of 100 million yuan."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from sources.adapters.pboc import walk
from sources.adapters.pboc.walk import Kind, Step
from sources.answers.bodies import wrong
from sources.answers.pages import Page, Table
from sources.answers.sampling import number_in
from sources.model import Answer, Period, Point
from sources.provider import Asked, Row, settle

_FOLDER = "/diaochatongjisi/116219/116319"
_START = f"{_FOLDER}/index.html"
_NAME = "货币供应量"
_FILE = re.compile(r"/diaochatongjisi/attachDir/\d{4}/\d{2}/\d{8,30}\.html?")
_TOPIC = re.compile(re.escape(_FOLDER) + r"/([0-9a-z]{4,20})/[0-9a-z]{4,20}/index\.html")
_YEAR = re.compile(re.escape(_FOLDER) + r"/([0-9a-z]{4,20})/index\.html")
_MONTH = re.compile(r"(\d{4})\.(\d{1,2})")
_YEARS_AT_MOST = 3

FIGURES = ("M2", "M1", "M0")
"""The rows of the table, widest first."""

Columns = dict[int, Period]


def _read_index(page: Page, asked: Asked) -> Answer:
    """The way through the yearly pages that may hold months not held yet."""
    here = walk.path(asked.request)
    years: dict[str, int] = {}
    topics: list[tuple[str, str]] = []
    for link in page.links:
        path = walk.local_path(link.target, here)
        if (year := _YEAR.fullmatch(path)) and (named := re.search(r"(\d{4})年", link.text)):
            years[year[1]] = int(named[1])
        elif (topic := _TOPIC.fullmatch(path)) and "货币统计概览" in link.text:
            topics.append((topic[1], path))
    pages = {years[name]: path for name, path in topics if name in years}
    if not pages:
        raise wrong("the links of the page", "years with their 货币统计概览", "none")
    first = asked.since.first.year if asked.since else asked.today.year - 1
    wanted = [path for year, path in sorted(pages.items()) if first <= year <= asked.today.year]
    if not wanted:
        return Answer(notes=(f"no page for {first} or later",))
    return Answer(following=walk.request(wanted[:_YEARS_AT_MOST]))


def _read_topic(page: Page, asked: Asked) -> Answer:
    """The way to the table: its link is the first file after its name."""
    here = walk.path(asked.request)
    before = ""
    for link in page.links:
        path = walk.local_path(link.target, here)
        if _FILE.fullmatch(path) and _NAME in before + link.text:
            return Answer(following=walk.following(asked, [path]))
        before = link.after
    raise wrong("the links of the page", f"the table {_NAME}", page.title or "none")


def _read_table(page: Page, asked: Asked) -> Answer:
    """The months of a year. Raises WrongAnswer unless it is the table, in its unit, month by month."""
    table, head = _find(page)
    columns = _months(table[head])
    found = {name: _row(table[head + 1 :], name, columns) for name in FIGURES}
    _check_money(found)
    points: dict[str, tuple[Point, ...]] = {}
    notes: list[str] = []
    for query in asked.queries:
        rows = [
            (Period.holding(period.first, query.frequency), value)
            for period, value in found.get(query.get("figure"), ())
        ]
        points[query.series], said = settle(query, rows, asked.today)
        notes += said
    return Answer(points, tuple(notes), walk.following(asked))


def _find(page: Page) -> tuple[Table, int]:
    """The table of a page with its name and unit above the months, and the row of these."""
    for table in page.tables:
        for at, row in enumerate(table):
            above = "".join("".join(cells) for cells in table[:at])
            if sum(bool(_MONTH.fullmatch(cell)) for cell in row) and _NAME in above:
                if "亿元" not in above.replace("万亿元", ""):
                    raise wrong("the unit of the table", "亿元", above)
                return table, at
    raise wrong("the tables of the page", f"{_NAME}, with months as 2026.08", page.title or "none")


def _months(head: list[str]) -> Columns:
    """The month of each column. The place decides what `2025.1` is, and must agree with the rest."""
    cells = [(column, cell) for column, cell in enumerate(head) if column and cell]
    columns: Columns = {}
    for month, (column, cell) in enumerate(cells, 1):
        match = _MONTH.fullmatch(cell)
        if not match or month > 12 or match[2] not in _spellings(month):
            raise wrong(f"column {column + 1} of the table", f"month {month}", cell)
        columns[column] = Period(_first(match[1], month), "M")
    if len({period.first.year for period in columns.values()}) != 1:
        raise wrong("the months of the table", "one year", " ".join(cell for _, cell in cells))
    return columns


def _spellings(month: int) -> tuple[str, ...]:
    """How a month may be written: October also as 1, when a spreadsheet took 2025.10 for a number."""
    return (f"{month:02}", str(month), *(("1",) if month == 10 else ()))


def _first(year: str, month: int) -> date:
    if not 1950 <= int(year) <= 2200:
        raise wrong("the months of the table", "a year", year)
    return date(int(year), month, 1)


def _row(below: Table, name: str, columns: Columns) -> list[Row]:
    """The months of a row. What stands below further months is another table in the same frame."""
    end = next((at for at, row in enumerate(below) if any(map(_MONTH.fullmatch, row[1:]))), len(below))
    named = [
        row for row in below[:end] if row and f"({name})" in row[0].replace("（", "(").replace("）", ")")
    ]
    if len(named) != 1:
        raise wrong("the rows of the table", f"one with ({name})", f"{len(named)}")
    cells = dict(enumerate(named[0]))
    return [(period, number_in(cells.get(column, ""), name)) for column, period in columns.items()]


def _check_money(found: dict[str, list[Row]]) -> None:
    """Raises WrongAnswer unless M2 > M1 > M0 in every month: rows may have changed places."""
    for wide, narrow in pairwise(FIGURES):
        for (period, more), (_, less) in zip(found[wide], found[narrow], strict=True):
            if more is not None and less is not None and more <= less:
                raise wrong(f"{wide} in {period}", f"more than {narrow} ({less:g})", more)


KIND = Kind(
    _START,
    (
        Step(lambda path: path == _START, _read_index),
        Step(lambda path: _TOPIC.fullmatch(path) is not None, _read_topic),
        Step(lambda path: True, _read_table),
    ),
)
