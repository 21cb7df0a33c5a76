"""What to look at twice in documents that load: dangling links, shared names, numbers without a source.

Pure: documents and a way to resolve links go in, warnings come out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from briefings.documents.faults import first_faults
from briefings.documents.items import links_in, references_of
from briefings.documents.model import Block, Document, Fault, Item, Link, Mark, Span
from briefings.documents.names import Rank, is_indicator, names_of

Resolve = Callable[[str, str], Item | None]
"""(target, id of the document it stands in) -> the item it means; None when it dangles."""

Nearest = Callable[[str], Item | None]
"""The item whose name is most like a target that leads nowhere."""

Source = Callable[[str], Sequence[str]]
"""The lines of the file at a path. Where there are none, warnings name the first line of a block."""

_CITED = frozenset({"claim", "prediction"})
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_NUMBERED = r"articles?|arts?\.|decrees?|orders?|chapters?|sections?|paragraphs?|rules?|annex|nos?\.?"
_MEASURES = r"(?:%|‰|bn|mn|tn|pp|bps?|k|m|x)\b"
_CURRENCIES = r"(?:CNY|RMB|USD|EUR|HKD|GBP|JPY|CNH)\b"
_NAMES = r"(?:[A-Z]\w*[A-Z&]\w*|Tech|Nasdaq|Nikkei|Russell)"
_NO_FIGURE = re.compile(
    "|".join((
        r"\b\d{4}-\d\d(?:-\d\d)?\b",  # a date
        rf"\b\d{{1,2}} (?:(?:and|or|to) \d{{1,2}} )?{_MONTH}\b(?: \d{{4}}\b)?",
        rf"\b{_MONTH} (?:\d{{4}}|\d{{1,2}}(?:, \d{{4}})?)\b(?![.,]\d| ?%)",
        r"\d{1,4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日)?",
        r"\b(?:19|20)\d\d(?: ?Q[1-4])?\b(?![.,]\d| ?%)",
        rf"(?i:\b(?:{_NUMBERED}) \d+\w*(?:(?:, | and | or | to |-|–)\d+)*)",
        r"第 ?\d+ ?[号條条章款项]",
        r"\[\d+\]",  # a footnote mark
        rf"\b[A-Za-z][\w&]*-?\d[\w.-]*|\b\d+(?!{_MEASURES})[A-Za-z]\w*",  # M1, GPT-4, 7nm, 20th
        r"\b\d+ nm\b",
        rf"\b(?!{_CURRENCIES}){_NAMES} \d{{1,4}}\b(?![.,]\d| ?%| \w*illion)",  # CSI 300, Tech 100, MagicOS 10
    ))
)  # fmt: skip
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ATTRIBUTION = re.compile(r"(?i)\b(?:the article|we judge|we read|by our count|says|according to)\b")


def no_source(path: str) -> Sequence[str]:
    """No lines at all."""
    return ()


def dangling_links(
    document: Document, resolve: Resolve, nearest: Nearest, source: Source = no_source
) -> list[Fault]:
    """A warning for each link that leads nowhere, with the nearest item."""
    return first_faults(_dangling(document, resolve, nearest, source))


def _dangling(document: Document, resolve: Resolve, nearest: Nearest, source: Source) -> Iterator[Fault]:
    in_head = {target for target in (document.facts.issuer, *document.facts.replaces) if target}
    for reference in references_of(document):
        target = reference.target
        if is_indicator(target) or resolve(target, document.id):
            continue
        near = nearest(target)
        words = f'no item "{target}"' + (f"; nearest: {near.id}" if near else "")
        head = reference.block == 0 and target in in_head
        first = 1 if head else document.blocks[reference.block].line
        yield Fault(document.path, line_of(target, source(document.path), first), words, "warning")


def shared_names(documents: Iterable[Document], source: Source = no_source) -> list[Fault]:
    """A warning for each name that two documents claim: the later one must find another. Notes are told
    apart by where they stand."""
    owners: dict[str, Document] = {}
    faults = []
    for document in (each for each in documents if each.kind != "note"):
        for name in names_of(document, (), ""):
            owner = owners.setdefault(name.name, document)
            if owner.id != document.id and name.rank in (Rank.ID, Rank.FORMER, Rank.ALIAS):
                words = f'the name "{name.name}" is also one of {owner.path}; expected one of its own'
                line = line_of(name.name, source(document.path), 1)
                faults.append(Fault(document.path, line, words, "warning"))
    return faults


def bare_numbers(document: Document, resolve: Resolve, source: Source = no_source) -> list[Fault]:
    """A warning for each paragraph, list item, statement or table with a number that comes from nowhere.

    A number is at home beside a figure expression, a link to an address, footnote, claim or
    prediction, or words that say whose it is. For a table one such sign is enough, in it or in
    the paragraph after it. Dates, names and numbers of articles and decrees are no figures.
    """
    faults = []
    for at, block in enumerate(document.blocks):
        number = _first_number(block)
        parts = _together(document.blocks, at)
        if not number or any(_is_attributed(part, document.id, resolve) for part in parts):
            continue
        words = f'number "{number}" has no expression, citation or attribution'
        line = line_of(number, source(document.path), block.line)
        faults.append(Fault(document.path, line, words, "warning"))
    return faults


def figures_in(text: str) -> list[str]:
    """The numbers in a text that are figures: no dates, no names, no numbers of articles or decrees."""
    return _NUMBER.findall(_NO_FIGURE.sub(" ", text))


def _together(blocks: Sequence[Block], at: int) -> Iterator[Block]:
    """A block, and for a table also the paragraph that explains it."""
    yield blocks[at]
    if blocks[at].kind == "table" and at + 1 < len(blocks) and blocks[at + 1].kind == "paragraph":
        yield blocks[at + 1]


def _first_number(block: Block) -> str:
    if block.kind in ("heading", "code", "rule") or block.anchor.startswith("fn-"):
        return ""
    for spans in _passages(block):
        if found := figures_in("".join(_words(span) for span in spans)):
            return found[0]
    return ""


def _passages(block: Block) -> Iterator[Sequence[Span]]:
    """What of a block is our own words: of a statement only the note."""
    if block.statement:
        yield block.statement.note
    elif block.rows:
        yield from (cell for row in block.rows for cell in row)
    else:
        yield block.spans


def _words(span: Span) -> str:
    """The text of a span; the name of an item or code holds no figure."""
    named = span.marks & Mark.CODE or (span.link and span.link.kind == "item")
    return _NUMBER.sub("", span.text) if named else span.text


def _is_attributed(block: Block, document: str, resolve: Resolve) -> bool:
    statement = block.statement
    if statement and (statement.test or statement.evidence):
        return True
    if any(_is_citation(link, document, resolve) for link in links_in(block)):
        return True
    return any(_ATTRIBUTION.search("".join(span.text for span in spans)) for spans in _passages(block))


def _is_citation(link: Link, document: str, resolve: Resolve) -> bool:
    if link.kind != "item" or link.target.startswith("#fn-"):
        return True
    item = resolve(link.target, document)
    return item is not None and item.kind in _CITED


def line_of(words: str, lines: Sequence[str], first: int) -> int:
    """The line, `first` or later, on which `words` stand: as a link if possible, else as a whole value or
    one of a list, else anywhere; else `first`."""
    plain = re.escape(words)
    for written in (rf"\[\[{plain}", rf"\]\({plain}", rf"[:\[,-]\s*[\"']?{plain}[\"']?\s*(?:[,\]]|$)", plain):
        pattern = re.compile(written, re.IGNORECASE)
        for number, line in enumerate(lines[first - 1 :], first):
            if pattern.search(line):
                return number
    return first
