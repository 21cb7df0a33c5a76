"""What of the index is shown letter for letter or leads somewhere, sealed: a bit that flips in it is damage,
never a word, a number or another way. An index in which damage is met is set aside and made again.

What it is found by has no seals: the order of its tables and the words of the full text. A flip there costs a
way, or a hit.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any
from zlib import crc32

from briefings.documents.model import Item
from cache.seals import seal_values, tolerant
from cache.troubles import Unusable

ITEM = "id, kind, document, title, title_zh, block, line, topics, summary, path, seal"
"""The columns of an item, its seal the last."""

LISTED = "id, kind, title, title_zh, date, folder, relative, seal"
NAME = "name, item, rank, document, seal"
LINK = "document, source, block, target, coalesce(item, ''), seal"
PASSAGE = "item, kind, block, date, topics, sources, text, seal"
"""The columns of a document in a list, of a name, a link and a passage of the full text, likewise."""

_SEALED = {"items": ITEM, "documents": LISTED, "names": NAME, "links": LINK}
_DIGITS = 8


def sealed(text: str) -> str:
    """A text with its seal before it."""
    return f"{crc32(text.encode(errors='surrogatepass')):0{_DIGITS}x}{text}"


def as_kept(stored: str) -> str | None:
    """What `sealed` was given; None for anything else."""
    text = stored[_DIGITS:]
    return text if sealed(text) == stored else None


def unsealed(stored: object) -> str:
    """What `sealed` was given. Raises `Unusable` for anything else."""
    text = as_kept(str(stored))
    if text is None:
        raise Unusable("the index is not as it was kept")
    return text


def item_row(item: Item) -> tuple[object, ...]:
    """An item as a row of the index."""
    row = (
        item.id, item.kind, item.document, item.title, item.title_zh, item.block, item.line,
        " ".join(item.topics), item.summary, item.path,
    )  # fmt: skip
    return (*row, seal_values(row))


def item_of(row: Sequence[object]) -> Item:
    """The item of a row. Raises `Unusable` for one that is not as it was kept."""
    values = checked(row)
    name, kind, document, title, title_zh, block, line, topics, summary, path = values
    return Item(
        str(name), kind, str(document), str(title), str(title_zh), int(str(block)), int(str(line)),
        tuple(str(topics).split()), str(summary), str(path),
    )  # fmt: skip


def checked(row: Sequence[Any]) -> Sequence[Any]:
    """A row without its `seal`, the last of it. Raises `Unusable` for one that is not as it was kept."""
    *values, found = row
    if found != seal_values(values):
        raise Unusable("the index is not as it was kept")
    return values


def is_sound(path: Path) -> bool:
    """Whether all that is shown of an index of the newest version is as it was kept; it is left as it is.
    Raises `sqlite3.Error`."""
    from cache.database import open_reader

    texts = "SELECT head FROM documents UNION ALL SELECT sections FROM documents UNION ALL "
    texts += "SELECT body FROM chunks UNION ALL SELECT text FROM figures"
    with closing(open_reader(path)) as connection:
        connection.text_factory = tolerant
        run = connection.execute
        has_text = run("SELECT 1 FROM sqlite_master WHERE name = 'passages'").fetchone()
        rows = chain(*(run(f"SELECT {columns} FROM {table}") for table, columns in _SEALED.items()))
        passages = run(f"SELECT {PASSAGE} FROM passages") if has_text else ()
        return all(found == seal_values(values) for *values, found in chain(rows, passages)) and all(
            as_kept(str(text)) is not None for (text,) in run(texts)
        )
