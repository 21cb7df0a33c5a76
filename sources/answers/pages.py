"""Web pages read for their text, links and tables. Nothing of a page is run, loaded or followed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from sources.answers.reading import decode
from sources.limits import ANSWER_COLUMNS, ANSWER_ROWS
from sources.model import WrongAnswer

Table = list[list[str]]
"""Rows of cells, head included; a cell over several columns or rows is followed by empty ones."""

_SILENT = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|noscript)\b[^<>]*>.*?(?:</\1\b[^<>]*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_NO_TAG = re.compile(r"<(?![a-zA-Z/!?][^<>]{0,4000}>)")
_INLINE = frozenset(
    ("a", "abbr", "b", "em", "font", "i", "o:p", "small", "span", "strong", "sub", "sup", "u")
)


@dataclass(slots=True)
class Link:
    """A link of a page: where it goes, its text, and the text between it and the next one."""

    target: str
    text: str = ""
    after: str = ""


@dataclass(slots=True)
class Page:
    """What a page says: its title, its text with a line per block, its links and tables in order."""

    title: str = ""
    text: str = ""
    links: list[Link] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


def read_page(body: bytes, content_type: str = "") -> Page:
    """The page in an HTML body. Raises WrongAnswer where there is none, or more of it than we read."""
    text = decode(body, content_type)
    if "<" not in text:
        raise WrongAnswer("the body: expected a web page, found none")
    reader = _Reader()
    try:
        reader.feed(_plain_markup(text))
        reader.close()
    except (AssertionError, ValueError):  # what the parser of the standard library ends in on nonsense
        raise WrongAnswer("the body: expected a web page, found markup that cannot be read") from None
    return reader.finished()


def _plain_markup(text: str) -> str:
    """The text without scripts and comments, and each `<` that opens no short tag made a letter.

    The parser of the standard library takes minutes for a few kilobytes of tags that never end.
    """
    return _NO_TAG.sub("&lt;", _SILENT.sub(" ", text))


@dataclass(slots=True)
class _Grid:
    """A table while it is read; `held` is, by column, the last row that a cell from above reaches."""

    rows: Table = field(default_factory=list)
    cell: list[str] | None = None
    spans: tuple[int, int] = (1, 1)
    held: dict[int, int] = field(default_factory=dict)

    def open_row(self) -> None:
        self.close_cell()
        self.rows.append([])
        if len(self.rows) > ANSWER_ROWS:
            raise WrongAnswer(f"a table: expected at most {ANSWER_ROWS:,} rows, found more")

    def open_cell(self, columns: int, rows: int) -> None:
        self.close_cell()
        if not self.rows:
            self.open_row()
        self.cell, self.spans = [], (columns, rows)

    def close_cell(self) -> None:
        if self.cell is None:
            return
        row, last = self.rows[-1], len(self.rows) - 1
        while self.held.get(len(row), -1) >= last:
            row.append("")
        columns, rows = self.spans
        self.held.update(dict.fromkeys(range(len(row), len(row) + columns), last + rows - 1))
        row.extend([_joined(self.cell), *[""] * (columns - 1)])
        if len(row) > ANSWER_COLUMNS:
            raise WrongAnswer(f"a table: expected at most {ANSWER_COLUMNS} columns, found more")
        self.cell = None


class _Reader(HTMLParser):
    """Collects text, links and tables as the parser meets them; bears missing end tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._page = Page()
        self._text: list[str] = []
        self._title: list[str] | None = None
        self._anchor: list[str] | None = None
        self._after: list[str] = []
        self._grids: list[_Grid] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title":
            self._title = []
        elif tag == "a":
            self._open_link(dict(attrs).get("href") or "")
        elif tag not in _INLINE:
            self._write("\n")
            self._open_part(tag, dict(attrs))

    def _open_part(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "table":
            self._grids.append(_Grid())
        elif self._grids and tag == "tr":
            self._grids[-1].open_row()
        elif self._grids and tag in ("td", "th"):
            self._grids[-1].open_cell(_span(attributes.get("colspan")), _span(attributes.get("rowspan")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "title" and self._title is not None:
            self._page.title, self._title = self._page.title or _joined(self._title), None
        elif tag == "a":
            self._close_link()
        elif tag not in _INLINE:
            self._close_part(tag)
            self._write("\n")

    def _close_part(self, tag: str) -> None:
        if not self._grids:
            return
        if tag in ("td", "th", "tr"):
            self._grids[-1].close_cell()
        elif tag == "table":
            self._close_table()

    def _close_table(self) -> None:
        grid = self._grids.pop()
        grid.close_cell()
        self._page.tables.append([row for row in grid.rows if row])

    def handle_data(self, data: str) -> None:
        if self._title is not None:
            self._title.append(data)
        else:
            self._write(data)

    def _write(self, text: str) -> None:
        self._text.append(text)
        if self._grids and self._grids[-1].cell is not None:
            self._grids[-1].cell.append(text)
        if self._anchor is not None:
            self._anchor.append(text)
        elif self._page.links:
            self._after.append(text)

    def _open_link(self, target: str) -> None:
        self._close_link()
        self._end_after()
        self._page.links.append(Link(target))
        self._anchor = []

    def _close_link(self) -> None:
        if self._anchor is not None:
            self._page.links[-1].text = _joined(self._anchor)
            self._anchor = None

    def _end_after(self) -> None:
        if self._page.links:
            self._page.links[-1].after = _joined(self._after)
        self._after = []

    def finished(self) -> Page:
        self._close_link()
        self._end_after()
        while self._grids:
            self._close_table()
        lines = (" ".join(line.split()) for line in "".join(self._text).splitlines())
        self._page.text = "\n".join(line for line in lines if line)
        return self._page


def _joined(pieces: list[str]) -> str:
    """The text of inline pieces on one line: pieces that only a tag parts are not parted."""
    return " ".join("".join(pieces).split())


def _span(text: str | None) -> int:
    """The columns or rows that a cell covers, as its attribute says."""
    plain = text.strip() if text else ""
    number = int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 9 else 1
    return max(1, min(number, ANSWER_COLUMNS))
