"""From a list to the documents on it: which are new, and the way through them one after the other.

The documents still to come stand in the fragment of the URL, which is never sent: so each step knows the
rest of the way, and the refresh need not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urldefrag, urljoin, urlsplit

from sources.answers.bodies import wrong
from sources.answers.pages import Page
from sources.model import Answer, Period, Request
from sources.provider import Asked

BASE = "https://www.pbc.gov.cn"

_AT_FIRST = 12
_AT_MOST = 30
"""A refresh reads so many documents of one list: what a list shows on its first page."""


@dataclass(frozen=True, slots=True)
class Step:
    """A kind of page: whether a path is one of it, and what it says."""

    here: Callable[[str], bool]
    read: Callable[[Page, Asked], Answer]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: the page where its list stands, and the pages from there on."""

    start: str
    steps: tuple[Step, ...]


def request(paths: Sequence[str]) -> Request:
    """The request for the first of some paths, with the others to follow."""
    rest = ",".join(paths[1:])
    return Request(BASE + paths[0] + (f"#{rest}" if rest else ""))


def path(asked: Request) -> str:
    """The path that a request asks for."""
    return urlsplit(asked.url).path


def following(asked: Asked, before: Sequence[str] = ()) -> Request | None:
    """The request for what comes next: the paths in `before`, then the rest of the way."""
    rest = urldefrag(asked.request.url).fragment
    paths = [*before, *filter(None, rest.split(","))]
    return request(paths) if paths else None


def local_path(target: str, base: str) -> str:
    """The path of a link on the bank's own site; empty for a link to anywhere else."""
    try:
        parts = urlsplit(urljoin(BASE + base, target.strip()))
    except ValueError:
        return ""
    local = parts.hostname == urlsplit(BASE).hostname and parts.scheme in ("http", "https")
    plain = not (parts.query or parts.fragment) and "," not in parts.path
    return parts.path if local and plain and parts.path.isascii() else ""


def newer(found: Iterable[tuple[date, str]], asked: Asked, expected: str) -> Answer:
    """The way through those dated documents of a list that are not held yet, the oldest first.

    Raises WrongAnswer where the list holds none at all.
    """
    dated = sorted(set(found))
    if not dated:
        raise wrong("the links of the page", expected, "none")
    since = asked.since
    fresh = [each for each in dated if since is None or each[0] > since.last]
    chosen = fresh[:_AT_MOST] if since else fresh[-_AT_FIRST:]
    notes = [] if chosen else [f"nothing on the list after {since}"]
    if since and _gap(since, dated[0][0]):
        notes.append(
            f"the list reaches back to {dated[0][0]} only: what stands between {since} and it is missing"
        )
    return Answer(notes=tuple(notes), following=request([path for _, path in chosen]) if chosen else None)


def _gap(since: Period, oldest: date) -> bool:
    """Whether a list that begins on a day may lack documents that come after the newest period held."""
    return oldest > since.shifted(1).last
