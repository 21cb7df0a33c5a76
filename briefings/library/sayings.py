"""Who says what about an item: each place that links to it, with the sentence the link stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from briefings.documents.model import Block, Document, Item, Row, Span
from briefings.documents.names import series_in
from briefings.library.index import Index, LinkRow
from briefings.search.excerpts import Pieces, sentence
from sources.text import clean_line, fold


class Saying(NamedTuple):
    """A place that speaks of an item: `source` is the innermost item around it, `document` the one it
    stands in. The words of the link are marked in `pieces`."""

    source: Item
    document: Item
    block: int
    pieces: Pieces


Name = Callable[[str], str]
"""The words for a link target that was written without any."""

Figure = Callable[[str], str | None]
"""What an expression of a text shows; None for what is none."""


def _unknown(_: str) -> None:
    """No figure is known."""


class Sayings:
    """Finds the sentences of links; documents are read once each."""

    def __init__(self, index: Index, figure: Figure = _unknown) -> None:
        self._index = index
        self._figure = figure
        self._documents: dict[str, Document | None] = {}
        self._leads: dict[str, dict[str, str]] = {}

    def of(self, rows: Iterable[LinkRow], besides: str = "") -> list[Saying]:
        """The places of some links, each block once; those in `besides` itself are left out."""
        found: dict[tuple[str, int], Saying] = {}
        for row in rows:
            source, owner = self._index.item(row.source), self._index.item(row.document)
            inside = besides in (row.source, row.document)
            if source and owner and not inside and (row.source, row.block) not in found:
                found[row.source, row.block] = Saying(source, owner, row.block, self.sentence(row))
        return list(found.values())

    def about_series(self, series: str) -> list[Saying]:
        """The places that link to an indicator, or show its figures, and the statements that test it."""
        rows = (row for _, row in self._index.links_named(fold(series)) if not row.item)
        return self.of(sorted(rows, key=lambda row: (row.document, row.block)))

    def sentence(self, row: LinkRow) -> Pieces:
        """The sentence in which a link stands; nothing where its document has gone."""
        if row.document not in self._documents:
            self._documents[row.document] = self._index.document(row.document)
        document = self._documents[row.document]
        if document is None:
            return ()
        return linked_sentence(document, row, lambda target: self._named(row, target), self._figure)

    def _named(self, row: LinkRow, target: str) -> str:
        if row.document not in self._leads:
            links = self._index.links_from(row.document)
            self._leads[row.document] = {link.target: link.item for link in links}
        item = self._index.item(self._leads[row.document].get(target, ""))
        return item.title if item and item.id == item.document else target


def linked_sentence(document: Document, row: LinkRow, name: Name, figure: Figure = _unknown) -> Pieces:
    """The sentence of a document in which a link stands."""
    facts = document.facts
    if row.target == facts.issuer:
        return (("Issued by ", False), (name(row.target), True))
    if row.target in facts.replaces:
        return (("Replaces ", False), (name(row.target), True))
    if row.block >= len(document.blocks):
        return ()
    block = document.blocks[row.block]
    if block.statement:
        return sentence(((clean_line(block.statement.says), False),))
    words = _Words(row.target, name, figure)
    said = tuple(words.of(block))
    following = next(iter(document.blocks[row.block + 1 : row.block + 2]), None)
    if following and block.kind == following.kind == "paragraph" and _is_link_alone(said):
        said = (*said, ("  ", False), *words.of(following))  # a note: what it is on, then what it says
    return sentence(said)


def _is_link_alone(said: Pieces) -> bool:
    return all(marked or not text.strip() for text, marked in said)


class _Words(NamedTuple):
    """The words around the links to a target; those that lead there are marked."""

    target: str
    name: Name
    figure: Figure

    def of(self, block: Block) -> Iterator[tuple[str, bool]]:
        """Those of a block, of a table those of the row with the link."""
        if not block.rows:
            yield from self._of_spans(block.spans)
            return
        row = next((row for row in block.rows if self._is_in(row)), ())
        for number, cell in enumerate(row):
            if number:
                yield "   ", False
            yield from self._of_spans(cell)

    def _is_in(self, row: Row) -> bool:
        return any(self._leads_there(span) for cell in row for span in cell)

    def _leads_there(self, span: Span) -> bool:
        link = span.link
        if link and link.kind == "figure":
            return self.target in series_in(link.target)
        return bool(link and link.kind == "item" and link.target == self.target)

    def _of_spans(self, spans: Sequence[Span]) -> Iterator[tuple[str, bool]]:
        return ((clean_line(self._text(span)), self._leads_there(span)) for span in spans)

    def _text(self, span: Span) -> str:
        link = span.link
        if link and link.kind == "figure":
            return self.figure(link.target) or span.text
        if link and link.kind == "item" and span.text in ("", link.target):
            return self.name(link.target)
        return span.text
