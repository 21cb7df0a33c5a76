"""The indicators in the full text: each a passage of its own, found as documents are."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from briefings.search.fulltext import INDICATORS, FullText
from briefings.search.passages import Passage
from cache.connections import transaction

if TYPE_CHECKING:
    from briefings.figures.rows import Catalogued
    from briefings.library.index import Index


def put_indicators(index: Index, indicators: Callable[[], Sequence[Catalogued]], *, anew: bool) -> None:
    """Keep the indicators in the full text: `anew`, or where they are missing. While another process
    writes, they are left as they are."""
    text = FullText(index.searched)
    if not text.is_there() or (not anew and text.head(INDICATORS)):
        return
    passages = [_passage(each) for each in indicators()]
    if not passages:
        return
    with suppress(sqlite3.OperationalError), transaction(text.connection):
        text.drop(INDICATORS)
        text.put(INDICATORS, passages)


def _passage(each: Catalogued) -> Passage:
    names = "\n".join(filter(None, (each.title, each.title_zh, each.id)))
    said = "  ".join(filter(None, (each.agency, each.note)))
    sources = f"{each.agency}\n{each.provider}"
    return Passage(each.id, "indicator", -1, "", each.topics, sources, names, said)
