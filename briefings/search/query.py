"""The language of searches, and what it means for a row. Pure: nothing here knows an index.

    query = group {"OR" group}        group = term {term}          all terms of one group must hold
    term  = ["-"] (word | "exact words" | key:value | key:"value")

Signs of full width count as their plain forms. A text that is still being typed is a query too: a quote
may be open, a value may be the beginning of one, and an `OR` may have nothing on a side.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from briefings.documents.dates import Interval, interval, window
from briefings.documents.model import TOPICS
from briefings.ledger.words import WORDS
from briefings.search.tokens import stands_in, tokens, wanted
from sources.text import fold

KINDS = (
    "entity", "instrument", "event", "indicator", "claim", "prediction", "briefing", "section", "note",
)  # fmt: skip
"""What is found, in the order of the groups of results."""

VALUES: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    "topic": TOPICS,
    "verdict": tuple(WORDS),
    "state": ("open", "due", "true", "false", "void"),
    "stale": ("yes", "no"),
    "date": (),
    "source": (),
    "in": (),
}
"""The keys, and the values of those that have only some."""

MEANINGS = {
    "kind": "what it is",
    "topic": "the tab it belongs to",
    "verdict": "what came of a claim",
    "state": "what became of a prediction",
    "stale": "yes where a newer figure is out than is kept",
    "date": "when it was written: 2026-03, 2026-03.., 2025..2026-04",
    "source": "who says or publishes it",
    "in": "the document it stands in",
}

LONGEST = 500
"""Characters of a query."""

MOST_TERMS = 40

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»「」『』〝〞", '"'))
_TERM = re.compile(
    r"""(?P<minus>-(?=\S))?
        (?: "(?P<phrase>[^"]*)(?:"|$)
          | (?P<key>[^\s":]*):(?:"(?P<quoted>[^"]*)(?:"|$)|(?P<value>[^\s"]*))
          | (?P<word>[^\s"]+) )""",
    re.VERBOSE,
)


class QueryError(ValueError):
    """A query that means nothing. `str()` says why and what was expected."""


class Term(NamedTuple):
    """A condition: words where `key` is empty, `exact` ones as they stand; else a key and its value."""

    value: str
    key: str = ""
    exact: bool = False
    negated: bool = False


Group = tuple[Term, ...]


class Query(NamedTuple):
    """What is looked for: one of the groups, all terms of it. Without groups it is nothing."""

    groups: tuple[Group, ...] = ()

    @property
    def filtered(self) -> bool:
        """Whether something other than words is asked for."""
        return any(term.key for group in self.groups for term in group)


class Facts(NamedTuple):
    """What a query can ask of one item. `text` is all that is searched of it, its title included.

    `stale` is None where nothing is measured; `source` and `document` are texts in which a value must
    stand. `date` is a partial date, or empty.
    """

    kind: str
    text: str = ""
    topics: tuple[str, ...] = ()
    verdict: str = ""
    state: str = ""
    stale: bool | None = None
    date: str = ""
    source: str = ""
    document: str = ""


# ---------------------------------------------------------------------- reading


def parse(text: str) -> Query:
    """The query that a text is. Raises `QueryError`, and nothing else, whatever the text."""
    plain = unicodedata.normalize("NFKC", text.translate(_QUOTES)).translate(_QUOTES)
    if len(plain) > LONGEST:
        raise QueryError(f"too long: at most {LONGEST} characters")
    groups: list[list[Term]] = [[]]
    for found in _TERM.finditer(plain):
        if found["word"] == "OR" and not found["minus"]:
            groups.append([])
        else:
            groups[-1] += _terms(found)
    if sum(map(len, groups)) > MOST_TERMS:
        raise QueryError(f"too long: at most {MOST_TERMS} terms")
    return Query(tuple(tuple(group) for group in groups if group))


def without_filters(query: Query) -> Query:
    """The query with its words alone."""
    groups = (tuple(term for term in group if not term.key) for group in query.groups)
    return Query(tuple(group for group in groups if any(not term.negated for term in group)))


def fitting(key: str, value: str) -> tuple[str, ...]:
    """The values of a key that begin like a value; the value itself where it is one."""
    begun = _value(value)
    values = VALUES[key]
    whole = tuple(each for each in values if _value(each) == begun)
    return whole or tuple(each for each in values if _value(each).startswith(begun))


def _terms(found: re.Match[str]) -> list[Term]:
    negated = found["minus"] is not None
    words = found["phrase"] if found["phrase"] is not None else found["word"]
    if words is not None:
        exact = found["phrase"] is not None
        return [Term(words, exact=exact, negated=negated)] if tokens(words) else []
    key = found["key"].lower()
    value = found["quoted"] if found["quoted"] is not None else found["value"]
    _check(key, value, found[0])
    return [Term(value.strip(), key, negated=negated)]


def _check(key: str, value: str, term: str) -> None:
    if key not in VALUES:
        begun = (each for each in VALUES if key and each.startswith(key))
        near = next(begun, None) or (_nearest(key, VALUES) if key else None)
        what = f"nearest: {near}" if near else f'text with a colon is quoted: "{term.lstrip("-")}"'
        raise QueryError(f'no key "{key}"; {what}')
    if not value.strip():
        offer = ", ".join(VALUES[key]) or MEANINGS[key]
        raise QueryError(f"{key}: needs a value: {offer}")
    if key == "date":
        try:
            window(value.strip())
        except ValueError as error:
            raise QueryError(str(error)) from None
    elif VALUES[key] and not fitting(key, value):
        near = _nearest(_value(value), VALUES[key])
        offer = f"nearest: {near}" if near else f"expected {', '.join(VALUES[key])}"
        raise QueryError(f'no {key} "{value.strip()}"; {offer}')


def _nearest(word: str, known: Iterable[str]) -> str | None:
    from sources.likeness import nearest  # which only a mistake needs

    return nearest(word, known)


def _value(text: str) -> str:
    """A value as it is compared: `in-part` is `in part`."""
    return fold(text.replace("-", " ").replace("_", " "))


# ---------------------------------------------------------------------- what it means


def matches(query: Query, facts: Facts) -> bool:
    """Whether an item is what a query looks for."""
    return any(holds_all(group, facts) for group in query.groups)


def holds_all(group: Sequence[Term], facts: Facts) -> bool:
    """Whether all terms of a group hold for an item."""
    return all(_holds(term, facts) is not term.negated for term in group)


def _holds(term: Term, facts: Facts) -> bool:
    match term.key:
        case "":
            words = wanted(term.value, term.exact)
            found = _tokens_of(facts.text)
            return any(stands_in(word, found) for word in words)
        case "kind":
            return facts.kind in fitting("kind", term.value)
        case "topic":
            return not set(facts.topics).isdisjoint(fitting("topic", term.value))
        case "verdict":
            return facts.verdict in fitting("verdict", term.value)
        case "state":
            return facts.state in fitting("state", term.value)
        case "stale":
            return facts.stale is not None and facts.stale is ("yes" in fitting("stale", term.value))
        case "date":
            return is_within(facts.date, term.value)
        case "source":
            return _stands_in(term.value, facts.source)
    return _stands_in(term.value, facts.document)


@lru_cache(1 << 14)
def _stands_in(value: str, text: str) -> bool:
    return fold(value) in fold(text)


@lru_cache(8)
def _tokens_of(text: str) -> tuple[str, ...]:
    return tokens(text)


@lru_cache(1 << 14)
def is_within(day: str, asked: str) -> bool:
    """Whether all days that a partial date names lie in a window; never without a date."""
    try:
        own = interval(day)
    except ValueError:
        return False
    wanted_days = _days(asked)
    return wanted_days.first <= own.first and own.last <= wanted_days.last


def _days(asked: str) -> Interval:
    first, dots, last = asked.partition("..")
    end = last if dots else first
    return Interval(
        interval(first).first if first else date.min,
        interval(end).last if end else date.max,
    )
