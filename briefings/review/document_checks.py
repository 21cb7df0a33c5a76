"""What to look at twice in what a document claims: rules that need no judge, only dates and figures.

    deadline           a prediction's window closed before it was made
    stale evidence     the newest figure behind a claim was old when the document appeared
    definition break   a claim's period crosses a break, or two claims stand on different definitions
    effect first       an effect is dated before its cause
    absolute           a word such as `unprecedented` without anything to compare with
    likelihood         a word that does not fit the band beside it, or stands with a confidence
    conflict           two documents state different numbers for the same figure

Pure: documents and verdicts go in, findings come out, in the order of documents and lines.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Literal, NamedTuple

from briefings.documents.dates import Interval, interval
from briefings.documents.model import Block, Document, Fault, Statement
from briefings.ledger.likelihood import found_in
from briefings.ledger.predictions import void_at_birth
from briefings.ledger.verdicts import Verdict
from sources.expressions import ExpressionError, parse, plain
from sources.expressions.tracks import called
from sources.expressions.tree import Comparison, Node, Number, Test, is_closed, references, windows_of

Kind = Literal[
    "deadline", "stale evidence", "definition break", "effect first", "absolute", "likelihood", "conflict",
]  # fmt: skip

STALE_MONTHS = 24
"""Age of the newest figure behind a claim, at the document's date, from which it is called stale."""

DatesOf = Callable[[str, str], Interval | None]
"""(link target, id of the document it stands in) -> the days on which an item came to be; None: unknown."""

Verdicts = Mapping[str, Verdict]
"""The verdicts of claims by their whole ids (`china-legal-shield#c10`)."""


class Finding(NamedTuple):
    """One thing to look at twice; `item` is the whole id of the claim or prediction, or of the document."""

    kind: Kind
    item: str
    path: str
    line: int
    words: str

    def fault(self) -> Fault:
        """The finding as `file:line: what`."""
        return Fault(self.path, self.line, f"{self.kind}: {self.words}", "warning")


def check_document(document: Document, verdicts: Verdicts, dates_of: DatesOf) -> list[Finding]:
    """All findings in one document, by line."""
    found = [
        *deadlines(document),
        *stale_evidence(document, verdicts),
        *definition_breaks(document, verdicts),
        *effects_first(document, dates_of),
        *absolutes(document),
        *likelihoods(document),
    ]
    return sorted(found, key=lambda each: each.line)


# ---------------------------------------------------------------------- dates


def deadlines(document: Document) -> Iterator[Finding]:
    """Predictions whose window closed before the first day on which they can have been made."""
    for block, prediction in _statements(document, "prediction"):
        if why := void_at_birth(prediction):
            yield _finding("deadline", document, block, why)


def effects_first(document: Document, dates_of: DatesOf) -> Iterator[Finding]:
    """Claims whose effect was there on a day before any on which the cause can have been."""
    for block, claim in _statements(document, "claim"):
        cause, effect = (
            dates_of(target, document.id) if target else None for target in (claim.cause, claim.effect)
        )
        if cause and effect and effect.last < cause.first:
            words = f"{claim.effect} is of {effect.last}, its cause {claim.cause} of {cause.first}"
            yield _finding("effect first", document, block, words)


def first_date(document: Document) -> Interval | None:
    """The days on which what a document describes came to be: the earliest of its dates."""
    found = [interval(day) for _, day in document.facts.dates if day]
    return min(found, default=None)


# ---------------------------------------------------------------------- figures


def stale_evidence(document: Document, verdicts: Verdicts) -> Iterator[Finding]:
    """Tested claims whose newest figure was old when the document appeared."""
    for block, claim in _statements(document, "claim"):
        verdict = verdicts.get(f"{document.id}#{claim.id}")
        if verdict and verdict.age is not None and verdict.age >= STALE_MONTHS:
            words = f"its newest figure is of {verdict.now.newest}, {verdict.age} months before the document"
            yield _finding("stale evidence", document, block, words)


def definition_breaks(document: Document, verdicts: Verdicts) -> Iterator[Finding]:
    """Claims whose period crosses a break, and claims that use a series in another definition than before."""
    first: dict[str, tuple[str, frozenset[str]]] = {}
    for block, claim in _statements(document, "claim"):
        verdict = verdicts.get(f"{document.id}#{claim.id}")
        if verdict is None:
            continue
        if verdict.word == "definition changed":
            yield _finding("definition break", document, block, verdict.now.why)
        for series, definitions in _definitions(verdict).items():
            other, before = first.setdefault(series, (claim.id, definitions))
            if before.isdisjoint(definitions):
                here, there = _joined(definitions), _joined(before)
                words = f"{series} on the {here} definition, in {other} on the {there} one"
                yield _finding("definition break", document, block, words)


def _definitions(verdict: Verdict) -> dict[str, frozenset[str]]:
    """The definitions that a verdict rests on, by series."""
    found: dict[str, set[str]] = {}
    for series, each in verdict.now.used:
        found.setdefault(series, set()).add(each.definition)
    return {series: frozenset(definitions) for series, definitions in found.items()}


def _joined(definitions: frozenset[str]) -> str:
    return " and ".join(sorted(map(called, definitions)))


# ---------------------------------------------------------------------- words

