"""What a briefing is: documents, the blocks they are made of, and the items that can be linked to.

Everything here is plain and does not change: the parser makes it, the index stores it, both faces
read it. Named tuples, since they are made by the thousand and a module of them loads at once: where the
start needs several, annotations are not postponed, each of which would be compiled.

    Document ── sections ── a range of blocks each
             └─ blocks ──── spans (text with marks, perhaps a link)
                       └─── rows of cells of spans (tables)
                       └─── a statement (claims and predictions)
"""

from collections.abc import Sequence
from enum import IntFlag
from typing import Literal, NamedTuple

TOPICS = ("legal-shield", "monetary-stability", "key-players", "market-dynamics", "risks")
"""The five tabs, in their order on the screen."""

DocumentKind = Literal["briefing", "entity", "instrument", "event", "note"]
DOCUMENT_KINDS: tuple[DocumentKind, ...] = ("briefing", "entity", "instrument", "event", "note")

ItemKind = Literal[
    "briefing", "entity", "instrument", "event", "note",
    "section", "claim", "prediction", "table", "footnote",
]  # fmt: skip
BlockKind = Literal["heading", "paragraph", "item", "line", "code", "table", "rule", "claim", "prediction"]
LinkKind = Literal[
    "item", "url", "figure", "source", "ledger", "search", "visit", "checks", "period", "provenance",
    "vintages", "name",
]  # fmt: skip
Severity = Literal["error", "warning"]


class Mark(IntFlag):
    """How a span stands out from the text around it. A sign is a glyph, which has a look of its own."""

    PLAIN = 0
    STRONG = 1
    EMPHASIS = 2
    CODE = 4
    STRUCK = 8
    QUIET = 16
    DOUBT = 32
    BAD = 64
    HIT = 128
    NAMED = 256
    SIGN = 512


class Link(NamedTuple):
    """Where a span leads.

    `target` is as written: `huawei`, `#risks`, `notes/a.md#b` for items; an address for `url`;
    the expression for `figure`. Screens alone link to a `source`, by the id of a provider, to the
    `ledger`, by what it groups and shows, to a `search`, by its words, to a `visit`, by its number in the
    history, to the `checks` of a document, to a `period` in the chart of a table, to the `provenance` and
    the `vintages` of a figure, and to a `name` of several items, of which one is chosen.
    """

    kind: LinkKind
    target: str


class Span(NamedTuple):
    """A stretch of text of one style."""

    text: str
    marks: int = 0
    link: Link | None = None


Cell = tuple[Span, ...]
Row = tuple[Cell, ...]


class Statement(NamedTuple):
    """A claim or a prediction, as its fenced block says it.

    `about`, `cause` and `effect` hold link targets as written. `test` is an expression of
    the grammar of tests. `made`, `window` and `resolves` belong to predictions. The id is that within
    the document, or the whole one where texts of several documents are shown together.
    """

    id: str
    says: str
    title: str = ""
    title_zh: str = ""
    says_zh: str = ""
    where: str = ""
    test: str = ""
    about: tuple[str, ...] = ()
    cause: str = ""
    effect: str = ""
    note: tuple[Span, ...] = ()
    judged: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Span, ...] = ()
    by: str = ""
    made: str = ""
    window: str = ""
    wording: str = ""
    chance: str = ""
    resolves: str = ""
    outcome: tuple[tuple[str, str], ...] = ()

    @property
    def short(self) -> str:
        """The id within the document."""
        return self.id.rpartition("#")[2]

    def whole(self, document: str) -> str:
        """The whole id, of a statement of this document."""
        return self.id if "#" in self.id else f"{document}#{self.id}"


class Block(NamedTuple):
    """What is laid out as one: a paragraph, a heading, a list item, a table, ...

    `line` is the first line in the file, from 1. `level` is a heading's level, or the depth of a
    list item from 1; `marker` is what stands before an item (`-`, `3.`, blanks of its width for its
    further paragraphs). A `line` is what screens list, one under the other; with
    `align` of `right` its last span stands at the right end. `quote` is the depth of
    quotation. `anchor` is the id within the document. `note` is drawn quietly at the right end of
    the first line. Code keeps its text in one span.
    A table with `headed` has its first row as head; by `sample`, where there is one, its columns are measured
    in place of its rows: that of several tables gives them the same columns.
    """

    kind: BlockKind
    line: int = 0
    spans: tuple[Span, ...] = ()
    level: int = 0
    marker: str = ""
    quote: int = 0
    rows: tuple[Row, ...] = ()
    align: tuple[str, ...] = ()
    headed: bool = True
    anchor: str = ""
    since: str = ""
    note: str = ""
    statement: Statement | None = None
    sample: tuple[Row, ...] = ()

    @property
    def text(self) -> str:
        """The words of the block without style: cells are parted by tabs, rows by newlines."""
        if self.rows:
            return "\n".join("\t".join("".join(s.text for s in cell) for cell in row) for row in self.rows)
        return "".join(span.text for span in self.spans)


class Section(NamedTuple):
    """A heading and what stands under it: `blocks[first:last]`, sub-sections included.

    `own` ends where the first sub-section begins.
    """

    id: str
    title: str
    level: int
    first: int
    own: int
    last: int
    line: int
    topics: tuple[str, ...] = ()
    title_zh: str = ""
    since: str = ""


class Briefed(NamedTuple):
    """The document that a briefing is about."""

    title: str = ""
    publisher: str = ""
    url: str = ""
    published: str = ""
    retrieved: str = ""


class Facts(NamedTuple):
    """What only some kinds of document state about their item. Pairs keep the order of the file."""

    name: str = ""
    type: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    number: str = ""
    issuer: str = ""
    status: str = ""
    dates: tuple[tuple[str, str], ...] = ()
    replaces: tuple[str, ...] = ()
    official_title: str = ""
    official_url: str = ""


class Document(NamedTuple):
    """One file of a library. `path` is as the user would name it; dates are partial ISO dates."""

    id: str
    kind: DocumentKind
    title: str
    path: str = ""
    title_zh: str = ""
    date: str = ""
    updated: str = ""
    summary: str = ""
    summary_zh: str = ""
    topics: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    former_ids: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    briefs: Briefed | None = None
    facts: Facts = Facts()
    sections: Sequence[Section] = ()
    blocks: Sequence[Block] = ()


class Item(NamedTuple):
    """Anything with an id that can be linked to, as the index knows it.

    `id` is whole (`china-legal-shield#c10`); `block` is where it stands in its document.
    """

    id: str
    kind: ItemKind
    document: str
    title: str
    title_zh: str = ""
    block: int = 0
    line: int = 0
    topics: tuple[str, ...] = ()
    summary: str = ""
    path: str = ""

    @property
    def short(self) -> str:
        """The part after `#`, or the whole id of a document."""
        return self.id.rpartition("#")[2]


class Fault(NamedTuple):
    """What is wrong in a file: shown as `file:line: what, and what was expected`."""

    path: str
    line: int
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"
