"""What of the index is shown letter for letter, sealed: a bit that flips in it is damage, never a word or a
number. An index in which damage is met is set aside and made again.

The rest of it only leads somewhere: links, names and the full text. A flip there costs a way, or a hit.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from zlib import crc32

from briefings.documents.model import Item
from cache.seals import tolerant
from cache.troubles import Unusable

ITEM = "id, kind, document, title, title_zh, block, line, topics, summary, path, seal"
"""The columns of an item, its seal the last."""

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
    return (*row, _seal(row))


def item_of(row: Sequence[object]) -> Item:
    """The item of a row. Raises `Unusable` for one that is not as it was kept."""
    *values, seal = row
    if seal != _seal(tuple(values)):
        raise Unusable("the index is not as it was kept")
    name, kind, document, title, title_zh, block, line, topics, summary, path = values
    return Item(
        str(name), kind, str(document), str(title), str(title_zh), int(str(block)), int(str(line)),  # type: ignore[arg-type]
        tuple(str(topics).split()), str(summary), str(path),
    )  # fmt: skip


def is_sound(path: Path) -> bool:
    """Whether all that is shown of an index of the newest version is as it was kept; it is left as it is.
    Raises `sqlite3.Error`."""
    from cache.database import open_reader

    texts = "SELECT head FROM documents UNION ALL SELECT sections FROM documents UNION ALL "
    texts += "SELECT body FROM chunks UNION ALL SELECT text FROM figures"
    with closing(open_reader(path)) as connection:
        connection.text_factory = tolerant
        items = connection.execute(f"SELECT {ITEM} FROM items")
        return all(seal == _seal(tuple(values)) for *values, seal in items) and all(
            as_kept(str(text)) is not None for (text,) in connection.execute(texts)
        )


def _seal(values: tuple[object, ...]) -> int:
    return crc32(repr(values).encode(errors="surrogatepass"))
