"""Block tokens of Markdown -> the blocks of a document, flat and in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from briefings.documents import markdown
from briefings.documents.dates import partial_date
from briefings.documents.fields import Problem
from briefings.documents.model import Block, Cell, Mark, Row, Span
from briefings.documents.spans import spans_of
from sources import limits

if TYPE_CHECKING:
    from markdown_it.token import Token

Fenced = Callable[[str, str, int], Block | None]
"""(info word, content, first line of the content) -> a statement's block, or None for plain code."""

_DEEP = f"nested more than {limits.NESTING} levels deep; expected fewer, what is deeper is plain text"

LONGEST = 20_000
"""Characters of one block; a longer paragraph goes on in the next block."""

_ATTRIBUTES = re.compile(r"(?<!\{)\{([^{}]+)\}\s*\Z")
_ATTRIBUTE = re.compile(r"#(?P<id>[^\s#]+)|(?P<key>[a-z]+)=(?P<value>\S+)")
_BLOCK_ID = re.compile(r"(?:^|\s)\^([A-Za-z0-9-]+)\Z")
_ATTRIBUTES_LENGTH = 500
_CALLOUT = re.compile(r"\[!([A-Za-z][A-Za-z0-9-]{0,30})\][+-]?[ \t]*")
"""How a callout begins; the sign says whether it is folded, which nothing is here."""


@dataclass(slots=True)
class _Reader:
    """Walks the tokens once; holds where it is: in which quotes and lists."""

    first_line: int
    fenced: Fenced
    attributes_of: frozenset[str]
    blocks: list[Block] = field(default_factory=list)
    attributes: dict[int, dict[str, str]] = field(default_factory=dict)
    quote: int = 0
    lists: list[int] = field(default_factory=list)
    marker: str = ""
    footnote: str = ""
    noted: bool = False
    problems: list[Problem] = field(default_factory=list)

    def line(self, token: Token) -> int:
        return self.first_line + (token.map[0] if token.map else 0)

    def add(self, block: Block, attributes: dict[str, str] | None = None) -> None:
        if self.footnote and not block.anchor:
            block = block._replace(marker=f"[{self.footnote[3:]}]", anchor=self.footnote)
            attributes = {key: value for key, value in (attributes or {}).items() if key != "id"}
        self.footnote = ""
        if attributes:
            self.attributes[len(self.blocks)] = attributes
        self.blocks.append(block)

    def read(self, tokens: list[Token]) -> None:
        position = 0
        while position < len(tokens):
            position = self.step(tokens, position)

    def step(self, tokens: list[Token], at: int) -> int:
        """Read the token at a position; the position after what was read."""
        token = tokens[at]
        match token.type:
            case "heading_open":
                self.heading(token, tokens[at + 1])
                return at + 3
            case "paragraph_open":
                begins = at > 0 and tokens[at - 1].type == "blockquote_open"
                self.paragraph(token, tokens[at + 1], callout=begins)
                return at + 3
            case "table_open":
                return self.table(tokens, at)
            case "fence" | "code_block":
                self.code(token)
            case "hr":
                self.add(Block("rule", self.line(token), quote=self.quote))
            case _:
                self.enter_or_leave(token)
        return at + 1

    def enter_or_leave(self, token: Token) -> None:
        match token.type:
            case "blockquote_open" | "blockquote_close":
                self.quote += token.nesting
            case "bullet_list_open":
                self.lists.append(-1)
            case "ordered_list_open":
                self.lists.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
                self.marker = ""
            case "list_item_open":
                self.marker = self.next_marker()
            case "footnote_open":
                self.footnote, self.noted = f"fn-{int(token.meta['id']) + 1}", True
            case "footnote_close":
                self.footnote, self.noted = "", False

    def next_marker(self) -> str:
        number = self.lists[-1]
        if number < 0:
            return "-"
        self.lists[-1] += 1
        return f"{number}."

    def heading(self, opening: Token, content: Token) -> None:
        spans, attributes = self.attributed(spans_of(content.children or []))
        if self.quote or self.lists or self.noted:
            strong = tuple(Span(s.text, s.marks | Mark.STRONG, s.link) for s in spans)
            self.text(self.line(opening), strong, attributes)
        else:
            self.add(Block("heading", self.line(opening), spans, level=int(opening.tag[1])), attributes)

    def paragraph(self, opening: Token, content: Token, *, callout: bool = False) -> None:
        """Add a paragraph. The first one of a quotation may begin a `callout`."""
        line = self.line(opening)
        if opening.meta.get("deep"):
            self.problems.append(Problem(line, _DEEP, "warning"))
        begun = _CALLOUT.match(content.content) if callout else None
        read = _called_out(begun, content) if begun else spans_of(content.children or [])
        spans, attributes = self.attributed(read)
        if spans:
            self.text(line, spans, attributes)
        elif attributes and self.blocks:
            self.attributes.setdefault(len(self.blocks) - 1, {}).update(attributes)

    def text(self, line: int, spans: tuple[Span, ...], attributes: dict[str, str]) -> None:
        """Add a paragraph, or an item of the list or footnote that it stands in."""
        if self.lists or self.footnote:
            level, marker = max(1, len(self.lists)), self.take_marker()
            block = Block("item", line, spans, level=level, marker=marker, quote=self.quote)
        else:
            block = Block("paragraph", line, spans, quote=self.quote)
        for number, piece in enumerate(_pieces(block)):
            self.add(piece, attributes if number == 0 else None)

    def take_marker(self) -> str:
        """The marker before an item; blanks of its width before what else the item holds."""
        marker, self.marker = self.marker, " " * len(self.marker)
        return marker

    def code(self, token: Token) -> None:
        line = self.line(token)
        word = token.info.split()[0] if token.info.split() else ""
        content = markdown.unguard(token.content)
        block = self.fenced(word, content, line + 1) if token.type == "fence" else None
        if block is None:
            text = content.removesuffix("\n")
            block = Block("code", line, (Span(text, Mark.CODE),), level=len(self.lists), quote=self.quote)
        self.add(block)

    def table(self, tokens: list[Token], at: int) -> int:
        opening = tokens[at]
        rows: list[Row] = []
        cells: list[Cell] = []
        align: list[str] = []
        while tokens[at].type != "table_close":
            token = tokens[at]
            if token.type == "tr_open":
                cells = []
            elif token.type == "inline" and len(cells) < limits.TABLE_COLUMNS:
                cells.append(spans_of(token.children or []))
            elif token.type == "tr_close":
                rows.append(tuple(cells))
            elif token.type == "th_open":
                align.append(str(token.attrGet("style") or "").removeprefix("text-align:"))
            at += 1
        line, columns = self.line(opening), len(align)
        if columns > limits.TABLE_COLUMNS:
            self.problems.append(Problem(line, _wide(columns), "warning"))
        aligned = tuple(align[: limits.TABLE_COLUMNS])
        self.add(Block("table", line, rows=tuple(rows), align=aligned, quote=self.quote))
        return at + 1

    def attributed(self, spans: tuple[Span, ...]) -> tuple[tuple[Span, ...], dict[str, str]]:
        """The spans without the `{#id key=value}` at their end, and what it says."""
        if not spans or spans[-1].link or spans[-1].marks & Mark.CODE:
            return spans, {}
        last = spans[-1]
        start = max(0, len(last.text) - _ATTRIBUTES_LENGTH)
        if match := _ATTRIBUTES.search(last.text, start):
            found = _attributes(match.group(1))
        elif "^id" in self.attributes_of and (match := _BLOCK_ID.search(last.text, start)):
            found = {"id": match.group(1)}
        else:
            return spans, {}
        if not found or not found.keys() <= self.attributes_of:
            return spans, {}
        rest = last.text[: match.start()].rstrip()
        return spans[:-1] + ((Span(rest, last.marks),) if rest else ()), found


