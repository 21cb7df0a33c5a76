"""Reports and notices: sentences with figures in them, read word by word or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from sources.adapters.pboc import walk
from sources.adapters.pboc.walk import Kind, Step
from sources.answers.bodies import wrong
from sources.answers.pages import Link, Page
from sources.answers.sampling import number_in
from sources.model import Answer, Period, Point
from sources.provider import Asked, settle

_CHINA = timezone(timedelta(hours=8))
_PLAIN = str.maketrans("（）［］，：；％０１２３４５６７８９．", "()[],:;%0123456789.")
_TITLE = re.compile(r"(\d{4})年(\d{1,2}月|一季度|上半年|前三季度|)金融统计数据报告")
_LAST_MONTH = {"一季度": 3, "上半年": 6, "前三季度": 9, "": 12}
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})\s+(\d{2}:\d{2}:\d{2})")
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_LPR = re.compile(
    r"(\d{4})年(\d{1,2})月(\d{1,2})日贷款市场报价利率\(LPR\)为:1年期LPR为([\d.]+)%,5年期以上LPR为([\d.]+)%"
)
_SENTENCES = {
    "m2": r"广义货币\(M2\)余额",
    "m1": r"狭义货币\(M1\)余额",
    "m0": r"流通中货币\(M0\)余额",
    "tsf": r"社会融资规模存量",
    "loans": r"(?<!发放的)人民币贷款余额",
}
_REST = r"为?([\d.]+)万亿元,同比(增长|下降)([\d.]+)%"

FIGURES = tuple(name + ending for name in _SENTENCES for ending in ("", "_yoy"))
"""The figures of a report: levels in trillion yuan, and growth on the year in percent."""

Figures = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class _Document:
    """A kind of document with a list of its own: what leads to it, and what it says on which day."""

    folder: str
    words: str
    dated: Callable[[Link, str], date | None]
    read: Callable[[Page], tuple[date, Figures]]

    def kind(self) -> Kind:
        """Its list, and the document itself."""
        start = f"{self.folder}/index.html"
        return Kind(
            start,
            (
                Step(lambda path: path == start, self.read_list),
                Step(lambda path: True, self.read_document),
            ),
        )

    def read_list(self, page: Page, asked: Asked) -> Answer:
        """The way through the documents that are new."""
        found = []
        for link in page.links:
            path = walk.local_path(link.target, walk.path(asked.request))
            inside = re.fullmatch(re.escape(self.folder) + r"/([0-9a-f]{8,40})/index\.html", path)
            day = self.dated(link, inside[1]) if inside else None
            if day:
                found.append((day, path))
        return walk.newer(found, asked, f"links to {self.words}")

    def read_document(self, page: Page, asked: Asked) -> Answer:
        """The figures of a document; one that it does not hold is noted."""
        day, figures = self.read(page)
        published = _published(page, day)
        points: dict[str, tuple[Point, ...]] = {}
        notes: list[str] = []
        for query in asked.queries:
            if query.get("figure") not in figures:
                notes.append(f"{query.series}: not in the document of {day}")
                continue
            row = (Period.holding(day, query.frequency), figures[query.get("figure")])
            points[query.series], said = settle(query, [row], asked.today, published)
            notes += said
        return Answer(points, tuple(notes), walk.following(asked))


def _compact(text: str) -> str:
    """Text without blanks, its wide brackets and digits made plain: tags and authors put them anywhere."""
    return "".join(text.split()).translate(_PLAIN)


def _moment(page: Page) -> datetime | None:
    """The first moment that a page names, which is that of its publication; in the time of China."""
    match = _MOMENT.search(page.text)
    try:
        return datetime.fromisoformat(f"{match[1]}T{match[2]}") if match else None
    except ValueError:
        return None


def _published(page: Page, day: date) -> datetime | None:
    """When the page says that it was published, if that is possible for its day; in UTC."""
    moment = _moment(page)
    if moment is None or not timedelta(0) <= moment.date() - day <= timedelta(days=120):
        return None
    return moment.replace(tzinfo=_CHINA).astimezone(UTC)


def _day_of(match: re.Match[str] | None) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _report_day(title: str) -> date | None:
    """The last day of the month that a report is about; a title with a year alone is about December."""
    match = _TITLE.search(_compact(title))
    if not match:
        return None
    month = _LAST_MONTH.get(match[2]) or int(match[2].removesuffix("月"))
    try:
        return Period(date(int(match[1]), month, 1), "M").last
    except ValueError:
        return None


def _read_report(page: Page) -> tuple[date, Figures]:
    """The month and the figures of a report. Raises WrongAnswer for a page that is none."""
    day = _report_day(page.title) or _report_day(page.text)
    if day is None:
        raise wrong("the title of the page", "…金融统计数据报告", page.title or page.text)
    text = _compact(page.text)
    figures: dict[str, float | None] = {}
    for name, words in _SENTENCES.items():
        found = set(re.findall(words + _REST, text))
        if len(found) > 1:
            raise wrong(f"the sentence about {name}", "one", f"{len(found)} that differ")
        for level, direction, growth in found:
            sign = -1 if direction == "下降" else 1
            figures[name] = number_in(level, name)
            figures[f"{name}_yoy"] = sign * (number_in(growth, f"{name}_yoy") or 0.0)
    if not figures:
        raise wrong(
            "the report", "a sentence as `广义货币(M2)余额…万亿元,同比增长…%`", page.title or page.text
        )
    _check_money(figures)
    return day, figures


def _check_money(figures: Figures) -> None:
    """Raises WrongAnswer unless M2 > M1 > M0, as far as the report names them."""
    for wide, narrow in (("m2", "m1"), ("m1", "m0")):
        more, less = figures.get(wide), figures.get(narrow)
        if more is not None and less is not None and more <= less:
            raise wrong(wide, f"more than {narrow} ({less:g})", more)


def _read_lpr(page: Page) -> tuple[date, Figures]:
    """The day and the two rates of a notice. Raises WrongAnswer for a page that is none."""
    match = _LPR.search(_compact(page.text))
    day = _day_of(match)
    if match is None or day is None:
        raise wrong("the notice", "a sentence as `1年期LPR为…%,5年期以上LPR为…%`", page.title or page.text)
    return day, {"1y": number_in(match[4], "1y"), "5y": number_in(match[5], "5y")}


def _read_repo(page: Page) -> tuple[date, Figures]:
    """The day and the rates of the operations, by their days. Raises WrongAnswer for a page that is none."""
    text = _compact(page.text)
    days = [day for match in _DAY.finditer(text) if (day := _day_of(match))]
    moment = _moment(page)
    day = moment.date() if moment else next(iter(days), None)
    if day is None or "公开市场业务交易公告" not in text:
        raise wrong("the notice", "公开市场业务交易公告 and its day", page.title or page.text)
    if days and day not in days:
        raise wrong("the day of the notice", day.isoformat(), days[0].isoformat())
    return day, {name: rate for table in page.tables for name, rate in _rates(table)}


def _rates(table: list[list[str]]) -> list[tuple[str, float | None]]:
    """Terms and rates of a table; none where it has no rates, as when nothing was sold."""
    head = [_compact(cell) for cell in table[0]] if table else []
    rate = next((at for at, cell in enumerate(head) if cell in ("操作利率", "中标利率")), None)
    if rate is None or head[0] != "期限":
        return []
    terms = [
        (re.fullmatch(r"(\d{1,3})天", _compact(row[0])), row) for row in table[1:] if len(row) == len(head)
    ]
    return [(f"{term[1]}d", number_in(_compact(row[rate]), "the rate")) for term, row in terms if term]


def _report_listed(link: Link, name: str) -> date | None:
    return _report_day(link.text)


def _lpr_listed(link: Link, name: str) -> date | None:
    text = _compact(link.text)
    return _day_of(_DAY.search(text)) if "贷款市场报价利率" in text else None


def _repo_listed(link: Link, name: str) -> date | None:
    """Notices of operations are named by the moment of their publication."""
    day = _day_of(re.match(r"(\d{4})(\d{2})(\d{2})\d{9,}", name))
    return day if "公开市场业务交易公告" in _compact(link.text) else None


_POLICY = "/zhengcehuobisi/125207/125213"

KINDS: dict[str, Kind] = {
    "report": _Document(
        "/diaochatongjisi/116219/116225", "reports (金融统计数据报告)", _report_listed, _read_report
    ).kind(),
    "lpr": _Document(
        f"{_POLICY}/125440/3876551", "notices of the loan prime rate", _lpr_listed, _read_lpr
    ).kind(),
    "reverse-repo": _Document(
        f"{_POLICY}/125431/125475", "notices of open market operations", _repo_listed, _read_repo
    ).kind(),
}
