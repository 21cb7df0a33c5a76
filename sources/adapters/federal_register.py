"""Federal Register: how many documents of an agency name something, by month.

Its lists are read by windows of time, newest first, and not by numbered pages: those end after 10,000
documents, where it silently serves the first page again. A month counts once its whole list was seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from sources.answers.asking import answered, one_each, with_parameter
from sources.answers.bodies import described, expect, member, read_json, wrong
from sources.answers.sampling import day_in
from sources.model import Answer, Frequency, Period, Refused, Request, SourceError
from sources.provider import Asked, Field, Provider, Query, Row
from sources.text import message

_LIST = "https://www.federalregister.gov/api/v1/documents.json"
_FROM, _UNTIL = "conditions[publication_date][gte]", "conditions[publication_date][lte]"
_TERM, _AGENCY, _TYPE = "conditions[term]", "conditions[agencies][]", "conditions[type][]"
_FIELDS = ("document_number", "publication_date", "type", "agencies")
_PER_PAGE = "500"
_FIRST_DAY = "2017-01-01"
_TYPES = {"RULE": "Rule", "PRORULE": "Proposed Rule", "NOTICE": "Notice", "PRESDOCU": "Presidential Document"}
"""Its types of documents, as asked for and as answered."""

_FREQUENCIES: tuple[Frequency, ...] = ("M", "Q", "A")


def _request(query: Query, since: Period | None) -> Request:
    """The month before the newest one held is counted again."""
    first = since.shifted(-1).first.isoformat() if since else query.get("start", _FIRST_DAY)
    return Request(
        _LIST,
        query=(
            (_AGENCY, query.get("agency")),
            (_TERM, query.get("term")),
            *((_TYPE, kind) for kind in _kinds(query)),
            *(("fields[]", name) for name in _FIELDS),
            ("per_page", _PER_PAGE),
            ("order", "newest"),
            (_FROM, first),
        ),
    )


def _kinds(query: Query) -> list[str]:
    return query.get("types").split()


def parse(body: bytes, asked: Asked) -> Answer:
    """The documents of each period that this list holds whole; periods without any count zero.

    Raises Refused for its errors, and WrongAnswer where a condition was not heeded.
    """
    query = asked.queries[0]
    if query.frequency not in _FREQUENCIES:
        raise wrong(f"the frequency of {query.series}", ", ".join(_FREQUENCIES), query.frequency)
    content = _content(body, asked.content_type, query.get("term"))
    count = member(content, "count", int)
    documents = member(content, "results", list) if count else []
    if count and not documents:
        raise wrong("results", f"some of {count} documents", documents)
    days = _days(documents, asked)
    if not days and asked.since is None and not asked.parameter(_UNTIL):
        raise Refused("nothing matches agency, term and types")
    cut = Period.holding(days[-1], query.frequency) if len(documents) < count else None
    following = _following(asked, cut) if cut else None
    return answered(asked, lambda each: _rows(each, days, asked, cut), following)


def _content(body: bytes, content_type: str, term: str) -> dict[str, object]:
    """The body, if its description names the term: so it says what conditions it has heeded."""
    content = expect(read_json(body, content_type), dict, "the body")
    if "count" not in content and ("errors" in content or "message" in content):
        raise Refused(_words(content))
    description = member(content, "description", str)
    if term.strip('"').casefold() not in description.casefold():
        raise wrong("description", term, description)
    return content


def _words(content: Mapping[str, object]) -> str:
    errors = content.get("errors")
    if isinstance(errors, dict):
        return message("; ".join(f"{str(name)[:60]} {str(text)[:100]}" for name, text in errors.items()), 200)
    words = content.get("message")
    return message(words[:800], 200) if isinstance(words, str) else described(content)


def _days(documents: Iterable[object], asked: Asked) -> list[date]:
    """The days of publication, newest first, each document once. Raises WrongAnswer."""
    days: dict[str, date] = {}
    newest, first = asked.parameter(_UNTIL), asked.parameter(_FROM)
    for document in documents:
        day = _checked(document, asked.queries[0])
        if not first <= day.isoformat() <= (newest or "9999"):
            raise wrong("publication_date", f"a day from {first} to {newest}, newest first", day.isoformat())
        newest = day.isoformat()
        days[member(document, "document_number", str, "a document")] = day
    return list(days.values())


def _checked(document: object, query: Query) -> date:
    """The day of a document that is of the agency and the types asked for. Raises WrongAnswer."""
    agencies = member(document, "agencies", list, "a document")
    slugs = [str(agency.get("slug", "")) for agency in agencies if isinstance(agency, dict)]
    if query.get("agency") not in slugs:
        raise wrong("agencies", query.get("agency"), ", ".join(slugs))
    kinds = [_TYPES[kind] for kind in _kinds(query)]
    if (kind := member(document, "type", str, "a document")) not in kinds:
        raise wrong("type", " or ".join(kinds), kind)
    return day_in(member(document, "publication_date", str, "a document"), "publication_date")


def _following(asked: Asked, cut: Period) -> Request:
    """The next window: it ends with the period that this list cuts through, and always before this one's."""
    until = cut.last.isoformat()
    if until == asked.parameter(_UNTIL):
        raise wrong("the list", f"all documents of {cut}", "only the newest of them")
    return with_parameter(asked.request, _UNTIL, until)


def _rows(query: Query, days: Sequence[date], asked: Asked, cut: Period | None) -> list[Row]:
    """Counts of the periods that are over and lie wholly in the list."""
    counts = Counter(Period.holding(day, query.frequency) for day in days)
    period = _first_period(query.frequency, asked, cut)
    until = asked.parameter(_UNTIL)
    rows: list[Row] = []
    while period.last < asked.today and (not until or period.last.isoformat() <= until):
        rows.append((period, float(counts[period])))
        period = period.shifted(1)
    return rows


def _first_period(frequency: Frequency, asked: Asked, cut: Period | None) -> Period:
    if cut:
        return cut.shifted(1)
    start = date.fromisoformat(asked.parameter(_FROM))
    period = Period.holding(start, frequency)
    return period if period.first == start else period.shifted(1)


def explain(status: int, body: bytes) -> str:
    """Its own words about a condition that it does not take."""
    try:
        return _words(expect(read_json(body), dict, "the body"))
    except SourceError:
        return ""


def source_page(query: Query) -> str:
    """The search on its pages that lists the same documents."""
    conditions = [(_AGENCY, query.get("agency")), (_TERM, query.get("term"))]
    conditions += [(_TYPE, kind) for kind in _kinds(query)]
    return f"{PROVIDER.home}documents/search?{urlencode(conditions)}"


PROVIDER = Provider(
    id="federal-register",
    name="Federal Register",
    home="https://www.federalregister.gov/",
    hosts=("www.federalregister.gov",),
    licence="work of the government of the United States: public domain",
    fields=(
        Field("agency", "the agency as in its addresses, as industry-and-security-bureau", r"[a-z0-9-]+"),
        Field("term", "the words that documents must hold, as China", r'[^"]+|"[^"]+"'),
        Field(
            "types",
            "types of documents with blanks between: RULE PRORULE NOTICE PRESDOCU",
            r"(RULE|PRORULE|NOTICE|PRESDOCU)( (RULE|PRORULE|NOTICE|PRESDOCU))*",
        ),
        Field("start", "the first day of the first month, as 2017-01-01", r"\d{4}-\d{2}-01", required=False),
    ),
    requests=one_each(_request),
    parse=parse,
    source_page=source_page,
    explain=explain,
    rest_hours=6.0,
)