class Read(NamedTuple):
    """The blocks of a text, what the `{...}` behind some of them say, by block number, and what is wrong."""

    blocks: tuple[Block, ...]
    attributes: dict[int, dict[str, str]]
    problems: list[Problem]


def read_blocks(
    text: str, *, first_line: int, figures: bool, fenced: Fenced, attributes: frozenset[str]
) -> Read:
    """The blocks of Markdown `text`.

    `attributes` names the keys that braces behind a block may hold; others are left in the text.
    `^id` among them stands for the ` ^id` by which other programs name a block. Footnotes come
    last, as list items whose anchor is `fn-1`, `fn-2`, ...
    """
    reader = _Reader(first_line, fenced, attributes)
    reader.read(markdown.tokens(text, figures=figures))
    blocks = list(reader.blocks)
    for number, found in reader.attributes.items():
        blocks[number] = blocks[number]._replace(
            anchor=found.get("id", blocks[number].anchor),
            since=_day(found.get("since", "")),
        )
    return Read(tuple(blocks), reader.attributes, reader.problems)


def _called_out(begun: re.Match[str], content: Token) -> tuple[Span, ...]:
    """A callout, `[!note] Title`: its kind and title strong in a line of their own, then what it says."""
    children = content.children or []
    breaks = (at for at, child in enumerate(children) if child.type in ("softbreak", "hardbreak"))
    ends = next(breaks, len(children))
    title = _without(spans_of(children[:ends]), len(begun[0]))
    kind = begun[1].capitalize()
    head = (Span(f"{kind}: "), *title) if title else (Span(kind),)
    strong = tuple(Span(each.text, each.marks | Mark.STRONG, each.link) for each in head)
    rest = spans_of(children[ends + 1 :])
    return (*strong, Span("\n"), *rest) if rest else strong


def _without(spans: tuple[Span, ...], count: int) -> tuple[Span, ...]:
    """Spans without so many characters at their beginning."""
    kept: list[Span] = []
    for span in spans:
        text, count = span.text[count:], max(0, count - len(span.text))
        if text:
            kept.append(Span(text, span.marks, span.link))
    return tuple(kept)


def _attributes(text: str) -> dict[str, str]:
    """What braces say: nothing where a word in them is neither `#id` nor `key=value`."""
    words = [_ATTRIBUTE.fullmatch(word) for word in text.split()]
    if not all(words):
        return {}
    pairs = (("id", word["id"]) if word["id"] else (word["key"], word["value"]) for word in words if word)
    return {key: value.strip("\"'") for key, value in pairs}


def _day(text: str) -> str:
    try:
        return partial_date(text)
    except ValueError:
        return ""


def _wide(columns: int) -> str:
    most = limits.TABLE_COLUMNS
    return f"the table has {columns:,} columns; expected at most {most}, the others are left out"


def _pieces(block: Block) -> Iterator[Block]:
    """The block itself, or several of at most LONGEST characters."""
    if sum(len(span.text) for span in block.spans) <= LONGEST:
        yield block
        return
    piece: list[Span] = []
    room = LONGEST
    for span in block.spans:
        text = span.text
        while text:
            piece.append(Span(text[:room], span.marks, span.link))
            text, room = text[room:], room - min(room, len(text))
            if room == 0:
                yield block._replace(spans=tuple(piece))
                block, piece, room = block._replace(marker="", anchor=""), [], LONGEST
    if piece:
        yield block._replace(spans=tuple(piece))
