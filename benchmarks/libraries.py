"""Libraries of any size, made for one run and removed after it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from benchmarks import programs
from benchmarks.vaults import vault

LONG_TITLE = "A long note"
LONG_FIRST_LINE = "Paragraph 0 of the long note"
RARE_WORD = "quicksilver"
"""Stands in the long note once in 1,000 lines."""

CLAIM_SERIES = ("cn.m2_yoy", "cn.m1_yoy", "cn.cpi_yoy", "cn.pmi", "cn.exports_yoy", "cn.lpr_1y", "us.vix")
"""Series of the snapshot that made claims rest on, beside `cn.m2_m1_gap`, which is derived."""

_PER_DOCUMENT = 20
_TESTS = (
    "mean({0}, {1}) ~ {2} +- 0.5",
    "max({0}, {1}) < {2}",
    "change({0}, {1}-01..{1}-12) > 0",
    "value({0}, {1}-06) ~ {2} +- 0.1",
    "mean(cn.m2_m1_gap, {1}) > {2}",
    "last(cn.m2_yoy) - last(cn.m1_yoy) < {2}",
    "stdev({0}, last 10) < 1 and min({0}, last 10) > {2}",
    "value(cn.m2_m1_gap, {1}-03) - value(cn.m2_m1_gap, {1}-01) > 0",
)

_LINKS = 3
_TOPICS = ("legal-shield", "monetary-stability", "key-players", "market-dynamics", "risks")
_CHINESE = (
    "中国人民银行公布货币供应量。",
    "反外国不当域外管辖条例自公布之日起施行。",
    "半导体企业名单见附件。",
)


@dataclass(frozen=True, slots=True)
class Built:
    """A home whose library has been indexed: seconds of wall and CPU time, and memory in MB that took."""

    home: Path
    wall: float
    cpu: float
    rss: float


class Libraries:
    """Homes in a temporary folder, each made when it is first asked for. A context manager."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="briefing-bench-")
        self._built: dict[str, Built] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def bundled(self) -> Built:
        """Only what ships with the program."""
        return self._make("bundled", iter(()))

    def fresh(self, name: str) -> Built:
        """The same in a home of its own."""
        return self._make(name, iter(()))

    def of_documents(self, count: int) -> Built:
        """So many documents beside the bundled ones: briefings, entities and plain notes."""
        return self._make(f"{count}-documents", documents(count))

    def of_claims(self, count: int) -> Built:
        """So many tested claims beside the bundled ones, twenty in a briefing."""
        return self._make(f"{count}-claims", claims(count))

    def of_a_vault(self) -> Built:
        """Thousands of plain notes, irregular ones, beside the bundled documents."""
        return self._make("vault", vault())

    def with_long_note(self, lines: int) -> Built:
        """One note of so many lines beside the bundled documents."""
        return self._make(f"{lines}-lines", iter([("long.md", long_note(lines))]))

    def _make(self, name: str, files: Iterator[tuple[str, str]]) -> Built:
        if name not in self._built:
            home = Path(self._folder.name, name)
            (home / "library").mkdir(mode=0o700, parents=True)
            home.chmod(0o700)
            for relative, text in files:
                path = home / "library" / relative
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text.encode())
            self._built[name] = Built(home, **json.loads(programs.run_indexing(home, "build")))
        return self._built[name]


def documents(count: int) -> Iterator[tuple[str, str]]:
    """(relative path, text) of documents that link to one another, with Chinese in all of them."""
    for number in range(count):
        links = " ".join(f"[[d{(number * 7 + 13 * step + 1) % count}]]" for step in range(_LINKS))
        kind = number % 10
        if kind < 6:
            yield f"briefings/d{number}.md", _briefing(number, links)
        elif kind < 8:
            yield f"entities/d{number}.md", _entity(number, links)
        else:
            yield f"notes/d{number}.md", f"# Note {number}\n\n{_CHINESE[number % 3]} See {links}.\n"


def claims(count: int) -> Iterator[tuple[str, str]]:
    """(relative path, text) of briefings that hold so many tested claims, each with a date of its own."""
    for number in range(count // _PER_DOCUMENT):
        date = f"{2016 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}"
        head = f"---\nid: c{number}\nkind: briefing\ntitle: Claims {number} 主张\ndate: {date}\n---\n"
        made = (_claim(number * _PER_DOCUMENT + place) for place in range(_PER_DOCUMENT))
        yield f"claims/c{number}.md", head + "".join(made)


def _claim(number: int) -> str:
    series, year = CLAIM_SERIES[number % len(CLAIM_SERIES)], 2010 + number // 7 % 15
    test = _TESTS[number // 3 % len(_TESTS)].format(series, year, number % 90 / 10)
    return f"\n```claim\nid: k{number}\nsays: It is so 如此\ntest: {test}\n```\n"


def long_note(lines: int) -> str:
    """A note of so many lines: headings, paragraphs, lists, tables, links and Chinese."""
    return "\n".join(["# " + LONG_TITLE, *(_long_line(number) for number in range(lines - 1))]) + "\n"


def _briefing(number: int, links: str) -> str:
    day = f"{2000 + number % 25}-{1 + number % 12:02}-{1 + number % 28:02}"
    date = "2999-12-31" if number == 0 else day
    parts = [
        f"---\nid: d{number}\nkind: briefing\ntitle: Briefing {number}\ntitle_zh: 简报\ndate: {date}\n---"
    ]
    parts.append(f"# Bottom line {{#bottom-line}}\n\nIn short: {_CHINESE[number % 3]} See {links}.")
    for topic in _TOPICS:
        text = f"What {topic} means here is told by {links}, and by the text 正文 of {number}."
        parts.append(
            f"# Part {topic} {{#{topic} topic={topic}}}\n\n{text}\n\n- {_CHINESE[0]}\n- {_CHINESE[1]}"
        )
    return "\n\n".join(parts) + "\n"


def _entity(number: int, links: str) -> str:
    head = (
        f"id: d{number}\nkind: entity\nname: Entity {number}\ntitle: Entity {number}\naliases: [实体{number}]"
    )
    return f"---\n{head}\n---\nKnows {links}. {_CHINESE[number % 3]}\n"


def _long_line(number: int) -> str:
    if number % 1000 == 500:
        return f"Here {RARE_WORD} 水银 stands, line {number}."
    match number % 20:
        case 0 | 2 | 5 | 9 | 14 | 19:
            return ""
        case 1:
            return f"Paragraph {number // 20} of the long note 长篇笔记 begins here,"
        case 3:
            return f"## Section {number // 20} 部分"
        case 10 | 11 | 12 | 13:
            return f"- item {number} names [[huawei|Huawei]] 华为 and its row"
        case 15:
            return "| row | value | 名称 |"
        case 16:
            return "|---|---|---|"
        case 17 | 18:
            return f"| {number} | {number % 97} % | [[smic]] 中芯国际 |"
        case _:
            return f"and goes on with plain words about line {number}, 其余为正文,"
