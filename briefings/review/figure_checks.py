"""What to look at twice in the figures of documents: expressions that say nothing, series nobody knows.

Pure: a document and the catalogue go in, faults come out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from briefings.documents.faults import first_faults
from briefings.documents.items import links_in
from briefings.documents.model import Block, Document, Fault, Severity
from briefings.documents.names import INDICATOR, is_indicator, split_target
from briefings.review.checks import Source, line_of, no_source
from sources.limits import MESSAGE_CHARACTERS
from sources.text import message

if TYPE_CHECKING:
    from sources.catalogue.catalogue import Catalogue

_WORD = re.compile(rf"(?<![\w./@:-]){INDICATOR.pattern}(?![\w/-])")
"""What may be the id of an indicator in a sentence: no part of an address or of a file's name."""


_DOMAINS = frozenset({"com", "edu", "gov", "int", "net", "org"})
"""Ends of words that are hosts: `us.gov` is no series."""


class _Finding(NamedTuple):
    """What is wrong, and the text by which its line is found."""

    text: str
    words: str
    severity: Severity = "error"


def figure_faults(document: Document, catalogue: Catalogue, source: Source = no_source) -> list[Fault]:
    """A fault for each expression that has no answer whatever the figures, and for each unknown series.

    An unknown series is a warning with the nearest one, as a dangling link is: in figures, tests, links
    and the words of `resolves`. An expression that cannot be read, or whose units or frequencies do not
    go together, is an error.
    """
    return first_faults(_faults(document, catalogue, source))


def _faults(document: Document, catalogue: Catalogue, source: Source) -> Iterator[Fault]:
    for block in document.blocks:
        for finding in _findings(block, catalogue):
            line = line_of(finding.text, source(document.path), block.line)
            words = message(finding.words, MESSAGE_CHARACTERS)
            yield Fault(document.path, line, words, finding.severity)


def _findings(block: Block, catalogue: Catalogue) -> Iterator[_Finding]:
    for link in links_in(block):
        if link.kind == "figure":
            yield from _of_expression(link.target, catalogue, "figure")
        elif link.kind == "item" and is_indicator(link.target):
            yield from _of_names([split_target(link.target)[0]], catalogue)
    if block.statement:
        if block.statement.test:
            yield from _of_expression(block.statement.test, catalogue, "test")
        yield from _of_names(_WORD.findall(block.statement.resolves), catalogue)


def _of_expression(text: str, catalogue: Catalogue, role: str) -> Iterator[_Finding]:
    from sources.expressions import ExpressionError, check, parse, unknown_series

    try:
        expression = parse(text)
    except ExpressionError as error:
        yield _Finding(text, f"{role}, column {error.column}: {error}")
        return
    if expression.kind == "test" and role == "figure":
        yield _Finding(text, f'figure: "{text}" is a comparison; expected a number or a series')
    if expression.kind != "test" and role == "test":
        yield _Finding(text, f'test: "{text}" compares nothing; expected as last(cn.m2_yoy) > 7')
    for name in expression.series:
        if catalogue.get(name) is None:
            yield _Finding(name, f"{role}: {unknown_series(name, catalogue.entries)}", "warning")
    for words in check(expression, catalogue.info, names=None):
        yield _Finding(text, f"{role}: {words}")


def _of_names(names: list[str], catalogue: Catalogue) -> Iterator[_Finding]:
    """Those that look like indicators of a place that has some; other words with dots mean other things."""
    from sources.expressions import unknown_series

    places = {entry.place for entry in catalogue}
    for name in names:
        place, _, last = name.partition(".")
        if place in places and last not in _DOMAINS and catalogue.get(name) is None:
            yield _Finding(name, unknown_series(name, catalogue.entries), "warning")