_ABSOLUTE = re.compile(
    r"(?i)\b(?:unprecedented(?:ly)?|unparalleled|unrivalled|de facto standard|game[- ]chang(?:er|ing)"
    r"|(?:few|no other) (?:economies|countries|firms|states|markets)|first ever|the only|always|never"
    r"|everyone|nobody|the (?:world's )?(?:largest|biggest|best|greatest|most \w+))\b"
    r"|史无前例|前所未有|绝无仅有"
)
_COMPARATOR = re.compile(
    r"(?i)\b(?:than|compared|versus|against|since|among|after|before|by \w+'s count)\b|\d|比|自"
)
_QUOTED = re.compile(r'"[^"\n]*"|“[^”\n]*”|「[^」\n]*」')
_SENTENCE = re.compile(r"[^.!?。！？\n]+(?:[.!?](?!\s|$)[^.!?。！？\n]*)*[.!?。！？]?")
_BAND = re.compile(r"\s*\(\s*(?:about |some )?(\d{1,3})\s*(?:-|–|to)\s*(\d{1,3})\s*%")
_CONFIDENCE = re.compile(
    r"(?i)\b(?:high|moderate|medium|low) confidence\b|\bconfident(?:ly)?\b|\bconfidence\b"
)


def absolutes(document: Document) -> Iterator[Finding]:
    """Claims that say `unprecedented` and the like, and in the same sentence nothing to compare with."""
    for block, claim in _statements(document, "claim"):
        for sentence in _SENTENCE.findall(claim.says):
            match = _ABSOLUTE.search(sentence)
            if match and not claim.test and not _COMPARATOR.search(sentence.replace(match[0], "")):
                words = f'"{match[0]}" compares with nothing; expected a figure, a date or "than"'
                yield _finding("absolute", document, block, words)


def likelihoods(document: Document) -> Iterator[Finding]:
    """Words of likelihood beside a band that is not theirs, or in one sentence with a confidence (ICD 203
    keeps the two apart). What stands between quotation marks is somebody else's."""
    for block in document.blocks:
        if block.kind not in ("paragraph", "item", "claim", "prediction"):
            continue
        for sentence in _SENTENCE.findall(_QUOTED.sub("", block.text)):
            for words in _unlikely(sentence):
                yield _finding("likelihood", document, block, words)


def _unlikely(sentence: str) -> Iterator[str]:
    found = found_in(sentence)
    for each in found:
        match = _BAND.match(sentence, each.end)
        stated = (int(match[1]), int(match[2])) if match else None
        if stated and stated != (round(each.band.low * 100), round(each.band.high * 100)):
            yield f'"{each.written} ({stated[0]}-{stated[1]} %)" is not its band; expected {each.band}'
    confidence = _CONFIDENCE.search(sentence)
    if found and confidence:
        yield f'"{found[0].written}" and "{confidence[0]}" in one sentence; expected one of them'


# ---------------------------------------------------------------------- between documents


class _Stated(NamedTuple):
    """What a claim says that a figure is: the numbers from `low` to `high`."""

    document: Document
    block: Block
    low: float
    high: float
    words: str


def conflicts(documents: Iterable[Document]) -> list[Finding]:
    """Claims of two documents that state numbers for the same figure which cannot both be right."""
    stated: dict[str, list[_Stated]] = {}
    for document in documents:
        for block, claim in _statements(document, "claim"):
            for figure, says in _stated(document, block, claim):
                stated.setdefault(figure, []).append(says)
    return [
        _finding("conflict", later.document, later.block, _conflict(figure, later, earlier))
        for figure, several in stated.items()
        for earlier, later in combinations(several, 2)
        if earlier.document.id != later.document.id
        and max(earlier.low, later.low) > min(earlier.high, later.high)
    ]


def _conflict(figure: str, later: _Stated, earlier: _Stated) -> str:
    other = f"{earlier.document.id}#{earlier.block.anchor}"
    return f"{figure} is {later.words} here, {earlier.words} in {other}"


def _stated(document: Document, block: Block, claim: Statement) -> Iterator[tuple[str, _Stated]]:
    """Each figure of a test that is compared with a number, with the numbers that would pass."""
    try:
        tree = parse(claim.test).tree if claim.test else None
    except ExpressionError:
        return
    for comparison in tree.comparisons if isinstance(tree, Test) else ():
        if isinstance(comparison.right, Number) and _is_dated(comparison.left):
            low, high, words = _passing(comparison, comparison.right)
            yield str(comparison.left), _Stated(document, block, low, high, words)


def _is_dated(node: Node) -> bool:
    """Whether a figure is the same whenever it is looked at: of a series, over closed windows only."""
    return any(references(node)) and all(map(is_closed, windows_of(node)))


def _passing(comparison: Comparison, right: Number) -> tuple[float, float, str]:
    value, unit = right.value, f" {right.unit}" if right.unit else ""
    words = f"{comparison.sign} {plain(value)}{unit}"
    match comparison.sign:
        case "<" | "<=":
            return -math.inf, value, words
        case ">" | ">=":
            return value, math.inf, words
    slack = comparison.tolerance.value if comparison.tolerance else 0.0
    return value - slack, value + slack, f"{plain(value)}{unit}"


# ---------------------------------------------------------------------- common


def _statements(document: Document, kind: str) -> Iterator[tuple[Block, Statement]]:
    for block in document.blocks:
        if block.kind == kind and block.statement:
            yield block, block.statement


def _finding(kind: Kind, document: Document, block: Block, words: str) -> Finding:
    item = f"{document.id}#{block.anchor}" if block.anchor else document.id
    return Finding(kind, item, document.path, block.line, words)
