"""GitHub: new stars of a repository by week or day, and what its page counts today.

The history comes in pages of 30 weeks, newest first. Sixty requests an hour are free for an address, so
without a token only the newest pages are read; weeks that are held already end the reading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sources.answers.asking import answered, grouped, look_back, with_parameter
from sources.answers.bodies import expect, member, read_json, wrong
from sources.answers.reading import day_of_epoch
from sources.limits import ANSWER_PAGES
from sources.model import Answer, Period, Refused, Request, SourceError
from sources.provider import Asked, Field, Provider, Query, Row

KEY = "github"
"""The name of its secret, a token. It answers without, but less often."""

_BASE = "https://api.github.com/repos/"
_HEADERS = (("Accept", "application/vnd.github+json"), ("X-GitHub-Api-Version", "2022-11-28"))
_PAGE_WEEKS = 30
_PAGES_WITHOUT_TOKEN = 8
_WEEK = timedelta(days=7)
_SUNDAY = 6

_COUNTS = {"stars": "stargazers_count", "forks": "forks_count", "open_issues": "open_issues_count"}
"""What the page of a repository counts, with the names of the API."""


@dataclass(frozen=True, slots=True)
class _Week:
    """New stars from Sunday to Saturday (UTC); stars that were taken back are not among them."""

    first: date
    days: tuple[int, ...]


def requests(
    queries: Sequence[Query], since: Period | None, today: date, secrets: Mapping[str, str]
) -> list[Asked]:
    """One request per repository and kind of answer."""
    token = secrets.get(KEY, "")
    return grouped(((_request(query, token), query) for query in queries), since, today)


def _request(query: Query, token: str) -> Request:
    history = query.get("count") == "new_stars"
    return Request(
        _BASE + query.get("repo") + ("/stargazers/history" if history else ""),
        headers=_HEADERS,
        secret_headers=(("Authorization", f"Bearer {token}"),) if token else (),
    )


def parse(body: bytes, asked: Asked) -> Answer:
    """A page of the history, or the counts of today. Raises WrongAnswer, or Refused for its messages."""
    content = read_json(body, asked.content_type)
    if isinstance(content, dict) and "full_name" not in content and "message" in content:
        raise Refused(_plain(200, content["message"]) or "it refuses")
    if asked.request.url.endswith("/stargazers/history"):
        return _history(content, asked)
    return _counts(content, asked)


def _counts(content: object, asked: Asked) -> Answer:
    """One value, of the day of asking. A renamed repository answers under its new name: a note."""
    name = member(content, "full_name", str)
    repository = asked.queries[0].get("repo")
    renamed = name.casefold() != repository.casefold()
    notes = (f"{repository} is called {name[:100]} now",) if renamed else ()
    return answered(asked, lambda query: [_count(content, query, asked.today)], notes=notes)


def _count(content: object, query: Query, today: date) -> Row:
    count = member(content, _COUNTS[query.get("count")], int)
    if count < 0:
        raise wrong(_COUNTS[query.get("count")], "a count", count)
    return Period.holding(today, query.frequency), float(count)


def _history(content: object, asked: Asked) -> Answer:
    weeks = [_week(entry) for entry in expect(content, list, "the body")]
    page = int(asked.parameter("page") or "1")
    _check_order(weeks, page, asked.today)
    following, notes = _following(weeks, page, asked)
    return answered(asked, lambda query: _rows(query, weeks, asked.today), following, notes)


def _week(entry: object) -> _Week:
    start = member(entry, "week", int, "a week")
    counts = member(entry, "days", list, "a week")
    try:
        first = day_of_epoch(start)
    except (OverflowError, ValueError):
        raise wrong("week", "seconds since 1970", start) from None
    if first.weekday() != _SUNDAY or start % 86_400:
        raise wrong("week", "the midnight that begins a Sunday", start)
    days = tuple(expect(count, int, "days") for count in counts)
    if len(days) != 7 or min(days) < 0 or sum(days) != member(entry, "total", int, "a week"):
        raise wrong("days", "seven counts that make up the total", counts)
    return _Week(first, days)


def _check_order(weeks: Sequence[_Week], page: int, today: date) -> None:
    """Raises WrongAnswer unless weeks go back in time, and a later page further than those before it."""
    newest = today + _WEEK - (page - 1) * _PAGE_WEEKS * _WEEK
    for week in weeks:
        if week.first > newest:
            raise wrong(f"page {page}", f"weeks before {newest}, each older than the last", f"{week.first}")
        newest = week.first - _WEEK


def _following(weeks: Sequence[_Week], page: int, asked: Asked) -> tuple[Request | None, tuple[str, ...]]:
    """The next page while there may be one that is not held yet, and a note where it is not asked for."""
    held = look_back(asked.since)
    if len(weeks) < _PAGE_WEEKS or (held and weeks[-1].first <= held):
        return None, ()
    most = ANSWER_PAGES if asked.request.secret_headers else _PAGES_WITHOUT_TOKEN
    if page >= most:
        return None, (f"{asked.queries[0].get('repo')}: weeks before {weeks[-1].first} need a token",)
    return with_parameter(asked.request, "page", str(page + 1)), ()


def _rows(query: Query, weeks: Sequence[_Week], today: date) -> list[Row]:
    """Weeks, named by their Sunday, or days; only those that are over."""
    if query.frequency == "W":
        return [
            (Period(week.first, "W"), float(sum(week.days))) for week in weeks if week.first + _WEEK <= today
        ]
    if query.frequency != "D":
        raise wrong(f"the frequency of {query.series}", "W or D", query.frequency)
    days = (
        (week.first + timedelta(days=place), count) for week in weeks for place, count in enumerate(week.days)
    )
    return [(Period(day, "D"), float(count)) for day, count in days if day < today]


def explain(status: int, body: bytes) -> str:
    """What it means by a refusal; its own words may hold the address of the reader, so they stay out."""
    try:
        return _plain(status, member(read_json(body), "message", str))
    except SourceError:
        return ""


def _plain(status: int, words: object) -> str:
    text = words.casefold() if isinstance(words, str) else ""
    if "secondary rate limit" in text or "abuse" in text:
        return "too many requests at once; it wants a pause"
    if "rate limit" in text:
        return "the free requests of this hour are used up"
    meanings = {
        "bad credentials": "it does not take the token that is set",
        "requires authentication": "it shows this to its members only",
        "not found": "there is no public repository of that name",
        "moved permanently": "the repository has moved",
    }
    return next((meaning for start, meaning in meanings.items() if text.startswith(start)), "")


def source_page(query: Query) -> str:
    """The page of the repository."""
    return f"{PROVIDER.home}{query.get('repo')}"


PROVIDER = Provider(
    id="github",
    name="GitHub",
    home="https://github.com/",
    hosts=("api.github.com",),
    licence="facts of GitHub's public interface",
    fields=(
        Field("repo", "owner and name, as hpcaitech/ColossalAI", r"[\w-]+/(?!\.\.?$)[\w.-]+"),
        Field("count", "new_stars (W or D), stars, forks or open_issues", "|".join(("new_stars", *_COUNTS))),
    ),
    requests=requests,
    parse=parse,
    source_page=source_page,
    explain=explain,
    rest_hours=6.0,
    key_page="https://github.com/settings/tokens",
)
