"""The People's Bank of China: monthly reports, rate notices and the money supply table, as web pages.

Each fetch begins at a list, which says what is new, and goes on through the documents that are not held
yet: `walk` finds them, `notices` and `tables` read them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sources.adapters.pboc import notices, tables, walk
from sources.answers.pages import read_page
from sources.model import Answer, Period
from sources.provider import Asked, Field, Provider, Query

_KINDS = {**notices.KINDS, "table": tables.KIND}


def requests(
    queries: Sequence[Query], since: Period | None, today: date, secrets: Mapping[str, str]
) -> list[Asked]:
    """One list per kind of document; what follows from it comes as `Answer.following`."""
    groups: dict[str, list[Query]] = {}
    for query in queries:
        groups.setdefault(query.get("document"), []).append(query)
    return [
        Asked(walk.request([_KINDS[name].start]), tuple(group), today, since)
        for name, group in groups.items()
    ]


def parse(body: bytes, asked: Asked) -> Answer:
    """What a list leads to, or what a document says. Raises WrongAnswer for any other page."""
    page = read_page(body, asked.content_type)
    kind = _KINDS[asked.queries[0].get("document")]
    step = next(step for step in kind.steps if step.here(walk.path(asked.request)))
    return step.read(page, asked)


def source_page(query: Query) -> str:
    """The list on which the documents stand."""
    return walk.BASE + _KINDS[query.get("document")].start


PROVIDER = Provider(
    id="pboc",
    name="People's Bank of China",
    home="https://www.pbc.gov.cn/diaochatongjisi/116219/index.html",
    hosts=("www.pbc.gov.cn",),
    licence="work of a government: cite the People's Bank of China, with the link",
    fields=(
        Field("document", f"one of {', '.join(_KINDS)}", "|".join(_KINDS)),
        Field(
            "figure",
            "of a report `m2_yoy` and the like, of `lpr` 1y or 5y, of `reverse-repo` 7d, of a table `M2`",
            "|".join(("1y", "5y", r"\d+d", *notices.FIGURES, *tables.FIGURES)),
        ),
    ),
    requests=requests,
    parse=parse,
    source_page=source_page,
    most_bytes=4_000_000,
)
